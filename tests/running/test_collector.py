"""The garbage collector rests while everything is loaded, and then collects what answers leave, and only that."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from bot.play.slack.standin import SlackStandIn
from tests.running.served import Served, wait_for

CODE = """
import gc, weakref
from bot.serving import collector

class Thing:
    pass

def circle():
    one = Thing()
    one.itself = one
    return weakref.ref(one)

collector.hold_off()
loading = [circle() for _ in range(100_000)]
print(sum(one() is not None for one in loading))
loaded = len(gc.get_objects())
collector.begin()
print(gc.isenabled(), len(gc.get_objects()) < 1000 < loaded)
answering = [circle() for _ in range(100_000)]
print(sum(one() is not None for one in answering) < 2 * collector.YOUNG)
gc.collect()
print(sum(one() is not None for one in loading), sum(one() is not None for one in answering))
"""


def test_what_was_loaded_is_left_alone_and_what_comes_later_is_collected() -> None:
    said = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True).stdout
    assert said.split("\n") == ["100000", "True True", "True", "100000 0", ""]


SERVE = """
import gc, pathlib, signal, sys
from bot.__main__ import main

def look(*_):
    pathlib.Path("{told}").write_text(f"{gc.isenabled()} {gc.get_freeze_count() > 20_000}")

signal.signal(signal.SIGUSR1, look)
sys.exit(main(["serve"]))
"""


async def test_serve_collects_once_it_is_ready(tmp_path: Path) -> None:
    """A process that never collected would grow until it is killed."""
    told = tmp_path / "told"
    async with SlackStandIn() as slack:
        bot = Served(tmp_path, slack, new_python=("-c", SERVE.replace("{told}", str(told))))
        await bot.start()
        assert bot.process is not None
        bot.process.send_signal(signal.SIGUSR1)

        async def looked() -> bool:
            return told.exists() and bool(told.read_text())

        await wait_for(looked)
        assert told.read_text() == "True True"
        assert await bot.stop() == 0
