"""Gives a person their answer while Slack waits for it.

| came as | a Form | a Message | nothing |
|---|---|---|---|
| a window's main button | the reply: `update`, or `errors` at the fields | the reply: `update` | the window closes |
| another button or a choice in a window | `views.update` of that window | the same | nothing |
| a command | `views.open` | the reply, for their eyes only; home: `views.open` | nothing |
| a shortcut | `views.open` | `views.open` | nothing |
| a button on a message | `views.open` | `chat.update` of it, else `views.open` | nothing |
| a button on the home page | `views.open` | `views.publish` | nothing |
| the home page being opened | `views.publish` of the same parts | `views.publish` | nothing |
| a message written to the bot | the worker answers | the worker answers | nothing |

Slack waits 3 seconds and a trigger lives as long, so an answer that takes longer than 1.5 s is announced by a window
that says 999 first, and takes its place later.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot import logs
from bot.later import Later
from bot.slack import render, words
from bot.slack.arrived import Arrived
from bot.slack.ask import Asking
from bot.slack.calls import Calls
from handlers import broken
from handlers.screens import Form, Message, Screen

OPEN_SECONDS: Final = 1.5
"""After this long the waiting window is opened, while the trigger still lives."""
UPDATE_SECONDS: Final = 1.8
"""After this long a window's button is answered without its answer, which follows by itself."""
REPLY_SECONDS: Final = 2.2
"""After this long Slack gets a reply that says wait."""
LAST_SECONDS: Final = 2.4
"""By now Slack has its reply, calls included."""
SETTLE_SECONDS: Final = 0.8
"""How long after such a reply the window is left alone, so that the reply cannot arrive after the answer."""
LATE_SECONDS: Final = 5.0
"""How long a call may take that nobody waits for."""

IN_A_WINDOW: Final = frozenset({"show_home"})
"""Messages that list cases: nothing of a case is posted where a command was typed."""

Reply: TypeAlias = dict[str, Any] | None
"""What goes back to Slack as the answer to its request; None: an empty one."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that arrived, the opened token that came with it, and its answer on the way."""

    arrived: Arrived
    token: str | None
    began: float
    work: asyncio.Task[Screen | None]

    def left(self, seconds: float) -> float:
        """Seconds until so long after it arrived."""
        return self.began + seconds - asyncio.get_running_loop().time()

    async def within(self, seconds: float) -> bool:
        """Whether the answer is there so long after the question."""
        await asyncio.wait({self.work}, timeout=max(0.0, self.left(seconds)))
        return self.work.done()


