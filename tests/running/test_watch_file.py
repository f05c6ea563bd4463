"""Contacts of the CONFIG file: what was seen is bound to where they lead, and they lapse as those of chat do."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.play.slack import Channel as OnSlack
from bot.play.teams import Channel as OnTeams
from handlers.contacts import contacts_of
from handlers.people import Directory
from handlers.setup.standing import line as standing
from handlers.setup.told import line
from handlers.sites import Contact
from tests.journey.on_teams import OFFICER, TENANT
from tests.running.watching import ADMIN, CONTACTS, EVERYBODY, SITE, Watching, slack, teams, watching
from tests.store.databases import fresh_sqlite

POLICE, CARE = CONTACTS
DESK = Contact("desk", "police", "mail", "desk@police.example", verified=True, review_by=POLICE.review_by,
               owner_account=POLICE.owner_account)  # fmt: skip
MOVED = {
    "slack": (POLICE, "T1/C0NEW", slack(name="lunch"), slack(is_archived=True)),
    "teams": (CARE, f"{TENANT}/team-northside/19:new@thread.tacv2", teams(name="lunch"), teams(kind="standard")),
}


@dataclass
class File:
    """What the CONFIG file says. It is read when a process begins: here it counts at the next look."""

    contacts: tuple[Contact, ...] = CONTACTS

    def __post_init__(self) -> None:
        self.directory = Directory()
        self.says(*self.contacts)

    def says(self, *contacts: Contact) -> None:
        site = replace(SITE, contacts=contacts, declared=True)
        self.directory = Directory((site,), admins=frozenset({ADMIN}), first_admins=frozenset({ADMIN}))


@asynccontextmanager
async def filed(folder: Path, *contacts: Contact) -> AsyncIterator[tuple[Watching, File]]:
    file = File(contacts or CONTACTS)
    async with watching(fresh_sqlite(folder), folder, declared=lambda: file.directory) as made:
        made.there.slack.add_channel(
            OnSlack("C0NEW", "northside-police-2", ["U5"], is_ext_shared=True, connected_team_ids=["T9"])
        )
        made.there.teams.add_channel(OnTeams("19:new@thread.tacv2", "care-2", [OFFICER], kind="private"))
        yield made, file


async def offered(made: Watching) -> set[str]:
    directory = await made.stores[-1].read(lambda work: work.directory)
    return {one.id for one in contacts_of(directory.sites[0]) if one.kind != "by_hand"}


@pytest.mark.parametrize("platform", list(MOVED))
@pytest.mark.parametrize("before", ["in use", "renamed", "spoilt"])
async def test_a_contact_that_moved_starts_anew(tmp_path: Path, platform: str, before: str) -> None:
    contact, place, renamed, spoilt = MOVED[platform]
    async with filed(tmp_path, contact) as (made, file):
        if before != "in use":
            (renamed if before == "renamed" else spoilt)(made.there)
            await made.look()
            assert await offered(made) == set()
        noted = len(await made.changes())

        file.says(replace(contact, destination=place))
        for _ in range(3):
            await made.look()
        assert await offered(made) == {contact.id}
        assert len(await made.changes()) == noted, "another place is no renamed channel"
        assert (await made.contact(contact.id)).room.endswith("-2")


async def test_back_at_the_old_place_what_is_true_there_counts(tmp_path: Path) -> None:
    async with filed(tmp_path, POLICE) as (made, file):
        slack(is_archived=True)(made.there)
        await made.look()
        file.says(replace(POLICE, destination="T1/C0NEW"))
        await made.look()
        file.says(POLICE)
        await made.look()
        assert (await made.contact("police")).suspended == "archived"


@pytest.mark.parametrize("contact", [POLICE, CARE, DESK], ids=["slack", "teams", "mail"])
async def test_it_comes_due_and_lapses_as_one_of_chat_does_in_words_that_fit_the_file(
    tmp_path: Path, contact: Contact
) -> None:
    assert contact.review_by is not None
    async with filed(tmp_path, contact) as (made, file):
        for days, noted in ((15, []), (14, ["due"]), (0, ["due"]), (-1, ["due", "lapsed"]), (-2, ["due", "lapsed"])):
            made.day = datetime(2027, 2, 22, 12, tzinfo=UTC) - timedelta(days=days)
            await made.look()
            assert [one.what for one in await made.changes()] == [f"contact_{one}" for one in noted]
            assert await offered(made) == ({contact.id} if days >= 0 else set())
        for told in await made.changes():
            assert "review_by" in line(told)
            assert "sends it a test" not in line(told)
        assert set(await made.told()) == EVERYBODY
        assert "review_by" in standing(await made.contact(contact.id), in_file=True)

        file.says(replace(contact, review_by=date(2027, 6, 1)))
        await made.look()
        assert await offered(made) == {contact.id}


async def test_what_is_near_is_said_to_an_admin_without_a_button_that_is_not_there(tmp_path: Path) -> None:
    async with filed(tmp_path, POLICE) as (made, _):
        made.day = datetime(2027, 2, 20, 12, tzinfo=UTC)
        await made.look()
        contact = await made.contact("police")
        assert "write a later review_by into the file" in standing(contact, in_file=True)
        assert "Send the test again" in standing(contact), "which there is for one of chat"
