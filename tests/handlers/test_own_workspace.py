"""An own workspace or tenant is none of the contact's, whatever was written down; and whose word a proof then is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from handlers.contacts import as_connected
from handlers.people import Account, Known, Room, Standing
from handlers.setup.state import state
from handlers.sites import Contact, Site
from tests.handlers.deciding import POLICE as POLICE_CONTACT
from tests.handlers.deciding import ROOM, a_work, acknowledges
from tests.handlers.memory import LEAD, TEACHER, MemoryWork
from tests.handlers.person import errors_on, text_of
from tests.handlers.test_nobody_hears import refers, told
from tests.handlers.test_where_it_leads import refers as opens_the_window
from tests.handlers.test_which_test_counts import TENANT, Scene

OWN = {"slack": "T1", "teams": TENANT}
HERE = Standing(member=True)


def colleague(platform: str, name: str = "uwren") -> Account:
    """A full member of the school's own workspace or tenant."""
    return Account("slack", "T1", name.upper()) if platform == "slack" else Account("teams", TENANT, name)


def staffed(scene: Scene, *staff: str) -> None:
    """Northside serves both, and these may raise."""
    serves = frozenset({"slack:T1", f"teams:{TENANT}"})
    scene.work.keep_site(replace(scene.admin.site, serves=serves, staff=staff or (str(TEACHER),)))


def names(scene: Scene, *organisations: str) -> None:
    """What stands beside the contact, as an earlier release let it be kept."""
    contact = replace(scene.admin.site.contacts[0], organisations=organisations)
    scene.work.keep_site(replace(scene.admin.site, contacts=(contact,)))


@pytest.fixture(params=["slack", "teams"])
def scene(request: pytest.FixtureRequest) -> Scene:
    made = Scene(request.param)
    staffed(made)
    return made


# --- named below the channel -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("spelt", [str, str.swapcase], ids=["as it is", "in other letters"])
def test_an_own_workspace_or_tenant_is_refused_at_its_field(scene: Scene, spelt: Callable[[str], str]) -> None:
    platform = scene.room.platform
    written = f"{scene.orgs}\n{spelt(OWN[platform])}"
    screen = scene.admin.to("contact", scene.id).saves(organisations=written)
    assert "is your own" in errors_on(screen)["organisations"]
    assert scene.admin.site.contacts[0].organisations == (scene.orgs,)


def test_the_admins_own_is_refused_before_any_site_serves_it_and_so_is_every_one_that_is_connected() -> None:
    scene = Scene("teams")  # its site serves Slack alone
    screen = scene.admin.to("contact", scene.id).saves(organisations=TENANT)
    assert "is your own" in errors_on(screen)["organisations"]
    scene.work.directory = as_connected(scene.work.directory, frozenset({"slack:T1", "teams:sister-tenant"}))
    screen = scene.admin.to("contact", scene.id).saves(organisations="sister-tenant")
    assert "is your own" in errors_on(screen)["organisations"]


# --- the test --------------------------------------------------------------------------------------------------------
def test_a_colleague_proves_nothing_where_the_own_organisation_was_named(scene: Scene) -> None:
    names(scene, OWN[scene.room.platform])
    (test,) = scene.tests()
    assert "school's side" in scene.presses(test, colleague(scene.room.platform), HERE)
    assert not scene.on_offer


def test_nor_where_the_channel_is_another_organisations_alone(scene: Scene) -> None:
    (test,) = scene.tests()
    assert "school's side" in scene.presses(test, colleague(scene.room.platform), HERE)
    assert not scene.on_offer
    scene.presses(test)
    assert scene.on_offer


def sister() -> dict[str, Callable[[Account, Site], Site]]:
    """A site that has this account among its people."""
    return {
        "a lead": lambda who, site: replace(site, leads=(str(who),)),
        "named staff": lambda who, site: replace(site, staff=("slack:T1/UOTHER", str(who))),
    }


