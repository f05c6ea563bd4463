"""A site that a group leads, of whichever platform, and processes that watch it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.play.slack import Channel
from bot.play.teams.world import Channel as TeamsChannel
from handlers.people import Account
from handlers.setup.told import line
from tests.journey.on_teams import TENANT
from tests.running.watching import SITE, Watching, watching

ENTRA = "5b1f0f3e-2222-4333-8444-a5555666000a"
KINDS = {
    "user group": "slack:T1/S0LEADS01", "private channel": "slack:T1/C0LEADS01",
    "Entra group": f"teams:{TENANT}/group:{ENTRA}", "Teams channel": f"teams:{TENANT}/channel:19:leads@thread.tacv2",
}  # fmt: skip
CALLED = {
    "user group": "user group @dsl-team", "private channel": "channel #dsl-team", "Entra group": "Entra group DSLs",
    "Teams channel": "channel leads",
}  # fmt: skip
ON_SLACK = {"lead": "U2", "deputy": "U3", "admin": "U4", "guest": "U8"}
ON_TEAMS = {"lead": "aad-priya", "deputy": "aad-tom", "admin": "aad-sam", "guest": "aad-guest"}
UNREADABLE: dict[str, Callable[[Watching], None]] = {
    "user group": lambda made: made.there.slack.faults.server_error("usergroups.users.list", times=9),
    "private channel": lambda made: made.there.slack.faults.server_error("conversations.info", times=9),
    "Entra group": lambda made: made.there.teams.faults.refuse("graph", 503, times=9),
    "Teams channel": lambda made: made.there.teams.faults.refuse("members", 503, times=9),
}


@dataclass
class Led:
    """Processes that watch a site whose leads are a group."""

    made: Watching
    kind: str
    members: list[str]

    @property
    def ref(self) -> str:
        return KINDS[self.kind]

    def who(self, role: str) -> Account:
        platform, _, org = self.ref.partition("/")[0].partition(":")
        return Account.parse(f"{platform}:{org}/{self.user(role)}")

    def user(self, role: str) -> str:
        return (ON_SLACK if self.ref.startswith("slack") else ON_TEAMS)[role]

    async def told(self) -> list[tuple[str, tuple[str, ...]]]:
        """Who was announced as a lead, or as one no more, since the site is there."""
        changes = await self.made.changes()
        return sorted((one.what, one.whom) for one in changes if one.what in ("lead_joined", "lead_left"))

    def swaps(self, who: str, comes: str) -> None:
        """One leaves the group and another joins it."""
        self.members.remove(self.user(who))
        self.members.append(self.user(comes))

    async def lines(self) -> str:
        return "\n".join(line(one) for one in await self.made.changes())


def filled(made: Watching, kind: str, *users: str) -> list[str]:
    """The group with these in it, as the stand-in holds them."""
    slack, teams = made.there.slack, made.there.teams
    match kind:
        case "user group":
            return slack.add_group("S0LEADS01", users, handle="dsl-team").members
        case "private channel":
            return slack.add_channel(Channel("C0LEADS01", "dsl-team", list(users))).members
        case "Entra group":
            return teams.add_group(ENTRA, users, name="DSLs").members
        case _:
            return teams.add_channel(
                TeamsChannel("19:leads@thread.tacv2", "leads", list(users), kind="private")
            ).members


@asynccontextmanager
async def led(url: str, folder: Path, kind: str, replicas: int = 1) -> AsyncIterator[Led]:
    """A site that a group of the lead and the deputy leads, read once."""
    async with watching(url, folder, replicas) as made:
        there = Led(made, kind, [])
        there.members = filled(made, kind, there.user("lead"), there.user("deputy"))
        await made.stores[0].run(lambda work: work.keep_site(replace(SITE, leads=(there.ref,))))
        await made.look()
        assert await there.told() == []
        yield there
