"""An admin sets up in chat: what works, and each wrong turn with a sentence that says what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from handlers.intents import Surface
from handlers.people import Account, Room
from handlers.screens import Form, Question
from handlers.setup.staff import EVERYBODY
from handlers.setup.state import state
from handlers.sites import Contact
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, TEACHER, MemoryWork
from tests.handlers.person import Someone, errors_on, text_of
from tests.handlers.setting_up import POLICE, ROOM, Admin, World, nothing, with_a_site

LINK = f"https://northside.slack.com/archives/{POLICE}"
WREN = Account.parse("slack:T1/UWREN")
IN_USE = Contact("police", "police", "slack", f"T1/{POLICE}", verified=True)


def test_from_nothing_to_a_site_that_works() -> None:
    admin = with_a_site()
    admin.to("staff").saves(groups="S0STAFF01")
    assert set(errors_on(admin.screen)) == {"groups"}
    admin.world.groups["slack:T1/S0STAFF01"] = (TEACHER,)
    admin.to("staff").saves(groups="S0STAFF01")
    admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="14/12/2026", last_day="2026-12-18")
    admin.to("contact").saves(purpose="police", kind="slack", destination=LINK)

    site = admin.site
    assert site.leads == (str(LEAD), str(DEPUTY))
    assert site.staff == ("slack:T1/S0STAFF01",)
    assert [(one.who, one.first, one.last) for one in site.stand_ins] == [
        (str(WREN), date(2026, 12, 14), date(2026, 12, 18))
    ]
    assert [(one.id, one.kind, one.destination, one.verified) for one in site.contacts] == [
        ("police-slack", "slack", f"T1/{POLICE}", False)
    ]
    assert site.serves == {"slack:T1"}


@pytest.mark.parametrize(
    ("connected", "usual"),
    [
        ({"slack:T1"}, {"slack:T1"}),
        ({"slack:T1", "teams:TEN"}, {"slack:T1", "teams:TEN"}),
        ({"slack:T1", "slack:T2", "teams:TEN"}, {"slack:T1"}),
    ],
)
def test_a_new_site_is_for_all_where_there_is_one_workspace_and_one_tenant_and_else_for_the_admins_own(
    connected: set[str], usual: set[str]
) -> None:
    directory = replace(nothing(), connected=frozenset(connected))
    admin = Admin(World(MemoryWork(directory=directory)))
    admin.opens_setup().goes("Do it")
    asked = [one for one in admin.screen.parts if isinstance(one, Question) and one.id == "serves"]
    assert {option.value for one in asked for option in one.options} == (connected if len(connected) > 1 else set())
    assert {one for question in asked for one in question.chosen} == (usual if len(connected) > 1 else set())
    admin.saves(name="Northside", nation=("england",), **({"serves": tuple(sorted(connected))} if asked else {}))
    assert admin.site.serves == connected


def test_the_checklist_ticks_itself_off() -> None:
    admin = Admin(World())
    assert "Add your first site" in text_of(admin.opens_setup().screen)
    admin = with_a_site()
    said = text_of(admin.opens_setup().screen)
    assert "say who may raise" in said
    assert "Done: somebody hears of every incident" in said
    admin.world.groups["slack:T1/S0STAFF01"] = (TEACHER,)
    admin.to("staff").saves(groups="S0STAFF01")
    assert "say who may raise" not in text_of(admin.opens_setup().screen)


@pytest.mark.parametrize("account", [TEACHER, LEAD])
@pytest.mark.parametrize("intent", ["show_admin", "edit_setup", "save_setup", "remove_setup", "test_contact"])
def test_nobody_but_an_admin_sets_anything_up(account: Account, intent: str) -> None:  # SR-11
    admin = with_a_site()
    before = admin.site
    other = Admin(admin.world, account)
    subject = f"site~northside~leads~{before.rev}~"
    shown = other.asks(intent, surface=Surface.FORM, subject=subject, fields={"people": (account.user,)})
    assert "Northside" not in text_of(shown)
    assert admin.site == before


def test_an_admin_sees_no_case() -> None:  # SR-11
    admin = with_a_site()
    teacher = Someone(admin.work, TEACHER)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    (case,) = admin.work.cases.values()
    said = text_of(admin.opens_setup().screen) + text_of(admin.to("overview").screen)
    assert case.reference not in said
    assert case.reference not in text_of(Someone(admin.work, ADMIN).asks("list_cases"))


WRONG_TURNS = {
    "no name": ("site", {"name": " "}, "name", "Write the name"),
    "no nation": ("site", {"nation": "france"}, "nation", "Choose one of the four"),
    "a link in clear": ("site", {"links": "Policy http://school.example"}, "links", "https,"),
    "a lead who is a guest": ("leads", {"people": ("UGUEST",)}, "people", "is a guest"),
    "a lead who has left": ("leads", {"people": ("ULEFT",)}, "people", "switched off"),
    "nobody": ("leads", {"people": ()}, "people", "Choose at least one person"),
    "a lead twice": ("leads", {"people": ("ULEAD",)}, "people", "lead here already"),
    "a group that cannot be read": ("leads", {"groups": "S0NOTHERE"}, "groups", "could not be looked at"),
    "words for a group": ("leads", {"groups": "the staff"}, "groups", "is not a group"),
    "a stand-in whose time is over": (
        "stand_in", {"away": str(LEAD), "who": "UWREN", "first_day": "1/11/2026", "last_day": "2/11/2026"},
        "last_day", "over already",
    ),
    "a stand-in that ends first": (
        "stand_in", {"away": str(LEAD), "who": "UWREN", "first_day": "9/12/2026", "last_day": "2/12/2026"},
        "last_day", "before the first",
    ),
    "no date": (
        "stand_in", {"away": str(LEAD), "who": "UWREN", "first_day": "31/2/2027", "last_day": "soon"},
        "first_day", "14/12/2026",
    ),
    "a stand-in for oneself": (
        "stand_in", {"away": str(LEAD), "who": "ULEAD", "first_day": "9/12/2026", "last_day": "12/12/2026"},
        "who", "Somebody else",
    ),
    "a public channel": ("contact", {"kind": "slack", "destination": LINK}, "destination", "public"),
    "no channel": ("contact", {"kind": "slack", "destination": "#police"}, "destination", "Copy link"),
    "a Teams channel from Slack": ("contact", {"kind": "teams", "destination": LINK}, "destination", "from Teams"),
    "one's own mailbox": (
        "contact", {"kind": "mail", "destination": "office@northside.sch.example"}, "destination", "your own school",
    ),
    "a mailbox that is switched off": (
        "contact", {"kind": "mail", "destination": "desk@north.pnn.police.uk"}, "destination", "switched off",
    ),
    "no mail address": ("contact", {"kind": "mail", "destination": "the police"}, "destination", "not a mail address"),
    "hours without a way": (
        "contact", {"kind": "by_hand", "destination": "101", "hours": "Mon-Fri 08:00-16:00"},
        "out_of_hours", "outside these hours",
    ),
    "odd hours": ("contact", {"kind": "by_hand", "destination": "101", "hours": "nine to five"}, "hours", "Mon-Fri"),
    "no minutes": ("rules", {"lead_urgent": "soon"}, "lead_urgent", "minutes as a number"),
    "no time at all": ("rules", {"decide_today": ""}, "decide_today", "minutes as a number"),
    "urgent for a month": ("rules", {"lead_urgent": "44640"}, "lead_urgent", "at most 60 minutes: until then nobody"),
    "a digit too many": ("rules", {"contact_urgent": "150"}, "contact_urgent", "at most 60 minutes"),
    "a decision next day": ("rules", {"decide_urgent": "1000"}, "decide_urgent", "at most 240 minutes (4 hours)"),
    "today next week": ("rules", {"lead_today": "10080"}, "lead_today", "at most 1440 minutes (24 hours)"),
    "urgent after today": (
        "rules", {"lead_urgent": "20", "lead_today": "15"}, "lead_urgent", "slower than what is for today (15 minutes)",
    ),
    "a decision on what is urgent after the one for today": (
        "rules", {"decide_today": "20"}, "decide_urgent", "slower than what is for today (20 minutes)",
    ),
    "urgent after everything else": (
        "rules", {"contact_routine": "5"}, "contact_urgent", "slower than everything else (5 minutes)",
    ),
    "kept for a thousand years": ("rules", {"retention": "1200"}, "retention", "from 1 to 600 months (50 years)"),
    "kept for ever": ("rules", {"retention": "for ever"}, "retention", "months"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_TURNS)
def test_each_wrong_turn_is_caught_at_its_field_and_nothing_typed_is_lost(name: str) -> None:
    section, typed, at, says = WRONG_TURNS[name]
    world = World(rooms={ROOM: Room("not_private")})
    admin = with_a_site(world)
    before = admin.site
    shown = admin.to(section).saves(**typed)

    assert says in errors_on(shown)[at]
    assert admin.site == before
    drawn = admin.fields()
    kept = {key: value for key, value in typed.items() if key != at and isinstance(value, str) and value}
    assert {key: drawn[key] if isinstance(drawn[key], str) else (drawn[key] or ("",))[0] for key in kept} == kept


def test_leads_are_moved_and_taken_out_but_never_the_last() -> None:
    admin = with_a_site()
    admin.to("lead", str(DEPUTY)).saves(move="first")
    assert admin.site.leads == (str(DEPUTY), str(LEAD))
    admin.to("lead", str(LEAD)).saves(move="out")
    assert admin.site.leads == (str(DEPUTY),)
    assert "needs a lead" in errors_on(admin.to("lead", str(DEPUTY)).saves(move="out"))["move"]
    assert admin.site.leads == (str(DEPUTY),)


def test_the_leads_before_and_after_are_told_of_a_change_and_the_trail_has_it() -> None:
    admin = with_a_site()
    admin.work.passes()
    admin.work.arrived.clear()
    admin.to("lead", str(LEAD)).saves(move="out")
    admin.work.passes()
    told = {delivery.to: text_of(message) for delivery, message in admin.work.arrived}
    assert set(told) == {LEAD, DEPUTY}
    assert "Sam Adeyemi took this lead out: Priya Nair." in told[DEPUTY]
    assert ("setup.lead_removed", "") in admin.work.audit


def test_an_admin_who_makes_themself_a_lead_is_announced_to_the_others() -> None:
    admin = with_a_site()
    admin.work.passes()
    admin.work.arrived.clear()
    admin.to("leads").saves(people=("UADMIN",))
    admin.work.passes()
    told = {delivery.to: text_of(message) for delivery, message in admin.work.arrived}
    assert "Sam Adeyemi made themselves a lead" in told[LEAD]
    assert "Sam Adeyemi made themselves a lead" in told[DEPUTY]


def test_the_same_again_changes_nothing_and_tells_nobody() -> None:
    admin = with_a_site()
    changes = len(admin.work.kept)
    admin.to("rules").saves()
    admin.to("site").saves()
    assert len(admin.work.kept) == changes


def test_two_admins_at_once_lose_nothing() -> None:
    admin = with_a_site()
    other = Admin(admin.world)
    admin.to("rules")
    other.to("site").saves(name="Northside Academy")
    shown = admin.saves(lead_urgent="5")
    assert "Somebody changed this meanwhile" in text_of(shown)
    assert admin.site.clocks.lead_urgent == 10
    admin.saves(lead_urgent="5")
    assert admin.site.clocks.lead_urgent == 5
    assert admin.site.name == "Northside Academy"


def test_clocks_may_be_fractions_and_as_slow_as_they_may_be() -> None:
    admin = with_a_site()
    admin.to("rules").saves(lead_urgent="0.05", lead_today="0.05", contact_urgent="60", decide_urgent="240")
    clocks = admin.site.clocks
    assert (clocks.lead_urgent, clocks.lead_today, clocks.contact_urgent, clocks.decide_urgent) == (0.05, 0.05, 60, 240)


def test_a_clock_that_is_slower_than_by_default_is_seen_on_the_page_of_its_site_and_in_the_list() -> None:
    admin = with_a_site()
    slow = "Urgent: the next lead hears only after 45 minutes; the default is 10 minutes."
    admin.to("rules").saves(lead_urgent="45")
    assert slow in text_of(admin.to("overview").screen)
    assert slow in state(replace(admin.site, staff=("slack:T1/S0STAFF01",)))
    in_order = replace(admin.site, staff=("slack:T1/S0STAFF01",), contacts=(IN_USE,))
    assert state(in_order) == f"Amber: works. {slow}"
    admin.to("rules").saves(lead_today="90", decide_urgent="31")
    assert (
        state(replace(in_order, clocks=admin.site.clocks)) == f"Amber: works. {slow} And 2 more: its page says which."
    )
    assert "For today: the next lead hears only after 90 minutes" in text_of(admin.to("overview").screen)
    admin.to("rules").saves(lead_urgent="9", lead_today="60", decide_urgent="30")
    assert "only after" not in text_of(admin.to("overview").screen)
    assert state(replace(in_order, clocks=admin.site.clocks)) == "Green: works."


def test_while_everybody_may_raise_the_window_warns() -> None:
    admin = with_a_site()
    assert EVERYBODY in text_of(admin.to("staff").screen)


def test_a_site_of_the_file_is_shown_and_not_changed() -> None:
    admin = with_a_site()
    sites = tuple(replace(site, declared=True) for site in admin.work.directory.sites)
    admin.work.directory = replace(admin.work.directory, sites=sites)
    shown = admin.to("overview").screen
    assert isinstance(shown, Form)
    assert "SIGNPOST_CONFIG" in text_of(shown)
    assert not [button for button in admin.screen_buttons() if button.intent in ("edit_setup", "remove_setup")]
    subject = f"site~northside~rules~{admin.site.rev}~"
    admin.asks("save_setup", surface=Surface.FORM, subject=subject, fields={"lead_urgent": "5"})
    assert admin.site.clocks.lead_urgent == 10


def test_accounts_of_one_person_and_further_admins() -> None:
    admin = with_a_site()
    admin.to("person", site="").saves(who="ULEAD", accounts="teams:TEN/lead", name="Priya Nair", role="DSL")
    assert admin.work.directory.same_person(LEAD, Account.parse("teams:TEN/lead"))
    assert "is there already" in errors_on(admin.to("person", site="").saves(who="ULEAD"))["who"]
    admin.to("admin", site="").saves(people=("UWREN",))
    assert admin.work.directory.is_admin(WREN)
    admin.presses("remove_setup", label="Take out")
    assert not admin.work.directory.is_admin(WREN)
    assert admin.work.directory.is_admin(ADMIN), "the first admins are named by a setting"
