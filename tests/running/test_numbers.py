"""What stands where a number belongs and cannot be dialled is said at every start and by the doctor, not refused."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import logs
from bot.doctor import sites
from bot.serving.warn import warn
from bot.settings import Settings
from handlers.people import Directory
from handlers.sites import Contact, Numbers, Site

WRONG = Site(
    "wrong", "Wrong", "england", ("slack:T1/U1",), phone="ring me <http://x>",
    numbers=Numbers(mash="1", lado="01632 960012", officer="101 ext 4"),
    contacts=(Contact("desk", "police", "by_hand", "the desk", verified=True),),
)  # fmt: skip
GOOD = Site(
    "good", "Good", "england", ("slack:T1/U1",), phone="01632 960001 ext 4",
    numbers=Numbers("01632 960010", "+44 1632 960011", "01632 960012", "101, ask for the officer"),
    contacts=(
        Contact("desk", "police", "by_hand", "101", verified=True),
        Contact("form", "social_care", "by_hand", "https://council.example/refer", verified=True),
    ),
)  # fmt: skip


@pytest.fixture
def out() -> Iterator[io.StringIO]:
    root, stream = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    logs.set_up("warning", stream)
    yield stream
    root.handlers[:], root.level = before, level


def test_a_start_names_the_site_and_the_place_and_repeats_nothing(out: io.StringIO) -> None:
    warn(Directory((GOOD, WRONG)), frozenset({"slack:T1"}))
    said = [json.loads(one) for one in out.getvalue().splitlines()]
    assert [(one["site"], one["place"]) for one in said if one["event"] == "number_doubtful"] == [
        ("wrong", "phone"), ("wrong", "numbers.mash"), ("wrong", "desk"),
    ]  # fmt: skip
    assert "ring me" not in out.getvalue()


def test_the_doctor_says_it_in_one_line_a_site() -> None:
    found = sites.look(Directory((GOOD, WRONG)), Settings(), readable=True)
    (one,) = [one for one in found if one.code == "number_doubtful"]
    assert (one.state, one.about) == ("amber", "'wrong'")
    assert "phone, numbers.mash, desk" in one.found
    assert "area code" in one.do
