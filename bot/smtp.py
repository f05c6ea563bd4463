"""A conversation with a mail server: encrypted and checked before a login or a mail, each failure a closed word.

The steps of a transaction are apart, because what may be done after a failure depends on one thing: had the words of
the mail begun to leave?
"""

from __future__ import annotations

import re
import ssl
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Final, Literal, TypeVar

import aiosmtplib

from bot.settings.mail_server import MailServer

TALK_SECONDS: Final = 10.0
"""For everything up to the mail's words: connecting, TLS, login, envelope."""
ANSWER_SECONDS: Final = 60.0
"""For the answer after them: servers look a mail through before they take it."""

T = TypeVar("T")
End = Literal["later", "refused", "lost"]
_START_INPUT: Final = 354
_LOGIN_NEEDED: Final = 530
NO_SUCH_MAILBOX: Final = "no_such_mailbox"
"""The server of the recipient says that there is none: another mail would not arrive either."""
_OF_THE_RECIPIENT: Final = frozenset({"recipient_refused", "mail_refused"})
_ENHANCED: Final = re.compile(r"\s*5\.(\d{1,3})\.(\d{1,3})\b")
_ADDRESS_CODES: Final = frozenset({("1", "1"), ("1", "2"), ("1", "3"), ("1", "6"), ("1", "10"), ("2", "1")})
"""RFC 3463 and 7505: no such mailbox or domain, moved away, takes no mail, disabled. 5.7.1 and others speak of us."""
_ADDRESS_WORDS: Final = re.compile(
    r"(?:no such|unknown|non-?existent) (?:user|mailbox|recipient|address)|"
    r"(?:user|mailbox|recipient|address)\b.{0,40}\b(?:unknown|not found|does not exist|doesn't exist)",
    re.IGNORECASE,
)
"""How servers say it that give no such code."""
_LINE_START: Final = re.compile(rb"(?m)^\.")


class MailFailed(Exception):
    """It did not work. `why` is a closed word, fit for a log.

    `end` is `later` (surely not there; it may work another time), `refused` (surely not there; somebody has to do
    something) or `lost` (the words had left, and nobody said whether they were taken).
    """

    def __init__(self, why: str, end: End) -> None:
        super().__init__(why)
        self.why, self.end = why, end


