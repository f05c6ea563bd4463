"""What an admin pastes: ids in small letters, things of the other platform, addresses with an odd character."""

from __future__ import annotations

import pytest

from handlers.people import Account, Room, Standing
from handlers.setup.refs import OTHER, channel, group, https_wrong
from tests.handlers.person import errors_on
from tests.handlers.setting_up import ROOM, World, with_a_site

ON_SLACK, ON_TEAMS = Account("slack", "T1", "UADMIN"), Account("teams", "TEN", "aad-sam")
GUID = "5b1f0f3e-0000-4000-8000-000000000001"
TEAMS_LINK = f"https://teams.microsoft.com/l/channel/19%3Aleads%40thread.tacv2/Leads?groupId={GUID}&tenantId=TEN"
SLACK_LINK = "https://northside.slack.com/archives/C0LEADS01"


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("s0staff01", "S0STAFF01"), ("S0Staff01", "S0STAFF01"), ("c0leads01", "C0LEADS01"),
        ("https://northside.slack.com/archives/c0leads01", "C0LEADS01"), ("slack:t1/s0staff01", "S0STAFF01"),
    ],
)  # fmt: skip
def test_an_id_of_slack_is_taken_in_small_letters_too(typed: str, ref: str) -> None:
    assert group(typed, ON_SLACK) == (f"slack:T1/{ref}", "")


@pytest.mark.parametrize("name", ["general", "safeguarding", "chatroom", "staffing"])
def test_a_name_without_a_digit_is_no_id(name: str) -> None:
    assert group(name, ON_SLACK)[0] == ""
    assert channel(name, ON_SLACK)[0] == ""


def test_an_organisation_and_an_account_are_taken_in_small_letters_too() -> None:
    world = World()
    admin = with_a_site(world)
    admin.to("contact").saves(purpose="police", kind="slack", destination="c0police1", organisations="t9\nT9")
    (contact,) = admin.site.contacts
    assert (contact.destination, contact.organisations) == ("T1/C0POLICE1", ("T9",))
    admin.to("person", site="").saves(who="ULEAD", accounts="slack:t2/u0456efgh", name="Priya Nair")
    assert Account("slack", "T2", "U0456EFGH") in admin.work.directory.persons[0].accounts


@pytest.mark.parametrize("read", [group, channel])
@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("S0STAFF01", ON_TEAMS), ("s0staff01", ON_TEAMS), ("C0LEADS01", ON_TEAMS), (SLACK_LINK, ON_TEAMS),
        (TEAMS_LINK, ON_SLACK), (GUID, ON_SLACK), ("19:leads@thread.tacv2", ON_SLACK),
    ],
)  # fmt: skip
def test_what_belongs_to_the_other_platform_is_said_to(read: object, typed: str, by: Account) -> None:
    assert read(typed, by) == ("", OTHER[by.platform])  # type: ignore[operator]


def test_an_address_says_which_character_is_wrong_with_it() -> None:
    admin = with_a_site()
    for typed, said in {
        "Our page https://school.example/a|b>c": "cannot hold '>'",
        "Our page https://school.example/our page": "cannot hold a blank",
        "Our page https://school.example/ä": "cannot hold 'ä'",
        "Our page https://school": "not the name of a website",
        "Our page http://school.example": "begins with https,",
    }.items():
        assert said in errors_on(admin.to("site").saves(links=typed))["links"], typed
    assert admin.site.links == ()
    admin.to("site").saves(links="Our page https://school.example/a|b")
    assert admin.site.links == (("Our page", "https://school.example/a|b"),)
    assert https_wrong("https://school.example/a\u200bb").startswith("an address cannot hold a character that cannot")


def test_an_account_that_does_not_exist_is_told_from_one_that_could_not_be_checked() -> None:
    admin = with_a_site()
    typed = Account("slack", "T1", "U0NOBODY1")
    for why, said in (("no_account", "does not exist"), ("unknown", "could not be checked")):
        admin.world.not_members[typed] = Standing(member=False, why_not=why)  # type: ignore[arg-type]
        shown = admin.to("person", site="").saves(who="ULEAD", accounts=str(typed))
        assert f"The account {typed} {said}" in errors_on(shown)["accounts"]


def test_an_organisation_that_was_written_down_and_is_not_there_is_named() -> None:
    admin = with_a_site(World(rooms={ROOM: Room("outside_organisation", organisations=("T9",), missing=("T8",))}))
    typed = {"purpose": "police", "kind": "slack", "destination": "C0POLICE1"}
    wrong = errors_on(admin.to("contact").saves(**typed, organisations="T8"))["destination"]
    assert wrong.startswith("T8, which you wrote below, is not in that channel.")
    assert "Another organisation is in that channel: T9." in wrong
    admin.world.rooms[ROOM] = Room("outside_organisation", organisations=("T9",))
    wrong = errors_on(admin.to("contact").saves(**typed))["destination"]
    assert "which you wrote below" not in wrong
