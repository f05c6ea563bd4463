"""SR-23: a platform is away for hours, or asks us to wait: waits are kept, the lead hears soon, all heals by itself.

The hours pass in a time of their own. Both platforms, in every way in which they can be away.
"""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from handlers.case import Case
from handlers.intents import Subject
from tests.running.both_platforms import Both, Platform, both, contents

HOUR = 3600.0
MINUTE = 60.0
ASKED_FOR = 45
"""Seconds that the platform asks us to wait."""
MANY = 1_000_000
WAYS: list[tuple[Platform, str]] = [
    ("slack", "unreachable"), ("slack", "503"), ("slack", "429"), ("slack", "429 at once"),
    ("teams", "unreachable"), ("teams", "503"), ("teams", "429"), ("teams", "429 at once"), ("teams", "412"),
]  # fmt: skip
READS = {"slack": "conversations.info", "teams": "members"}
"""What each attempt begins with: the channel is read."""


async def goes_away(there: Both, way: str) -> None:
    """From now on the platform tried answers nothing, or nothing but this."""
    if way == "unreachable":
        await _stand_in(there).close()
    elif there.tried == "teams":
        waits = {"429": str(ASKED_FOR), "429 at once": "1"}.get(way, "")
        there.teams.faults.refuse("*", int(way[:3]), times=MANY, retry_after=waits)
    elif way == "503":
        there.slack.faults.server_error("*", status=503, times=MANY)
    else:
        there.slack.faults.rate_limit("*", retry_after=ASKED_FOR if way == "429" else 1, times=MANY)


async def comes_back(there: Both, way: str) -> None:
    """It is there again, at the same address."""
    there.slack.faults.clear()
    there.teams.faults.clear()
    if way == "unreachable":
        stand_in = _stand_in(there)
        stand_in._port = int(stand_in.base_url.rpartition(":")[2])
        await stand_in.start()


def _stand_in(there: Both):  # type: ignore[no-untyped-def]  # noqa: ANN202  # either of the two
    return there.slack if there.tried == "slack" else there.teams


def warned(there: Both, case: Case) -> list[str]:
    """What the lead was told of messages that are not confirmed."""
    return [said for said in there.chat("lead") if f"{case.reference}: the message to the contact is not conf" in said]


@pytest.mark.parametrize(("tried", "way"), WAYS)
async def test_the_lead_hears_within_five_minutes_and_after_four_hours_all_arrives_in_order(
    tmp_path: Path, tried: Platform, way: str
) -> None:
    async with both(tmp_path, tried) as there:
        school, lead = there.school, there.who("lead")
        first = await school.raises(there.who("teacher"))
        await school.passes(MINUTE)
        second = await school.raises(there.who("teacher"))
        await school.passes(MINUTE)
        await goes_away(there, way)
        first = await school.refers(lead, first, there.contact)
        await school.passes(MINUTE)
        first = await school.refers(there.who("deputy"), first, there.contact)
        second = await school.refers(lead, second, there.contact)
        await school.passes(4 * MINUTE)
        for case in (first, second):
            assert "Ring now." in warned(there, case)[0]
            assert "Signpost keeps trying" in warned(there, case)[0]

        await school.passes(4 * HOUR)
        assert there.room() == []
        await comes_back(there, way)
        await school.passes(15 * MINUTE)
        assert [one.state for one in await school.deliveries(first, "referral")] == ["sent", "sent"]
        assert [one.state for one in await school.deliveries(second, "referral")] == ["sent"]
        said = contents(there.room(), first.reference)
        assert ["Priya Nair" in one for one in said] == [True, False]
        assert ["Tom Reid" in one for one in said] == [False, True]
        assert len(contents(there.room(), second.reference)) == 1


@pytest.mark.parametrize("tried", ["slack", "teams"])
async def test_the_wait_that_was_asked_for_is_kept_by_all_with_jitter(tmp_path: Path, tried: Platform) -> None:
    async with both(tmp_path, tried) as there:
        school = there.school
        cases = []
        for _ in range(3):
            cases.append(await school.raises(there.who("teacher")))
            await school.passes(MINUTE)
        await goes_away(there, "429")
        for case in cases:
            await school.refers(there.who("lead"), case, there.contact)
        await school.passes(4 * HOUR)

        calls = there.calls(READS[tried])
        gaps = [later - earlier for earlier, later in itertools.pairwise(calls)]
        assert min(gaps) >= ASKED_FOR
        assert len({round(gap, 1) for gap in gaps}) > 20
        assert len(calls) <= 4 * HOUR / ASKED_FOR


@pytest.mark.parametrize("tried", ["slack", "teams"])
async def test_what_goes_wrong_again_and_again_is_tried_less_and_less_often(tmp_path: Path, tried: Platform) -> None:
    async with both(tmp_path, tried) as there:
        case = await there.school.raises(there.who("teacher"))
        await there.school.passes()
        await goes_away(there, "503")
        await there.school.refers(there.who("lead"), case, there.contact)
        await there.school.passes(4 * HOUR)

        gaps = [later - earlier for earlier, later in itertools.pairwise(there.calls(READS[tried]))]
        assert max(gaps) <= 5 * MINUTE * 1.25
        assert min(gaps[10:]) >= 5 * MINUTE
        assert len({round(gap, 1) for gap in gaps[10:]}) > len(gaps[10:]) / 2


@pytest.mark.parametrize(("tried", "way"), [one for one in WAYS if one != ("slack", "unreachable")])  # takes long
async def test_after_a_day_and_not_before_nothing_is_tried_any_more_until_a_person_says_so(
    tmp_path: Path, tried: Platform, way: str
) -> None:
    async with both(tmp_path, tried) as there:
        school, lead = there.school, there.who("lead")
        case = await school.raises(there.who("teacher"))
        await school.passes()
        await goes_away(there, way)
        case = await school.refers(lead, case, there.contact)
        await school.passes(24 * HOUR)
        assert [one.state for one in await school.deliveries(case, "referral")] == ["queued"]
        await school.passes(8 * HOUR)
        assert [one.state for one in await school.deliveries(case, "referral")] == ["failed"]
        assert any("does not try again by itself" in said for said in warned(there, case))

        await comes_back(there, way)
        await school.passes(48 * HOUR)
        assert there.room() == []
        await school.asks(lead, "resend", Subject("case", case.id, "", 1, f"1:{there.contact}").write())
        await school.passes()
        assert len(contents(there.room(), case.reference)) == 1


@pytest.mark.parametrize(("tried", "way"), WAYS)
async def test_people_hear_in_order_within_a_quarter_of_an_hour_of_its_return(
    tmp_path: Path, tried: Platform, way: str
) -> None:
    async with both(tmp_path, tried, people_on=tried) as there:
        school = there.school
        await goes_away(there, way)
        await school.raises(there.who("teacher"))
        await school.passes(4 * HOUR)
        await comes_back(there, way)
        await school.passes(15 * MINUTE)

        said = "\n".join(there.chat("teacher"))
        assert 0 <= said.find("Refer now") < said.find("No safeguarding lead has opened this yet")
        for lead in ("lead", "deputy"):
            said = "\n".join(there.chat(lead))
            assert 0 <= said.find("Refer now") < said.find("Nobody has opened this yet. Open it now.")
        kept = await school.deliveries(await school.newest())
        assert [one.kind for one in kept if one.state in ("queued", "sending") and one.kind != "chase"] == []
