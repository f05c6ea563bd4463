"""Whoever is shown what stands in a case, and whoever is refused, is in the trail: by any press, on either platform.

Every intent is pressed by everybody about everything that a token can name, twice each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest

from handlers.case import Case, is_update
from handlers.contacts import about
from handlers.intents import INTENTS, Intent, Subject, Surface, Value
from handlers.people import Account, Known, Standing
from handlers.route import route
from handlers.screens import Question, Screen
from handlers.sites import Contact
from tests.handlers.deciding import CARE, MARSH, OF_MARSH, POLICE, ROOM, opened, the_case
from tests.handlers.memory import (
    ADMIN,
    DEPUTY,
    DIRECTORY,
    LEAD,
    MEMBER,
    SITE,
    TEACHER,
    TEACHER_ON_TEAMS,
    Entry,
    MemoryWork,
)
from tests.handlers.person import Someone
from tests.handlers.stories import V07

LEAD_ON_TEAMS, OUTSIDER = Account.parse("teams:TEN/LEAD"), Account.parse("slack:T1/UOUTSIDER")
OUTSIDER_ON_TEAMS, GUEST = Account.parse("teams:TEN/OUTSIDER"), Account.parse("slack:T1/UGUEST")
NOTE, REASON, LOG = "marked note", "marked reason of the lead", "MARK-4711"
PHONE = Contact("phone", "police", "by_hand", "101", verified=True)
TYPED: Mapping[str, Value] = {
    "harm_now": "in_danger_now", "reason": "The parents were told of it.", "contact": ("police",), "log": "LOG 1",
    "consequences_read": ("yes",), "ask": ("spread",),
}  # fmt: skip
FOR_ALL = {"show_help", "show_home", "show_start", "refuse_message", "refuse_file"}
"""They ask for nothing that could be refused, and show nothing of a case: home is opened by itself again and again."""
STOPPED = "cannot take this report any more"
REFUSALS = (
    "There is nothing here for you", "There is no form for this account", "Signpost has no form for you here",
    "You are not an admin of Signpost", "could not check your account", "could not be asked just now",
    STOPPED,
)  # fmt: skip


def not_member(why: str) -> Known:
    return replace(MEMBER, standing=Standing(member=False, why_not=why))  # type: ignore[arg-type]  # closed words


PEOPLE: Mapping[str, tuple[Account, Known]] = {
    "lead": (LEAD, MEMBER),
    "lead on Teams": (LEAD_ON_TEAMS, MEMBER),
    "raiser": (TEACHER, MEMBER),
    "raiser on Teams": (TEACHER_ON_TEAMS, MEMBER),
    "outsider": (OUTSIDER, MEMBER),
    "outsider on Teams": (OUTSIDER_ON_TEAMS, MEMBER),
    "guest": (GUEST, not_member("guest")),
    "former lead": (DEPUTY, MEMBER),
    "lead whose account is off": (LEAD, not_member("deactivated")),
    "lead who cannot be asked about": (LEAD, not_member("unknown")),
    "admin": (ADMIN, MEMBER),
    "contact": (MARSH, OF_MARSH),
}


@dataclass(frozen=True)
class Stage:
    """A case at some point, and everything that a token can be about."""

    work: MemoryWork
    subjects: Mapping[str, Subject]


def stage(*, decided: bool) -> Stage:
    """A case with an update that its lead, and one that its raiser, has begun; and what becomes of it."""
    site = replace(SITE, staff=(str(TEACHER),), contacts=(POLICE, CARE, PHONE))
    persons = (*DIRECTORY.persons[1:], replace(DIRECTORY.persons[0], accounts=(LEAD, LEAD_ON_TEAMS)))
    work = MemoryWork(directory=replace(DIRECTORY, sites=(site,), persons=persons))
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers({**V07, "notes": NOTE}).presses("next_page")
    (sent,) = work.drafts.values()
    teacher.presses("recommend_now")
    work.passes()
    case = the_case(work)
    if decided:
        decides(work)
    other = Someone(work)
    other.opens_form()
    other.answers({"harm_now": "no"}).presses("next_page")
    (own,) = work.drafts.values()
    whole = Subject("case", case.id, "", 1)
    updates = {}
    for who in (LEAD, TEACHER):
        person = Someone(work, who)
        person.asks("update_facts", surface=Surface.MESSAGE, subject=whole.write())
        person.answers({}).presses("next_page")
        (updates[who],) = [one for one in work.drafts.values() if one.updates and one.owner == who]
    work.directory = replace(work.directory, sites=(replace(site, leads=(str(LEAD),)),))  # the deputy leads no more
    drafts = {"the lead's update": updates[LEAD], "the raiser's update": updates[TEACHER], "a new report": own}
    return Stage(
        work,
        {
            "nothing": Subject(),
            "the case": whole,
            "what to do": replace(whole, place="guidance"),
            **{f"the message to {one}": replace(whole, extra=about(1, one)) for one in ("police", "care", "phone")},
            "its reference": Subject("reference", case.reference),
            "a made-up case": Subject("case", "no-such-case", "", 1),
            "a made-up reference": Subject("reference", "SP-ZZZZ-ZZ"),
            **{name: Subject("draft", one.id, one.place, one.rev, one.site) for name, one in drafts.items()},
            "what was sent": Subject("draft", sent.id, "page/1", 0, sent.site),
            "a report of no site": Subject("draft", "no-such-draft", "page/1", 0, "elsewhere"),
            "the site": Subject("site", site.id, "contact", 0, "police"),
        },
    )


def decides(work: MemoryWork) -> None:
    """Referred to three contacts: one message in doubt, one that failed, and a call that was written down."""
    lead = opened(work)
    lead.presses("refer")
    lead.answers({"contact": ("police", "care", "phone"), "consequences_read": ("yes",), "reason": REASON})
    lead.presses("confirm_refer")
    for delivery in work.deliveries(the_case(work).id):
        if delivery.kind == "referral":
            work.mark(delivery.id, "failed" if delivery.extra == about(1, "care") else "sent")
    lead.asks("write_down_call", subject=Subject("case", the_case(work).id, "", 1, about(1, "phone")).write())
    lead.answers({"log": LOG}).presses("confirm_call")


def fork(work: MemoryWork) -> MemoryWork:
    """The same, of which nothing that is done reaches the other; with an empty trail."""
    held = {name: vars(work)[name].copy() for name in ("drafts", "cases", "done", "outbox", "kept", "read")}
    return replace(work, **held, trail=[], arrived=[], left_out=set())


def shows(screen: Screen | None, case: Case, subject: Subject) -> bool:
    """Whether something of the case stands there: what was answered, noted, recommended, decided or written down."""
    result = case.versions[0].recommendation()
    marks = (
        NOTE,
        REASON,
        LOG,
        result.outcome.heading,
        f"{case.reference}: decided",
        *(one.reason for one in result.met),
    )
    said = repr(screen)
    typed = {one for value in TYPED.values() for one in (value if isinstance(value, tuple) else (value,))}
    ticked = [one.chosen for one in (screen.parts if screen else ()) if isinstance(one, Question)]
    filled = any(not set(one) <= typed for one in ticked)  # what they sent themselves is nothing that they are shown
    filled = filled or "What you answered" in said
    return any(one in said for one in marks) or (filled and subject.kind == "draft" and is_update(subject.id))


def presses(at: Stage, who: Account, known: Known) -> Iterator[tuple[str, Screen | None, list[Entry], Subject]]:
    """Every intent about everything, and once more: what is shown, and what the trail got by it."""
    for name in sorted(INTENTS):
        for which, subject in at.subjects.items():
            work = fork(at.work)
            for time in ("first", "again"):
                before = len(work.trail)
                room = ROOM if who == MARSH else None
                intent = Intent(name, who, known, Surface.FORM, subject, TYPED, room=room)
                screen = route(intent, work)
                yield f"{name} of {which}, {time}", screen, work.trail[before:], subject


@pytest.mark.parametrize("how", ["undecided", "decided", "its site is gone"])
@pytest.mark.parametrize("person", PEOPLE)
def test_whoever_is_shown_something_of_a_case_or_is_refused_is_in_the_trail(person: str, how: str) -> None:  # SR-36
    at, (who, known) = stage(decided=how == "decided"), PEOPLE[person]
    if how == "its site is gone":
        at.work.directory = replace(at.work.directory, sites=())
    case, counts = the_case(at.work), {"shown": 0, "refused": 0}
    for press, screen, entries, subject in presses(at, who, known):
        refused = any(words in repr(screen) for words in REFUSALS)
        if how == "its site is gone" and STOPPED in repr(screen):  # their own report, which is kept
            refused = False
        if shows(screen, case, subject):
            counts["shown"] += 1
            assert [one for one in entries if one.by == who and one.case and one.site == case.site], press
        elif refused and press.split()[0] not in FOR_ALL:
            counts["refused"] += 1
            assert [one.by for one in entries] == [who], press
            assert entries[0].event == "case.read" or entries[0].event.endswith(".refused"), press
            assert entries[0].case in ("", case.id), press
    may = person.startswith(("lead on", "raiser")) or person == "lead"
    enough = 10 if how == "its site is gone" else 20
    assert (counts["shown"] > enough) is may or person == "contact"
    assert counts["refused"] > 20
