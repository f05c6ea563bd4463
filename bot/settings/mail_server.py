"""Which mail server to talk to, as SIGNPOST_SMTP_URL names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urlsplit

PORTS: Final = {"smtp": 587, "smtps": 465}
"""By scheme: `smtp` is encrypted by STARTTLS before anything else, `smtps` from the first byte on."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server and our login there. Both ways are encrypted; there is no third."""

    host: str
    port: int
    starts_plain: bool
    """Encrypted by STARTTLS instead of from the first byte on."""
    user: str = ""
    password: str = field(default="", repr=False)


def parse(url: str) -> MailServer:
    """Read `smtp://[user:password@]host[:587]` or `smtps://…[:465]`.

    User and password are percent-encoded. Raises ValueError with the middle of a sentence, which repeats nothing of it.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
        _ = (parts.hostname or "").encode("idna")  # raises for a name that no computer can have
    except ValueError:
        raise ValueError("is no mail server's address") from None
    host = parts.hostname or ""
    if parts.scheme not in PORTS or not host or not host.isascii() or not host.isprintable() or " " in host:
        raise ValueError("is no mail server's address")
    if parts.path.strip("/") or parts.query or parts.fragment:
        raise ValueError("has more than user, host and port (write / ? # in a password as %2F %3F %23)")
    if bool(parts.username) != bool(parts.password):
        raise ValueError("has a user without a password, or the other way round")
    return MailServer(
        host,
        port or PORTS[parts.scheme],
        starts_plain=parts.scheme == "smtp",
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
