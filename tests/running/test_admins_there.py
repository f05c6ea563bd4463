"""An admin of Signpost who is in a contact's channel is noticed at the next look, on both platforms, and gone again."""

from __future__ import annotations

from pathlib import Path

import pytest

from handlers.people import Account
from tests.journey.on_slack import MARSH, POLICE_CHANNEL
from tests.journey.on_teams import CARE_CHANNEL, TENANT
from tests.journey.on_teams import PEOPLE as ON_TEAMS
from tests.running.watching import ADMIN, Watching, watching
from tests.store.databases import fresh_sqlite

ADMIN_ON_TEAMS = Account("teams", TENANT, ON_TEAMS["admin"])


def members(made: Watching, which: str) -> list[str]:
    """Who is in the channel of a contact."""
    if which == "police":
        return made.there.slack.workspace().channels[POLICE_CHANNEL].members
    channel = made.there.teams.world.channel(CARE_CHANNEL)
    assert channel is not None
    return channel.members


@pytest.mark.parametrize(("which", "admin"), [("police", ADMIN), ("care", ADMIN_ON_TEAMS)], ids=["slack", "teams"])
async def test_who_joins_is_noticed_and_who_leaves_is_forgotten_and_the_contact_stays_in_use(
    tmp_path: Path, which: str, admin: Account
) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        await made.stores[0].run(lambda work: work.keep_admins(frozenset({admin})))
        await made.look()
        assert (await made.contact(which)).admins == ()

        members(made, which).append(admin.user)
        await made.look()
        contact = await made.contact(which)
        assert contact.admins == (str(admin),)
        assert not contact.suspended
        assert await made.changes() == []

        members(made, which).remove(admin.user)
        await made.look()
        assert (await made.contact(which)).admins == ()


async def test_somebody_of_another_workspace_with_the_id_of_an_admin_is_no_admin(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        for org, found in (("T1", ()), ("T9", (f"slack:T9/{MARSH}",))):
            account = Account("slack", org, MARSH)
            await made.stores[0].run(lambda work, one=account: work.keep_admins(frozenset({one})))  # type: ignore[misc]
            await made.look()
            assert (await made.contact("police")).admins == found
