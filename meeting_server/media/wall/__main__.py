"""`python -m meeting_server.media.wall`: the wall process, which the media process starts and ends."""

from meeting_server.media.wall.process import main

if __name__ == "__main__":
    main()
