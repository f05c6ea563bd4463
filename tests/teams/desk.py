"""A small front desk: it keeps what it was asked, and answers with the screens that a test gives it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handlers.people import Account, Known, Standing
from handlers.screens import Button, Buttons, Caution, Form, Heading, Message, Option, Paragraph, Question, TextBox

if TYPE_CHECKING:
    from bot.teams.lookup import TeamsLookup
    from handlers.intents import Intent
    from handlers.screens import Screen

FIRST = "draft~d1~page/1~0~north"
SECOND = "draft~d1~page/2~1~north"
CASE = "case~c1~~1~"


def page(number: int = 1, **more: object) -> Form:
    """A page of a form with every kind of field."""
    token = FIRST if number == 1 else SECOND
    return Form(
        "Signpost",
        (
            Caution("In danger now? Call 999.\nNever the image."),
            Heading(f"Step {number} of 2"),
            Question("harm_now", "Is anyone in danger?", (Option("no", "No"), Option("yes", "Yes")), help="Now."),
            Question("seen_by", "Who saw it?", (Option("a", "Ann"), Option("b", "Bob")), several=True, chosen=("b",)),
            TextBox("notes", "Anything else?", help="No names.", value="begun"),
            Buttons((Button("recommend_now", "Get the recommendation now", token), Button("previous_page", "Back"))),
        ),
        submit=Button("next_page", "Continue", token, main=True),
        token=token,
        **more,  # type: ignore[arg-type]
    )


def start() -> Message:
    """The card that begins everything."""
    return Message(
        "Signpost",
        (
            Caution("In danger now? Call 999."),
            Paragraph("Start here."),
            Buttons((Button("start_report", "Raise an incident", opens_form=True, main=True),)),
        ),
    )


def recommendation(words: str = "Call the police.") -> Message:
    """A message with a button of each kind."""
    return Message(
        "SP-7K4M-2Q: ready to read in Signpost.",
        (
            Heading(words),
            Buttons(
                (
                    Button("ask_escalation", "Ask a lead to escalate", CASE, main=True),
                    Button("open_case", "Open", CASE, opens_form=True),
                    Button("clear_from_chat", "Clear from chat", CASE),
                )
            ),
        ),
    )


@dataclass
class SmallDesk:
    """The `bot.channel.Desk` of a test. `screens` answers by intent; what is not there gets `otherwise`."""

    tenants: set[str]
    lookup: TeamsLookup | None = None
    screens: dict[str, object] = field(default_factory=dict)
    intents: list[Intent] = field(default_factory=list)
    groups: set[str] = field(default_factory=set)
    posts: list[tuple[Account, str, str]] = field(default_factory=list)
    """Lists that were said to stand in a chat."""
    reached: list[Account] = field(default_factory=list)
    """Who can be written to from a moment on."""

    async def known(self, account: Account, *, fresh: bool = False, **_wish: object) -> Known:
        assert self.lookup is not None
        standing = await self.lookup.standing(account, fresh=fresh)
        groups = {group: await self.lookup.members(group, fresh=fresh) for group in self.groups}
        return Known(standing, {group: found for group, found in groups.items() if found is not None})

    async def posted(self, account: Account, name: str, address: str) -> None:
        self.posts.append((account, name, address))

    async def drawn_again(self, intent: Intent) -> Screen | None:
        return await self.answer(intent)

    async def answer(self, intent: Intent) -> Screen | None:
        self.intents.append(intent)
        found = self.screens.get(intent.name, not_yours())
        return found(intent) if callable(found) else found  # type: ignore[return-value]

    async def reachable(self, account: Account) -> None:
        self.reached.append(account)

    def serves(self, org: str) -> bool:
        return org.removeprefix("teams:") in self.tenants

    @property
    def last(self) -> Intent:
        return self.intents[-1]

    def names(self) -> list[str]:
        return [intent.name for intent in self.intents]


def not_yours() -> Form:
    return Form("Signpost", (Caution("In danger now? Call 999."), Heading("This is not yours to see")))


MEMBER = Standing(member=True)
