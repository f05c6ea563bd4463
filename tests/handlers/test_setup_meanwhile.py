"""Windows of setting up that are older than what they are about, presses that come twice, and ids of what is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import Surface, Value
from handlers.people import Account, Directory
from handlers.screens import Form, Screen, buttons_of
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MemoryWork
from tests.handlers.person import errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

OTHER = Account.parse("slack:T1/UOTHER")
WREN = Account.parse("slack:T1/UWREN")
ON_TEAMS = "teams:TEN/priya"
MEANWHILE = "Somebody changed this meanwhile"
PERSON: dict[str, Value] = {"who": "ULEAD", "accounts": ON_TEAMS, "name": "Priya Nair", "phone": "01632 960111"}


@pytest.fixture
def admin() -> Admin:
    made = with_a_site()
    made.work.directory = replace(made.work.directory, admins=frozenset({ADMIN, OTHER}))
    return made


@pytest.fixture
def other(admin: Admin) -> Admin:
    return Admin(admin.world, OTHER)


def phone(admin: Admin) -> str:
    return admin.work.directory.person(LEAD).phone


def with_priya(admin: Admin) -> None:
    admin.to("person", site="").saves(**PERSON)


# --- persons and admins have a revision ------------------------------------------------------------------------------
def test_of_two_admins_at_one_person_the_second_is_told_and_loses_nothing(admin: Admin, other: Admin) -> None:
    with_priya(admin)
    admin.to("person", str(LEAD), site="")
    other.to("person", str(LEAD), site="").saves(phone="01632 960222")
    shown = admin.saves(role="DSL")
    assert MEANWHILE in text_of(shown)
    assert phone(admin) == "01632 960222"
    assert admin.fields()["role"] == "DSL"
    assert admin.fields()["phone"] == "01632 960111", "what stood in their window"

    admin.saves(role="DSL", phone="01632 960222")
    assert admin.work.directory.person(LEAD).role == "DSL"


def test_a_link_that_was_taken_out_is_not_made_again_by_an_old_window(admin: Admin, other: Admin) -> None:
    with_priya(admin)
    admin.to("person", str(LEAD), site="")
    other.to("person", str(LEAD), site="").presses("remove_setup", label="Take out")
    shown = admin.saves(name="Priya N")
    assert MEANWHILE in text_of(shown)
    assert not admin.work.directory.same_person(LEAD, Account.parse(ON_TEAMS))
    assert admin.fields()["name"] == "Priya N"


def test_a_person_who_was_changed_is_not_taken_out_by_an_old_button(admin: Admin, other: Admin) -> None:
    with_priya(admin)
    admin.to("person", str(LEAD), site="")
    other.to("person", str(LEAD), site="").saves(phone="01632 960222")
    assert MEANWHILE in text_of(admin.presses("remove_setup", label="Take out"))
    assert phone(admin) == "01632 960222"


def test_another_persons_change_is_in_nobodys_way(admin: Admin, other: Admin) -> None:
    with_priya(admin)
    admin.to("person", str(LEAD), site="")
    other.to("person", site="").saves(who="UDEPUTY", name="Tom Reid")
    admin.saves(phone="01632 960333")
    assert phone(admin) == "01632 960333"


def test_two_admins_who_change_the_admins_at_once(admin: Admin, other: Admin) -> None:
    admin.to("people", site="")
    old = admin.screen
    other.to("admin", site="").saves(people=("UWREN",))
    shown = admin.sees(old).presses("remove_setup", label="Take out")  # type: ignore[arg-type]  # a screen
    assert MEANWHILE in text_of(shown)
    assert admin.work.directory.admins == {ADMIN, OTHER, WREN}

    admin.to("admin", site="")
    other.to("people", site="").presses("remove_setup", label="Take out")
    shown = admin.saves(people=("UDEPUTY",))
    assert MEANWHILE in text_of(shown)
    assert admin.fields()["people"] == ("UDEPUTY",)
    assert not admin.work.directory.is_admin(DEPUTY)


# --- the last admin --------------------------------------------------------------------------------------------------
def test_the_last_admin_stays_whoever_presses() -> None:
    world = World(MemoryWork(directory=Directory(admins=frozenset({OTHER, ADMIN}))))
    admin = Admin(world, OTHER)
    admin.to("people", site="")
    admin.presses("remove_setup", label="Take out")
    assert len(world.work.directory.admins) == 1
    (last,) = world.work.directory.admins
    admin = Admin(world, last)
    said = text_of(admin.to("people", site="").presses("remove_setup", label="Take out"))
    assert "Signpost needs an admin" in said
    assert world.work.directory.admins == {last}
    assert [one.what for one in world.work.kept] == ["admin_removed"]


def test_an_admin_of_the_setting_counts(admin: Admin, other: Admin) -> None:
    other.to("people", site="").presses("remove_setup", label="Take out")
    assert admin.work.directory.admins == {ADMIN}, "who is named by the setting stays, and so one may go"


# --- ids are never used again, and each removal looks at the revision ------------------------------------------------
def removes(admin: Admin) -> Screen:
    admin.to("overview")
    return admin.presses("remove_setup", label="Remove this site")


def test_a_site_of_the_same_name_is_another_one_and_old_windows_are_not_about_it(admin: Admin) -> None:
    old_window = admin.to("leads").screen
    old_overview = admin.to("overview").screen
    admin.to("rules").saves(lead_urgent="5")
    removes(admin)
    admin.to("site", site="").saves(name="Northside", nation=("england",), phone="01632 960001")
    (site,) = admin.work.directory.sites
    assert site.id != "northside"

    for old, press in ((old_window, "save_setup"), (old_overview, "remove_setup")):
        assert old is not None
        admin.sees(old).answers({"people": ("UWREN",)})
        said = text_of(admin.presses(press))
        assert "That site was removed meanwhile" in said
        assert "Still to do" in said
    assert admin.work.directory.sites == (site,)


def test_a_site_that_was_changed_is_not_removed_by_an_old_button(admin: Admin, other: Admin) -> None:
    old = admin.to("overview").screen
    other.to("rules").saves(lead_urgent="5")
    assert old is not None
    assert MEANWHILE in text_of(admin.sees(old).presses("remove_setup", label="Remove this site"))
    assert admin.site.clocks.lead_urgent == 5


def test_a_contact_is_not_removed_by_an_old_button_and_its_id_is_not_given_again(admin: Admin, other: Admin) -> None:
    admin.to("contact").saves(purpose="police", kind="by_hand", destination="101")
    (first,) = admin.site.contacts
    old = admin.to("contact", first.id).screen
    other.to("contact", first.id).saves(destination="01632 960999")
    assert old is not None
    assert MEANWHILE in text_of(admin.sees(old).presses("remove_setup", label="Remove"))
    assert [one.destination for one in admin.site.contacts] == ["01632 960999"]

    admin.to("contact", first.id).presses("remove_setup", label="Remove")
    admin.to("contact").saves(purpose="police", kind="by_hand", destination="101")
    assert [one.id for one in admin.site.contacts] == [f"{first.id}-2"]
    lost = admin.asks("test_contact", surface=Surface.FORM, subject=f"site~northside~contact~1~{first.id}")
    assert MEANWHILE in text_of(lost)


def test_a_stand_in_is_taken_out_by_what_it_is_whatever_else_has_changed(admin: Admin, other: Admin) -> None:
    for who in ("UWREN", "UTEACHER"):
        admin.to("stand_in").saves(away=str(LEAD), who=who, first_day="14/12/2026", last_day="18/12/2026")
    old = admin.to("overview").screen
    assert old is not None
    other.to("rules").saves(lead_urgent="5")
    other.to("overview").presses("remove_setup", label="Take out")
    assert [one.who for one in admin.site.stand_ins] == ["slack:T1/UTEACHER"]

    assert MEANWHILE in text_of(admin.sees(old).presses("remove_setup", label="Take out")), "Wren's is gone already"
    assert len(admin.site.stand_ins) == 1
    second = [one for one in buttons_of(old) if one.label == "Take out"][1]
    admin.asks("remove_setup", surface=Surface.FORM, subject=second.token)
    assert not admin.site.stand_ins


# --- a press that comes twice ----------------------------------------------------------------------------------------
def twice(admin: Admin, **typed: Value) -> tuple[Screen, Screen]:
    """The same save, delivered two times."""
    window = admin.screen
    assert isinstance(window, Form)
    first = admin.saves(**typed)
    admin.sees(window).answers(typed)
    return first, admin.presses("save_setup")


SAVED: dict[str, tuple[str, str, str, dict[str, Value]]] = {
    "a site": ("site", "", "", {"name": "Southside", "nation": ("wales",), "phone": "01632 960002"}),
    "a name": ("site", "", "northside", {"name": "Northside Academy"}),
    "a lead": ("leads", "", "northside", {"people": ("UWREN",)}),
    "no lead": ("lead", str(DEPUTY), "northside", {"move": "out"}),
    "a stand-in": (
        "stand_in", "", "northside",
        {"away": str(LEAD), "who": "UDEPUTY", "first_day": "14/12/2026", "last_day": "18/12/2026"},
    ),
    "rules": ("rules", "", "northside", {"lead_urgent": "5"}),
    "staff": ("staff", "", "northside", {"people": ("UTEACHER",)}),
    "a contact": ("contact", "", "northside", {"purpose": "police", "kind": "mail", "destination": "d@x.police.uk"}),
    "a person": ("person", "", "", PERSON),
    "an admin": ("admin", "", "", {"people": ("UWREN",)}),
}  # fmt: skip


@pytest.mark.parametrize("name", SAVED)
def test_a_save_that_is_delivered_twice_is_answered_like_the_first_and_done_once(admin: Admin, name: str) -> None:
    section, item, site, typed = SAVED[name]
    admin.to(section, item, site=site)
    changes, queued = len(admin.work.kept), len(admin.work.outbox)
    first, second = twice(admin, **typed)
    assert errors_on(first) == {}
    assert text_of(second) == text_of(first)
    assert [(one.intent, one.label) for one in buttons_of(second)] == [
        (one.intent, one.label) for one in buttons_of(first)
    ]
    assert len(admin.work.kept) == changes + 1
    once = len(admin.work.outbox) - queued
    assert once == len({(one.kind, one.to) for one, _ in list(admin.work.outbox.values())[queued:]})


def test_a_removal_that_is_delivered_twice_is_answered_like_the_first(admin: Admin) -> None:
    admin.to("overview")
    window = admin.screen
    assert window is not None
    first = text_of(admin.presses("remove_setup", label="Remove this site"))
    assert "The site is removed." in first
    assert text_of(admin.sees(window).presses("remove_setup", label="Remove this site")) == first


def test_what_an_admin_does_a_second_time_on_purpose_is_done_a_second_time(admin: Admin) -> None:
    for _ in range(3):
        admin.to("admin", site="").saves(people=("UWREN",))
        assert admin.work.directory.is_admin(WREN)
        button = next(one for one in admin.screen_buttons() if one.label == "Take out" and "UWREN" in one.token)
        admin.asks("remove_setup", surface=Surface.FORM, subject=button.token)
        assert not admin.work.directory.is_admin(WREN)
        with_priya(admin)
        assert phone(admin) == "01632 960111"
        admin.to("person", str(LEAD), site="").saves(phone="01632 960222")
        assert phone(admin) == "01632 960222"
        admin.to("person", str(LEAD), site="").presses("remove_setup", label="Take out")
        assert phone(admin) == ""
    for number in range(3):
        admin.to("site", site="").saves(name="Southside", nation=("wales",), phone="01632 960002")
        assert len(admin.work.directory.sites) == 2, number
        new = next(one for one in admin.work.directory.sites if one.name == "Southside")
        admin.to("overview", site=new.id).presses("remove_setup", label="Remove this site")


def test_a_save_that_had_something_wrong_is_looked_at_anew_when_it_comes_again(admin: Admin) -> None:
    window = admin.to("leads").screen
    assert window is not None
    typed: dict[str, Value] = {"people": ("UGUEST",)}
    assert errors_on(admin.saves(**typed))
    admin.world.not_members.clear()
    admin.sees(window).answers(typed)
    assert errors_on(admin.presses("save_setup")) == {}
    assert "slack:T1/UGUEST" in admin.site.leads


def test_the_same_token_and_fields_of_another_admin_are_another_press(admin: Admin, other: Admin) -> None:
    window = admin.to("site", site="").screen
    assert window is not None
    typed: dict[str, Value] = {"name": "Southside", "nation": ("wales",), "phone": "01632 960002"}
    admin.saves(**typed)
    other.sees(window).answers(typed)
    assert "There is a site of this name already" in errors_on(other.presses("save_setup"))["name"]
