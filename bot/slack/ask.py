"""From what arrived to the screen that answers it: opens the token, asks who it is, and asks the desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot import logs
from bot.channel import Desk
from bot.seals import Forged
from bot.slack.arrived import UNKNOWN, Arrived
from handlers import broken
from handlers.intents import ASKED_ANEW, Intent, Subject
from handlers.people import Account, Known, Standing
from handlers.screens import Screen


class OpensSeals(Protocol):
    """What is needed of `bot.seals.Seals`."""

    def open(self, sealed: str, holder: str) -> str:
        """The text in a token. Raises Forged."""


class Asking:
    """Asks the desk. `on_refused` is told a word for the metric."""

    def __init__(self, desk: Desk, seals: OpensSeals, on_refused: Callable[[str], None]) -> None:
        self._desk, self._seals, self._on_refused = desk, seals, on_refused

    def opened(self, arrived: Arrived) -> str | None:
        """The token that came along, or None if it was not sealed by us for this very account or room."""
        if not arrived.sealed:
            return ""
        opened = self._open(arrived.sealed, arrived.account)
        if opened is None and _may_be_a_rooms(arrived):
            opened = self._open(arrived.sealed, arrived.room)
        if opened is None:
            self._on_refused("token")
        return opened

    def _open(self, sealed: str, holder: Account | None) -> str | None:
        try:
            return self._seals.open(sealed, str(holder))
        except Forged:
            return None

    def _room(self, arrived: Arrived) -> Account | None:
        """The room that the token was sealed for, where it was not sealed for the person."""
        if not _may_be_a_rooms(arrived) or self._open(arrived.sealed, arrived.account) is not None:
            return None
        return arrived.room if self._open(arrived.sealed, arrived.room) is not None else None

    async def screen(self, arrived: Arrived, token: str | None) -> Screen | None:
        """What to show. Never raises: whatever fails in our own code, there is something to read."""
        if arrived.name == UNKNOWN:
            self._on_refused("unknown_intent")
            return broken.other_version()
        try:
            return await self._desk.answer(await self._intent(arrived, token))
        except Exception as error:  # noqa: BLE001  # the person in front of us must get an answer
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return broken.failed()

    async def _intent(self, arrived: Arrived, token: str | None) -> Intent:
        """What is meant.

        A token that is not theirs counts as none, and what was typed beside it is not read: so the answer is the same
        for a real case and for an invented one.
        """
        subject, room = _subject(token), self._room(arrived)
        if arrived.reference:
            subject = Subject("reference", arrived.reference)
        if arrived.outside and room is None:
            known = Known(Standing(member=False, why_not="outside"))
        else:
            fresh, about = arrived.name in ASKED_ANEW, subject or Subject()
            known = await self._desk.known(arrived.account, fresh=fresh, name=arrived.name, subject=about)
        return Intent(
            name=arrived.name,
            by=arrived.account,
            known=known,
            surface=arrived.surface,
            subject=subject or Subject(),
            fields=arrived.fields if subject is not None else {},
            has_file=arrived.has_file,
            extra_text=arrived.extra_text,
            event=arrived.event,
            room=room,
        )


def _may_be_a_rooms(arrived: Arrived) -> bool:
    """Whether it is the one thing that is sealed for a room: whoever is in there may press it."""
    return arrived.name == "acknowledge" and arrived.room is not None


def _subject(token: str | None) -> Subject | None:
    if token is None:
        return None
    try:
        return Subject.read(token)
    except ValueError:  # sealed by us, in a release that wrote it differently
        return None
