"""From which workspaces and tenants a site may be raised: what its admin reads, and whoever does not find it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Directory
from handlers.screens import Item, Question
from handlers.setup import served
from handlers.setup.state import state
from handlers.sites import Site
from tests.handlers.memory import MEMBER, SITE, TEACHER, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import Admin, World, nothing, parts_of, with_a_site

BOTH = frozenset({"slack:T1", "teams:TEN"})
MISSING = "Nobody can raise here from Teams."
TODO = "let people raise from Teams tenant TEN"


def admin_of(connected: frozenset[str], serves: tuple[str, ...] = ()) -> Admin:
    """An admin who has added a site for these."""
    world = World(MemoryWork(directory=replace(nothing(), connected=connected)))
    admin = Admin(world)
    admin.opens_setup().goes("Do it")
    admin.saves(name="Northside", nation=("england",), phone="01632 960001", **({"serves": serves} if serves else {}))
    admin.to("leads").saves(people=("ULEAD", "UDEPUTY"))
    return admin


def test_the_field_says_what_comes_of_leaving_one_out() -> None:
    admin = admin_of(BOTH)
    admin.to("site")
    assert "nobody finds this site" in text_of(admin.screen)


@pytest.mark.parametrize(("served_there", "page"), [
    (("slack:T1",), "May be raised from: Slack workspace T1; not from: Teams tenant TEN"),
    (("slack:T1", "teams:TEN"), "May be raised from: Slack workspace T1, Teams tenant TEN"),
])  # fmt: skip
def test_the_page_of_a_site_says_from_where_it_may_be_raised(served_there: tuple[str, ...], page: str) -> None:
    said = text_of(admin_of(BOTH, served_there).to("overview").screen)
    assert page in said
    assert ("not from" in said) == (len(served_there) == 1)


def test_with_one_workspace_there_is_nothing_to_say() -> None:
    admin = admin_of(frozenset({"slack:T1"}))
    assert "raised from" not in text_of(admin.to("overview").screen)
    assert "raise here from" not in text_of(admin.opens_setup().screen)


def test_the_list_says_which_platform_sees_nothing_of_a_site() -> None:
    admin = admin_of(BOTH, ("slack:T1",))
    assert MISSING in text_of(admin.opens_setup().screen)
    assert MISSING not in text_of(admin_of(BOTH).opens_setup().screen)


def test_where_no_site_at_all_is_served_it_is_amber_and_stands_once_in_the_list_with_the_way_there() -> None:
    admin = admin_of(BOTH, ("slack:T1",))
    admin.to("site", site="").saves(name="Southside", nation=("england",), phone="01632 960002", serves=("slack:T1",))
    rows = [one for one in parts_of(admin.opens_setup()) if isinstance(one, Item) and TODO in one.label]
    assert [(one.label, one.button.label) for one in rows] == [(f"Northside: {TODO}", "Do it")]
    assert TODO in state(admin.site, directory=admin.work.directory)
    admin.to("site")
    admin.saves(name="Northside", nation=("england",), phone="01632 960001", serves=tuple(BOTH))
    assert TODO not in text_of(admin.opens_setup().screen)


@pytest.mark.parametrize("here", ["slack:T1", "teams:TEN"])
def test_several_workspaces_are_several_schools_and_only_the_admins_own_is_ticked(here: str) -> None:
    assert served.at_first(BOTH, here) == BOTH
    assert served.at_first(BOTH | {"slack:T2"}, here) == {here}


def test_whoever_does_not_find_their_site_reads_not_to_take_another_and_no_name_of_it() -> None:
    sites = (
        SITE,
        replace(SITE, id="south", name="Southside"),
        Site("east", "Eastside", "england", (), serves=frozenset({"teams:TEN"})),
    )
    said = text_of(Someone(MemoryWork(directory=Directory(sites)), TEACHER, MEMBER).asks("start_report"))
    assert "Is yours not here? Choose none" in said
    assert "Eastside" not in said


def test_a_site_of_one_that_was_added_before_stays_as_it_is() -> None:
    admin = with_a_site()
    admin.work.directory = replace(admin.work.directory, connected=BOTH)
    (asked,) = [one for one in parts_of(admin.to("site")) if isinstance(one, Question) and one.id == "serves"]
    assert asked.chosen == ("slack:T1",)
