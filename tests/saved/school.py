"""The school that a release is saved at: one site on both platforms, and every screen that people there see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.play.slack import reading
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn, buttons
from bot.play.teams.reading import intent_of
from tests.handlers.stories import V01, V05, V18
from tests.journey.client import Client
from tests.journey.on_slack import PEOPLE as ON_SLACK
from tests.journey.on_slack import POLICE_CHANNEL, OnSlack
from tests.journey.on_teams import PEOPLE as ON_TEAMS
from tests.journey.on_teams import OnTeams
from tests.journey.running import CONTACTS, ORGS

Json = dict[str, Any]
CONFIG = f"""
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = LEADS
phone = "01632 960001"
numbers = {{ mash = "01632 960010" }}
serves = {list(ORGS.values())}
clocks = {{ lead_urgent = 10, lead_today = 0.05 }}
{"".join(CONTACTS.values())}
"""
LEADS = '["slack:T1/U2", "teams:tenant-northside/aad-tom"]'
"""One on each platform: so each has a lead's screens."""
ADMINS = "slack:T1/U4,teams:tenant-northside/aad-sam"
WHO_LEADS = {"slack": "lead", "teams": "deputy"}
ADULT = {**V18, "adult_involved": "yes", "adult_role": "known_adult"}


class Windows:
    """Every window that somebody has had in front of them, once each."""

    def __init__(self, slack: SlackStandIn, teams: TeamsStandIn) -> None:
        self._slack, self._teams = slack, teams
        self._seen: set[str] = set()
        self.slack: list[Json] = []
        self.teams: list[Json] = []

    def look(self) -> None:
        """Note what is in front of people now."""
        ws = self._slack.workspace()
        for who in ON_SLACK.values():
            if (top := ws.top_view(who)) is not None:
                self._note(self.slack, {"user": who, "body": top.body})
        for who, home in ws.homes.items():
            self._note(self.slack, {"user": who, "body": home.body})
        for who in ON_TEAMS.values():
            if (dialog := self._teams.dialog(who)) is not None:
                shown = {"title": dialog.title, "card": dialog.card, "compose": dialog.compose}
                self._note(self.teams, {"user": who, **shown})

    def _note(self, where: list[Json], window: Json) -> None:
        text = json.dumps(window, sort_keys=True)
        if text not in self._seen:
            self._seen.add(text)
            where.append(json.loads(text))


