"""A screen as a card, checked in every way that we know."""

from __future__ import annotations

from typing import Any

from bot.play.teams import buttons
from bot.play.teams.linting import Linter
from bot.teams import render
from bot.teams.cards import attachment
from handlers.screens import (
    Button,
    Form,
    Message,
    Screen,
)
from tests.teams.conftest import SCHEMA

LINTER = Linter(SCHEMA)
OPEN = Button("open_case", "Open", "case~c1~~1~", opens_form=True)


def seal(text: str) -> str:
    return f"{'s' * 22}{text}"


def more(part: int) -> dict[str, Any]:
    """What a button for another part of a screen sends."""
    return {"intent": "open_case", "token": seal("case~c1~~1~"), "part": part, "again": {"fields": {}}}


def card_of(screen: Screen) -> dict[str, Any]:
    """The card, after everything that is known to go wrong with one was looked for."""
    if isinstance(screen, Form):
        return part_of(screen, 1)
    return checked(render.message(screen, seal), screen)


def part_of(screen: Form, part: int) -> dict[str, Any]:
    """One part of a dialog, looked through in the same way."""
    task = render.dialog(screen, seal, more, part)["task"]
    assert list(LINTER.dialog(task)) == []
    card: dict[str, Any] = task["value"]["card"]["content"]
    return card


def parts_of(screen: Form) -> list[dict[str, Any]]:
    """Every part of a dialog, as somebody reads it who presses on."""
    found = [part_of(screen, 1)]
    while ways := [one for one in buttons(found[-1]) if one["title"] == render.READ_ON]:
        found.append(part_of(screen, ways[0]["data"]["part"]))
    return found


def messages_of(screen: Message) -> list[dict[str, Any]]:
    """The cards of an answer in the chat."""
    return [checked(card, screen) for card in render.messages(screen, seal)]


def checked(card: dict[str, Any], screen: Message) -> dict[str, Any]:
    """The card of a message, looked through as it would travel."""
    sent = {"summary": render.summary_of(screen), "attachments": [attachment(card)]}
    assert list(LINTER.message(sent)) == []
    return card
