"""`serve` itself and a lead without the app: the next one is told and reads whom to ring, and nothing stays missed."""

from __future__ import annotations

from pathlib import Path

from bot.play.teams import TeamsStandIn, words
from bot.store.vault import new_key
from tests.journey.on_teams import PEOPLE, OnTeams, tenant
from tests.journey.running import running

PRIYA, TOM = PEOPLE["lead"], PEOPLE["deputy"]


def noticed(teams: TeamsStandIn, user: str) -> int:
    """How many messages about a case somebody has."""
    return sum("Open it to decide" in words(message.card) for message in teams.messages(user))


async def test_a_lead_who_gets_the_app_after_the_incident_is_told_of_it_once(tmp_path: Path) -> None:
    async with tenant() as teams:
        settings = {**teams.settings, "SIGNPOST_KEYS": new_key()}
        async with running(settings, tmp_path, leads_on="teams") as bot:
            teams.bot_url = f"http://127.0.0.1:{bot.port}/api/messages"
            teams.person(PRIYA).has_app = False
            people = OnTeams(teams)
            await people.starts("teacher")
            await people.presses("teacher", "recommend_now")
            await people.closes("teacher")

            await teams.until(lambda: noticed(teams, TOM) == 1)
            await people.presses_in_chat("deputy", "open_case")
            assert "Not told through Signpost, which is not added for them: " in people.window("deputy")
            assert noticed(teams, PRIYA) == 0

            await bot.kill()
            await bot.start()
            await teams.install(PRIYA)
            await teams.until(lambda: noticed(teams, PRIYA) == 1)
            await teams.install(PRIYA)
            await teams.message(PRIYA, "help")

            assert noticed(teams, PRIYA) == 1
            await people.presses_in_chat("lead", "open_case")
            assert "What was answered" in people.window("lead") or "Not known" in people.window("lead")
            assert "not added" not in people.window("lead")
