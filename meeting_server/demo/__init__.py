"""The demonstration: the made-up municipality of Ekhamra, its people, and three meetings to hold."""
