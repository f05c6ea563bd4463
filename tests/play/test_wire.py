"""What travels: signatures, payloads of messages and commands, response_url, repeats, Socket Mode."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import time
from typing import TYPE_CHECKING, Any

import aiohttp
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.slack import Sent, SlackStandIn, sign, signed_headers
from tests.play import small_bot
from tests.play.conftest import with_people

if TYPE_CHECKING:
    from tests.play.conftest import Played


def test_a_signature_is_what_slacks_own_verifier_accepts() -> None:
    body, ts = b"command=%2Fsignpost&text=", str(int(time.time()))
    assert (
        sign("secret", ts, body) == "v0=" + hmac.new(b"secret", f"v0:{ts}:".encode() + body, hashlib.sha256).hexdigest()
    )
    verifier = SignatureVerifier("secret")
    assert verifier.is_valid(body, ts, sign("secret", ts, body))
    assert not verifier.is_valid(body + b"x", ts, sign("secret", ts, body))


async def test_the_bot_answers_signed_requests_and_refuses_altered_ones(played: Played) -> None:
    slack = played.slack
    await slack.command("U1", "help")
    [good] = slack.carrier.sent
    assert (await slack.replay(good)).status == 200
    assert (await slack.replay(Sent(good.body + b"x", good.headers))).status == 401
    old = signed_headers(slack.signing_secret, int(time.time()) - 301, good.body, "application/x-www-form-urlencoded")
    assert (await slack.replay(Sent(good.body, old))).status == 401


async def test_a_commands_answer_is_seen_by_the_person_who_typed_it_alone(played: Played) -> None:
    await played.slack.command("U1", "help")
    [message] = played.slack.messages("U1")
    assert (message.text, message.ephemeral_to) == ("Type `/signpost` to begin.", "U1")
    assert set(played.seen.payloads[-1]) >= {"command", "text", "trigger_id", "response_url", "user_id", "team_id"}


async def test_a_button_in_a_message_names_the_message_and_the_conversation(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    await slack.submit("U1")
    await slack.submit("U1")
    await slack.press("U1", "clear_from_chat", place="message")
    sent = played.seen.payloads[-1]
    assert sent["container"]["channel_id"] == sent["channel"]["id"] == "D1"
    assert sent["container"]["message_ts"] == sent["message"]["ts"]
    assert sent["response_url"].startswith("http://127.0.0.1:")
    assert [m.text for m in slack.messages("U1")] == ["SP-7K4M-2Q: cleared."]


async def test_an_outsiders_account_belongs_elsewhere(played: Played) -> None:
    await played.slack.command("U5")
    await played.slack.submit("U5")
    sent = played.seen.payloads[-1]
    assert (sent["user"]["team_id"], sent["team"]["id"]) == ("T9", "T1")


async def test_a_response_url_replaces_deletes_or_answers_privately_five_times(played: Played) -> None:
    slack = played.slack
    await slack.command("U1", "help")
    url = played.seen.payloads[-1]["response_url"]
    async with aiohttp.ClientSession() as session:
        for _ in range(5):
            async with session.post(url, json={"text": "more", "response_type": "ephemeral"}) as answer:
                assert answer.status == 200
        async with session.post(url, json={"text": "too much"}) as answer:
            assert (answer.status, (await answer.json())["error"]) == (404, "used_url")
        clicked = slack.new_response_url(slack.workspace(), "U1", "D1", slack.messages("U1")[0].ts)
        async with session.post(clicked, json={"text": "instead", "replace_original": True}):
            assert slack.messages("U1")[0].text == "instead"
        async with session.post(clicked, json={"delete_original": True}):
            assert len(slack.messages("U1")) == 5
        played.clock.ahead = 31 * 60
        async with session.post(clicked, json={"text": "late"}) as answer:
            assert (await answer.json())["error"] == "expired_url"


async def test_an_event_may_come_again_with_the_same_id(played: Played) -> None:
    slack = played.slack
    home = {"type": "app_home_opened", "user": "U1", "tab": "home", "channel": "D1"}
    await slack.send_event(home, event_id="Ev1")
    await slack.send_event(home, event_id="Ev1", retry=1)
    assert [p["event_id"] for p in played.seen.payloads] == ["Ev1", "Ev1"]
    assert slack.carrier.sent[-1].headers["X-Slack-Retry-Num"] == "1"


async def test_no_answer_in_time_leaves_a_notice_and_nothing_else() -> None:
    async def slow(_: web.Request) -> web.Response:
        await asyncio.sleep(1)
        return web.Response()

    app = web.Application()
    app.router.add_post("/slack/events", slow)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with SlackStandIn(bot_url=f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events") as slack:
        with_people(slack)
        slack.carrier.patience = 0.05
        reply = await slack.command("U1")
        assert (reply.status, reply.ok, slack.messages("U1")) == (0, False, [])
        assert slack.notices["U1"] == ["The app did not answer in time. Nothing is known to be saved."]
    await runner.cleanup()


async def test_over_a_socket_everything_works_the_same_and_it_comes_back_after_a_disconnect() -> None:
    async with SlackStandIn() as slack:
        with_people(slack)
        bolt, seen = small_bot.make_app(AsyncWebClient(token=slack.bot_token, base_url=slack.api_url), "unused")
        handler: Any = AsyncSocketModeHandler(bolt, slack.app_token)
        await handler.connect_async()
        await slack.until(lambda: slack.sockets.connected)

        await slack.command("U1")
        reply: Any = await slack.submit("U1", {"notes": "Alex"})
        assert reply.action == "errors"
        await slack.submit("U1", {"notes": ""})
        await slack.submit("U1")
        assert [m.text for m in slack.messages("U1")] == ["SP-7K4M-2Q: your result is ready."]
        assert slack.carrier.sent == []  # nothing went over HTTP

        await slack.sockets.ask_to_reconnect()
        await slack.until(lambda: len(slack.calls_of("apps.connections.open")) > 1 and slack.sockets.connected)
        await slack.open_home("U1")
        assert seen.payloads[-1]["event"]["type"] == "app_home_opened"
        await handler.close_async()