class School:
    """People who do everything once, on one platform after the other."""

    def __init__(self, slack: SlackStandIn, teams: TeamsStandIn) -> None:
        self.slack, self.teams = slack, teams
        self.windows = Windows(slack, teams)
        self.people: dict[str, Client] = {"slack": OnSlack(slack), "teams": OnTeams(teams)}

    async def everything(self) -> None:
        """All of it."""
        for platform in ("slack", "teams"):
            people, lead = self.people[platform], WHO_LEADS[platform]
            await self._whole_form(people)
            await self._danger(people)
            await self._undecided(people, lead)
            await self._declined(people, lead)
            await self._referred(people, lead)
            await self._draft(people)
        await self._asides()
        await self._trouble()

    async def _does(self, people: Client, who: str, intent: str, given: Mapping[str, Any] | None = None) -> None:
        await people.answers(who, given or {})
        await people.presses(who, intent)
        self.windows.look()

    async def _starts(self, people: Client) -> None:
        """Begin a new report, whatever else was begun."""
        await people.starts("teacher")
        self.windows.look()
        if "start_report" in people.intents("teacher"):
            await self._does(people, "teacher", "start_report")

    async def _raises(self, people: Client, answers: Mapping[str, Any]) -> None:
        await self._starts(people)
        await self._does(people, "teacher", "recommend_now", answers)
        await people.closes("teacher")

    async def _whole_form(self, people: Client) -> None:
        """Page by page, with a change at the end, and what it is told afterwards."""
        await self._starts(people)
        for _ in range(6):
            self.windows.look()
            await people.answers("teacher", V01)
            if "submit_report" in people.intents("teacher"):
                break
            await people.presses("teacher", "next_page")
        await self._does(people, "teacher", "change_answer")
        await self._does(people, "teacher", "next_page")
        await self._does(people, "teacher", "submit_report")
        await people.closes("teacher")
        await people.until("teacher", "This may be managed in school")
        await people.presses_in_chat("teacher", "update_facts")
        self.windows.look()
        await people.closes("teacher")

    async def _danger(self, people: Client) -> None:
        await self._starts(people)
        await self._does(people, "teacher", "next_page", V05)
        await people.closes("teacher")
        await people.until("teacher", "Call 999 now")

    async def opens(self, people: Client, lead: str) -> None:
        """The newest case, from the list."""
        await people.cases(lead)
        self.windows.look()
        if "open_case" in people.intents(lead):
            await people.presses(lead, "open_case")
        else:
            await people.presses_in_chat(lead, "open_case")
        self.windows.look()

    async def _undecided(self, people: Client, lead: str) -> None:
        """A case that a lead has looked at from every side, and that the raiser asks about."""
        await self._raises(people, ADULT)
        await self.opens(people, lead)
        for intent in ("refer", "do_not_refer", "ask_for_facts"):
            await self._does(people, lead, intent)
            await people.closes(lead)
            await self.opens(people, lead)
        await people.closes(lead)
        await people.until("teacher", "Refer now")
        await people.presses_in_chat("teacher", "ask_escalation")
        await people.until("teacher", "You asked the safeguarding leads")

    async def _declined(self, people: Client, lead: str) -> None:
        await self._raises(people, ADULT)
        await self.opens(people, lead)
        await self._does(people, lead, "do_not_refer")
        await self._does(people, lead, "confirm_do_not_refer", {"reason": "We rang the police ourselves."})
        await people.closes(lead)
        await people.until("teacher", "decided not to refer")

    async def _referred(self, people: Client, lead: str) -> None:
        """To a channel on each platform and by phone. Nobody acknowledges yet."""
        await self._raises(people, ADULT)
        await self.opens(people, lead)
        await self._does(people, lead, "refer")
        ticked = {"contact": ("police", "care", "police_by_phone"), "consequences_read": ("yes",)}
        await self._does(people, lead, "confirm_refer", ticked)
        await people.closes(lead)
        await people.until("teacher", "decided to refer")
        await people.until(lead, "Ring now")
        await people.presses_in_chat(lead, "write_down_call")
        self.windows.look()
        await people.closes(lead)

    async def _draft(self, people: Client) -> None:
        """A report that is left in the middle, and the offer to go on with it."""
        await self._starts(people)
        await self._does(people, "teacher", "next_page", {"harm_now": "no", "coercion": "yes"})
        await people.closes("teacher")
        await people.starts("teacher")
        self.windows.look()
        await people.closes("teacher")

    async def _asides(self) -> None:
        """Home, help, what an admin sees, and a guest."""
        await self.slack.open_home(ON_SLACK["teacher"])
        await self.slack.open_home(ON_SLACK["lead"])
        await self.slack.until(lambda: len(self.slack.workspace().homes) > 1)
        for who, word in (("teacher", "help"), ("teacher", "practise"), ("admin", "admin")):
            await self.slack.command(ON_SLACK[who], word)
            await self.teams.message(ON_TEAMS[who], word)
        for people in self.people.values():
            await people.starts("guest")
        self.windows.look()
        await self._set_up()

    async def _set_up(self) -> None:
        """Each window that an admin gets to from the first one, where the release has any."""
        on_slack, on_teams = ON_SLACK["admin"], ON_TEAMS["admin"]
        first = self.slack.view(on_slack)
        there = reading.buttons(first["blocks"]) if first else []
        for label in [one["text"]["text"] for _, one in there if one["action_id"] == "edit_setup"]:
            await self.people["slack"].presses("admin", "edit_setup", label=label)
            self.windows.look()
            await self.people["slack"].closes("admin")
            await self.slack.command(on_slack, "admin")
            await self.slack.until(lambda: self.slack.view(on_slack))
        for action in buttons(self.teams.messages(on_teams)[-1].shown_to(on_teams)):
            if intent_of(action) == "edit_setup":
                await self.teams.press(on_teams, "edit_setup", label=action["title"], place="message")
                self.windows.look()
                self.teams.close_dialog(on_teams)

    async def _trouble(self) -> None:
        """The police's channel is archived, and a lead on each platform hears that the message did not arrive."""
        self.slack.workspace().channels[POLICE_CHANNEL].is_archived = True
        for platform, lead in WHO_LEADS.items():
            people = self.people[platform]
            await self._raises(people, ADULT)
            await self.opens(people, lead)
            await self._does(people, lead, "refer")
            await self._does(people, lead, "confirm_refer", {"contact": ("police",), "consequences_read": ("yes",)})
            await people.closes(lead)
            await people.until(lead, "is not confirmed. Ring now")
        self.slack.workspace().channels[POLICE_CHANNEL].is_archived = False
        await self._reminded()

    async def _reminded(self) -> None:
        """Something that can wait for today is opened by nobody: all hear of it once more."""
        people = self.people["slack"]
        await self._raises(people, V18)
        await people.until("teacher", "No safeguarding lead has opened this yet")
        await self.people["teams"].until("deputy", "Nobody has opened this yet")
        await people.until("lead", "Nobody has opened this yet")
