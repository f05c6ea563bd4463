"""A contact whose channel is not what it was is out of use at the next look, and everybody concerned hears once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.rooms import Looks
from bot.store.store import Store, open_store
from bot.store.vault import Keys
from bot.watch import EVERY_SECONDS, watch_contacts
from handlers.changes import Change
from handlers.people import Account, Directory, Known, Standing
from handlers.setup.told import line
from handlers.sites import Contact, Site
from tests.journey.on_slack import POLICE_CHANNEL
from tests.journey.on_teams import CARE_CHANNEL, OFFICER, TENANT
from tests.running.both_platforms import Both, both
from tests.store.databases import fresh_sqlite, postgres_url  # noqa: F401 - a fixture
from tests.store.given import KEY

LEAD, DEPUTY, ADMIN, OWNER = (Account.parse(f"slack:T1/{who}") for who in ("U2", "U3", "U4", "U1"))
EVERYBODY = {LEAD, DEPUTY, ADMIN, OWNER}
REVIEW = date(2027, 2, 22)
CONTACTS = (
    Contact("police", "police", "slack", f"T1/{POLICE_CHANNEL}", verified=True, organisations=("T9",),
            review_by=REVIEW, owner="Amira Khan", owner_account=str(OWNER)),
    Contact("care", "social_care", "teams", f"{TENANT}/team-northside/{CARE_CHANNEL}", verified=True,
            review_by=REVIEW, owner="Amira Khan", owner_account=str(OWNER)),
)  # fmt: skip
SITE = Site("northside", "Northside", "england", (str(LEAD), str(DEPUTY)), serves=frozenset({"slack:T1"}))


@dataclass
class Watching:
    """Processes that watch the same contacts, with a clock of their own."""

    there: Both
    stores: list[Store]
    day: datetime

    async def look(self) -> None:
        """Every process looks once, all at the same moment."""
        looks = Looks(lambda: self.there.channels)
        await asyncio.gather(*(watch_contacts(one, looks, nobody_asked, every=0, apart=0) for one in self.stores))

    async def contact(self, contact_id: str) -> Contact:
        """How a contact stands."""
        directory = await self.stores[-1].read(lambda work: work.directory)
        return next(one for site in directory.sites for one in site.contacts if one.id == contact_id)

    async def changes(self) -> list[Change]:
        """What was noted, oldest first."""
        return list(reversed(await self.stores[-1].read(lambda work: work.changes(50))))

    async def told(self) -> Counter[Account]:
        """How many messages about changes each of them is to get."""
        sent = await self.stores[-1].read(lambda work: work.deliveries(""))
        return Counter(one.to for one in sent if one.kind == "setup_told")


async def nobody_asked() -> Known:
    return Known(Standing(member=False, why_not="unknown"))


@asynccontextmanager
async def watching(url: str, folder: Path, replicas: int = 1) -> AsyncIterator[Watching]:
    """Some processes over one database, where the two contacts were set up in chat and acknowledged."""
    async with AsyncExitStack() as things:
        there = await things.enter_async_context(both(folder / "school", "slack"))
        made = Watching(there, [], datetime(2026, 11, 24, 12, tzinfo=UTC))
        admins = Directory(admins=frozenset({ADMIN}), first_admins=frozenset({ADMIN}))
        for _ in range(replicas):
            store = await open_store(url, keys=Keys.parse(KEY), directory=lambda: admins, clock=lambda: made.day)
            things.push_async_callback(store.close)
            made.stores.append(store)
        site = Site(**{**{name: getattr(SITE, name) for name in SITE.__slots__}, "contacts": CONTACTS})
        await made.stores[0].run(lambda work: work.keep_site(site))
        await made.look()
        assert await made.told() == {}
        yield made


def slack(**changes: object) -> Callable[[Both], None]:
    """Slack says something else of the police channel."""

    def change(there: Both) -> None:
        for name, value in changes.items():
            setattr(there.slack.workspace().channels[POLICE_CHANNEL], name, value)

    return change


def taken_out_of_slack(there: Both) -> None:
    there.slack.workspace().channels[POLICE_CHANNEL].members.clear()


def taken_out_of_teams(there: Both) -> None:
    channel = there.teams.world.channel(CARE_CHANNEL)
    assert channel is not None
    channel.has_app = False


def teams(**changes: str) -> Callable[[Both], None]:
    """Teams says something else of the care channel."""

    def change(there: Both) -> None:
        for name, value in changes.items():
            setattr(there.teams.world.channel(CARE_CHANNEL), name, value)

    return change


def joined_on_teams(there: Both) -> None:
    there.teams.add_person("aad-stranger", "A stranger", home="another-tenant")
    channel = there.teams.world.channel(CARE_CHANNEL)
    assert channel is not None
    channel.members = [OFFICER, "aad-stranger"]


CHANGED = {
    "slack: made public": ("police", slack(is_private=False), "not_private", "The channel was made public."),
    "slack: archived": ("police", slack(is_archived=True), "archived", "The channel is archived."),
    "slack: renamed": ("police", slack(name="lunch"), "renamed", "The channel has another name"),
    "slack: another organisation": (
        "police", slack(connected_team_ids=["T9", "T8"]), "outside_organisation", "Another organisation was let",
    ),
    "slack: the bot is out": ("police", taken_out_of_slack, "channel_not_found", "Signpost was taken out of it"),
    "slack: no longer shared": (
        "police", slack(is_ext_shared=False, connected_team_ids=[]), "not_shared_as_expected", "no longer shared",
    ),
    "teams: the bot is out": ("care", taken_out_of_teams, "not_in_channel", "Signpost was taken out of the channel."),
    "teams: open to its team": ("care", teams(kind="standard"), "not_private", "The channel was made public."),
    "teams: renamed": ("care", teams(name="lunch"), "renamed", "The channel has another name"),
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
        assert await made.told() == dict.fromkeys(EVERYBODY, 4)
        assert {(await made.contact(one.id)).suspended for one in CONTACTS} == {"lapsed"}
