"""The settings of one installation, read once from the environment at start."""

# ruff: noqa: RUF009 (_setting only wraps dataclasses.field)

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from meeting_server import media_proof
from meeting_server.media_proof import host_and_port

_TRUE = frozenset({"1", "true", "yes", "on", "ja"})
_FALSE = frozenset({"0", "false", "no", "off", "nej"})
_LOG_LEVELS = ("debug", "info", "warning", "error")
_MAIL_SECURITY = ("starttls", "tls", "none")
_DATABASES = ("sqlite", "postgresql")


class BadSettings(Exception):
    """Settings that cannot be used; `faults` names every variable that is wrong and what it should be."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def said(error: OSError) -> str:
    """What the operating system refused, in Swedish where it is one of the usual things."""
    return _REFUSED.get(error.errno or 0) or error.strerror or str(error)


_REFUSED = {
    errno.EACCES: "rättighet saknas",
    errno.EPERM: "rättighet saknas",
    errno.EROFS: "skrivskyddad",
    errno.ENOSPC: "utrymmet är fullt",
    errno.ENOENT: "finns inte",
    errno.ENOTDIR: "är ingen mapp",
    errno.EEXIST: "finns redan och är ingen mapp",
    errno.EISDIR: "är en mapp",
    errno.EADDRINUSE: "används av ett annat program",
    errno.EADDRNOTAVAIL: "adressen finns inte på den här maskinen",
}


def _setting(variable: str, default: Any, meaning: str) -> Any:
    return field(default=default, metadata={"variable": variable, "meaning": meaning})


@dataclass(frozen=True)
class Settings:
    """What an installation may choose; each field is one environment variable (`as_table` lists them)."""

    data_dir: Path = _setting("KLUBBAN_DATA", Path("data"), "Folder for database, secrets and demo seal.")
    database_url: str = _setting(
        "KLUBBAN_DATABASE_URL",
        "",
        "sqlite:///… or postgresql://…; empty: klubban.sqlite3 in the data folder.",
    )
    host: str = _setting(
        "KLUBBAN_HOST", "127.0.0.1", "Address the web server listens on; `::` is all, IPv6 and IPv4."
    )
    port: int = _setting("KLUBBAN_PORT", 8080, "TCP port the web server listens on.")
    public_url: str = _setting(
        "KLUBBAN_PUBLIC_URL", "", "Address people type (https://klubban.example.se); empty: host and port."
    )
    cookie_secure: bool | None = _setting(
        "KLUBBAN_COOKIE_SECURE", None, "Cookie over https only; empty: yes when the public address is https."
    )
    behind_proxy: bool = _setting(
        "KLUBBAN_BEHIND_PROXY",
        False,
        "Trust X-Forwarded-For and -Proto of the proxy in front; only with one.",
    )
    secret_file: Path | None = _setting(
        "KLUBBAN_SECRET_FILE", None, "File with at least 32 secret bytes; empty: made in the data folder."
    )
    demo: bool = _setting("KLUBBAN_DEMO", False, "Made-up people, sign-in by one press. Never for real.")
    log_level: str = _setting("KLUBBAN_LOG_LEVEL", "info", "One of debug, info, warning, error.")
    login_idle_minutes: int = _setting("KLUBBAN_LOGIN_IDLE_MINUTES", 240, "A login unused this long ends.")
    login_hours: int = _setting("KLUBBAN_LOGIN_HOURS", 16, "A login ends after this, used or not.")
    media_socket: Path | None = _setting(
        "KLUBBAN_MEDIA_SOCKET",
        None,
        "Unix socket between core and media; empty: media.sock in the data folder.",
    )
    media_external: bool = _setting(
        "KLUBBAN_MEDIA_EXTERNAL", False, "Somebody else starts the media process; only connect to its socket."
    )
    media_processes: int = _setting(
        "KLUBBAN_MEDIA_PROCESSES", 1, "Media processes of our own; each meeting is on one of them."
    )
    media_nodes: tuple[str, ...] = _setting(
        "KLUBBAN_MEDIA_NODES", (), "Media processes on other hosts, host:port or [address]:port, by space."
    )
    media_secret_file: Path | None = _setting(
        "KLUBBAN_MEDIA_SECRET_FILE", None, "File with the secret (32 bytes or more) shared with them."
    )
    media_authority: Path | None = _setting(
        "KLUBBAN_MEDIA_AUTHORITY",
        None,
        "PEM file that their certificates are checked with; empty: no TLS.",
    )
    media_host: str = _setting(
        "KLUBBAN_MEDIA_HOST", "0.0.0.0", "Address the media process binds; `::` is all, IPv6 and IPv4."
    )
    media_port: int = _setting(
        "KLUBBAN_MEDIA_PORT", 8081, "UDP port of the first media process; the others have those after it."
    )
    media_public_address: str = _setting(
        "KLUBBAN_MEDIA_PUBLIC_ADDRESS",
        "",
        "Addresses browsers reach the UDP port at, IPv6 or IPv4 or names, by space; empty: the host's own.",
    )
    wall_fps: float = _setting(
        "KLUBBAN_WALL_FPS",
        2.0,
        "Pictures a second of the wall, where everybody at a distance is seen; 0: no wall, at most 5.",
    )
    stun_urls: tuple[str, ...] = _setting("KLUBBAN_STUN_URLS", (), "stun: addresses for browsers, by space.")
    turn_urls: tuple[str, ...] = _setting("KLUBBAN_TURN_URLS", (), "turn: or turns: addresses for browsers.")
    turn_secret_file: Path | None = _setting(
        "KLUBBAN_TURN_SECRET_FILE", None, "File with the secret shared with the TURN server."
    )
    seal_file: Path | None = _setting(
        "KLUBBAN_SEAL_FILE", None, "The organisation's seal: PKCS#12 (.p12, .pfx) or a PEM private key."
    )
    seal_certificate: Path | None = _setting(
        "KLUBBAN_SEAL_CERTIFICATE", None, "PEM certificate chain of the seal when seal_file is a PEM key."
    )
    seal_password_file: Path | None = _setting(
        "KLUBBAN_SEAL_PASSWORD_FILE", None, "File with the password of seal_file, if it has one."
    )
    smtp_host: str = _setting("KLUBBAN_SMTP_HOST", "", "Mail server that summonses are sent by; empty: none.")
    smtp_port: int = _setting("KLUBBAN_SMTP_PORT", 587, "TCP port of the mail server.")
    smtp_security: str = _setting("KLUBBAN_SMTP_SECURITY", "starttls", "One of starttls, tls, none.")
    smtp_user: str = _setting("KLUBBAN_SMTP_USER", "", "Account at the mail server; empty: none is needed.")
    smtp_password_file: Path | None = _setting(
        "KLUBBAN_SMTP_PASSWORD_FILE", None, "File with the password of the account."
    )
    mail_from: str = _setting(
        "KLUBBAN_MAIL_FROM", "", "Address that summonses come from (kansli@example.se)."
    )
    oidc_issuer: str = _setting(
        "KLUBBAN_OIDC_ISSUER",
        "",
        "Sign-in service (OpenID Connect) by its own name; empty: passwords alone.",
    )
    oidc_client_id: str = _setting("KLUBBAN_OIDC_CLIENT_ID", "", "What the sign-in service calls us.")
    oidc_client_secret_file: Path | None = _setting(
        "KLUBBAN_OIDC_CLIENT_SECRET_FILE", None, "File with the secret shared with it; empty: PKCE alone."
    )
    oidc_label: str = _setting(
        "KLUBBAN_OIDC_LABEL", "Logga in med e-legitimation", "What stands on the button that leads there."
    )
    oidc_scopes: tuple[str, ...] = _setting(
        "KLUBBAN_OIDC_SCOPES", ("openid", "email"), "What is asked of it, by space; openid is always asked."
    )
    oidc_claim: str = _setting(
        "KLUBBAN_OIDC_CLAIM", "sub", "The claim that tells who it is; only an HMAC of its value is kept."
    )
    oidc_strong_acr: tuple[str, ...] = _setting(
        "KLUBBAN_OIDC_STRONG_ACR",
        (),
        "Levels (acr) that count as e-legitimation, by space; empty: none.",
    )
    timestamp_url: str = _setting("KLUBBAN_TIMESTAMP_URL", "", "RFC 3161 timestamp service; empty: none.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **override: Any) -> Settings:
        """Read KLUBBAN_* from `environment` (the process's own when None); `override` wins, by field name.

        Raises BadSettings with every fault at once: bad values, unknown KLUBBAN_ names, files that do not
        exist.
        """
        given = os.environ if environment is None else environment
        faults: list[str] = []
        values: dict[str, Any] = {}
        known = {part.metadata["variable"]: part for part in fields(cls)}
        for variable in sorted(given):
            if variable.startswith("KLUBBAN_") and variable not in known and variable not in _READ_ELSEWHERE:
                faults.append(f"{variable}: det finns ingen sådan inställning")
        for variable, part in known.items():
            text = given.get(variable, "").strip()
            if text and part.name not in override:
                try:
                    values[part.name] = _parse(part.name, str(part.type), text)
                except ValueError as error:
                    faults.append(f"{variable}: {error}")
        settings = cls(**{**values, **override})
        faults += _check(settings)
        if faults:
            raise BadSettings(faults)
        return settings.completed()

    def completed(self) -> Settings:
        """These settings with every "empty means …" filled in; doing it twice changes nothing."""
        data = self.data_dir.absolute()
        url = self.public_url.rstrip("/") or self.own_url
        chosen = {part.name: getattr(self, part.name) for part in fields(self)}
        chosen |= {
            "data_dir": data,
            "database_url": self.database_url or f"sqlite:///{data / 'klubban.sqlite3'}",
            "public_url": url,
            "cookie_secure": url.startswith("https:") if self.cookie_secure is None else self.cookie_secure,
            "secret_file": self.secret_file or data / "secret",
            "media_socket": self.media_socket or data / "media.sock",
        }
        return Settings(**chosen)

    @property
    def own_url(self) -> str:
        """Where this machine reaches its web server; one that listens on every address, at 127.0.0.1."""
        host = "127.0.0.1" if self.host in ("::", "0.0.0.0") else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    def at_port(self, port: int) -> Settings:
        """These completed settings at the port that was got, when any free one (0) was asked for."""
        if self.port:
            return self
        public = "" if self.public_url == self.own_url else self.public_url
        return replace(self, port=port, public_url=public).completed()

    def secret(self) -> bytes:
        """The installation's secret (32 bytes or more), made with mode 0600 when first asked for."""
        path = self.secret_file or self.data_dir / "secret"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            made = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
            with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(32))
            # A link is all or nothing: of two processes starting at once, the second finds a whole secret.
            with contextlib.suppress(FileExistsError):
                os.link(made, path)
            made.unlink()
        secret = path.read_bytes()
        if len(secret) < 32:
            raise BadSettings([f"KLUBBAN_SECRET_FILE: {str(path)!r} har färre än 32 byte"])
        return secret


