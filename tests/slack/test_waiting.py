"""Whoever has to wait reads 999 first, and Slack has its reply in time whatever takes long."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

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


Late = Callable[[Bench], asyncio.Event]


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Late:
    """The desk answers nothing more before the event is set, and nobody has much patience."""

    def begin(bench: Bench) -> asyncio.Event:
        for name in ("OPEN_SECONDS", "UPDATE_SECONDS", "REPLY_SECONDS", "SETTLE_SECONDS"):
            monkeypatch.setattr(answer, name, 0.1)
        bench.desk.held = asyncio.Event()
        return bench.desk.held

    return begin


async def test_an_answer_that_takes_long_is_announced_by_999_and_takes_its_place(either: Bench, late: Late) -> None:
    goes_on = late(either)
    either.desk.says = lambda _intent: page(7)

    reply = await either.slack.command("U1")

    assert reply.text == ""
    assert "999" in _shown(either)
    assert "Page 7" not in _shown(either)
    goes_on.set()
    await either.settled(lambda: "Page 7" in _shown(either))


async def test_a_slow_answer_to_the_main_button_takes_its_place_too(bench: Bench, late: Late) -> None:
    await bench.slack.command("U1")
    goes_on = late(bench)
    bench.desk.says = lambda _intent: page(8)

    reply = await bench.slack.submit("U1", {"notes": "x"})

    assert reply.action == "update"
    assert "999" in _shown(bench)
    goes_on.set()
    await bench.settled(lambda: "Page 8" in _shown(bench))


async def test_a_slow_answer_to_another_button_follows_by_itself(bench: Bench, late: Late) -> None:
    await bench.slack.command("U1")
    goes_on = late(bench)
    bench.desk.says = lambda _intent: page(8)

    assert (await bench.slack.press("U1", "recommend_now")).text == ""

    assert "Page 1" in _shown(bench)
    goes_on.set()
    await bench.settled(lambda: "Page 8" in _shown(bench))


async def test_a_slow_message_is_shown_where_it_belongs_and_in_the_window(bench: Bench, late: Late) -> None:
    await _posted(bench)
    goes_on = late(bench)
    bench.desk.says = lambda _intent: Message("cleared", (Paragraph("Cleared."),))

    await bench.slack.press("U1", "clear_from_chat")

    goes_on.set()
    await bench.settled(lambda: "Cleared." in _shown(bench))
    [message] = bench.slack.messages("U1")
    assert words(message.blocks) == "Cleared."


async def test_a_slow_home_page_follows_by_itself(bench: Bench, late: Late) -> None:
    goes_on = late(bench)
    bench.desk.says = lambda _intent: note("Late.")

    await bench.slack.open_home("U1")

    goes_on.set()
    home = await bench.settled(lambda: bench.slack.home("U1"))
    assert "Late." in words(home["blocks"])


async def test_slack_has_its_reply_while_the_desk_still_thinks(bench: Bench, late: Late) -> None:
    await _posted(bench)
    await bench.slack.command("U1")
    goes_on = late(bench)

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
    goes_on.set()


async def test_slow_calls_to_slack_do_not_delay_the_reply(lenient: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await lenient.slack.command("U1")
    monkeypatch.setattr(answer, "LAST_SECONDS", 0.2)
    lenient.slack.carrier.patience = 8  # after ten seconds the call itself is given up
    lenient.slack.faults.delay("views.update", 600)

    assert (await lenient.slack.press("U1", "recommend_now")).status == 200


async def test_a_stop_waits_for_what_is_under_way(bench: Bench, late: Late) -> None:
    goes_on = late(bench)
    bench.desk.says = lambda _intent: page(7)
    await bench.slack.command("U1")

    asyncio.get_running_loop().call_later(0.3, goes_on.set)
    await bench.platform.stop()

    assert "Page 7" in _shown(bench)
