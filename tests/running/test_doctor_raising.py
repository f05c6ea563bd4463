"""The doctor says of a site that none of its staff can raise there, and what to do, in the file or in chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.doctor.served import look
from handlers.people import Directory
from handlers.sites import Site

SITE = Site(
    "west", "Westhill", "england", ("teams:TEN/LEAD",), serves=frozenset({"teams:TEN"}), staff=("slack:T1/S0STAFF01",)
)
CONNECTED = frozenset({"slack:T1", "teams:TEN"})


@pytest.mark.parametrize(("declared", "do"), [
    (True, "Write slack:T1 into its serves, or somebody of Teams tenant TEN into its staff."),
    (False, "and open the site. Tick Slack workspace T1 again under 'Name and numbers', or name a group on Teams"),
])  # fmt: skip
def test_staff_of_a_platform_that_the_site_does_not_serve_are_red(*, declared: bool, do: str) -> None:
    directory = Directory((replace(SITE, declared=declared),), connected=CONNECTED)
    (found,) = look(directory, CONNECTED)
    assert (found.code, found.state) == ("staff_elsewhere", "red")
    assert "nobody but leads can raise at 'west': those who may are on Slack workspace T1" in found.found
    assert do in found.do


def test_a_site_whose_staff_can_raise_is_not_spoken_of() -> None:
    for site in (replace(SITE, serves=CONNECTED), replace(SITE, staff=())):
        assert list(look(Directory((site,)), CONNECTED)) == []
