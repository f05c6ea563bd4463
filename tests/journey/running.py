"""A real Signpost in a process of its own, started as `serve` is in production, and killed without warning."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import aiohttp

from tests.forked import Forked, fork
from tests.running.ports import free_port

ROOT = Path(__file__).parents[2]
READY_WITHIN = 120.0
LEADS = {
    "slack": ["slack:T1/U2", "slack:T1/U3"],
    "teams": ["teams:tenant-northside/aad-priya", "teams:tenant-northside/aad-tom"],
}
CONFIG = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = {leads}
phone = "01632 960001"
numbers = {{ mash = "01632 960010" }}
serves = {serves}
clocks = {{ lead_urgent = 10 }}
{contacts}
"""
CONTACTS = {
    "slack": """
[[site.contact]]
id = "police"
purpose = "police"
kind = "slack"
destination = "T1/C9"
verified = true
organisations = ["T9"]
""",
    "teams": """
[[site.contact]]
id = "care"
purpose = "social_care"
kind = "teams"
destination = "tenant-northside/team-northside/19:care@thread.tacv2"
verified = true
""",
}
ORGS = {"slack": "slack:T1", "teams": "teams:tenant-northside"}


@dataclass
class Bot:
    """One Signpost: its settings, its ports, and the process that runs it just now."""

    settings: Mapping[str, str]
    folder: Path
    port: int = field(default_factory=free_port)
    ops_port: int = field(default_factory=free_port)
    process: asyncio.subprocess.Process | Forked | None = None
    leads_on: str = "slack"
    platforms: tuple[str, ...] = ("slack",)
    root: Path = ROOT
    """The tree whose program it is."""
    new_python: bool = False
    """Whether it is started as it is on a command line, and is no fork."""

    async def start(self) -> None:
        """Start `serve` and wait until it is ready."""
        config = self.folder / "signpost.toml"
        if not config.exists():
            contacts = "".join(CONTACTS[one] for one in self.platforms)
            serves = [ORGS[one] for one in self.platforms]
            config.write_text(CONFIG.format(leads=LEADS[self.leads_on], contacts=contacts, serves=serves))
        own = {
            "SIGNPOST_DATA_DIR": str(self.folder / "data"),
            "SIGNPOST_CONFIG": str(config),
            "SIGNPOST_PORT": str(self.port),
            "SIGNPOST_OPS_PORT": str(self.ops_port),
        }
        kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
        with (self.folder / "log").open("ab") as log:
            self.process = await self._spawn({**kept, **own, **self.settings}, log)
        await self.until_ready()

    async def _spawn(self, env: Mapping[str, str], log: BinaryIO) -> asyncio.subprocess.Process | Forked:
        if self.root == ROOT and not self.new_python:
            return fork(["serve"], env=env, stdout=log, stderr=log)
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "serve"), env=env, cwd=self.root, stdout=log, stderr=log
        )

    async def until_ready(self) -> None:
        """Wait for /readyz; AssertionError with the log if the process ends or never gets there."""
        until = time.monotonic() + READY_WITHIN
        async with aiohttp.ClientSession() as session:
            while time.monotonic() < until:
                assert self.process is not None
                assert self.process.returncode is None, self.log()
                try:
                    async with session.get(f"http://127.0.0.1:{self.ops_port}/readyz") as answer:
                        if answer.status == 200:
                            return
                except aiohttp.ClientError:
                    pass
                await asyncio.sleep(0.02)
        raise AssertionError(f"not ready after {READY_WITHIN} s: {self.log()}")

    async def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    async def stop(self) -> int:
        """Ask it to end, and return its exit status."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(60):
            return await self.process.wait()

    def config(self) -> str:
        """Its CONFIG file."""
        return (self.folder / "signpost.toml").read_text()

    def log(self) -> str:
        """Everything that it logged."""
        return (self.folder / "log").read_text()


@asynccontextmanager
async def running(
    settings: Mapping[str, str], folder: Path, *, leads_on: str = "slack", platforms: tuple[str, ...] = ()
) -> AsyncIterator[Bot]:
    """A Signpost that is ready, and gone afterwards. `leads_on` names the platform where its leads are."""
    bot = Bot(settings, folder, leads_on=leads_on, platforms=platforms or (leads_on,))
    try:
        await bot.start()
        yield bot
    finally:
        await bot.kill()
