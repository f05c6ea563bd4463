"""A contact whose channel is not what it was is out of use at the next look, and everybody concerned hears once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.watching.rooms import EVERY_SECONDS
from handlers.setup.told import line
from tests.journey.on_slack import POLICE_CHANNEL
from tests.journey.on_teams import CARE_CHANNEL, OFFICER
from tests.running.both_platforms import Both
from tests.running.watching import CONTACTS, EVERYBODY, slack, teams, watching
from tests.store.databases import fresh_sqlite, postgres_url  # noqa: F401 - a fixture


def taken_out_of_slack(there: Both) -> None:
    there.slack.workspace().channels[POLICE_CHANNEL].members.clear()


def taken_out_of_teams(there: Both) -> None:
    channel = there.teams.world.channel(CARE_CHANNEL)
    assert channel is not None
    channel.has_app = False


def joined_on_teams(there: Both) -> None:
    there.teams.add_person("aad-stranger", "A stranger", home="another-tenant")
    channel = there.teams.world.channel(CARE_CHANNEL)
    assert channel is not None
    channel.members = [OFFICER, "aad-stranger"]


CHANGED = {
    "slack: made public": ("police", slack(is_private=False), "not_private", "The channel was made public."),
    "slack: archived": ("police", slack(is_archived=True), "archived", "The channel is archived."),
    "slack: renamed": ("police", slack(name="lunch"), "renamed", "The channel was given another name"),
    "slack: another organisation": (
        "police", slack(connected_team_ids=["T9", "T8"]), "outside_organisation", "Another organisation was let",
    ),
    "slack: the bot is out": ("police", taken_out_of_slack, "channel_not_found", "Signpost was taken out of it"),
    "slack: no longer shared": (
        "police", slack(is_ext_shared=False, connected_team_ids=[]), "not_shared_as_expected", "no longer shared",
    ),
    "teams: the bot is out": ("care", taken_out_of_teams, "not_in_channel", "Signpost was taken out of the channel."),
    "teams: open to its team": ("care", teams(kind="standard"), "not_private", "The channel was made public."),
    "teams: renamed": ("care", teams(name="lunch"), "renamed", "The channel was given another name"),
    "teams: another organisation": ("care", joined_on_teams, "outside_organisation", "Another organisation was let"),
}  # fmt: skip


def test_each_contact_is_looked_at_every_minute() -> None:
    assert EVERY_SECONDS <= 60


@pytest.mark.parametrize("change", list(CHANGED))
async def test_it_is_out_of_use_at_the_next_look_and_everybody_concerned_hears_once(
    tmp_path: Path, change: str
) -> None:
    which, happens, why, says = CHANGED[change]
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        happens(made.there)
        await made.look()
        await made.look()

        assert (await made.contact(which)).suspended == why
        assert [(await made.contact(one.id)).suspended for one in CONTACTS if one.id != which] == [""]
        (noted,) = await made.changes()
        assert says in line(noted)
        assert await made.told() == dict.fromkeys(EVERYBODY, 1)


@pytest.mark.parametrize(("which", "happens"), [("police", slack(name="lunch")), ("care", teams(name="lunch"))])
async def test_of_a_renamed_channel_both_names_are_told_and_kept(
    tmp_path: Path, which: str, happens: Callable[[Both], None]
) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        before = (await made.contact(which)).room
        happens(made.there)
        await made.look()
        contact = await made.contact(which)
        assert (contact.room, contact.called) == (before, "lunch")
        (noted,) = await made.changes()
        mark = "#" if contact.kind == "slack" else ""
        assert f"{mark}lunch (before: {mark}{before})" in line(noted)


async def test_two_replicas_that_look_at_the_same_moment_tell_once(postgres_url: str, tmp_path: Path) -> None:  # noqa: F811
    async with watching(postgres_url, tmp_path, replicas=2) as made:
        for change in (slack(is_archived=True), joined_on_teams):
            change(made.there)
        for _ in range(3):
            await made.look()
        assert sorted(one.about for one in await made.changes()) == ["care", "police"]
        assert await made.told() == dict.fromkeys(EVERYBODY, 2)


async def test_a_platform_that_is_away_takes_nothing_out_of_use(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        made.there.slack.faults.server_error("conversations.info", times=5)
        made.there.teams.faults.refuse("members", 503, times=5)
        await made.look()
        assert [(await made.contact(one.id)).suspended for one in CONTACTS] == ["", ""]
        assert await made.told() == {}


async def test_a_review_date_comes_near_and_passes(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        noted: list[tuple[int, list[str]]] = []
        for days in (15, 14, 13, 1, 0, -1, -2):
            made.day = datetime(2027, 2, 22, 12, tzinfo=UTC) - timedelta(days=days)
            await made.look()
            noted.append((days, sorted(one.what for one in await made.changes())))
        due, lapsed = ["contact_due"] * 2, ["contact_lapsed"] * 2
        assert noted == [(15, []), *((days, due) for days in (14, 13, 1, 0)), (-1, due + lapsed), (-2, due + lapsed)]
        assert await made.told() == dict.fromkeys(EVERYBODY, 3), "both in one message, and at once of each that lapsed"
        assert {(await made.contact(one.id)).suspended for one in CONTACTS} == {"lapsed"}
