"""A referral that does not arrive, or that nobody acknowledges, goes up: the lead, all leads, then the raiser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.contacts import BY_HAND_POLICE
from handlers.people import Account, Known, Standing
from handlers.ports import Delivery, DeliveryState
from handlers.telling.chase import chase
from handlers.telling.settle_delivery import settle
from handlers.telling.timers import SEARCH_AGAIN
from tests.handlers.deciding import (
    DEPUTY,
    DETERS,
    LEAD,
    ROOM,
    TEACHER,
    a_work,
    acknowledges,
    opened,
    raised,
    referring,
    the_case,
)
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05

GROUP = "slack:T1/S1"
NOBODY = Known(Standing(member=False, why_not="unknown"))
READ = Known(Standing(member=True), groups={GROUP: (LEAD, DEPUTY)})


def refers(work: MemoryWork, contact: str = "police") -> None:
    raised(work, V05)
    referring(work).answers({"contact": (contact,)}).presses("confirm_refer")


def told(work: MemoryWork, who: Account, words: str) -> int:
    return len([message for message in work.at(who) if words in text_of(message)])


def asked_of(work: MemoryWork, extra: str) -> int:
    return len([one for one, _ in work.outbox.values() if one.kind == "own_route" and one.extra == extra])


# --- the clock runs from the decision --------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["failed", "unsure", "dropped", "queued"])
def test_whatever_becomes_of_the_message_silence_goes_up_to_the_raiser(how: DeliveryState) -> None:  # SR-15, SR-23
    def ends(one: Delivery) -> DeliveryState:
        return how if one.kind == "referral" else "sent"

    work = a_work()
    refers(work)
    work.passes(14, ends=ends)
    assert told(work, LEAD, "Nobody has acknowledged it") == 0
    work.passes(2, ends=ends)
    assert told(work, LEAD, "Nobody has acknowledged it") == 1
    work.passes(15, ends=ends)

    assert told(work, DEPUTY, "Nobody has acknowledged it") == 1
    raiser = text_of(work.at(TEACHER)[-1])
    assert "The police have not confirmed yet that they have it." in raiser
    assert "01632 960001" in raiser
    assert "101" in raiser
    assert "You may contact the police or children's social care yourself" in raiser
    assert "999" in raiser
    assert not DETERS.search(raiser)


def test_the_raiser_hears_that_nobody_acknowledged_once_however_many_contacts_there_are() -> None:
    work = a_work()
    raised(work, V05)
    referring(work).answers({"contact": ("police", "care", BY_HAND_POLICE)}).presses("confirm_refer")
    work.passes(60)

    assert told(work, TEACHER, "not confirmed yet that they have it") == 1


def test_who_acknowledges_in_time_leaves_the_raiser_in_peace() -> None:
    work = a_work()
    refers(work)
    work.passes(16)
    acknowledges(work, work.at(ROOM)[0])
    work.passes(60)

    assert told(work, TEACHER, "not confirmed yet that they have it") == 0


def test_a_message_that_goes_out_late_puts_the_clock_off_for_nobody() -> None:
    work = a_work()
    refers(work)
    work.passes(14, ends=lambda one: "queued" if one.kind == "referral" else "sent")
    work.passes(2)

    assert len(work.at(ROOM)) == 1
    assert told(work, LEAD, "Nobody has acknowledged it") == 1


def test_who_acts_has_the_whole_time_again_and_the_round_goes_on() -> None:
    work = a_work()
    refers(work)
    work.passes(14, ends=lambda one: "unsure" if one.kind == "referral" else "sent")
    Someone(work, LEAD).sees(work.at(LEAD)[-1]).presses("mark_delivered")
    work.passes(14)
    assert told(work, LEAD, "Nobody has acknowledged it") == 0
    work.passes(2)
    assert told(work, LEAD, "Nobody has acknowledged it") == 1
    assert told(work, DEPUTY, "Nobody has acknowledged it") == 0
    opened(work).presses("phone_instead")  # after the first round: the next is still that of all leads
    work.passes(16)

    assert told(work, DEPUTY, "Nobody has acknowledged it") == 1
    assert told(work, TEACHER, "not confirmed yet that they have it") == 1


@pytest.mark.parametrize("extra", ["contact:1:police", "contact_again:1:police", "confirm:1:police", "find", "leads"])
def test_a_clock_of_an_earlier_release_is_answered(extra: str) -> None:
    work = a_work()
    refers(work)
    before = len(work.outbox)
    chase(Delivery("chase", LEAD, the_case(work).id, 1, extra=extra), MEMBER, work)

    new = [one.kind for one, _ in list(work.outbox.values())[before:]]
    wanted = {"contact": "reminder", "contact_again": "own_route", "confirm": "trouble"}
    assert wanted.get(extra.partition(":")[0], "") in ["", *new]


def test_a_message_that_an_earlier_release_decided_starts_the_clock_when_it_is_sent() -> None:
    work = a_work()
    refers(work)
    for key, (one, _) in list(work.outbox.items()):
        if one.kind == "chase" and one.extra.startswith("contact"):
            work.cancel(key)
    work.passes(16)

    assert told(work, LEAD, "Nobody has acknowledged it") == 1


# --- the words to a lead fail ----------------------------------------------------------------------------------------
def fails(*who: Account) -> Mapping[Account, DeliveryState]:
    return dict.fromkeys(who, "failed")


def a_third(work: MemoryWork, third: Account) -> None:
    (site,) = work.directory.sites
    sites = (replace(site, leads=(*site.leads, str(third))),)
    work.directory = replace(work.directory, sites=sites)


def test_of_a_message_in_doubt_the_next_lead_hears_where_the_first_cannot_be_reached() -> None:
    third = Account.parse("slack:T1/UTHIRD")
    work = a_work()
    a_third(work, third)
    refers(work)
    lost = fails(LEAD, DEPUTY)
    work.passes(ends=lambda one: "failed" if one.kind == "referral" else lost.get(one.to, "sent"))

    assert told(work, third, "is not confirmed. Ring now") == 1
    assert asked_of(work, "unheard:1") == 0


def test_where_no_lead_hears_of_it_the_raiser_does_at_once() -> None:
    work = a_work()
    refers(work)
    lost = fails(LEAD, DEPUTY)
    work.passes(ends=lambda one: "failed" if one.kind == "referral" else lost.get(one.to, "sent"))

    said = text_of(work.at(TEACHER)[-1])
    assert "could not reach a lead about that" in said
    assert "You may contact the police or children's social care yourself" in said
    assert not DETERS.search(said)
    assert asked_of(work, "unheard:1") == 1


def test_the_words_to_say_that_do_not_reach_the_lead_are_the_next_ones_to_ring() -> None:
    work = a_work()
    refers(work, BY_HAND_POLICE)
    work.passes(ends=lambda one: "failed" if one.to == LEAD else "sent")

    assert told(work, DEPUTY, "Ring now, and write it down.") == 1


def test_a_reminder_that_does_not_reach_the_lead_is_the_next_ones() -> None:
    work = a_work()
    refers(work)
    work.passes()
    work.passes(16, ends=lambda one: "failed" if one.to == LEAD else "sent")

    assert told(work, DEPUTY, "Nobody has acknowledged it") == 1


def test_nobody_is_told_in_vain_of_what_was_acknowledged_meanwhile() -> None:
    work = a_work()
    refers(work)
    work.passes()
    acknowledges(work, work.at(ROOM)[0])
    before = len(work.outbox)
    settle(Delivery("trouble", LEAD, the_case(work).id, 1, extra="1:police"), "failed", MEMBER, work)

    assert len(work.outbox) == before


def test_a_lead_who_was_left_out_after_they_decided_hears_nothing_more() -> None:
    work = a_work()
    refers(work)
    work.passes()
    work.keep_case(replace(the_case(work), left_out=(LEAD,)))
    before = len(work.outbox)
    work.passes(60)

    assert LEAD not in [one.to for one, _ in list(work.outbox.values())[before:]]
    assert told(work, DEPUTY, "Nobody has acknowledged it") >= 1


# --- nobody can say who the leads are --------------------------------------------------------------------------------
def by_group(work: MemoryWork) -> None:
    (site,) = work.directory.sites
    work.directory = replace(work.directory, sites=(replace(site, leads=(GROUP,)),))


def run(work: MemoryWork, extra: str, known: Known) -> list[Delivery]:
    """A clock runs out; what is queued by that."""
    before = len(work.outbox)
    chase(Delivery("chase", LEAD, the_case(work).id, 1, extra=extra), known, work)
    return [one for one, _ in list(work.outbox.values())[before:]]


@pytest.mark.parametrize("why", ["unopened", "undecided"])
def test_where_the_leads_cannot_be_read_nobody_is_said_to_be_told_and_they_are_looked_for(why: str) -> None:
    work = a_work()
    raised(work, V05)
    by_group(work)
    if why == "undecided":
        work.keep_case(replace(the_case(work), opened_at=work.now, opened_by=LEAD))
    clock = "leads" if why == "unopened" else "decide"

    queued = run(work, clock, NOBODY)
    assert [(one.kind, one.extra) for one in queued] == [("chase", f"find:{why}"), ("own_route", "nobody")]
    search, before = queued[0], len(work.outbox)
    work.mark(search.id, "sent")
    chase(search, NOBODY, work)
    assert (work.outbox[search.id][0].state, len(work.outbox)) == ("queued", before)  # the same one looks again
    found = run(work, f"find:{why}", READ)
    assert [(one.kind, one.to, one.extra) for one in found] == [("reminder", LEAD, why), ("reminder", DEPUTY, why)]


def test_leads_who_can_be_read_again_are_told_to_ring_while_nobody_has_acknowledged() -> None:
    work = a_work()
    refers(work)
    work.passes()
    by_group(work)

    queued = run(work, "contact_again:1:police", NOBODY)
    assert ("chase", "find:phone:1:police") in [(one.kind, one.extra) for one in queued]
    found = run(work, "find:phone:1:police", READ)
    assert DEPUTY in [one.to for one in found if one.kind == "reminder"]
    acknowledges(work, work.at(ROOM)[0])
    assert run(work, "find:phone:1:police", READ) == []


def test_where_a_search_is_over_it_asks_for_nothing() -> None:
    work = a_work()
    raised(work, V05)
    by_group(work)
    work.keep_case(replace(the_case(work), opened_at=work.now, opened_by=LEAD))

    assert run(work, "find:unopened", READ) == []


def test_a_search_that_has_slowed_down_is_hurried_and_not_doubled_where_it_is_wanted_again() -> None:
    work = a_work()
    raised(work, V05)
    by_group(work)
    (search,) = [one for one in run(work, "leads", NOBODY) if one.kind == "chase"]
    work.put_off(search.id, work.now + timedelta(hours=1))

    assert [one.kind for one in run(work, "leads", NOBODY)] == ["own_route"]
    assert work.outbox[search.id][1] == work.now + SEARCH_AGAIN
    assert [one.kind for one in run(work, "leads", NOBODY)] == ["own_route"]
    assert work.outbox[search.id][1] == work.now + SEARCH_AGAIN