# Names with our prefix that are not settings of an installation: the test suite reads them.
_READ_ELSEWHERE = frozenset({"KLUBBAN_SOURCES"})


def _parse(name: str, kind: str, text: str) -> Any:
    if "bool" in kind:
        if text.lower() in _TRUE:
            return True
        if text.lower() in _FALSE:
            return False
        raise ValueError(f"ska vara ja eller nej, inte {text!r}")
    if kind == "int":
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"ska vara ett heltal, inte {text!r}") from None
    if kind == "float":
        try:
            return float(text)
        except ValueError:
            raise ValueError(f"ska vara ett tal, inte {text!r}") from None
    if "Path" in kind:
        return Path(text).expanduser()
    if kind.startswith("tuple"):
        return tuple(text.split())
    return text.lower() if name == "log_level" else text


def _check(settings: Settings) -> list[str]:
    faults: list[str] = []

    def fault(name: str, because: str) -> None:
        variable = next(part.metadata["variable"] for part in fields(Settings) if part.name == name)
        faults.append(f"{variable}: {because}")

    for name, low, high in (
        ("port", 0, 65535),
        ("media_port", 0, 65535),
        ("smtp_port", 1, 65535),
        ("login_idle_minutes", 1, 1440),
        ("login_hours", 1, 168),
        ("wall_fps", 0, 5),
        ("media_processes", 0 if settings.media_nodes else 1, 1 if settings.media_external else 16),
    ):
        if not low <= getattr(settings, name) <= high:
            fault(name, f"ska vara mellan {low} och {high}, inte {getattr(settings, name)}")
    if settings.log_level not in _LOG_LEVELS:
        fault("log_level", f"ska vara något av {', '.join(_LOG_LEVELS)}, inte {settings.log_level!r}")
    if settings.database_url and settings.database_url.split(":")[0].split("+")[0] not in _DATABASES:
        fault("database_url", "ska börja med sqlite: eller postgresql:")
    for name in ("public_url", "timestamp_url"):
        text = getattr(settings, name)
        if text and (urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).netloc):
            fault(name, f"ska vara en hel adress som börjar med http:// eller https://, inte {text!r}")
    for name, schemes in (("stun_urls", ("stun:", "stuns:")), ("turn_urls", ("turn:", "turns:"))):
        for url in getattr(settings, name):
            if not url.startswith(schemes):
                fault(name, f"{url!r} ska börja med {' eller '.join(schemes)}")
    for name in (
        "turn_secret_file",
        "seal_file",
        "seal_certificate",
        "seal_password_file",
        "smtp_password_file",
        "media_secret_file",
        "media_authority",
        "oidc_client_secret_file",
    ):
        path = getattr(settings, name)
        if path is not None and not path.is_file():
            fault(name, f"filen {str(path)!r} finns inte")
    if settings.media_port and settings.media_port + settings.media_processes - 1 > 65535:
        fault("media_port", f"lämnar inte plats för {settings.media_processes} processer under 65536")
    for node in settings.media_nodes:
        try:
            host_and_port(node)
        except ValueError as error:
            fault("media_nodes", str(error))
    if settings.media_nodes and settings.media_secret_file is None:
        fault("media_secret_file", "behövs när KLUBBAN_MEDIA_NODES är angiven")
    if settings.media_secret_file is not None and settings.media_secret_file.is_file():
        try:
            media_proof.read_secret(settings.media_secret_file)
        except (OSError, ValueError) as error:
            fault("media_secret_file", str(error))
    if settings.smtp_security not in _MAIL_SECURITY:
        fault(
            "smtp_security", f"ska vara något av {', '.join(_MAIL_SECURITY)}, inte {settings.smtp_security!r}"
        )
    if settings.smtp_host and "@" not in settings.mail_from:
        fault("mail_from", "behövs när KLUBBAN_SMTP_HOST är angiven: namn@kommun.se")
    if settings.smtp_user and settings.smtp_password_file is None:
        fault("smtp_password_file", "behövs när KLUBBAN_SMTP_USER är angiven")
    if settings.turn_urls and settings.turn_secret_file is None:
        fault("turn_secret_file", "behövs när KLUBBAN_TURN_URLS är angiven")
    if settings.oidc_issuer and not _is_safe_issuer(settings.oidc_issuer):
        fault(
            "oidc_issuer",
            f"ska börja med https:// och inte ha någon fråga (?), inte {settings.oidc_issuer!r}",
        )
    if settings.oidc_issuer and not settings.oidc_client_id:
        fault("oidc_client_id", "behövs när KLUBBAN_OIDC_ISSUER är angiven")
    if settings.demo and settings.public_url.startswith("https:"):
        fault(
            "demo",
            "demonstrationen släpper in vem som helst som vem som helst; den får inte gå på en offentlig "
            "https-adress",
        )
    return faults


def _is_safe_issuer(issuer: str) -> bool:
    """https, or http on this very machine, where nobody is in between."""
    parts = urlsplit(issuer)
    here = parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost")
    return (parts.scheme == "https" or here) and bool(parts.netloc) and not parts.query and not parts.fragment


def as_table() -> str:
    """The settings as a Markdown table (variable, default, meaning) for the README."""
    rows = ["| variable | default | meaning |", "|---|---|---|"]
    for part in fields(Settings):
        default = " ".join(part.default) if isinstance(part.default, tuple) else part.default
        shown = "" if default in (None, "") else f"`{default}`"
        rows.append(f"| `{part.metadata['variable']}` | {shown} | {part.metadata['meaning']} |")
    return "\n".join(rows)
