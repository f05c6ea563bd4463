"""SR-25: whatever has become of a contact's channel since a lead approved, it is seen right before the post.

Made public, left without the bot, joined by another organisation, archived, renamed: nothing is posted where it should
not be, and the lead hears why at once. Teams tells a bot nothing of whether a channel is private or what it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from handlers.intents import Subject
from tests.journey.on_slack import POLICE_CHANNEL
from tests.journey.on_teams import CARE_CHANNEL, OFFICER
from tests.running.both_platforms import Both, Platform, both, contents


def on_slack(**changes: object) -> Callable[[Both], None]:
    """Slack says something else of the police channel."""

    def change(there: Both) -> None:
        for name, value in changes.items():
            setattr(there.slack.workspace().channels[POLICE_CHANNEL], name, value)

    return change


def public_and_readable(there: Both) -> None:
    """With a scope that we do not ask for; with ours a public channel cannot even be read."""
    there.slack.workspace().scopes.add("channels:read")
    on_slack(is_private=False)(there)


def taken_out_of_slack(there: Both) -> None:
    there.slack.workspace().channels[POLICE_CHANNEL].members.clear()


def on_teams(**changes: object) -> Callable[[Both], None]:
    """Something else holds of the care channel."""

    def change(there: Both) -> None:
        channel = there.teams.world.channel(CARE_CHANNEL)
        for name, value in changes.items():
            setattr(channel, name, value)

    return change


def joined_by_a_stranger(there: Both) -> None:
    there.teams.add_person("aad-stranger", "A stranger", home="another-tenant")
    on_teams(members=[OFFICER, "aad-stranger"])(there)


CHANGES = {
    "slack: made public": (on_slack(is_private=False), "The channel is not private any more."),
    "slack: made public, and we may read it": (public_and_readable, "The channel is not private any more."),
    "slack: bot removed": (taken_out_of_slack, "The channel is gone, or Signpost is not in it any more."),
    "slack: another organisation": (on_slack(connected_team_ids=["T9", "T8"]), "Another organisation has been let in"),
    "slack: another is invited": (on_slack(pending_connected_team_ids=["T8"]), "Another organisation has been let in"),
    "slack: no longer shared": (on_slack(is_ext_shared=False, connected_team_ids=[]), "is not shared with the"),
    "slack: archived": (on_slack(is_archived=True), "The channel is archived."),
    "teams: bot removed": (on_teams(has_app=False), "Signpost is not in the channel any more"),
    "teams: another organisation": (joined_by_a_stranger, "Another organisation has been let into the channel."),
    "teams: archived": (on_teams(archived=True), "or the channel is archived."),
}


@pytest.mark.parametrize("change", list(CHANGES))
async def test_the_post_is_withheld_and_the_lead_hears_why_at_once(tmp_path: Path, change: str) -> None:
    happens, why = CHANGES[change]
    async with both(tmp_path, "slack" if change.startswith("slack") else "teams") as there:
        lead = there.who("lead")
        case = await there.school.refers(lead, await there.school.raises(there.who("teacher")), there.contact)
        happens(there)
        await there.school.passes()

        assert there.room() == []
        (said,) = [one for one in there.chat("lead") if "is not confirmed" in one]
        assert f"{case.reference}: the message to the contact is not confirmed. Ring now." in said
        assert why in said
        assert "I will phone" in said
        assert [one.state for one in await there.school.deliveries(case, "referral")] == ["failed"]
        await there.school.passes(24 * 3600)
        assert there.room() == []


async def test_one_that_has_another_name_than_it_had_is_withheld_where_names_can_be_read(tmp_path: Path) -> None:
    async with both(tmp_path, "slack", room="northside-police") as there:
        lead, school = there.who("lead"), there.school
        case = await school.refers(lead, await school.raises(there.who("teacher")), "police", "care")
        on_slack(name="lunch")(there)
        on_teams(name="lunch")(there)
        await school.passes()

        assert there.room("police") == []
        (said,) = [one for one in there.chat("lead") if "is not confirmed" in one]
        assert "The channel has another name: is it still the same people?" in said
        assert len(contents(there.room("care"), case.reference)) == 1, "Teams is not asked for names: it goes by the id"


@pytest.mark.parametrize("room", ["", "northside-police"])
async def test_one_that_is_called_as_it_was_or_of_which_nobody_knows_is_posted_in(tmp_path: Path, room: str) -> None:
    async with both(tmp_path, "slack", room=room) as there:
        case = await there.school.refers(
            there.who("lead"), await there.school.raises(there.who("teacher")), there.contact
        )
        await there.school.passes()

        assert len(contents(there.room(), case.reference)) == len(there.room()) == 1


@pytest.mark.parametrize("tried", ["slack", "teams"])
async def test_a_channel_is_read_again_before_each_attempt_and_a_person_has_it_sent_in_the_end(
    tmp_path: Path, tried: Platform
) -> None:
    async with both(tmp_path, tried) as there:
        lead, school = there.who("lead"), there.school
        case = await school.refers(lead, await school.raises(there.who("teacher")), there.contact)
        limit_the_post(there)
        await school.passes()
        assert there.room() == []
        joined = on_slack(connected_team_ids=["T9", "T8"]) if tried == "slack" else joined_by_a_stranger
        joined(there)
        await school.passes(60)
        assert there.room() == []
        assert [one.state for one in await school.deliveries(case, "referral")] == ["failed"]

        left = on_slack(connected_team_ids=["T9"]) if tried == "slack" else on_teams(members=[OFFICER])
        left(there)
        about = Subject("case", case.id, "", 1, f"1:{there.contact}").write()
        for _ in range(3):
            await school.asks(lead, "resend", about)
        await school.passes()
        assert len(contents(there.room(), case.reference)) == len(there.room()) == 1


AFTER_THE_RECEIPT = {
    "slack: made public": (on_slack(is_private=False), "The channel is not private any more."),
    "slack: another organisation": (on_slack(connected_team_ids=["T9", "T8"]), "Another organisation has been let in"),
    "teams: another organisation": (joined_by_a_stranger, "Another organisation has been let into the channel."),
}


@pytest.mark.parametrize("change", list(AFTER_THE_RECEIPT))
async def test_a_channel_is_read_again_where_the_receipt_stands_already(tmp_path: Path, change: str) -> None:
    """Between the neutral receipt and the notice that fills it anybody may be let in."""
    happens, why = AFTER_THE_RECEIPT[change]
    async with both(tmp_path, "slack" if change.startswith("slack") else "teams") as there:
        lead, school = there.who("lead"), there.school
        case = await school.refers(lead, await school.raises(there.who("teacher")), there.contact)
        limit_the_filling(there)
        await school.passes()
        (receipt,) = there.room()
        assert contents([receipt], case.reference) == [], "the receipt stands there, and nothing of the case"

        happens(there)
        await school.passes(120)
        assert contents(there.room(), case.reference) == []
        assert [one.state for one in await school.deliveries(case, "referral")] == ["failed"]
        (said,) = [one for one in there.chat("lead") if "is not confirmed" in one]
        assert why in said
        await school.passes(24 * 3600)
        assert contents(there.room(), case.reference) == []


def limit_the_filling(there: Both) -> None:
    """The platform took the receipt, and wants what fills it later."""
    if there.tried == "slack":
        there.slack.faults.rate_limit("chat.update", retry_after=30)
    else:
        there.teams.faults.refuse("update", 429, retry_after="30")


def limit_the_post(there: Both) -> None:
    """The platform wants the first post later."""
    if there.tried == "slack":
        there.slack.faults.rate_limit("chat.postMessage", retry_after=30)
    else:
        there.teams.faults.refuse("create", 429, retry_after="30")
