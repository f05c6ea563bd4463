"""The whole playground as a person starts it, with the real bot behind it, for tests to drive.

`from tests.play.playground import playground` gives a test file the fixture.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.play.process import without_ours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


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
