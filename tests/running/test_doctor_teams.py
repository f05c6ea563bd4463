"""The doctor and Microsoft: does Entra let us in, and can each lead on Teams be written to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.metrics import Metrics
from bot.play.teams import Channel, TeamsStandIn
from bot.reference import Reference
from bot.serving.web import public_app
from bot.settings.rules import PREFIX
from bot.store.addresses import StoredAddresses
from bot.store.vault import new_key
from handlers.people import Account
from tests.running.post_office import real_store
from tests.running.served import run_bot

TENANT, PRIYA, CHANNEL = "tenant-northside", "aad-priya", "19:leads@thread.tacv2"
Found = dict[str, list[dict[str, str]]]


@pytest.fixture
async def teams() -> AsyncIterator[TeamsStandIn]:
    async with TeamsStandIn() as standin:
        standin.add_person(PRIYA, "Priya Nair")
        standin.add_group("g-leads", [PRIYA])
        standin.add_channel(Channel(CHANNEL, "leads", [PRIYA]))
        yield standin


@pytest.fixture
async def settings(teams: TeamsStandIn, tmp_path: Path) -> dict[str, str]:
    """A complete installation whose leads are on Teams; somebody wrote to it once."""
    key = new_key()
    store = await real_store(tmp_path, key=key)
    met = Reference(teams.service_url, "a:1", "29:1")
    await StoredAddresses(store).remember(Account("teams", TENANT, "aad-somebody"), met)
    await store.close()
    name_leads(tmp_path, f"teams:{TENANT}/{PRIYA}")
    return {
        "SIGNPOST_DATA_DIR": str(tmp_path),
        "SIGNPOST_KEYS": key,
        "SIGNPOST_CONFIG": str(tmp_path / "sites.toml"),
        **teams.settings,
    }


def name_leads(folder: Path, *leads: str) -> None:
    (folder / "sites.toml").write_text(
        f'[[site]]\nid = "northside"\nname = "Northside"\nnation = "england"\nphone = "01632 960001"\n'
        f"leads = {json.dumps(leads)}\n",
        encoding="utf-8",
    )


async def look(settings: Mapping[str, str]) -> tuple[int | None, Found]:
    """Run it; the findings by matter."""
    status, out, err = await run_bot("doctor", "--json", settings=settings)
    assert err == ""
    found: Found = {}
    for finding in json.loads(out):
        found.setdefault(finding["matter"], []).append(finding)
    return status, found


async def test_a_good_registration_is_green_and_so_are_leads_who_can_be_written_to(
    settings: dict[str, str], teams: TeamsStandIn, tmp_path: Path
) -> None:
    name_leads(
        tmp_path, f"teams:{TENANT}/{PRIYA}", f"teams:{TENANT}/group:g-leads", f"teams:{TENANT}/channel:{CHANNEL}"
    )
    status, found = await look(settings)

    assert status == 0
    assert [finding["state"] for finding in found["Teams"]] == ["green"]
    assert found["Leads"] == [
        {
            "code": "lead_good", "matter": "Leads", "state": "green",
            "found": "all 3 entries on Teams can be reached", "do": "",
        }
    ]  # fmt: skip
    assert [finding["code"] for finding in found["Clock"]] == ["clock_good"]
    assert teams.world.messages == [], "nothing is sent"


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "another secret": ({"TEAMS_CLIENT_SECRET": "not-the-secret-of-this-app"}, "make a new one"),
    "another app": ({"TEAMS_APP_ID": "app-of-somebody-else"}, "SIGNPOST_TEAMS_APP_ID"),
    "an Entra out of reach": ({"TEAMS_AUTHORITY": "https://localhost:9"}, "SIGNPOST_CA_FILE"),
    "an authority that is not trusted": ({"CA_FILE": ""}, "SIGNPOST_CA_FILE"),
}


@pytest.mark.parametrize(("change", "words"), WRONG.values(), ids=WRONG)
async def test_what_entra_refuses_is_red_and_says_what_to_do(
    change: dict[str, str], words: str, settings: dict[str, str]
) -> None:
    status, found = await look(settings | {PREFIX + name: value for name, value in change.items()})

    assert status == 1
    (finding,) = found["Teams"]
    assert finding["state"] == "red"
    assert words in finding["do"]
    assert "not-the-secret" not in json.dumps(found)


async def test_a_file_without_a_certificate_is_red(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "app.pem").write_text("nothing of the kind", encoding="utf-8")
    (tmp_path / "app.pem").chmod(0o600)
    without = {**settings, "SIGNPOST_TEAMS_CLIENT_SECRET": ""}
    _, found = await look(without | {"SIGNPOST_TEAMS_CERTIFICATE_FILE": str(tmp_path / "app.pem")})

    assert "one PEM file" in found["Teams"][0]["do"]


async def test_a_lead_who_does_not_have_the_app_is_red(settings: dict[str, str], teams: TeamsStandIn) -> None:
    teams.person(PRIYA).has_app = False
    status, found = await look(settings)

    assert status == 1
    finding = found["Leads"][-1]
    assert finding["state"] == "red"
    assert f"teams:{TENANT}/{PRIYA}, of northside, does not have Signpost in Teams" in finding["found"]
    assert "choose Add" in finding["do"]


@pytest.mark.parametrize(
    ("lead", "words"),
    [
        ("aad-nobody", "nobody in that tenant"),
        ("group:g-none", "is not there"),
        ("group:g-empty", "is empty"),
        ("channel:19:none@thread.tacv2", "cannot be read"),
    ],
)
async def test_a_lead_or_a_group_that_is_none_is_red(
    lead: str, words: str, settings: dict[str, str], teams: TeamsStandIn, tmp_path: Path
) -> None:
    teams.add_group("g-empty", [])
    name_leads(tmp_path, f"teams:{TENANT}/{lead}")
    status, found = await look(settings)

    assert status == 1
    assert words in found["Leads"][-1]["found"]


async def test_a_shared_channel_of_leads_is_amber_and_one_without_anybody_of_ours_is_red(
    settings: dict[str, str], teams: TeamsStandIn, tmp_path: Path
) -> None:
    teams.add_person("aad-outside", "Otto Outside", home="tenant-elsewhere")
    teams.add_channel(Channel(CHANNEL, "leads", [PRIYA, "aad-outside"]))
    name_leads(tmp_path, f"teams:{TENANT}/channel:{CHANNEL}")
    status, found = await look(settings)

    (finding,) = [one for one in found["Leads"] if one["code"] == "lead_shared"]
    assert (status, finding["state"]) == (0, "amber")
    assert "its people read there, and count for nothing here" in finding["found"]

    teams.add_channel(Channel(CHANNEL, "leads", ["aad-outside"]))
    status, found = await look(settings)
    assert status == 1
    assert [one["code"] for one in found["Leads"] if one["state"] == "red"] == ["lead_empty"]


async def test_a_group_without_the_permission_says_which_one(
    settings: dict[str, str], teams: TeamsStandIn, tmp_path: Path
) -> None:
    name_leads(tmp_path, f"teams:{TENANT}/group:g-leads")
    teams.faults.refuse("graph", 403)
    _, found = await look(settings)

    assert "GroupMember.Read.All" in found["Leads"][-1]["do"]


async def test_where_teams_does_not_answer_just_now_it_is_amber(settings: dict[str, str], teams: TeamsStandIn) -> None:
    teams.faults.refuse("create", 503)
    status, found = await look(settings)

    assert status == 0
    assert [finding["state"] for finding in found["Leads"]][-1] == "amber"


async def test_a_group_of_staff_an_admin_and_a_contacts_channel_that_are_not_there_are_said(
    settings: dict[str, str], tmp_path: Path
) -> None:
    name_leads(tmp_path, f"teams:{TENANT}/{PRIYA}")
    with (tmp_path / "sites.toml").open("a", encoding="utf-8") as file:
        file.write(
            f'staff = ["teams:{TENANT}/group:g-none"]\n[[site.contact]]\nid = "care"\npurpose = "social_care"\n'
            f'kind = "teams"\ndestination = "{TENANT}/team/19:none@thread.tacv2"\nverified = true\n'
        )
    status, found = await look(settings | {"SIGNPOST_ADMINS": f"teams:{TENANT}/aad-nobody"})

    assert status == 1
    assert [(one["code"], one["state"]) for one in found["Who may raise"]] == [("staff_not_there", "red")]
    assert [(one["code"], one["state"]) for one in found["Admins"]] == [("admin_nobody", "red")]
    assert [(one["code"], one["state"]) for one in found["Contacts"]] == [("contact_unreadable", "red")]


async def test_without_teams_nobody_is_asked(settings: dict[str, str], teams: TeamsStandIn) -> None:
    without = {name: value for name, value in settings.items() if not name.startswith("SIGNPOST_TEAMS_")}
    _, found = await look(without)

    assert [finding["code"] for finding in found["Teams"]] == ["teams_not_configured"]
    assert "connect-teams.md" in found["Teams"][0]["do"]
    assert teams.calls == []


async def test_whether_teams_can_reach_us_is_tried_where_our_address_is_known(settings: dict[str, str]) -> None:
    _, found = await look(settings)
    assert [finding["state"] for finding in found["Public address"]] == ["amber"]

    _, found = await look(settings | {"SIGNPOST_PUBLIC_URL": "http://127.0.0.1:9"})
    assert [finding["state"] for finding in found["Public address"]] == ["red"]
    assert "/api/messages" in found["Public address"][0]["found"]

    server = TestServer(public_app((web.post("/api/messages", _answer),), Metrics()))
    await server.start_server()
    _, found = await look(settings | {"SIGNPOST_PUBLIC_URL": str(server.make_url("")).rstrip("/")})
    await server.close()
    assert [finding["state"] for finding in found["Public address"]] == ["green"]


async def _answer(_request: web.Request) -> web.Response:
    return web.Response()


async def test_a_channel_that_is_shared_with_the_police_says_how_to_name_them(
    settings: dict[str, str], teams: TeamsStandIn, tmp_path: Path
) -> None:
    teams.add_person("aad-outside", "Otto Outside", home="tenant-force")
    teams.add_channel(Channel(CHANNEL, "police", [PRIYA, "aad-outside"], kind="shared"))
    contact = (
        f'[[site.contact]]\nid = "desk"\npurpose = "police"\nkind = "teams"\ndestination = "{TENANT}/team/{CHANNEL}"\n'
        "verified = true\n"
    )
    for organisations, code, words in (
        ("", "contact_outside_organisation", 'write `organisations = ["tenant-force"]` at this contact'),
        ('organisations = ["tenant-force"]\n', "contacts_good", ""),
        ('organisations = ["tenant-force", "tenant-x"]\n', "contact_not_shared_as_expected", "Have tenant-x accept"),
    ):
        name_leads(tmp_path, f"teams:{TENANT}/{PRIYA}")
        with (tmp_path / "sites.toml").open("a", encoding="utf-8") as file:
            file.write(contact + organisations)
        _, found = await look(settings)
        (one,) = found["Contacts"]
        assert one["code"] == code, one
        assert words in one["do"]


async def test_a_managed_identity_outside_the_cloud_says_what_it_is_and_not_that_entra_is_away(
    settings: dict[str, str],
) -> None:
    """What asks this machine for one finds nobody."""
    without = {**settings, "SIGNPOST_TEAMS_CLIENT_SECRET": "", "SIGNPOST_TEAMS_MANAGED_IDENTITY": "true"}
    status, found = await look(without | {"IDENTITY_ENDPOINT": "http://127.0.0.1:9/", "IDENTITY_HEADER": "x"})

    assert status == 1
    (finding,) = found["Teams"]
    assert (finding["code"], finding["state"]) == ("teams_no_token", "red")
    assert "no managed identity answers on this machine" in finding["found"]
    assert "set a secret or a certificate" in finding["do"]


async def test_one_is_not_told_as_all_of_one(settings: dict[str, str]) -> None:
    _, found = await look(settings)
    assert [one["found"] for one in found["Leads"] if one["code"] == "lead_good"] == [
        "the only entry on Teams can be reached"
    ]
