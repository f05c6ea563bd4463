"""Every button that a release has left behind, and what somebody sees who presses it."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.play.slack import View, reading
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import Dialog, TeamsStandIn, buttons, fields, words
from bot.play.teams.reading import intent_of
from tests.journey.on_slack import MARSH
from tests.journey.on_teams import OFFICER

Json = dict[str, Any]
PATIENCE = 60.0
"""Seconds after which nothing will be seen any more: only so that nothing hangs."""
TYPED = {"reason": "Because it is so.", "log": "LOG 1", "notes": "Nothing more."}


@dataclass(frozen=True)
class Button:
    """A button, the screen that it stands on, and whose that is."""

    who: str
    where: str
    """`window`, `message` or `home`."""
    intent: str
    itself: Json
    screen: Json


@dataclass(frozen=True)
class Pressed:
    """One press, and the words that came of it; empty: nothing was seen."""

    platform: str
    button: Button
    who: str
    seen: str

    def __str__(self) -> str:
        return f"{self.platform} {self.who}: {self.button.intent} in a {self.button.where}"


class OnSlack:
    """Presses on Slack."""

    def __init__(self, slack: SlackStandIn, saved: Json) -> None:
        self.slack, self._saved, self._ws = slack, saved["slack"], slack.workspace()

    def all(self) -> Iterator[Button]:
        """Each button once, however often it stands somewhere."""
        seen = set()
        for where, who, screen in self._screens():
            found = [button for _, button in reading.buttons(screen["blocks"])]
            if screen.get("submit"):
                found.append({"action_id": screen["callback_id"], "value": screen["private_metadata"], "main": True})
            for button in found:
                key = (where, who, button["action_id"], button.get("value"))
                if key not in seen:
                    seen.add(key)
                    yield Button(who, where, button["action_id"], button, screen)

    def _screens(self) -> Iterator[tuple[str, str, Json]]:
        for window in self._saved["windows"]:
            yield ("home" if window["body"]["type"] == "home" else "window"), window["user"], window["body"]
        for held in self._saved["messages"]:
            if held["blocks"]:
                channel = self._ws.channels[held["channel"]]
                yield "message", channel.user or MARSH, held

    async def press(self, pressed: Button, by: str = "") -> Pressed:
        """Put the screen back as it was, press, and wait for what is seen. `by` is who presses if not its owner."""
        who, where, intent = by or pressed.who, pressed.where, pressed.intent
        button, screen = pressed.itself, pressed.screen
        before = len(self.slack.calls)
        if where == "message":
            held = self._ws.find_message(screen["channel"], screen["ts"])
            assert held is not None
            held.blocks, held.text = copy.deepcopy(screen["blocks"]), screen["text"]
            reply = await self.slack.press(who, intent, value=button.get("value"), place="message", ts=held.ts)
        else:
            self._open(who, where, screen)
            self._fill(who, where)
            if button.get("main"):
                reply = await self.slack.submit(who)
            else:
                reply = await self.slack.press(who, intent, value=button.get("value"), place=_place(where))
        assert reply.ok, f"{intent}: {reply.status} {reply.text}"
        seen = _of_reply(reply.body) if button.get("main") else await self._shown(who, where, screen, before)
        self._ws.stacks.clear()
        return Pressed("slack", pressed, who, seen)

    def _open(self, who: str, where: str, screen: Json) -> None:
        view = View("V-SAVED", who, copy.deepcopy(screen), self.slack.new_hash(), "V-SAVED")
        if where == "home":
            self._ws.homes[who] = view
        else:
            self._ws.stacks[who] = [view]

    def _fill(self, who: str, where: str) -> None:
        """As somebody would who confirms: tick, choose what comes first, write a word."""
        top = self._ws.top_view(who)
        if where != "window" or top is None or not top.body.get("callback_id", "").startswith("confirm_"):
            return
        blocks = top.body["blocks"]
        for name in reading.fields(blocks):
            value = TYPED.get(name) or (None if name in ("spoke_to", "rung_at") else reading.offered(blocks, name)[:1])
            self.slack.fill(who, {name: value}, place="view")

    async def _shown(self, who: str, where: str, screen: Json, before: int) -> str:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for call in self.slack.calls[before:]:
                if call.ok and self._is_for(call.method, call.params, who, where, screen):
                    shown = call.params.get("view") or call.params
                    return str(shown.get("text", "")) + reading.words(shown.get("blocks") or [])
            version = self.slack.version
            try:
                await asyncio.wait_for(self.slack.change_after(version), 0.05)
            except TimeoutError:
                continue
        return ""

    def _is_for(self, method: str, given: Json, who: str, where: str, screen: Json) -> bool:
        match method:
            case "views.open" | "views.push":
                trigger = self.slack.triggers.get(given["trigger_id"])
                return trigger is not None and trigger.user == who
            case "views.update":
                return bool(given["view_id"] == "V-SAVED")
            case "views.publish":
                return where == "home" and given["user_id"] == who
            case "chat.update":
                return where == "message" and (given["channel"], given["ts"]) == (screen["channel"], screen["ts"])
            case "chat.postEphemeral":
                return bool(given["user"] == who)
            case _:
                return False


class OnTeams:
    """Presses on Teams."""

    def __init__(self, teams: TeamsStandIn, saved: Json) -> None:
        self.teams, self._saved = teams, saved["teams"]

    def all(self) -> Iterator[Button]:
        """As on Slack."""
        seen = set()
        for where, who, screen in self._screens():
            for action in buttons(screen["card"]):
                key = (where, who, intent_of(action), str(action.get("data", {}).get("token")))
                if key not in seen:
                    seen.add(key)
                    yield Button(who, where, intent_of(action), action, screen)

    def _screens(self) -> Iterator[tuple[str, str, Json]]:
        for window in self._saved["windows"]:
            yield "window", window["user"], window
        for held in self._saved["messages"]:
            owner = self.teams.world.owner(held["conversation"])
            who = owner.id if owner else OFFICER
            cards = [one["content"] for one in held["activity"].get("attachments") or []]
            card = held["views"].get(who, cards[0] if cards else None)
            if card:
                yield "message", who, {"card": card, "id": held["id"], "conversation": held["conversation"]}

    async def press(self, pressed: Button, by: str = "") -> Pressed:
        """Put the card in front of them as it was, press, and look at what comes back."""
        who, where, intent = by or pressed.who, pressed.where, pressed.intent
        button, screen = pressed.itself, pressed.screen
        if where == "message":
            held = self.teams.world.message(screen["conversation"], screen["id"])
            assert held is not None
            held.views[who] = copy.deepcopy(screen["card"])
            reply = await self.teams._in_message(who, held, button)
        else:
            dialog = Dialog(screen["title"], copy.deepcopy(screen["card"]), compose=screen["compose"])
            if intent.startswith("confirm_"):
                for name, field in fields(dialog.card).items():
                    first = str((field.get("choices") or [{"value": TYPED.get(name, "")}])[0]["value"])
                    dialog.values[name] = first
            self.teams.world.dialogs[who] = dialog
            reply = await self.teams._in_dialog(who, dialog, button)
        self.teams.world.dialogs.clear()
        assert reply.ok, f"{intent}: {reply.status} {reply.text}"
        return Pressed("teams", pressed, who, _of_invoke(reply.body))


def _place(where: str) -> Any:
    return "home" if where == "home" else "view"


def _of_reply(body: Any) -> str:
    match body:
        case {"response_action": "update", "view": view}:
            return reading.words(view["blocks"])
        case {"response_action": "errors", "errors": errors}:
            return "\n".join(errors.values())
        case _:
            return ""


def _of_invoke(body: Any) -> str:
    match body:
        case {"task": {"value": {"card": {"content": card}}}}:
            return words(card)
        case {"task": {"type": "message", "value": str(text)}}:
            return text
        case {"type": "application/vnd.microsoft.card.adaptive", "value": card}:
            return words(card)
        case {"type": "application/vnd.microsoft.activity.message", "value": str(text)}:
            return text
        case _:
            return ""
