"""The doctor over OAuth: where the app is, where it is missing and what to open, and each token asked live."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play.slack.oauth import DistributedStandIn
from bot.store.vault import new_key
from handlers.people import Directory
from tests.running.served import run_bot
from tests.slack.whole import KEY, a_site, signpost, slack_with
from tests.store.databases import fresh_sqlite

CONFIG = "".join(
    f"""
[[site]]
id = "site-{team.lower()}"
name = "School {team}"
nation = "england"
leads = ["slack:{team}/U2"]
phone = "01632 960001"
"""
    for team in ("T1", "T2", "T3")
)
INSTALL = "https://signpost.example.org/slack/install"


@pytest.fixture
async def slack() -> AsyncIterator[DistributedStandIn]:
    async with slack_with("T1", "T2", "T3", "T4") as made:
        yield made


@pytest.fixture
def settings(slack: DistributedStandIn, tmp_path: Path) -> dict[str, str]:
    (tmp_path / "sites.toml").write_text(CONFIG, encoding="utf-8")
    fresh_sqlite(tmp_path)
    return {
        "SIGNPOST_DATA_DIR": str(tmp_path),
        "SIGNPOST_KEYS": KEY,
        "SIGNPOST_CONFIG": str(tmp_path / "sites.toml"),
        "SIGNPOST_PUBLIC_URL": "https://signpost.example.org",
        "SIGNPOST_SLACK_API_URL": slack.api_url,
        "SIGNPOST_SLACK_APP_TOKEN": slack.app_token,
        "SIGNPOST_SLACK_CLIENT_ID": slack.client_id,
        "SIGNPOST_SLACK_CLIENT_SECRET": slack.client_secret,
    }


async def look(settings: dict[str, str]) -> tuple[int | None, list[dict[str, str]]]:
    status, out, err = await run_bot("doctor", "--json", settings=settings)
    assert err == ""
    assert "xoxb-" not in out
    return status, json.loads(out)


def said(found: list[dict[str, str]], matter: str, state: str) -> list[str]:
    return [one["found"] for one in found if (one["matter"], one["state"]) == (matter, state)]


async def installed(slack: DistributedStandIn, settings: dict[str, str], *teams: str) -> None:
    sites = Directory(tuple(map(a_site, teams)))
    async with signpost(slack, f"sqlite:///{settings['SIGNPOST_DATA_DIR']}/signpost.db", sites) as bot:
        await bot.install(*teams)


async def test_before_anything_is_installed_it_names_the_address_to_open(settings: dict[str, str]) -> None:
    status, found = await look(settings)

    missing = [one for one in found if one["matter"] == "Slack workspaces" and one["state"] == "red"]
    assert status == 1
    assert [one["found"][:2] for one in missing] == ["T1", "T2", "T3"]
    assert all(INSTALL in one["do"] for one in missing)
    assert said(found, "Settings", "red") == []


async def test_each_workspace_is_named_and_each_token_and_lead_asked_live(
    slack: DistributedStandIn, settings: dict[str, str]
) -> None:
    await installed(slack, settings, "T1", "T2", "T4")
    await slack.uninstall("T2", told=False)

    status, found = await look(settings)

    assert status == 1
    assert said(found, "Slack workspaces", "green") == ["installed in T1, T2, T4"]
    (missing,) = said(found, "Slack workspaces", "red")
    assert missing.startswith("T3, named by site-t3,")
    (unnamed,) = said(found, "Slack workspaces", "amber")
    assert unnamed.startswith("T4 is installed")
    assert said(found, "Slack token", "green") == ["T1: Slack knows it"]
    (refused,) = [one for one in found if one["matter"] == "Slack token" and one["state"] == "red"]
    assert (refused["found"], INSTALL in refused["do"]) == ("T2: Slack refuses it (invalid_auth)", True)
    assert said(found, "Leads", "green") == ["T1: the only entry can be reached"]
    assert len([one for one in found if one["matter"] == "Clock"]) == 1


async def test_with_all_of_them_installed_nothing_is_red(slack: DistributedStandIn, settings: dict[str, str]) -> None:
    await installed(slack, settings, "T1", "T2", "T3")

    status, found = await look(settings)

    assert (status, [one for one in found if one["state"] == "red"]) == (0, [])


async def test_tokens_that_no_key_opens_are_red(slack: DistributedStandIn, settings: dict[str, str]) -> None:
    await installed(slack, settings, "T1", "T2", "T3")

    status, found = await look(settings | {"SIGNPOST_KEYS": new_key()})

    assert status == 1
    assert any("SIGNPOST_KEYS" in one["found"] + one["do"] for one in found if one["state"] == "red")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SIGNPOST_SLACK_CLIENT_SECRET": ""}, "half configured"),
        ({"SIGNPOST_SLACK_CLIENT_ID": ""}, "half configured"),
        ({"SIGNPOST_SLACK_BOT_TOKEN": "xoxb-1-2-3"}, "two ways"),
        ({"SIGNPOST_PUBLIC_URL": ""}, "SIGNPOST_PUBLIC_URL"),
        ({"SIGNPOST_SLACK_APP_TOKEN": ""}, "SIGNPOST_SLACK_SIGNING_SECRET"),
        ({"SIGNPOST_SLACK_CLIENT_ID": "1&redirect_uri=x"}, "no client ID"),
    ],
    ids=["no secret", "no id", "both ways", "no address", "no signing secret", "no client id"],
)
async def test_settings_that_do_not_go_together_are_refused_in_a_sentence(
    settings: dict[str, str], change: dict[str, str], words: str
) -> None:
    status, _, err = await run_bot("serve", settings=settings | change)

    assert (status, words in err) == (2, True), err
    for value in change.values():
        assert not value or value not in err
