"""SR-27, Slack's share: nothing that anybody typed, and no token, reaches a log, at debug level and in failures."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.slack import tame_loggers
from bot.slack.quiet import LIBRARY
from handlers.screens import Message, Paragraph
from tests.slack.bench import AMIRA, note, page, running

SENTINEL = "SENTINEL-7731"


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {logging.Formatter().format(record)} {record.__dict__}")


@pytest.fixture
def heard() -> Iterator[Kept]:
    """Everything that is logged anywhere, with the root at DEBUG before anything of Slack is made."""
    root, handler = logging.getLogger(), Kept()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize("socket", [False, True], ids=["http", "socket"])
async def test_sr_27_no_log_holds_what_was_typed_or_any_token(heard: Kept, socket: bool) -> None:
    ours = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(ours))
    try:
        secrets = await _a_day(socket=socket)
    finally:
        structlog.reset_defaults()

    told = "\n".join(heard.lines) + ours.getvalue()
    assert "slack_call_failed" in told
    for secret in (SENTINEL, *secrets):
        assert secret not in told


async def _a_day(*, socket: bool) -> list[str]:
    """A journey in which much goes wrong, and what of it nobody may read."""
    async with running(socket=socket, strict=False) as bench:
        slack, faults = bench.slack, bench.slack.faults
        slack.add_person("U8", SENTINEL)
        bench.desk.says = lambda _intent: page(value=SENTINEL)
        await slack.command("U1", SENTINEL)
        await slack.command("U1", SENTINEL, name=f"/{SENTINEL}")
        await slack.submit("U1", {"notes": SENTINEL})
        for fault in ("server_error", "drop_reply", "rate_limit"):
            getattr(faults, fault)("views.update")
            await slack.press("U1", "recommend_now", answers={"notes": SENTINEL})
        faults.refuse("views.open", "invalid_arguments", times=2)
        await slack.shortcut("U1")
        await slack.command("U1")
        bench.desk.says = lambda _intent: page(value=SENTINEL)
        await slack.command("U1")
        bench.desk.says = _fails
        await slack.press("U1", "recommend_now", answers={"notes": SENTINEL})
        bench.desk.says = lambda _intent: page(value=SENTINEL)
        await slack.command("U1")
        bench.desk.says = _fails
        await slack.submit("U1", {"notes": SENTINEL})
        await slack.send_event({"type": "message", "channel_type": "im", "user": "U1", "text": SENTINEL})
        await slack.send_event({"type": SENTINEL, "user": "U1", "text": SENTINEL})
        await bench.platform.channel.post(AMIRA, note(SENTINEL))
        faults.refuse("chat.postMessage", "invalid_blocks")
        await bench.platform.channel.post(AMIRA, Message(SENTINEL, (Paragraph(SENTINEL),)))
        await bench.platform.lookup.name(AMIRA)
        if not socket:
            await slack.replay(type(slack.carrier.sent[0])(SENTINEL.encode(), slack.carrier.sent[0].headers))
        triggers = [str(trigger) for trigger in slack.triggers]
        return [slack.bot_token, slack.app_token, slack.signing_secret, "Amira Khan", "amira.khan", *triggers]


def _fails(_intent: object) -> None:
    raise RuntimeError(SENTINEL)


def test_what_a_library_says_keeps_its_level_and_loses_its_words(heard: Kept) -> None:
    logger = tame_loggers()

    logger.debug(SENTINEL)
    logger.info(SENTINEL)
    logger.warning("%s", SENTINEL)
    logger.error(SENTINEL, exc_info=ValueError(SENTINEL))

    ours = [line for line in heard.lines if line.startswith(LIBRARY)]
    assert len(ours) == 2
    assert "withheld (ValueError)" in ours[1]
    assert SENTINEL not in "".join(ours)
