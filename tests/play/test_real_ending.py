"""However the playground ends, the bot ends with it, and nothing of the run is left on the machine."""

from __future__ import annotations

import asyncio
import os
import pty
import signal
import sys
from pathlib import Path

import pytest

from bot.play.process import without_ours
from tests.play.playground import Running, end, gone, playground, processes_below

__all__ = ["playground"]

ON_A_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs these tests may have begun with nohup
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, "-m", "bot", "play", "--port", "0"])
"""
HOLDS_A_BOT = """
import asyncio, sys
from pathlib import Path
from bot.play.process import BotProcess

async def hold():
    bot = BotProcess({}, Path(sys.argv[1]) / "log", ops_port=int(sys.argv[2]), command=("sleep", "300"))
    starting = asyncio.create_task(bot.start())
    await asyncio.sleep(0.5)
    print("started", flush=True)
    await starting

asyncio.run(hold())
"""


def left_in(folder: Path) -> list[str]:
    """What stands in the folder for temporary files."""
    return sorted(path.name for path in folder.iterdir() if path.name.startswith(("signpost-", "teams-")))


async def until_nothing_is_left_in(folder: Path) -> None:
    async with asyncio.timeout(60):
        while left_in(folder):  # noqa: ASYNC110  # a folder has no event
            await asyncio.sleep(0.1)


async def test_a_terminal_that_is_closed_ends_the_playground_and_its_bot_and_leaves_nothing(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ON_A_TERMINAL),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=without_ours(os.environ) | {"TMPDIR": str(tmp_path)},
    )
    os.close(theirs)
    try:
        said = b""
        async with asyncio.timeout(60):
            while b"Press Ctrl-C" not in said:
                said += await asyncio.to_thread(os.read, ours, 1024)
        below = await processes_below(process.pid)
        assert below
        assert left_in(tmp_path)
        os.close(ours)
        async with asyncio.timeout(60):
            assert await process.wait() == 0
        await gone(below)
        assert left_in(tmp_path) == []
    finally:
        await end(process)


async def test_a_playground_that_is_killed_takes_its_bot_and_its_folder_with_it(
    playground: Running, tmp_path: Path
) -> None:
    below = await processes_below(playground.process.pid)
    assert below
    playground.process.kill()
    await playground.process.wait()
    await gone(below)
    await until_nothing_is_left_in(tmp_path)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
async def test_a_bot_that_is_not_ready_yet_ends_with_whoever_started_it(number: signal.Signals, tmp_path: Path) -> None:
    folder = tmp_path / "signpost-play-x"
    folder.mkdir()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLDS_A_BOT, str(folder), "9"), stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    assert await process.stdout.readline()
    below = await processes_below(process.pid)
    assert len(below) == 2  # the leash and what is at its end
    process.send_signal(number)
    await process.wait()
    await gone(below)
    await until_nothing_is_left_in(tmp_path)
