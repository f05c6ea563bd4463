"""The mailbox on the page: whose it is, in which order, and what counts as seen."""

from __future__ import annotations

from bot.play import cast
from bot.play.mail_screen import MailScreens
from bot.play.mailbox import Mail, Mailbox

JO, PRIYA = "U5", "U2"


class Box(Mailbox):
    """A mailbox without a server."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[Mail] = []

    def mails(self) -> list[Mail]:
        return list(self.held)

    def comes(self, subject: str, to: str = cast.MAILBOX) -> None:
        self.held.append(Mail(subject, "signpost@northside.example", to, "Read this."))
        self.on_arrival()


def test_mails_stand_newest_first_and_count_as_seen_once_they_were_in_front_of_somebody() -> None:
    box = Box()
    screens = MailScreens(box, lambda: 1000.0)
    box.comes("SP-1")
    box.comes("SP-2")
    assert screens.version == 2
    assert screens.unread(JO) == 2

    shown = screens.screen(JO)
    assert shown is not None
    assert shown["mails"] == [
        {"id": "mail-1", "text": "SP-2", "from": "signpost@northside.example", "body": "Read this.", "at": 1000.0},
        {"id": "mail-0", "text": "SP-1", "from": "signpost@northside.example", "body": "Read this.", "at": 1000.0},
    ]
    assert shown["fresh"] == ["mail-0", "mail-1"]
    assert screens.unread(JO) == 0
    again = screens.screen(JO)
    assert again is not None
    assert again["fresh"] == []


def test_nobody_else_has_that_mailbox_and_mail_to_others_is_not_in_it() -> None:
    box = Box()
    screens = MailScreens(box)
    box.comes("SP-1", "somebody@else.example")
    assert screens.screen(PRIYA) is None
    assert screens.unread(PRIYA) == 0
    shown = screens.screen(JO)
    assert shown is not None
    assert shown["mails"] == []


def test_an_address_in_capitals_is_the_same_mailbox() -> None:
    box = Box()
    screens = MailScreens(box)
    box.comes("SP-1", cast.MAILBOX.upper())
    assert screens.unread(JO) == 1
