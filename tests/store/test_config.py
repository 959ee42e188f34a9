"""Settings come from the environment once, and everything wrong with them is said at once."""

# ruff: noqa: E501 (a fault is one line of the table, as it is one line on the screen)

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from meeting_server.config import BadSettings, Settings, as_table


def _read(**variables: str) -> Settings:
    return Settings.from_environment({f"KLUBBAN_{name}": value for name, value in variables.items()})


def test_nothing_set_is_a_small_installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({"PATH": "/bin"})
    assert settings.database_url == f"sqlite:///{tmp_path}/data/klubban.sqlite3"
    assert settings.media_socket == tmp_path / "data" / "media.sock"
    assert (settings.public_url, settings.cookie_secure) == ("http://127.0.0.1:8080", False)
    assert settings.completed() == settings


def test_every_kind_of_value_is_read() -> None:
    settings = _read(
        DATA="/tmp/k", PORT="47200", PUBLIC_URL="https://klubban.example.se/", BEHIND_PROXY="ja", LOG_LEVEL="DEBUG",
        STUN_URLS="stun:a.example stun:b.example:3478", MEDIA_EXTERNAL="off",
    )  # fmt: skip
    assert settings.port == 47200
    assert (settings.public_url, settings.cookie_secure) == ("https://klubban.example.se", True)
    assert (settings.behind_proxy, settings.media_external, settings.log_level) == (True, False, "debug")
    assert settings.stun_urls == ("stun:a.example", "stun:b.example:3478")


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080"),
        ("::1", "http://[::1]:8080"),
        ("2001:db8::7", "http://[2001:db8::7]:8080"),
        ("0.0.0.0", "http://127.0.0.1:8080"),
        ("::", "http://127.0.0.1:8080"),
        ("klubban.internal", "http://klubban.internal:8080"),
    ],
)
def test_links_are_where_this_machine_reaches_the_server(host: str, url: str) -> None:
    assert _read(HOST=host).public_url == url
    assert _read(HOST=host, PUBLIC_URL="https://klubban.example.se").own_url == url


def test_what_the_caller_gives_wins() -> None:
    settings = Settings.from_environment(
        {"KLUBBAN_PORT": "nonsense", "KLUBBAN_COOKIE_SECURE": "ja"}, port=47201
    )
    assert settings.port == 47201
    assert settings.cookie_secure is True


@pytest.mark.parametrize(
    ("variables", "fault"),
    [
        ({"PORT": "http"}, "KLUBBAN_PORT: ska vara ett heltal, inte 'http'"),
        ({"PORT": "65536"}, "KLUBBAN_PORT: ska vara mellan 0 och 65535, inte 65536"),
        ({"DEMO": "maybe"}, "KLUBBAN_DEMO: ska vara ja eller nej, inte 'maybe'"),
        ({"PROT": "1"}, "KLUBBAN_PROT: det finns ingen sådan inställning"),
        ({"LOG_LEVEL": "loud"}, "KLUBBAN_LOG_LEVEL: ska vara något av debug, info, warning, error, inte 'loud'"),
        ({"DATABASE_URL": "mysql://x"}, "KLUBBAN_DATABASE_URL: ska börja med sqlite: eller postgresql:"),
        ({"PUBLIC_URL": "klubban.se"}, "KLUBBAN_PUBLIC_URL: ska vara en hel adress som börjar med http:// eller https://, inte 'klubban.se'"),
        ({"STUN_URLS": "a.example"}, "KLUBBAN_STUN_URLS: 'a.example' ska börja med stun: eller stuns:"),
        ({"SEAL_FILE": "/no/such"}, "KLUBBAN_SEAL_FILE: filen '/no/such' finns inte"),
        ({"TURN_URLS": "turn:a"}, "KLUBBAN_TURN_SECRET_FILE: behövs när KLUBBAN_TURN_URLS är angiven"),
        ({"SMTP_HOST": "mail.example"}, "KLUBBAN_MAIL_FROM: behövs när KLUBBAN_SMTP_HOST är angiven: namn@kommun.se"),
        ({"SMTP_SECURITY": "some"}, "KLUBBAN_SMTP_SECURITY: ska vara något av starttls, tls, none, inte 'some'"),
        ({"SMTP_USER": "kansli"}, "KLUBBAN_SMTP_PASSWORD_FILE: behövs när KLUBBAN_SMTP_USER är angiven"),
        ({"MEDIA_PROCESSES": "0"}, "KLUBBAN_MEDIA_PROCESSES: ska vara mellan 1 och 16, inte 0"),
        ({"MEDIA_PROCESSES": "17"}, "KLUBBAN_MEDIA_PROCESSES: ska vara mellan 1 och 16, inte 17"),
        ({"MEDIA_PROCESSES": "2", "MEDIA_EXTERNAL": "ja"}, "KLUBBAN_MEDIA_PROCESSES: ska vara mellan 1 och 1, inte 2"),
        ({"MEDIA_PROCESSES": "2", "MEDIA_PORT": "65535"}, "KLUBBAN_MEDIA_PORT: lämnar inte plats för 2 processer under 65536"),
        ({"MEDIA_NODES": "::1:7000", "MEDIA_SECRET_FILE": __file__}, "KLUBBAN_MEDIA_NODES: en IPv6-adress står inom hakparentes som i [::1]:7000, inte '::1:7000'"),
        ({"MEDIA_NODES": "far.example:7000"}, "KLUBBAN_MEDIA_SECRET_FILE: behövs när KLUBBAN_MEDIA_NODES är angiven"),
        ({"MEDIA_SECRET_FILE": "/dev/null"}, "KLUBBAN_MEDIA_SECRET_FILE: filen '/dev/null' finns inte"),
        ({"LOGIN_HOURS": "0"}, "KLUBBAN_LOGIN_HOURS: ska vara mellan 1 och 168, inte 0"),
        ({"DEMO": "ja", "PUBLIC_URL": "https://a.se"}, "KLUBBAN_DEMO: demonstrationen släpper in vem som helst som vem som helst; den får inte gå på en offentlig https-adress"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_said_by_its_variable(variables: dict[str, str], fault: str) -> None:
    with pytest.raises(BadSettings) as bad:
        _read(**variables)
    assert bad.value.faults == [fault]


def test_all_faults_are_said_at_once() -> None:
    with pytest.raises(BadSettings) as bad:
        _read(PORT="x", DEMO="x", NONSENSE="x")
    assert len(bad.value.faults) == 3


def test_the_secret_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data").completed()
    secret = settings.secret()
    assert len(secret) == 32
    assert settings.secret() == secret
    assert settings.secret_file is not None
    assert settings.secret_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret"]


def test_a_secret_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x" * 31)
    with pytest.raises(BadSettings):
        Settings(data_dir=tmp_path).completed().secret()


def test_the_table_has_every_setting() -> None:
    table = as_table().splitlines()
    assert len(table) == 2 + len(fields(Settings))
    assert "| `KLUBBAN_PORT` | `8080` | TCP port the web server listens on. |" in table
