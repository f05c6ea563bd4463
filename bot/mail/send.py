"""Sending a mail: one transaction over an encrypted connection, once."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from bot import smtp
from bot.channel import NotSent, Refused, Result, Sent, Unsure
from bot.mail import render
from bot.settings.mail_server import MailServer
from bot.smtp import MailFailed
from handlers.contacts import room_of
from handlers.people import Account, Directory
from handlers.screens import Message

CHANGED: Final = "contact_changed"


@dataclass(frozen=True, slots=True)
class MailOptions:
    """What mail needs of the settings."""

    server: MailServer
    sender: str
    """The address that mail comes from; its domain also makes each mail's id."""
    public_url: str
    """Where the page behind the link is, without a slash at the end."""
    tls: ssl.SSLContext = field(repr=False)
    """What is trusted."""

    @property
    def domain(self) -> str:
        """The domain that mail comes from."""
        return self.sender.rpartition("@")[2]


class MailChannel:
    """`bot.channel.WholeChannel` over SMTP."""

    def __init__(self, options: MailOptions, directory: Callable[[], Directory], link: Callable[[str], str]) -> None:
        """`directory` as configured and connected now; `link` gives the address of the page for a delivery's id."""
        self._options, self._directory, self._link = options, directory, link

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:  # noqa: ARG002
        """Nothing is sent to a contact who left the configuration, or whose address changed since the approval."""
        return None if self._address(to) else Refused(CHANGED)

    async def send_whole(
        self, to: Account, delivery_id: str, content: Message, begin: Callable[[], Awaitable[bool]]
    ) -> Result:
        """Send one mail. `begin` is asked once the server waits for the words, and before the first of them."""
        options, address = self._options, self._address(to)
        if address is None:
            return Refused(CHANGED)
        mail = render.mail(
            content,
            sender=options.sender,
            to=address,
            link=self._link(delivery_id),
            message_id=f"{delivery_id}@{options.domain}",
            at=datetime.now(UTC),
        )
        try:
            async with asyncio.timeout(smtp.TALK_SECONDS) as limit:
                async with smtp.talking(options.server, options.tls, options.domain) as talk:
                    await talk.envelope(options.sender, address)
                    limit.reschedule(None)  # the words have a limit of their own
                    if not await begin():
                        return NotSent("claim_lost")
                    await talk.words(mail)
        except TimeoutError:
            return NotSent("too_slow")
        except MailFailed as failed:
            return _result(failed)
        return Sent("")

    def _address(self, to: Account) -> str | None:
        """The address of a mailbox as it is configured now, if it is still the one that was approved.

        Also of one that has not proved itself: a test has to get there. Whether a notice may go is decided before.
        """
        site = self._directory().site(to.org)
        mailboxes = [one for one in site.contacts if one.kind == "mail"] if site else []
        return next((one.destination for one in mailboxes if site and room_of(one, site) == to), None)


def _result(failed: MailFailed) -> Result:
    match failed.end:
        case "later":
            return NotSent(failed.why)
        case "refused":
            return Refused(failed.why)
        case "lost":
            return Unsure(failed.why)