class Answers:
    """Answers what arrived."""

    def __init__(self, asking: Asking, calls: Calls, later: Later) -> None:
        self._asking, self._calls, self._later = asking, calls, later

    async def give(self, arrived: Arrived) -> Reply:
        """Answer, and return what goes back to Slack. Never raises; takes at most 2.5 s."""
        token = self._asking.opened(arrived)
        work = self._later.start(self._asking.screen(arrived, token))
        asked = _Asked(arrived, token, asyncio.get_running_loop().time(), work)
        try:
            return await self._give(asked)
        except Exception as error:  # noqa: BLE001  # a screen that cannot be drawn must not be a click without answer
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return await self._failed(asked)

    async def _give(self, asked: _Asked) -> Reply:
        match asked.arrived.kind:
            case "submission":
                return await self._submitted(asked)
            case "form":
                return await self._in_window(asked)
            case "home_opened":
                return await self._home(asked)
            case "event":  # the answer comes from the worker: here it is only carried out
                await asked.within(REPLY_SECONDS)
                return None
            case "command" | "shortcut" | "message" | "home":
                return await self._at_trigger(asked)

    # --- a window's main button ------------------------------------------------------------------------------------
    async def _submitted(self, asked: _Asked) -> Reply:
        if not await asked.within(REPLY_SECONDS):
            self._later.start(self._replace(asked, asked.arrived.view_id, settle=SETTLE_SECONDS))
            return self._update(asked, words.WAITING)
        screen = asked.work.result()
        if screen is None:
            return None
        form = _as_window(screen)
        # Errors leave the window as it is, its token too: they only do where the token would stay the same.
        if render.token_of(form) == asked.token:
            wrong = render.errors(form, asked.arrived.blocks)
            if wrong is not None:
                return {"response_action": "errors", "errors": wrong}
        return self._update(asked, form)

    def _update(self, asked: _Asked, form: Form) -> Reply:
        return {"response_action": "update", "view": self._calls.view(form, asked.arrived.account)}

    # --- another button, or a choice, in a window --------------------------------------------------------------------
    async def _in_window(self, asked: _Asked) -> Reply:
        arrived = asked.arrived
        if not await asked.within(UPDATE_SECONDS):
            self._later.start(self._replace(asked, arrived.view_id))
            return None
        screen = asked.work.result()
        if screen is not None:
            left = asked.left(LAST_SECONDS)
            shown = await self._calls.update(
                arrived.view_id, arrived.view_hash, _as_window(screen), arrived.account, left
            )
            if not shown:  # Slack is slow or away: once more when nobody waits
                self._later.start(self._replace(asked, arrived.view_id))
        return None

    async def _replace(self, asked: _Asked, view_id: str, *, settle: float = 0.0) -> None:
        """Put the answer into a window when it is there."""
        await asyncio.sleep(settle)
        screen = await asked.work
        form = broken.done() if screen is None else _as_window(screen)
        if screen is None and asked.arrived.kind == "form":
            return
        if not await self._calls.update(view_id, "", form, asked.arrived.account, LATE_SECONDS):
            await self._calls.tell(asked.arrived, words.FAILED_TEXT)

    # --- where a trigger opens a window ------------------------------------------------------------------------------
    async def _at_trigger(self, asked: _Asked) -> Reply:
        if await asked.within(OPEN_SECONDS):
            return await self._show(asked, asked.work.result())
        view_id = await self._calls.open(asked.arrived, words.WAITING, asked.left(LAST_SECONDS))
        if view_id is None:
            return await self._not_shown(asked.arrived)
        self._later.start(self._show_late(asked, view_id))
        return None

    async def _show(self, asked: _Asked, screen: Screen | None) -> Reply:
        arrived, left = asked.arrived, asked.left(LAST_SECONDS)
        match screen:
            case None:
                return None
            case Message() if arrived.kind == "command" and arrived.name not in IN_A_WINDOW:
                return {"response_type": "ephemeral", **self._calls.message(screen, arrived.account)}
            case Message() if arrived.kind == "message" and await self._calls.overwrite(arrived, screen, left):
                return None
            case Message() if arrived.kind == "home" and await self._calls.publish(arrived.account, screen, left):
                return None
            case Form() | Message():
                opened = await self._calls.open(arrived, _as_window(screen), asked.left(LAST_SECONDS))
                return await self._not_shown(arrived) if opened is None else None

    async def _show_late(self, asked: _Asked, view_id: str) -> None:
        """Show an answer that came after the waiting window: there, and where it belongs."""
        screen = await asked.work
        arrived = asked.arrived
        if isinstance(screen, Message) and arrived.kind == "message":
            await self._calls.overwrite(arrived, screen, LATE_SECONDS)
        if isinstance(screen, Message) and arrived.kind == "home":
            await self._calls.publish(arrived.account, screen, LATE_SECONDS)
        if view_id:
            await self._replace(asked, view_id)

    async def _not_shown(self, arrived: Arrived) -> Reply:
        """Nothing could be opened: say so where there still is a place."""
        if arrived.kind == "command":
            return {"response_type": "ephemeral", "text": words.FAILED_TEXT}
        self._later.start(self._calls.tell(arrived, words.FAILED_TEXT))
        return None

    # --- the home page -----------------------------------------------------------------------------------------------
    async def _home(self, asked: _Asked) -> Reply:
        if await asked.within(OPEN_SECONDS):
            await self._publish(asked, asked.left(LAST_SECONDS))
        else:
            self._later.start(self._publish(asked, LATE_SECONDS))
        return None

    async def _publish(self, asked: _Asked, seconds: float) -> None:
        screen = await asked.work
        if screen is not None:
            page = screen if isinstance(screen, Message) else Message(screen.title, screen.parts)
            await self._calls.publish(asked.arrived.account, page, seconds)

    async def _failed(self, asked: _Asked) -> Reply:
        """Our own code failed after the desk had answered, so what was done may well be kept."""
        arrived = asked.arrived
        if arrived.kind == "submission":
            return self._update(asked, broken.failed())
        if arrived.kind == "form":
            await self._calls.update(arrived.view_id, "", broken.failed(), arrived.account, asked.left(LAST_SECONDS))
            return None
        return await self._not_shown(arrived) if arrived.trigger else None


def _as_window(screen: Screen) -> Form:
    return screen if isinstance(screen, Form) else render.window_of(screen)
