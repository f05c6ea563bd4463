"""An installation comes, is replaced, goes, is told late, outlives a restart, and reaches every replica."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play.slack.oauth import DistributedStandIn
from bot.slack import workspaces
from bot.store.installations import Installations
from handlers.people import Directory
from tests.slack.whole import Whole, a_site, raise_in, shown, signpost, slack_with, tokens
from tests.store.databases import fresh_sqlite, postgres_url  # noqa: F401  # a fixture

SITES = Directory((a_site("T1"), a_site("T2")))


@pytest.fixture
async def slack() -> AsyncIterator[DistributedStandIn]:
    async with slack_with("T1", "T2", "T9") as made:
        yield made


@pytest.fixture
def url(tmp_path: Path) -> str:
    return fresh_sqlite(tmp_path)


@pytest.fixture
async def bot(slack: DistributedStandIn, url: str) -> AsyncIterator[Whole]:
    async with signpost(slack, url, SITES) as made:
        yield made


async def test_installing_again_replaces_the_token_at_once(bot: Whole) -> None:
    await bot.install("T1")
    before = tokens(bot)["T1"]
    await bot.install("T1")

    assert tokens(bot)["T1"] != before
    await bot.slack.command("U1", team="T1")
    assert "999" in shown(bot.slack, "U1", "T1")
    assert all(call.ok for call in bot.slack.calls)


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
async def test_an_app_that_is_taken_out_is_forgotten_or_at_least_not_used(bot: Whole, told: bool) -> None:
    await bot.install("T1", "T2")
    await bot.slack.uninstall("T1", told=told)
    seen = len(bot.slack.calls)
    await bot.slack.command("U1", team="T1")
    await bot.slack.command("U1", team="T2")

    assert set(await Installations(bot.store).all()) == ({"slack:T2"} if told else {"slack:T1", "slack:T2"})
    assert bot.platform.teams() == ({"T2"} if told else {"T1", "T2"})
    assert "999" in shown(bot.slack, "U1", "T2")
    assert tokens(bot)["T2"]
    assert {call.error for call in bot.slack.calls[seen:] if not call.ok} == (set() if told else {"invalid_auth"})


async def test_a_recorded_goodbye_does_not_take_out_what_was_installed_since(bot: Whole) -> None:  # SR-4
    await bot.install("T1")
    await bot.slack.uninstall("T1")
    (said, *_) = [sent for sent in bot.slack.carrier.sent if sent.payload["event"]["type"] == "app_uninstalled"]
    await bot.until(lambda: int(bot.slack.clock()) > said.payload["event_time"])
    await bot.install("T1")

    assert (await bot.slack.replay(said)).status == 200

    assert bot.platform.teams() == {"T1"}
    assert set(await Installations(bot.store).all()) == {"slack:T1"}


async def test_tokens_of_people_that_are_revoked_are_no_matter_of_ours(bot: Whole) -> None:
    await bot.install("T1")
    since = int(bot.slack.clock())
    await bot.until(lambda: int(bot.slack.clock()) > since)  # told of this installation, not of one before

    await bot.slack.send_event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}, team="T1")

    assert bot.platform.teams() == {"T1"}


async def test_a_goodbye_that_cannot_be_written_down_is_asked_for_again(bot: Whole, url: str) -> None:
    await bot.install("T1")
    with sqlite3.connect(url.removeprefix("sqlite:///")) as other:
        other.execute("ALTER TABLE installations RENAME TO gone")
    bot.slack.workspaces["T1"].bot_token = ""

    assert (await bot.slack.send_event({"type": "app_uninstalled"}, team="T1")).status == 503

    with sqlite3.connect(url.removeprefix("sqlite:///")) as other:
        other.execute("ALTER TABLE gone RENAME TO installations")
    assert (await bot.slack.send_event({"type": "app_uninstalled"}, team="T1")).status == 200
    assert await Installations(bot.store).all() == {}


async def test_after_a_restart_every_workspace_is_there_without_anybody_doing_anything(
    slack: DistributedStandIn, url: str
) -> None:
    async with signpost(slack, url, SITES) as bot:
        await bot.install("T1", "T2")
    async with signpost(slack, url, SITES) as again:
        assert again.platform.teams() == {"T1", "T2"}
        await raise_in(again, "T2")


async def test_a_workspace_that_configuration_no_longer_names_is_heard_no_more(
    slack: DistributedStandIn, url: str
) -> None:  # SR-3
    async with signpost(slack, url, SITES) as bot:
        await bot.install("T1", "T2")
    async with signpost(slack, url, Directory((a_site("T1"),))) as again:
        assert (await again.slack.command("U1", team="T2")).status == 403
        assert (await again.slack.command("U1", team="T1")).status == 200


async def test_two_replicas_share_what_was_installed_at_one_of_them(
    slack: DistributedStandIn,
    postgres_url: str,  # noqa: F811
) -> None:
    async with signpost(slack, postgres_url, SITES) as one, signpost(slack, postgres_url, SITES) as other:
        assert slack.bot_url.startswith(other.url)
        slack.public_url = one.url
        await one.install("T1")

        await raise_in(other, "T1")  # Slack sends to the one where nobody installed

        before = tokens(one)["T1"]
        await one.install("T1")  # and again: the other still has the token that this ends
        assert tokens(one)["T1"] != before
        await other.slack.command("U1", "help", team="T1")
        assert "999" in f"{shown(slack, 'U1', 'T1')} {other.told('U1', 'T1')}"
        await raise_in(other, "T1")
        assert other.platform.teams() == {"T1"}


async def test_what_one_replica_took_out_the_other_forgets_by_itself(
    slack: DistributedStandIn,
    postgres_url: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workspaces, "AGAIN_SECONDS", 0.1)
    async with signpost(slack, postgres_url, SITES) as one, signpost(slack, postgres_url, SITES) as other:
        slack.public_url = one.url
        await one.install("T1")
        await other.until(lambda: other.platform.teams() == {"T1"})

        await slack.uninstall("T1")

        await one.until(lambda: one.platform.teams() == frozenset())
        assert other.platform.teams() == frozenset()
