"""What was sealed by an earlier release is still read."""

from __future__ import annotations

import json

from bot.store.content import of_case, to_case
from tests.store.given import a_case


def test_a_case_of_which_nobody_kept_which_accounts_were_the_raisers_is_read() -> None:
    kept = json.loads(of_case(a_case()))
    assert len(kept.pop("raised_as")) == 2
    read = to_case(json.dumps(kept).encode())
    assert read["raised_as"] == ()
    assert read["left_out"] == a_case().left_out


def test_a_case_without_the_name_of_whoever_raised_it_and_the_first_look_is_read() -> None:
    kept = json.loads(of_case(a_case()))
    assert kept.pop("raised_by_name") == a_case().raised_by_name
    assert kept.pop("first_opened_at")
    read = to_case(json.dumps(kept).encode())
    assert (read["raised_by_name"], read["first_opened_at"]) == ("", None)
    assert to_case(of_case(a_case()))["first_opened_at"] == a_case().first_opened_at


def test_a_contact_of_which_nobody_kept_whom_to_ring_and_where_it_led_is_read() -> None:
    kept = json.loads(of_case(a_case()))
    (told,) = kept["decisions"][0]["told"]
    assert told.pop("rings")
    assert told.pop("place")
    (decision, *_) = to_case(json.dumps(kept).encode())["decisions"]
    assert [(one.name, one.rings, one.place) for one in decision.told] == [(a_case().decisions[0].told[0].name, "", "")]
    assert to_case(of_case(a_case()))["decisions"][0].told == a_case().decisions[0].told
