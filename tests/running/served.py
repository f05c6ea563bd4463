"""`python -m bot serve` as a process of its own, beside a stand-in for Slack."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from bot.play.process import without_ours
from bot.play.slack import SlackStandIn, words
from bot.store.vault import new_key
from tests.forked import Forked, fork
from tests.running.ports import free_port

CONFIG = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["slack:T1/U2"]
phone = "01632 960001"
"""


@dataclass
class Served:
    """The bot that runs, and what it was started with."""

    folder: Path
    slack: SlackStandIn
    settings: dict[str, str] = field(default_factory=dict)
    process: asyncio.subprocess.Process | Forked | None = None
    new_python: tuple[str, ...] = ()
    """What a new Python is started with, for a test that needs one: else it is forked."""

    def __post_init__(self) -> None:
        """Write the CONFIG file and choose ports."""
        config = self.folder / "sites.toml"
        config.write_text(CONFIG, encoding="utf-8")
        self.port, self.ops_port = free_port(), free_port()
        self.settings = {
            "SIGNPOST_CONFIG": str(config),
            "SIGNPOST_DATA_DIR": str(self.folder / "data"),
            "SIGNPOST_PORT": str(self.port),
            "SIGNPOST_OPS_PORT": str(self.ops_port),
            "SIGNPOST_KEYS": new_key(),
            "SIGNPOST_SLACK_API_URL": self.slack.api_url,
            "SIGNPOST_SLACK_BOT_TOKEN": self.slack.bot_token,
            "SIGNPOST_SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SIGNPOST_LOG_LEVEL": "debug",
            **self.settings,
        }
        self.slack.bot_url = f"http://127.0.0.1:{self.port}/slack/events"

    @property
    def log_file(self) -> Path:
        """Where the bot's standard output and error go."""
        return self.folder / "bot.log"

    @property
    def database(self) -> Path:
        """The SQLite file."""
        return self.folder / "data" / "signpost.db"

    def log(self) -> str:
        """Everything that the bot has written."""
        return self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""

    def events(self) -> list[dict[str, Any]]:
        """The log's lines; raises if one is no JSON."""
        return [json.loads(line) for line in self.log().splitlines()]

    async def spawn(self) -> asyncio.subprocess.Process | Forked:
        """Start the process and do not wait for anything."""
        env = without_ours(os.environ) | self.settings
        with self.log_file.open("ab") as out:
            if self.new_python:
                command = (sys.executable, *self.new_python)
                self.process = await asyncio.create_subprocess_exec(*command, stdout=out, stderr=out, env=env)
            else:
                self.process = fork(["serve"], env=env, stdout=out, stderr=out)
        return self.process

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        process = await self.spawn()

        async def ready() -> bool:
            assert process.returncode is None, self.log()
            return await self.ready() == 200

        await wait_for(ready, seconds=90)

    async def ready(self) -> int:
        """The status of `/readyz`; 0 when nothing answers."""
        return (await self.ask("readyz"))[0]

    async def ask(self, page: str) -> tuple[int, str]:
        """Status and text of a page on the second port."""
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30)) as client,
                client.get(f"http://127.0.0.1:{self.ops_port}/{page}") as reply,
            ):
                return reply.status, await reply.text()
        except (aiohttp.ClientError, TimeoutError):
            return 0, ""

    async def stop(self, number: int = signal.SIGTERM) -> int | None:
        """Send a signal and wait for the end; the exit status."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        async with asyncio.timeout(60):
            return await self.process.wait()

    def shown(self, user: str) -> str:
        """The words of the window in front of somebody."""
        view = self.slack.view(user)
        return words(view["blocks"]) if view else ""

    def told(self, user: str) -> list[str]:
        """The words of each message that somebody can see."""
        return [f"{message.text} {words(message.blocks)}" for message in self.slack.messages(user)]


async def wait_for(holds: Callable[[], Awaitable[bool]], *, seconds: float = 60.0) -> None:
    """Wait for something in another process; `seconds` only keep a test from hanging."""
    async with asyncio.timeout(seconds):
        while not await holds():  # noqa: ASYNC110  # another process has no event
            await asyncio.sleep(0.1)


async def run_bot(*arguments: str, settings: Mapping[str, str] | None = None) -> tuple[int | None, str, str]:
    """Run one command to its end: status, standard output, standard error."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = fork(arguments, env=without_ours(os.environ) | dict(settings or {}), stdout=out, stderr=err)
        async with asyncio.timeout(120):
            status = await process.wait()
        said = [os.pread(file.fileno(), 1 << 24, 0).decode() for file in (out, err)]
    return status, said[0], said[1]
