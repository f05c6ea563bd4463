"""Several workspaces at work: each hears of its own, and an installation comes, is replaced and goes."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.play.slack import words
from bot.play.slack.oauth import DistributedStandIn
from bot.slack.each import HERE
from handlers.people import Account, Directory
from tests.slack.whole import Whole, a_site, raise_in, reference, shown, signpost, slack_with, tokens
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


async def test_an_incident_in_each_and_each_lead_hears_of_their_own(bot: Whole) -> None:  # SR-10
    await bot.install("T1", "T2")
    await raise_in(bot, "T1")
    await raise_in(bot, "T2")
    await bot.until(lambda: "SP-" in bot.told("U2", "T1") and "SP-" in bot.told("U2", "T2"))

    first, second = reference(bot, "T1"), reference(bot, "T2")
    assert first != second
    assert (first in bot.told("U2", "T1"), second in bot.told("U2", "T1")) == (True, False)
    assert (second in bot.told("U2", "T2"), first in bot.told("U2", "T2")) == (True, False)
    assert all(call.ok for call in bot.slack.calls)


async def test_a_lead_sees_the_cases_of_their_own_workspace_alone(bot: Whole) -> None:  # SR-10
    await bot.install("T1", "T2")
    await raise_in(bot, "T1")
    await raise_in(bot, "T2")

    await bot.slack.command("U2", "cases", team="T1")

    assert reference(bot, "T1") in shown(bot.slack, "U2", "T1")
    assert reference(bot, "T2") not in shown(bot.slack, "U2", "T1")


async def test_a_button_of_one_workspace_does_nothing_in_another(bot: Whole) -> None:  # SR-14
    await bot.install("T1", "T2")
    await raise_in(bot, "T1")
    await bot.until(lambda: "SP-" in bot.told("U2", "T1"))
    (stolen,) = [m for m in bot.slack.messages("U2", team="T1") if "SP-" in f"{m.text} {words(m.blocks)}"]
    there = bot.slack.workspaces["T2"]
    there.messages.append(replace(stolen, channel=there.direct_channel("U2").id))

    await bot.slack.press("U2", "open_case", ts=stolen.ts, place="message", team="T1")
    await bot.slack.press("U2", "open_case", ts=stolen.ts, place="message", team="T2")

    assert "Hold the initial review meeting" in shown(bot.slack, "U2", "T1")
    assert shown(bot.slack, "U2", "T2")
    assert reference(bot, "T1") not in shown(bot.slack, "U2", "T2")
    assert "Hold the initial review meeting" not in shown(bot.slack, "U2", "T2")


async def test_a_signed_request_of_a_workspace_that_no_site_names_is_refused(bot: Whole) -> None:  # SR-3
    reply = await bot.slack.command("U1", team="T9")

    assert (reply.status, reply.text, bot.slack.calls) == (403, "", [])
    assert b'signpost_requests_refused_total{reason="workspace"} 1.0' in bot.running.metrics.text()


async def test_a_workspace_without_an_installation_is_told_what_to_do(bot: Whole) -> None:  # SR-18
    reply = await bot.slack.command("U1", team="T1")
    pressed = await bot.slack.shortcut("U1", team="T1")

    assert reply.status == 200
    assert reply.body["response_type"] == "ephemeral"
    assert "999" in reply.body["text"]
    assert "/slack/install" in reply.body["text"]
    assert (pressed.status, pressed.text, bot.slack.calls) == (200, "", [])


async def test_a_window_that_outlives_the_installation_says_so(bot: Whole) -> None:
    await bot.install("T1")
    await bot.slack.command("U1", team="T1")
    await bot.slack.uninstall("T1")

    await bot.slack.submit("U1", {"harm_now": "no"}, team="T1")

    assert "999" in shown(bot.slack, "U1", "T1")
    assert "nothing was saved" in shown(bot.slack, "U1", "T1")


async def test_of_somebody_from_outside_the_workspace_where_they_pressed_is_asked_and_no_other(bot: Whole) -> None:
    await bot.install("T1", "T2")
    for team, name in (("T1", "Jo Marsh"), ("T2", "Somebody Else")):
        bot.slack.add_person("U5", name, team=team, home_team="T7")
    jo = Account("slack", "T7", "U5")

    HERE.set("T1")
    assert await bot.platform.lookup.name(jo) == "Jo Marsh"
    HERE.set("T2")
    assert await bot.platform.lookup.name(jo) == "Somebody Else"
    HERE.set("")
    assert await bot.platform.lookup.name(jo) == ""
    assert not (await bot.platform.lookup.standing(jo)).member
    assert await bot.platform.lookup.members("slack:T7/S1") is None


async def test_messages_to_a_workspace_without_an_installation_wait_for_it(slack: DistributedStandIn, url: str) -> None:
    across = Directory((a_site("T1", leads=("slack:T2/U2",)),))
    async with signpost(slack, url, across) as bot:
        await bot.install("T1")
        await raise_in(bot, "T1")
        assert bot.told("U2", "T2") == ""

        await bot.install("T2")

        await bot.until(lambda: "SP-" in bot.told("U2", "T2"))
        assert reference(bot, "T1") in bot.told("U2", "T2")


async def test_a_channel_of_a_workspace_without_an_installation_is_not_posted_to_and_not_given_up(bot: Whole) -> None:
    channel = bot.platform.channel

    found = await channel.withheld(Account("slack", "T2", "C9"), ())

    assert (type(found).__name__, found and found.why) == ("NotSent", "not_configured")


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


async def test_the_database_holds_no_token_in_any_form(bot: Whole, tmp_path: Path) -> None:  # SR-27, SR-28
    await bot.install("T1", "T2")
    earlier = list(tokens(bot).values())
    await bot.install("T1")
    await raise_in(bot, "T1")
    sentinels = {token for token in (*earlier, *tokens(bot).values(), bot.slack.client_secret) if token}
    files = files_in(tmp_path)

    assert len(sentinels) == 4
    assert "signpost.db-wal" in files
    for name, raw in files.items():
        for token in sentinels:
            for form in (token.encode(), token.encode("utf-16-le"), base64.b64encode(token.encode())[:-4]):
                assert form not in raw, name


async def test_over_a_socket_all_workspaces_come_in_and_the_pages_are_served_all_the_same(
    slack: DistributedStandIn, url: str
) -> None:
    async with signpost(slack, url, SITES, socket=True) as bot:
        await bot.install("T1", "T2")
        await raise_in(bot, "T1")
        await raise_in(bot, "T2")

        assert (await bot.browser().get(f"{bot.url}/slack/events", method="POST"))[0] == 404
