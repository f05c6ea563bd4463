"""People who press at random what they have ever seen, in a town where leads come and go (tests/handlers/town.py).

What may leave is worked out from what the pressed window showed, and from nothing else.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from handlers.contacts import read_about
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Known, Standing
from handlers.ports import Delivery
from handlers.referring import by_mail
from handlers.route import route
from handlers.screens import Button, Form, Message, Question, Screen, buttons_of
from tests.handlers.deciding import LEAD, MARSH, TEACHER, raised, the_case
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07, V18
from tests.handlers.town import KINDS, PEOPLE, STANDS_IN, Town, lines_of

DECIDES = ("refer", "do_not_refer", "confirm_refer", "confirm_do_not_refer", "ask_for_facts", "confirm_ask_for_facts")
TROUBLE = ("resend", "mark_delivered", "phone_instead", "write_down_call", "confirm_call")
OUTBOUND = ("referral", "acknowledged")


@dataclass(frozen=True)
class Approved:
    """What a lead had in front of them when they approved."""

    by: Account
    was_lead: bool
    lines: frozenset[str]
    rooms: dict[str, Account | None]


@dataclass
class Story:
    """People who press at random what they have ever seen, and what has left so far."""

    seed: int
    seen: list[tuple[Account, Screen]] = field(default_factory=list)
    pressed: list[tuple[Intent, Screen | None]] = field(default_factory=list)
    """Each press, with the window that it was made in."""
    decided: set[tuple[str, Account, Subject]] = field(default_factory=set)
    """The presses that led to a decision."""
    approved: dict[int, Approved] = field(default_factory=dict)
    left: dict[str, set[str]] = field(default_factory=dict)
    """The words of each message that left, by delivery."""

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311  # the same story for the same seed
        self.town = Town(self.chance, self.leaves)
        self.work, self.counts = self.town.work, self.town.counts
        self.by = LEAD if self.seed % 3 == 2 else TEACHER
        raised(self.work, self.chance.choice([V07, V18]), by=self.by)

    # --- what happens ------------------------------------------------------------------------------------------------
    def act(self) -> None:
        """One thing happens."""
        happens = [self.opens, self.updates, self.asks_again, self.waits, self.room, self.again]
        self.chance.choice([*happens, self.town.something_changes, *[self.presses] * 3])()

    def opens(self) -> None:
        may = [one for one in PEOPLE if self.town.may_decide(one)]
        rarely = [one for one in may if one == STANDS_IN] * 4  # they stand in on few days
        who = self.chance.choice([*PEOPLE, *may, *may, *rarely])
        self.answered(who, "open_case", Subject("case", the_case(self.work).id, "", 1).write(), {})

    def presses(self) -> None:
        pressable = [one for one in self.seen[-20:] if offered_on(one[1])]
        if not pressable:
            return
        who, screen = self.chance.choice(pressable[-8:])
        button = self.chance.choice(offered_on(screen))
        person = Someone(self.work, who, screen=screen).answers(
            {
                "contact": tuple(self.chance.sample(sorted(KINDS), self.chance.choice([0, 1, 2, 2, 4]))),
                "consequences_read": self.chance.choice([ticked(screen), ticked(screen), ticked(screen), None]),
                "reason": self.chance.choice(["Because it is so.", "Because it is so.", "No.", "  ", None]),
                "ask": ("coercion",),
                "log": "LOG 1",
            }
        )
        token = button.token or (screen.token if isinstance(screen, Form) else "")
        self.answered(who, button.intent, token, person.fields(), screen)

    def answered(
        self, who: Account, name: str, token: str, fields: Mapping[str, Value], at: Screen | None = None
    ) -> None:
        surface = Surface.FORM if isinstance(at, Form) else Surface.MESSAGE
        intent = Intent(name, who, self.town.known(who), surface, Subject.read(token), fields)
        screen = self.press(intent, at)
        self.pressed.append((intent, at))
        if screen is not None:
            self.seen.append((who, screen))

    def press(self, intent: Intent, at: Screen | None) -> Screen | None:
        """Press, and once more where no answer came, as the platform does. Nobody decides who may not just then."""
        for _ in range(2):
            before, now = len(the_case(self.work).decisions), replaced(intent, self.town)
            answers: list[Screen | None] = []
            heard = self.town.carried_out(partial(routed, now, self.town, answers))
            decided = the_case(self.work).decisions[before:]
            for decision in decided:
                assert at is not None
                assert decision.by == intent.by
                assert decision.kind == "do_not_refer" or intent.fields["consequences_read"] == ticked(at)  # SR-21
                may = self.town.may_decide(intent.by)
                lines = frozenset(text_of(at).splitlines())
                self.approved[decision.number] = Approved(intent.by, may, lines, self.town.rooms())
                self.decided.add((intent.name, intent.by, intent.subject))
                self.counts[f"{decision.kind} by {decision.by.user}"] += 1
            if intent.name.startswith("confirm_") and not self.town.may_decide(intent.by):
                self.counts["pressed without a role"] += 1
                assert not decided
            if heard:
                return answers[0]
        return None

    def again(self) -> None:
        """An old press comes once more, as it was, whatever has become of whoever made it."""
        if not self.pressed:
            return
        intent, at = self.chance.choice(self.pressed[-40:])
        before, once = the_case(self.work).decisions, (intent.name, intent.by, intent.subject) in self.decided
        self.press(intent, at)
        self.counts["came again"] += 1
        assert not once or the_case(self.work).decisions == before

    def updates(self) -> None:
        if self.chance.random() < 0.5:
            return
        who = self.chance.choice([TEACHER, LEAD])
        about = Subject("case", the_case(self.work).id, "", 1)
        page = self.press(Intent("update_facts", who, self.town.known(who), Surface.MESSAGE, about), None)
        if isinstance(page, Form) and any(button.intent == "recommend_now" for button in buttons_of(page)):
            person = Someone(self.work, who, screen=page).answers({"coercion": self.chance.choice(["yes", "no"])})
            self.answered(who, "recommend_now", page.token, person.fields(), page)

    def asks_again(self) -> None:
        """Whoever raised it asks the leads to escalate: a button drawn since asks anew."""
        if self.by != TEACHER or self.chance.random() < 0.7:
            return
        about = Subject("case", the_case(self.work).id, f"asked{self.chance.random()}", 1)
        self.press(Intent("ask_escalation", TEACHER, self.town.known(TEACHER), Surface.MESSAGE, about), None)

    def waits(self) -> None:
        self.town.passes(self.chance.choice([0, 0, 1, 3, 20, 700]))
        for delivery, message in self.work.arrived[-4:]:
            if delivery.to in PEOPLE:
                self.seen.append((delivery.to, message))

    def room(self) -> None:
        """Somebody in a contact's room presses its button, or follows the link in the mail."""
        arrived = [(one.to, message) for one, message in self.work.arrived if one.kind == "referral"]
        there = [
            (to, one) for to, message in arrived[-4:] for one in buttons_of(message) if one.intent == "acknowledge"
        ]
        if not there:
            return
        where, button = self.chance.choice(there)
        by = where if where.platform == "mail" else MARSH
        known = Known(Standing(member=False, why_not="outside"), names={MARSH: "Jo Marsh"})
        intent = Intent("acknowledge", by, known, Surface.MESSAGE, Subject.read(button.token), room=where)
        self.press(intent, None)

    # --- what must hold ----------------------------------------------------------------------------------------------
    def leaves(self, key: str, delivery: Delivery, message: Message) -> None:
        """Each message that goes out was approved before, by a lead of that moment, in these words, to this place."""
        number, contact = read_about(delivery.extra)
        if delivery.kind == "by_hand":
            assert contact in the_case(self.work).decisions[number - 1].contacts
            assert delivery.to == self.approved[number].by
            self.counts["left by_hand"] += 1
        if delivery.kind not in OUTBOUND:
            assert delivery.to in PEOPLE
            return
        approved, decision = self.approved[number], the_case(self.work).decisions[number - 1]
        assert approved.was_lead
        assert contact in decision.contacts
        assert delivery.to == approved.rooms[contact] == self.town.rooms()[contact]
        words = lines_of(message) - {"Acknowledge", by_mail.NO_REPLIES}
        assert words - approved.lines == set()
        assert any(line.startswith(f"Facts version {decision.version}.") for line in words)
        if key in self.left:  # taken up again after a kill: the same words, over the same receipt
            assert self.left[key] == words
            assert delivery.to.platform != "mail"
        self.left[key] = words
        self.counts[f"left {KINDS[contact]}"] += 1
        self.counts["updates"] += any("it replaces what was sent before" in line for line in words)


def ticked(screen: Screen | None) -> tuple[str, ...]:
    """What the box says that stands below the notice, once it is ticked."""
    parts = screen.parts if screen is not None else ()
    boxes = [part for part in parts if isinstance(part, Question) and part.id == "consequences_read"]
    return tuple(box.options[0].value for box in boxes)


def offered_on(screen: Screen) -> list[Button]:
    """The buttons with which something is decided, those of a window that confirms first of all."""
    found = [button for button in buttons_of(screen) if button.intent in (*DECIDES, *TROUBLE)]
    return [button for button in found if button.intent.startswith("confirm_")] or found


def routed(intent: Intent, town: Town, answers: list[Screen | None]) -> None:
    """Carry it out, inside a transaction."""
    answers.append(route(intent, town.work))


def replaced(intent: Intent, town: Town) -> Intent:
    """The same press, with what the platform says of them now."""
    if intent.name == "acknowledge":
        return intent
    return Intent(intent.name, intent.by, town.known(intent.by), intent.surface, intent.subject, intent.fields)
