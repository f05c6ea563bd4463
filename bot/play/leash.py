"""Holds the bot on a leash: runs it, and ends it when whoever holds the other end is gone, however they went.

`python -m bot.play.leash FOLDER COMMAND…` runs the command until it ends or standard input does. Nobody writes there:
the other end is kept open by the playground and closes with it, by whatever it was ended. Then the bot is ended too,
and the folder is removed, since nothing of a run is kept. So the bot itself needs to know nothing of who started it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DRAIN_SECONDS = 12.0


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit status, 128 and the number where a signal ended it."""
    folder, *command = arguments
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603  # what the playground asks for
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    watching = threading.Thread(target=_when_let_go, args=(child, folder), daemon=True)
    watching.start()
    status = child.wait()
    if _is_let_go.is_set():
        watching.join()
    return status if status >= 0 else 128 - status


_is_let_go = threading.Event()


def _when_let_go(child: subprocess.Popen[bytes], folder: str) -> None:
    """Wait for the end of standard input. Not by `sys.stdin`, whose lock would be in the way when we exit."""
    while os.read(0, 64):
        pass
    _is_let_go.set()
    child.terminate()
    try:
        child.wait(DRAIN_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
