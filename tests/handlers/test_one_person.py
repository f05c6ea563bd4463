"""SR-11: accounts that are said to be one person share no case with an admin, and who was left out stays out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Account, Person
from handlers.screens import buttons_of
from handlers.telling.elsewhere import elsewhere
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, opened, raised, referring, the_case
from tests.handlers.memory import ADMIN, MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V07, V18

ON_TEAMS = Account.parse("teams:TEN/other")
"""An account that somebody is said to have on the other platform."""
OF_A_CASE = ("open_case", "find_case", "update_facts", "ask_escalation", "clear_from_chat", "refer", "do_not_refer")
NOTHING = "There is nothing here for you"


def joined(work: MemoryWork, *accounts: Account, admin: Account | None = None) -> None:
    """Configuration says that these are one person, and that this is an admin's account."""
    persons = (Person((LEAD,), name="Priya Nair"), *((Person(accounts),) if accounts else ()))
    admins = frozenset({ADMIN, *((admin,) if admin else ())})
    work.directory = replace(work.directory, persons=persons, admins=admins)


def may_do(work: MemoryWork, who: Account) -> list[str]:
    """What somebody gets to do with the one case."""
    token = Subject("case", the_case(work).id, "", 1).write()
    done = []
    for name in OF_A_CASE:
        person = Someone(work, who)
        if NOTHING not in text_of(person.asks(name, surface=Surface.FORM, subject=token)):
            done.append(name)
    return done


def listed(work: MemoryWork, who: Account) -> bool:
    return the_case(work).reference in text_of(Someone(work, who).asks("list_cases"))


# --- an admin who is joined to whoever raised it ----------------------------------------------------------------------
@pytest.mark.parametrize(("pair", "admin"), [
    ((TEACHER, ADMIN), None),
    ((TEACHER, ON_TEAMS), ON_TEAMS),
    ((TEACHER, ON_TEAMS, ADMIN), None),  # what is looked at is no admin's itself, and goes through one that is
])  # fmt: skip
def test_an_admin_gets_no_case_of_the_person_whose_account_theirs_is_joined_to(
    pair: tuple[Account, ...], admin: Account | None
) -> None:
    work = a_work()
    raised(work)
    joined(work, *pair, admin=admin)
    for other in pair[1:]:
        assert not listed(work, other)
        assert may_do(work, other) == []
        assert the_case(work).reference not in text_of(Someone(work, other).asks("show_home"))
    assert listed(work, TEACHER), "the very account that raised it keeps it"
    assert "open_case" in may_do(work, TEACHER)


def test_somebody_who_is_no_admin_goes_on_with_what_they_raised_on_the_other_platform() -> None:
    work = a_work()
    raised(work)
    joined(work, TEACHER, ON_TEAMS)
    assert listed(work, ON_TEAMS)
    assert {"open_case", "update_facts", "ask_escalation"} <= set(may_do(work, ON_TEAMS))


def test_an_admin_keeps_the_case_that_they_raised_with_this_very_account() -> None:
    work = a_work()
    raised(work, by=ADMIN)
    joined(work, ADMIN, ON_TEAMS)
    assert listed(work, ADMIN)
    assert not listed(work, ON_TEAMS)


def test_an_admin_finds_no_report_that_somebody_else_has_begun() -> None:
    work = a_work()
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers({**V18, "notes": "What stands in the draft."})
    whole_form(teacher)
    joined(work, TEACHER, ON_TEAMS, admin=ON_TEAMS)
    other = Someone(work, ON_TEAMS)
    for command in ("start_report", "show_home"):
        assert "not sent yet" not in text_of(other.asks(command))
    for button in buttons_of(teacher.screen):  # type: ignore[arg-type]  # it is one
        shown = other.asks(button.intent, surface=Surface.FORM, subject=button.token)
        assert "What stands in the draft" not in text_of(shown), button.intent
    token = teacher.button("submit_report").token.replace("~check~", "~page/1~")
    assert NOTHING in text_of(other.asks("continue_draft", surface=Surface.FORM, subject=token))
    (draft,) = work.drafts.values()
    other.asks("discard_draft", surface=Surface.FORM, subject=token)
    assert work.drafts == {draft.id: draft}


def test_nothing_that_waits_for_the_raiser_goes_to_an_admins_account() -> None:
    work = a_work()
    person = Someone(work)
    person.opens_form()
    person.answers(V07).presses("recommend_now")
    (waiting,) = [one for one in work.deliveries(the_case(work).id) if one.kind == "recommendation"]
    work.directory = replace(work.directory, connected=frozenset({"slack:T1", "teams:TEN"}))
    joined(work, TEACHER, ON_TEAMS, admin=ON_TEAMS)
    elsewhere(waiting, work)
    work.passes()
    assert work.at(ON_TEAMS) == []


def test_what_was_queued_for_another_account_is_not_sent_once_that_is_an_admins() -> None:
    work = a_work()
    person = Someone(work)
    person.opens_form()
    person.answers(V07).presses("recommend_now")
    (waiting,) = [one for one in work.deliveries(the_case(work).id) if one.kind == "recommendation"]
    work.directory = replace(work.directory, connected=frozenset({"slack:T1", "teams:TEN"}))
    joined(work, TEACHER, ON_TEAMS)
    elsewhere(waiting, work)
    assert [one.kind for one in work.deliveries(the_case(work).id) if one.to == ON_TEAMS] == ["recommendation"]
    joined(work, TEACHER, ON_TEAMS, admin=ON_TEAMS)
    work.passes()
    assert work.at(ON_TEAMS) == []
    assert work.at(TEACHER)


