"""Twenty workspaces at one Signpost, thousands of random presses, and not a word of one in another (SR-10)."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from pathlib import Path
from typing import Any

from bot.play.slack import NotPossibleError, buttons, fields, words
from bot.play.slack import payloads as sent
from bot.play.slack.oauth import DistributedStandIn
from bot.store.outbox import Outbox
from handlers.people import Directory
from tests.slack.whole import Whole, a_site, signpost, slack_with
from tests.store.databases import fresh_sqlite
from tests.store.given import sql

TEAMS = tuple(f"T{number}" for number in range(1, 21))
CASES = 3
STEPS = 2000
SEED = 20261124
MARKS = re.compile(r"\b(?:School|Teacher|Lead|Note) (T\d+)\b")
REFERENCES = re.compile(r"\bSP-\w{4}-\w{2}\b")


def seen_in(slack: DistributedStandIn, team: str) -> str:
    """Every word that anybody in a workspace can see: messages, windows, home pages."""
    ws = slack.workspaces[team]
    views = [view for stack in ws.stacks.values() for view in stack] + list(ws.homes.values())
    typed = [str(view.body) for view in views]
    return "\n".join([*(f"{m.text} {words(m.blocks)} {m.blocks}" for m in ws.messages), *typed])


class Walk:
    """Somebody somewhere does something, again and again."""

    def __init__(self, bot: Whole) -> None:
        self.bot, self.slack = bot, bot.slack
        self.chance = random.Random(SEED)  # noqa: S311  # the same walk every time
        self.did: Counter[str] = Counter()
        self.tokens: list[tuple[str, str, str]] = []
        """Buttons that somebody saw somewhere: workspace, intent, sealed token."""

    async def step(self) -> str:
        """One of the things that a person, or an attacker with an account, can do; the workspace where."""
        team, user = self.chance.choice(TEAMS), self.chance.choice(("U1", "U2"))
        what = self.chance.choice(("command", "cases", "home", "press", "press", "press", "submit", "close", "steal"))
        try:
            await getattr(self, f"_{what}")(user, team)
            self.did[what] += 1
        except NotPossibleError:
            self.did["not possible"] += 1
        return team

    async def _command(self, user: str, team: str) -> None:
        await self.slack.command(user, team=team)

    async def _cases(self, user: str, team: str) -> None:
        await self.slack.command(user, "cases", team=team)

    async def _home(self, user: str, team: str) -> None:
        await self.slack.open_home(user, team=team)

    async def _close(self, user: str, team: str) -> None:
        await self.slack.close_view(user, everything=True, team=team)

    async def _press(self, user: str, team: str) -> None:
        ws = self.slack.workspaces[team]
        view = ws.top_view(user)
        in_window = list(buttons(view.body["blocks"])) if view else []
        in_messages = [found for m in ws.messages_seen_by(user) for found in buttons(m.blocks)]
        shown = in_window + in_messages[-6:]
        if not shown:
            raise NotPossibleError("nothing to press")
        _, button = self.chance.choice(shown)
        self.tokens.append((team, button["action_id"], button.get("value", "")))
        await self.slack.press(user, button["action_id"], value=button.get("value"), team=team)

    async def _submit(self, user: str, team: str) -> None:
        view = self.slack.workspaces[team].top_view(user)
        given: dict[str, Any] = {"notes": f"Note {team}"} if view and "notes" in fields(view.body["blocks"]) else {}
        if view and "harm_now" in fields(view.body["blocks"]):
            given["harm_now"] = "no"
        await self.slack.submit(user, given, team=team)

    async def _steal(self, user: str, team: str) -> None:
        """Send what was drawn in another workspace as if it stood in our own conversation."""
        foreign = [one for one in self.tokens if one[0] != team]
        if not foreign:
            raise NotPossibleError("nothing to steal")
        _, intent, token = self.chance.choice(foreign)
        ws = self.slack.workspaces[team]
        payload = sent.interaction(ws, ws.people[user], "block_actions")
        where = ws.direct_channel(user).id
        payload |= {
            "trigger_id": self.slack.new_trigger(ws, user),
            "container": {"type": "message", "message_ts": "1.000001", "channel_id": where, "is_ephemeral": False},
            "channel": {"id": where, "name": "directmessage"},
            "actions": [{"type": "button", "action_id": intent, "value": token, "block_id": "b", "action_ts": "1.1"}],
        }
        assert (await self.slack.carrier.carry("interactive", payload)).status == 200


async def leaks(bot: Whole, url: str, teams: tuple[str, ...]) -> list[str]:
    """What can be seen in a workspace and belongs to another."""
    homes = {
        str(one): str(site).removeprefix("site-").upper()
        for one, site in await sql(url, "SELECT reference, site FROM cases")
    }
    found = []
    for team in teams:
        text = seen_in(bot.slack, team)
        found += [f"{team} sees {mark[0]}" for mark in MARKS.finditer(text) if mark[1] != team]
        found += [
            f"{team} sees {ref} of {homes.get(ref)}" for ref in set(REFERENCES.findall(text)) if homes.get(ref) != team
        ]
    return found


async def test_thousands_of_random_steps_over_twenty_workspaces_show_nothing_of_another(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    async with slack_with(*TEAMS) as slack, signpost(slack, url, Directory(tuple(map(a_site, TEAMS)))) as bot:
        await bot.install(*TEAMS)
        walk = Walk(bot)
        for team in TEAMS:
            for _ in range(CASES):
                await slack.command("U1", team=team)
                await slack.press("U1", "recommend_now", answers={"harm_now": "no"}, place="view", team=team)
        for number in range(STEPS):
            team = await walk.step()
            if number % 25 == 0:
                assert await leaks(bot, url, (team,)) == []
        async with asyncio.timeout(60):
            while await Outbox(bot.running.store).oldest() > 0:  # noqa: ASYNC110  # a row has no event
                await asyncio.sleep(0.05)

        assert await leaks(bot, url, TEAMS) == []
        per_team = Counter(str(site) for (site,) in await sql(url, "SELECT site FROM cases"))
        assert len(per_team) == len(TEAMS)
        assert min(per_team.values()) >= CASES
        assert all(
            walk.did[what] >= STEPS / 100 for what in ("command", "cases", "home", "press", "submit", "steal")
        ), walk.did
