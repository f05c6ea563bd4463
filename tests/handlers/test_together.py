"""Several people at one case: who was left out stays out, and nobody's answers are undone by somebody else's window."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Account, Known, Standing
from handlers.screens import Caution, Message, buttons_of
from handlers.telling.chase import chase
from handlers.telling.deliveries import draw
from tests.handlers.memory import DEPUTY, LEAD, MEMBER, SITE, MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V01, V05, V18

LEADS = "slack:T1/SLEADS"


@pytest.fixture
def work() -> MemoryWork:
    return MemoryWork()


@pytest.fixture
def teacher(work: MemoryWork) -> Someone:
    person = Someone(work)
    person.opens_form()
    person.answers(V18).presses("recommend_now")
    person.typed.clear()
    return person


def updates(person: Someone) -> None:
    """Open *Update the facts* of the one case."""
    (case,) = person.work.cases.values()
    person.asks("update_facts", surface=Surface.MESSAGE, subject=Subject("case", case.id, "", 1).write())


def leave_out(teacher: Someone, *leads: Account) -> None:
    updates(teacher)
    whole_form(teacher)
    teacher.answers({"leave_out": tuple(map(str, leads))}).presses("submit_report")


def test_a_lead_left_out_meanwhile_cannot_go_on_with_an_update(teacher: Someone, work: MemoryWork) -> None:
    deputy = Someone(work, DEPUTY)
    updates(deputy)
    deputy.presses("next_page")
    leave_out(teacher, DEPUTY)
    refused = deputy.answers({"coercion": "yes"}).presses("recommend_now")
    assert "nothing here for you" in text_of(refused)

    deputy.opens_form()
    deputy.presses("continue_draft")
    assert "nothing here for you" in text_of(deputy.screen)
    (case,) = work.cases.values()
    assert case.latest.facts.coercion == "not_known"
    deputy.asks("list_cases")
    assert case.reference not in text_of(deputy.screen)


def test_another_leads_older_update_does_not_undo_the_leaving_out(teacher: Someone, work: MemoryWork) -> None:
    lead = Someone(work, LEAD)
    updates(lead)
    leave_out(teacher, DEPUTY)
    lead.answers({"coercion": "yes"}).presses("recommend_now")

    (case,) = work.cases.values()
    assert case.left_out == (DEPUTY,)
    assert case.latest.facts.coercion == "yes"
    assert DEPUTY not in [to for to, _ in work.queued("lead_notice")]


def test_a_lead_who_is_left_out_later_keeps_a_receipt_that_says_nothing(teacher: Someone, work: MemoryWork) -> None:
    work.send_all()
    leave_out(teacher, LEAD)

    taken = [d for d, _ in work.outbox.values() if d.kind == "retired" and d.to == LEAD]
    assert [d.extra for d in taken] == ["left_out"]


def test_danger_on_an_update_keeps_what_a_lead_has_said_since(teacher: Someone, work: MemoryWork) -> None:
    updates(teacher)
    lead = Someone(work, LEAD)
    updates(lead)
    lead.answers({"coercion": "yes"}).presses("recommend_now")
    teacher.answers({"harm_now": "in_danger_now"}).presses("next_page")
    whole_form(teacher)
    teacher.presses("submit_report")

    (case,) = work.cases.values()
    assert (case.latest.facts.coercion, case.latest.facts.harm_now) == ("yes", "in_danger_now")


def test_an_update_that_was_discarded_elsewhere_makes_no_second_case(teacher: Someone, work: MemoryWork) -> None:
    updates(teacher)
    work.drafts.clear()
    shown = teacher.answers({"coercion": "yes"}).presses("recommend_now")

    assert "This update is gone" in text_of(shown)
    assert len(work.cases) == 1


def test_a_page_of_a_discarded_report_makes_no_case_without_its_other_answers(work: MemoryWork) -> None:
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers({"harm_now": "at_risk", "adult_involved": "yes"}).presses("next_page")
    work.drafts.clear()
    teacher.answers({"spread": "shared_on"})
    for _ in range(2):
        shown = teacher.presses("recommend_now", label="Get")
        if not work.cases:
            assert "discarded or has expired" in text_of(shown)
            break
    assert not work.cases


@pytest.mark.usefixtures("teacher")
def test_the_raisers_message_speaks_to_the_raiser_whoever_gave_the_facts(work: MemoryWork) -> None:
    lead = Someone(work, LEAD)
    updates(lead)
    lead.answers({"adult_involved": "yes"}).presses("recommend_now")
    newest = [d for d, _ in work.outbox.values() if d.kind == "recommendation"][-1]
    message = draw(newest, work)

    assert message is not None
    assert "Ring a safeguarding lead now: they refer." in text_of(message.content)
    assert "Refer before you find out more" not in text_of(message.content)


def test_asking_again_tells_them_again(teacher: Someone, work: MemoryWork) -> None:
    teacher.presses("ask_escalation")
    work.send_all()
    work.now = work.now.replace(hour=18)
    teacher.presses("ask_escalation", label="again")

    assert [to for to, _ in work.queued("escalation_asked")] == [LEAD, DEPUTY]


def test_with_everybody_left_out_the_message_names_the_heads_route_and_asking_tells_nobody(work: MemoryWork) -> None:
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers(V01)
    whole_form(teacher)
    teacher.answers({"leave_out": (str(LEAD), str(DEPUTY))}).presses("submit_report")
    (delivery,) = [d for d, _ in work.outbox.values() if d.kind == "recommendation"]
    message = draw(delivery, work)
    assert message is not None
    assert any(isinstance(p, Caution) and "Go to the head teacher now" in p.text for p in message.content.parts)

    assert "ask_escalation" not in {button.intent for button in buttons_of(message.content)}
    old = f"case~{delivery.case}~first~1~"
    shown = teacher.asks("ask_escalation", surface=Surface.MESSAGE, subject=old)
    assert isinstance(shown, Message)
    assert "You asked the safeguarding leads" not in text_of(shown)


def test_a_group_that_cannot_be_read_is_told_as_it_was_and_nobody_gets_in_by_it(work: MemoryWork) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(LEADS,)),))
    remembered = Known(Standing(member=True), remembered={LEADS: (LEAD,)})
    teacher = Someone(work, known=remembered)
    teacher.opens_form()
    teacher.answers(V18).presses("recommend_now")
    assert [to for to, _ in work.queued("lead_notice")] == [LEAD]

    (case,) = work.cases.values()
    lead = Someone(work, LEAD, remembered)
    lead.asks("open_case", surface=Surface.MESSAGE, subject=Subject("case", case.id, "", 1).write())
    assert "could not be asked just now who may do this" in text_of(lead.screen)
    assert case.reference not in text_of(lead.screen)


def test_where_nobody_knows_the_leads_the_window_says_that_nobody_was_told(work: MemoryWork) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(LEADS,)),))
    teacher = Someone(work, known=MEMBER)
    teacher.opens_form()
    shown = teacher.answers(V18).presses("recommend_now")

    assert "nobody is told through it" in text_of(shown)


def test_leads_of_a_group_are_told_as_soon_as_it_can_be_read(work: MemoryWork) -> None:
    work.directory = replace(work.directory, sites=(replace(SITE, leads=(LEADS,)),))
    teacher = Someone(work, known=MEMBER)
    teacher.opens_form()
    shown = teacher.answers(V05).presses("next_page")
    assert "Nobody can be told through Signpost just now" in text_of(shown)
    assert "01632 960001" in text_of(shown)
    assert [d.extra for d, _ in work.outbox.values() if d.kind == "own_route"] == ["nobody"]

    for known, told in ((MEMBER, []), (replace(MEMBER, groups={LEADS: (LEAD,)}), [LEAD])):
        work.now += timedelta(seconds=31)
        (search,) = [d for d, due in work.outbox.values() if d.extra == "find" and d.state == "queued"]
        work.outbox[search.id] = (replace(search, state="sent"), work.now)
        chase(search, known, work)
        assert [to for to, _ in work.queued("lead_notice")] == told


def test_from_the_999_screen_one_comes_to_the_questions_that_were_not_seen(work: MemoryWork) -> None:
    teacher = Someone(work)
    page = teacher.opens_form()
    teacher.answers({"harm_now": "in_danger_now"})
    teacher.asks("answer_at_once", surface=Surface.FORM, subject=page.token, fields=teacher.fields())  # type: ignore[union-attr]
    teacher.presses("next_page")
    assert "Step 1 of 3" in text_of(teacher.screen)
    teacher.answers(V05).presses("next_page")
    assert "Step 2 of 3" in text_of(teacher.screen)
    assert len(work.cases) == 1


def test_notes_are_looked_at_before_going_back_too(work: MemoryWork) -> None:
    teacher = Someone(work)
    teacher.opens_form()
    teacher.answers({**V01, "notes": "Ring mum on 07700 900123"}).presses("next_page")
    teacher.presses("next_page")
    shown = teacher.presses("previous_page")

    assert "notes" in dict(shown.errors)  # type: ignore[union-attr]
    assert teacher.fields()["notes"] == "Ring mum on 07700 900123"
    teacher.presses("previous_page")
    assert "Step 2 of 3" in text_of(teacher.screen)
