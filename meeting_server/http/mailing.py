"""Sending letters by the mail server the settings name; what it answers is the proof that it took them."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid

from meeting_server.config import Settings

SECONDS = 20.0
"""Longest wait for one answer of the mail server."""


class NoMail(Exception):
    """No mail server is configured, or it cannot be spoken with; `because` is a Swedish sentence."""

    def __init__(self, because: str) -> None:
        super().__init__(because)
        self.because = because


@dataclass(frozen=True)
class Message:
    """One letter: plain text, to one address, so that nobody sees who the others are."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True)
class Answer:
    """What the mail server said to one letter: taken or not, with its own code and words."""

    accepted: bool
    words: str


class Mailing:
    """Sends by the installation's mail server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def is_set_up(self) -> bool:
        """Whether there is a mail server to send by."""
        return bool(self._settings.smtp_host)

    async def send(self, messages: Sequence[Message]) -> AsyncGenerator[Answer, None]:
        """Send over one connection, an answer for each message in turn. Raises NoMail before the first."""
        server = await asyncio.to_thread(self._connect)
        try:
            for message in messages:
                yield await asyncio.to_thread(self._deliver, server, message)
        finally:
            await asyncio.to_thread(server.close)

    def _connect(self) -> smtplib.SMTP:
        settings = self._settings
        if not settings.smtp_host:
            raise NoMail("Ingen e-postserver är inställd.")
        host, port = settings.smtp_host, settings.smtp_port
        server: smtplib.SMTP | None = None
        try:
            if settings.smtp_security == "tls":
                server = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
            else:
                server = smtplib.SMTP(host, port, timeout=SECONDS)
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user and settings.smtp_password_file is not None:
                password = settings.smtp_password_file.read_text(encoding="utf-8").strip()
                server.login(settings.smtp_user, password)
            server.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            if server is not None:
                server.close()
            raise NoMail(f"E-postservern {host} tar inte emot: {error}") from error
        return server

    def _deliver(self, server: smtplib.SMTP, message: Message) -> Answer:
        """One letter. A server that has gone is an answer too: the letter was not taken."""
        try:
            code, words = server.mail(self._settings.mail_from)
            if code == 250:
                code, words = server.rcpt(message.to)
            if code in (250, 251):
                code, words = server.data(self._letter(message).as_bytes(policy=SMTP))
                if code == 250:
                    return Answer(True, _said(code, words))
            server.rset()
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            return Answer(False, str(error)[:200])
        return Answer(False, _said(code, words))

    def _letter(self, message: Message) -> EmailMessage:
        letter = EmailMessage()
        letter["From"], letter["To"] = self._settings.mail_from, message.to
        letter["Subject"] = " ".join(message.subject.split())  # a header is one line, whatever a name is
        letter["Date"] = formatdate(localtime=False)
        letter["Message-ID"] = make_msgid(domain=self._settings.mail_from.rpartition("@")[2])
        letter.set_content(message.text, cte="quoted-printable")
        return letter


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}"[:200]
