"""What an admin sees before they press: who is in a group, what a number is, why something will not do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Account, Group
from handlers.screens import Caution, Question
from handlers.setup.leads import SURE
from handlers.setup.numbers import number_wrong, way_wrong
from handlers.setup.people import UNREAD, UNREAD_ON_TEAMS
from handlers.sites import Contact
from tests.handlers.memory import DEPUTY, LEAD, TEACHER
from tests.handlers.person import Someone, errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

STAFF = "slack:T1/S0STAFF01"
LEADS = "slack:T1/S0LEADS01"
WREN = Account.parse("slack:T1/UWREN")


@pytest.fixture
def admin() -> Admin:
    groups = {STAFF: (TEACHER, WREN, LEAD, DEPUTY), LEADS: (LEAD, WREN)}
    return with_a_site(World(groups=groups, about_groups={STAFF: Group("@staff"), LEADS: Group("@leads")}))


def cautions(admin: Admin) -> str:
    assert admin.screen is not None
    return " ".join(one.text for one in admin.screen.parts if isinstance(one, Caution))


def test_who_is_in_a_group_is_shown_before_it_leads(admin: Admin) -> None:
    before = admin.site
    shown = admin.to("leads").saves(groups="S0LEADS01")
    assert set(errors_on(shown)) == {SURE}
    assert "User group @leads (2 people: Priya Nair and Wren Okafor)" in text_of(shown)
    assert admin.site == before
    (sure,) = [one for one in shown.parts if isinstance(one, Question) and one.id == SURE]
    admin.saves(sure=(sure.options[0].value,))
    assert admin.site.leads == (str(LEAD), str(DEPUTY), LEADS)


def test_a_yes_counts_for_those_who_were_shown_alone(admin: Admin) -> None:
    shown = admin.to("leads").saves(groups="S0LEADS01")
    (sure,) = [one for one in shown.parts if isinstance(one, Question) and one.id == SURE]
    admin.world.groups[LEADS] = (LEAD, WREN, TEACHER)
    again = admin.saves(sure=(sure.options[0].value,))
    assert set(errors_on(again)) == {SURE}
    assert "(3 people:" in text_of(again)
    assert LEADS not in admin.site.leads


def test_a_group_of_leads_that_is_the_group_of_staff_is_warned_of_whichever_comes_first(admin: Admin) -> None:
    admin.to("staff").saves(groups="S0STAFF01")
    admin.to("leads").saves(groups="S0STAFF01")
    assert "all 4 of those who may raise" in cautions(admin)
    admin.to("leads").saves(groups="S0LEADS01")
    assert "who may raise" not in cautions(admin), "a small school has few who are no leads"
    everybody = tuple(Account("slack", "T1", f"USTAFF{number}") for number in range(9))
    admin.world.groups |= {STAFF: everybody, LEADS: everybody[:6]}
    admin.to("leads").saves(groups="S0LEADS01")
    assert "6 of 9 of those who may raise" in cautions(admin)
    admin.world.groups[LEADS] = everybody[:5]
    admin.to("leads").saves(groups="S0LEADS01")
    assert "who may raise" not in cautions(admin)

    admin.to("staff").saves(groups=None)
    admin.to("leads").adds_group("S0STAFF01")
    assert "of those who may raise" not in cautions(admin.to("overview"))
    admin.to("staff").saves(groups="S0STAFF01")
    assert "all 9 of those who may raise" in cautions(admin.to("overview"))


def test_the_page_of_a_site_says_who_may_raise_and_calls_groups_as_people_do(admin: Admin) -> None:
    admin.to("staff").saves(groups="S0STAFF01", people=("UADMIN",))
    admin.to("leads").adds_group("S0LEADS01")
    said = text_of(admin.to("overview").screen)
    assert "User group @staff (4 people: Wren Okafor, Priya Nair, Tom Reid and 1 whose name cannot be read);" in said
    assert "cannot be read); Sam Adeyemi" in said
    assert "3. User group @leads (2 people: Priya Nair and Wren Okafor)" in said
    assert "S0STAFF01" not in said
    assert "Now: user group @staff (4 people" in text_of(admin.to("staff").screen)
    del admin.world.groups[LEADS]
    assert "User group @leads (who is in it cannot be read just now)" in text_of(admin.to("overview").screen)
    admin.world.about_groups.clear()
    assert "User group S0LEADS01 (who is in it" in text_of(admin.to("overview").screen)


@pytest.mark.parametrize("why", [*UNREAD, ""])
def test_each_cause_for_which_a_group_cannot_be_read_has_its_own_sentence(admin: Admin, why: str) -> None:
    admin.world.about_groups["slack:T1/S0OTHER01"] = Group("@other", why)
    if why == "nobody":
        admin.world.about_groups["slack:T1/S0OTHER01"] = Group("@other")
        admin.world.groups["slack:T1/S0OTHER01"] = ()
    said = [errors_on(admin.to(window).saves(groups="S0OTHER01"))["groups"] for window in ("leads", "staff")]
    assert len(set(said)) == 1
    others = {text.format(text="@other") for one, text in UNREAD.items() if one != why}
    assert said[0] not in others
    assert ("press the button again in a minute" in said[0]) == (why == "")
    assert UNREAD_ON_TEAMS.keys() <= UNREAD.keys()


GOOD = (
    "", "01632 960001", "(01632) 960001", "01632-960001", "020 7946 0000", "+44 1632 960001", "+44 (0)1632 960001",
    "101", "111", "105", "01632 960001 ext 204", "01632 960001 ext. 4", "01632 960001x204", "01632 960001, option 2",
    "0800 1111", "0800 123456", "01632 96001", "07700 900123", "0300 123 4567", "ext 204", "101 ext 4",
    "01632 960001 or 01632 960002", "01632 960001 (office)", "+353 1 234 5678",
)  # fmt: skip
BAD = (
    "01632", "999", "112", "9 9 9", "999 ext 4", "101 or 999", "<tel:1|x> `0`", "*01632 960001*", "12", "0", "960001",
    "call +44 (0)1632-960 012 ext. 4", "+44 12", "()", "01632 960001<!here>", "01632 960001 or", "the office",
)  # fmt: skip


@pytest.mark.parametrize("text", GOOD)
def test_a_number_that_can_be_dialled_is_taken(text: str) -> None:
    assert number_wrong(text, 40) == ""
    assert way_wrong(text, 40) == ""


@pytest.mark.parametrize("text", BAD)
def test_what_cannot_be_dialled_is_said_wherever_a_number_is_asked_for(admin: Admin, text: str) -> None:
    for section, field, more in (
        ("site", "phone", {}),
        ("site", "mash", {}),
        ("contact", "destination", {"purpose": ("lado",), "kind": ("by_hand",)}),
        ("person", "phone", {"who": "UWREN"}),
    ):
        shown = admin.to(section, site="" if section == "person" else "northside").saves(**{field: text, **more})
        said = errors_on(shown)[field]
        assert ("999 is on every screen already" in said) or ("as it is dialled" in said)


def test_how_to_ask_for_an_officer_may_be_words_without_marks() -> None:
    assert way_wrong("101, ask for the safer schools officer", 40) == ""
    assert way_wrong("Ask <@U1> for PC Marsh", 40)
    assert way_wrong("999", 40)


def test_a_contact_that_is_rung_is_no_contact_that_can_acknowledge(admin: Admin) -> None:
    assert "Still to do here: say who may raise; add a contact." in text_of(admin.to("overview").screen)
    admin.to("contact").saves(purpose="police", kind="by_hand", destination="101")
    assert "add a contact that can acknowledge." in text_of(admin.to("overview").screen)


def test_sites_that_were_only_begun_hide_nothing_of_one_in_use(admin: Admin) -> None:
    for number in range(20):
        begun = replace(admin.site, id=f"a{number}", name=f"A School {number:02}", leads=(), phone="")
        admin.work.keep_site(begun)
    said = text_of(admin.opens_setup().screen)
    assert "Northside: say who may raise" in said
    assert "Northside: add a contact" in said
    assert "A School 00: name the leads" in said
    assert "A School 00: say who may raise" not in said.split("Sites")[0]


def test_a_site_that_nobody_leads_yet_is_not_offered_to_staff(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, id="begun", name="Begun School", leads=()))
    teacher = Someone(admin.work, TEACHER)
    shown = teacher.opens_form()
    assert "Which site is this about?" not in text_of(shown)
    assert "Begun School" not in text_of(shown)


def test_where_nobody_leads_at_all_staff_read_whom_to_ask_and_what_never_to_do(admin: Admin) -> None:
    admin.work.keep_site(replace(admin.site, leads=()))
    teacher = Someone(admin.work, TEACHER)
    said = text_of(teacher.opens_form())
    assert "999" in said.splitlines()[0]
    assert "Signpost has no form for you here" in said
    assert "Do not look at, copy, send or delete the image" in said
    assert "What all staff do, and never do" in said
    for name in ("show_home", "show_start"):
        shown = teacher.asks(name)
        assert "start_report" not in {one.intent for one in teacher.screen_buttons()}
        assert "Signpost has no form for you here" in text_of(shown)


def test_what_is_under_way_at_a_site_goes_on_where_its_leads_are_gone(admin: Admin) -> None:
    teacher = Someone(admin.work, TEACHER)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    admin.work.keep_site(replace(admin.site, leads=()))
    assert "You have a report that is not sent yet" in text_of(teacher.opens_form())
    teacher.presses("continue_draft")
    teacher.presses("recommend_now")
    assert len(admin.work.cases) == 1


def test_a_site_that_nobody_leads_and_that_has_a_case_says_that_somebody_has_to_lead_it_first(admin: Admin) -> None:
    teacher = Someone(admin.work, TEACHER)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    admin.work.keep_site(replace(admin.site, leads=(), contacts=(Contact("police", "police", "by_hand", "101"),)))
    said = text_of(admin.to("overview").screen)
    assert "nobody leads here who could file them" in said
    assert "Who may raise'" not in said
