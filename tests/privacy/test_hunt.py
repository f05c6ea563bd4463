"""SR-27: marks are planted wherever somebody types, much goes wrong, and then they are looked for everywhere.

The whole journey runs over both platforms at the log's most talkative level, with lost answers, faults of a server and
kills in between. Afterwards a mark may stand in one place alone: a message or window of the person it was meant for.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import aiohttp
import pytest
import pytest_asyncio

from bot.play.slack.standin import SlackStandIn
from bot.play.teams.standin import TeamsStandIn
from bot.store.vault import new_key
from tests.handlers.stories import V07
from tests.journey.client import Client
from tests.journey.conftest import slack_settings
from tests.journey.on_slack import POLICE_CHANNEL, OnSlack, workspace
from tests.journey.on_teams import CARE_CHANNEL, OnTeams, tenant
from tests.journey.on_teams import PEOPLE as TEAMS_PEOPLE
from tests.journey.running import Bot, running
from tests.journey.test_journey import whole_form
from tests.privacy.marks import found

NOTE, REASON, CALL, LOST = (
    "Zephyrine note 7731",
    "Quixotane reason 4410",
    "Umbrelline call 9027",
    "Vermilette lost 5563",
)
MARKS = (NOTE, REASON, CALL, LOST)
ANSWERS = ("staff_or_trust", "image_under_18", "Someone aged 18")
"""Answers as the program names them: they would give a case away as well as any word of a person."""


@dataclass
class Scene:
    """One Signpost between a Slack workspace and a Teams tenant, and the only folders that it may write to."""

    bot: Bot
    slack: SlackStandIn
    teams: TeamsStandIn
    raising: Client
    deciding: Client
    folder: Path


@pytest_asyncio.fixture(params=["leads-on-slack", "leads-on-teams"])
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    """Everything in its place, with the log at debug level."""
    leads_on = str(request.param).removeprefix("leads-on-")
    (tmp_path / "tmp").mkdir()
    async with workspace() as slack, tenant() as teams:
        slack.strict = teams.strict = False  # faults are ordered here
        given = {
            "SIGNPOST_KEYS": new_key(),
            "SIGNPOST_LOG_LEVEL": "debug",
            "TMPDIR": str(tmp_path / "tmp"),
            **slack_settings(slack),
            **teams.settings,
        }
        async with running(given, tmp_path, leads_on=leads_on, platforms=("slack", "teams")) as bot:
            slack.bot_url = f"http://127.0.0.1:{bot.port}/slack/events"
            teams.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
            for who in TEAMS_PEOPLE.values():
                await teams.install(who)
            people: dict[str, Client] = {"slack": OnSlack(slack), "teams": OnTeams(teams)}
            other = "teams" if leads_on == "slack" else "slack"
            yield Scene(bot, slack, teams, people[other], people[leads_on], tmp_path)


async def _a_day(scene: Scene) -> None:
    """Raised, decided, rung, acknowledged; with every kind of trouble on the way."""
    raising, deciding = scene.raising, scene.deciding
    await raising.starts("teacher")
    await whole_form(raising, "teacher", {**V07, "adult_role": "staff_or_trust", "notes": NOTE})
    for faults, method in ((scene.slack.faults, "chat.postMessage"), (scene.teams.faults, "post")):
        faults.drop_reply(method)
    await raising.presses("teacher", "submit_report")
    await raising.closes("teacher")
    await scene.bot.kill()
    await scene.bot.start()
    await deciding.until("lead", "Refer now")
    await deciding.presses_in_chat("lead", "open_case")
    await deciding.presses("lead", "refer")
    given = {"contact": ("police", "care", "police_by_phone"), "consequences_read": ("yes",), "reason": REASON}
    await deciding.answers("lead", given)
    await deciding.presses("lead", "confirm_refer")
    await deciding.closes("lead")
    await scene.bot.kill()
    await scene.bot.start()
    for people in (raising, deciding):
        await people.until_room("Safeguarding notice")
        await people.acknowledges()
        await people.until_room("Acknowledged by")
    await deciding.until("lead", "Ring now")
    await deciding.presses_in_chat("lead", "open_case")
    assert NOTE in deciding.window("lead"), "what is hunted for is there, before whom it is meant for"
    assert REASON in deciding.window("lead")
    await deciding.closes("lead")


async def _what_is_lost(scene: Scene) -> None:
    """Words that were typed and never sent, a question that a platform refuses, and requests that nobody signed."""
    await scene.raising.starts("teacher")
    await scene.raising.answers("teacher", {"harm_now": "no", "notes": LOST})
    scene.slack.faults.server_error("users.info", times=3)
    scene.teams.faults.refuse("member", 500, times=3)
    await scene.raising.presses("teacher", "next_page")
    await scene.raising.answers("teacher", {"notes": LOST})
    await scene.raising.closes("teacher")
    address = f"http://127.0.0.1:{scene.bot.port}"
    async with aiohttp.ClientSession() as session:
        for where in ("/slack/events", "/api/messages", f"/{LOST}", f"/a/{LOST}", f"/slack/events?{LOST}"):
            async with session.post(address + where, data=LOST.encode()) as answer:
                assert found(MARKS, await answer.read()) == [], where
                assert found(MARKS, str(answer.headers).encode()) == [], where


async def test_sr_27_no_mark_stands_anywhere_but_before_whom_it_is_meant_for(scene: Scene) -> None:
    await _a_day(scene)
    await _what_is_lost(scene)

    told = await _told_the_operator(scene)
    assert "delivery" in told["log"], "the log was listened to"
    for where, text in told.items():
        assert found((*MARKS, *ANSWERS, "Amira Khan", "Priya Nair"), text.encode()) == [], where
    for path in _files(scene.folder):
        assert found((*MARKS, *ANSWERS), path.read_bytes()) == [], path.relative_to(scene.folder)


async def test_sr_27_what_leaves_for_a_platform_holds_a_mark_only_where_it_is_read(scene: Scene) -> None:
    await _a_day(scene)

    said = _to_contacts(scene)
    assert all(any("Safeguarding notice" in line for line in lines) for lines in said.values())
    for platform, lines in said.items():
        assert found((NOTE, REASON), "\n".join(lines).encode()) == [], f"a contact reads what was approved: {platform}"
    for people in (scene.raising, scene.deciding):
        for who in ("admin", "guest"):
            assert people.chat(who) == [] or found(MARKS, "\n".join(people.chat(who)).encode()) == []
    assert found((REASON,), "\n".join(scene.raising.chat("teacher")).encode()) == [], "a reason is for the leads"
    shown = _notifications(scene)
    assert any("ready to read in Signpost" in line for line in shown)
    assert found((*MARKS, *ANSWERS, "Refer now: police", "Amira Khan"), "\n".join(shown).encode()) == [], (
        "a notification"
    )
    assert found(MARKS, _addresses(scene).encode()) == []


async def _told_the_operator(scene: Scene) -> dict[str, str]:
    """What whoever runs Signpost can read: its log, its figures, its health, and its process."""
    told = {"log": scene.bot.log()}
    async with aiohttp.ClientSession() as session:
        for path in ("/metrics", "/readyz", "/healthz"):
            async with session.get(f"http://127.0.0.1:{scene.bot.ops_port}{path}") as answer:
                told[path] = await answer.text()
    assert scene.bot.process is not None
    for name in ("cmdline", "environ", "comm"):
        with suppress(FileNotFoundError):  # no Linux
            file = Path(f"/proc/{scene.bot.process.pid}/{name}")
            told[name] = (await asyncio.to_thread(file.read_bytes)).decode(errors="replace")
    return told


def _files(folder: Path) -> list[Path]:
    """Every file that Signpost wrote: database, journal, index, log, and what it may have left in TMPDIR."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "signpost.toml"]
    assert {path.name for path in files} >= {"signpost.db", "log"}
    return files


def _to_contacts(scene: Scene) -> dict[str, list[str]]:
    """All that was ever sent to a contact's channel, also what something else stands in place of by now."""
    on_slack = [json.dumps(call.params) for call in scene.slack.calls if call.params.get("channel") == POLICE_CHANNEL]
    on_teams = [json.dumps(call.body) for call in scene.teams.calls if CARE_CHANNEL in unquote(call.path)]
    return {"slack": on_slack, "teams": on_teams}


def _notifications(scene: Scene) -> list[str]:
    """All that a notification can show of any message, of those too that others stand in place of by now."""
    on_slack = [str(call.params.get("text", "")) for call in scene.slack.calls]
    on_teams = [str(call.body.get(name, "")) for call in scene.teams.calls for name in ("summary", "text")]
    return [line for line in on_slack + on_teams if line]


def _addresses(scene: Scene) -> str:
    """Every address that was called at a platform."""
    return "\n".join([*(call.method for call in scene.slack.calls), *(call.path for call in scene.teams.calls)])
