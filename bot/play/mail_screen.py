"""What lies in the mailbox of somebody of the playground, as JSON for the page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.play.cast import PLAYERS
from bot.play.news import News

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.play.mailbox import Mail, Mailbox

Json = dict[str, object]


class MailScreens(News):
    """Draws the inbox, and remembers which mails each person has had in front of them."""

    def __init__(self, mailbox: Mailbox, clock: Callable[[], float] = time.time) -> None:
        """`clock` gives the time that people see, in seconds since 1970."""
        super().__init__()
        self._mailbox, self._clock = mailbox, clock
        self._came: list[float] = []
        self._seen: dict[str, int] = {}
        mailbox.on_arrival = self._arrived

    def screen(self, user: str) -> Json | None:
        """The inbox of this person, newest first, or None if they have none. Their mails count as seen from now on."""
        address = _address(user)
        if not address:
            return None
        mails = self._mails(address)
        seen, self._seen[user] = self._seen.get(user, 0), len(mails)
        drawn = [_mail(number, mail, came) for number, (mail, came) in enumerate(mails)]
        return {"address": address, "mails": drawn[::-1], "fresh": [one["id"] for one in drawn[seen:]]}

    def unread(self, user: str) -> int:
        """How many mails this person has not had in front of them yet."""
        return len(self._mails(_address(user))) - self._seen.get(user, 0)

    def _mails(self, address: str) -> list[tuple[Mail, float]]:
        came = zip(self._mailbox.mails(), self._came, strict=False)
        return [(mail, at) for mail, at in came if address and address in mail.to.lower().split(", ")]

    def _arrived(self) -> None:
        self._came.append(self._clock())
        self.changed()


def _address(user: str) -> str:
    return next(player.mailbox for player in PLAYERS if player.id == user)


def _mail(number: int, mail: Mail, came: float) -> Json:
    return {"id": f"mail-{number}", "text": mail.subject, "from": mail.sender, "body": mail.text, "at": came}
