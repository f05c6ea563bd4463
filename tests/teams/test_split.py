"""Too much for one card is divided and never cut: pages of a dialog, several messages, or a word about *Open*."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.play.teams import buttons, fields, words
from bot.teams import render
from bot.teams.cards import clean, rich, run
from bot.teams.fields import MOST_BYTES, MOST_CHARACTERS
from bot.teams.fit import TooLarge, plainly
from bot.teams.split import PIECE, cut
from bot.teams.written import size, written
from handlers.examples import examples
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Form,
    Item,
    Line,
    Message,
    Option,
    Paragraph,
    Part,
    Question,
    Rows,
    TextBox,
    buttons_of,
)
from tests.teams.drawn import OPEN, card_of, messages_of, more, parts_of, seal
from tests.teams.test_hostile import HOSTILE, texts_of

FIRST = Caution("Call 999.\nNever the image.")
MANY = tuple(Paragraph(f"Paragraph {n}. " + "words " * 60) for n in range(200))
BOX = TextBox("notes", "Notes?", value="typed " * 100)


def letters(text: str) -> str:
    """What a text says, white space aside: a long word may go on in the next line."""
    return "".join(clean(text).split())


def in_order(texts: list[str], cards: list[dict[str, Any]]) -> None:
    """Each text stands on these cards, behind the one before."""
    read, at = letters("".join(_own_words(card) for card in cards)), 0
    for text in texts:
        found = read.find(letters(text), at)
        assert found >= 0, f"{text[:60]!r} is missing"
        at = found + len(letters(text))


def _own_words(card: dict[str, Any]) -> str:
    """The words of a part without the box that is said again on each, and without what is about parts."""
    body = card["body"]
    at = 1 if body[0]["type"] == "Container" else 0
    return words({**card, "body": [one for one in body[at:] if not _about_parts(one)]})


def _about_parts(element: dict[str, Any]) -> bool:
    ways = [one for one in element.get("actions", ()) if "part" in one["data"]]
    return bool(ways) or str(element.get("text", "")).startswith("Part ")


# --- a dialog --------------------------------------------------------------------------------------------------------
def test_a_long_list_fits_with_every_button() -> None:
    items = tuple(Item(f"SP-{n:04}-AB", "Raised 24 Nov 2026, 17:30. Waiting for a lead.", OPEN) for n in range(30))

    assert len(buttons(card_of(Form("Signpost", (FIRST, *items))))) == 30


def test_more_than_fits_is_drawn_more_plainly_before_it_is_divided() -> None:
    bullets = Bullets(tuple(Line(f"Sentence {n} of the reasons", f"document, page {n}") for n in range(100)))

    card = card_of(Message("Signpost", (FIRST, bullets, Buttons((OPEN,)))))

    assert all(f"Sentence {n} of the reasons document, page {n}" in words(card) for n in range(100))


def test_a_dialog_that_is_too_large_goes_on_behind_a_button_and_999_opens_each_part() -> None:
    parts = parts_of(Form("Signpost", (FIRST, *MANY, Buttons((OPEN,)))))

    assert len(parts) > 3
    for number, card in enumerate(parts, start=1):
        assert words(card).startswith("Call 999.\nNever the image.\n")
        assert f"Part {number} of {len(parts)}." in words(card)
    in_order([one.text for one in MANY], parts)
    assert [one["title"] for one in buttons(parts[0])] == ["Read on"]
    assert [one["title"] for one in buttons(parts[1])] == ["Read on", "Part before"]
    assert [one["title"] for one in buttons(parts[-1])] == ["Open", "Part before"]
    assert buttons(parts[1])[1]["data"] == more(1)


def test_a_part_that_is_not_there_is_the_last_one() -> None:
    form = Form("Signpost", (FIRST, *MANY))
    last = render.dialog(form, seal, more, 99)["task"]["value"]["card"]["content"]

    assert last == parts_of(form)[-1]


def test_fields_stand_together_with_the_forms_own_buttons_on_the_last_part() -> None:
    asked = Question("contact", "Whom?", (Option("a", "A"), Option("b", "B")), chosen=("b",))
    submit = Button("confirm_refer", "Send", "case~c1~~1~", main=True)
    form = Form("Signpost", (FIRST, *MANY[:90], asked, *MANY[90:], BOX, Buttons((OPEN,))), submit, "case~c1~~1~")

    *before, last = parts_of(form)

    assert all(fields(card) == {} and "actions" not in card for card in before)
    assert list(fields(last)) == ["contact", "notes"]
    assert (fields(last)["contact"]["value"], fields(last)["notes"]["value"]) == ("b", BOX.value)
    assert [one["data"]["intent"] for one in buttons(last)] == ["open_case", "confirm_refer"]
    in_order([one.text for one in MANY], before)


def test_what_is_wrong_with_a_field_stays_above_it() -> None:
    errors = (("notes", "Leave out the *name*."),)
    *_, last = parts_of(Form("Signpost", (FIRST, *MANY, BOX), Button("next_page", "Go on"), errors=errors))

    read = words(last)
    assert read.index("Leave out the *name*.") < read.index("Notes?")


def test_what_was_typed_is_never_cut_whatever_its_size() -> None:
    task = render.dialog(Form("Signpost", (FIRST, TextBox("notes", "Notes?", value="y" * 60_000))), seal, more)

    assert fields(task["task"]["value"]["card"]["content"])["notes"]["value"] == "y" * 60_000


def test_the_most_that_can_be_typed_comes_back_on_a_card_that_teams_takes() -> None:
    typed = 'é"' * (MOST_CHARACTERS // 3)
    assert size({"notes": typed}) > MOST_BYTES * 0.8
    form = Form("Signpost", (FIRST, *MANY[:40], TextBox("notes", "Notes?", value=typed)), Button("next_page", "Go on"))

    *_, last = parts_of(form)

    assert fields(last)["notes"]["value"] == typed


# --- a message -------------------------------------------------------------------------------------------------------
def test_an_answer_in_the_chat_that_is_too_large_becomes_several_messages() -> None:
    cards = messages_of(Message("Signpost", (FIRST, *MANY, Buttons((OPEN,)))))

    assert len(cards) > 3
    in_order([one.text for one in MANY], cards)
    assert [len(buttons(card)) for card in cards] == [0] * (len(cards) - 1) + [1]
    assert all(words(card).startswith("Call 999.") for card in cards)
    assert f"Part 1 of {len(cards)}. The next message goes on." in words(cards[0])


def test_a_message_that_is_changed_later_points_to_open_and_keeps_every_button() -> None:
    ask = Button("ask_escalation", "Ask", "case~c1~~1~")
    card = card_of(Message("Signpost", (FIRST, *MANY, Buttons((ask, OPEN)))))

    assert words(card).startswith("Call 999.")
    assert "This is more than one message holds. Press Open: all of it stands there." in words(card)
    assert [one["data"]["intent"] for one in buttons(card)] == ["ask_escalation", "open_case"]


def test_a_message_without_open_is_refused_rather_than_cut() -> None:
    with pytest.raises(TooLarge):
        render.message(Message("Signpost", (FIRST, *MANY)), seal)


# --- what it is measured in ------------------------------------------------------------------------------------------
def test_letters_that_are_not_ascii_travel_and_count_as_themselves() -> None:
    said = {"text": "Zoë — „naïve” 👩‍👩‍👧"}

    assert written(said) == '{"text":"Zoë — „naïve” 👩‍👩‍👧"}'
    assert json.loads(written(said)) == said
    assert size(said) == len(json.dumps(said, ensure_ascii=False).encode("utf-16-le"))
    assert written("half \ud800") == '"half \ufffd"'


def test_a_whole_note_in_another_script_needs_no_second_part() -> None:
    parts = parts_of(Form("Signpost", (FIRST, *MANY[:20], TextBox("notes", "Notes?", value="ж" * 1000))))

    assert len(parts) == 1


def test_braces_that_somebody_typed_stay_apart_on_a_plain_card() -> None:
    typed = rich([run("{{DATE(2026-11-24T10:00:00Z, SHORT)}}"), run(" and more")])
    other = rich([run("a {name} "), run("lighter", isSubtle=True)])

    first, second = plainly({"type": "AdaptiveCard", "body": [typed, other]})["body"]

    assert [one["text"] for one in first["inlines"]] == ["{", "{DATE(2026-11-24T10:00:00Z, SHORT)}}", " and more"]
    assert [one["text"] for one in second["inlines"]] == ["a {name} lighter"]
    assert all("{{" not in one["text"] for one in first["inlines"])


@pytest.mark.parametrize("text", ["word " * 2000, "x" * 9000, "e\u0301" * 5000, "👩‍👩‍👧" * 1500, " " * 9000 + "end"])
def test_a_long_text_is_divided_between_words_and_never_inside_a_character(text: str) -> None:
    pieces = list(cut(text))

    assert letters("".join(pieces)) == letters(text)
    assert all(0 < len(piece) <= PIECE for piece in pieces)
    assert not any(piece[0] in "\u0301\u200d" or piece[-1] == "\u200d" for piece in pieces)


# --- any screen ------------------------------------------------------------------------------------------------------
short = st.text(min_size=1, max_size=300) | st.sampled_from(HOSTILE)
long = st.builds(lambda text, times: text * times, short, st.integers(1, 120))
button = st.builds(Button, st.sampled_from(["open_case", "update_facts"]), st.just("Press"), st.just("case~c~~1~"))
parts_st: st.SearchStrategy[Part] = st.one_of(
    st.builds(Paragraph, long),
    st.builds(Caution, long),
    st.builds(Bullets, st.lists(st.builds(Line, long, short), min_size=1, max_size=4).map(tuple), st.booleans()),
    st.builds(Rows, st.lists(st.tuples(short, long), min_size=1, max_size=4).map(tuple)),
    st.builds(Item, short, long, button),
    st.builds(Buttons, st.lists(button, min_size=1, max_size=9).map(tuple)),
)
screens = st.lists(parts_st, min_size=3, max_size=14).map(tuple)
thorough = settings(
    max_examples=30,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # a smaller screen takes minutes to find and tells no more
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@thorough
@given(parts=screens, typed=short)
@example(parts=MANY, typed="typed")
def test_no_word_and_no_button_of_any_form_is_lost(parts: tuple[Part, ...], typed: str) -> None:
    form = Form("Signpost", (FIRST, *parts), Button("next_page", "Go on", "draft~d~page/1~0~n"), "draft~d~page/1~0~n")
    cards = parts_of(form)

    in_order(list(texts_of(Form("", parts))), cards)
    pressed = [one["data"]["intent"] for card in cards for one in buttons(card) if "part" not in one["data"]]
    assert pressed == [one.intent for one in buttons_of(form)]

    asked = Form("Signpost", (*form.parts, TextBox("notes", "Notes?", value=typed)), form.submit, form.token)
    *before, last = parts_of(asked)
    in_order(list(texts_of(Form("", parts))), [*before, last])
    assert fields(last)["notes"].get("value", "") == clean(typed)


@thorough
@given(parts=screens)
@example(parts=MANY)
def test_no_word_and_no_button_of_any_answer_in_the_chat_is_lost(parts: tuple[Part, ...]) -> None:
    screen = Message("Signpost", (FIRST, *parts))
    cards = messages_of(screen)

    in_order(list(texts_of(Form("", parts))), cards)
    assert [one["data"]["intent"] for card in cards for one in buttons(card)] == [
        one.intent for one in buttons_of(screen)
    ]


@thorough
@given(parts=screens)
@example(parts=MANY)
def test_a_message_that_stays_in_the_chat_says_all_of_it_or_where_it_stands(parts: tuple[Part, ...]) -> None:
    screen = Message("Signpost", (FIRST, *parts))
    try:
        card = card_of(screen)
    except TooLarge:
        assert not any(one.intent == "open_case" for one in buttons_of(screen))
        return
    assert [one["data"]["intent"] for one in buttons(card)] == [one.intent for one in buttons_of(screen)]
    if render.REST not in words(card):
        in_order(list(texts_of(Form("", parts))), [card])


def test_no_page_of_ours_is_too_large_with_the_longest_note_that_is_let_through() -> None:
    for name, screen in examples().items():
        if isinstance(screen, Form):
            # With everything known and every contact there can be, these may go on behind *Read on*; the worst of
            # them a second time, with all that it says of what changed since each contact was set up.
            further = ("refer_further", "refer_second", "refer_once_more")  # with who was told, for each contact
            again = (name.startswith("refer_") and name.endswith("_again")) or name.startswith(further)
            decided = ("decided_case_for_a_lead", "case_changed_for_a_lead", "later_case_for_a_lead")
            may_go_on = again or name.startswith(decided)
            most = 3 if name == "refer_worst_again" else 2 if may_go_on else 1
            assert len(parts_of(screen)) <= most, name
        else:
            assert render.REST not in words(card_of(screen)), name
