"""What a visitor does to the playground itself, and no person in it could do: move the clock, and pull the plug."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Protocol

from bot.play.clock import LONDON, NoFurtherError
from bot.play.news import News

if TYPE_CHECKING:
    from bot.play.clock import PlayClock

Json = dict[str, object]
STOP_SECONDS = 15.0


class CannotDo(Exception):
    """It cannot be done now; the message says why in a sentence."""


class Unpluggable(Protocol):
    """What a stage needs of the bot's process."""

    async def pull_the_plug(self) -> None:
        """End it without a word, and start it again. Returns when it is ready."""


class Stage(News):
    """The clock and the bot's process."""

    def __init__(self, clock: PlayClock, bot: Unpluggable) -> None:
        super().__init__()
        self._clock, self._bot = clock, bot
        self._pulling: asyncio.Task[None] | None = None
        self._said = ""
        self._happened = 0

    def screen(self) -> Json:
        """What the page shows of it: the time, whether the bot runs, what happened last and the how-manieth it was."""
        down = self._pulling is not None
        return {"now": self._clock.now().timestamp(), "down": down, "said": self._said, "happened": self._happened}

    async def do(self, what: str, by: int = 0) -> None:
        """Do it. Raises `CannotDo`, and `LookupError` for what is nothing that can be done here."""
        try:
            match what:
                case "forward":
                    self._clock.forward(by)
                    self._moved()
                case "morning":
                    await self._clock.to_working_morning()
                    self._moved()
                case "plug":
                    self._pull()
                case _:
                    raise LookupError(what)
        except NoFurtherError:
            raise CannotDo("The clock cannot be moved further. Start the playground again to begin anew.") from None
        self.changed()

    async def stop(self) -> None:
        """Let a start that is under way come to its end: what is half started, nobody would end."""
        if self._pulling is not None:
            await asyncio.wait({self._pulling}, timeout=STOP_SECONDS)

    def _moved(self) -> None:
        moved_to = self._clock.now().astimezone(LONDON)
        self._say(
            f"The clock was moved to {moved_to:%A} {moved_to.day} {moved_to:%B}, {moved_to:%H:%M}. What is due arrives"
            " within a few seconds: look for a number beside a name."
        )

    def _pull(self) -> None:
        if self._pulling is not None:
            raise CannotDo("Signpost is already starting again.")
        self._say("The plug is out: Signpost was ended in the middle of whatever it did. It is starting again…")
        self._pulling = asyncio.create_task(self._out_and_in())

    async def _out_and_in(self) -> None:
        began = time.monotonic()
        try:
            await self._bot.pull_the_plug()
            said = f"Signpost is back after {time.monotonic() - began:.0f} s. Nothing is lost: go on where you were."
        except Exception:  # noqa: BLE001 - whoever waits for the bot's end says why
            said = "Signpost did not start again. The terminal says why."
        self._pulling = None
        self._say(said)
        self.changed()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self._happened += 1
