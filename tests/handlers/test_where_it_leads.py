"""A lead who sends a case somewhere reads where that is, and whose word they go by; nobody else reads the address."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.contacts import leads_to, option_of, shown
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Room, Standing
from handlers.referring import by_mail
from handlers.route import route
from handlers.screens import LABEL_LIMIT, Bullets, Paragraph, Question, Rows, buttons_of
from handlers.setup.asks import asks
from handlers.setup.watch import watched
from handlers.sites import Contact
from tests.handlers.deciding import opened, raised, the_case
from tests.handlers.memory import DEPUTY, LEAD, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import POLICE, ROOM, Admin, with_a_site

ADDRESS = "sam@samsdomain.uk"
OFFICER = Account("slack", "T9", "UMARSH")
LINK = f"https://northside.slack.com/archives/{POLICE}"


def proves_by_mail(admin: Admin) -> None:
    """Somebody presses the button behind the newest link."""
    admin.work.passes()
    mail = [one for one, _ in admin.work.arrived if one.kind == "contact_test"][-1]
    known = Known(Standing(member=False, why_not="unknown"))
    route(Intent("acknowledge", mail.to, known, Surface.FORM, by_mail.subject_of(mail), room=mail.to), admin.work)
    admin.work.passes()


def with_a_mailbox(address: str = ADDRESS) -> Admin:
    """An admin who has made an address the police, and somebody there who pressed."""
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="mail", destination=address)
    proves_by_mail(admin)
    return admin


def with_a_channel() -> Admin:
    """The same with a shared channel."""
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK, organisations="T9")
    admin.work.passes()
    (button,) = [one for one in buttons_of(admin.work.at(ROOM)[-1]) if one.intent == "acknowledge"]
    known = Known(Standing(member=False, why_not="outside"), names={OFFICER: "Jo Marsh"})
    plain = Intent("acknowledge", OFFICER, known, Surface.MESSAGE, Subject.read(button.token), room=ROOM)
    rooms = dict.fromkeys(asks(plain, admin.work.directory).rooms, Room(name="police-liaison"))
    route(replace(plain, known=replace(known, rooms=rooms)), admin.work)
    admin.work.passes()
    return admin


def notices(work: MemoryWork, who: Account = LEAD) -> list[str]:
    """What a lead was told of the set-up, once the admin has been quiet for a while."""
    work.passes(15)
    return [text_of(message) for one, message in work.arrived if one.kind == "setup_told" and one.to == who]


def refers(work: MemoryWork, who: Account = LEAD) -> Someone:
    raised(work)
    lead = opened(work, who)
    lead.presses("refer")
    return lead


def test_leads_are_told_the_address_that_was_added_and_who_showed_that_it_arrives() -> None:
    work = with_a_mailbox().work
    for lead in (LEAD, DEPUTY):
        told = notices(work, lead)
        assert [one for one in told if "added a contact" in one and ADDRESS in one]
        assert [one for one in told if f"somebody behind the link in the mail to {ADDRESS}" in one]


def test_leads_are_told_the_channel_its_organisation_and_who_pressed_there() -> None:
    work = with_a_channel().work
    told = notices(work)
    where = "#police-liaison, shared with another organisation (T9)"
    assert [one for one in told if "Jo Marsh of T9" in one and where in one]


def test_leads_are_told_a_new_address_and_where_a_contact_led_that_went_out_of_use() -> None:
    admin = with_a_mailbox()
    admin.to("contact", "police-mail").saves(destination="desk@force.police.uk")
    admin.work.passes()
    assert [one for one in notices(admin.work) if "changed a contact" in one and "desk@force.police.uk" in one]


def test_the_window_says_where_it_goes_who_entered_that_and_asks_whether_it_is_right() -> None:
    admin = with_a_mailbox()
    lead = refers(admin.work)
    said = text_of(lead.screen)
    assert "Added by Sam Adeyemi on 24 November 2026" in said
    assert f"Acknowledged by somebody behind the link in the mail to {ADDRESS} on 24 November 2026" in said
    assert "Nobody knows who is behind a link." in said
    assert "Is this the address that they gave you?" in said
    assert lead.screen is not None
    where = [line.text for part in lead.screen.parts if isinstance(part, Bullets) for line in part.items]
    assert f"Police, e-mail: {ADDRESS}" in where
    (choice,) = [part for part in lead.screen.parts if isinstance(part, Question) and part.id == "contact"]
    assert ADDRESS in next(one.label for one in choice.options if one.value == "police-mail")


def test_the_window_names_the_channel_and_who_pressed_there() -> None:
    said = text_of(refers(with_a_channel().work).screen)
    assert "#police-liaison, shared with another organisation (T9)" in said
    assert "Acknowledged by Jo Marsh of T9" in said


def test_the_decided_window_and_the_opened_case_say_where_it_went() -> None:
    admin = with_a_mailbox()
    lead = refers(admin.work)
    lead.answers({"contact": ("police-mail",), "consequences_read": ("yes",)}).presses("confirm_refer")
    assert ADDRESS in text_of(lead.screen)
    admin.work.passes()
    shown_now = opened(admin.work).screen
    assert shown_now is not None
    course = [label for part in shown_now.parts if isinstance(part, Rows) for label, _ in part.rows]
    assert f"Police, e-mail: {ADDRESS}" in course
    waiting = [part.text for part in shown_now.parts if isinstance(part, Paragraph)]
    assert f"Police, e-mail: {ADDRESS}." in waiting


def test_after_the_address_was_changed_the_case_says_where_it_went_and_that_this_is_not_the_new_one() -> None:
    admin = with_a_mailbox()
    lead = refers(admin.work)
    lead.answers({"contact": ("police-mail",), "consequences_read": ("yes",)}).presses("confirm_refer")
    admin.work.passes(1)
    admin.to("contact", "police-mail").saves(destination="desk@force.police.uk")
    said = text_of(opened(admin.work).screen)
    went = f"Police, e-mail: {ADDRESS}: where it led was changed since, to Police, e-mail: desk@force.police.uk"
    assert said.count(f"{went} (changed by Sam Adeyemi at ") == said.count("desk@force.police.uk") == 2


def test_a_case_keeps_the_name_under_which_a_channel_was_approved_and_says_the_new_one_beside_it() -> None:
    admin = with_a_channel()
    lead = refers(admin.work)
    lead.answers({"contact": ("police-slack",), "consequences_read": ("yes",)}).presses("confirm_refer")
    admin.work.passes(1)
    watched("northside", "police-slack", Room(name="lunch"), admin.work)
    orgs = "shared with another organisation (T9)"
    went = f"Police, Slack channel: #police-liaison, {orgs} (now #lunch, {orgs})"
    assert went in text_of(opened(admin.work).screen)


@pytest.mark.parametrize(
    "change",
    [{"destination": "desk@force.police.uk"}, {"room": "lunch"}, {"organisations": ("T8",)}],
    ids=["address", "name of the channel", "organisation"],
)
def test_what_was_shown_is_bound_to_the_press(change: dict[str, object]) -> None:
    admin = with_a_mailbox() if "destination" in change else with_a_channel()
    lead = refers(admin.work)
    (contact,) = admin.site.contacts
    lead.answers({"contact": (contact.id,), "consequences_read": ("yes",)})
    admin.work.keep_site(replace(admin.site, contacts=(replace(contact, **change),)))  # type: ignore[arg-type]
    assert "The contacts changed since this window was opened" in text_of(lead.presses("confirm_refer"))
    assert the_case(admin.work).decisions == ()


def test_the_message_holds_only_what_the_window_showed_and_no_address_stands_in_it_or_in_any_notification() -> None:
    admin = with_a_mailbox()
    admin.to("contact").saves(purpose="social_care", kind="mail", destination="duty@northshire.gov.uk")
    proves_by_mail(admin)
    lead = refers(admin.work)
    shown_before = text_of(lead.screen)
    both = ("police-mail", "social-care-mail")
    lead.answers({"contact": both, "consequences_read": ("yes",)}).presses("confirm_refer")
    admin.work.passes(60)
    sent = [message for one, message in admin.work.arrived if one.kind == "referral"]
    assert len(sent) == 2
    for message in sent:
        said = text_of(message)
        assert "@" not in said
        assert [one for one in said.splitlines() if one not in shown_before] == [by_mail.NO_REPLIES]
    assert not [message.summary for _, message in admin.work.arrived if "@" in message.summary]


def test_a_message_to_a_channel_does_not_say_what_another_contacts_channel_is_called() -> None:
    admin = with_a_channel()
    admin.to("contact").saves(purpose="social_care", kind="mail", destination="duty@northshire.gov.uk")
    proves_by_mail(admin)
    lead = refers(admin.work)
    lead.answers({"contact": ("police-slack", "social-care-mail"), "consequences_read": ("yes",)})
    lead.presses("confirm_refer")
    admin.work.passes()
    for message in [message for one, message in admin.work.arrived if one.kind == "referral"]:
        assert "duty@" not in text_of(message)
        assert "police-liaison" not in text_of(message)


UNNAMED = "a Slack channel (its name is not known yet; C9), shared with another organisation (T9)"
UNNAMED_ON_TEAMS = "a Teams channel (its name is not known yet; a3b4c5d6…), shared with nobody else"


@pytest.mark.parametrize(
    ("contact", "where"),
    [
        (Contact("a", "police", "slack", "T1/C9", room="police-liaison"), "#police-liaison, shared with nobody else"),
        (Contact("a", "police", "slack", "T1/C9", organisations=("T9",)), UNNAMED),
        (Contact("a", "police", "teams", "TEN/TEAM/19:c@x", room="care"), "care, shared with nobody else"),
        (Contact("a", "police", "teams", "TEN/TEAM/19:a3b4c5d6e7f8@thread.tacv2"), UNNAMED_ON_TEAMS),
        (Contact("a", "lado", "by_hand", "01632 960012"), "01632 960012"),
    ],
)
def test_where_a_contact_leads_is_said_for_every_kind(contact: Contact, where: str) -> None:
    assert leads_to(contact) == where
    assert where in shown(contact)
    assert shown(contact).count(where) == 1


def test_an_option_keeps_the_end_of_an_address_that_is_too_long_for_it() -> None:
    contact = Contact("police-mail", "police", "mail", f"{'duty.desk.' * 8}@force.police.uk.samsdomain.uk")
    label = option_of(contact)
    assert len(label) == LABEL_LIMIT
    assert label.startswith("Police, e-mail: …")
    assert label.endswith("@force.police.uk.samsdomain.uk")


def test_an_admin_reads_in_the_window_that_leads_see_the_address() -> None:
    admin = with_a_site()
    assert "Leads see it" in text_of(admin.to("contact").screen)
