"""Processes of Signpost that need not import everything anew: forked from one that has.

Starting Python and importing costs each `serve` more than all that most tests do with it. So one process for each of
pytest's workers imports once, and every Signpost that a test starts is a fork of that one: a process of its own, with
its own settings, files and end, which a test stops or kills like any other. What is really said on the command line is
run by `tests/running/test_serve.py` and a few others, as a new Python.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import json
import os
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
IMPORTED = (
    "bot.app", "bot.serve", "bot.slack", "bot.slack.platform", "bot.teams", "bot.teams.platform", "bot.teams.checkup",
    "bot.mail", "bot.doctor.command", "bot.commands.database", "bot.serving.reach", "bot.store.installations",
    "bot.store.postgres", "bot.store.sqlite", "aiosmtplib", "alembic.command", "alembic.config", "asyncpg",
    "encodings.utf_8_sig", "msal", "slack_bolt.listener_matcher.async_builtins",
    "sqlalchemy.dialects.postgresql.asyncpg", "sqlalchemy.dialects.sqlite",
)  # fmt: skip
"""What most commands need. A command that needs more imports it by itself."""


class Forked:
    """One process that was forked, as far as a test has to do with it: as `asyncio.subprocess.Process`."""

    def __init__(self, pid: int, ended: socket.socket) -> None:
        self.pid, self._ended = pid, ended
        self._status: int | None = None

    @property
    def returncode(self) -> int | None:
        """Its exit status, minus the signal that ended it, or None while it runs."""
        if self._status is None:
            with contextlib.suppress(BlockingIOError):
                self._note(self._ended.recv(64))
        return self._status

    async def wait(self) -> int:
        """Wait for its end."""
        while (status := self.returncode) is None:  # noqa: ASYNC110  # whoever else looks may be told first
            await asyncio.sleep(0.01)
        return status

    def send_signal(self, number: int) -> None:
        """Send it a signal."""
        if self.returncode is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send_signal(signal.SIGKILL)

    def _note(self, said: bytes) -> None:
        self._status = int(said or b"-9")
        self._ended.close()


def fork(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    stdout: IO[bytes],
    stderr: IO[bytes],
) -> Forked:
    """Run `python -m bot` with these arguments in a process of its own."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    with theirs:
        files = [stdout.fileno(), stderr.fileno()]
        wish = json.dumps({"arguments": [*arguments], "env": {**env}}).encode()
        control = _server()
        socket.send_fds(control, [len(wish).to_bytes(8, "big")], [*files, theirs.fileno()])
        control.sendall(wish)
        pid = int.from_bytes(control.recv(8), "big")
    return Forked(pid, ours)


@cache
def _server() -> socket.socket:
    """The process that has imported everything. It ends, with all that was forked from it, when this one does."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.forked", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            cwd=ROOT,
        )

    def end() -> None:
        ours.close()
        process.wait(30)

    atexit.register(end)
    return ours


# --- in that process -------------------------------------------------------------------------------------------------
def serve(control: socket.socket) -> list[str] | None:
    """Fork whenever it is wished. Returns the arguments in the process that was forked, and None at the end of all."""
    for name in IMPORTED:
        import_module(name)
    running: dict[int, socket.socket] = {}
    ended, wakes = os.pipe()
    for end in (ended, wakes):
        os.set_blocking(end, False)
    signal.set_wakeup_fd(wakes)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for pytest, which then closes the socket
    with selectors.DefaultSelector() as waits:
        waits.register(control, selectors.EVENT_READ)
        waits.register(ended, selectors.EVENT_READ)
        while True:
            for key, _ in waits.select():
                if key.fileobj == ended:
                    os.read(ended, 4096)
                    continue
                size, files, _, _ = socket.recv_fds(control, 8, 3)
                if not size:
                    for pid in running:
                        os.kill(pid, signal.SIGKILL)
                    return None
                wish = _exactly(control, int.from_bytes(size, "big"))
                pid = os.fork()
                if pid == 0:
                    signal.set_wakeup_fd(-1)
                    for other in (control, *running.values()):
                        other.close()
                    return _become(json.loads(wish), files)
                control.sendall(pid.to_bytes(8, "big"))
                running[pid] = socket.socket(fileno=files.pop())
                for file in files:
                    os.close(file)
            _tell(running)


def _exactly(control: socket.socket, size: int) -> bytes:
    said = b""
    while len(said) < size:
        said += control.recv(size - len(said))
    return said


def _tell(running: dict[int, socket.socket]) -> None:
    """Say of each process that has ended how it did."""
    for pid in [*running]:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            with contextlib.suppress(BrokenPipeError), running.pop(pid) as told:
                told.sendall(str(os.waitstatus_to_exitcode(status)).encode())


def _become(wish: dict[str, object], files: list[int]) -> list[str]:
    """Be as if Python had been started with these arguments and settings."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    stdout, stderr, told = files
    os.dup2(stdout, 1)
    os.dup2(stderr, 2)
    for file in (stdout, stderr, told):
        os.close(file)
    os.environ.clear()
    os.environ.update(wish["env"])  # type: ignore[call-overload]  # as it was sent
    arguments = list(wish["arguments"])  # type: ignore[call-overload]
    sys.argv = ["signpost", *arguments]
    return arguments


if __name__ == "__main__":
    chosen = serve(socket.socket(fileno=int(sys.argv[1])))
    if chosen is not None:
        from bot.__main__ import main

        raise SystemExit(main(chosen))