def test_an_admin_who_leads_and_is_joined_to_the_raiser_does_not_say_who_is_left_out() -> None:
    work = a_work(leads=(str(LEAD), str(DEPUTY), str(ON_TEAMS)))
    raised_without(work, DEPUTY)
    joined(work, TEACHER, ON_TEAMS, admin=ON_TEAMS)
    admin = Someone(work, ON_TEAMS)
    admin.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
    admin.answers({"coercion": "yes"})
    whole_form(admin)
    admin.answers({"leave_out": ()}).presses("submit_report")
    assert the_case(work).latest.number == 2
    assert the_case(work).left_out == (DEPUTY,)


# --- who was left out -------------------------------------------------------------------------------------------------
def raised_without(work: MemoryWork, *leads: Account) -> None:
    """The teacher raises something and leaves these out."""
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers(V18)
    whole_form(teacher)
    teacher.answers({"leave_out": tuple(map(str, leads))}).presses("submit_report")


@pytest.mark.parametrize("leads", [(str(LEAD), str(DEPUTY)), (str(LEAD), str(DEPUTY), str(ON_TEAMS))])
def test_a_lead_who_is_left_out_gets_no_role_by_being_joined_to_the_raiser(leads: tuple[str, ...]) -> None:
    work = a_work(leads=leads)
    raised_without(work, DEPUTY)
    joined(work, TEACHER, ON_TEAMS, DEPUTY)
    for one in (DEPUTY, ON_TEAMS):
        assert not listed(work, one)
        assert may_do(work, one) == []
    assert "refer" not in may_do(work, TEACHER), "who raised it does not lead by them either"
    assert "open_case" in may_do(work, TEACHER)


@pytest.mark.parametrize("chosen", [DEPUTY, ON_TEAMS])
def test_a_lead_who_was_left_out_stays_out_with_every_account_whatever_is_unlinked_later(chosen: Account) -> None:
    first, second = (DEPUTY, ON_TEAMS) if chosen == DEPUTY else (ON_TEAMS, DEPUTY)
    work = a_work(leads=(str(LEAD), str(first), str(second)))
    joined(work, DEPUTY, ON_TEAMS)
    raised_without(work, chosen)
    joined(work)
    work.passes(minutes=3 * 24 * 60)
    for one in (DEPUTY, ON_TEAMS):
        assert not listed(work, one)
        assert may_do(work, one) == []
        assert [delivery.kind for delivery, _ in work.arrived if delivery.to == one] == []


def test_a_case_of_an_earlier_release_learns_the_other_accounts_when_it_is_updated() -> None:
    work = a_work(leads=(str(LEAD), str(DEPUTY), str(ON_TEAMS)))
    raised_without(work, DEPUTY)
    work.keep_case(replace(the_case(work), left_out=(DEPUTY,), raised_as=()))
    joined(work, DEPUTY, ON_TEAMS)
    updates(work)
    assert set(the_case(work).left_out) == {DEPUTY, ON_TEAMS}
    assert the_case(work).raised_as == (TEACHER,)
    joined(work)
    assert may_do(work, ON_TEAMS) == []


def test_to_send_an_update_in_which_nothing_has_changed_is_no_version() -> None:
    work = a_work(leads=(str(LEAD), str(DEPUTY), str(ON_TEAMS)))
    joined(work, DEPUTY, ON_TEAMS)
    raised_without(work, DEPUTY)
    work.keep_case(replace(the_case(work), left_out=(DEPUTY,)))
    updates(work, {})
    assert the_case(work).latest.number == 1


def test_to_be_joined_to_the_raiser_lets_nobody_in_who_was_left_out_before_the_next_version() -> None:
    work = a_work()
    raised_without(work, DEPUTY)
    joined(work, TEACHER, DEPUTY)
    updates(work)
    assert the_case(work).left_out == (DEPUTY,)
    joined(work)
    assert may_do(work, DEPUTY) == []


def updates(work: MemoryWork, given: dict[str, str] | None = None) -> None:
    """The teacher sends an update, and takes no tick away."""
    teacher = Someone(work)
    teacher.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
    teacher.answers({"coercion": "yes"} if given is None else given)
    whole_form(teacher)
    teacher.presses("submit_report")


# --- two people -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("taken_apart", [False, True])
@pytest.mark.parametrize("admin", [None, ON_TEAMS])
@pytest.mark.parametrize("kind", ["refer", "do_not_refer"])
def test_where_two_people_are_wanted_no_account_decides_that_was_the_raisers(
    kind: str, admin: Account | None, *, taken_apart: bool
) -> None:
    work = a_work(leads=(str(LEAD), str(DEPUTY), str(ON_TEAMS)), requires_two_people=True)
    joined(work, DEPUTY, ON_TEAMS, admin=admin)
    raised(work, by=DEPUTY)
    if taken_apart:
        joined(work, admin=admin)
    assert "two people" in text_of(opened(work, ON_TEAMS).presses(kind))
    assert the_case(work).opened_at is None, "nobody else has looked at it"


def test_where_one_may_decide_alone_it_is_marked_also_after_they_were_taken_apart() -> None:
    work = a_work(leads=(str(LEAD), str(DEPUTY), str(ON_TEAMS)))
    joined(work, DEPUTY, ON_TEAMS)
    raised(work, by=DEPUTY)
    joined(work)
    person = referring(work, ON_TEAMS)
    assert "You raised this case yourself" in text_of(person.presses("confirm_refer"))
    person.presses("confirm_refer")
    assert [one.alone for one in the_case(work).decisions] == [True]
