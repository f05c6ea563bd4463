"""What was typed or chosen in any window stands in the one that says "not saved", and goes with *Try again*."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers import route, typed_again
from handlers.broken import again, not_saved
from handlers.examples import examples
from handlers.intents import ANEW_FOR_LEADS, ASKED_ANEW, Intent, Subject, Surface, Value
from handlers.people import Known, Standing
from handlers.screens import Field, Form, People, Question, TextBox
from handlers.words import could_not_ask
from tests.handlers.deciding import a_work, opened, raised, referring, the_case
from tests.handlers.memory import LEAD, MEMBER, MemoryWork
from tests.handlers.person import Someone, text_of

UNKNOWN = Known(Standing(member=False, why_not="unknown"))
REASON = "A long reason that took the lead twenty minutes to weigh and to write down."
KEPT = "nothing of it is lost"


def _fields(screen: Form) -> list[Field]:
    return [part for part in screen.parts if isinstance(part, Field)]


WINDOWS = {
    name: screen
    for name, screen in examples().items()
    if isinstance(screen, Form) and screen.submit is not None and _fields(screen) and screen.submit.label != "Try again"
}
"""Every window in which somebody fills something in and sends it."""
SENDS = {
    "confirm_refer", "confirm_do_not_refer", "confirm_ask_for_facts", "confirm_call", "save_setup", "acknowledge",
}  # fmt: skip


def _filled(part: Field) -> Value:
    match part:
        case TextBox():
            return f"typed into {part.id}"
        case Question() if part.several:
            return tuple(one.value for one in part.options[:2])
        case Question():
            return part.options[-1].value
        case People() if part.several:
            return ("U0SOME", "U0OTHER")
        case _:
            return "U0SOME"


def filled_in_and_sent(window: Form, **typed: Value) -> Intent:
    assert window.submit is not None
    token = window.submit.token or window.token
    fields = {part.id: _filled(part) for part in _fields(window)} | typed
    return Intent(window.submit.intent, LEAD, MEMBER, Surface.FORM, Subject.read(token), fields)


def test_every_window_in_which_a_case_is_decided_or_something_is_set_up_is_looked_at() -> None:
    looked_at = {window.submit.intent for window in WINDOWS.values() if window.submit is not None}

    assert looked_at >= SENDS
    assert looked_at & (ASKED_ANEW | ANEW_FOR_LEADS) <= SENDS, "another one takes fields: it belongs to SENDS"


def test_every_field_of_every_window_is_drawn_back_under_a_label_of_its_own() -> None:
    names = {part.id for window in WINDOWS.values() for part in _fields(window)}

    assert names <= typed_again.KNOWN, names - typed_again.KNOWN


@pytest.mark.parametrize("name", WINDOWS)
@pytest.mark.parametrize("why", ["away", "met", "ours", "account", "group"])
def test_what_was_typed_stands_in_the_window_and_try_again_sends_all_of_it(name: str, why: str) -> None:
    sent = filled_in_and_sent(WINDOWS[name])
    match why:
        case "account":
            shown = again(sent, route.NOT_CHECKED)
        case "group":
            shown = again(sent, could_not_ask("slack"))
        case _:
            shown = not_saved(sent, "E-7K4M-2Q", met=why == "met", ours=why == "ours")

    person = Someone(MemoryWork(), LEAD).sees(shown)
    assert {key: value for key, value in person.fields().items() if value} == dict(sent.fields)
    assert KEPT in text_of(shown)
    assert shown.submit is not None
    if sent.subject.kind != "draft":  # a page of the form comes back as itself, with its own buttons
        assert shown.submit.intent == sent.name
    assert Subject.read(shown.submit.token or shown.token) == sent.subject


@pytest.mark.parametrize("name", WINDOWS)
def test_each_field_comes_back_as_the_kind_that_it_was(name: str) -> None:
    """So that both platforms read the same value from it: an answer as an answer, a person as a person."""
    sent = filled_in_and_sent(WINDOWS[name])
    back = {part.id: part for part in _fields(again(sent, "Not now."))}

    for part in _fields(WINDOWS[name]):
        assert type(back[part.id]) is type(part)
        assert getattr(back[part.id], "several", False) == getattr(part, "several", False)
        if isinstance(part, TextBox):
            assert not (part.single and not getattr(back[part.id], "single", False)), "a line came back as a box"


@pytest.mark.parametrize("name", ["open_case", "list_cases", "refer", "edit_setup", "show_admin"])
def test_where_nothing_was_typed_nobody_is_told_that_it_is_kept(name: str) -> None:
    subject = Subject("site", "northside", "staff", 3) if name == "edit_setup" else Subject("case", "c" * 32, "", 1)
    for note in (route.NOT_CHECKED, could_not_ask("teams")):
        said = text_of(again(Intent(name, LEAD, MEMBER, Surface.FORM, subject), note))
        assert "is lost" not in said
        assert "typed" not in said


def test_an_answer_that_was_too_long_for_its_box_is_not_cut() -> None:
    sent = Intent(
        "confirm_do_not_refer", LEAD, MEMBER, Surface.FORM, Subject("case", "c", "p", 1), {"reason": "x" * 3000}
    )
    (box,) = _fields(again(sent, "Not now."))

    assert isinstance(box, TextBox)
    assert (box.value, box.max_length) == ("x" * 3000, 3000)


def test_a_field_that_no_window_has_is_drawn_back_all_the_same() -> None:
    given: dict[str, Value] = {"new_text": "something", "new_choice": ("a", "b"), "empty": None, "blank": ()}
    sent = Intent("confirm_call", LEAD, MEMBER, Surface.FORM, Subject("case", "c", "p", 1), given)
    person = Someone(MemoryWork(), LEAD).sees(again(sent, "Not now."))

    assert person.fields() == {"new_text": "something", "new_choice": ("a", "b")}


def test_a_lead_whose_account_could_not_be_checked_presses_again_and_the_reason_is_kept() -> None:
    work = a_work()
    raised(work)
    person = opened(work)
    person.presses("do_not_refer")
    person.known = UNKNOWN
    shown = person.answers({"reason": REASON}).presses("confirm_do_not_refer")
    assert KEPT in text_of(shown)
    assert REASON in text_of(shown)

    person.known, person.typed = MEMBER, {}
    said = text_of(person.presses("confirm_do_not_refer"))
    assert "decided" in said
    assert the_case(work).decisions[-1].reason == REASON


def test_a_referral_that_could_not_be_checked_goes_to_whom_was_chosen() -> None:
    work = a_work()
    raised(work)
    person = referring(work)
    person.known = UNKNOWN
    person.answers({"reason": REASON}).presses("confirm_refer")
    person.known, person.typed = MEMBER, {}
    person.presses("confirm_refer")

    assert [(one.contacts, one.reason) for one in the_case(work).decisions] == [(("police",), REASON)]


def test_a_log_number_and_the_name_at_the_police_are_kept() -> None:
    work = a_work()
    raised(work)
    referring(work).presses("confirm_refer")
    work.passes()
    person = opened(work)
    person.presses("write_down_call")
    person.known = UNKNOWN
    person.answers({"log": "LOG-4711-2026", "spoke_to": "Sgt Marsh"}).presses("confirm_call")
    person.known, person.typed = MEMBER, {}
    person.presses("confirm_call")

    (said,) = the_case(work).acknowledged
    assert (said.log, said.spoke_to) == ("LOG-4711-2026", "Sgt Marsh")


def test_a_window_of_setting_up_that_was_sent_with_nothing_in_it_is_opened_again() -> None:
    """To send it so once more would clear what stands there."""
    sent = Intent("save_setup", LEAD, MEMBER, Surface.FORM, Subject("site", "northside", "staff", 3), {"groups": None})
    for shown in (again(sent, route.NOT_CHECKED), not_saved(sent, "E-7K4M-2Q")):
        assert shown.submit is not None
        assert shown.submit.intent == "edit_setup"
        assert shown.submit.token == sent.subject.write()


def test_names_that_are_known_are_drawn_and_a_lead_who_was_left_out_stays_so() -> None:
    known = replace(MEMBER, names={LEAD: "Priya Nair"})
    given: dict[str, Value] = {"away": str(LEAD)}
    sent = Intent("save_setup", LEAD, known, Surface.FORM, Subject("site", "northside", "stand_in", 3), given)

    assert "Priya Nair" in text_of(again(sent, "Not now."))
