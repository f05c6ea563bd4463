"""Whoever has to wait reads 999 first, and Slack has its reply in time whatever takes long."""

from __future__ import annotations

import asyncio

import pytest

from bot.channel import Sent
from bot.play.slack import words
from bot.slack import answer
from handlers.screens import Message, Paragraph
from tests.slack.bench import AMIRA, Bench, note, page


def _shown(bench: Bench, user: str = "U1") -> str:
    view = bench.slack.view(user)
    return words(view["blocks"]) if view else ""


async def _posted(bench: Bench) -> None:
    assert isinstance(await bench.platform.channel.post(AMIRA, note()), Sent)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of the patience, so that being late takes no time."""
    for name in ("OPEN_SECONDS", "UPDATE_SECONDS", "REPLY_SECONDS", "SETTLE_SECONDS"):
        monkeypatch.setattr(answer, name, getattr(answer, name) / 10)


async def test_an_answer_that_takes_long_is_announced_by_999_and_takes_its_place(either: Bench, quick: None) -> None:
    del quick
    either.desk.slow = 0.5
    either.desk.says = lambda _intent: page(7)

    reply = await either.slack.command("U1")

    assert reply.text == ""
    assert "999" in _shown(either)
    assert "Page 7" not in _shown(either)
    await either.settled(lambda: "Page 7" in _shown(either))


async def test_a_slow_answer_to_the_main_button_takes_its_place_too(bench: Bench, quick: None) -> None:
    del quick
    await bench.slack.command("U1")
    bench.desk.slow = 0.4
    bench.desk.says = lambda _intent: page(8)

    reply = await bench.slack.submit("U1", {"notes": "x"})

    assert reply.action == "update"
    assert "999" in _shown(bench)
    await bench.settled(lambda: "Page 8" in _shown(bench))


async def test_a_slow_answer_to_another_button_follows_by_itself(bench: Bench, quick: None) -> None:
    del quick
    await bench.slack.command("U1")
    bench.desk.slow = 0.4
    bench.desk.says = lambda _intent: page(8)

    assert (await bench.slack.press("U1", "recommend_now")).text == ""

    assert "Page 1" in _shown(bench)
    await bench.settled(lambda: "Page 8" in _shown(bench))


async def test_a_slow_message_is_shown_where_it_belongs_and_in_the_window(bench: Bench, quick: None) -> None:
    del quick
    await _posted(bench)
    bench.desk.slow = 0.4
    bench.desk.says = lambda _intent: Message("cleared", (Paragraph("Cleared."),))

    await bench.slack.press("U1", "clear_from_chat")

    await bench.settled(lambda: "Cleared." in _shown(bench))
    [message] = bench.slack.messages("U1")
    assert words(message.blocks) == "Cleared."


async def test_a_slow_home_page_follows_by_itself(bench: Bench, quick: None) -> None:
    del quick
    bench.desk.slow = 0.4
    bench.desk.says = lambda _intent: note("Late.")

    await bench.slack.open_home("U1")

    home = await bench.settled(lambda: bench.slack.home("U1"))
    assert "Late." in words(home["blocks"])


async def test_slack_has_its_reply_in_time_however_long_the_desk_takes(bench: Bench) -> None:
    await _posted(bench)
    await bench.slack.command("U1")
    bench.desk.slow, bench.desk.slow_known = 2.6, 0.4

    replies = await asyncio.gather(
        bench.slack.submit("U1"),
        bench.slack.press("U1", "recommend_now", place="view"),
        bench.slack.press("U1", "open_case", place="message"),
        bench.slack.command("U2"),
        bench.slack.shortcut("U3"),
        bench.slack.open_home("U1"),
        bench.slack.send_event({"type": "message", "channel_type": "im", "user": "U1"}),
    )

    assert {reply.status for reply in replies} == {200}
    assert max(reply.took for reply in replies) < 2.9


async def test_slow_calls_to_slack_do_not_delay_the_reply(lenient: Bench) -> None:
    await lenient.slack.command("U1")
    lenient.slack.faults.delay("views.update", 3.0)

    reply = await lenient.slack.press("U1", "recommend_now")

    assert reply.status == 200
    assert reply.took < 2.9


async def test_a_stop_waits_for_what_is_under_way(bench: Bench, quick: None) -> None:
    del quick
    bench.desk.slow = 0.5
    bench.desk.says = lambda _intent: page(7)
    await bench.slack.command("U1")

    await bench.platform.stop()

    assert "Page 7" in _shown(bench)
