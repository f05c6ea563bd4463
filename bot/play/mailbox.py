"""The playground's mailbox: a real mail server with TLS in this process, which keeps every mail and passes none on.

    mailbox = Mailbox()
    url, authority = await mailbox.start(folder)   # for SIGNPOST_SMTP_URL and SIGNPOST_CA_FILE
    mailbox.mails()                                # [Mail(subject, sender, to, text), …], oldest first
    await mailbox.stop()

It takes mail for any address, over STARTTLS alone, and on loopback alone.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import logging
from typing import TYPE_CHECKING, NamedTuple, cast

from aiosmtpd.smtp import SMTP

from bot.play.authority import Authority

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aiosmtpd.smtp import Envelope, Session

HOST = "127.0.0.1"
TAKEN = "250 2.0.0 kept"


class Mail(NamedTuple):
    """One mail as it arrived."""

    subject: str
    sender: str
    to: str
    """Every recipient, with commas between them."""
    text: str


class Mailbox:
    """Keeps what arrives, in memory. One for each run."""

    def __init__(self) -> None:
        self._mails: list[Mail] = []
        self._server: asyncio.Server | None = None
        self.on_arrival: Callable[[], None] = lambda: None
        """Called when a mail has come."""

    async def start(self, folder: Path) -> tuple[str, Path]:
        """Listen on a free port; return the server's address and the authority to trust. Raises OSError."""
        # The library tells each line of a conversation to its log, and a mail is nobody else's to read.
        logging.getLogger("mail.log").disabled = True
        authority = Authority(folder)
        context, loop = authority.server(HOST, "localhost"), asyncio.get_running_loop()

        def conversation() -> SMTP:
            return SMTP(self, hostname="localhost", tls_context=context, require_starttls=True, loop=loop)

        self._server = await loop.create_server(conversation, HOST, 0)
        port = self._server.sockets[0].getsockname()[1]
        return f"smtp://{HOST}:{port}", authority.file

    def mails(self) -> list[Mail]:
        """Return everything that has arrived, oldest first."""
        return list(self._mails)

    async def stop(self) -> None:
        """Stop listening. What has arrived stays readable."""
        if self._server is not None:
            self._server.close()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one mail. The name is the library's."""
        raw = cast("bytes", envelope.content)
        message = email.message_from_bytes(raw, policy=email.policy.default)
        body = message.get_body(("plain",))
        text = body.get_content() if body is not None else ""
        to = ", ".join(recipient or "" for recipient in envelope.rcpt_tos)
        self._mails.append(Mail(str(message["Subject"] or ""), envelope.mail_from or "", to, text))
        self.on_arrival()
        return TAKEN
