"""SR-34: nothing that somebody typed becomes a mention, a link, markup or an emoji, wherever it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

from bot.play.blockkit import lint_message, lint_view
from bot.slack import render
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Item,
    Line,
    Link,
    Links,
    Message,
    Option,
    Paragraph,
    Part,
    People,
    Question,
    Rows,
    Small,
    TextBox,
)
from tests.slack.payloads import PAYLOADS
from tests.slack.shown import kept, seal, texts

PRESSED = Button("open_case", "Open", "x")
SUBMIT = Button("next_page", "Continue", "x")
PLACES: dict[str, Callable[[str], Part]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "caution": Caution,
    "small": Small,
    "line": lambda text: Bullets((Line(text),)),
    "boxed line": lambda text: Bullets((Line(text),), boxed=True),
    "note of a line": lambda text: Bullets((Line("A line", text),)),
    "label of a row": lambda text: Rows(((text, "value"),)),
    "value of a row": lambda text: Rows((("Label", text),)),
    "label of an item": lambda text: Item(text, "text", PRESSED),
    "text of an item": lambda text: Item("Label", text, PRESSED),
    "title of a link": lambda text: Links((Link(text, "https://example.org/a"),)),
    "button": lambda text: Buttons((Button("open_case", text[:75], "x", ask_first=text[:300]),)),
    "question": lambda text: Question("fact", text, (Option("a", "A"),), text),
    "answer": lambda text: Question("fact", "Which?", (Option("a", text), Option("b", "B"))),
    "people": lambda text: People("leads", text, text, (Option("U1", text),)),
    "one line": lambda text: TextBox("name", "Name", text, text, single=True),
    "text box": lambda text: TextBox("notes", "Notes", text, text),
}


def test_there_are_more_than_a_hundred_payloads() -> None:
    assert len(set(PAYLOADS)) >= 100


@pytest.mark.parametrize("place", PLACES)
def test_sr_34_what_was_typed_is_shown_as_text_and_runs_nothing(place: str) -> None:
    for payload in PAYLOADS:
        view = render.form(Form("Signpost", (PLACES[place](payload),), SUBMIT), seal)
        assert lint_view(view) == [], payload[:40]
        for text in _all_texts(view["blocks"]):
            _runs_nothing(text, payload, links=1 if place == "title of a link" else 0)
        if place not in ("button", "answer", "title of a link"):
            shown = "".join(kept(str(text["text"])) for text in _read(view["blocks"]))
            assert kept(payload.encode("utf-8", "ignore").decode()) in shown, payload[:40]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sr_34_a_notification_mentions_nobody_and_links_nowhere(payload: str) -> None:
    message = render.message(Message(payload, (Paragraph("x"),)), seal)

    assert lint_message(message) == []
    assert "<" not in message["text"]
    assert ">" not in message["text"]
    assert "\n" not in message["text"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_sr_34_titles_and_errors_are_plain_text(payload: str) -> None:
    screen = Form(payload, (TextBox("notes", "Notes"),), SUBMIT, errors=(("notes", payload), ("gone", payload)))

    view = render.form(screen, seal)

    assert lint_view(view) == []
    assert view["title"]["type"] == "plain_text"
    for text in _all_texts(view["blocks"]):
        _runs_nothing(text, payload, links=0)


def _runs_nothing(text: dict[str, Any], payload: str, *, links: int) -> None:
    shown = str(text["text"])
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u200f\u202a-\u202e\u2066-\u2069]", shown), payload[:40]
    if text["type"] == "plain_text":
        assert text["emoji"] is False, payload[:40]
        return
    assert text["verbatim"] is True
    without_ours = re.sub(r"<https://example\.org/a\|[^<>|]*>", "LINK", shown)
    assert shown.count("<https://example.org/a|") <= links
    assert "<" not in without_ours, payload[:40]
    assert not re.search(r"&(?!amp;|lt;|gt;)", without_ours), payload[:40]
    assert not re.search(r":[a-z0-9_+'-]+:|`|~|@|www\.|://", without_ours), payload[:40]
    for line in without_ours.split("\n"):
        assert not re.match(r"\s*&gt;", line), payload[:40]
        assert line.count("*") in (0, 2), payload[:40]
        assert line.count("_") in (0, 2), payload[:40]


def _all_texts(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every text object anywhere in the blocks."""
    found: list[dict[str, Any]] = []
    left: list[Any] = list(blocks)
    while left:
        value = left.pop()
        if isinstance(value, dict):
            if value.get("type") in ("plain_text", "mrkdwn"):
                found.append(value)
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)
    return found


def _read(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**text, "text": unescape(text["text"]) if text["type"] == "mrkdwn" else text["text"]} for text in texts(blocks)
    ]


def test_a_decorated_line_keeps_its_decoration_only_while_it_is_harmless() -> None:
    [good] = render.form(Form("x", (Caution("Call 999."),)), seal)["blocks"]
    [odd] = render.form(Form("x", (Caution("Call *999*."),)), seal)["blocks"]

    assert good["text"] == {"type": "mrkdwn", "text": ">⚠️ *Call 999.*", "verbatim": True}
    assert odd["text"] == {"type": "plain_text", "text": "⚠️ Call *999*.", "emoji": False}