class Conversation:
    """What was said so far. Made by `talking`."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client

    async def envelope(self, sender: str, to: str) -> None:
        """Say who writes to whom, up to the point where the server waits for the words. Raises MailFailed."""
        self._must_be_encrypted()
        await _step(self._client.mail(sender), "sender_refused")
        await _step(self._client.rcpt(to), "recipient_refused")
        answer = await _step(self._client.execute_command(b"DATA"), "mail_refused")
        if answer.code != _START_INPUT:
            raise _answered(answer.code, "mail_refused", said=answer.message)

    async def try_sender(self, sender: str) -> None:
        """Say who would write, and take it back: nothing is sent. Raises MailFailed."""
        self._must_be_encrypted()
        await _step(self._client.mail(sender), "sender_refused")
        await _step(self._client.rset(), "sender_refused")

    async def words(self, mail: bytes) -> None:
        """Send the mail, its lines ending in CRLF, and wait for the answer. Raises MailFailed."""
        self._must_be_encrypted()
        protocol = self._client.protocol
        if protocol is None:
            raise MailFailed("disconnected", "later")
        try:
            protocol.write(_LINE_START.sub(b"..", mail) + b".\r\n")
            answer = await protocol.read_response(timeout=ANSWER_SECONDS)
        except (aiosmtplib.SMTPException, OSError) as error:
            why = "too_slow" if isinstance(error, TimeoutError) else "answer_lost"
            raise MailFailed(why, "lost") from None
        if not _is_done(answer.code):
            raise _answered(answer.code, "mail_refused", said=answer.message, after_words=True)

    def _must_be_encrypted(self) -> None:
        """Look once more, at the connection itself, before anything of a mail is said."""
        if not self._client.is_connected:
            raise MailFailed("disconnected", "later")
        if self._client.get_transport_info("sslcontext") is None:
            raise MailFailed("not_encrypted", "refused")


@asynccontextmanager
async def talking(server: MailServer, trusts: ssl.SSLContext, name: str) -> AsyncIterator[Conversation]:
    """Connect, encrypt, check the certificate and log in; hang up at the end. `name` is what we call ourselves.

    Raises MailFailed. Takes as long as the server lets it: whoever calls sets the limit.
    """
    context = trusts
    context.minimum_version = max(context.minimum_version, ssl.TLSVersion.TLSv1_2)
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        use_tls=not server.starts_plain,
        start_tls=False,
        local_hostname=name,
        tls_context=context,
        timeout=TALK_SECONDS,
    )
    try:
        await _step(client.connect(), "not_welcome")
        if server.starts_plain:
            await _encrypt(client)
        await _step(client.ehlo(), "not_welcome")
        if server.user:
            await _log_in(client, server)
        yield Conversation(client)
    finally:
        if client.protocol is not None and client.is_connected:
            client.protocol.write(b"QUIT\r\n")  # nobody waits for the answer: what it could say changes nothing
        client.close()


async def _encrypt(client: aiosmtplib.SMTP) -> None:
    await _step(client.ehlo(), "not_welcome")
    if not client.supports_extension("starttls"):
        raise MailFailed("no_starttls", "refused")
    try:
        await _step(client.starttls(), "tls_failed")
    except MailFailed as failed:
        # A server that cannot agree on a version may say so, or just hang up.
        raise MailFailed("tls_failed", "refused") if failed.why == "disconnected" else failed from None


async def _log_in(client: aiosmtplib.SMTP, server: MailServer) -> None:
    """One way of logging in and one try: a wrong password must not lock the account sooner than it has to."""
    if client.get_transport_info("sslcontext") is None:
        raise MailFailed("not_encrypted", "refused")
    offered = client.server_auth_methods
    if "plain" in offered:
        login = client.auth_plain(server.user, server.password)
    elif "login" in offered:
        login = client.auth_login(server.user, server.password)
    elif "cram-md5" in offered:
        login = client.auth_crammd5(server.user, server.password)
    else:
        raise MailFailed("login_not_offered", "refused")
    await _step(login, "login_refused")


async def _step(step: Awaitable[T], refused: str) -> T:
    """One step before the words. Raises MailFailed; `refused` is the word for a lasting no."""
    try:
        return await step
    except ssl.SSLCertVerificationError:
        raise MailFailed("certificate_refused", "refused") from None
    except ssl.SSLError:
        raise MailFailed("tls_failed", "refused") from None
    except aiosmtplib.SMTPResponseException as answer:
        raise _answered(answer.code, refused, said=answer.message) from None
    except aiosmtplib.SMTPConnectError as error:
        raise _not_connected(error) from None
    except TimeoutError:
        raise MailFailed("too_slow", "later") from None
    except OSError:
        raise MailFailed("disconnected", "later") from None
    except aiosmtplib.SMTPException:
        raise MailFailed(refused, "refused") from None


def _not_connected(error: aiosmtplib.SMTPConnectError) -> MailFailed:
    match error.__cause__:
        case ssl.SSLCertVerificationError():
            return MailFailed("certificate_refused", "refused")
        case ssl.SSLError() | ConnectionResetError() | ConnectionAbortedError():
            return MailFailed("tls_failed", "refused")
        case _:
            return MailFailed("too_slow" if isinstance(error, TimeoutError) else "unreachable", "later")


def _is_done(code: int) -> bool:
    return 200 <= code < 300  # noqa: PLR2004  # the first digit is the answer


def _answered(code: int, refused: str, *, said: str = "", after_words: bool = False) -> MailFailed:
    """What a no means: 4… is for now, 5… is for good, anything else is no answer at all."""
    if code == _LOGIN_NEEDED:
        return MailFailed("login_needed", "refused")
    if 400 <= code < 500:  # noqa: PLR2004
        return MailFailed("mail_busy", "later")
    if 500 <= code < 600:  # noqa: PLR2004
        gone = refused in _OF_THE_RECIPIENT and _no_such_mailbox(said)
        return MailFailed(NO_SUCH_MAILBOX if gone else refused, "refused")
    return MailFailed("no_smtp", "lost" if after_words else "later")


def _no_such_mailbox(said: str) -> bool:
    """Whether a no for good says that there is no such mailbox, by its code or, where it has none, by its words."""
    code = _ENHANCED.match(said)
    return code.groups() in _ADDRESS_CODES if code else _ADDRESS_WORDS.search(said) is not None
