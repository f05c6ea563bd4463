"""The same screen on both platforms: the same words in the same order, the same fields, options and buttons.

Nothing is built for one platform alone, so what is compared here is every screen that there is, and screens made up
of the longest and most hostile words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.play import blockkit
from bot.play.slack import reading as on_slack
from bot.play.teams import buttons as teams_buttons
from bot.play.teams import fields as teams_fields
from bot.play.teams import words as teams_words
from bot.play.teams.reading import intent_of
from bot.slack import render as slack
from bot.teams import render as teams
from handlers.examples import examples
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Form,
    Heading,
    Item,
    Line,
    Message,
    Option,
    Paragraph,
    People,
    Question,
    Rows,
    Screen,
    Small,
    TextBox,
)
from tests.handlers.person import text_of

EXAMPLES = examples()
Json = dict[str, Any]


@dataclass(frozen=True)
class Read:
    """What a person could read, fill in and press."""

    words: str
    fields: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
    """By id: the options on offer, and those chosen (or what stands in the box)."""
    buttons: list[str]


def read_slack(screen: Screen) -> Read:
    body = slack.form(screen, str) if isinstance(screen, Form) else slack.message(screen, str)
    blocks = body["blocks"]
    found = [button["action_id"] for _, button in on_slack.buttons(blocks)]
    main = [body["callback_id"]] if isinstance(screen, Form) and screen.submit else []
    fields = {name: (tuple(_options(field)), tuple(_chosen(field))) for name, field in on_slack.fields(blocks).items()}
    return Read(on_slack.words(blocks), fields, found + main)


def _options(field: Json) -> list[str]:
    return [option["value"] for option in field.get("options", [])]


def _chosen(field: Json) -> list[str]:
    if people := field.get("initial_users") or field.get("initial_user"):
        return [people] if isinstance(people, str) else list(people)
    options = field.get("initial_options") or ([field["initial_option"]] if "initial_option" in field else [])
    return [option["value"] for option in options] or ([field["initial_value"]] if field.get("initial_value") else [])


def read_teams(screen: Screen) -> Read:
    card = teams.form(screen, str) if isinstance(screen, Form) else teams.message(screen, str)
    fields: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for name, field in teams_fields(card).items():
        people = "choices.data" in field  # whom it offers is the client's to find; who is named stands in it
        options = () if people else tuple(str(choice["value"]) for choice in field.get("choices", []))
        value = str(field.get("value") or "")
        chosen = value.split(",") if (options or people) and value else [value] if value else []
        fields[name] = (options, tuple(chosen))
    return Read(teams_words(card), fields, [intent for action in teams_buttons(card) if (intent := intent_of(action))])


def squeezed(text: str) -> str:
    """Letters and digits alone: marks for bold and lists, and escapes, are each platform's own."""
    plain = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return "".join(char for char in plain.lower() if char.isalnum())


def in_order(screen: Screen, read: Read) -> list[str]:
    """The lines of the screen that do not stand where they should, after those before them."""
    text, place, missing = squeezed(read.words), 0, []
    elsewhere = {squeezed(label) for part in screen.parts for label in _labels(part)}
    for line in text_of(screen).split("\n"):
        wanted = squeezed(line)
        if not wanted or wanted in elsewhere:
            continue
        found = text.find(wanted, place)
        if found < 0:
            missing.append(line)
        else:
            place = found + len(wanted)
    return missing


def _labels(part: object) -> list[str]:
    """What is compared as a button or as the value of a field instead."""
    if isinstance(part, TextBox):
        return part.value.split("\n")
    if isinstance(part, Buttons):
        return [button.label for button in part.buttons]
    return [part.button.label] if isinstance(part, Item) else []


def same(screen: Screen) -> None:
    ours, theirs = read_slack(screen), read_teams(screen)
    assert ours.fields == theirs.fields
    assert sorted(ours.buttons) == sorted(theirs.buttons)
    plain = Form(screen.title, screen.parts) if isinstance(screen, Form) else screen  # errors stand at their fields
    assert in_order(plain, ours) == []
    assert in_order(plain, theirs) == []


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_screen_is_the_same_on_both_platforms(name: str) -> None:
    same(EXAMPLES[name])


# At most what our own screens can come to: a card over the limit of Teams is another test's subject.
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=40).map(lambda text: f"Word{text} end")
LONG = st.builds(lambda word, times: " ".join([word] * times), WORDS, st.integers(1, 30))
TOKEN = st.just("case~c~~1~")
BUTTON = st.builds(Button, st.sampled_from(["open_case", "update_facts", "next_page"]), st.just("Press"), TOKEN)
PARTS = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Paragraph, LONG),
    st.builds(Caution, LONG),
    st.builds(Small, LONG),
    st.builds(Bullets, st.lists(st.builds(Line, LONG, WORDS), min_size=1, max_size=4).map(tuple), st.booleans()),
    st.builds(Rows, st.lists(st.tuples(WORDS, LONG), min_size=1, max_size=6).map(tuple)),
    st.builds(Item, WORDS, LONG, BUTTON),
    st.builds(Buttons, st.lists(BUTTON, min_size=1, max_size=3).map(tuple)),
)
FIELDS = (
    Question("one", "Which?", (Option("a", "A"), Option("b", "B")), chosen=("b",)),
    Question("more", "Which of these?", (Option("c", "C"), Option("d", "D")), chosen=("c", "d"), several=True),
    TextBox("notes", "Anything else?", value="typed"),
    TextBox("name", "What is it called?", value="Northside", single=True),
    People("lead", "Who leads?", "One person.", (Option("U1", "Ann"), Option("U2", "Bob"))),
    People(
        "leads", "Who else?", "In order.", (Option("U2", "Bob"), Option("U1", ""), Option("U2", "Bob")), several=True
    ),
    People("nobody", "Who is away?", several=True),
)


@given(parts=st.lists(PARTS, min_size=1, max_size=6))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_long_and_hostile_words_are_the_same_on_both_and_never_cut(parts: list[Any]) -> None:
    form = Form("Signpost", (*parts, *FIELDS), Button("next_page", "Continue", "t", main=True), "t")
    message = Message("Signpost", tuple(parts))
    same(form)
    same(message)
    assert blockkit.lint_view(slack.form(form, str)) == []
    assert blockkit.lint_message(slack.message(message, str)) == []
