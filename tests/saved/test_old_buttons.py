"""SR-18: every button that an earlier release left behind still answers, whatever has happened since.

Each release is put back as it was saved (`python -m tests.saved.save`), with today's program over its database. Every
button of every window, message and card is pressed, on both platforms: after the upgrade, after a draft has expired,
after a role was taken away, and in a channel that another organisation has joined.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.slack import words
from tests.journey.on_slack import MARSH, POLICE_CHANNEL
from tests.journey.on_teams import CARE_CHANNEL, OFFICER
from tests.journey.on_teams import TENANT as OUR_TENANT
from tests.saved.pressing import Button, OnSlack, OnTeams, Pressed
from tests.saved.released import RELEASES, Released, released

NOT_YOURS = "There is nothing here for you"
FAILURES = ("This was not saved", words.FAILED_TEXT)
ABOUT_DRAFTS = frozenset(
    {
        "next_page", "previous_page", "recommend_now", "submit_report", "change_answer", "continue_draft",
        "discard_draft",
    }
)  # fmt: skip
OF_LEADS = frozenset({"U2", "aad-tom"})
"""Who led when it was saved."""
OTHERS_LEAD = '["slack:T1/U3", "teams:tenant-northside/aad-priya"]'
Choice = Callable[[Button], bool]


@pytest.fixture(params=RELEASES)
def release(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def press_all(there: Released, wanted: Choice = lambda _: True) -> list[Pressed]:
    """Press them all, one after the other; none is without a visible answer, none fails."""
    pressed: list[Pressed] = []
    for on in (OnSlack(there.slack, there.saved), OnTeams(there.teams, there.saved)):
        pressed += [await on.press(button) for button in list(on.all()) if wanted(button)]
    assert [str(one) for one in pressed if not one.seen] == []
    assert [str(one) for one in pressed if any(failed in one.seen for failed in FAILURES)] == []
    assert errors(there) == []
    return pressed


def errors(there: Released) -> list[str]:
    """What the program logged as its own failure."""
    lines = [json.loads(line) for line in there.bot.log().splitlines()]
    return [str(line) for line in lines if line.get("level") == "error" and line["event"] != "delivery"]


def decided(there: Released) -> Counter[str]:
    """How many decisions each case has."""
    connection = sqlite3.connect(there.bot.folder / "data" / "signpost.db")
    try:
        rows = connection.execute("SELECT case_id FROM audit WHERE event = 'case.decided'").fetchall()
    finally:
        connection.close()
    return Counter(case for (case,) in rows)


def test_releases_have_been_saved() -> None:
    assert len(RELEASES) >= 2


async def test_after_an_upgrade_every_button_works_and_nothing_is_decided_twice(release: str, tmp_path: Path) -> None:
    async with released(release, tmp_path) as there:
        before = decided(there)
        pressed = await press_all(there)

        assert [str(one) for one in pressed if NOT_YOURS in one.seen] == []
        now = decided(there)
        assert {case: now[case] for case in before} == dict(before)
        assert max(now.values()) == 1
        confirmed = [one.seen for one in pressed if one.button.intent in ("confirm_refer", "confirm_do_not_refer")]
        assert len(confirmed) > len(before) > 0
        assert all(" decided at " in seen or "changed since this window was opened" in seen for seen in confirmed)
        assert {one.platform for one in pressed} == {"slack", "teams"}


async def test_after_a_draft_has_expired_its_buttons_say_what_can_be_done(release: str, tmp_path: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text(str(25 * 3600))
    async with released(release, tmp_path, settings={"SIGNPOST_CLOCK_FILE": str(clock)}) as there:
        pressed = await press_all(there, lambda button: button.intent in ABOUT_DRAFTS)

        assert {one.button.intent for one in pressed} == ABOUT_DRAFTS
        assert all("999" in one.seen for one in pressed)


async def test_after_a_role_was_taken_away_its_buttons_answer_and_do_nothing(release: str, tmp_path: Path) -> None:
    async with released(release, tmp_path, leads=OTHERS_LEAD) as there:
        before = decided(there)
        pressed = await press_all(there, lambda button: button.who in OF_LEADS)

        about_cases = [one for one in pressed if one.button.intent != "start_report"]
        assert [str(one) for one in about_cases if NOT_YOURS not in one.seen] == []
        assert {"refer", "confirm_refer", "confirm_do_not_refer", "resend"} <= {one.button.intent for one in pressed}
        assert decided(there) == before


async def test_once_an_account_is_a_guests_or_gone_its_buttons_answer_and_show_nothing(
    release: str, tmp_path: Path
) -> None:
    async with released(release, tmp_path) as there:
        before = decided(there)
        there.slack.workspace().people["U2"].is_restricted = True
        there.teams.world.people["aad-tom"].is_guest = True
        pressed = await press_all(there, lambda button: button.who in OF_LEADS)

        assert all("Facts version" not in one.seen and "What was answered" not in one.seen for one in pressed)
        assert decided(there) == before


async def test_in_a_channel_that_another_organisation_has_joined_everybody_gets_an_answer(
    release: str, tmp_path: Path
) -> None:
    async with released(release, tmp_path) as there:
        channel = there.slack.workspace().channels[POLICE_CHANNEL]
        there.slack.add_person("U7", "A stranger", home_team="T8")
        channel.members.append("U7")
        channel.connected_team_ids = ["T9", "T8"]
        there.teams.add_person("aad-stranger", "A stranger", home="another-tenant")
        care = there.teams.world.channel(CARE_CHANNEL)
        assert care is not None
        care.members.append("aad-stranger")

        on_slack, on_teams = OnSlack(there.slack, there.saved), OnTeams(there.teams, there.saved)
        for button in [one for one in on_slack.all() if one.who == MARSH]:
            assert "Acknowledged by A stranger" in (await on_slack.press(button, by="U7")).seen
            assert "Acknowledged by A stranger" in (await on_slack.press(button)).seen
        for button in [one for one in on_teams.all() if one.who == OFFICER]:
            assert "Acknowledged by" in (await on_teams.press(button)).seen
            assert "Acknowledged by" in (await on_teams.press(button, by="aad-stranger")).seen
        assert errors(there) == []
        assert there.teams.world.tenant == OUR_TENANT
