"""What goes stale is renewed before it lapses, what would lose a case is refused, and every window has a way back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

import pytest

from handlers.contacts import as_connected
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Room, Standing
from handlers.ports import Delivery
from handlers.route import route
from handlers.screens import Caution, TextBox, buttons_of
from handlers.setup.at import BACK
from handlers.setup.route import WINDOWS
from handlers.setup.watch import differs, watched
from handlers.sites import Contact, Site, StandIn
from tests.handlers.memory import LEAD, MemoryWork
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import POLICE, ROOM, Admin, World, nothing, with_a_site

LINK = f"https://northside.slack.com/archives/{POLICE}"
MARSH = Account.parse("slack:T9/UMARSH")
FIRST = date(2026, 11, 24)
Kind = Literal["slack", "teams", "mail"]


def with_a_contact(world: World | None = None) -> Admin:
    admin = with_a_site(world)
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    admin.work.passes()
    acknowledges(admin.work)
    return admin


def acknowledges(work: MemoryWork) -> None:
    (button,) = [one for one in buttons_of(work.at(ROOM)[-1]) if one.intent == "acknowledge"]
    seen = {ROOM: Room(name="police-liaison")}
    known = Known(Standing(member=False, why_not="outside"), names={MARSH: "Jo Marsh"}, rooms=seen)
    route(Intent("acknowledge", MARSH, known, Surface.MESSAGE, Subject.read(button.token), room=ROOM), work)
    work.passes()


def looks(work: MemoryWork, room: Room | None = Room(name="police-liaison")) -> None:  # noqa: B008  # frozen
    if differs("northside", "police-slack", room, work):
        watched("northside", "police-slack", room, work)
    work.passes()


def test_a_contact_in_use_is_asked_again_before_it_lapses_and_holds_for_ninety_days_more() -> None:
    admin = with_a_contact()
    work = admin.work
    work.now += timedelta(days=80)
    looks(work)
    assert "Police, Slack channel (police-slack): to be checked by" in text_of(admin.opens_setup().screen)
    assert "Amber: works, and a contact has to be checked by 22 February 2027." in text_of(admin.screen)
    admin.to("contact", "police-slack")
    assert "In use until" in text_of(admin.screen)
    assert "holds for 90 days more" in text_of(admin.presses("test_contact"))
    work.passes()
    assert admin.site.contacts[0].verified, "it stays in use meanwhile"
    acknowledges(work)
    assert admin.site.contacts[0].review_by == FIRST + timedelta(days=170)
    assert "Amber: works. Still to do: say who may raise." in text_of(admin.opens_setup().screen)


def test_a_test_that_was_acknowledged_today_has_nothing_to_press() -> None:
    admin = with_a_contact()
    admin.to("contact", "police-slack")
    admin.presses("test_contact")
    admin.work.passes()
    assert not [one for one in buttons_of(admin.work.at(ROOM)[-1]) if one.intent == "acknowledge"]


def test_a_second_press_at_once_sends_no_second_test() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK)
    admin.to("contact", "police-slack")
    assert "less than a minute ago" in text_of(admin.presses("test_contact"))
    admin.work.passes(2)
    assert len(admin.work.at(ROOM)) == 1
    admin.to("contact", "police-slack")
    assert "A test is on its way" in text_of(admin.presses("test_contact"))


def test_a_test_to_a_channel_that_will_not_do_is_said_and_not_sent() -> None:
    admin = with_a_contact()
    admin.world.rooms[ROOM] = Room("not_private")
    looks(admin.work, Room("not_private"))
    admin.to("contact", "police-slack")
    admin.work.arrived.clear()
    said = admin.presses("test_contact")
    assert "No test was sent: it would put nothing right. That channel is public:" in text_of(said)
    admin.work.passes()
    assert admin.work.at(ROOM) == []


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("guest", "A guest is in that channel"),
        ("token_revoked", "cannot be looked at: Slack does not take Signpost's token any more"),
        ("rate_limited", "cannot be looked at: it asks Signpost to be left alone"),
    ],
)
def test_what_is_still_wrong_is_said_above_the_contact_and_no_test_goes_there(why: str, said: str) -> None:
    admin = with_a_contact()
    looks(admin.work, Room("archived"))
    admin.world.rooms[ROOM] = Room(why)
    admin.to("contact", "police-slack")
    admin.work.arrived.clear()
    shown = admin.presses("test_contact")
    (warned,) = [one.text for one in shown.parts if isinstance(one, Caution) and "No test was sent" in one.text]
    assert said in warned
    assert {one.intent for one in buttons_of(shown)} >= {"test_contact", "save_setup"}, "it is the contact's own window"
    admin.work.passes()
    assert admin.work.at(ROOM) == []


@pytest.mark.parametrize(
    ("kind", "where", "said"),
    [("mail", "duty@council.example", "SIGNPOST_SMTP_URL"), ("slack", f"T1/{POLICE}", "that Slack workspace"),
     ("teams", "tenant/team/19:a@thread.tacv2", "that Teams tenant")],
)  # fmt: skip
def test_no_test_is_promised_where_nothing_can_be_sent(kind: Kind, where: str, said: str) -> None:
    admin = with_a_site()
    contact = Contact("desk", "police", kind, where, suspended="lapsed", verified=True, within_reach=False)
    admin.work.keep_site(replace(admin.site, contacts=(contact,)))
    admin.to("contact", "desk")
    shown = text_of(admin.presses("test_contact"))
    assert "No test was sent: it would put nothing right." in shown
    assert said in shown
    assert not [one for one, _ in admin.work.outbox.values() if one.kind == "contact_test"]


class NoMail(MemoryWork):
    """A server that is connected to Slack and sends no mail."""

    def keep_site(self, site: Site) -> None:
        super().keep_site(site)
        self.directory = as_connected(self.directory, frozenset({"slack:T1"}))


def test_whoever_enters_a_mailbox_where_no_mail_goes_out_reads_that_and_not_that_a_test_is_on_its_way() -> None:
    admin = with_a_site(World(NoMail(directory=nothing())))
    admin.to("contact")
    shown = text_of(admin.saves(purpose="social_care", kind="mail", destination="duty@council.example"))
    assert "Signpost sends no mail: have SIGNPOST_SMTP_URL" in shown
    assert "A test is on its way. Once" not in shown


def test_a_test_that_did_not_arrive_is_said_with_the_reason() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="social_care", kind="mail", destination="duty@council.example")
    for key, (delivery, due) in admin.work.outbox.items():
        if delivery.kind == "contact_test":
            failed = replace(delivery, state="failed", why="recipient_refused", id=key)
            admin.work.outbox[key] = (failed, due)
    assert "does not know the address" in text_of(admin.to("contact", "social-care-mail").screen)


def test_what_was_seen_of_the_old_channel_says_nothing_of_the_new_one() -> None:
    admin = with_a_contact()
    looks(admin.work, Room("archived"))
    admin.to("contact", "police-slack").saves(destination="https://northside.slack.com/archives/C0POLICE2")
    assert "Waiting" in text_of(admin.to("contact", "police-slack").screen)
    admin.to("contact", "police-slack").saves(kind="by_hand", destination="101")
    assert "In use: a lead rings." in text_of(admin.to("contact", "police-slack").screen)


def test_a_contact_removed_while_out_of_use_and_added_again_begins_anew() -> None:
    admin = with_a_contact()
    looks(admin.work, Room("archived"))
    admin.to("contact", "police-slack")
    admin.presses("remove_setup", label="Remove")
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    assert "Waiting" in text_of(admin.to("contact", "police-slack-2").screen)


def test_the_same_place_twice_is_said_and_another_agency_may_read_it_too() -> None:
    admin = with_a_contact()
    again = admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    assert "there already" in errors_on(again)["destination"]
    admin.to("contact").saves(purpose="social_care", kind="slack", destination=LINK, organisations="T9")
    assert {one.id for one in admin.site.contacts} == {"police-slack", "social-care-slack"}


def test_nothing_is_chosen_beforehand_for_a_new_contact_and_a_link_is_no_number() -> None:
    admin = with_a_site()
    shown = errors_on(admin.to("contact").saves(destination=LINK))
    assert set(shown) == {"purpose", "kind"}
    by_hand = admin.to("contact").saves(purpose="police", kind="by_hand", destination=LINK)
    assert "as it is dialled" in errors_on(by_hand)["destination"]


def test_who_looks_after_a_contact_stays_when_an_admin_of_the_other_platform_saves_it() -> None:
    admin = with_a_contact()
    site = admin.site
    theirs = replace(site.contacts[0], owner="Priya Nair", owner_account="teams:TEN/lead")
    admin.work.keep_site(replace(site, contacts=(theirs,)))
    admin.to("contact", "police-slack").saves(hours="Mon-Fri 08:00-16:00", out_of_hours="ring 101")
    assert (admin.site.contacts[0].owner, admin.site.contacts[0].owner_account) == ("Priya Nair", "teams:TEN/lead")


def test_a_second_site_of_the_same_name_is_refused() -> None:
    admin = with_a_site()
    shown = admin.to("site", site="").saves(name="northside", nation=("england",))
    assert "of this name already" in errors_on(shown)["name"]


def test_stand_ins_that_are_over_are_said_to_be_and_go_with_the_next_change() -> None:
    admin = with_a_site()
    over = StandIn(str(LEAD), "slack:T1/UWREN", date(2026, 11, 1), date(2026, 11, 2))
    admin.work.keep_site(replace(admin.site, stand_ins=(over,)))
    assert ": over" in text_of(admin.to("overview").screen)
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="14/12/2026", last_day="2026-12-18")
    assert [one.first for one in admin.site.stand_ins] == [date(2026, 12, 14)]


@pytest.mark.parametrize("section", sorted({*WINDOWS} - {"sites", "overview", "people"}))
def test_every_window_to_fill_in_has_a_way_back(section: str) -> None:
    admin = with_a_site()
    item = str(LEAD) if section == "lead" else ""
    admin.to(section, item)
    before = admin.site
    (back,) = [one for one in admin.screen_buttons() if one.label == BACK]
    admin.presses(back.intent, label=BACK)
    assert admin.screen_buttons()[-1].intent != "save_setup"
    assert admin.site == before


def test_forty_five_sites_stand_on_pages_with_those_first_that_need_somebody() -> None:
    admin = with_a_site()
    for number in range(44):
        admin.work.keep_site(replace(admin.site, id=f"s{number}", name=f"School {number:02}", phone="01632 1"))
    red = replace(admin.site, id="zoo", name="Zoo School", leads=())
    admin.work.keep_site(red)
    names: list[str] = []
    admin.opens_setup()
    assert "more: each moves up" in text_of(admin.screen)
    for _ in range(5):
        names += [one for one in text_of(admin.screen).splitlines() if one.startswith(("School", "Zoo", "Northside"))]
        if not [one for one in admin.screen_buttons() if one.label == "Next page"]:
            break
        admin.presses("edit_setup", label="Next page")
    listed = [one for one in names if ":" not in one]
    assert listed[0] == "Zoo School"
    assert len(set(listed)) == 46
    admin.presses("edit_setup", label="Page before")


def test_an_emptied_field_stays_empty_where_something_else_was_wrong() -> None:
    admin = with_a_site()
    shown = admin.to("site").saves(name=None, phone=None, links="Policy http://school.example")
    assert set(errors_on(shown)) == {"name", "links"}
    boxes = {part.id: part.value for part in shown.parts if isinstance(part, TextBox)}
    assert (boxes["name"], boxes["phone"], boxes["links"]) == ("", "", "Policy http://school.example")


def test_a_delivery_of_a_test_that_nobody_knows_any_more_changes_nothing() -> None:
    admin = with_a_contact()
    admin.work.outbox.clear()
    admin.work.enqueue(Delivery("contact_test", ROOM, extra="northside:gone"))
    admin.work.passes()
    assert [one for one, _ in admin.work.outbox.values()][-1].state == "dropped"


def test_a_site_of_the_file_says_what_is_still_to_do_and_a_number_needs_no_test() -> None:
    admin = with_a_contact()
    phone = Contact("social_care", "social_care", "by_hand", "01632 960010")
    site = replace(admin.site, declared=True, contacts=(phone,))
    admin.work.directory = replace(admin.work.directory, sites=(site,))
    said = text_of(admin.opens_setup().screen)
    assert "Amber: works. Still to do in the file: say who may raise; add a contact that can acknowledge." in said
    assert "In use: a lead rings." in text_of(admin.to("overview").screen)
