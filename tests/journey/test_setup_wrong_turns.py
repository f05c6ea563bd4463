"""Each wrong turn of setting up, over the wire: said at its field, nothing typed or chosen is lost, nothing is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.journey.setting_up import SLACK, TEAMS, Admin
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture
from tests.store.databases import postgres_url  # noqa: F401 - a fixture

Turn = tuple[str, str, str, dict[str, Any], str]
"""A name, the button, the row that it stands in, what is typed, and what is said then."""

CHANNEL = {"purpose": "police"}
STAND_IN = {"first_day": "9/12/2030", "last_day": "12/12/2030"}


def for_both(admin: Admin) -> list[Turn]:
    """Wrong turns that there are on each platform."""
    here, people = admin.here, admin.here.people
    lead, wren = here.ref("lead"), people["wren"]
    site, leads, contact = "Name and numbers", "Add leads", "Add a contact"
    here_kind = {**CHANNEL, "kind": here.kind}
    days = {"away": lead, "who": wren}
    return [
        ("no name", "Change", site, {"name": None, "phone": "01632 1"}, "Write the name"),
        ("a link in clear", "Change", site, {"links": "Policy http://school.example"}, "https,"),
        ("nobody", leads, "", {"people": (), "groups": None}, "Choose at least one person"),
        ("a lead twice", leads, "", {"people": (people["lead"],)}, "lead here already"),
        ("a guest", leads, "", {"people": (wren, people["guest"])}, "is a guest"),
        ("words for a group", leads, "", {"people": (wren,), "groups": "the staff"}, "not a group"),
        ("words for staff", "Change", "Who may raise", {"people": (wren,), "groups": "the staff"}, "not a group"),
        ("over already", "Add a stand-in", "", {**days, "first_day": "1/11/2020", "last_day": "2/11/2020"}, "over al"),
        ("ends first", "Add a stand-in", "", {**days, "first_day": "9/12/2030", "last_day": "2/12/2030"}, "before the"),
        ("no date", "Add a stand-in", "", {**days, "first_day": "31/2/2030", "last_day": "soon"}, "14/12/2026"),
        ("for oneself", "Add a stand-in", "", {**STAND_IN, "away": lead, "who": people["lead"]}, "Somebody else"),
        ("a guest stands in", "Add a stand-in", "", {**STAND_IN, "away": lead, "who": people["guest"]}, "is a guest"),
        ("no channel", contact, "", {**here_kind, "destination": "#police", "owner": wren}, "Paste the channel's link"),
        (
            "own mailbox", contact, "",
            {"purpose": "social_care", "kind": "mail", "destination": "office@northside.sch.example", "owner": wren},
            "your own school",
        ),
        ("switched off", contact, "", {**CHANNEL, "kind": "mail", "destination": "d@n.pnn.police.uk"}, "switched off"),
        ("no address", contact, "", {**CHANNEL, "kind": "mail", "destination": "the police"}, "not a mail address"),
        ("no place", contact, "", {**here_kind, "destination": None, "owner": wren}, "Write where"),
        (
            "hours without a way", contact, "",
            {"purpose": "lado", "kind": "by_hand", "destination": "101", "hours": "Mon-Fri 08:00-16:00"},
            "outside these hours",
        ),
        ("no minutes", "Change", "Clocks and rules", {"lead_urgent": "soon", "lead_today": None}, "minutes as"),
        ("kept for ever", "Change", "Clocks and rules", {"retention": "ever"}, "months"),
    ]  # fmt: skip


def of_slack(admin: Admin) -> list[Turn]:
    """Wrong turns with a Slack channel."""
    channel = {**CHANNEL, "kind": "slack", "owner": admin.here.people["wren"]}
    police, contact = admin.here.channel, "Add a contact"
    return [
        ("a public channel", contact, "", {**channel, "destination": admin.here.public}, "public"),
        ("not invited", contact, "", {**channel, "destination": police.replace("POLICE1", "HIDDEN1")}, "/invite"),
        ("not expected", contact, "", {**channel, "destination": police, "organisations": None}, "T9"),
        ("another one", contact, "", {**channel, "destination": police, "organisations": "T8"}, "T9"),
        ("not shared", contact, "", {**channel, "destination": police.replace("POLICE", "QUIET"),
                                     "organisations": "T9"}, "not shared"),
        ("of Teams", contact, "", {**channel, "destination": TEAMS.channel}, "from Teams"),
        ("an unreadable group", "Add leads", "", {"people": ("U6",), "groups": "S0NOTHERE"}, "no user group of this"),
        ("a public group", "Add leads", "", {"people": ("U6",), "groups": admin.here.public}, "is a public channel"),
    ]  # fmt: skip


def of_teams(admin: Admin) -> list[Turn]:
    """Wrong turns with a Teams channel."""
    channel = {**CHANNEL, "kind": "teams", "owner": admin.here.people["wren"]}
    police, contact = admin.here.channel, "Add a contact"
    other_group = admin.here.staff.replace("5b1", "6c2")
    elsewhere = police.replace("tenant-northside", "tenant-elsewhere")
    return [
        ("of another tenant", contact, "", {**channel, "destination": elsewhere}, "another organisation's Teams"),
        ("not added", contact, "", {**channel, "destination": police.replace("3apolice", "3aother")}, "is not in that"),
        ("of Slack", contact, "", {**channel, "destination": SLACK.channel}, "from Slack"),
        ("an unreadable group", "Add leads", "", {"people": ("aad-wren",), "groups": other_group}, "no Entra group of"),
        ("without the app", "Add leads", "", {"people": ("aad-new",)}, "installed"),
    ]  # fmt: skip


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_each_wrong_turn_is_said_at_its_field_and_nothing_typed_is_lost(empty: Empty) -> None:  # noqa: F811
    admin = empty.admin
    prepare(empty)
    await adds_a_site(admin)
    before = admin.reads()
    turns = [*for_both(admin), *(of_slack(admin) if empty.on == "slack" else of_teams(admin))]
    for name, button, row, typed, says in turns:
        await admin.opens()
        await admin.goes("Open", row="Northside Academy")
        await admin.goes(button, row=row)
        await admin.saves(**typed)

        assert says in admin.errors(), (name, admin.reads())
        stands = admin.chosen()
        lost = {key: stands[key] for key, value in typed.items() if as_typed(stands[key]) != as_typed(value)}
        assert not lost, (name, lost)
    await admin.opens()
    await admin.goes("Open", row="Northside Academy")
    assert admin.reads() == before


def prepare(world: Empty) -> None:
    """What exists on either platform and will not do."""
    from bot.play.slack import Channel  # noqa: PLC0415

    world.slack.add_channel(Channel("C0HIDDEN1", "hidden", []), with_app=False)
    world.slack.add_channel(Channel("C0QUIET1", "quiet", []))
    world.teams.add_person("aad-new", "Nia New").has_app = False


def as_typed(value: object) -> object:
    """A value whatever way a client sends it: nothing, an empty text and no choice are the same."""
    if isinstance(value, str):
        return tuple(value.split(",")) if value else ()
    return tuple(value) if isinstance(value, tuple | list) else ()
