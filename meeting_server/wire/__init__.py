"""One JSON shape per command and event, who may see what, and the view the screens are drawn from."""