@pytest.mark.parametrize("made", sister().values(), ids=sister())
def test_nobody_of_a_sister_site_proves_a_contact(scene: Scene, made: Callable[[Account, Site], Site]) -> None:
    names(scene)
    who = colleague(scene.room.platform)
    other = replace(scene.admin.site, id="southside", name="Southside", contacts=(), leads=("slack:T1/UHEAD",))
    scene.work.keep_site(made(who, other))
    (test,) = scene.tests()
    assert "school's side" in scene.presses(test, who, HERE)
    assert not scene.on_offer


def test_whose_groups_cannot_be_read_just_now_presses_again_later(scene: Scene) -> None:
    names(scene)
    platform = scene.room.platform
    group = "slack:T1/S0STAFF01" if platform == "slack" else f"teams:{TENANT}/group:staff"
    staffed(scene, str(TEACHER), group)
    (test,) = scene.tests()
    who = colleague(platform)
    unread = Known(HERE, asked=frozenset({group}))
    assert "press Acknowledge again in a minute" in scene.presses(test, who, HERE, known=unread)
    assert not scene.on_offer
    inside = Known(HERE, asked=frozenset({group}), remembered={group: (who,)})
    assert "school's side" in scene.presses(test, who, HERE, known=inside)
    read = Known(HERE, asked=frozenset({group}), groups={group: ()})
    assert "acknowledged" in scene.presses(test, who, HERE, known=read)
    assert scene.on_offer


def test_an_officer_of_the_own_workspace_proves_it_and_whoever_goes_by_it_reads_whose_word_that_is(
    scene: Scene,
) -> None:
    names(scene)
    (test,) = scene.tests()
    assert "acknowledged" in scene.presses(test, colleague(scene.room.platform), HERE)
    assert scene.on_offer
    marked = "Somebody of your own workspace or tenant acknowledged its test"
    scene.work.passes(5)
    assert [one for one in scene.work.at(LEAD) if "nobody of another organisation has shown" in text_of(one)]
    assert marked in text_of(scene.admin.to("overview").screen)
    assert state(scene.admin.site).startswith("Amber: works, and a contact's test was acknowledged by somebody of your")
    assert marked in text_of(opens_the_window(scene.work).screen)

    scene.looks(Room(name="police-liaison"))  # as it does every minute
    assert marked in text_of(scene.admin.to("overview").screen)
    scene.admin.to("contact", scene.id).saves(organisations=scene.orgs)
    scene.work.passes()
    scene.presses(scene.tests()[-1])
    assert marked not in text_of(scene.admin.to("overview").screen)


def test_what_another_organisation_acknowledged_is_not_marked(scene: Scene) -> None:
    (test,) = scene.tests()
    scene.presses(test)
    scene.work.passes(5)
    assert "own workspace" not in text_of(scene.admin.to("overview").screen)
    assert "own workspace" not in state(scene.admin.site)
    assert not [one for one in scene.work.at(LEAD) if "nobody of another organisation" in text_of(one)]


# --- a notice --------------------------------------------------------------------------------------------------------
def acknowledged(contact: Contact, who: Account) -> MemoryWork:
    work = a_work(contacts=(contact,))
    refers(work)
    work.passes()
    acknowledges(work, work.at(ROOM)[0], who)
    work.passes()
    return work


def test_naming_the_own_workspace_hides_nothing_of_a_press_on_a_notice() -> None:
    wren = Account.parse("slack:T1/UWREN")
    work = acknowledged(replace(POLICE_CONTACT, organisations=("T1", "T9")), wren)
    assert told(work, LEAD, "of your own organisation") == 1
    assert told(work, LEAD, "nobody of the contact's has confirmed it yet") == 1


def test_an_officer_in_the_own_workspace_acknowledges_a_notice_and_the_lead_reads_where_they_are() -> None:
    work = acknowledged(replace(POLICE_CONTACT, organisations=()), Account.parse("slack:T1/UOFFICER"))
    assert told(work, LEAD, "of your own organisation") == 1
    assert told(work, LEAD, "nobody of the contact's has confirmed it yet") == 0
