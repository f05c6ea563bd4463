"""What stands in a lead's chat: the reference on top, who was told before, and no line that events have overtaken."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from handlers.clocks import told
from handlers.screens import Heading, Message, Paragraph
from handlers.telling.deliveries import draw
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
    referring,
    the_case,
)
from tests.handlers.memory import MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V05, V18

OPEN_IT = "Nobody has opened this yet. Open it now."


def new_facts(work: MemoryWork, **answers: str) -> None:
    teacher = Someone(work).sees(work.at(TEACHER)[0])
    teacher.presses("update_facts")
    teacher.answers(answers or {"coercion": "yes"}).presses("recommend_now")
    work.passes()


def stands(work: MemoryWork, who: object) -> list[str]:
    """What stands in somebody's chat at the end: of a message that was overwritten its last words."""
    pages: dict[str, Message] = {}
    for delivery, content in work.arrived:
        if delivery.to == who:
            pages[delivery.replaces or delivery.id] = content
    return [text_of(one) for one in pages.values()]


def declines(work: MemoryWork, who: object = LEAD) -> Someone:
    person = opened(work, who)  # type: ignore[arg-type]
    person.presses("do_not_refer")
    person.answers({"reason": "We rang them.", "consequences_read": ("yes",)}).presses("confirm_do_not_refer")
    work.passes()
    return person


def test_the_reference_stands_above_the_heading_which_has_a_line_of_its_own(work: MemoryWork) -> None:
    case = raised(work)
    (notice,) = work.at(LEAD)
    heading = next(i for i, part in enumerate(notice.parts) if isinstance(part, Heading))
    above = [part.text for part in notice.parts[:heading] if isinstance(part, Paragraph)]
    assert any(text.startswith(case.reference) for text in above)
    assert notice.parts[heading] == Heading(case.latest.recommendation().outcome.heading)


def test_the_second_lead_reads_who_was_told_before_and_when(work: MemoryWork) -> None:
    raised(work, V05)
    assert "Told before you" not in text_of(work.at(LEAD)[0])
    first = told(work.now)
    work.passes(10)
    assert f"Told before you: Priya Nair at {first}. Nobody has opened it yet." in text_of(work.at(DEPUTY)[0])


def test_the_name_of_whoever_was_told_before_is_asked_for_where_configuration_has_none(work: MemoryWork) -> None:
    work.directory = replace(work.directory, persons=())
    raised(work, V05)
    work.passes(10)
    (notice,) = [one for one, _ in work.arrived if one.to == DEPUTY]
    drawn = draw(notice, work)
    assert drawn is not None
    assert drawn.to_name
    named = draw(notice, work, replace(MEMBER, names={LEAD: "Priya N."}))
    assert named is not None
    assert "Told before you: Priya N. at" in text_of(named.content)


def test_only_who_was_told_of_an_earlier_version_reads_that_the_facts_have_changed(work: MemoryWork) -> None:
    raised(work, V18)
    new_facts(work)
    assert "The facts have changed: this is version 2." in text_of(work.at(LEAD)[-1])
    work.passes(60)
    assert "The facts have changed" not in text_of(work.at(DEPUTY)[0])


def test_after_a_later_decision_every_line_of_a_lead_shows_the_newest(work: MemoryWork) -> None:
    raised(work)
    work.passes(10)
    declines(work).presses("refer")
    referring(work).presses("confirm_refer")
    work.passes()
    for lead in (LEAD, DEPUTY):
        lines = [one for one in stands(work, lead) if "decided at" in one]
        assert lines
        assert all("Priya Nair decided at 17:05 on Tuesday 24 November 2026: refer." in one for one in lines), lines


def test_a_line_that_goes_out_late_shows_the_newest_decision_too(work: MemoryWork) -> None:
    raised(work)
    declines(work)
    referring(work).presses("confirm_refer")
    late = next(one for one, _ in work.outbox.values() if one.kind == "notice_decided")
    drawn = draw(late, work)
    assert drawn is not None
    assert "refer." in text_of(drawn.content)
    assert "do not refer" not in text_of(drawn.content)


def test_a_reminder_to_open_it_is_a_receipt_once_somebody_has(work: MemoryWork) -> None:
    raised(work, V05)
    work.passes(25)
    assert any(OPEN_IT in one for one in stands(work, LEAD))
    assert any(OPEN_IT in one for one in stands(work, DEPUTY))
    opened(work, DEPUTY)
    work.passes()
    for lead in (LEAD, DEPUTY):
        assert not any(OPEN_IT in one for one in stands(work, lead))
        assert any("A lead has opened this." in one for one in stands(work, lead))


def test_a_reminder_to_decide_shows_the_decision_once_there_is_one(work: MemoryWork) -> None:
    raised(work, V05)
    opened(work, DEPUTY)
    work.passes(60)
    assert any("nobody has decided yet" in one for one in stands(work, LEAD))
    declines(work)
    for lead in (LEAD, DEPUTY):
        assert not any("nobody has decided yet" in one for one in stands(work, lead))
    assert any("decided at" in one for one in stands(work, DEPUTY))


def test_a_reminder_about_older_facts_makes_way_for_the_newer_message(work: MemoryWork) -> None:
    raised(work, V05)
    work.passes(25)
    new_facts(work)
    assert not any(OPEN_IT in one for one in stands(work, LEAD))


def test_a_reminder_to_ring_makes_way_for_the_next_and_for_its_end() -> None:
    work = a_work()
    raised(work, V05)
    referring(work).answers({"contact": ("police", "care")}).presses("confirm_refer")
    work.passes(16)
    ring = "one of the 2"
    assert sum(ring in one for one in stands(work, LEAD)) == 1
    work.passes(15)
    assert sum(ring in one for one in stands(work, LEAD)) == 1, "the second takes the place of the first"
    assert any("Still none of the 2" in one for one in stands(work, LEAD))

    acknowledges(work, work.at(ROOM)[-1])
    work.passes()
    assert sum(ring in one for one in stands(work, LEAD)) == 1, "one has yet to confirm it"
    acknowledges(work, work.at(CARE_ROOM)[-1], room=CARE_ROOM)
    work.passes()
    for lead in (LEAD, DEPUTY):
        assert not any(ring in one for one in stands(work, lead))
        assert any("Everyone who was to be told has it." in one for one in stands(work, lead))


def test_nothing_is_overwritten_twice_by_the_same(work: MemoryWork) -> None:
    raised(work, V05)
    work.passes(25)
    declines(work)
    referring(work).presses("confirm_refer")
    work.passes(60)
    sent = Counter((one.kind, one.replaces, one.extra) for one, _ in work.outbox.values() if one.replaces)
    assert set(sent.values()) == {1}


def test_that_a_lead_opened_it_first_stays_as_it_was_and_rows_stand_in_order(work: MemoryWork) -> None:
    raised(work, V05)
    work.passes(1)
    opened(work)
    work.passes(1)
    new_facts(work)
    work.passes(1)
    lead = opened(work, DEPUTY)
    said = text_of(lead.screen).splitlines()
    rows = [one for one in said if "on Tuesday 24 November 2026: " in one]
    assert [one.split(" on ")[0] for one in rows[:4]] == ["16:55", "16:56", "16:57", "16:58"]
    assert [one.partition(": ")[2][:18] for one in rows[:4]] == [
        "Raised", "First opened by a ", "Facts updated (ver", "Opened again after",
    ]  # fmt: skip
    assert the_case(work).first_opened_at is not None
