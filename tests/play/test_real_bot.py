"""The whole playground as a person starts it, with the real bot behind it."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.play.process import without_ours
from bot.play.slack import words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


HEADING = "Hold the initial review meeting now"


def read(screen: dict[str, Any]) -> str:
    """What the newest message says."""
    return words(screen["messages"][-1]["blocks"]) if screen["messages"] else ""


class Running:
    """The started playground and the address that it printed."""

    def __init__(self, process: asyncio.subprocess.Process, address: str) -> None:
        self.process = process
        self.address = address
        self.session = aiohttp.ClientSession()

    async def do(self, **what: Any) -> dict[str, Any]:
        origin = {"Origin": self.address.rstrip("/")}
        async with self.session.post(f"{self.address}do", json=what, headers=origin) as answer:
            return dict(await answer.json())

    async def screen(self, user: str, condition: Any) -> dict[str, Any]:
        """Return the first screen of this person for which the condition holds."""
        async with asyncio.timeout(15), self.session.get(f"{self.address}stream?as={user}") as answer:
            async for line in answer.content:
                if line.startswith(b"data: ") and condition(screen := json.loads(line.removeprefix(b"data: "))):
                    return dict(screen)
        raise AssertionError("the stream ended")


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "play", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        env=without_ours(os.environ) | {"TMPDIR": str(tmp_path)},
    )
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(60):
        while "  Open http://" not in said:
            line = (await process.stdout.readline()).decode()
            assert line, said
            said += line
    running = Running(process, said.split("  Open ")[1].strip())
    yield running
    await running.session.close()
    if process.returncode is None:
        process.kill()
        await process.wait()


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
    async with asyncio.timeout(20):
        assert await playground.process.wait() == 0
    assert left_in(tmp_path) == []


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("signpost-play-*")]
