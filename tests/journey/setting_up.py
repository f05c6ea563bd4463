"""An admin at their chat: opens setting up, goes from window to window, fills in and saves, on both platforms."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from bot.play.slack import Channel, NotPossibleError, reading
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn, words
from bot.play.teams.reading import buttons, elements_of, intent_of
from bot.play.teams.world import Channel as TeamsChannel
from handlers.setup.overview import NO_CASE
from tests.journey import on_slack, on_teams
from tests.journey.client import Answer

WAIT = "appears here by itself"
TEAM = "0f9b2c3d-1111-4222-8333-944445555666"
Json = dict[str, Any]


@dataclass(frozen=True)
class Here:
    """How one platform calls what an admin names."""

    kind: str
    org: str
    people: Mapping[str, str]
    staff: str
    """A group of staff: the teacher, the leads and whoever stands in."""
    channel: str
    """The link of the police's private channel, and `organisations` that are in it."""
    public: str
    organisations: str

    def ref(self, who: str) -> str:
        """Somebody's account as configuration writes it."""
        return f"{self.kind}:{self.org}/{self.people[who]}"


SLACK = Here(
    "slack", "T1", {**on_slack.PEOPLE, "wren": "U6", "gone": "U7"}, "S0STAFF01",
    "https://northside.slack.com/archives/C0POLICE1", "https://northside.slack.com/archives/C0LUNCH01", "T9",
)  # fmt: skip
TEAMS = Here(
    "teams", on_teams.TENANT, {**on_teams.PEOPLE, "wren": "aad-wren", "gone": "aad-gone"},
    "5b1f0f3e-2222-4333-8444-a55556666777",
    f"https://teams.microsoft.com/l/channel/19%3apolice%40thread.tacv2/police?groupId={TEAM}&tenantId={on_teams.TENANT}",
    "", "",
)  # fmt: skip
POLICE_ON_TEAMS = "19:police@thread.tacv2"


def fill_slack(slack: SlackStandIn) -> None:
    """Add whoever and whatever an admin of Slack names."""
    slack.add_person("U6", "Wren Okafor")
    slack.add_person("U7", "Gone Away", deleted=True)
    slack.add_group("S0STAFF01", ["U1", "U2", "U3", "U6"])
    police = Channel("C0POLICE1", "northside-police", [on_slack.MARSH], is_ext_shared=True)
    police.connected_team_ids = ["T9"]
    slack.add_channel(police)
    slack.add_channel(Channel("C0LUNCH01", "lunch", [], is_private=False))


def fill_teams(teams: TeamsStandIn) -> None:
    """Add whoever and whatever an admin of Teams names."""
    teams.add_person("aad-wren", "Wren Okafor")
    teams.add_person("aad-gone", "Gone Away", deleted=True)
    teams.add_group(TEAMS.staff, ["aad-amira", "aad-priya", "aad-tom", "aad-wren"])
    teams.add_channel(TeamsChannel(POLICE_ON_TEAMS, "police", [on_teams.OFFICER], kind="private"), team=TEAM)


class Admin(Protocol):
    """Somebody at the windows of setting up."""

    here: Here
    who: str

    async def opens(self) -> None:
        """Type the word for it."""

    async def goes(self, label: str, *, row: str = "") -> None:
        """Press a button with this label, in a row that holds these words."""

    async def saves(self, **given: Answer) -> None:
        """Fill in and press the main button."""

    def reads(self) -> str:
        """Every word in front of them, errors too."""

    def errors(self) -> str:
        """What is said to be wrong."""

    def chosen(self) -> dict[str, Answer]:
        """What stands in the fields."""


