"""SR-17: fifty presses by two leads at the same moment, over two processes of `serve` on one PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.store.vault import new_key
from handlers.clocks import told
from tests.handlers.stories import V18
from tests.journey.at_once import Press, SlackPress, TeamsPress, all_at_once
from tests.journey.client import Client
from tests.journey.conftest import slack_settings
from tests.journey.on_slack import OnSlack, workspace
from tests.journey.on_teams import PEOPLE as ON_TEAMS
from tests.journey.on_teams import OnTeams, tenant
from tests.journey.running import CONFIG, CONTACTS, LEADS, ORGS, Bot
from tests.running.served import run_bot
from tests.store.given import sql

PRESSES = 50
WHERE = {"slack": ("slack", "slack"), "teams": ("teams", "teams"), "both": ("slack", "teams")}
"""On which platform the lead and the deputy decide."""
AGAIN = ("cannot reach its records just now", "appears here by itself in a moment")
"""What somebody reads on a busy machine."""
"""What somebody reads whose answer took too long; they press again."""
NAMES = ("Priya Nair", "Tom Reid")


@dataclass
class Two:
    """Two processes over one database, and the people around them."""

    bots: tuple[Bot, Bot]
    lead: Client
    deputy: Client
    accounts: tuple[str, str]
    presses: tuple[Press, Press]
    police: Client
    care: Client


@asynccontextmanager
async def two(url: str, folder: Path, where: tuple[str, str]) -> AsyncIterator[Two]:
    """Start both, with the lead on the first of these platforms and the deputy on the second."""
    async with AsyncExitStack() as things:
        slack, teams = await things.enter_async_context(workspace()), await things.enter_async_context(tenant())
        given = {"SIGNPOST_KEYS": new_key(), "SIGNPOST_DATABASE_URL": url, **slack_settings(slack), **teams.settings}
        leads = [LEADS[where[0]][0], LEADS[where[1]][1]]
        config = CONFIG.format(leads=leads, contacts="".join(CONTACTS.values()), serves=list(ORGS.values()))
        bots = tuple(_replica(given, folder / name, config) for name in ("one", "other"))
        for bot in bots:
            things.push_async_callback(bot.kill)
            await bot.start()
        slack.bot_url = f"http://127.0.0.1:{bots[0].port}/slack/events"
        teams.bot_url = f"http://127.0.0.1:{bots[0].port}/api/messages"
        for who in ON_TEAMS.values():
            await teams.install(who)
        people: dict[str, Client] = {"slack": OnSlack(slack), "teams": OnTeams(teams)}
        press: dict[str, Callable[[str], Press]] = {
            "slack": lambda who: SlackPress(slack, who),
            "teams": lambda who: TeamsPress(teams, who),
        }
        yield Two(
            bots=(bots[0], bots[1]),
            lead=people[where[0]],
            deputy=people[where[1]],
            accounts=(leads[0], leads[1]),
            presses=(press[where[0]]("lead"), press[where[1]]("deputy")),
            police=people["slack"],
            care=people["teams"],
        )


def _replica(given: Mapping[str, str], folder: Path, config: str) -> Bot:
    folder.mkdir()
    (folder / "signpost.toml").write_text(config)
    return Bot(given, folder)


async def at_the_case(people: Client, who: str, button: str) -> None:
    """Open the case from the list, and the window in which it is decided."""
    await people.cases(who)
    if "open_case" in people.intents(who):
        await people.presses(who, "open_case")
    else:
        await people.presses_in_chat(who, "open_case")
    await people.presses(who, button)
    await people.answers(who, {"contact": ("police",), "consequences_read": ("yes",), "reason": "An adult."})


@pytest.mark.parametrize("second", ["refer", "do_not_refer"])
@pytest.mark.parametrize("where", list(WHERE))
async def test_one_decision_and_one_message_and_everybody_is_told_who_and_when(
    postgres_url: str, tmp_path: Path, where: str, second: str
) -> None:
    async with two(postgres_url, tmp_path, WHERE[where]) as both:
        await both.lead.starts("teacher")
        await both.lead.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
        await both.lead.presses("teacher", "recommend_now")
        await both.lead.until("lead", "Refer now")
        await at_the_case(both.lead, "lead", "refer")
        await at_the_case(both.deputy, "deputy", second)

        presses = [(both.presses[n % 2], both.bots[n // 2 % 2].port) for n in range(PRESSES)]
        answers = await all_at_once(presses)
        late = 0
        for number in range(PRESSES):
            while any(words in answers[number].words for words in AGAIN):
                late += 1
                (answers[number],) = await all_at_once([presses[number]])

        case = await exported(both.bots[1])
        (decision,) = case["decisions"]
        at = told(datetime.fromisoformat(decision["at"]))
        for number, answer in enumerate(answers):
            mine = decision["by"] == both.accounts[number % 2]
            assert f"{'You' if mine else decision['by_name']} decided at {at}" in answer.words
        assert decision["by_name"] in NAMES
        assert [one["event"] for one in case["audit"]["entries"]].count("case.decided") == 1
        await only_one_goes_out(both, case, referred=decision["kind"] == "refer")
        assert sum(bot.log().count("not_saved") for bot in both.bots) <= late


async def only_one_goes_out(both: Two, case: dict[str, Any], *, referred: bool) -> None:
    """To the contact that was chosen, once; none where the decision was not to refer."""
    outbound = [one for one in case["deliveries"] if one["kind"] == "referral"]
    assert len(outbound) == (1 if referred else 0)
    if referred:
        await both.police.until_room("Safeguarding notice")
    assert await both.lead.until("teacher", "A safeguarding lead decided")
    assert len(both.police.room()) == len(outbound)
    assert both.care.room() == []


async def exported(bot: Bot) -> dict[str, Any]:
    """The only case, as `export` writes it."""
    ((reference,),) = await sql(bot.settings["SIGNPOST_DATABASE_URL"], "SELECT reference FROM cases")
    status, out, err = await run_bot("export", reference, settings=bot.settings)
    assert status == 0, err
    found: dict[str, Any] = json.loads(out)
    return found
