"""What stands in an admin's chat says what is so now, whoever changed it: another admin, a contact, the bot itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers.people import Account, Room
from handlers.setup.standing_card import stands
from tests.handlers.memory import ADMIN, MemoryWork
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site
from tests.handlers.test_setup_renewed import LINK, acknowledges, looks

SAM = Account.parse("teams:TEN/sam")
WHERE = "19:conversation 1700000000001"


def with_a_card() -> Admin:
    """An admin on Slack goes on with a site, and another one on Teams has the list in the chat."""
    admin = with_a_site()
    work = admin.work
    work.directory = replace(work.directory, admins=frozenset({ADMIN, SAM}))
    work.passes(15)
    stands(SAM, WHERE, work)
    return admin


def shown(work: MemoryWork) -> list[str]:
    """What was drawn into the card since it was posted, oldest first."""
    work.passes(1)
    return [text_of(message) for one, message in work.arrived if one.kind == "setup_list" and one.to == SAM]


def test_what_another_admin_changed_and_a_contact_acknowledged_is_drawn_into_the_card_that_stands() -> None:
    admin = with_a_card()
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    assert "waits to be acknowledged" in shown(admin.work)[-1]
    acknowledges(admin.work)
    assert "waits to be acknowledged" not in shown(admin.work)[-1]
    assert "Done: each site has a contact that is in use" in shown(admin.work)[-1]
    looks(admin.work, Room("archived"))
    assert "The channel is archived." in shown(admin.work)[-1]
    (posted,) = [key for key, (one, _) in admin.work.outbox.items() if one.address]
    assert {one.replaces for one, _ in admin.work.outbox.values() if one.kind == "setup_list"} == {"", posted}


def test_changes_that_come_together_are_drawn_once() -> None:
    admin = with_a_card()
    admin.to("staff").saves(groups="S0STAFF01")
    admin.to("site").saves(force="Northshire Police")
    assert len(shown(admin.work)) == 1
    assert len(shown(admin.work)) == 1, "where nothing changes nothing is drawn"


def test_only_the_newest_card_is_drawn_anew() -> None:
    admin = with_a_card()
    stands(SAM, f"{WHERE}2", admin.work)
    admin.to("site").saves(force="Northshire Police")
    shown(admin.work)
    drawn = {one.replaces for one, _ in admin.work.outbox.values() if one.kind == "setup_list" and one.replaces}
    assert [admin.work.outbox[key][0].address for key in drawn] == [f"{WHERE}2"]


def test_whoever_is_no_admin_any_more_keeps_nothing_of_the_set_up_in_their_chat() -> None:
    admin = with_a_card()
    admin.to("people", site="").presses("remove_setup")
    assert not admin.work.directory.is_admin(SAM)
    (last,) = shown(admin.work)
    assert "You are not an admin of Signpost" in last
    assert "Northside" not in last
    admin.to("site").saves(force="Northshire Police")
    assert len(shown(admin.work)) == 1


def test_a_card_that_cannot_be_changed_any_more_is_left_alone() -> None:
    admin = with_a_card()
    admin.to("site").saves(force="Northshire Police")
    admin.work.passes(1, ends=lambda one: "failed" if one.kind == "setup_list" else "sent")
    admin.work.now += timedelta(minutes=1)
    admin.to("site").saves(force="Southshire Police")
    assert shown(admin.work) == []


def test_of_somebody_who_is_no_admin_nothing_is_kept() -> None:
    admin = with_a_card()
    stands(Account.parse("teams:TEN/teacher"), WHERE, admin.work)
    assert [one.to for one, _ in admin.work.outbox.values() if one.address] == [SAM]
