"""The wall: one picture of everybody's thumbnails, decoded, placed and encoded in a process of its own."""
