"""The media process: forwards sound and picture as they are. Names it knows only as words on the wall."""
