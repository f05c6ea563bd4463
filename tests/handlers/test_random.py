"""SR-19: whatever order things happen in, nothing leaves that a lead did not approve word for word."""

from __future__ import annotations

import itertools
import random
from typing import TYPE_CHECKING

import pytest

from handlers.case import MOVES, State
from handlers.intents import Intent, Subject, Surface
from handlers.route import route
from handlers.screens import Form, buttons_of
from tests.handlers.deciding import (
    CARE_ROOM,
    DEPUTY,
    LEAD,
    ROOM,
    TEACHER,
    a_work,
    acknowledges,
    opened,
    raised,
    the_case,
)  # fmt: skip
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07, V18

if TYPE_CHECKING:
    from handlers.people import Account
    from handlers.ports import Delivery, DeliveryState

EVENTS = 250
SEEDS = 40
"""Together 10,000 events."""
DECIDES = ("refer", "do_not_refer", "confirm_refer", "confirm_do_not_refer", "ask_for_facts", "confirm_ask_for_facts")
TROUBLE = ("resend", "mark_delivered", "phone_instead", "write_down_call", "confirm_call")


class Play:
    """People who press at random what they have ever seen, and a world that fails at random."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same story for the same seed
        self.work: MemoryWork = a_work(requires_two_people=self.chance.random() < 0.2)
        by = self.chance.choice([TEACHER, TEACHER, LEAD])
        raised(self.work, self.chance.choice([V07, V18]), by=by)
        self.seen: list[tuple[Account, Someone]] = []
        self.approved: set[str] = set()
        """The lines of each window that a confirming press was made from."""

    def act(self) -> None:
        """One thing happens."""
        self.chance.choice([self.opens, self.presses, self.presses, self.updates, self.waits, self.room])()

    def opens(self) -> None:
        who = self.chance.choice([LEAD, DEPUTY, TEACHER])
        person = opened(self.work, who)
        self.seen.append((who, person))

    def presses(self) -> None:
        if not self.seen:
            return
        who, person = self.chance.choice(self.seen[-12:])
        offered = [b for b in person.screen_buttons() if b.intent in (*DECIDES, *TROUBLE)]
        if not offered:
            return
        copy = Someone(self.work, who, screen=person.screen)
        copy.answers(
            {
                "contact": self.chance.choice([("police",), ("police", "care"), ("police_by_phone",), ()]),
                "consequences_read": self.chance.choice([("yes",), ("yes",), None]),
                "reason": self.chance.choice(["Because.", "  ", None]),
                "ask": ("coercion",),
                "log": "LOG 1",
            }
        )
        before, shown = len(the_case(self.work).decisions), text_of(copy.screen)
        copy.presses(self.chance.choice(offered).intent)
        if len(the_case(self.work).decisions) > before:
            self.approved |= set(shown.splitlines())
        self.seen.append((who, copy))

    def updates(self) -> None:
        if self.chance.random() < 0.7:
            return
        token = Subject("case", the_case(self.work).id, "", 1).write()
        person = Someone(self.work, self.chance.choice([TEACHER, LEAD]))
        person.asks("update_facts", surface=Surface.MESSAGE, subject=token)
        if any(button.intent == "recommend_now" for button in person.screen_buttons()):
            person.answers({"coercion": self.chance.choice(["yes", "no"])}).presses("recommend_now")

    def waits(self) -> None:
        self.work.passes(self.chance.choice([0, 0, 1, 3, 20, 700]), ends=self.ends)
        for delivery, message in self.work.arrived[-4:]:
            if delivery.to in (LEAD, DEPUTY):
                self.seen.append((delivery.to, Someone(self.work, delivery.to).sees(message)))

    def ends(self, delivery: Delivery) -> DeliveryState:
        return self.chance.choice(["sent", "sent", "sent", "unsure", "failed", "queued"]) if delivery else "sent"

    def room(self) -> None:
        messages = [message for where in (ROOM,) for message in self.work.at(where)]
        if messages and any(b.intent == "acknowledge" for b in buttons_of(messages[-1])):
            acknowledges(self.work, messages[-1])


@pytest.fixture(params=range(SEEDS))
def play(request: pytest.FixtureRequest) -> Play:
    """One random story."""
    return Play(request.param)


def test_nothing_leaves_that_was_not_approved_and_no_move_is_illegal(play: Play) -> None:
    states = [the_case(play.work).state]
    told: set[int] = set()
    for _ in range(EVENTS):
        play.act()
        state = the_case(play.work).state
        if state is not states[-1]:
            states.append(state)
        for number, (delivery, message) in enumerate(play.work.arrived):
            if number in told or delivery.to not in (ROOM, CARE_ROOM):
                continue
            told.add(number)
            lines = {line for line in text_of(message).splitlines() if not line.startswith("Acknowledged by")}
            assert lines - play.approved - {"Acknowledge"} == set()

    for was, now in itertools.pairwise(states):
        assert now in MOVES[was]
    case = the_case(play.work)
    assert [one.number for one in case.decisions] == list(range(1, len(case.decisions) + 1))
    assert case.state is not State.CLOSED
    for decision in case.decisions:
        assert decision.reason.strip()
        assert decision.kind == "do_not_refer" or decision.notice


def test_every_button_of_deciding_that_ever_stood_there_still_answers(play: Play) -> None:  # SR-18
    for _ in range(60):
        play.act()
    for who, person in play.seen:
        assert person.screen is not None
        for button in person.screen_buttons():
            if button.intent in (*DECIDES, *TROUBLE):
                token = button.token or (person.screen.token if isinstance(person.screen, Form) else "")
                intent = Intent(button.intent, who, MEMBER, Surface.FORM, Subject.read(token), {})
                assert route(intent, play.work) is not None
