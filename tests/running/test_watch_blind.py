"""What speaks of our own token, rights or line takes no contact out of use: admins hear of it, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.watching.rooms import BLIND_SECONDS
from handlers.setup.told import line
from tests.journey.on_teams import TENANT
from tests.running.watching import ADMIN, CONTACTS, OWNER, Watching, slack, watching
from tests.store.databases import fresh_sqlite

SLACK, TEAMS = "slack:T1", f"teams:{TENANT}"
OF_US = {
    **{
        f"slack: {code}": (SLACK, code, "")
        for code in (
            "token_revoked", "invalid_auth", "account_inactive", "access_denied", "ekm_access_denied",
            "org_login_required", "team_added_to_org", "team_access_not_granted", "accesslimited", "no_permission",
        )
    },
    "slack: without the scope": (SLACK, "no_groups_read", "groups:read"),
    "teams: registration refused": (TEAMS, "not_authorised", "registration"),
    "teams: forbidden": (TEAMS, "not_installed", "forbids"),
}  # fmt: skip


def goes_wrong(made: Watching, case: str) -> None:
    if case == "slack: without the scope":
        made.there.slack.workspace().scopes.discard("groups:read")
    elif case.startswith("slack"):
        made.there.slack.faults.refuse("conversations.info", case.partition(" ")[2], times=500)
    else:
        status = 401 if "registration" in case else 403
        made.there.teams.faults.refuse("members", status, times=500, code="BotDisabledByAdmin")


def is_mended(made: Watching) -> None:
    made.there.slack.workspace().scopes.add("groups:read")
    made.there.slack.faults.clear()
    made.there.teams.faults.clear()


async def suspended(made: Watching) -> list[str]:
    return [(await made.contact(one.id)).suspended for one in CONTACTS]


async def blind(made: Watching) -> dict[str, str]:
    directory = await made.stores[-1].read(lambda work: work.directory)
    return dict(directory.blind)


@pytest.mark.parametrize("case", list(OF_US))
async def test_what_speaks_of_us_suspends_nothing_and_admins_hear_once(tmp_path: Path, case: str) -> None:
    place, why, says = OF_US[case]
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        for times in range(3):  # it comes and goes
            goes_wrong(made, case)
            await made.look()
            assert await suspended(made) == ["", ""]
            assert await blind(made) == {place: why}
            if times == 2:
                break
            is_mended(made)
            await made.look()
            assert await blind(made) == {}
        (noted,) = await made.changes()
        assert (noted.what, noted.about) == ("watch_blind", place)
        assert place.partition(":")[2] in line(noted)
        assert says in line(noted)
        assert await made.told() == {ADMIN: 1}


async def test_a_contact_that_changed_meanwhile_is_noticed_once_we_can_look_again(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        goes_wrong(made, "slack: token_revoked")
        slack(is_private=False)(made.there)
        await made.look()
        is_mended(made)
        await made.look()
        assert await suspended(made) == ["not_private", ""]


async def test_with_the_scope_a_public_channel_is_called_public(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        slack(is_private=False)(made.there)
        await made.look()
        assert (await suspended(made), await blind(made)) == (["not_private", ""], {})


async def test_of_a_line_that_is_down_admins_hear_after_a_while(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        made.there.slack.faults.server_error("conversations.info", times=500)
        await made.look()
        assert await blind(made) == {}
        made.seconds += BLIND_SECONDS + 1
        await made.look()
        assert await blind(made) == {SLACK: "room_not_read"}
        assert await suspended(made) == ["", ""]
        is_mended(made)
        await made.look()
        assert await blind(made) == {}


async def test_an_owner_who_has_no_account_any_more_is_told_to_admins_and_the_contact_stays_in_use(
    tmp_path: Path,
) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        owner = made.there.slack.workspace().people[OWNER.user]
        for deleted, noted in ((False, 0), (True, 2), (True, 2), (False, 2), (True, 4)):
            owner.deleted = deleted
            made.seconds += 3600
            await made.look()
            assert [one.what for one in await made.changes()] == ["contact_owner_gone"] * noted
        assert await suspended(made) == ["", ""]
        assert set(await made.told()) == {ADMIN}


async def test_an_owner_of_whom_nobody_can_tell_is_not_called_gone(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        made.there.slack.workspace().people[OWNER.user].deleted = True
        made.there.slack.faults.server_error("users.info", times=500)
        made.seconds += 3600
        await made.look()
        assert await made.changes() == []
