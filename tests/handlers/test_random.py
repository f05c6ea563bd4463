"""SR-19: whatever order things happen in, nothing leaves that a lead did not approve word for word.

Leads come and go, somebody stands in, contacts move, facts change; presses are repeated, transactions and the worker
die at every point.
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import datetime
from functools import cache

import pytest

from handlers.case import MOVES, State
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account
from handlers.ports import Delivery, DeliveryState
from handlers.route import route
from handlers.screens import Form, buttons_of
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.mortal import POINTS
from tests.handlers.person import Someone
from tests.handlers.random_story import DECIDES, TROUBLE, Story
from tests.handlers.town import GROUPED, KINDS, PEOPLE, STANDS_IN

EVENTS = 250
SEEDS = 40
"""Together 10,000 events."""
Outbox = dict[str, tuple[Delivery, datetime]]


@cache
def told(seed: int) -> Counter[str]:
    """Tell a story to its end, and look at each step. What happened in it, counted."""
    story = Story(seed)
    states = [the_case(story.work).state]
    for turn in range(EVENTS):
        before = dict(story.work.outbox)
        story.act()
        states.append(the_case(story.work).state)
        deliveries_move_on(before, dict(story.work.outbox))
        if turn % 10 == 0:
            can_be_declined(story)
    for was, now in itertools.pairwise(states):
        assert now is was or now in MOVES[was]
    case = the_case(story.work)
    assert case.state is not State.CLOSED
    assert [one.number for one in case.decisions] == list(range(1, len(case.decisions) + 1))
    assert sorted(story.approved) == [one.number for one in case.decisions]
    for one in case.decisions:
        assert one.reason.strip()
        assert one.kind == "do_not_refer" or one.notice
        assert one.alone == (one.by == case.raised_by)  # SR-13
        assert not (one.alone and story.town.two_people)
        story.counts["alone"] += one.alone
    once_each(story)
    told_before(story)
    return story.counts


def deliveries_move_on(before: Outbox, now: Outbox) -> None:
    """What was acknowledged stays so, and only what did not arrive for sure goes to a contact once more."""
    newest: dict[str, DeliveryState] = {}
    for key, (delivery, _due) in now.items():
        was = before[key][0].state if key in before else None
        assert was != "acknowledged" or delivery.state == "acknowledged"
        if delivery.kind == "referral":
            assert was is not None or newest.get(delivery.extra, "dropped") in ("unsure", "failed", "dropped")
            newest[delivery.extra] = delivery.state


def can_be_declined(story: Story) -> None:
    """Whenever a decision is due, a lead who may decide can say no to its end. Tried on a copy of what there is."""
    case, town = the_case(story.work), story.town
    deciding = [who for who in PEOPLE if town.may_decide(who) and not (town.two_people and who == case.raised_by)]
    if case.decided is not None or not deciding:
        return
    copy = MemoryWork(town.work.directory, town.work.now, town.work.chance, cases=dict(town.work.cases))
    copy.outbox = dict(town.work.outbox)
    lead = Someone(copy, deciding[0], town.known(deciding[0])).answers({"reason": "We rang them."})
    lead.asks("open_case", surface=Surface.MESSAGE, subject=Subject("case", case.id, "", 1).write())
    lead.presses("do_not_refer")
    lead.presses("confirm_do_not_refer")
    if case.raised_by == deciding[0]:
        lead.presses("confirm_do_not_refer")  # they were told that they decide alone
    after = the_case(copy)
    assert after.decided is not None
    assert (after.decided.kind, after.decided.version) == ("do_not_refer", case.latest.number)
    assert after.state is (case.state if case.decisions else State.NOT_REFERRED)
    story.counts[f"can be declined: {case.state.value}"] += 1


def once_each(story: Story) -> None:
    """Nothing goes to a contact a second time unless a person said so, and what happened once is kept once."""
    sent = Counter(one.extra for one, _ in story.work.outbox.values() if one.kind == "referral")
    events = Counter(event for event, _ in story.work.audit)
    case = the_case(story.work)
    assert sum(sent.values()) - len(sent) == events["delivery.again"]
    assert events["case.decided"] == len(case.decisions)
    acknowledged = Counter((one.decision, one.contact) for one in case.acknowledged)
    assert set(acknowledged.values()) <= {1}
    assert events["contact.acknowledged"] == len(acknowledged)


def told_before(story: Story) -> None:  # SR-21
    """Whoever referred had been shown the notice in the version that stands in the record."""
    shown: set[tuple[Account | None, str]] = set()
    for one in story.work.trail:
        if one.event == "notice.shown":
            shown.add((one.by, one.detail["notice"]))
        if one.event == "case.decided" and one.detail["kind"] == "refer":
            assert (one.by, one.detail["notice"]) in shown


@pytest.mark.parametrize("seed", range(SEEDS))
def test_nothing_leaves_that_was_not_approved_and_no_move_is_illegal(seed: int) -> None:
    told(seed)


def test_the_stories_hold_everything_that_they_are_about() -> None:
    counts = sum((told(seed) for seed in range(SEEDS)), Counter[str]())

    wanted = {f"left {kind}" for kind in KINDS.values()} | {f"died at {point}" for point in POINTS}
    wanted |= {f"refer by {who.user}" for who in (LEAD, DEPUTY, STANDS_IN, GROUPED)}
    wanted |= {f"can be declined: {one.value}" for one in (*MOVES[State.RECOMMENDED], State.RECOMMENDED)}
    wanted |= {"updates", "alone", "came again", "pressed without a role", "killed after sending"}
    assert {name for name in wanted if not counts[name]} == set()
    assert not any(name.endswith(TEACHER.user) for name in counts)


def test_every_button_of_deciding_that_ever_stood_there_still_answers() -> None:  # SR-18
    for seed in range(10):
        story = Story(seed)
        for _ in range(60):
            story.act()
        for who, screen in story.seen:
            for button in buttons_of(screen):
                if button.intent in (*DECIDES, *TROUBLE):
                    token = button.token or (screen.token if isinstance(screen, Form) else "")
                    intent = Intent(button.intent, who, story.town.known(who), Surface.FORM, Subject.read(token), {})
                    assert route(intent, story.work) is not None
