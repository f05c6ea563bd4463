"""A screen as a card, checked in every way that we know."""

from __future__ import annotations

from typing import Any

from bot.play.teams.linting import Linter
from bot.teams import render
from bot.teams.cards import attachment
from handlers.screens import (
    Button,
    Form,
    Screen,
)
from tests.teams.conftest import SCHEMA

LINTER = Linter(SCHEMA if SCHEMA.exists() else None)
OPEN = Button("open_case", "Open", "case~c1~~1~", opens_form=True)


def seal(text: str) -> str:
    return f"{'s' * 22}{text}"


def card_of(screen: Screen) -> dict[str, Any]:
    """The card, after everything that is known to go wrong with one was looked for."""
    if isinstance(screen, Form):
        task = render.dialog(screen, seal)["task"]
        assert list(LINTER.dialog(task)) == []
        card: dict[str, Any] = task["value"]["card"]["content"]
        return card
    card = render.message(screen, seal)
    sent = {"summary": render.summary_of(screen), "attachments": [attachment(card)]}
    assert list(LINTER.message(sent)) == []
    return card
