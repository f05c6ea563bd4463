"""The list of what is still to do has everything that makes a site red or amber, of the CONFIG file too."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Directory
from handlers.screens import Item
from handlers.setup import checklist
from handlers.setup.state import state
from handlers.sites import Clocks, Contact, Site
from tests.handlers.memory import ADMIN, MemoryWork
from tests.handlers.setting_up import Admin, World, parts_of

POLICE = Contact("police-slack", "police", "slack", "T1/C9", verified=True, room="northside-police")
WORKS = Site(
    "northside", "Northside", "england", ("slack:T1/ULEAD", "slack:T1/UDEPUTY"), phone="01632 960001",
    serves=frozenset({"slack:T1"}), staff=("slack:T1/UTEACHER",), contacts=(POLICE,),
)  # fmt: skip
MATTERS: dict[str, Site] = {
    "no lead": replace(WORKS, leads=()),
    "one lead": replace(WORKS, leads=WORKS.leads[:1]),
    "an admin alone": replace(WORKS, leads=(str(ADMIN),)),
    "everybody may raise": replace(WORKS, staff=()),
    "no switchboard": replace(WORKS, phone=""),
    "no contact": replace(WORKS, contacts=()),
    "out of use": replace(WORKS, contacts=(replace(POLICE, suspended="renamed"),)),
    "archived": replace(WORKS, contacts=(replace(POLICE, suspended="archived"),)),
    "out of reach": replace(WORKS, contacts=(replace(POLICE, within_reach=False),)),
    "not verified": replace(WORKS, contacts=(replace(POLICE, verified=False),)),
    "an admin reads along": replace(WORKS, contacts=(replace(POLICE, admins=(str(ADMIN),)),)),
    "a colleague's press": replace(WORKS, contacts=(replace(POLICE, own_press=True),)),
    "slow clocks": replace(WORKS, clocks=Clocks(lead_urgent=50)),
}


def rows(*sites: Site) -> list[Item]:
    """What an admin is to do, with the buttons."""
    work = MemoryWork(directory=Directory(sites, admins=frozenset({ADMIN})))
    parts = parts_of(Admin(World(work)).opens_setup())
    return [one for one in parts if isinstance(one, Item) and one.button.label in ("Do it", "View")]


@pytest.mark.parametrize("declared", [False, True], ids=["in chat", "of the file"])
@pytest.mark.parametrize("matter", MATTERS)
def test_whatever_keeps_a_site_from_green_stands_in_the_list_with_a_button(matter: str, *, declared: bool) -> None:
    site = replace(MATTERS[matter], declared=declared)
    directory = Directory((site,), admins=frozenset({ADMIN}))
    assert not state(site, directory=directory).startswith("Green")
    found = rows(site)
    assert [one.label.startswith("Northside: ") for one in found] == [True] * len(found) != []
    in_file = declared and matter != "out of use"
    assert all((checklist.CHANGED_THERE in one.text) == in_file for one in found)


def test_a_site_that_works_has_no_place_in_it() -> None:
    assert state(WORKS) == "Green: works."
    assert rows(WORKS, replace(WORKS, id="two", name="Two", declared=True)) == []


def test_a_renamed_channel_of_the_file_is_put_right_here_and_everything_else_there() -> None:
    site = replace(MATTERS["out of use"], declared=True, staff=())
    work = MemoryWork(directory=Directory((site,), admins=frozenset({ADMIN})))
    texts = [getattr(part, "text", "") for part in parts_of(Admin(World(work)).to("overview"))]
    assert "Still to do here: Police, Slack channel (police-slack): out of use." in texts
    assert "Still to do in the file: say who may raise." in texts


def test_what_makes_a_site_red_stands_before_what_makes_it_amber() -> None:
    two = replace(MATTERS["archived"], id="two", name="Two", declared=True)
    assert [one.label for one in rows(MATTERS["everybody may raise"], two)] == [
        "Two: Police, Slack channel (police-slack): out of use", "Northside: say who may raise",
    ]  # fmt: skip


def test_of_sites_that_were_only_begun_every_step_is_counted_and_the_first_of_each_comes_first() -> None:
    begun = Site("one", "One", "england", (), serves=frozenset({"slack:T1"}))
    labels = [one.label for one in rows(begun, replace(begun, id="two", name="Two"))]
    assert labels[:2] == ["One: name the leads", "Two: name the leads"]
    assert len(labels) == 8
    assert {"One: say who may raise", "Two: add a contact"} <= set(labels)
