"""The journeys' people on Teams: the stand-in signs in, posts and presses as a real tenant would."""

from __future__ import annotations

from collections.abc import Mapping

from bot.play.teams import TeamsStandIn, buttons, fields, words
from bot.play.teams.reading import intent_of
from bot.play.teams.world import Channel
from tests.journey.client import Answer

TENANT = "tenant-northside"
PEOPLE = {
    "teacher": "aad-amira", "lead": "aad-priya", "deputy": "aad-tom", "admin": "aad-sam", "guest": "aad-guest",
}  # fmt: skip

OFFICER = "aad-ola"
LIST = "Open cases that are yours to see"
CARE_CHANNEL = "19:care@thread.tacv2"


def tenant() -> TeamsStandIn:
    """A tenant with everybody in it."""
    teams = TeamsStandIn(tenant=TENANT)
    for who, name in (
        ("teacher", "Amira Khan"), ("lead", "Priya Nair"), ("deputy", "Tom Reid"), ("admin", "Sam Okafor"),
    ):  # fmt: skip
        teams.add_person(PEOPLE[who], name)
    teams.add_person(PEOPLE["guest"], "A guest", is_guest=True)
    teams.add_person(OFFICER, "Ola Berg")
    teams.add_channel(Channel(CARE_CHANNEL, "care", [OFFICER, PEOPLE["lead"]], kind="private"))
    return teams


class OnTeams:
    """`Client` over the stand-in."""

    def __init__(self, teams: TeamsStandIn) -> None:
        self.teams = teams

    async def starts(self, who: str) -> None:
        await self.teams.message(PEOPLE[who], "report")
        if who != "guest":
            await self.teams.press(PEOPLE[who], "start_report", place="message")

    async def cases(self, who: str) -> str:
        before = len(self.teams.messages(PEOPLE[who]))
        await self.teams.message(PEOPLE[who], "cases")

        def lists() -> list[str]:  # what the worker sends may arrive before or after the answer
            return [said for said in self.chat(who)[before:] if LIST in said]

        await self.teams.until(lists)
        return lists()[-1]

    async def answers(self, who: str, given: Mapping[str, Answer]) -> None:
        here = {name: value for name, value in given.items() if name in self.asked(who)}
        self.teams.fill(PEOPLE[who], {k: list(v) if isinstance(v, tuple) else v for k, v in here.items()})

    async def presses(self, who: str, intent: str, *, label: str = "") -> None:
        await self.teams.press(PEOPLE[who], intent, label=label, place="dialog")

    async def presses_in_chat(self, who: str, intent: str) -> None:
        await self.teams.press(PEOPLE[who], intent, place="message")

    async def closes(self, who: str) -> None:
        self.teams.close_dialog(PEOPLE[who])

    def window(self, who: str) -> str:
        dialog = self.teams.dialog(PEOPLE[who])
        return words(dialog.card) if dialog else ""

    def asked(self, who: str) -> list[str]:
        dialog = self.teams.dialog(PEOPLE[who])
        return list(fields(dialog.card)) if dialog else []

    def chosen(self, who: str) -> dict[str, Answer]:
        dialog = self.teams.dialog(PEOPLE[who])
        assert dialog is not None
        drawn = {name: field.get("value") or None for name, field in fields(dialog.card).items()}
        return {**drawn, **{name: value or None for name, value in dialog.values.items()}}

    def intents(self, who: str) -> list[str]:
        dialog = self.teams.dialog(PEOPLE[who])
        return [intent_of(action) for action in buttons(dialog.card)] if dialog else []

    def chat(self, who: str) -> list[str]:
        return [words(held.shown_to(PEOPLE[who])) for held in self.teams.messages(PEOPLE[who])]

    def notified(self, who: str) -> list[str]:
        return [held.summary for held in self.teams.messages(PEOPLE[who])]

    def room(self) -> list[str]:
        return [words(held.shown_to(PEOPLE["lead"])) for held in self.teams.in_channel(CARE_CHANNEL)]

    async def acknowledges(self) -> None:
        await self.teams.press(OFFICER, "acknowledge", channel=CARE_CHANNEL)

    async def until_room(self, words: str, *, within: float = 60.0) -> str:
        await self.teams.until(lambda: any(words in said for said in self.room()), within=within)
        return self.room()[-1]

    async def until(self, who: str, words: str, *, within: float = 60.0) -> str:
        await self.teams.until(lambda: any(words in said for said in self.chat(who)), within=within)
        return next(said for said in reversed(self.chat(who)) if words in said)
