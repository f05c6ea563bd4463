"""SR-31: what leads to a picture is refused, what points to a person is asked about once, the rest is left alone."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.notes.refuse import NotesCheck, check_notes

CORPUS = tomllib.loads(Path(__file__).with_name("notes_corpus.toml").read_text(encoding="utf-8"))
NOTES = [(text, tuple(group["kinds"])) for group in CORPUS["note"] for text in group["texts"]]
CLEAN = [text for text, kinds in NOTES if not kinds]
REFUSED = CORPUS["refused"]["texts"]
WITH_SCHEME = [text for text in REFUSED if re.match(r"https?://\S+$", text)]

SAYS: Final = {
    "name": "a person's name",
    "email": "an e-mail address",
    "phone": "a phone number",
    "handle": "an account name",
    "birth_date": "a date of birth",
    "pupil_number": "a pupil number",
    "address": "an address",
    "link": "a link",
}
ONE: Final = "|".join(SAYS.values())
WARNING: Final = re.compile(
    rf"This looks as if it holds (?:{ONE})(?:, (?:{ONE}))*(?: and (?:{ONE}))?\. Names and contact details are given to "
    r"the lead by phone, not here\. Change it, or press the same button again to keep it as it is\."
)


def named(check: NotesCheck) -> set[str]:
    """The kinds that a warning names."""
    return {kind for kind, words in SAYS.items() if words in check.warned}


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len({text for text, _ in NOTES}) >= 220
    assert len(CLEAN) >= 80
    assert len(set(REFUSED)) >= 60


@pytest.mark.parametrize("kind", ["email", "phone", "pupil_number", "birth_date", "handle", "link"])
def test_at_least_95_in_100_of_what_identifies_is_flagged(kind: str) -> None:
    notes = [text for text, kinds in NOTES if kind in kinds]
    missed = [text for text in notes if kind not in named(check_notes(text))]
    assert len(notes) >= 20
    assert len(missed) <= 0.05 * len(notes), missed


@pytest.mark.parametrize("kind", ["name", "address"])
def test_most_names_and_addresses_are_flagged(kind: str) -> None:
    notes = [text for text, kinds in NOTES if kind in kinds]
    missed = [text for text in notes if kind not in named(check_notes(text))]
    assert len(missed) <= 0.1 * len(notes), missed


@pytest.mark.parametrize(
    "text",
    [
        "Mr Khan was told.",
        "mrs patel rang",
        "It was Aisha.",
        "aisha told her tutor",
        "Spoke to Zuzka at break.",
        "Her name is Zuzka.",
        "Then Zuzka said so.",
        "A message from Zuzka Novakova came.",
        "Anne-Marie came to the office.",
        "We saw Will on the bus.",
    ],
)
def test_a_name_is_known_by_its_title_its_place_or_the_list_of_first_names(text: str) -> None:
    assert named(check_notes(text)) == {"name"}


def test_at_least_90_in_100_ordinary_notes_are_left_alone() -> None:
    flagged = [text for text in CLEAN if check_notes(text) != NotesCheck()]
    assert len(flagged) <= 0.1 * len(CLEAN), flagged


def test_no_note_that_leads_nowhere_is_refused() -> None:
    assert [text for text, _ in NOTES if check_notes(text).refused] == []


def test_everything_that_leads_to_a_picture_or_file_is_refused() -> None:
    assert [text for text in REFUSED if not check_notes(text).refused] == []


def test_a_warning_names_kinds_and_repeats_nothing() -> None:
    warnings = {check_notes(text).warned for text, _ in NOTES} - {""}
    assert len(warnings) > 8
    assert [warning for warning in warnings if not WARNING.fullmatch(warning)] == []


def test_the_warning_lists_what_was_found_in_plain_words() -> None:
    assert check_notes("Ring 07700 900123 or see example.com/page") == NotesCheck(
        warned="This looks as if it holds a phone number and a link. Names and contact details are given to the lead "
        "by phone, not here. Change it, or press the same button again to keep it as it is."
    )
    three = check_notes("jane@example.com, snap: foxy99, UPN A123456789012").warned
    assert "an e-mail address, an account name and a pupil number" in three


def test_a_refusal_says_why_and_what_to_do_and_wins_over_a_warning() -> None:
    check = check_notes("Ring 07700 900123, it is at https://imgur.com/a/abc")
    assert check.warned == ""
    for words in ("picture, video or file", "nobody copies it", "Tell the lead in person or by phone where it is"):
        assert words in check.refused
    assert "imgur" not in check.refused


def test_an_empty_note_is_fine() -> None:
    assert check_notes("") == check_notes(" \n\t ") == NotesCheck()


@pytest.mark.parametrize(
    ("hidden", "plain"),
    [
        ("https://example.com/page", "a link"),
        ("\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff43\uff4f\uff4d/page", "a link"),
        ("exam\u200bple.com/page", "a link"),
        ("example[.]com/page", "a link"),
        ("\uff10\uff17\uff17\uff10\uff10 \uff19\uff10\uff10\uff11\uff12\uff13", "a phone number"),
        ("0&#55;700 900123", "a phone number"),
        ("jane%40example.com", "an e-mail address"),
    ],
)
def test_a_disguise_does_not_hide_what_points_to_a_person(hidden: str, plain: str) -> None:
    assert plain in check_notes(f"Spoken to on the bus. {hidden}").warned


@pytest.mark.parametrize(
    "text",
    [
        "They used Dropbox.Complaints came from two parents.",
        "It was on Dropbox. Comments followed.",
        "It was on iCloud. Come Monday it was gone.",
        "He left.Moving on, nobody saw it.",
        "The pupil told us.Documents were filed.",
        "Sent by WeTransfer, then by Google Drive.",
        "A PDF, a JPEG or a ZIP - not known.",
        "no-reply mail came from jane@icloud.com",
        "The help page is support.snapchat.com/help",
        "Report it at https://www.targetcollege.example/keys",
        "Data: text and a picture, it is said.",
        "They said file this under 'other'.",
    ],
)
def test_words_about_pictures_and_services_are_not_taken_for_links_to_them(text: str) -> None:
    assert not check_notes(text).refused


@pytest.mark.parametrize(
    "text",
    [
        "Told on Friday 20 November 2026.",
        "Told at 14:30 on 20 November, 15 pupils know.",
        "Years 9/10/11, rooms 2.04 and 3.11.",
        "Victoria Park, after St John's Primary closed.",
        "Childline is 0800 1111, the NSPCC 0808 800 5000.",
        "Username not known. Instagram: deleted.",
        "Y9 3pm, S3 2nd floor, 24/7.",
    ],
)
def test_days_classes_places_and_helplines_point_to_nobody(text: str) -> None:
    assert check_notes(text) == NotesCheck()


blanks = st.sampled_from([" ", "\n", "  ", "\t"])


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(CLEAN), st.floats(0, 1), st.sampled_from(REFUSED), blanks, blanks)
def test_a_refused_link_anywhere_in_a_clean_note_is_refused(
    note: str, where: float, link: str, before: str, after: str
) -> None:
    at = round(where * len(note))
    assert check_notes(note[:at] + before + link + after + note[at:]).refused


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60), st.sampled_from(REFUSED), blanks, st.text(max_size=60))
def test_a_refused_link_between_any_other_characters_is_refused(front: str, link: str, blank: str, back: str) -> None:
    assert check_notes(front + blank + link + blank + back).refused


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(CLEAN), st.floats(0, 1), st.sampled_from(WITH_SCHEME))
def test_a_refused_address_glued_to_other_words_is_refused(note: str, where: float, link: str) -> None:
    at = round(where * len(note))
    assert check_notes(note[:at] + link + note[at:]).refused


@settings(deadline=None, max_examples=100)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    check = check_notes(text)
    assert not (check.refused and check.warned)


HOSTILE: Final = [
    *(
        "a",
        " ",
        "\n",
        ".",
        "a@",
        "@a.a.",
        "1",
        "0 ",
        "a ",
        ". ",
        " /",
        "<",
        "&#9",
        "&aaaa",
        "%25",
        "![",
        "[(",
        "a_",
        "Aa ",
    ),
    *(
        "Jane ",
        "dropbox.come",
        "://",
        "http://a/",
        "snap ",
        "snap name ",
        "username is ",
        "born on the ",
        "one ",
        "03/04",
    ),
    *(
        "3 apr ",
        "A1",
        "12 Elm ",
        "A1 2",
        "aaaaaaaaaaaaaaaa ",
        "AAAAAAAAAAAAAAA-",
        "\u0316\u0301",
        "\uff21",
        "\u4f8b",
        "a\u200b",
    ),
    *("\u202e", "\u0663", "\\", "xn-", "1.1.1.", "candidate no ", "\ufdfa", "\uff9e\uff9f", "facebook.com/", "t.me/+a"),
]


def cost(text: str) -> float:
    """Seconds of this processor, whatever else it does: the best of three."""
    took = []
    for _ in range(3):
        began = time.process_time()
        check_notes(text)
        took.append(time.process_time() - began)
    return min(took)


@pytest.mark.parametrize("unit", HOSTILE, ids=ascii)
def test_time_grows_with_the_length_and_no_faster(unit: str) -> None:
    """Of a note that is sixteen times as long. With the square of the length it would be 256 times the time."""
    short, long = ((unit * (size // len(unit) + 1))[:size] + "!" for size in (5_000, 80_000))
    assert cost(long) < 80 * max(cost(short), 0.001)


def test_a_number_of_thousands_of_digits_is_no_trouble() -> None:
    assert not check_notes("&#" + "9" * 5000 + ";").refused
