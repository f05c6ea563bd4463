"""Installing over OAuth: from the page with the button to a token that is kept, and every way it can go wrong."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import yaml

from bot.play.slack.oauth import DistributedStandIn
from bot.slack.install import AT_ONCE, SCOPES
from bot.slack.states import LIVES_SECONDS
from bot.store.installations import Installations
from handlers.people import Directory
from tests.slack.whole import Browser, Whole, a_site, button_of, shown, signpost, slack_with
from tests.store.databases import fresh_sqlite
from tests.store.given import sql

SITES = Directory((a_site("T1"), a_site("T2")))
ROOT = Path(__file__).parents[2]


@pytest.fixture
async def slack() -> AsyncIterator[DistributedStandIn]:
    async with slack_with("T1", "T2", "T9") as made:
        yield made


@pytest.fixture
async def bot(slack: DistributedStandIn, tmp_path: Path) -> AsyncIterator[Whole]:
    async with signpost(slack, fresh_sqlite(tmp_path), SITES) as made:
        yield made


async def rows(bot: Whole) -> list[str]:
    """The workspaces that are kept in the database."""
    return sorted(await Installations(bot.store).all())


async def test_the_first_page_leads_to_slack_and_is_bound_to_the_browser(bot: Whole) -> None:
    browser = bot.browser()
    async with aiohttp.ClientSession() as client, client.get(f"{bot.url}/slack/install") as reply:
        text, headers = await reply.text(), reply.headers
    asked = parse_qs(urlsplit(button_of(text)).query)

    assert asked["redirect_uri"] == [f"{bot.slack.public_url}/slack/oauth_redirect"]
    assert set(asked["scope"][0].split(",")) == set(SCOPES)
    await browser.begin()
    parts = {part.strip().lower() for part in browser.set_cookie.split(";")[1:]}
    assert {"httponly", "secure", "samesite=lax", "path=/", f"max-age={LIVES_SECONDS}"} <= parts
    assert browser.cookie.split("=")[1] not in button_of(text)
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "<script" not in text


def test_it_asks_for_the_scopes_of_the_manifest() -> None:
    manifest = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))

    assert list(SCOPES) == manifest["oauth_config"]["scopes"]["bot"]


async def test_two_workspaces_install_and_each_is_answered_with_its_own_token(bot: Whole) -> None:
    await bot.install("T1", "T2")

    assert bot.platform.teams() == {"T1", "T2"}
    for team in ("T1", "T2"):
        assert (await bot.slack.command("U1", team=team)).ok
        assert "999" in shown(bot.slack, "U1", team)
    failed = [call for call in bot.slack.calls if not call.ok]
    assert failed == []


async def test_the_last_page_says_what_to_do_next_and_holds_no_token(bot: Whole) -> None:
    status, text = await bot.browser().install(bot.slack, "T1")

    assert (status, "Signpost is installed in School T1" in text, "/signpost" in text) == (200, True, True)
    assert bot.slack.workspaces["T1"].bot_token not in text


async def test_a_state_is_good_once(bot: Whole) -> None:
    browser = bot.browser()
    first = bot.slack.approve(button := await browser.begin(), team="T1", user="U9")
    again = bot.slack.approve(button, team="T2", user="U9")

    assert (await browser.get(first))[0] == 200
    assert (await browser.get(first))[0] == 400
    assert (await browser.get(again))[0] == 400
    assert await rows(bot) == ["slack:T1"]
    assert len(bot.slack.calls_of("oauth.v2.access")) == 1


@pytest.mark.parametrize("whose", ["nobody's", "another's"])
async def test_a_link_that_was_begun_in_another_browser_does_nothing(bot: Whole, whose: str) -> None:
    theirs, mine = bot.browser(), bot.browser()
    link = bot.slack.approve(await theirs.begin(), team="T1", user="U9")
    if whose == "another's":
        await mine.begin()

    status, text = await mine.get(link)

    assert (status, "begun in another browser" in text) == (400, True)
    assert bot.slack.calls_of("oauth.v2.access") == []
    assert (await theirs.get(link))[0] == 200  # and takes nothing away from whoever began it


@pytest.mark.parametrize("state", ["", "x", "a" * 22 + "9999999999.b", "é" * 5000, "%00"])
async def test_a_state_that_was_made_up_does_nothing(bot: Whole, state: str) -> None:
    browser = bot.browser()
    await browser.begin()

    assert (await browser.get(f"{bot.url}/slack/oauth_redirect?code=x&state={state}"))[0] in (400, 404)
    assert bot.slack.calls == []


@pytest.mark.parametrize(("later", "status"), [(LIVES_SECONDS - 5, 200), (LIVES_SECONDS + 1, 400)])
async def test_a_state_lives_ten_minutes(slack: DistributedStandIn, tmp_path: Path, later: float, status: int) -> None:
    hand = Hand(slack.clock())
    async with signpost(slack, fresh_sqlite(tmp_path), SITES, clock=hand) as bot:
        browser = bot.browser()
        link = slack.approve(await browser.begin(), team="T1", user="U9")
        hand.now += later

        assert (await browser.get(link))[0] == status


class Hand:
    """A clock that a test moves."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


async def test_a_workspace_that_no_site_names_gets_its_token_taken_back(bot: Whole) -> None:  # SR-3
    status, text = await bot.browser().install(bot.slack, "T9")

    assert (status, "slack:T9" in text, "School T9" in text) == (403, True, True)
    assert await rows(bot) == []
    assert bot.slack.workspaces["T9"].bot_token == ""
    assert [call.ok for call in bot.slack.calls_of("auth.revoke")] == [True]
    assert b'signpost_requests_refused_total{reason="workspace"} 1.0' in bot.running.metrics.text()


