"""Servers and measurements, each in a process of its own on the measured core."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import urllib.request
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from benchmarks.figures import Void
from benchmarks.machine import Cores

ROOT = Path(__file__).parents[1]
AS_IN_THE_IMAGE = ROOT / "benchmarks" / "as_in_the_image"
"""On the path of every process, before the packages: hides what is installed here for tests and checks alone."""
READY_WITHIN = 90.0
STOPPED_WITHIN = 15.0
Ready: TypeAlias = Callable[[int], bool]
"""Whether what is to listen on a port is ready; asked over and over, in a thread."""


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers on a port."""

    pid: int
    port: int


@asynccontextmanager
async def serving(
    arguments: Sequence[str],
    *,
    port: int,
    ready: Ready,
    cores: Cores,
    log: Path,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[Server]:
    """`python -m …` until the block ends, ready before it begins. Raises Void if it does not get there, or dies."""
    process = await _start(arguments, cores, log, settings or {})
    try:
        await _until(ready, port, process)
        yield Server(process.pid, port)
    except (Void, TimeoutError) as trouble:
        await asyncio.sleep(0.2)  # so that we hear of its end, if that is why
        state = "runs" if process.returncode is None else "has ended"
        why = str(trouble) or "it took too long"
        raise Void(f"{why} ({arguments[0]} {state}, its log: {log})") from None
    finally:
        await _stop(process)


async def _until(ready: Ready, port: int, process: asyncio.subprocess.Process) -> None:
    async with asyncio.timeout(READY_WITHIN):
        while not await asyncio.to_thread(ready, port):
            if process.returncode is not None:
                raise Void("it ended at its start")
            await asyncio.sleep(0.01)


async def said_by(arguments: Sequence[str], cores: Cores, folder: Path) -> bytes:
    """Run `python -m …` to its end and return what it printed. Raises Void if it fails."""
    with (folder / "said").open("wb") as out, cores.for_children():
        process = await asyncio.create_subprocess_exec(sys.executable, "-m", *arguments, cwd=ROOT, stdout=out)
    if await process.wait():
        raise Void(f"{arguments[0]} failed")
    return (folder / "said").read_bytes()


async def _start(
    arguments: Sequence[str], cores: Cores, log: Path, settings: Mapping[str, str]
) -> asyncio.subprocess.Process:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    env = {**plain, "PYTHONPATH": str(AS_IN_THE_IMAGE), **settings}
    with log.open("ab") as out, cores.for_children():
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", *arguments, cwd=ROOT, env=env, stdout=out, stderr=out
        )


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOPPED_WITHIN)
    except TimeoutError:
        process.kill()
        await process.wait()


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    """Whether it takes connections."""
    with socket.socket() as knock:
        knock.settimeout(1)
        return knock.connect_ex(("127.0.0.1", port)) == 0


def answers_200(url: str) -> bool:
    """Whether this address, on this machine, answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # our own port
            return bool(answer.status == 200)
    except OSError:
        return False


def answers_to(port: int, request: bytes) -> bool:
    """Whether this request, sent now, is answered with 200."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(request)
            return connection.recv(1024).startswith(b"HTTP/1.1 200 ")
    except OSError:
        return False
