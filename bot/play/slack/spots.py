"""Where somebody can press or choose: the window in front of them, a message, or the home tab."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from bot.play.slack import payloads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.play.slack.core import Core
    from bot.play.slack.world import Answers, Json, Message, View, Workspace

Place = Literal["view", "message", "home"]


@dataclass(frozen=True, slots=True)
class Spot:
    """One screen of one person: its blocks, what they typed there, and how Slack names it in a payload."""

    blocks: list[Json]
    answers: Answers
    view: View | None = None
    message: Message | None = None

    def payload(self, core: Core, ws: Workspace, user: str) -> Json:
        """Return the part of a `block_actions` payload that says where it happened."""
        if self.view is not None:
            shown = payloads.view(ws, self.view)
            return {"container": {"type": "view", "view_id": self.view.id}, "view": shown, "state": shown["state"]}
        if self.message is None:
            return {}
        url = core.new_response_url(ws, user, self.message.channel, self.message.ts)
        return {**payloads.from_message(ws, self.message), "response_url": url}

    @property
    def window(self) -> str:
        """The id of the window, if this is one: a trigger from there opens the next one on top."""
        return self.view.id if self.view is not None and self.view.body["type"] == "modal" else ""


def spots(ws: Workspace, user: str, place: Place | None = None, ts: str = "") -> Iterator[Spot]:
    """Yield the screens of a person, what is in front first: window, messages from the newest, home."""
    top = ws.top_view(user)
    if place in {None, "view"} and not ts and top is not None:
        yield Spot(top.body["blocks"], top.answers, view=top)
    if place in {None, "message"} or ts:
        for message in reversed(ws.messages_seen_by(user)):
            if ts in {"", message.ts}:
                yield Spot(message.blocks, message.answers, message=message)
    home = ws.homes.get(user)
    if place in {None, "home"} and not ts and home is not None:
        yield Spot(home.body["blocks"], home.answers, view=home)
