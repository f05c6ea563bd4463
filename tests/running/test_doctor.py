"""The doctor: finds what is wrong and says what to do, also when half of it is missing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.play.slack import SlackStandIn
from bot.settings.rules import PREFIX
from bot.store.vault import new_key
from tests.running.post_office import real_store
from tests.running.served import CONFIG, run_bot

Found = dict[str, list[dict[str, str]]]


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(strict=False) as standin:
        standin.add_person("U2", "Priya Nair")
        standin.add_group("S5", ["U2"])
        yield standin


@pytest.fixture
async def settings(slack: SlackStandIn, tmp_path: Path) -> dict[str, str]:
    """A complete installation."""
    key = new_key()
    store = await real_store(tmp_path, key=key)
    await store.ping()
    await store.close()
    (tmp_path / "sites.toml").write_text(
        CONFIG + 'staff = ["slack:T1/S5"]\n', encoding="utf-8"
    )  # fmt: skip
    return {
        "SIGNPOST_DATA_DIR": str(tmp_path),
        "SIGNPOST_KEYS": key,
        "SIGNPOST_CONFIG": str(tmp_path / "sites.toml"),
        "SIGNPOST_SLACK_API_URL": slack.api_url,
        "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
        "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
    }


async def look(settings: Mapping[str, str]) -> tuple[int | None, Found]:
    """Run it; the findings by matter."""
    status, out, err = await run_bot("doctor", "--json", settings=settings)
    assert err == ""
    found: Found = {}
    for finding in json.loads(out):
        found.setdefault(finding["matter"], []).append(finding)
    return status, found


async def test_a_good_installation_has_nothing_red(settings: dict[str, str]) -> None:
    status, found = await look(settings)

    assert status == 0
    for matter in ("Settings", "Keys", "Database", "Slack token", "Clock"):
        assert [finding["state"] for finding in found[matter]] == ["green"], found[matter]


async def test_with_nothing_set_it_still_looks_at_everything_and_says_what_to_do() -> None:
    status, found = await look({"SIGNPOST_DATA_DIR": "/nowhere/at/all"})

    assert status == 1
    assert [finding["state"] for finding in found["Settings"]] == ["red", "red"]
    assert {"Sites", "Database", "Slack"} <= set(found)


CASES: dict[str, tuple[dict[str, str], str, str, str]] = {
    "a token that Slack refuses": ({"SLACK_BOT_TOKEN": "xoxb-other-one"}, "Slack token", "red", "OAuth & Permissions"),
    "a Slack out of reach": ({"SLACK_API_URL": "http://127.0.0.1:9/api/"}, "Slack token", "red", "HTTPS_PROXY"),
    "an app token that is refused": ({"SLACK_APP_TOKEN": "xapp-1-another"}, "Socket Mode", "red", "connections:write"),
    "another key than the database's": ({"KEYS": new_key()}, "Database", "red", "behind the newest"),
    "a misspelt setting": ({"SLACK_TOKEN": "xoxb-secret-value"}, "Settings", "amber", "spelt"),
    "a public address where nothing answers": ({"PUBLIC_URL": "http://127.0.0.1:9"}, "Public address", "red", "serve"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "matter", "state", "words"), CASES.values(), ids=CASES.keys())
async def test_what_is_wrong_is_found_and_says_what_to_do(
    settings: dict[str, str], change: dict[str, str], matter: str, state: str, words: str
) -> None:
    status, found = await look(settings | {PREFIX + name: value for name, value in change.items()})

    assert any(finding["state"] == state and words in finding["do"] for finding in found[matter]), found
    assert status == (1 if state == "red" else 0)
    for value in change.values():
        if len(value) > 20:
            assert value not in json.dumps(found)


async def test_a_site_that_every_member_may_raise_for_is_pointed_out(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(CONFIG, encoding="utf-8")
    _, found = await look(settings)

    assert [finding["state"] for finding in found["Who may raise"]] == ["amber"]
    assert "pupils" in found["Who may raise"][0]["found"]


async def test_a_lead_in_another_workspace_than_the_tokens_is_red(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(CONFIG.replace("slack:T1/U2", "slack:T9/U2"), encoding="utf-8")
    status, found = await look(settings)

    assert status == 1
    assert "red" in [finding["state"] for finding in found["Leads"]]


@pytest.mark.parametrize(
    ("flags", "words"), [({"deleted": True}, "deactivated"), ({"is_restricted": True}, "guest")], ids=["left", "guest"]
)
async def test_a_lead_who_cannot_act_is_red(
    settings: dict[str, str], slack: SlackStandIn, flags: dict[str, Any], words: str
) -> None:
    slack.add_person("U2", "Priya Nair", **flags)
    status, found = await look(settings)

    assert status == 1
    assert words in found["Leads"][-1]["found"]


async def test_a_group_of_leads_that_is_empty_or_unreadable_is_red(
    settings: dict[str, str], slack: SlackStandIn, tmp_path: Path
) -> None:
    slack.add_group("S7", [])
    for group, words in [("S7", "empty"), ("S8", "cannot be read")]:
        (tmp_path / "sites.toml").write_text(CONFIG.replace("slack:T1/U2", f"slack:T1/{group}"), encoding="utf-8")
        status, found = await look(settings)
        assert status == 1
        assert words in found["Leads"][-1]["found"]


async def test_a_config_file_with_a_slip_is_red_with_its_line(settings: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(CONFIG.replace("england", "atlantis"), encoding="utf-8")
    _, found = await look(settings)

    assert found["Sites"][0]["state"] == "red"
    assert "line 5" in found["Sites"][0]["found"]


async def test_a_broken_key_is_said_of_the_key_and_not_of_the_database(settings: dict[str, str]) -> None:
    _, found = await look(settings | {"SIGNPOST_KEYS": "changeme"})

    assert found["Keys"][0]["state"] == "red"
    assert [finding["state"] for finding in found["Database"]] == ["green"]


async def test_a_comma_too_many_is_no_second_key(settings: dict[str, str]) -> None:
    _, found = await look(settings | {"SIGNPOST_KEYS": f"{settings['SIGNPOST_KEYS']},"})
    assert [one["found"] for one in found["Keys"]] == ["one good key"]


async def test_looking_with_a_broken_key_leaves_a_new_database_as_it_was(tmp_path: Path) -> None:
    await (await real_store(tmp_path)).close()
    base = {"SIGNPOST_DATA_DIR": str(tmp_path)}
    _, found = await look({**base, "SIGNPOST_KEYS": "changeme"})
    assert found["Keys"][0]["state"] == "red"
    await look({**base, "SIGNPOST_KEYS": new_key()})

    _, found = await look({**base, "SIGNPOST_KEYS": new_key()})
    assert found["Database"][0]["state"] == "green"


async def test_for_a_person_each_line_begins_with_its_colour_in_words(settings: dict[str, str]) -> None:
    status, out, _ = await run_bot("doctor", settings=settings)

    assert status == 0
    assert all(line.split()[0] in ("green", "amber", "red", "→") for line in out.splitlines())
    assert "\x1b" not in out
