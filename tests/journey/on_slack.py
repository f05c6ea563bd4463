"""The journeys' people on Slack: the stand-in signs and posts what a real workspace would."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from bot.play.slack import Channel, reading
from bot.play.slack.standin import SlackStandIn
from tests.journey.client import Answer

PEOPLE = {"teacher": "U1", "lead": "U2", "deputy": "U3", "admin": "U4", "guest": "U8"}

MARSH = "U5"
POLICE_CHANNEL = "C9"


def workspace() -> SlackStandIn:
    """A workspace with everybody in it."""
    slack = SlackStandIn()
    for who, name in (
        ("teacher", "Amira Khan"), ("lead", "Priya Nair"), ("deputy", "Tom Reid"), ("admin", "Sam Okafor"),
    ):  # fmt: skip
        slack.add_person(PEOPLE[who], name)
    slack.add_person(PEOPLE["guest"], "A guest", is_restricted=True)
    slack.add_person(MARSH, "Jo Marsh", home_team="T9")
    police = Channel(POLICE_CHANNEL, "northside-police", [MARSH], is_ext_shared=True)
    police.connected_team_ids = ["T9"]
    slack.add_channel(police)
    return slack


class OnSlack:
    """`Client` over the stand-in."""

    def __init__(self, slack: SlackStandIn) -> None:
        self.slack = slack

    async def starts(self, who: str) -> None:
        await self.slack.command(PEOPLE[who])
        await self.slack.until(lambda: self.slack.view(PEOPLE[who]))

    async def cases(self, who: str) -> str:
        await self.slack.command(PEOPLE[who], "cases")
        await self.slack.until(lambda: self.slack.view(PEOPLE[who]))
        return self.window(who)

    async def answers(self, who: str, given: Mapping[str, Answer]) -> None:
        here = {name: value for name, value in given.items() if name in self.asked(who)}
        self.slack.fill(PEOPLE[who], {k: list(v) if isinstance(v, tuple) else v for k, v in here.items()}, place="view")

    async def presses(self, who: str, intent: str, *, label: str = "") -> None:
        with suppress(TimeoutError):  # on a busy machine a window that says wait comes first
            await self.slack.until(lambda: intent in self.intents(who))
        view = self.slack.view(PEOPLE[who])
        assert view is not None
        if view["callback_id"] == intent:
            await self.slack.submit(PEOPLE[who])
            return
        for _, button in reading.buttons(view["blocks"]):
            if button["action_id"] == intent and label in button["text"]["text"]:
                await self.slack.press(PEOPLE[who], intent, value=button.get("value"), place="view")
                return
        raise AssertionError(f"no {intent} in the window of {who}")

    async def presses_in_chat(self, who: str, intent: str) -> None:
        await self.slack.press(PEOPLE[who], intent, place="message")

    async def closes(self, who: str) -> None:
        await self.slack.close_view(PEOPLE[who], everything=True)

    def window(self, who: str) -> str:
        view = self.slack.view(PEOPLE[who])
        if view is None:
            return ""
        return "\n".join([reading.words(view["blocks"]), *self.slack.errors(PEOPLE[who]).values()])

    def asked(self, who: str) -> list[str]:
        view = self.slack.view(PEOPLE[who])
        return list(reading.fields(view["blocks"])) if view else []

    def chosen(self, who: str) -> dict[str, Answer]:
        view = self.slack.view(PEOPLE[who])
        assert view is not None
        values = {block: next(iter(held.values())) for block, held in view["state"]["values"].items()}
        return {block: _value(held) for block, held in values.items()}

    def intents(self, who: str) -> list[str]:
        view = self.slack.view(PEOPLE[who])
        if view is None:
            return []
        return [button["action_id"] for _, button in reading.buttons(view["blocks"])] + [view["callback_id"]]

    def chat(self, who: str) -> list[str]:
        return [reading.words(message.blocks) for message in self.slack.messages(PEOPLE[who])]

    def notified(self, who: str) -> list[str]:
        return [message.text for message in self.slack.messages(PEOPLE[who])]

    def room(self) -> list[str]:
        return [reading.words(message.blocks) for message in self.slack.in_channel(POLICE_CHANNEL)]

    async def acknowledges(self) -> None:
        await self.slack.press(MARSH, "acknowledge", place="message")

    async def until_room(self, words: str, *, within: float = 60.0) -> str:
        await self.slack.until(lambda: any(words in said for said in self.room()), within=within)
        return self.room()[-1]

    async def until(self, who: str, words: str, *, within: float = 60.0) -> str:
        await self.slack.until(lambda: any(words in said for said in self.chat(who)), within=within)
        return next(said for said in reversed(self.chat(who)) if words in said)


def _value(held: Mapping[str, object]) -> Answer:
    match held:
        case {"selected_options": list(options)}:
            return tuple(option["value"] for option in options)
        case {"selected_option": {"value": str(value)}}:
            return value
        case {"selected_users": list(people)}:
            return tuple(people)
        case {"selected_user": str(user)}:
            return user
        case {"value": str(text)}:
            return text
        case _:
            return None
