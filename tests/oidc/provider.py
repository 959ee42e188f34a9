"""A sign-in service that is not ours, for the tests: Django OAuth Toolkit, in a process of its own.

`python -m tests.oidc.provider FOLDER REDIRECT_URL` prints the port it was given and serves until its input
ends. A line `rotate` gives it a new signing key; it answers `rotated`.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT_ID = "klubban"
CLIENT_SECRET = "en hemlighet & en till"
PASSWORD = "lösenord hos tjänsten"
LOA3 = "http://id.elegnamnd.se/loa/1.0/loa3"
PEOPLE = {
    "mira": (LOA3, "mira@ekhamra.example", True),
    "nils": ("http://id.elegnamnd.se/loa/1.0/loa1", "nils@ekhamra.example", False),
    "okand": (LOA3, "okand@annanstans.example", True),
}
"""User name → level (acr), address, whether the service has verified the address."""
NUMBERS = {name: f"nummer-{place}" for place, name in enumerate(PEOPLE, start=1)}
"""What the service calls them in the claim `number`."""

LOGIN_PAGE = """<form method="post">{% csrf_token %}{{ form }}
<input type="hidden" name="next" value="{{ next }}"></form>"""


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request, all of which die with the process."""

    daemon_threads = True


class Quiet(WSGIRequestHandler):
    """No line for each request."""

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing."""


def new_key() -> str:
    """A signing key as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


def set_up(folder: Path, issuer: str) -> None:
    """Django with the toolkit and nothing else."""
    settings.configure(
        SECRET_KEY="only for tests",
        ALLOWED_HOSTS=["127.0.0.1"],
        ROOT_URLCONF="tests.oidc.addresses",
        LOGIN_URL="/login/",
        USE_TZ=True,
        # The passwords of the people above are no secret; the usual hash would take most of the tests' time.
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "oauth2_provider",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN_PAGE}),
                        "django.template.loaders.app_directories.Loader",
                    ],
                    "context_processors": ["django.template.context_processors.request"],
                },
            }
        ],
        OAUTH2_PROVIDER={
            "OIDC_ENABLED": True,
            "OIDC_ISS_ENDPOINT": issuer,
            "OIDC_RSA_PRIVATE_KEY": new_key(),
            "OIDC_RP_INITIATED_LOGOUT_ENABLED": True,
            "OAUTH2_VALIDATOR_CLASS": "tests.oidc.claims.Claims",
            "SCOPES": {"openid": "who one is", "email": "address"},
            "PKCE_REQUIRED": True,
        },
    )
    django.setup()


def fill(redirect_url: str) -> None:
    """The people and the client."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from oauth2_provider.models import Application

    call_command("migrate", verbosity=0)
    for name, (_, address, _) in PEOPLE.items():
        User.objects.create_user(name, address, PASSWORD)
    Application.objects.create(
        name="Klubban",
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
        redirect_uris=redirect_url,
        algorithm=Application.RS256_ALGORITHM,
        skip_authorization=True,
    )


def main() -> None:
    """Serve until the input ends."""
    folder, redirect_url = Path(sys.argv[1]), sys.argv[2]
    server = make_server("127.0.0.1", 0, lambda *_: [], server_class=Server, handler_class=Quiet)
    set_up(folder, f"http://127.0.0.1:{server.server_port}/o")
    fill(redirect_url)
    from django.core.wsgi import get_wsgi_application
    from oauth2_provider.settings import oauth2_settings

    server.set_app(get_wsgi_application())
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    for line in sys.stdin:
        if line.strip() == "rotate":
            oauth2_settings.OIDC_RSA_PRIVATE_KEY = new_key()
            print("rotated", flush=True)


if __name__ == "__main__":
    main()
