"""Days as people write them, and what an admin reads where there is no such day."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.setup.days import read_day
from tests.handlers.memory import LEAD
from tests.handlers.person import errors_on
from tests.handlers.setting_up import with_a_site

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("7/12/2026", date(2026, 12, 7)),
        ("07.12.26", date(2026, 12, 7)),
        ("7-12-2026", date(2026, 12, 7)),
        ("2026-12-07", date(2026, 12, 7)),
        ("7/12", date(2026, 12, 7)),
        ("7 December", date(2026, 12, 7)),
        ("7th dec", date(2026, 12, 7)),
        ("7 Sept.", date(2026, 9, 7)),
        ("Monday, 7 December 2026", date(2026, 12, 7)),
        ("Mon 7 Dec 26", date(2026, 12, 7)),
        ("December 7th, 2026", date(2026, 12, 7)),
        ("24/11", TODAY),
        ("23/11", date(2026, 11, 23)),
        ("5 January", date(2027, 1, 5)),
        ("29 February", date(2028, 2, 29)),
        ("1/11/2026", date(2026, 11, 1)),
    ],
)
def test_a_day_is_read_the_british_way_and_without_a_year_is_the_nearest_one(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "31/2/2027",
        "31 June",
        "13/13",
        "12/2026",
        "7 Ju",
        "7",
        "7/12/1",
        "\u0667/\u0661\u0662/2026",
        "December",
        "0/1",
    ],
)
def test_what_is_no_day_or_not_certain_is_none(text: str) -> None:
    assert read_day(text, TODAY) is None


def test_days_without_a_year_may_pass_into_the_next_one() -> None:
    admin = with_a_site()
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="21 December", last_day="8 January")
    (entry,) = admin.site.stand_ins
    assert (entry.first, entry.last) == (date(2026, 12, 21), date(2027, 1, 8))


@pytest.mark.parametrize(
    ("first", "last"), [("1 November", "7 November"), ("11 December", "7 December"), ("8 January", "20 December")]
)
def test_days_without_a_year_that_are_over_or_swapped_give_nobody_a_year_of_rights(first: str, last: str) -> None:
    admin = with_a_site()
    shown = admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day=first, last_day=last)
    assert set(errors_on(shown)) == {"last_day"}
    assert admin.site.stand_ins == ()


@pytest.mark.parametrize(
    ("first", "last", "says"),
    [
        ("9/12/2026", "2/12/2026", "Write 9 December 2026 or a later day"),
        ("1/11/2026", "2/11/2026", "Write today, 24 November 2026, or a later day"),
        ("9/12/2026", "soon", "Write a day such as 14/12/2026 or 14 December"),
    ],
)
def test_what_is_wrong_with_a_day_says_which_one_will_do(first: str, last: str, says: str) -> None:
    shown = with_a_site().to("stand_in").saves(away=str(LEAD), who="UWREN", first_day=first, last_day=last)
    assert says in errors_on(shown)["last_day"]