async def test_where_slack_takes_nothing_back_the_page_says_what_to_do(bot: Whole) -> None:
    bot.slack.faults.server_error("auth.revoke", times=3)

    status, text = await bot.browser().install(bot.slack, "T9")

    assert (status, "Manage apps" in text) == (403, True)
    assert await rows(bot) == []


async def test_cancelling_at_slack_changes_nothing(bot: Whole) -> None:
    browser = bot.browser()

    status, text = await browser.get(bot.slack.deny(await browser.begin()))

    assert (status, "stopped at Slack" in text) == (200, True)
    assert bot.slack.calls == []


async def test_what_slack_itself_does_not_allow_is_not_taken_for_a_cancel(bot: Whole) -> None:
    browser = bot.browser()
    link = bot.slack.deny(await browser.begin())

    status, text = await browser.get(link.replace("access_denied", "invalid_scope"))

    assert (status, "invalid_scope" in text, "manifest.yml" in text) == (409, True, True)
    assert "stopped at Slack" not in text


async def test_fewer_scopes_than_signpost_needs_are_not_called_done(bot: Whole) -> None:
    bot.slack.more = {"scope": "commands,chat:write"}

    status, text = await bot.browser().install(bot.slack, "T1")

    assert (status, "Signpost is installed" in text) == (409, False)
    for scope in set(SCOPES) - {"commands", "chat:write"}:
        assert scope in text
    bot.slack.more = {}
    status, text = await bot.browser().install(bot.slack, "T1")
    assert (status, "Signpost is installed" in text) == (200, True)


async def test_a_code_that_slack_no_longer_takes_is_begun_again(bot: Whole) -> None:
    browser = bot.browser()
    link = bot.slack.approve(await browser.begin(), team="T1", user="U9")

    status, text = await browser.get(re.sub(r"code=\w+", "code=spent", link))

    assert (status, "/slack/install" in text) == (400, True)


async def test_a_slack_that_is_away_is_said_and_the_next_try_works(bot: Whole) -> None:
    bot.slack.faults.server_error("oauth.v2.access")

    status, text = await bot.browser().install(bot.slack, "T1")

    assert (status, "Slack did not answer" in text) == (503, True)
    assert (await bot.browser().install(bot.slack, "T1"))[0] == 200


async def test_settings_that_slack_does_not_know_are_named(bot: Whole) -> None:
    browser = bot.browser()
    link = bot.slack.approve(await browser.begin(), team="T1", user="U9")
    bot.slack.client_secret = "another"

    status, text = await browser.get(link)

    assert (status, "SIGNPOST_SLACK_CLIENT_SECRET" in text) == (502, True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"refresh_token": "xoxe-1", "expires_in": 43200}, "token rotation"),
        ({"is_enterprise_install": True, "team": None}, "one workspace"),
        ({"access_token": "xoxp-1"}, "manifest.yml"),
    ],
    ids=["rotated", "organisation", "no-bot"],
)
async def test_what_we_cannot_work_with_is_given_back(bot: Whole, more: dict[str, object], words: str) -> None:
    bot.slack.more = more

    status, text = await bot.browser().install(bot.slack, "T1")

    assert (status, words in text) == (409, True)
    assert await rows(bot) == []
    assert len(bot.slack.calls_of("auth.revoke")) == 1


@pytest.mark.parametrize("table", ["applied", "installations"])
async def test_a_database_that_does_not_take_it_is_said(bot: Whole, tmp_path: Path, table: str) -> None:
    browser, url = bot.browser(), f"sqlite:///{tmp_path / 'signpost.db'}"
    link = bot.slack.approve(await browser.begin(), team="T1", user="U9")
    await sql(url, f"ALTER TABLE {table} RENAME TO gone")

    status, text = await browser.get(link)

    assert (status, "Wait a minute" in text) == (503, True)
    await sql(url, f"ALTER TABLE gone RENAME TO {table}")
    assert (await bot.browser().install(bot.slack, "T1"))[0] == 200


async def test_more_attempts_than_anybody_makes_are_slowed(bot: Whole) -> None:
    browser = bot.browser()
    statuses = [(await browser.get(bot.slack.deny(await browser.begin())))[0] for _ in range(AT_ONCE + 2)]

    assert statuses == [*[200] * AT_ONCE, 429, 429]
    assert (await bot.browser().get(f"{bot.url}/slack/oauth_redirect?state=x"))[0] == 400  # costs nobody anything


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect"])
async def test_both_pages_answer_get_alone(bot: Whole, path: str, method: str) -> None:  # SR-7
    assert (await bot.browser().get(bot.url + path, method=method))[0] == 405


async def test_names_of_workspaces_are_shown_as_text(bot: Whole) -> None:  # SR-34
    bot.slack.workspaces["T1"].name = "<script>alert(1)</script>"

    _, text = await bot.browser().install(bot.slack, "T1")

    assert "<script" not in text
    assert "&lt;script&gt;" in text


async def test_two_pages_may_be_open_in_one_browser(bot: Whole) -> None:
    browser = Browser(bot.url)
    first = await browser.begin()
    second = await browser.begin()

    assert (await browser.get(bot.slack.approve(first, team="T1", user="U9")))[0] == 200
    assert (await browser.get(bot.slack.approve(second, team="T2", user="U9")))[0] == 200
