"""Changes of the set-up are seen: by every lead, whatever group or platform they are on, under names nobody made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Directory, Known, Person, Standing
from handlers.ports import Delivery
from handlers.screens import Message
from handlers.setup.tell import MOST_ATTEMPTS
from handlers.sites import StandIn
from handlers.telling.chase import chase
from tests.handlers.memory import ADMIN, DEPUTY, LEAD
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import POLICE, Admin, World, with_a_site

LINK = f"https://northside.slack.com/archives/{POLICE}"
GROUP = "teams:TEN/group:leads"
ON_TEAMS = (Account.parse("teams:TEN/priya"), Account.parse("teams:TEN/tom"))
CLUB = "slack:T1/S0CLUB99"
WREN = Account.parse("slack:T1/UWREN")


@pytest.fixture
def admin() -> Admin:
    there = with_a_site()
    there.work.passes(minutes=11)
    there.work.arrived.clear()
    return there


def told(admin: Admin, who: Account | None = None) -> list[str]:
    """What arrived about changes, oldest first; for one person or for all."""
    admin.work.passes(minutes=11)
    return [text_of(message) for delivery, message in admin.work.arrived if who in (None, delivery.to)]


def clocks(admin: Admin) -> list[Delivery]:
    """The clocks that wait for somebody to say whom to tell."""
    return [one for one, _ in admin.work.outbox.values() if one.kind == "chase" and one.state == "queued"]


def answered(admin: Admin, known: Known) -> list[Account]:
    """Answer the clocks with what the platforms say of groups, and return who is told."""
    before = len(admin.work.queued("setup_told"))
    for clock in clocks(admin):
        admin.work.mark(clock.id, "sent")
        chase(clock, known, admin.work)
    return [to for to, _ in admin.work.queued("setup_told")][before:]


def led_by(admin: Admin, *leads: str) -> None:
    site = replace(admin.site, leads=leads)
    admin.work.directory = replace(admin.work.directory, sites=(site,))


def test_leads_whom_a_group_of_the_other_platform_names_are_told_by_the_worker_that_asks_there(admin: Admin) -> None:
    led_by(admin, GROUP)
    admin.to("leads").saves(people=("UADMIN",))
    known = Known(Standing(member=False), groups={GROUP: ON_TEAMS})
    heard = answered(admin, known)
    assert set(ON_TEAMS) <= set(heard)
    assert any("Sam Adeyemi made themselves a lead" in text_of(message) for message in _drawn(admin, ON_TEAMS[0]))


def _drawn(admin: Admin, who: Account) -> list[Message]:
    admin.work.passes(minutes=11)
    return admin.work.at(who)


def test_where_a_group_cannot_be_read_it_is_tried_again_until_it_can_and_nobody_hears_twice(admin: Admin) -> None:
    led_by(admin, GROUP, str(LEAD))
    admin.to("rules").saves(lead_urgent="5")
    unread = Known(Standing(member=False))
    assert answered(admin, unread) == [LEAD]
    assert answered(admin, unread) == []
    assert set(answered(admin, Known(Standing(member=False), groups={GROUP: ON_TEAMS}))) == set(ON_TEAMS)
    assert clocks(admin) == []


def test_it_is_not_tried_for_ever(admin: Admin) -> None:
    led_by(admin, GROUP)
    admin.to("rules").saves(lead_urgent="5")
    for _ in range(MOST_ATTEMPTS + 2):
        answered(admin, Known(Standing(member=False)))
    assert clocks(admin) == []


def test_a_name_that_another_lead_bears_is_refused(admin: Admin) -> None:
    admin.to("person", site="").saves(who="UDEPUTY", name="Priya Nair")
    assert "Somebody else here is called Priya Nair" in errors_on(admin.screen)["name"]
    lookalike = "Priya N\u0430ir"  # the letter of another alphabet
    admin.to("person", site="").saves(who="UDEPUTY", name=lookalike)
    assert f"Somebody else here is called {lookalike}" in errors_on(admin.screen)["name"]
    admin.work.keep_persons((Person((WREN,), "Jo Marsh"),))
    admin.to("person", site="").saves(who="UDEPUTY", name="J\u03bf  marsh")
    assert "name" in errors_on(admin.screen), "also one that was entered"
    admin.to("person", site="").saves(who="UDEPUTY", name="TOM REID")
    assert errors_on(admin.screen) == {}, "their own, as their platform has it"


def test_who_made_themselves_a_lead_is_named_as_the_platform_names_them(admin: Admin) -> None:
    entered = Person((ADMIN,), "Priya N.")
    admin.work.directory = replace(admin.work.directory, persons=(entered,))
    admin.to("leads").saves(people=("UADMIN",))
    (said,) = [one for one in told(admin, LEAD) if "made themselves a lead" in one]
    assert "Sam Adeyemi (entered as Priya N.) made themselves a lead" in said
    assert str(ADMIN) in said


@pytest.mark.parametrize(
    "way",
    [
        "by name",
        "among others",
        "in a group",
        "as a stand-in",
        "by a link",
        "by a link made before",
        "by a second lead",
    ],
)
def test_each_way_to_become_a_lead_is_announced_by_itself(admin: Admin, way: str) -> None:
    match way:
        case "by name":
            admin.to("leads").saves(people=("UADMIN",))
        case "among others":
            people = tuple(f"UMEMBER{number}" for number in range(12))
            admin.to("leads").saves(people=(*people, "UADMIN"))
        case "in a group":
            admin.world.groups[CLUB] = (WREN, ADMIN)
            admin.to("leads").adds_group("S0CLUB99")
        case "as a stand-in":
            admin.to("stand_in").saves(away=str(LEAD), who="UADMIN", first_day="14/12/2026", last_day="18/12/2026")
        case "by a link":
            led_by(admin, str(LEAD), str(DEPUTY), str(ON_TEAMS[0]))
            admin.to("person", site="").saves(who="UADMIN", accounts=str(ON_TEAMS[0]))
        case "by a link made before":
            admin.work.keep_persons((Person((WREN, ADMIN)),))  # as earlier releases let them
            admin.to("leads").saves(people=("UWREN",))
        case _:
            admin.work.directory = replace(
                admin.work.directory, persons=(Person((ADMIN, Account.parse("teams:TEN/sam")), "Sam"),)
            )
            admin.to("leads").saves(people=("UADMIN",))
    for lead in (LEAD, DEPUTY):
        said = [one for one in told(admin, lead) if "Sam Adeyemi" in one and "made themselves a lead" in one]
        assert len(said) == 1, (way, told(admin, lead))
    assert "setup.lead_self" in {event for event, _ in admin.work.audit}


def test_who_leads_already_is_not_announced_again(admin: Admin) -> None:
    admin.to("leads").saves(people=("UADMIN",))
    admin.work.passes(minutes=11)
    admin.work.arrived.clear()
    admin.to("lead", str(ADMIN)).saves(move="first")
    admin.to("rules").saves(lead_urgent="5")
    assert not [one for one in told(admin) if "made themselves a lead" in one]


CHANGES = {
    "nation": ("site", {"nation": "wales"}, "Nation, which picks the guidance: Wales, before that England"),
    "mash": ("site", {"mash": "01632 960010"}, "Children's social care by day: 01632 960010, before that nothing"),
    "phone": ("site", {"phone": "01632 960009"}, "Switchboard: 01632 960009, before that 01632 960001"),
    "links": ("site", {"links": "Policy https://school.example/p"}, "Policy https://school.example/p, before that not"),
    "clocks": ("rules", {"lead_urgent": "20"}, "urgent after: 20 minutes, before that 10 minutes"),
    "two people": ("rules", {"two_people": "yes"}, "Two people decide: yes, before that no"),
    "staff": ("staff", {"people": ("UWREN",)}, "may raise an incident: Wren Okafor, before that every full member."),
}


@pytest.mark.parametrize("what", CHANGES)
def test_leads_read_what_was_changed_and_what_stood_there_before(admin: Admin, what: str) -> None:
    section, fields, words = CHANGES[what]
    admin.to(section).saves(**fields)
    for lead in (LEAD, DEPUTY):
        assert words in "".join(told(admin, lead)), told(admin, lead)
    (detail,) = [detail for event, detail in admin.work.recorded if event == f"setup.{section}_changed"]
    assert detail["changed"]
    assert detail["words"] == admin.work.kept[-1].fingerprint


def test_leads_hear_when_what_a_contact_reads_of_them_is_changed(admin: Admin) -> None:
    admin.to("person", site="").saves(who="ULEAD", name="Priya Nair", phone="01632 960111")
    admin.to("person", str(LEAD), site="").saves(phone="01632 960222")
    said = told(admin, LEAD)
    assert "01632 960222" in said[-1]
    assert "Before that" in said[-1]
    assert "01632 960111" in said[-1]


def test_leads_hear_when_accounts_are_several_people_again(admin: Admin) -> None:
    admin.to("person", site="").saves(who="ULEAD", accounts="teams:TEN/lead")
    admin.work.passes(minutes=11)
    admin.work.arrived.clear()
    admin.to("person", str(LEAD), site="")
    admin.presses("remove_setup")
    assert "your account is by itself again" in "".join(told(admin, LEAD))
    assert "several people again" in "".join(told(admin, DEPUTY))


def test_the_trail_has_an_entry_for_each_account(admin: Admin) -> None:
    admin.to("leads").saves(people=("UWREN", "UADMIN"))
    added = [detail["about"] for event, detail in admin.work.recorded if event == "setup.lead_added"]
    assert added[-2:] == [str(WREN), str(ADMIN)]
    admin.to("admin", site="").saves(people=("UWREN", "UDEPUTY"))
    assert [d["about"] for e, d in admin.work.recorded if e == "setup.admin_added"] == [str(WREN), str(DEPUTY)]


def test_a_lead_who_was_taken_out_is_told_and_so_are_the_members_of_a_group_that_was(admin: Admin) -> None:
    admin.world.groups[CLUB] = (WREN,)
    admin.to("leads").adds_group("S0CLUB99")
    admin.work.passes(minutes=11)
    admin.work.arrived.clear()
    admin.to("lead", CLUB).saves(move="out")
    assert "took this lead out: User group S0CLUB99 (1 person: Wren Okafor)" in "".join(told(admin, WREN))


def test_who_stands_in_later_hears_that_they_do_and_of_changes_once_they_do(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="14/12/2026", last_day="18/12/2026")
    assert "You stand in for Priya Nair" in "".join(told(admin, WREN))
    admin.to("rules").saves(lead_urgent="8")
    assert len(told(admin, WREN)) == 1
    site = replace(admin.site, stand_ins=(StandIn(str(LEAD), str(WREN), admin.work.now.date(), admin.work.now.date()),))
    admin.work.directory = replace(admin.work.directory, sites=(site,))
    admin.to("rules").saves(lead_urgent="7")
    assert len(told(admin, WREN)) == 2


def test_nothing_is_told_where_nobody_leads() -> None:
    admin = Admin(World())
    admin.work.directory = replace(admin.work.directory, sites=())
    admin.to("person", site="").saves(who="UWREN", name="Wren Okafor")
    assert told(admin) == []
    assert isinstance(admin.work.directory, Directory)


def test_what_an_admin_changes_in_one_go_is_one_message_and_what_matters_is_one_of_its_own(admin: Admin) -> None:
    admin.to("rules").saves(lead_urgent="5")
    admin.work.passes(minutes=1)
    admin.to("site").saves(mash="01632 960010")
    admin.work.passes(minutes=1)
    admin.to("contact").saves(purpose="lado", kind="by_hand", destination="01632 960012")
    assert [one for one in admin.work.arrived if one[0].to == LEAD] == []
    said = told(admin, LEAD)
    assert len(said) == 1
    for words in ("changed the clocks or rules", "01632 960010", "added a contact that leads ring"):
        assert words in said[0]
    admin.to("rules").saves(lead_urgent="6")
    admin.to("leads").saves(people=("UADMIN",))
    admin.work.passes()
    assert "an admin made themselves a lead" in text_of(admin.work.at(LEAD)[-1])
    assert "tell the head teacher and another lead" in text_of(admin.work.at(LEAD)[-1])
    assert len(told(admin, LEAD)) == 3


def test_somebody_who_goes_on_changing_is_told_of_within_ten_minutes(admin: Admin) -> None:
    for number in range(12):
        admin.to("rules").saves(lead_urgent=str(20 + number))
        admin.work.passes(minutes=1)
    assert len(admin.work.at(LEAD)) == 1


def test_a_number_to_ring_waits_for_no_test(admin: Admin) -> None:
    admin.to("contact").saves(purpose="lado", kind="by_hand", destination="01632 960012")
    assert "before it has acknowledged" not in "".join(told(admin, LEAD))


def test_an_admin_cannot_be_left_as_the_only_lead(admin: Admin) -> None:
    admin.to("leads").saves(people=("UADMIN",))
    admin.to("lead", str(LEAD)).saves(move="out")
    admin.to("lead", str(DEPUTY)).saves(move="out")
    assert "Only you would lead here" in errors_on(admin.screen)["move"]
    assert admin.site.leads == (str(DEPUTY), str(ADMIN))


def test_two_people_need_two_leads(admin: Admin) -> None:
    admin.to("lead", str(DEPUTY)).saves(move="out")
    admin.to("rules").saves(two_people="yes")
    assert "Add a second lead first" in errors_on(admin.screen)["two_people"]
    assert not admin.site.requires_two_people


def test_who_stood_in_for_a_lead_who_is_taken_out_hears_of_it(admin: Admin) -> None:
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="14/12/2026", last_day="18/12/2026")
    admin.work.passes(minutes=11)
    admin.to("lead", str(LEAD)).saves(move="out")
    assert "and with them Wren Okafor, who stood in for them" in told(admin, DEPUTY)[-1]
    assert "You do not stand in for Priya Nair from 14 December 2026 to 18 December 2026" in told(admin, WREN)[-1]
