"""The whole playground as a person starts it, with the real bot behind it, for tests to drive, and what runs below it.

`from tests.play.playground import playground` gives a test file the fixture.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.play.process import without_ours
from tests.play.in_one_loop import fixture

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
        async with asyncio.timeout(60), self.session.get(f"{self.address}stream?as={user}") as answer:
            async for line in answer.content:
                if line.startswith(b"data: ") and condition(screen := json.loads(line.removeprefix(b"data: "))):
                    return dict(screen)
        raise AssertionError("the stream ended")


@fixture
async def playground(tmp_path: Path) -> AsyncIterator[Running]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "play", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        env=without_ours(os.environ) | {"TMPDIR": str(tmp_path)},
    )
    try:
        running = Running(process, await _address(process))
        yield running
        await running.session.close()
    finally:
        await end(process)


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    said = ""
    async with asyncio.timeout(120):
        while "  Open http://" not in said:
            line = (await process.stdout.readline()).decode()
            assert line, said
            said += line
    return said.split("  Open ")[1].strip()


async def end(process: asyncio.subprocess.Process) -> None:
    """End a playground with everything below it, whatever a test has done to it."""
    below = await processes_below(process.pid)
    if process.returncode is None:
        process.terminate()
        try:
            async with asyncio.timeout(60):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
    await gone(below)


async def processes_below(pid: int) -> list[int]:
    """The processes that this one has started, and those that they have, by what `ps` says."""
    parents = {int(one): int(parent) for one, parent, _ in await _processes()}
    found = [pid]
    for above in found:
        found.extend(one for one, parent in parents.items() if parent == above)
    return found[1:]


async def gone(pids: list[int], seconds: float = 60) -> None:
    """Return when none of these runs any more. AssertionError, and they are killed, if one lives on."""
    until = time.monotonic() + seconds
    while left := {int(one) for one, _, state in await _processes() if not state.startswith("Z")} & set(pids):
        if time.monotonic() > until:
            for one in left:
                with suppress(ProcessLookupError):
                    os.kill(one, signal.SIGKILL)
            raise AssertionError(f"{len(left)} processes were left behind")
        await asyncio.sleep(0.1)


async def _processes() -> list[list[str]]:
    listing = await asyncio.create_subprocess_exec(*("ps", "-eo", "pid=,ppid=,stat="), stdout=asyncio.subprocess.PIPE)
    out, _ = await listing.communicate()
    return [line.split() for line in out.decode().splitlines()]
