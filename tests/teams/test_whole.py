"""The whole journey with the real handlers: raised in Teams, told to a lead by a roster, opened, cleared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.channel import Sent
from bot.play.teams import buttons, fields, words
from handlers.people import Account, Directory, Known
from handlers.route import route
from handlers.sites import Site
from handlers.telling.deliveries import draw
from policy import FACTS
from tests.handlers.memory import MemoryWork
from tests.teams.conftest import AMIRA, GUEST, LEADS, PRIYA, TENANT
from tests.teams.desk import SmallDesk

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from handlers.intents import Intent
    from handlers.screens import Screen
    from tests.teams.conftest import Bot

SITE = Site(
    id="northside",
    name="Northside Academy",
    nation="england",
    leads=(f"teams:{TENANT}/channel:{LEADS}",),
    phone="01632 960001",
    serves=frozenset({f"teams:{TENANT}"}),
)


@dataclass
class RealDesk(SmallDesk):
    """A desk with the real handlers over a memory of its own."""

    work: MemoryWork = field(default_factory=lambda: MemoryWork(directory=Directory(sites=(SITE,))))

    async def known(self, account: Account, *, fresh: bool = False, **_wish: object) -> Known:
        self.groups = set(self.work.directory.groups())
        return await super().known(account, fresh=fresh)

    async def answer(self, intent: Intent) -> Screen | None:
        self.intents.append(intent)
        return route(intent, self.work)

    async def deliver(self, bot: Bot) -> None:
        """What the worker does with everything that is due."""
        for delivery, due in list(self.work.outbox.values()):
            drawn = draw(delivery, self.work) if due <= self.work.now and delivery.state == "queued" else None
            if drawn is not None:
                result = await bot.platform.channel.post(delivery.to, drawn.receipt)
                assert isinstance(result, Sent)
                assert isinstance(await bot.platform.channel.fill(delivery.to, result.address, drawn.content), Sent)
        self.work.send_all()


@pytest.fixture
def desk(bot: Bot) -> RealDesk:
    """The real handlers behind the bot."""
    real = RealDesk({TENANT}, bot.platform.lookup)
    bot.desk.known = real.known  # type: ignore[method-assign]  # the platform holds the small one
    bot.desk.answer = real.answer  # type: ignore[method-assign]
    return real


async def answer_pages(teams: TeamsStandIn, known: dict[str, str | tuple[str, ...]]) -> None:
    """Answer what is asked, page by page, up to Check your answers."""
    for _ in range(4):
        here = {name: value for name, value in known.items() if name in fields(teams.card(AMIRA))}
        if "submit_report" in {action["data"].get("intent") for action in buttons(teams.card(AMIRA))}:
            return
        await teams.submit(AMIRA, here)


WORST = {
    fact.id: tuple(a.id for a in fact.answers if a.id != "not_known") if fact.several else fact.answers[0].id
    for fact in FACTS
} | {"harm_now": "no"}


async def test_from_report_to_the_lead(teams: TeamsStandIn, bot: Bot, desk: RealDesk) -> None:
    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")
    await answer_pages(teams, {**WORST, "notes": "The form tutor knows."})
    assert words(teams.card(AMIRA)).startswith("In danger now? Call 999")
    await teams.submit(AMIRA)
    reference = next(iter(desk.work.cases.values())).reference
    assert reference in words(teams.card(AMIRA))

    await desk.deliver(bot)
    mine, theirs = teams.messages(AMIRA)[-1], teams.messages(PRIYA)[-1]
    assert mine.summary == theirs.summary == f"{reference}: ready to read in Signpost."
    assert [action["data"]["intent"] for action in buttons(mine.card) if "data" in action] == [
        "ask_escalation", "update_facts", "open_case", "clear_from_chat",
    ]  # fmt: skip
    assert "form tutor" not in str(mine.activity) + str(theirs.activity)
    assert teams.in_channel(LEADS) == []

    await teams.press(PRIYA, "open_case")
    assert "The form tutor knows." in words(teams.card(PRIYA))
    teams.close_dialog(AMIRA)
    await teams.press(AMIRA, "ask_escalation")
    await teams.until(lambda: "Ask the leads again" in words(mine.card))
    await teams.press(AMIRA, "clear_from_chat")
    await teams.until(lambda: "Cleared from chat." in words(mine.card))


async def test_recommend_now_from_the_message_extension_is_one_page_and_enough(
    teams: TeamsStandIn, bot: Bot, desk: RealDesk
) -> None:
    await teams.compose(AMIRA)
    await teams.press(AMIRA, "recommend_now", answers={"harm_now": "no"})
    sent = teams.carrier.sent[-1]
    shown = words(teams.card(AMIRA))

    for new_id in (False, True):
        reply = await teams.redeliver(sent, new_id=new_id)
        assert reply.status == 200

    assert len(desk.work.cases) == 1
    assert next(iter(desk.work.cases.values())).reference in shown
    await desk.deliver(bot)
    assert len(teams.messages(AMIRA)) == 1


async def test_a_message_that_is_handed_over_is_answered_by_why_it_is_not_taken(
    teams: TeamsStandIn, bot: Bot, desk: RealDesk
) -> None:
    for shown in ("Step 1 of 3", "a report that is not sent yet"):
        await teams.compose(AMIRA, payload={"body": {"content": "ZEBRA"}})
        said = words(teams.card(AMIRA))
        assert shown in said
        assert "A chat message cannot be passed on here. Nothing of it was read and nothing kept." in said
        assert "after the command" not in said
        if shown.startswith("Step"):
            await teams.submit(AMIRA, {"harm_now": "no"})
        teams.close_dialog(AMIRA)
    assert "ZEBRA" not in repr(desk.intents) + repr(desk.work.drafts)
    assert bot.refused == []


async def test_a_stale_page_never_overwrites_a_newer_one(teams: TeamsStandIn, bot: Bot, desk: RealDesk) -> None:
    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")
    stale = dict(next(a for a in teams.card(AMIRA)["actions"])["data"])
    await teams.submit(AMIRA, {"harm_now": "no"})

    await teams.submit(AMIRA, data={**stale, "harm_now": "at_risk"})

    assert "has moved on" in words(teams.card(AMIRA))
    assert next(iter(desk.work.drafts.values())).answers["harm_now"] == "no"
    assert bot.refused == []


async def test_cases_are_listed_in_the_chat_and_guests_see_none(teams: TeamsStandIn, bot: Bot, desk: RealDesk) -> None:
    await teams.compose(AMIRA)
    await teams.press(AMIRA, "recommend_now", answers={"harm_now": "no"})
    assert len(desk.work.cases) == 1

    for user, listed in ((PRIYA, 1), (AMIRA, 1), (GUEST, 0)):
        await teams.message(user, "cases")
        card = teams.messages(user)[-1].card
        assert [action["data"]["intent"] for action in buttons(card)] == ["open_case"] * listed
        assert words(card).startswith("In danger now? Call 999")
    assert bot.refused == []


async def test_a_lead_who_leaves_the_channel_is_refused_at_the_next_press(
    teams: TeamsStandIn, bot: Bot, desk: RealDesk
) -> None:
    await teams.compose(AMIRA)
    await teams.press(AMIRA, "recommend_now", answers={"harm_now": "no"})
    await desk.deliver(bot)
    await teams.press(PRIYA, "open_case")
    assert "What was answered" in words(teams.card(PRIYA))

    teams.world.teams["team-northside"].channels[LEADS].members.remove(PRIYA)
    await teams.press(PRIYA, "open_case", place="message")

    assert "What was answered" not in words(teams.card(PRIYA))


async def test_words_files_and_help_are_answered_with_the_start_button(
    teams: TeamsStandIn, bot: Bot, desk: RealDesk
) -> None:
    await teams.message(AMIRA, "a long story")
    await desk.deliver(bot)
    assert "Don't describe the incident here" in words(teams.messages(AMIRA)[-1].card)

    for word in ("help", "practise", "admin"):
        await teams.message(AMIRA, word)
        assert teams.messages(AMIRA)[-1].summary.startswith("Signpost")
    await teams.press(AMIRA, "start_report")
    assert teams.dialog(AMIRA) is not None
