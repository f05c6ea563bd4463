"""Real mail servers, good ones and bad ones, that remember every byte they were given."""

from __future__ import annotations

import asyncio
import email
import email.policy
import logging
import ssl
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.play.authority import Authority
from bot.settings.mail_server import MailServer, parse

HOST = "127.0.0.1"
logging.getLogger("mail.log").disabled = True


@dataclass
class Server:
    """What one server does and what it has been given.

    `says` is its answer at a step (`connect`, `mail`, `rcpt`, `data` before the words, `words` after them);
    `drops` and `hangs` name a step at which it breaks the connection or says nothing any more.
    """

    port: int = 0
    scheme: str = "smtp"
    says: dict[str, str] = field(default_factory=dict)
    drops: str = ""
    hangs: str = ""
    seconds: float = 0.0
    """How long it thinks about a mail before it takes it."""
    wants_login: bool = False
    got: bytearray = field(default_factory=bytearray)
    """Every byte of every conversation, as it stood inside the encryption or without any."""
    clear: bytearray = field(default_factory=bytearray)
    """What came without encryption."""
    mails: list[bytes] = field(default_factory=list)
    """What was given as a mail, whether we said that we take it or not."""
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    talks: int = 0

    def url(self, login: str = "", host: str = HOST) -> str:
        """For SIGNPOST_SMTP_URL."""
        return f"{self.scheme}://{login}{host}:{self.port}"

    def server(self, login: str = "", host: str = HOST) -> MailServer:
        """The same as we read it."""
        return parse(self.url(login, host))

    def messages(self) -> list[EmailMessage]:
        """The mails, read."""
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.mails]


class _Conversation(SMTP):
    """aiosmtpd's server, told to behave badly."""

    def __init__(self, server: Server, **options: Any) -> None:
        super().__init__(_Takes(server), hostname="mail.test", **options)
        self.plan = server

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.plan.talks += self._original_transport is None
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        self.plan.got += data
        if self.transport is not None and self.transport.get_extra_info("sslcontext") is None:
            self.plan.clear += data
        super().data_received(data)

    async def push(self, status: Any) -> None:
        """Every answer goes through here; the first one is the greeting."""
        said = status.decode() if isinstance(status, bytes) else status
        step = "connect" if said.startswith("220 mail.test") else "data" if said.startswith("354") else ""
        if step and not await self._goes_on(step):
            return
        await super().push(self.plan.says.get(step, said) if step else said)

    async def _goes_on(self, step: str) -> bool:
        """False: this step gets no answer."""
        if self.plan.hangs == step:
            await asyncio.sleep(3600)
        if self.plan.drops == step and self.transport is not None:
            self.transport.abort()  # type: ignore[attr-defined]  # a transport that writes
            return False
        return True


class _Takes:
    """What the server says to each command. The names are the library's."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def handle_MAIL(  # noqa: N802
        self, talk: _Conversation, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await talk._goes_on("mail")
        if "mail" in self.server.says:
            return self.server.says["mail"]
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(  # noqa: N802
        self, talk: _Conversation, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await talk._goes_on("rcpt")
        if "rcpt" in self.server.says:
            return self.server.says["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, talk: _Conversation, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        self.server.mails.append(envelope.content)
        self.server.recipients.extend(to for to in envelope.rcpt_tos if to)
        await asyncio.sleep(self.server.seconds)
        await talk._goes_on("words")
        return self.server.says.get("words", "250 2.0.0 taken")


@asynccontextmanager
async def serving(
    server: Server,
    context: ssl.SSLContext | None = None,
    *,
    from_first_byte: bool = False,
) -> AsyncIterator[Server]:
    """Let it listen. Without a context it offers no encryption at all."""
    loop = asyncio.get_running_loop()

    def authenticates(_talk: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        server.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password == b"right", handled=False)

    def conversation() -> SMTP:
        return _Conversation(
            server,
            loop=loop,
            tls_context=None if from_first_byte else context,
            auth_required=server.wants_login and not from_first_byte,  # it does not see TLS that was there before
            auth_require_tls=not from_first_byte and context is not None,
            authenticator=authenticates,
        )

    listening = await loop.create_server(conversation, HOST, server.port, ssl=context if from_first_byte else None)
    server.port = listening.sockets[0].getsockname()[1]
    server.scheme = "smtps" if from_first_byte else "smtp"
    try:
        yield server
    finally:
        listening.close()


@dataclass
class Trust:
    """An authority of the tests, and what trusts it."""

    folder: Path
    authority: Authority = field(init=False)

    def __post_init__(self) -> None:
        self.authority = Authority(self.folder)

    def client(self) -> ssl.SSLContext:
        """As settings make it with SIGNPOST_CA_FILE."""
        context = ssl.create_default_context()
        context.load_verify_locations(self.authority.file)
        return context

    def good(self) -> ssl.SSLContext:
        return self.authority.server(HOST, "localhost")

    def old(self) -> ssl.SSLContext:
        """A server that knows nothing newer than TLS 1.1."""
        context = self.good()
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):
            context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        return context

    def careless(self) -> ssl.SSLContext:
        """A client that would talk to that server."""
        context = self.client()
        context.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings(action="ignore"):
            context.minimum_version = ssl.TLSVersion.TLSv1
        return context


Bad = Callable[[Trust], ssl.SSLContext | None]
