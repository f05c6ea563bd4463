"""The whole playground as a person starts it: a recommendation, a lead who is told, and nothing left behind."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

from bot.play.slack import words
from tests.play.playground import Running, playground

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["playground"]

HEADING = "Hold the initial review meeting now"


def read(screen: dict[str, Any]) -> str:
    """What the newest message says."""
    return words(screen["messages"][-1]["blocks"]) if screen["messages"] else ""


async def test_a_teacher_gets_a_recommendation_and_a_lead_is_told_and_nothing_is_left_behind(
    playground: Running, tmp_path: Path
) -> None:
    assert (await playground.do(**{"as": "U1", "do": "command", "text": "/signpost"}))["ok"]
    window = (await playground.screen("U1", lambda screen: screen["window"]))["window"]
    assert "999" in words(window["blocks"])
    assert {"harm_now", "what_was_shared"} <= {block["block_id"] for block in window["blocks"]}

    press = {"do": "press", "action": "recommend_now", "place": "view", "answers": {"harm_now": "no"}}
    assert (await playground.do(**{"as": "U1", **press}))["ok"]
    shown = await playground.screen("U1", lambda screen: HEADING in read(screen))  # a receipt first, then this
    assert HEADING not in shown["messages"][-1]["text"]
    told = await playground.screen("U2", lambda screen: HEADING in read(screen))
    assert HEADING not in told["messages"][-1]["text"]

    playground.process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(60):
        assert await playground.process.wait() == 0
    assert left_in(tmp_path) == []


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("signpost-play-*")]
