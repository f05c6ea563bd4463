"""Everything that changes something has its entry of the trail: what, by whom, of which case, at which site. SR-36.

Each press that changes something is pressed once, and each clock runs out once. An entry that nobody writes any more
fails here, and so does one that is written for somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from handlers.intents import INTENTS
from tests.handlers import trail_setup as setup
from tests.handlers import trail_stories as tell
from tests.handlers.deciding import LEAD, MARSH, TEACHER

ROOT = Path(__file__).parents[2]

READ = "case.read"
TELLS: Mapping[str, tuple[tuple[str, ...], Callable[[], tell.Told]]] = {
    "recommend_now": (("case.raised",), lambda: tell.sends("recommend_now")),
    "submit_report": (("case.raised",), lambda: tell.sends("submit_report")),
    "next_page in danger": (("case.raised",), lambda: tell.sends("next_page")),
    "recommend_now of an update": ((READ, "case.updated"), lambda: tell.updates(TEACHER)),
    "recommend_now of a lead's update": ((READ, "case.updated"), lambda: tell.updates(LEAD)),
    "discard_draft": (("draft.discarded",), tell.discards),
    "open_case": ((READ,), tell.reads),
    "update_facts": ((READ,), lambda: tell.on_the_message("update_facts")),
    "ask_escalation": (("escalation.asked",), lambda: tell.on_the_message("ask_escalation")),
    "clear_from_chat": (("message.cleared",), lambda: tell.on_the_message("clear_from_chat")),
    "refer": ((READ, "notice.shown"), lambda: tell.opens("refer")),
    "do_not_refer": ((READ,), lambda: tell.opens("do_not_refer")),
    "ask_for_facts": ((READ,), lambda: tell.opens("ask_for_facts")),
    "confirm_refer": ((READ, "case.decided", "contact.chosen", "contact.chosen"), tell.refers),
    "confirm_do_not_refer": ((READ, "case.decided"), tell.declines),
    "confirm_ask_for_facts": ((READ, "facts.asked"), tell.asks),
    "mark_delivered": (("delivery.confirmed",), lambda: tell.in_doubt("mark_delivered")),
    "resend": (("delivery.again",), lambda: tell.in_doubt("resend", "failed")),
    "phone_instead": ((READ, "delivery.phoned"), lambda: tell.in_doubt("phone_instead")),
    "confirm_call": ((READ, "contact.acknowledged"), tell.writes_down),
    "acknowledge": (("contact.acknowledged",), lambda: tell.at_the_contact(MARSH)),
    "acknowledge twice": (("acknowledge.repeated",), lambda: tell.at_the_contact(MARSH, times=2)),
    "acknowledge by a lead": (("acknowledge.not_counted",), lambda: tell.at_the_contact(LEAD)),
    "acknowledge in another room": (("acknowledge.refused",), tell.in_another_room),
    "acknowledge of a test": (("setup.contact_proved",), lambda: setup.proves(MARSH, seen=True)),
    "acknowledge of a test by a lead": (("acknowledge.refused",), lambda: setup.proves(LEAD, seen=True)),
    "acknowledge of a test in the dark": (("acknowledge.refused",), lambda: setup.proves(MARSH, seen=False)),
    "refuse_message": (("message.refused",), lambda: tell.writes("refuse_message")),
    "refuse_file": (("file.refused",), lambda: tell.writes("refuse_file")),
    "save_setup": (("setup.rules_changed",), setup.sets_up),
    "remove_setup": (("setup.contact_removed",), setup.removes),
    "test_contact": (("setup.contact_tested",), setup.sends_a_test),
    "save_setup by somebody else": (("setup.refused",), setup.is_no_admin),
    "start_report by a guest": (("account.refused",), tell.is_a_guest),
    "next_page of another's draft": (("draft.refused",), lambda: tell.has_no_right("next_page", "draft")),
    "discard_draft of another's": (("draft.refused",), lambda: tell.has_no_right("discard_draft", "draft")),
    **{
        f"{name} by an outsider": (("case.refused",), partial(tell.has_no_right, name))
        for name in (
            "open_case", "find_case", "update_facts", "ask_escalation", "clear_from_chat", "refer", "do_not_refer",
            "ask_for_facts", "confirm_refer", "confirm_do_not_refer", "confirm_ask_for_facts", "mark_delivered",
            "resend", "phone_instead", "write_down_call", "confirm_call",
        )
    },
    "nobody opens it": (("time.up",), lambda: tell.nobody_opens(60)),
    "nobody decides": (("time.up",), tell.nobody_decides),
    "nobody acknowledges": (("time.up", "time.up", "time.up"), tell.nobody_acknowledges),
    "the leads are found": (("leads.found",), tell.leads_are_found),
    "they can be reached again": (("delivery.again",), tell.missed_and_there_again),
    "it goes elsewhere too": (("delivery.elsewhere",), tell.goes_elsewhere),
}  # fmt: skip
"""What is pressed or happens, what the trail has of it, and how it comes to that."""
CHANGES_NOTHING = {
    "start_report", "continue_draft", "previous_page", "change_answer", "answer_at_once", "find_case", "list_cases",
    "show_cover", "show_help", "show_home", "show_start", "show_admin", "show_practise", "edit_setup",
    "write_down_call",
}  # fmt: skip
"""What leaves at most a draft of one's own as it stands, or shows what is no case's."""
OF_NO_CASE = (
    "case.refused",
    "account.refused",
    "draft.refused",
    "acknowledge.refused",
    "message.refused",
    "file.refused",
)


@pytest.mark.parametrize("what", TELLS)
def test_what_is_done_is_in_the_trail_with_who_did_it_and_where(what: str) -> None:
    events, story = TELLS[what]
    trail, by = story()
    entries = trail.so_far()

    assert [one.event for one in entries] == list(events)
    assert {one.by for one in entries} == {by}
    for one in entries:
        if one.event in OF_NO_CASE or one.event.startswith("setup."):
            assert one.case == "", one.event
        elif one.event == "draft.discarded":
            assert one.case
        else:
            assert one.case in trail.work.cases, one.event
        assert one.site == ("" if one.event in OF_NO_CASE or one.event == "setup.refused" else "northside"), one.event
        assert "intent" in one.detail or not one.event.startswith(("case.read", "case.ref", "draft.ref", "account."))


def test_every_intent_is_here_or_changes_nothing() -> None:
    done = [what for what, (events, _) in TELLS.items() if what in INTENTS or not events[0].endswith(".refused")]
    pressed = {what.split()[0] for what in done} & INTENTS
    assert pressed | CHANGES_NOTHING == INTENTS
    assert pressed & CHANGES_NOTHING == set()


WRITTEN = re.compile(r"record\(\s*(?:session, )?f?\"([a-z_{}]+\.[a-z_{}]+)\"|note_refused\(\s*\"(\w+)\"")
TOLD_ELSEWHERE = {"{what}.refused", "setup.{what}", "delivery.{state}"}
"""Families of events: the first two by the presses above, the last by what becomes of a message (tests/store)."""


def written(folder: str) -> set[str]:
    """Every event that is written there, as the source has it."""
    found = set()
    for path in (ROOT / folder).rglob("*.py"):
        for event, refused in WRITTEN.findall(path.read_text(encoding="utf-8")):
            found.add(event or f"{refused}.refused")
    return found


def test_every_event_that_a_handler_writes_is_written_here() -> None:
    told = {event for events, _ in TELLS.values() for event in events}
    assert {"case.raised", "account.refused", "delivery.phoned", "leads.found"} <= written("handlers")
    assert written("handlers") - TOLD_ELSEWHERE <= told


def test_every_event_stands_in_the_page_on_exports() -> None:
    page = (ROOT / "docs" / "reference" / "exports.md").read_text(encoding="utf-8")
    events = {event.replace("{what}", "…").replace("{state}", "…") for event in written("handlers") | written("bot")}
    listed = set(re.findall(r"`([a-z_…]+\.[a-z_…]+)`", page.partition("## What is an entry")[2].partition("\n## ")[0]))
    assert "keys.rotated" in events
    assert events - {"….refused"} - listed == set()
    assert {"file.refused", "message.refused"} <= listed
