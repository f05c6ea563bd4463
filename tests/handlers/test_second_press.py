"""Two leads decide at once: whose press came second reads first that it did nothing, and goes on with their words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.contacts import BY_HAND_SOCIAL_CARE
from handlers.deciding.decided import NOT_AGAIN, NOT_POSSIBLE
from handlers.screens import Bullets, Button, Buttons, Form, Heading, Screen
from tests.handlers.deciding import (
    CARE,
    CARE_ROOM,
    DEPUTY,
    POLICE,
    TEACHER,
    a_work,
    opened,
    raised,
    referrals,
    referring,
    the_case,
)
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07, V18
from tests.handlers.test_told_already import BOTH, box_after_999, note_on, ticks, whom


def two_leads(work: MemoryWork, kind: str = "refer") -> tuple[Someone, Someone]:
    """Both have a window open; the second has written and ticked."""
    raised(work, V07)
    first, second = opened(work), opened(work, DEPUTY)
    first.presses("do_not_refer")
    first.answers({"reason": "The police know of it already."})
    second.presses(kind)
    if kind == "refer":
        ticks(second, contact=("care",))
    second.answers({"reason": "The adult has a key to the house."})
    return first, second


def test_a_referral_after_a_decline_reads_first_that_it_was_not_sent_and_goes_on_with_what_was_written(
    work: MemoryWork,
) -> None:
    first, second = two_leads(work)
    first.presses("confirm_do_not_refer")
    shown = second.presses("confirm_refer")
    assert box_after_999(shown).startswith(
        "Nothing of yours was sent. Priya Nair decided at 16:55 on Tuesday 24 November 2026: Do not refer."
    )
    assert isinstance(shown, Form)
    assert shown.submit is not None
    assert shown.submit.main
    drawn = Someone(work, DEPUTY, screen=shown).fields()
    assert drawn == {"contact": ("care",), "reason": "The adult has a key to the house.", "consequences_read": ()}
    assert referrals(work) == []
    ticks(second).presses("confirm_refer")
    assert [(one.kind, one.reason) for one in the_case(work).decisions] == [
        ("do_not_refer", "The police know of it already."), ("refer", "The adult has a key to the house."),
    ]  # fmt: skip
    assert referrals(work) == [(str(CARE_ROOM), "2:care")]


def test_whom_the_other_lead_told_is_unticked_and_the_rest_stays(work: MemoryWork) -> None:
    raised(work, V07)
    first, second = referring(work), ticks(referring(work, DEPUTY), contact=BOTH, reason="An adult has the image.")
    first.presses("confirm_refer")
    shown = second.presses("confirm_refer")
    assert box_after_999(shown).startswith("Nothing of yours was sent. Priya Nair decided at 16:55")
    assert whom(shown).chosen == ("care",)
    assert note_on(shown, "Police, Slack channel").startswith("Decided at 16:55")
    assert "An adult has the image." in text_of(shown)
    ticks(second)  # Slack keeps the tick that stood in the field
    assert "Not sent yet: Police, Slack channel" in box_after_999(second.presses("confirm_refer"))
    second.answers({"contact": ("care",)}).presses("confirm_refer")
    assert [one.contacts for one in the_case(work).decisions] == [("police",), ("care",)]


def test_where_all_of_them_were_told_there_is_nothing_left_to_send(work: MemoryWork) -> None:
    raised(work, V07)
    first, second = referring(work), referring(work, DEPUTY)
    first.presses("confirm_refer")
    shown = second.presses("confirm_refer")
    assert "Nothing of yours was sent. Priya Nair decided" in box_after_999(shown)
    assert "Whom you ticked had these facts before. Police, Slack channel: " in box_after_999(shown)
    assert [one.intent for one in the_main(shown)] == ["open_case"]


def the_main(screen: Screen) -> list[Button]:
    return [one for part in screen.parts if isinstance(part, Buttons) for one in part.buttons if one.main]


def test_a_decline_after_a_referral_is_not_recorded_and_what_was_written_stands_there(work: MemoryWork) -> None:
    raised(work, V07)
    second = opened(work, DEPUTY)
    second.presses("do_not_refer")
    second.answers({"reason": "We rang their mother."})
    referring(work).presses("confirm_refer")
    shown = second.presses("confirm_do_not_refer")
    assert box_after_999(shown).startswith("Your decision was not recorded. Priya Nair decided at 16:55")
    assert "We rang their mother." in text_of(shown)
    assert len(the_case(work).decisions) == 1


def test_a_second_decline_is_not_recorded_and_does_not_read_as_if_it_were(work: MemoryWork) -> None:
    first, second = two_leads(work, "do_not_refer")
    first.presses("confirm_do_not_refer")
    shown = text_of(second.presses("confirm_do_not_refer"))
    assert "Your decision was not recorded. Priya Nair decided" in shown
    assert "It is recorded with the reason" not in shown
    assert len(the_case(work).decisions) == 1


def test_a_decline_that_is_open_again_goes_on_with_what_was_written(work: MemoryWork) -> None:
    first, second = two_leads(work, "do_not_refer")
    first.presses("confirm_do_not_refer")
    work.passes(1)
    Someone(work).sees(work.at(TEACHER)[0]).presses("ask_escalation")
    shown = second.presses("confirm_do_not_refer")
    assert box_after_999(shown).startswith("Your decision was not recorded. Priya Nair decided")
    assert Someone(work, DEPUTY, screen=shown).fields()["reason"] == "The adult has a key to the house."
    second.presses("confirm_do_not_refer")
    assert len(the_case(work).decisions) == 2


def test_a_contact_that_leads_elsewhere_since_is_called_as_it_was_told() -> None:
    work = a_work()
    raised(work, V18)
    first, second = referring(work), referring(work, DEPUTY)
    first.presses("confirm_refer")
    (site,) = work.directory.sites
    work.directory = replace(
        work.directory, sites=(replace(site, contacts=(replace(POLICE, destination="T1/C10"), CARE)),)
    )
    assert "(changed since)" in box_after_999(second.presses("confirm_refer"))


# --- what is said once it is decided ---------------------------------------------------------------------------------
def lists_on(screen: Screen) -> dict[str, tuple[str, ...]]:
    """Each list by the heading above it."""
    found, heading = {}, ""
    for part in screen.parts:
        if isinstance(part, Heading):
            heading = part.text
        elif isinstance(part, Bullets):
            found[heading] = tuple(line.text for line in part.items)
    return found


def test_right_after_it_whom_signpost_tells_and_whom_only_a_call_tells_stand_apart(work: MemoryWork) -> None:
    raised(work, V07)
    lead = referring(work).answers({"contact": ("police", BY_HAND_SOCIAL_CARE)})
    shown = lead.presses("confirm_refer")
    (sent,), (rung,) = lists_on(shown)["Signpost sends it to"], lists_on(shown)["Ring now: they know nothing yet"]
    assert sent.startswith("Police, Slack channel")
    assert rung.startswith("Children's social care, by phone")
    assert "A message is not the referral, and has no names: ring them too" in text_of(shown)


def test_where_nothing_is_sent_no_message_is_spoken_of(work: MemoryWork) -> None:
    raised(work, V07)
    shown = referring(work).answers({"contact": (BY_HAND_SOCIAL_CARE,)}).presses("confirm_refer")
    assert list(lists_on(shown)) == ["Ring now: they know nothing yet"]
    assert "A message is not" not in text_of(shown)


@pytest.mark.parametrize(("kind", "said"), [("refer", NOT_POSSIBLE), ("do_not_refer", NOT_AGAIN)])
def test_not_to_refer_what_is_decided_says_first_that_nothing_was_changed(
    work: MemoryWork, kind: str, said: str
) -> None:
    raised(work, V07)
    lead = opened(work)
    lead.presses(kind)
    lead.answers({"reason": "They know of it already."})
    if kind == "refer":
        ticks(lead, contact=("police",))
    lead.presses(f"confirm_{kind}")
    assert box_after_999(opened(work).presses("do_not_refer")) == said
