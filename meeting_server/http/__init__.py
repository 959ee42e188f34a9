"""The web server: aiohttp lives here and nowhere below."""
