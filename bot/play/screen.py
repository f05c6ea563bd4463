"""What one person of the playground has on the screen, as JSON for the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.cast import PLAYERS, STORIES
from bot.play.slack.answers import state_values

if TYPE_CHECKING:
    from bot.play.slack import Message, SlackStandIn, View
    from bot.play.slack.world import Json


class Screens:
    """Draws screens from the stand-in, and remembers which messages each person has had in front of them."""

    def __init__(self, slack: SlackStandIn) -> None:
        self._slack = slack
        self._seen: dict[str, str] = {}

    def screen(self, user: str) -> Json:
        """Return everything that this person sees. Their messages count as seen from now on; `fresh` names the new."""
        slack = self._slack
        ws = slack.workspace_of(user)
        messages = self._messages(user)
        fresh = [m.ts for m in messages if m.ts > self._seen.get(user, "")]
        if messages:
            self._seen[user] = max(m.ts for m in messages)
        top = ws.top_view(user)
        return {
            "me": user,
            "version": slack.version,
            "messages": [_message(m) for m in messages],
            "fresh": fresh,
            "unread": {player.id: self._unread(player.id) for player in PLAYERS if player.id != user},
            "home": _view(ws.homes[user]) if user in ws.homes else None,
            "window": {**_view(top), "depth": len(ws.stacks[user])} if top else None,
            "notices": slack.notices.get(user, []),
        }

    def _messages(self, user: str) -> list[Message]:
        """The one conversation that the page shows: an outsider's channel, else the direct one with the app."""
        outside = next(player.channel for player in PLAYERS if player.id == user)
        channel = outside or self._slack.workspace_of(user).direct_channel(user).id
        return [m for m in self._slack.messages(user) if m.channel == channel]

    def _unread(self, user: str) -> int:
        return sum(1 for m in self._messages(user) if m.ts > self._seen.get(user, ""))


def cast() -> Json:
    """Return who can be played and what to try."""
    return {
        "players": [
            {
                "id": p.id,
                "name": p.name,
                "role": p.role,
                "note": p.note,
                "waits": p.waits,
                "channel": p.channel,
                "room": p.room,
                "teamsRoom": p.teams_room,
                "mailbox": p.mailbox,
            }
            for p in PLAYERS
        ],
        "stories": [{"title": s.title, "told": s.told, "steps": s.steps, "expect": s.expect} for s in STORIES],
    }


def _message(held: Message) -> Json:
    return {
        "ts": held.ts,
        "channel": held.channel,
        "text": held.text,
        "blocks": held.blocks,
        "private": bool(held.ephemeral_to),
        "edited": held.edited,
        "values": state_values(held.blocks, held.answers),
    }


def _view(held: View) -> Json:
    body = held.body
    return {
        "id": held.id,
        "hash": held.hash,
        "title": body.get("title"),
        "submit": body.get("submit"),
        "close": body.get("close"),
        "blocks": body["blocks"],
        "values": state_values(body["blocks"], held.answers),
        "errors": held.errors,
    }
