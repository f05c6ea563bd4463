"""SR-20, SR-21: an approval is for what stood in the window, and for nothing else.

Whatever changes between the showing and the press, the press is refused, the reason is said, and the new state stands
there to be read. And nobody approves who was not shown what follows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.access import case_for
from handlers.case import Case
from handlers.deciding.decide_escalation import shown_with
from handlers.intents import Intent, Subject, Surface
from handlers.people import Person
from handlers.screens import Form, Question
from handlers.sites import Site
from policy import edition, police_notice
from tests.handlers.deciding import CARE, DEPUTY, LEAD, POLICE, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of

Happens = Callable[[MemoryWork], None]


def of_site(change: Callable[[Site], Site]) -> Happens:
    """Configuration says something else of the site."""

    def happens(work: MemoryWork) -> None:
        (site,) = work.directory.sites
        work.directory = replace(work.directory, sites=(change(site),))

    return happens


def of_contacts(*contacts: object) -> Happens:
    return of_site(lambda site: replace(site, contacts=contacts))  # type: ignore[arg-type]


def a_fact(work: MemoryWork) -> None:
    """The raiser knows something new."""
    teacher = Someone(work, TEACHER).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers({"coercion": "yes"}).presses("recommend_now")


def the_edition(work: MemoryWork) -> None:
    """The same facts are assessed under another edition from now on."""
    case = the_case(work)
    work.cases[case.id] = replace(case, versions=(*case.versions[:-1], replace(case.latest, edition="england-2016")))


def the_leads_phone(work: MemoryWork) -> None:
    work.directory = replace(work.directory, persons=(Person((LEAD,), "Priya Nair", "DSL", "01632 960099"),))


CHANGES: dict[str, tuple[Happens, str]] = {
    "a fact": (a_fact, "The facts changed"),
    "the edition": (the_edition, "The edition of the guidance changed"),
    "a contact's address": (of_contacts(replace(POLICE, destination="T1/C10"), CARE), "The contacts changed"),
    "who is in a contact's channel": (of_contacts(replace(POLICE, organisations=()), CARE), "The contacts changed"),
    "a contact more": (of_contacts(POLICE, replace(POLICE, id="desk"), CARE), "The contacts changed"),
    "a contact less": (of_contacts(CARE), "The contacts changed"),
    "a contact that is out of use": (of_contacts(replace(POLICE, suspended="renamed"), CARE), "The contacts changed"),
    "the switchboard": (of_site(lambda site: replace(site, phone="01632 960098")), "The message or the notice changed"),
    "the lead's number": (the_leads_phone, "The message or the notice changed"),
}


def deciding(work: MemoryWork, kind: str) -> Someone:
    """A lead with the window filled in, one press before the decision."""
    if kind == "refer":
        return referring(work).answers({"contact": ("police",), "reason": "Because it is so."})
    person = opened(work)
    person.presses(kind)
    return person.answers({"reason": "Because it is so."})


def ticks(person: Someone) -> Someone:
    """Read what stands there now, and say so."""
    assert person.screen is not None
    offered = [part for part in person.screen.parts if isinstance(part, Question) and part.id == "consequences_read"]
    return person.answers({part.id: (part.options[0].value,) for part in offered})


@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
@pytest.mark.parametrize("what", list(CHANGES))
def test_what_changed_meanwhile_is_said_and_shown_and_decides_nothing(what: str, kind: str) -> None:
    happens, why = CHANGES[what]
    work = a_work()
    raised(work)
    person = deciding(work, kind)
    happens(work)
    shown = person.presses(f"confirm_{kind}")

    assert f"{why} since this window was opened, so this was not sent." in text_of(shown)
    assert the_case(work).decisions == ()
    assert not any(one.kind == "referral" for one, _ in work.outbox.values())
    assert isinstance(shown, Form)
    assert shown.submit is not None
    assert person.fields()["reason"] == "Because it is so."
    if kind == "refer":
        person.typed.pop("consequences_read")
        assert person.fields()["consequences_read"] == (), "what is new has not been read yet"


def test_another_channel_of_the_same_name_is_not_the_one_that_was_shown() -> None:  # SR-20
    named = replace(POLICE, room="northside-police")
    work = a_work(contacts=(named, CARE))
    raised(work)
    person = deciding(work, "refer")
    of_contacts(replace(named, destination="T1/C10"), CARE)(work)

    assert "The contacts changed since this window was opened" in text_of(person.presses("confirm_refer"))
    assert the_case(work).decisions == ()


@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
@pytest.mark.parametrize("what", [what for what in CHANGES if "contact less" not in what and "out of use" not in what])
def test_the_new_state_can_be_decided_on_as_it_stands_there(what: str, kind: str) -> None:
    happens, _ = CHANGES[what]
    work = a_work()
    raised(work)
    person = deciding(work, kind)
    happens(work)
    person.presses(f"confirm_{kind}")
    ticks(person).presses(f"confirm_{kind}")

    (decision,) = the_case(work).decisions
    assert decision.version == the_case(work).latest.number
    assert decision.edition == the_case(work).latest.edition


def test_nothing_changed_means_nothing_is_asked_twice() -> None:
    for kind in ("refer", "do_not_refer"):
        work = a_work()
        raised(work)
        assert "You decided" in text_of(deciding(work, kind).presses(f"confirm_{kind}"))


def approved(case: Case) -> str:
    (decision,) = case.decisions
    return decision.notice


def test_what_one_lead_was_shown_is_no_approval_of_another() -> None:  # SR-21
    work = a_work()
    raised(work)
    first = referring(work)
    other = Someone(work, DEPUTY, screen=first.screen, typed=dict(first.typed))
    shown = text_of(other.presses("confirm_refer"))

    assert "The message or the notice changed" in shown
    for point in police_notice(edition(the_case(work).latest.edition)).points:
        assert point.text in shown
    assert the_case(work).decisions == ()
    ticks(other).presses("confirm_refer")
    assert approved(the_case(work)) == police_notice(edition(the_case(work).latest.edition)).version


@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
@pytest.mark.parametrize(("notice", "changed"), [("2019-02", True), ("", True), ("the same", False)])
def test_a_notice_that_was_worded_anew_since_the_window_was_opened_is_read_first(
    kind: str, notice: str, changed: bool
) -> None:  # SR-20, SR-21
    """Windows stay open over an upgrade. All but the version of the notice is as it was."""
    work = a_work()
    raised(work)
    person = deciding(work, kind)
    assert isinstance(person.screen, Form)
    subject = Subject.read(person.screen.token)
    intent = Intent(f"confirm_{kind}", LEAD, MEMBER, Surface.FORM, subject)
    granted = case_for(intent, work)
    assert granted is not None
    today = police_notice(edition(the_case(work).latest.edition)).version
    place = shown_with(notice if changed else today, granted, intent, work)
    shown = person.asks(f"confirm_{kind}", subject=replace(subject, place=place).write(), fields=person.fields())

    assert ("The message or the notice changed since this window was opened" in text_of(shown)) == changed
    assert len(the_case(work).decisions) == (0 if changed else 1)


@pytest.mark.parametrize("place", ["", "x/y/z/0", "a/b"])
def test_without_a_window_nobody_approves(place: str) -> None:  # SR-21
    work = a_work()
    raised(work)
    person = referring(work)
    assert isinstance(person.screen, Form)
    kind, identity, _, rev, extra = person.screen.token.split("~")
    bare = "~".join((kind, identity, place, rev, extra))
    shown = person.asks("confirm_refer", subject=bare, fields=person.fields())

    assert "changed since this window was opened" in text_of(shown)
    assert the_case(work).decisions == ()
