"""`python -m meeting_server.media`: the media process alone, so that it starts fast."""

from meeting_server.media.process import main

if __name__ == "__main__":
    main()
