"""A contact of the CONFIG file whose channel was renamed or whose mailbox was none proves itself; and what is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.changes import Change
from handlers.contacts import contacts_of, room_of
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Room, Standing
from handlers.ports import Delivery
from handlers.route import route
from handlers.screens import buttons_of
from handlers.setup.told import line
from handlers.setup.watch import differs, watched
from handlers.sites import Contact
from handlers.telling.settle_delivery import settle
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MEMBER
from tests.handlers.person import text_of
from tests.handlers.setting_up import POLICE, ROOM, Admin, with_a_site

MARSH, OWNER = Account.parse("slack:T9/UMARSH"), Account.parse("slack:T1/UWREN")
CHANNEL = Contact("police-slack", "police", "slack", f"T1/{POLICE}", verified=True, organisations=("T9",),
                  room="police-liaison", owner_account=str(OWNER))  # fmt: skip
MAILBOX = Contact("duty", "social_care", "mail", "duty@council.example", verified=True, owner_account=str(OWNER))


def with_contacts(*, declared: bool) -> Admin:
    admin = with_a_site()
    sites = tuple(replace(one, contacts=(CHANNEL, MAILBOX), declared=declared) for one in admin.work.directory.sites)
    admin.work.directory = replace(admin.work.directory, sites=sites)
    admin.work.passes(minutes=11)
    admin.work.arrived.clear()
    return admin


def looks(admin: Admin, room: Room | None, contact: str = CHANNEL.id) -> None:
    if differs("northside", contact, room, admin.work):
        watched("northside", contact, room, admin.work)
    admin.work.passes()


def offered(admin: Admin) -> set[str]:
    return {one.id for one in contacts_of(admin.site) if one.kind != "by_hand"}


def changes(admin: Admin) -> list[Change]:
    return [one for one in admin.work.kept if one.about in (CHANNEL.id, MAILBOX.id)]


def acknowledges(admin: Admin, by: Account = MARSH, name: str = "police-2") -> str:
    (button,) = [one for one in buttons_of(admin.work.at(ROOM)[-1]) if one.intent == "acknowledge"]
    known = Known(Standing(member=False, why_not="outside"), names={by: "Jo Marsh"}, rooms={ROOM: Room(name=name)})
    return text_of(
        route(Intent("acknowledge", by, known, Surface.MESSAGE, Subject.read(button.token), room=ROOM), admin.work)
    )


def test_a_renamed_channel_is_right_again_once_somebody_there_acknowledges_a_test() -> None:
    admin = with_contacts(declared=True)
    looks(admin, Room(name="police-2"))
    assert offered(admin) == {MAILBOX.id}
    assert "send a test" in text_of(admin.to("overview").screen)

    admin.world.rooms[ROOM] = Room(name="police-2")
    admin.presses("test_contact")
    admin.work.passes()
    looks(admin, Room(name="police-2"))
    assert offered(admin) == {MAILBOX.id}, "a test that nobody has acknowledged shows nothing"
    assert "acknowledged" not in acknowledges(admin, by=LEAD)
    assert offered(admin) == {MAILBOX.id}, "nor does the school's own press"

    assert "acknowledged" in acknowledges(admin)
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}
    assert admin.site.declared
    (contact, _) = admin.site.contacts
    assert (contact.room, contact.review_by) == ("police-2", None), "until when it holds stands in the file"
    admin.work.passes(minutes=11)
    assert "Jo Marsh" in text_of(admin.work.at(LEAD)[-1])
    looks(admin, Room(name="police-2"))
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}
    looks(admin, Room(name="lunch"))
    assert offered(admin) == {MAILBOX.id}


def test_a_channel_that_is_called_again_as_it_was_is_right_by_itself() -> None:
    admin = with_contacts(declared=True)
    looks(admin, Room(name="police-2"))
    looks(admin, Room(name="police-liaison"))
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}


def test_there_is_no_test_for_what_a_look_can_show() -> None:
    admin = with_contacts(declared=True)
    looks(admin, Room("archived"))
    assert "test_contact" not in {one.intent for one in buttons_of(admin.to("overview").screen)}
    token = Subject("site", "northside", "contact", 0, CHANNEL.id).write()
    assert "nothing here for you" in text_of(admin.asks("test_contact", subject=token))


@pytest.mark.parametrize("why", ["token_revoked", "no_groups_read", "missing_scope", "not_authorised", "anything_else"])
@pytest.mark.parametrize("declared", [True, False])
def test_what_does_not_speak_of_the_channel_changes_nothing(why: str, *, declared: bool) -> None:
    admin = with_contacts(declared=declared)
    looks(admin, Room(why))
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}
    assert changes(admin) == []


@pytest.mark.parametrize(("kind", "declared"), [("referral", True), ("referral", False), ("contact_test", False)])
def test_a_mailbox_that_is_none_is_out_of_use_at_once_and_leads_owner_and_admins_hear(
    kind: str, *, declared: bool
) -> None:
    admin = with_contacts(declared=declared)
    mailbox = room_of(MAILBOX, admin.site)
    assert mailbox is not None
    bounced = Delivery(kind, mailbox, extra="northside:duty")  # type: ignore[arg-type]
    settle(bounced, "failed", MEMBER, admin.work, "recipient_refused")
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}, "that may speak of us"
    for _ in range(2):
        settle(bounced, "failed", MEMBER, admin.work, "no_such_mailbox")
    assert offered(admin) == {CHANNEL.id}

    (change,) = changes(admin)
    assert "no such mailbox" in line(change)
    admin.work.passes()
    told = [delivery.to for delivery, _ in admin.work.arrived if delivery.kind == "setup_told"]
    assert sorted(map(str, told)) == sorted(map(str, (LEAD, DEPUTY, OWNER, ADMIN)))
    assert "no such mailbox" in text_of(admin.to("overview").screen)
    looks(admin, None, MAILBOX.id)
    assert offered(admin) == {CHANNEL.id}, "no look shows that it is over"


def test_another_address_since_then_is_not_held_to_it() -> None:
    admin = with_contacts(declared=False)
    old = room_of(replace(MAILBOX, destination="old@council.example"), admin.site)
    assert old is not None
    settle(Delivery("referral", old), "failed", MEMBER, admin.work, "no_such_mailbox")
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}


def test_an_admin_sees_one_caution_for_a_platform_that_does_not_let_us_look() -> None:
    admin = with_contacts(declared=True)
    assert "cannot be looked at" not in text_of(admin.opens_setup().screen)
    admin.work.keep_blind("slack:T1", "no_groups_read")
    said = text_of(admin.opens_setup().screen)
    assert said.count("cannot be looked at") == 1
    assert "groups:read" in said


@pytest.mark.parametrize("declared", [True, False])
def test_who_hears_of_a_renamed_channel_reads_both_names_at_once_and_the_set_up_shows_the_new_one(
    *, declared: bool
) -> None:
    admin = with_contacts(declared=declared)
    looks(admin, Room(name="lunch"))
    for reader in (ADMIN, LEAD, OWNER):
        told = text_of(admin.work.at(reader)[-1])
        assert "Police, Slack channel: #lunch (before: #police-liaison), shared with another organisation (T9)" in told
    page = text_of(admin.to("overview").screen)
    assert "The channel #police-liaison is called #lunch now: is it still the same people?" in page
    assert "#lunch (before: #police-liaison)" in page
    looks(admin, Room(name="canteen"))
    assert "#canteen (before: #police-liaison)" in text_of(admin.to("overview").screen)


def test_the_new_name_is_the_only_one_once_the_channel_has_proved_itself_under_it() -> None:
    admin = with_contacts(declared=False)
    looks(admin, Room(name="police-2"))
    admin.world.rooms[ROOM] = Room(name="police-2")
    admin.to("contact", CHANNEL.id)
    admin.presses("test_contact")
    admin.work.passes()
    acknowledges(admin)
    looks(admin, Room(name="police-2"))
    assert offered(admin) == {CHANNEL.id, MAILBOX.id}
    page = text_of(admin.to("overview").screen)
    assert "#police-2, shared" in page
    assert "police-liaison" not in page
