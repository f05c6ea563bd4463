"""From what arrived to the screen that answers it: opens the token, asks who it is, and asks the desk."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from bot import logs
from bot.channel import Desk
from bot.seals import Forged
from bot.teams.arrived import REPLAYED, UNKNOWN, Arrived
from bot.teams.channels import Channels
from bot.teams.rooms import Rooms
from handlers import broken
from handlers.intents import ASKED_ANEW, Intent, Subject
from handlers.people import Account, Known, Standing
from handlers.screens import Form, Screen
from handlers.telling import not_reached

_NOBODY_ASKED: Final = Known(Standing(member=False, why_not="unknown"))
"""For a message that is refused whoever wrote it."""


class Sealing(Protocol):
    """What is needed of `bot.seals.Seals`."""

    def seal(self, text: str, holder: str) -> str:
        """The token for this text that `holder` may use."""

    def open(self, sealed: str, holder: str) -> str:
        """The text in a token. Raises Forged."""


class Asking:
    """Asks the desk. `on_refused` is told a word for the metric."""

    def __init__(
        self, desk: Desk, seals: Sealing, rooms: Rooms, channels: Channels, on_refused: Callable[[str], None]
    ) -> None:
        self._desk, self._seals, self._rooms, self._on_refused = desk, seals, rooms, on_refused
        self._channels = channels

    async def screen(self, arrived: Arrived, account: Account) -> Screen | None:
        """What to show. Never raises: whatever fails in our own code, there is something to read."""
        try:
            if arrived.name == UNKNOWN:
                self._on_refused("unknown_intent")
                await self.noted(arrived, account)
                return broken.other_version()
            if arrived.name == REPLAYED:
                await self.noted(arrived, account)
                return broken.press_it_there()
            screen = await self._desk.answer(await self._intent(arrived, account))
        except Exception as error:  # noqa: BLE001  # the person in front of us must get an answer
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return broken.failed()
        if isinstance(screen, Form) and self._rooms.not_installed(account):
            return replace(screen, parts=(*screen.parts, not_reached.for_you()))
        return screen

    async def listed(self, name: str, account: Account) -> Screen | None:
        """What somebody would be shown if they asked for a list now; None where that cannot be said. Never raises."""
        intent = await self._intent(Arrived("command", name, account), account)
        return await self._desk.drawn_again(intent)

    async def posted(self, name: str, account: Account, address: str) -> None:
        """A list was posted in the personal chat, in one message where there is an address."""
        if address:
            await self._desk.posted(account, name, address)

    async def noted(self, arrived: Arrived, account: Account) -> None:
        """Keep where the person was, and their address if this is it, before anything is sent to them."""
        if arrived.seen is not None:
            self._rooms.saw(account, arrived.seen)
            await self._channels.met(account.org, arrived.seen)
        if arrived.personal is not None:
            await self._rooms.remember(account, arrived.personal)

    async def installed(self, arrived: Arrived, account: Account) -> bool:
        """Note that the app was added for somebody, and return whether they are to be greeted: for them it is new."""
        if arrived.seen is not None:
            self._rooms.saw(account, arrived.seen)
        return arrived.personal is not None and await self._rooms.installed(account, arrived.personal)

    async def removed(self, account: Account) -> None:
        """Note that the app was taken from somebody."""
        await self._rooms.removed(account)

    async def _intent(self, arrived: Arrived, account: Account) -> Intent:
        """What is meant.

        A token that is not theirs counts as none, and what was typed beside it is not read: so the answer is the same
        for a real case and for an invented one.
        """
        subject, room = self._subject(arrived, account)
        if arrived.kind == "event":
            await self.noted(arrived, account)
            known = _NOBODY_ASKED
        else:
            fresh, about = arrived.name in ASKED_ANEW, subject or Subject()
            asked = self._desk.known(account, fresh=fresh, name=arrived.name, subject=about)
            _, known = await asyncio.gather(self.noted(arrived, account), asked)
        return Intent(
            name=arrived.name,
            by=account,
            known=known,
            surface=arrived.surface,
            subject=subject or Subject(),
            fields=arrived.fields if subject is not None else {},
            has_file=arrived.has_file,
            extra_text=arrived.extra_text,
            event=arrived.event if arrived.kind == "event" else "",
            room=room,
        )

    def _subject(self, arrived: Arrived, account: Account) -> tuple[Subject | None, Account | None]:
        """What it is about, and the room that the token was sealed for, where it was not sealed for the person."""
        if arrived.reference:
            return Subject("reference", arrived.reference), None
        if not arrived.sealed:
            return Subject(), None
        holders = (account, arrived.room) if arrived.name == "acknowledge" and arrived.room else (account,)
        for holder in holders:
            try:
                subject = Subject.read(self._seals.open(arrived.sealed, str(holder)))
            except Forged:
                continue
            except ValueError:  # sealed by us, in a release that wrote it differently
                return None, None
            return subject, None if holder == account else holder
        self._on_refused("token")
        return None, None
