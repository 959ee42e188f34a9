"""The media process: forwards sound and picture as they are, between peers whose names it does not know."""
