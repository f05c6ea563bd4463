"""Twenty sites at a Slack that answers twenty times a minute: nobody who may raise is turned away by others' looks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.screens import Form, buttons_of
from tests.running.twenty_sites import ADMIN, PUPIL, SITES, Trust, lead, teacher, trust

NO_FORM = "has no form for you here"
LACKING = "cases of sites that you lead may be missing"
NOT_ASKED = "Slack could not be asked just now"


@pytest.fixture
async def schools(tmp_path: Path) -> AsyncIterator[Trust]:
    async with trust(tmp_path) as opened:
        yield opened


def case_of(screen: object) -> str:
    """The token of the first case on a list."""
    assert isinstance(screen, Form)
    return next(one.token for one in buttons_of(screen) if one.intent == "open_case")


async def test_for_minutes_of_lists_windows_and_reports_nobody_who_may_raise_is_turned_away(schools: Trust) -> None:
    shown: list[str] = []
    for step in range(15):  # 30 teachers in two minutes and a half, leads and the admin beside them
        asked = [schools.raises(teacher(number)) for number in (2 * step, 2 * step + 1)]
        others = [schools.asks(lead((step * 3 + one) % SITES), "list_cases") for one in range(3)]
        others += [schools.asks(ADMIN, "show_admin"), schools.asks(PUPIL, "start_report")]
        shown += await asyncio.gather(*asked)
        *lists, _, refused = map(repr, await asyncio.gather(*others))
        assert not [one for one in lists if LACKING in one]
        assert NO_FORM in refused
        schools.counting.now += 10

    assert len(shown) == 30
    assert [one for one in shown if "SP-" not in one] == []
    assert schools.counting.refused == {}


async def test_a_screen_asks_only_about_the_groups_that_it_needs(schools: Trust) -> None:
    def asked() -> int:
        return sum(len(schools.slack.calls_of(one)) for one in ("usergroups.users.list", "usergroups.list"))

    await schools.asks(ADMIN, "show_admin")
    await schools.asks(teacher(3), "show_help")
    assert asked() == 0
    await schools.raises(teacher(3))
    assert asked() == 1, "all forty groups, with one call"
    token = case_of(await schools.asks(lead(3), "list_cases"))
    assert asked() == 2, "the one group by which they lead, asked anew"
    await schools.asks(lead(3), "open_case", token)
    assert asked() == 3


async def test_a_lead_taken_out_of_the_group_loses_access_at_the_very_next_click(schools: Trust) -> None:  # SR-12
    await schools.raises(teacher(3))
    token = case_of(await schools.asks(lead(3), "list_cases"))
    assert "SP-" in repr(await schools.asks(lead(3), "open_case", token))
    schools.leaves(lead(3), "SLEADS03")

    for press in ("open_case", "refer", "do_not_refer", "confirm_do_not_refer"):
        said = repr(await schools.asks(lead(3), press, token, {"reason": "None of it is so."}))
        assert "There is nothing here for you" in said
    assert "SP-" not in repr(await schools.asks(lead(3), "list_cases"))
    assert "SP-" not in repr(await schools.asks(lead(3), "show_home"))


async def test_while_slack_refuses_every_question_about_groups_staff_raise_and_no_case_is_shown(
    schools: Trust,
) -> None:
    assert "SP-" in await schools.raises(teacher(3))
    token = case_of(await schools.asks(lead(3), "list_cases"))
    schools.counting.limits |= {"usergroups.users.list": 0, "usergroups.list": 0}

    for _ in range(10):
        schools.counting.now += 360
        assert "SP-" in await schools.raises(teacher(3)), "read within the last day"
        assert "SP-" in await schools.raises(lead(5)), "a lead may raise, too"
        opened = repr(await schools.asks(lead(3), "open_case", token))
        assert NOT_ASKED in opened
        assert "999" in opened
        assert "SP-" not in opened
        listed = repr(await schools.asks(lead(3), "list_cases"))
        assert LACKING in listed
        assert "SP-" not in listed
        assert "There are none" not in listed
        assert "SP-" not in repr(await schools.asks(lead(3), "show_home"))
        pupil = await schools.raises(PUPIL)
        assert NOT_ASKED in pupil
        assert NO_FORM not in pupil
    assert len(schools.slack.calls_of("usergroups.users.list")) < 60, "Retry-After is kept to"


async def test_the_grace_of_staff_ends_when_slack_can_be_asked_and_says_no(schools: Trust) -> None:
    assert "SP-" in await schools.raises(teacher(3))
    schools.leaves(teacher(3), "SSTAFF03")
    schools.counting.now += 61

    assert NO_FORM in await schools.raises(teacher(3))
    schools.counting.limits |= {"usergroups.users.list": 0, "usergroups.list": 0}
    schools.counting.now += 61
    assert "SP-" not in await schools.raises(teacher(3))


async def test_where_only_one_of_the_two_questions_is_refused_the_other_is_asked(schools: Trust) -> None:
    schools.counting.limits["usergroups.list"] = 0
    schools.counting.limits["usergroups.users.list"] = 100
    assert "SP-" in await schools.raises(teacher(3))
    schools.counting.limits |= {"usergroups.list": 20, "usergroups.users.list": 0}
    schools.counting.now += 301
    case_of(await schools.asks(lead(3), "list_cases"))
