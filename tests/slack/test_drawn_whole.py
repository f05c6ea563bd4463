"""Whatever a screen holds: nothing is drawn that Slack would refuse, and nothing of it is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.play.blockkit import lint_message, lint_view
from bot.slack import render
from handlers.intents import INTENTS
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Field,
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
from tests.slack.shown import kept, letters, seal

WORDS = st.text(st.sampled_from("abc XYZ 019\n.,;:!?()'*_~`<>&|@#-/é漢😀"), max_size=60)
LONG = st.builds(lambda text, times: (text + " ") * times, WORDS, st.integers(1, 200))
TEXTS = st.one_of(WORDS, LONG)
SHORT = st.text(st.sampled_from("ab c.*<&é😀"), min_size=1, max_size=30)
IDS = st.from_regex(r"[a-z_]{1,20}", fullmatch=True)
LINKS = st.builds(Link, SHORT, st.sampled_from(["https://example.org/a?b=c&d", "http://example.org", "javascript:x"]))
BUTTONS = st.builds(
    Button, st.sampled_from(sorted(INTENTS)), SHORT, IDS, st.booleans(), st.booleans(), st.sampled_from(["", "Sure?"])
)
OPTION_LABELS = st.text(st.sampled_from("ab c,(é)😀"), min_size=1, max_size=220).filter(lambda text: kept(text) != "")
OPTIONS = st.lists(st.builds(Option, IDS, OPTION_LABELS), min_size=1, max_size=14, unique_by=lambda o: o.value)
QUESTIONS = st.builds(
    lambda name, label, options, hint, several, once: Question(
        name, label, tuple(options), hint, tuple(o.value for o in options[:2]), several, once
    ),
    IDS,
    SHORT,
    OPTIONS,
    WORDS,
    st.booleans(),
    st.booleans(),
)
BOXES = st.builds(TextBox, IDS, SHORT, WORDS, WORDS, st.integers(1, 3000), st.booleans())
SOMEBODY = st.builds(Option, st.sampled_from(["U1", "W2", "", "C3", "aad-x", "U4 "]), WORDS)
PEOPLE = st.builds(People, IDS, SHORT, WORDS, st.lists(SOMEBODY, max_size=6).map(tuple), st.booleans())
PARTS: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, WORDS),
    st.builds(Paragraph, TEXTS),
    st.builds(Caution, TEXTS),
    st.builds(Small, TEXTS),
    st.builds(Bullets, st.lists(st.builds(Line, TEXTS, WORDS), max_size=5).map(tuple), st.booleans()),
    st.builds(Rows, st.lists(st.tuples(WORDS, TEXTS), max_size=5).map(tuple)),
    st.builds(Links, st.lists(LINKS, max_size=4).map(tuple)),
    st.builds(Item, WORDS, TEXTS, BUTTONS),
    st.builds(Buttons, st.lists(BUTTONS, min_size=1, max_size=4).map(tuple)),
    QUESTIONS,
    BOXES,
    PEOPLE,
)
SCREENS = st.lists(PARTS, min_size=1, max_size=8).filter(lambda parts: _ids(parts) == sorted(set(_ids(parts))))
SUBMIT = Button("next_page", "Continue", "draft~1", main=True)


def _ids(parts: list[Part]) -> list[str]:
    return sorted(part.id for part in parts if isinstance(part, Field))


def _words(part: Part) -> str:
    """The letters of a part that must be read on the screen, buttons aside."""
    match part:
        case Heading(text) | Paragraph(text) | Caution(text) | Small(text):
            return kept(text)
        case Bullets(items):
            return "".join(kept(item.text) + kept(item.note) for item in items)
        case Rows(rows):
            return "".join(kept(label) + kept(value) for label, value in rows)
        case Item(label, text):
            return kept(label) + kept(text)
        case _:
            return ""


@settings(max_examples=100, deadline=None)
@given(SCREENS, st.booleans())
def test_no_form_is_drawn_that_slack_would_refuse(parts: list[Part], with_errors: bool) -> None:
    wrong = tuple((name, "Choose one of these.") for name in (*_ids(parts), "elsewhere")) if with_errors else ()

    view = render.form(Form("Signpost", tuple(parts), SUBMIT, "draft~1", errors=wrong), seal)

    assert lint_view(view) == []


@settings(max_examples=100, deadline=None)
@given(SCREENS)
def test_no_message_or_home_page_is_drawn_that_slack_would_refuse(parts: list[Part]) -> None:
    screen = Message("SP-7K4M-2Q: ready to read.", tuple(parts))

    assert lint_message(render.message(screen, seal)) == []
    assert lint_view(render.home(screen, seal)) == []


@settings(max_examples=100, deadline=None)
@given(st.lists(PARTS.filter(lambda part: not isinstance(part, Field | Links)), max_size=8))
def test_every_letter_of_a_screen_is_shown_once_and_in_order(parts: list[Part]) -> None:
    blocks = render.form(Form("Signpost", tuple(parts), SUBMIT), seal)["blocks"]

    assert letters(blocks) == "".join(_words(part) for part in parts)


@settings(max_examples=100, deadline=None)
@given(QUESTIONS)
def test_every_letter_of_a_question_and_its_answers_is_shown(question: Question) -> None:
    shown = letters(render.form(Form("Signpost", (question,), SUBMIT), seal)["blocks"])

    assert kept(question.label) in shown
    assert kept(question.help) in shown
    for option in question.options:
        assert kept(option.label) in shown


@settings(max_examples=100, deadline=None)
@given(BOXES)
def test_what_stands_in_a_box_is_never_cut(box: TextBox) -> None:
    assert kept(box.value) in letters(render.form(Form("Signpost", (box,), SUBMIT), seal)["blocks"])
