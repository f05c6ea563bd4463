"""Starting and stopping, over HTTP and Socket Mode, and the sentence when it cannot start."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.play.slack import SlackStandIn, words
from bot.seals import Seals
from bot.slack import CannotStart, SlackPlatform, SlackSettings
from bot.slack import platform as started
from tests.slack.bench import AMIRA, Bench, FakeDesk, Key, page, running


def _platform(slack: SlackStandIn, **changed: str) -> SlackPlatform:
    given = {"bot_token": slack.bot_token, "signing_secret": slack.signing_secret, "api_url": slack.api_url}
    return SlackPlatform(SlackSettings(**(given | changed)), FakeDesk(), Seals(Key()), lambda _reason: None)  # type: ignore[arg-type]


async def test_signing_in_tells_which_workspace_it_is(either: Bench) -> None:
    assert either.platform.teams() == {"T1"}
    assert await either.platform.working()


async def test_a_token_that_slack_does_not_take_is_said_in_a_sentence_that_does_not_repeat_it() -> None:
    async with SlackStandIn() as slack:
        platform = _platform(slack, bot_token="xoxb-wrong")

        with pytest.raises(CannotStart, match="SIGNPOST_SLACK_BOT_TOKEN") as said:
            await platform.start()
        assert "xoxb-wrong" not in str(said.value)


async def test_a_slack_that_is_away_is_said_in_a_sentence(unused_tcp_port: int) -> None:
    async with SlackStandIn() as slack:
        platform = _platform(slack, api_url=f"http://127.0.0.1:{unused_tcp_port}/api/")

        with pytest.raises(CannotStart, match="cannot be reached"):
            await platform.start()


async def test_a_socket_that_slack_does_not_open_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(started, "CONNECT_SECONDS", 0.3)
    async with SlackStandIn() as slack:
        platform = _platform(slack, app_token="xapp-wrong")

        with pytest.raises(CannotStart, match="SIGNPOST_SLACK_APP_TOKEN"):
            await platform.start()


def test_secrets_are_not_part_of_what_settings_print() -> None:
    settings = SlackSettings("xoxb-secret", "signing-secret", "xapp-secret")

    assert "secret" not in repr(settings)


async def test_over_a_socket_nothing_is_served_over_http() -> None:
    async with running(socket=True) as bench:
        assert bench.platform.routes() == ()
        assert isinstance(await bench.platform.slack_events(None), web.Response)  # type: ignore[arg-type]


async def test_before_it_has_started_a_request_is_told_to_come_again() -> None:
    async with SlackStandIn() as slack:
        platform = _platform(slack)

        assert [route.path for route in platform.routes()] == ["/slack/events"]
        assert (await platform.slack_events(None)).status == 503  # type: ignore[arg-type]
        assert not await platform.working()
        assert not (await platform.lookup.standing(AMIRA)).member


async def test_a_socket_that_slack_renews_is_opened_again() -> None:
    async with running(socket=True) as bench:
        await bench.slack.sockets.ask_to_reconnect()
        async with asyncio.timeout(60):
            while not bench.slack.sockets.connected:  # noqa: ASYNC110  # nobody tells of a connection
                await asyncio.sleep(0.05)
        assert await bench.platform.working()

        await bench.slack.command("U1")

        assert bench.slack.view("U1") is not None


async def test_what_is_turned_away_over_a_socket_is_received_without_a_word() -> None:
    async with running(socket=True) as bench:
        bench.slack.add_workspace("T7", bot_token="xoxb-other")
        bench.slack.add_person("U7", "Somebody Else", team="T7")

        reply = await bench.slack.command("U7", team="T7")
        await bench.slack.command("U1")
        broken = await bench.slack.submit("U1", values={f"fact{number}": {} for number in range(65)})

        assert (reply.status, reply.text) == (200, "")
        assert (broken.status, broken.text) == (200, "")
        assert bench.refused == ["workspace", "malformed"]


async def test_a_stop_over_a_socket_lets_an_answer_leave_first() -> None:
    async with running(socket=True) as bench:
        bench.desk.held = asyncio.Event()
        pressed = asyncio.create_task(bench.slack.command("U1"))
        async with asyncio.timeout(60):
            while not bench.desk.intents:  # noqa: ASYNC110  # the desk tells nobody
                await asyncio.sleep(0.01)

        asyncio.get_running_loop().call_later(0.3, bench.desk.held.set)
        await bench.platform.stop()

        assert (await pressed).status == 200
        view = bench.slack.view("U1")
        assert view is not None
        assert "Page 1" in words(view["blocks"])


async def test_a_whole_page_goes_back_and_forth(either: Bench) -> None:
    either.desk.says = lambda intent: page(len(either.desk.intents)) if intent.name != "show_home" else None
    await either.slack.shortcut("U1")
    await either.slack.submit("U1", {"harm_now": "no"})
    await either.slack.press("U1", "previous_page")
    await either.slack.submit("U1", {"notes": "a word"})

    assert either.desk.names == ["start_report", "next_page", "previous_page", "next_page"]
    assert [intent.subject.rev for intent in either.desk.intents] == [0, 1, 2, 3]
    assert either.slack.findings == []
