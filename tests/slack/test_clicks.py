"""No click is silent (SR-18), and none counts twice (SR-4)."""

from __future__ import annotations

import asyncio

import pytest

from bot.channel import Sent
from bot.play.slack import Channel, words
from handlers.intents import Intent
from handlers.screens import Button, Buttons, Form, Message, Paragraph, Screen
from tests.slack.bench import AMIRA, Bench, note, page


def _shown(bench: Bench, user: str = "U1") -> str:
    view = bench.slack.view(user)
    return words(view["blocks"]) if view else ""


async def _posted(bench: Bench) -> None:
    assert isinstance(await bench.platform.channel.post(AMIRA, note()), Sent)


async def test_sr_18_a_button_that_no_version_knows_is_answered_wherever_it_stands(bench: Bench) -> None:
    old = Buttons((Button("escalate_now", "Escalate", "case~C1~~1~"),))
    bench.desk.says = lambda _intent: Form("Signpost", (Paragraph("A window."), old))
    await bench.platform.channel.post(AMIRA, Message("SP-7K4M-2Q", (old,)))

    await bench.slack.press("U1", "escalate_now", place="message")
    assert "no longer works" in _shown(bench)
    assert "999" in _shown(bench)

    await bench.slack.close_view("U1")
    await bench.slack.command("U1")
    await bench.slack.press("U1", "escalate_now", place="view")
    assert "no longer works" in _shown(bench)

    bench.desk.says = lambda _intent: Message("home", (old,))
    await bench.slack.open_home("U1")
    await bench.slack.press("U1", "escalate_now", place="home")
    assert "no longer works" in _shown(bench)
    assert bench.desk.names == ["start_report", "show_home"]
    assert bench.refused == ["unknown_intent"] * 3


async def test_sr_18_a_main_button_that_no_version_knows_is_answered(bench: Bench) -> None:
    bench.desk.says = lambda _intent: Form("Signpost", page().parts, Button("old_step", "Go on"), page().token)
    await bench.slack.command("U1")

    reply = await bench.slack.submit("U1")

    assert reply.action == "update"
    assert "no longer works" in _shown(bench)


async def test_sr_18_every_button_is_answered_when_our_own_code_fails(bench: Bench) -> None:
    def fails(intent: Intent) -> Screen:
        if intent.name in ("start_report", "show_home"):
            return page() if intent.name == "start_report" else note()
        raise RuntimeError("SENTINEL")

    bench.desk.says = fails
    await _posted(bench)
    await bench.slack.command("U1")
    reply = await bench.slack.submit("U1")
    assert reply.action == "update"
    assert "could not answer" in _shown(bench)
    await bench.slack.close_view("U1")

    await bench.slack.command("U1")
    await bench.slack.press("U1", "recommend_now")
    assert "could not answer" in _shown(bench)
    await bench.slack.close_view("U1")

    await bench.slack.press("U1", "clear_from_chat", place="message")
    assert "could not answer" in _shown(bench)
    await bench.slack.close_view("U1")

    await bench.slack.open_home("U1")
    await bench.slack.press("U1", "open_case", place="home")
    assert "could not answer" in _shown(bench)
    assert "999" in _shown(bench)

    reply = await bench.slack.command("U1", "cases")
    assert "could not answer" in _shown(bench)


class _Undrawable:
    """No part that any renderer knows: drawing it fails in our own code."""


async def test_sr_18_every_button_is_answered_when_a_screen_cannot_be_drawn(bench: Bench) -> None:
    await _posted(bench)
    await bench.slack.command("U1")
    bench.desk.says = lambda _intent: Message("x", (_Undrawable(),))  # type: ignore[arg-type]

    await bench.slack.press("U1", "recommend_now")
    assert "could not answer" in _shown(bench)
    await bench.slack.close_view("U1")

    reply = await bench.slack.command("U1")
    assert "999" in reply.body["text"]

    await bench.slack.press("U1", "clear_from_chat", place="message")
    told = await bench.settled(
        lambda: [m for m in bench.slack.messages("U1") if m.ephemeral_to and "999" in m.text][1:]
    )
    assert "could not answer" in told[-1].text


async def test_sr_18_somebody_from_outside_who_presses_gets_an_answer(bench: Bench) -> None:
    bench.slack.add_channel(Channel("C9", "shared", ["U5"], is_ext_shared=True))
    await bench.platform.channel.post(AMIRA, note())
    bench.slack.workspace().messages[0].channel = "C9"

    await bench.slack.press("U5", "open_case")

    assert bench.desk.last.known.standing.why_not == "outside"
    assert _shown(bench, "U5") != ""


@pytest.mark.parametrize("code", ["expired_trigger_id", "internal_error", "invalid_arguments"])
async def test_when_no_window_can_be_opened_the_person_is_told_where_that_is_possible(
    lenient: Bench, code: str
) -> None:
    await _posted(lenient)
    lenient.slack.faults.refuse("views.open", code, times=3)

    reply = await lenient.slack.command("U1")
    assert reply.body["response_type"] == "ephemeral"
    assert "999" in reply.body["text"]

    await lenient.slack.press("U1", "open_case")
    seen = await lenient.settled(lambda: [m for m in lenient.slack.messages("U1") if m.ephemeral_to][1:])
    assert "999" in seen[0].text

    await lenient.slack.shortcut("U1")
    await lenient.settled(lambda: [c for c in lenient.calls("chat.postMessage") if "999" in c.params["text"]])


async def test_a_reply_that_was_lost_on_the_way_is_no_reason_to_say_that_it_failed(lenient: Bench) -> None:
    lenient.slack.faults.drop_reply("views.open")

    reply = await lenient.slack.command("U1")

    assert reply.text == ""
    assert lenient.slack.view("U1") is not None


async def test_sr_4_the_same_bytes_again_show_nothing_twice(bench: Bench) -> None:
    await _posted(bench)
    await bench.slack.command("U1")
    await bench.slack.submit("U1", {"notes": "x"})
    await bench.slack.press("U1", "recommend_now")
    await bench.slack.press("U1", "clear_from_chat", place="message")
    await bench.slack.shortcut("U1")
    messages = len(bench.slack.workspace().messages)
    sent, first = list(bench.slack.carrier.sent), list(bench.desk.intents)

    replies = [await bench.slack.replay(request) for _ in range(20) for request in sent]

    assert {reply.status for reply in replies} == {200}
    assert all(intent in first for intent in bench.desk.intents)
    assert len(bench.slack.workspace().messages) == messages
    assert sum(call.ok for call in bench.calls("views.open")) == 3


async def test_sr_4_an_old_request_sent_again_after_its_trigger_expired_says_its_sentence_once(lenient: Bench) -> None:
    await lenient.slack.shortcut("U1")
    [request] = lenient.slack.carrier.sent
    lenient.slack.faults.refuse("views.open", "expired_trigger_id", times=20)

    for _ in range(20):
        await lenient.slack.replay(request)
    await asyncio.sleep(0.1)

    assert len(lenient.calls("chat.postMessage")) <= 1


async def test_sr_4_an_event_that_slack_repeats_carries_the_same_id(bench: Bench) -> None:
    event = {"type": "message", "channel_type": "im", "user": "U1", "text": "x"}
    bench.desk.says = lambda _intent: None

    for retry in range(4):
        await bench.slack.send_event(event, event_id="Ev1", retry=retry)

    assert {intent.event for intent in bench.desk.intents} == {"Ev1"}
