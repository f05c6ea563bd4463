"""Hostile and endless words, and any screen at all: shown as they are, in their order, within what Teams takes."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.play.teams import buttons, fields, words
from bot.play.teams.reading import elements_of
from bot.teams.cards import clean
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Item,
    Line,
    Option,
    Paragraph,
    Part,
    Question,
    Rows,
    Small,
    TextBox,
    buttons_of,
)
from tests.teams.drawn import OPEN, card_of

HOSTILE = [
    "[click](https://evil.example)", "![x](https://evil.example/p.png)", "**bold**", "__under__", "*a*", "_a_", "~~x~~",
    "`code`", "# heading", "- list", "+ list", "1. list", "1) list", "> quote", "<b>html</b>", "<img src=x onerror=y>",
    "&lt;b&gt;", "&amp;", "https://evil.example", "www.evil.example", "javascript:alert(1)", "data:image/png;base64,AA",
    "<at>Priya</at>", "@everyone", "{{DATE(2026-11-24T10:00:00Z, SHORT)}}", "{{TIME(2026-11-24T10:00:00Z)}}",
    "${name}", "{name}", "=HYPERLINK(\"https://evil.example\")", "\\*not bold\\*", "a | b", "|a|b|\n|-|-|", "---",
    "===", "\u202egnirts\u202c", "\u200ehidden", "\ufeffmark", "a\x00b", "a\x1b[31mb", "\ud800half", ":smile:",
    "   indented", "line\r\nline", "tab\tbetween", "mailto:x@y.example", "$(id)", "'; DROP TABLE x; --",
    "%s %d {0}", "\u2028line", "emoji 👩‍👩‍👧‍👦 and é", "العربية", "x" * 1500, "(https://evil.example)", "][", "]()",
    "![", "<https://evil.example>",
]  # fmt: skip
"""What somebody might type."""


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_shown_as_text(text: str) -> None:
    parts: tuple[Part, ...] = (
        Caution("999"),
        Paragraph(text),
        Heading(text),
        Caution(text),
        Small(text),
        Bullets((Line(text, text),)),
        Rows(((text, text),)),
        Item(text, text, OPEN),
        TextBox("notes", "Notes?", value=text),
    )

    card = card_of(Form("Signpost", parts))

    assert shown(text) in shown(words(card))
    for element, _ in elements_of(card):
        if element["type"] == "TextBlock":
            assert not re.search(r"[*_~`\[\]<>#\\&|{}]|https?:|www\.|^\s*(?:[-+]|\d+[.)])\s", element["text"])
    assert fields(card)["notes"].get("value", "") == clean(text)
    assert [action["data"]["intent"] for action in buttons(card)] == ["open_case"]
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", "".join(words(card).split("\n")))


def shown(text: str) -> str:
    """The letters of a text as somebody reads them: white space aside."""
    return " ".join(clean(text).split())


# --- any screen ------------------------------------------------------------------------------------------------------
texts = st.text(max_size=400) | st.sampled_from(HOSTILE)
ids = st.from_regex(r"[a-z]{3,12}", fullmatch=True)
buttons_st = st.builds(
    Button, intent=ids, label=st.text(min_size=1, max_size=75), token=st.just("case~c~~1~"), opens_form=st.booleans()
)
options = st.lists(
    st.builds(Option, value=ids, label=st.text(max_size=90)), min_size=1, max_size=14, unique_by=lambda o: o.value
)
parts_st: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, texts),
    st.builds(Paragraph, texts),
    st.builds(Caution, texts),
    st.builds(Small, texts),
    st.builds(Bullets, st.lists(st.builds(Line, texts, texts), max_size=4).map(tuple), boxed=st.booleans()),
    st.builds(Rows, st.lists(st.tuples(texts, texts), max_size=4).map(tuple)),
    st.builds(Item, texts, texts, buttons_st),
    st.builds(Buttons, st.lists(buttons_st, min_size=1, max_size=9).map(tuple)),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(parts=st.lists(parts_st, max_size=8), questions=st.lists(options, max_size=3), typed=texts)
def test_any_screen_keeps_its_words_in_order_and_its_buttons(
    parts: list[Part], questions: list[list[Option]], typed: str
) -> None:
    asked = tuple(
        Question(f"q{number}", f"Question {number}?", tuple(offered), several=bool(number % 2))
        for number, offered in enumerate(questions)
    )
    form = Form("Signpost", (Caution("Call 999."), *parts, *asked, TextBox("notes", "Notes?", value=typed)))

    card = card_of(form)

    expected = [shown(text) for text in texts_of(form)]
    assert_in_order(expected, shown(words(card)))
    drawn = [action["data"]["intent"] for action in buttons(card)]
    assert drawn == [pressed.intent for pressed in buttons_of(form)]
    assert fields(card)["notes"].get("value", "") == clean(typed)


def texts_of(screen: Form) -> Iterator[str]:
    """The words of a screen, in reading order."""
    for part in screen.parts:
        match part:
            case Heading(text) | Paragraph(text) | Caution(text) | Small(text):
                yield text
            case Bullets(items):
                yield from (one for line in items for one in (line.text, line.note))
            case Rows(rows):
                yield from (one for row in rows for one in row)
            case Item(label, text, _):
                yield from (label, text)
            case Question() as question:
                yield question.label
            case _:
                pass


def assert_in_order(expected: list[str], read: str) -> None:
    at = 0
    for text in expected:
        found = read.find(text, at)
        assert found >= 0, f"{text!r} is missing after {read[max(0, at - 40) : at]!r}"
        at = found + len(text)
