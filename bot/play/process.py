"""The real bot as a process of its own: started, waited for, stopped, and its last words if it dies."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

LEASH = (sys.executable, "-m", "bot.play.leash")
SERVE = (sys.executable, "-m", "bot", "serve")
READY_WITHIN = 60.0
DRAIN_SECONDS = 12.0
LAST_LINES = 15


class BotDiedError(Exception):
    """The bot ended or did not get ready; the message says which, with its last lines."""


class BotProcess:
    """`python -m bot serve` (or another command, for tests) with its output in a file.

    It ends with us, and the file's folder with it, even where we are given no time to end it.
    """

    def __init__(
        self, settings: Mapping[str, str], log: Path, *, ops_port: int, command: Sequence[str] = SERVE
    ) -> None:
        self._settings = settings
        self._command = command
        self._log = log
        self._ready_url = f"http://127.0.0.1:{ops_port}/readyz"
        self._process: asyncio.subprocess.Process | None = None
        """The leash, with the bot at its end."""
        self._plug = asyncio.Lock()

    async def start(self) -> None:
        """Start it, and return when it says that it is ready. Raises `BotDiedError`."""
        await self._spawn()
        try:
            async with asyncio.timeout(READY_WITHIN), aiohttp.ClientSession() as session:
                while not await self._ready(session):
                    if self._process is None or self._process.returncode is not None:
                        raise BotDiedError(self._words("The bot ended before it was ready."))
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise BotDiedError(self._words(f"The bot was not ready after {READY_WITHIN:.0f} seconds.")) from None

    async def ended(self) -> str:
        """Wait until the bot ends by itself, and return the sentence to say then, with its last lines."""
        while (process := self._process) is not None:
            await process.wait()
            async with self._plug:  # somebody may be starting it again
                now = self._process
            if now is None or now is process or now.returncode is not None:
                break
        return self._words("The bot has ended by itself.")

    async def pull_the_plug(self) -> None:
        """End it as a power cut would, and start it again. Raises `BotDiedError` if it does not get ready."""
        async with self._plug:
            await self._kill()
            try:
                await self.start()
            except BotDiedError:
                await self._kill()
                raise

    async def stop(self) -> None:
        """End it politely, and for good if it does not listen."""
        if self._process is None or self._process.returncode is not None:
            return
        self._process.terminate()
        try:
            async with asyncio.timeout(DRAIN_SECONDS):
                await self._process.wait()
        except TimeoutError:
            await self._kill()

    async def _kill(self) -> None:
        if self._process is not None and self._process.returncode is None:
            _kill_group(self._process)
            await self._process.wait()

    async def _spawn(self) -> None:
        # A group of its own: Ctrl-C in the terminal reaches us alone, and we then end the bot in order.
        # The pipe is the leash: nothing is written to it, and it closes when we are gone.
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(*LEASH, str(self._log.parent), *self._command),
                stdin=asyncio.subprocess.PIPE,
                stdout=output,
                stderr=output,
                env=without_ours(os.environ) | dict(self._settings),
                start_new_session=True,
            )

    async def _ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(self._ready_url) as answer:
                return answer.status == 200  # noqa: PLR2004 - the contract's word for ready
        except aiohttp.ClientError:
            return False

    def _words(self, sentence: str) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join([sentence, *(["Its last lines:", *(f"  {line}" for line in lines)] if lines else [])])


def _kill_group(process: asyncio.subprocess.Process) -> None:
    """End the leash and the bot at once, without a word to either."""
    with suppress(ProcessLookupError):
        if sys.platform == "win32":  # no groups there
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


async def new_key() -> str:
    """Return a fresh key for case content, as the bot's own command prints it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor", "--new-key"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=without_ours(os.environ),
    )
    out, err = await process.communicate()
    lines = out.decode().split()
    if process.returncode or not lines:
        last = "\n".join(f"  {line}" for line in err.decode(errors="replace").splitlines()[-LAST_LINES:])
        raise BotDiedError(f"A key could not be made.\n{last}")
    return lines[-1]


def without_ours(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without any setting of Signpost, so that this run depends on nothing set elsewhere."""
    return {name: value for name, value in environment.items() if not name.startswith("SIGNPOST_")}


def free_port() -> int:
    """Return a loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
