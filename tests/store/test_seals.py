"""Seals: what travels through a platform can be neither changed nor used by somebody else."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.seals import Forged, Seals
from bot.store.vault import Keys, new_key
from handlers.intents import Subject

OLD, NEW = new_key(), new_key()
SEALS = Seals(Keys.parse(NEW))
HOLDER = "slack:T1/U2"
SUBJECT = Subject("draft", "A" * 22, "page/2", 12, "other_setting_involved").write()


def test_a_token_opens_to_its_text_and_is_short_enough_for_a_button() -> None:
    token = SEALS.seal(SUBJECT, HOLDER)
    assert SEALS.open(token, HOLDER) == SUBJECT
    assert len(token) <= 255
    assert SEALS.open(SEALS.seal("", HOLDER), HOLDER) == ""


def test_a_token_is_worth_nothing_to_another_account() -> None:
    token = SEALS.seal(SUBJECT, HOLDER)
    for other in ("slack:T1/U3", "slack:T2/U2", "teams:T1/U2", "slack:T1/U", "slack:T1/U22", ""):
        with pytest.raises(Forged):
            SEALS.open(token, other)


def test_what_is_moved_between_holder_and_text_does_not_open() -> None:
    token = SEALS.seal("2~draft", "slack:T1/U")
    with pytest.raises(Forged):
        SEALS.open(token[:22] + "~draft", "slack:T1/U2")


@given(st.integers(0, 200), st.sampled_from(string.printable))
def test_one_changed_character_anywhere_is_found(place: int, character: str) -> None:
    token = SEALS.seal(SUBJECT, HOLDER)
    place %= len(token)
    changed = token[:place] + character + token[place + 1 :]
    if changed != token:
        with pytest.raises(Forged):
            SEALS.open(changed, HOLDER)


@given(st.text(st.characters(), max_size=300))
def test_anything_that_somebody_made_up_is_refused(text: str) -> None:
    with pytest.raises(Forged):
        SEALS.open(text, HOLDER)


def test_a_lone_surrogate_is_refused_like_anything_else() -> None:
    for text in ("\ud800" * 30, "A" * 22 + "\udfff"):
        with pytest.raises(Forged):
            SEALS.open(text, HOLDER)


def test_a_button_drawn_before_a_rotation_still_works_after_it_until_the_old_key_is_taken_out() -> None:
    token = Seals(Keys.parse(OLD)).seal(SUBJECT, HOLDER)
    assert Seals(Keys.parse(f"{NEW},{OLD}")).open(token, HOLDER) == SUBJECT
    with pytest.raises(Forged):
        SEALS.open(token, HOLDER)
    assert Seals(Keys.parse(f"{NEW},{OLD}")).seal(SUBJECT, HOLDER) == SEALS.seal(SUBJECT, HOLDER)
