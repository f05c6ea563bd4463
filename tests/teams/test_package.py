"""The app package: what Teams accepts, the least permissions, and the same bytes for the same settings."""

from __future__ import annotations

import json
import struct
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.teams import said, wire
from bot.teams.package import BadPackage, write_app_package
from bot.teams.package.addresses import trouble_with
from bot.teams.package.write import _three_numbers
from bot.version import version
from handlers import typed

APP_ID = "11111111-2222-3333-4444-555555555555"
ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "node_modules/@microsoft/app-manifest/build/json-schemas/teams/v1.25/MicrosoftTeams.schema.json"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    path = tmp_path / "signpost.zip"
    write_app_package(path, APP_ID, website="https://northside.example", publisher="Northside Academy")
    return path


@pytest.fixture
def manifest(package: Path) -> dict[str, Any]:
    with zipfile.ZipFile(package) as held:
        read: dict[str, Any] = json.loads(held.read("manifest.json"))
    return read


def test_microsofts_schema_accepts_it(manifest: dict[str, Any]) -> None:
    if not SCHEMA.exists():
        pytest.skip("@microsoft/app-manifest is not installed (npm): the app package's form was not checked by schema")

    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))

    assert [error.message for error in jsonschema.Draft4Validator(schema).iter_errors(manifest)] == []


def test_it_has_these_keys_and_no_other(manifest: dict[str, Any]) -> None:
    """Nothing about single sign-on, no permission that reads messages, no page of ours in Teams."""
    assert sorted(manifest) == [
        "$schema", "accentColor", "bots", "composeExtensions", "defaultInstallScope", "description", "developer",
        "icons", "id", "manifestVersion", "name", "permissions", "supportsChannelFeatures", "validDomains", "version",
    ]  # fmt: skip
    assert manifest["manifestVersion"] == "1.25"
    assert manifest["permissions"] == ["identity", "messageTeamMembers"]
    assert manifest["validDomains"] == []


def test_the_bot_takes_no_files_and_is_in_no_group_chat(manifest: dict[str, Any]) -> None:
    (bot,) = manifest["bots"]

    assert bot["botId"] == APP_ID
    assert bot["scopes"] == ["personal", "team"]
    assert bot["supportsFiles"] is False
    assert sorted(bot) == ["botId", "commandLists", "isNotificationOnly", "scopes", "supportsFiles"]


def test_its_words_are_those_that_the_bot_understands(manifest: dict[str, Any]) -> None:
    (words,) = manifest["bots"][0]["commandLists"]

    assert sorted(said.WORDS[typed.plain(one["title"])] for one in words["commands"]) == sorted(
        set(said.WORDS.values())
    )
    assert all(len(command["title"]) <= 32 and len(command["description"]) <= 128 for command in words["commands"])


def test_the_extension_has_one_command_and_never_gets_a_message(manifest: dict[str, Any]) -> None:
    (extension,) = manifest["composeExtensions"]
    (command,) = extension["commands"]

    assert (command["id"], command["type"], command["fetchTask"]) == (wire.RAISE, "action", True)
    assert command["context"] == ["compose", "commandBox"]


def test_texts_are_as_long_as_teams_shows(manifest: dict[str, Any]) -> None:
    assert len(manifest["name"]["short"]) <= 30
    assert len(manifest["name"]["full"]) <= 100
    assert len(manifest["description"]["short"]) <= 80
    assert len(manifest["description"]["full"]) <= 4000
    assert len(manifest["developer"]["name"]) <= 32


def test_its_icons_have_the_sizes_that_teams_wants(package: Path) -> None:
    with zipfile.ZipFile(package) as held:
        assert sorted(held.namelist()) == ["color.png", "manifest.json", "outline.png"]
        for name, side in (("color.png", 192), ("outline.png", 32)):
            picture = held.read(name)
            assert picture.startswith(b"\x89PNG\r\n\x1a\n")
            assert struct.unpack(">II", picture[16:24]) == (side, side)


def test_the_same_settings_give_the_same_bytes(package: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.zip"
    write_app_package(again, APP_ID, website="https://northside.example", publisher="Northside Academy")

    assert again.read_bytes() == package.read_bytes()


def test_its_version_is_that_of_signpost(manifest: dict[str, Any]) -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]

    assert manifest["version"] == declared
    assert version() == declared


@pytest.mark.parametrize(
    ("declared", "shown"), [("1.2.3", "1.2.3"), ("1.2.3.dev4", "1.2.3"), ("2.0", "2.0.0"), ("1.2.3rc1", "1.2.3")]
)
def test_a_version_has_three_numbers_in_teams(declared: str, shown: str) -> None:
    assert _three_numbers(declared) == shown


def test_an_address_with_a_path_a_port_and_a_question_is_one() -> None:
    assert trouble_with("https://www.northside.example:8443/safe/guarding?page=1&x=%20#top") == ""


@pytest.mark.parametrize(
    ("changed", "said_about"),
    [
        ({"app_id": "not-a-guid"}, "SIGNPOST_TEAMS_APP_ID"),
        ({"website": "http://northside.example"}, "https://"),
        ({"website": "https://"}, "no host"),
        ({"website": "https://localhost/x"}, "no host"),
        ({"website": "https://127.0.0.1"}, "no host"),
        ({"website": "https://north side.example"}, "a space"),
        ({"website": "https://north\nside.example"}, "a space"),
        ({"website": "https://northside.example/<b>"}, "another sign"),
        ({"website": "https://sch\u00fcle.example"}, "another sign"),
        ({"website": "https://who:what@northside.example"}, "user name"),
        ({"website": "https://northside.example:port"}, "no address"),
        ({"website": "https://northside.example/" + "x" * 2048}, "2,048"),
        ({"privacy": "ftp://x"}, "privacy"),
        ({"publisher": "x" * 33}, "publisher"),
        ({"publisher": ""}, "publisher"),
        ({"name": "x" * 31}, "name"),
        ({"version": "one"}, "version"),
    ],
)
def test_what_teams_would_not_take_is_said_before_it_is_written(
    changed: dict[str, str], said_about: str, tmp_path: Path
) -> None:
    given = {"app_id": APP_ID, "website": "https://northside.example", "publisher": "Northside Academy", **changed}

    with pytest.raises(BadPackage, match=said_about):
        write_app_package(tmp_path / "x.zip", given.pop("app_id"), **given)
    assert not (tmp_path / "x.zip").exists()
