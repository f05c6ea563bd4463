"""Whoever rings rings what was approved: what the set-up says since then stands beside it, with who changed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.case import Told
from handlers.contact_names import called
from handlers.contacts import BY_HAND_POLICE
from handlers.people import Account
from handlers.referring.ring_for import ring
from handlers.setup.declared import tell_declared
from tests.handlers.deciding import opened, raised, the_case
from tests.handlers.memory import DEPUTY, LEAD, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import POLICE, Admin, with_a_site
from tests.handlers.test_where_it_leads import with_a_mailbox

APPROVED, NEW = "01632 960666", "01632 960777"
BY_SAM = "changed by Sam Adeyemi at 17:"
LINK = f"https://northside.slack.com/archives/{POLICE}"


def decided(admin: Admin, contact: str, who: Account = LEAD) -> Someone:
    """A lead has referred to this contact, and everything has gone out."""
    raised(admin.work)
    lead = opened(admin.work, who)
    lead.presses("refer")
    lead.answers({"contact": (contact,), "consequences_read": ("yes",)}).presses("confirm_refer")
    admin.work.passes(6)
    return lead


def by_hand() -> Admin:
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="by_hand", destination=APPROVED)
    admin.work.passes(15)
    decided(admin, "police-by-hand")
    return admin


def with_an_officer() -> Admin:
    admin = with_a_site()
    admin.to("site").saves(officer=APPROVED)
    admin.work.passes(15)
    decided(admin, BY_HAND_POLICE)
    return admin


def renumbered(admin: Admin) -> None:
    admin.to("contact", "police-by-hand").saves(destination=NEW)


def other_officer(admin: Admin) -> None:
    admin.to("site").saves(officer=NEW)


def taken_out(admin: Admin) -> None:
    admin.to("site").saves(officer=NEW)
    admin.to("contact", "police-by-hand").presses("remove_setup")


CHANGES = {
    "a contact by phone": (by_hand, renumbered, BY_SAM),
    "the officer's number": (with_an_officer, other_officer, BY_SAM),
    "a contact that is gone": (by_hand, taken_out, "the contact was taken out by Sam Adeyemi at 17:"),
}
all_changes = pytest.mark.parametrize(("made", "change", "by"), CHANGES.values(), ids=CHANGES)


def both(said: str, by: str) -> bool:
    """The approved number comes first, and the other one only with who changed it."""
    return f"Ring {APPROVED}. That is what was approved. The set-up says {NEW} since then ({by}" in said


@all_changes
def test_the_opened_case_says_what_was_approved_and_what_stands_there_now(
    made: Callable[[], Admin], change: Callable[[Admin], None], by: str
) -> None:
    admin = made()
    assert "was approved" not in text_of(opened(admin.work).screen)
    change(admin)
    for who in (LEAD, DEPUTY):
        said = text_of(opened(admin.work, who).screen)
        assert both(said, by), said
        assert f"No call is written down yet: Police, by phone: {APPROVED}" in said
        assert f"Police, by phone: {NEW}" not in said
        assert said.count(NEW) == 1


@all_changes
def test_so_do_the_words_for_the_phone_and_the_reminder(
    made: Callable[[], Admin], change: Callable[[Admin], None], by: str
) -> None:
    admin = made()
    change(admin)
    words = text_of(opened(admin.work).presses("phone_instead"))
    assert both(words, by), words
    assert f"Ring now: Police, by phone: {APPROVED}" in words
    admin.work.passes(16)
    reminder = text_of([one for one in admin.work.at(LEAD) if "Ring now, and write it down" in text_of(one)][-1])
    assert both(reminder, by), reminder
    call = text_of(opened(admin.work).presses("write_down_call"))
    assert APPROVED in call
    assert NEW not in call


def test_whoever_comes_second_reads_what_was_decided() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="by_hand", destination=APPROVED)
    raised(admin.work)
    first, second = opened(admin.work), opened(admin.work, DEPUTY)
    for one in (first, second):
        one.presses("refer")
        one.answers({"contact": ("police-by-hand",), "consequences_read": ("yes",)})
    first.presses("confirm_refer")
    renumbered(admin)
    said = text_of(second.presses("confirm_refer"))
    assert f"Police, by phone: {APPROVED}" in said
    assert NEW not in said


def test_where_a_message_went_and_where_the_next_one_would_go_both_stand_there() -> None:
    admin = with_a_mailbox("desk@police.example")
    decided(admin, "police-mail")
    admin.to("contact", "police-mail").saves(destination="sam@samsdomain.uk")
    said = text_of(opened(admin.work).screen)
    went = "Police, e-mail: desk@police.example: where it led was changed since"
    assert f"{went}, to Police, e-mail: sam@samsdomain.uk ({BY_SAM}" in said
    admin.to("contact", "police-mail").presses("remove_setup")
    said = text_of(opened(admin.work).screen)
    assert (
        "Police, e-mail: desk@police.example: it was removed or changed since (the contact was taken out by Sam" in said
    )


# --- told at once ----------------------------------------------------------------------------------------------------
def news(work: MemoryWork, who: Account = LEAD) -> list[str]:
    """What a lead has been told of the set-up until now."""
    work.passes()
    return [text_of(message) for one, message in work.arrived if one.kind == "setup_told" and one.to == who]


KEPT = "A case that was decided before keeps what was approved"
AT_ONCE = {
    "a number": (by_hand, renumbered, "where a contact is reached was changed"),
    "a number of the site": (with_an_officer, other_officer, "a number to ring was changed"),
    "a contact": (by_hand, lambda admin: admin.to("contact", "police-by-hand").presses("remove_setup"),
                  "a contact was taken out"),
}  # fmt: skip


@pytest.mark.parametrize(("made", "change", "heading"), AT_ONCE.values(), ids=AT_ONCE)
def test_who_leads_hears_at_once_and_by_itself_where_a_contact_is_reached_now(
    made: Callable[[], Admin], change: Callable[[Admin], None], heading: str
) -> None:
    admin = made()
    before = {who: len(news(admin.work, who)) for who in (LEAD, DEPUTY)}
    admin.to("rules").saves(retention="13")  # waits until the admin has been quiet
    change(admin)
    for who, count in before.items():
        (told,) = news(admin.work, who)[count:]
        assert heading in told
        assert KEPT in told
    admin.work.passes(15)
    assert [("13 months" in one, heading in one) for one in news(admin.work)[before[LEAD] :]] == [
        (False, True), (True, False),
    ]  # fmt: skip


def test_what_says_nothing_of_where_a_contact_is_reached_waits_for_the_rest() -> None:
    admin = by_hand()
    before = len(news(admin.work))
    admin.to("contact", "police-by-hand").saves(hours="Mon-Fri 08:00-16:00", out_of_hours="ring 101")
    admin.to("site").saves(phone="01632 960009")
    assert news(admin.work)[before:] == []
    admin.work.passes(15)
    (told,) = news(admin.work)[before:]
    assert KEPT not in told


def test_the_file_is_told_at_once_too() -> None:
    admin = by_hand()
    before = replace(admin.work.directory, sites=(replace(admin.site, declared=True),))
    (contact,) = admin.site.contacts
    for contacts in ((replace(contact, destination=NEW),), ()):
        there = len(news(admin.work))
        after = replace(before, sites=(replace(admin.site, declared=True, contacts=contacts),))
        tell_declared(before, after, admin.work)
        (told,) = news(admin.work)[there:]
        assert KEPT in told


# --- what an earlier release kept ------------------------------------------------------------------------------------
def test_of_an_earlier_release_the_name_says_what_was_approved() -> None:
    admin = by_hand()
    (decision,) = the_case(admin.work).decisions
    (kept,) = decision.told
    assert kept == Told("police-by-hand", "police", "by_hand", f"Police, by phone: {APPROVED}", APPROVED,
                        f"Police, by phone: {APPROVED}")  # fmt: skip
    renumbered(admin)
    old = replace(decision, told=(Told("police-by-hand", "police", "by_hand", kept.name),))
    assert ring(admin.site, old, "police-by-hand").startswith(f"Ring {APPROVED}. That is what was approved.")
    forced = replace(admin.site, force="Northshire Police")
    then = replace(old, told=(Told("police-by-hand", "police", "by_hand", f"{kept.name}, Northshire Police"),))
    assert ring(forced, then, "police-by-hand").startswith(f"Ring {APPROVED} and ask for Northshire Police.")
    older = replace(decision, told=())
    assert ring(admin.site, older, "police-by-hand") == f"Ring {NEW}."
    assert called(admin.site, older, "police-by-hand") == f"Police, by phone: {NEW}"