class OnSlack:
    """`Admin` over the stand-in for Slack."""

    here = SLACK

    def __init__(self, slack: SlackStandIn, who: str = "admin") -> None:
        self.slack, self.who, self._people = slack, who, on_slack.OnSlack(slack)
        self.user = SLACK.people[who]

    async def opens(self) -> None:
        while self.slack.view(self.user) is not None:
            await self.slack.close_view(self.user, everything=True)
        await self.slack.command(self.user, "admin")
        await self._changes("")

    async def goes(self, label: str, *, row: str = "") -> None:
        view = self.slack.view(self.user)
        assert view is not None
        block, button = next(
            (block, one)
            for block, one in reading.buttons(view["blocks"])
            if label in one["text"]["text"] and (not row or row in reading.words([block]))
        )
        await self.slack.press(
            self.user, button["action_id"], value=button.get("value"), block_id=block["block_id"], place="view"
        )
        await self._changes(view["hash"])

    async def saves(self, **given: Answer) -> None:
        await self._people.answers(self.who, given)
        needed: set[str] = set()
        try:
            await self.slack.submit(self.user)
        except NotPossibleError as stopped:  # Slack itself says what is needed; sent past it, we say it too
            view = self.slack.view(self.user)
            assert view is not None
            needed = set(stopped.fields)
            await self.slack.submit(self.user, values=view["state"]["values"])
        await self._changes("")
        assert needed <= set(self._marked())

    def _marked(self) -> list[str]:
        """The fields at which something is said to be wrong."""
        view = self.slack.view(self.user)
        assert view is not None
        below = {block["block_id"]: index for index, block in enumerate(view["blocks"])}
        fields = reading.fields(view["blocks"])
        drawn = [one for one in fields if "⚠️" in reading.words([view["blocks"][below[one] - 1]])]
        return [*drawn, *self.slack.errors(self.user)]

    async def _changes(self, before: str) -> None:
        def changed() -> bool:
            view = self.slack.view(self.user)
            return view is not None and view["hash"] != before and WAIT not in self._people.window(self.who)

        with suppress(TimeoutError):
            await self.slack.until(changed)

    def reads(self) -> str:
        return self._people.window(self.who)

    def errors(self) -> str:
        view = self.slack.view(self.user)
        assert view is not None
        below = {block["block_id"]: index for index, block in enumerate(view["blocks"])}
        drawn = [
            reading.words([view["blocks"][at - 1]])
            for name in reading.fields(view["blocks"])
            if (at := below[name]) and "⚠️" in reading.words([view["blocks"][at - 1]])
        ]
        return "\n".join([*drawn, *self.slack.errors(self.user).values()])

    def chosen(self) -> dict[str, Answer]:
        return self._people.chosen(self.who)


class OnTeams:
    """`Admin` over the stand-in for Teams."""

    here = TEAMS

    def __init__(self, teams: TeamsStandIn, who: str = "admin") -> None:
        self.teams, self.who, self._people = teams, who, on_teams.OnTeams(teams)
        self.user = TEAMS.people[who]

    async def opens(self) -> None:
        before = len(self._set_up())
        await self.teams.message(self.user, "admin")
        await self.teams.until(lambda: len(self._set_up()) > before)
        if self.teams.dialog(self.user):
            self.teams.close_dialog(self.user)

    async def goes(self, label: str, *, row: str = "") -> None:
        card, place = self._front()
        found = next(
            one
            for element, _ in elements_of(card)
            if element["type"] in ("ColumnSet", "ActionSet") and (not row or row in words(element))
            for one in buttons(element)
            if label in one["title"]
        )
        await self.teams.press(self.user, intent_of(found), token=found["data"].get("token"), label=label, place=place)

    async def saves(self, **given: Answer) -> None:
        await self._people.answers(self.who, given)
        await self.teams.submit(self.user)

    def _front(self) -> tuple[Json, Any]:
        dialog = self.teams.dialog(self.user)
        return (dialog.card, "dialog") if dialog else (self._set_up()[-1], "message")

    def _set_up(self) -> list[Json]:
        """The cards of setting up in the chat: what the worker sends may arrive before or after one."""
        return [one.card for one in self.teams.messages(self.user) if NO_CASE in words(one.card)]

    def reads(self) -> str:
        return words(self._front()[0])

    def errors(self) -> str:
        card, _ = self._front()
        return "\n".join(words(one) for one, _ in elements_of(card) if _is_wrong(one))

    def chosen(self) -> dict[str, Answer]:
        return self._people.chosen(self.who)


def _is_wrong(element: Json) -> bool:
    inlines = element.get("inlines") or [{}]
    return "Attention" in (element.get("color"), inlines[0].get("color"))
