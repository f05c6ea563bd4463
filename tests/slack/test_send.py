"""Sending: a receipt, then its content, and every way in which it can fail as one of four results."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.channel import NotSent, Refused, Result, Sent, Unsure
from bot.play.slack import words
from bot.slack import send
from bot.slack.api import Api, Failed, proxy_for
from bot.slack.send import SlackChannel
from handlers.people import Account
from handlers.screens import Button, Buttons, Message, Paragraph
from tests.slack.bench import AMIRA, PRIYA, Bench, note

RECEIPT = Message("SP-7K4M-2Q: something is on its way.", (Paragraph("If nothing follows, ring your lead."),))


async def _sent(bench: Bench) -> str:
    result = await bench.platform.channel.post(AMIRA, RECEIPT)
    assert isinstance(result, Sent)
    return result.address


async def test_a_receipt_is_posted_privately_and_then_filled_as_often_as_wanted(bench: Bench) -> None:
    address = await _sent(bench)

    for _ in range(3):
        assert await bench.platform.channel.fill(AMIRA, address, note("Refer now.")) == Sent(address)

    [message] = bench.slack.messages("U1")
    assert "Refer now." in words(message.blocks)
    assert message.text == "SP-7K4M-2Q: ready."
    assert bench.slack.messages("U2") == []
    [post] = bench.calls("chat.postMessage")
    assert post.params["unfurl_links"] is False
    assert post.params["unfurl_media"] is False


async def test_where_a_message_may_not_be_changed_its_content_follows_in_the_thread(lenient: Bench) -> None:
    address = await _sent(lenient)
    for code in ("edit_window_closed", "cant_update_message"):
        lenient.slack.faults.refuse("chat.update", code)
        assert await lenient.platform.channel.fill(AMIRA, address, note()) == Refused("cannot_edit")

    assert isinstance(await lenient.platform.channel.reply(AMIRA, address, note("Refer now.")), Sent)

    receipt, reply = lenient.slack.messages("U1")
    assert reply.thread_ts == receipt.ts
    assert "Refer now." in words(reply.blocks)


async def test_buttons_are_sealed_for_the_person_who_gets_the_message(bench: Bench) -> None:
    button = Buttons((Button("open_case", "Open", "case~C1~~1~"),))

    await bench.platform.channel.post(PRIYA, Message("SP-7K4M-2Q", (button,)))

    [message] = bench.slack.messages("U2")
    value = message.blocks[0]["elements"][0]["value"]
    assert bench.seals.open(value, str(PRIYA)) == "case~C1~~1~"


async def test_a_lost_reply_leaves_it_unsure_and_is_not_tried_again_by_itself(lenient: Bench) -> None:
    lenient.slack.faults.drop_reply("chat.postMessage")

    assert await lenient.platform.channel.post(AMIRA, RECEIPT) == Unsure("dropped")

    assert len(lenient.slack.messages("U1")) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_failing_server_leaves_it_unsure(lenient: Bench, status: int) -> None:
    lenient.slack.faults.server_error("chat.postMessage", status=status, accepted=True)

    assert await lenient.platform.channel.post(AMIRA, RECEIPT) == Unsure("server_error")
    assert len(lenient.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("code", ["internal_error", "fatal_error", "service_unavailable", "request_timeout"])
async def test_a_refusal_that_may_have_come_after_the_deed_leaves_it_unsure(lenient: Bench, code: str) -> None:
    lenient.slack.faults.refuse("chat.postMessage", code)

    assert await lenient.platform.channel.post(AMIRA, RECEIPT) == Unsure("server_error")


async def test_too_slow_an_answer_leaves_it_unsure(lenient: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send, "SEND_SECONDS", 0.1)
    lenient.slack.faults.delay("chat.postMessage", 0.5)

    assert await lenient.platform.channel.post(AMIRA, RECEIPT) == Unsure("timed_out")


async def test_being_told_to_wait_is_passed_on_at_once(lenient: Bench) -> None:
    lenient.slack.faults.rate_limit("chat.postMessage", retry_after=7)

    assert await lenient.platform.channel.post(AMIRA, RECEIPT) == NotSent("rate_limited", 7.0)
    assert len(lenient.calls("chat.postMessage")) == 1


@pytest.mark.parametrize("code", ["channel_not_found", "invalid_auth", "account_inactive", "invalid_blocks", "no_text"])
async def test_a_definite_refusal_is_for_a_person_to_know(lenient: Bench, code: str) -> None:
    lenient.slack.faults.refuse("chat.postMessage", code)

    assert await lenient.platform.channel.post(AMIRA, RECEIPT) == Refused(code)


async def test_a_message_that_is_gone_cannot_be_filled(bench: Bench) -> None:
    channel = (await _sent(bench)).partition(":")[0]

    assert await bench.platform.channel.fill(AMIRA, f"{channel}:1.000001", note()) == Refused("message_not_found")


async def test_nothing_is_sent_to_another_workspace(bench: Bench) -> None:
    for account in (Account("slack", "T9", "U1"), Account("teams", "T1", "U1")):
        assert await bench.platform.channel.post(account, RECEIPT) == Refused("other_workspace")

    assert bench.calls("chat.postMessage") == []


async def test_slack_being_away_means_that_it_is_surely_not_sent(unused_tcp_port: int) -> None:
    api = Api(token="xoxb-1", base_url=f"http://127.0.0.1:{unused_tcp_port}/api/")
    channel = SlackChannel(api, lambda token, _holder: token)
    channel.team_id = "T1"
    assert await channel.post(AMIRA, RECEIPT) == NotSent("unreachable")
    await api.open()

    assert await channel.post(AMIRA, RECEIPT) == NotSent("unreachable")
    await api.close()


@pytest.fixture
async def odd_slack() -> AsyncIterator[tuple[Api, dict[str, web.Response]]]:
    """An API that answers each method as a test says, and one that must never be reached."""
    answers: dict[str, web.Response] = {}
    reached: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        return answers[request.match_info["method"]]

    async def elsewhere(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_route("*", "/api/{method}", answer)
    app.router.add_route("*", "/{other:.*}", elsewhere)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    api = Api(token="xoxb-1", base_url=f"http://127.0.0.1:{runner.addresses[0][1]}/api")
    await api.open()
    yield api, answers
    await api.close()
    await runner.cleanup()
    assert reached == []


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (web.Response(text="not json", content_type="application/json"), "unreadable"),
        (web.Response(text="ok", content_type="text/plain"), "unreadable"),
        (web.Response(body=b"\xff", content_type="application/json"), "unreadable"),
        (web.Response(text="[]", content_type="application/json"), "unreadable"),
        (web.Response(text="<html>", content_type="text/html"), "unreadable"),
        (web.Response(status=403, text="<html>", content_type="text/html"), "unreachable"),
        (web.Response(status=302, headers={"Location": "/elsewhere"}), "unreachable"),
        (web.Response(status=302, headers={"Location": "/api/chat.update"}), "unreachable"),
        (web.Response(status=307, headers={"Location": "http://localhost:1/api/x"}), "unreachable"),
        (web.json_response({"ok": False, "error": "a sentence with <words>"}), "unreadable"),
        (web.json_response({"ok": False, "error": "ratelimited"}), "rate_limited"),
    ],
)
async def test_an_answer_that_cannot_be_read_is_never_taken_for_a_yes_and_no_redirect_is_followed(
    odd_slack: tuple[Api, dict[str, web.Response]], answer: web.Response, cause: str
) -> None:
    api, answers = odd_slack
    answers["chat.postMessage"] = answer

    with pytest.raises(Failed) as failed:
        await api.post("chat.postMessage", {"text": "SENTINEL"})

    assert failed.value.cause == cause
    assert "SENTINEL" not in str(failed.value)
    assert failed.value.__cause__ is None


async def test_an_answer_without_an_address_leaves_it_unsure(odd_slack: tuple[Api, dict[str, web.Response]]) -> None:
    api, answers = odd_slack
    answers["chat.postMessage"] = web.json_response({"ok": True})
    channel = SlackChannel(api, lambda token, _holder: token)
    channel.team_id = "T1"

    assert await channel.post(AMIRA, RECEIPT) == Unsure("no_address")


def test_a_proxy_is_taken_from_the_environment_but_not_for_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    assert proxy_for("https://slack.com/api/") == "http://proxy.example:3128"
    assert proxy_for("http://127.0.0.1:1/api/") is None
    monkeypatch.setenv("NO_PROXY", "slack.com")
    assert proxy_for("https://slack.com/api/") is None


def test_each_way_of_failing_has_its_result() -> None:
    ended: dict[str, Result] = {
        "unreachable": NotSent("unreachable"),
        "timed_out": Unsure("timed_out"),
        "dropped": Unsure("dropped"),
        "server_error": Unsure("server_error"),
        "unreadable": Unsure("unreadable"),
        "rate_limited": NotSent("rate_limited", 3.0),
    }
    assert {cause: send._ended(Failed(cause, retry_after=3.0)) for cause in ended} == ended  # type: ignore[arg-type]
