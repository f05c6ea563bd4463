"""What processes do in the tests that kill them: they write, and say what was acknowledged."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.store import group_commit
from bot.store.away import StoreAway
from tests.store.given import TEACHER, a_case, a_draft, a_notice, keep, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from handlers.ports import Work


AT_ONCE = 3
"""Transactions of one process that wait at the same time, so that some share a commit."""


def write(url: str, keys: str, name: str, say: Connection) -> None:
    """Raise cases until killed; the name of each goes through the pipe once its transaction is acknowledged."""
    asyncio.run(_write(url, keys, name, say))


async def _write(url: str, keys: str, name: str, say: Connection) -> None:
    store = await opened(url, keys=keys)

    async def one_after_the_other(who: int) -> None:
        for number in itertools.count():
            try:
                await store.run(_raise(f"{name}-{who}-{number}"))
            except StoreAway:  # the others held the file too long: not acknowledged, so nothing is said
                continue
            say.send(f"{name}-{who}-{number}")

    await asyncio.gather(*(one_after_the_other(who) for who in range(AT_ONCE)))


def _raise(name: str) -> Callable[[Work], None]:
    def handler(work: Work) -> None:
        case = replace(a_case(), id=f"case-{name}", reference=work.chance.reference(), raised_at=work.now)
        work.keep_case(case)
        work.record("case.raised", by=TEACHER, case=case.id)
        work.enqueue(a_notice(case=case.id))
        work.apply(f"key-{name}", case.id)

    return handler


def ten_that_end_in_a_kill(url: str, say: Connection) -> None:
    """Keep a draft and say so; then let ten wait for one commit, of which the last kills this process."""
    asyncio.run(_ten(url, say))


async def _ten(url: str, say: Connection) -> None:
    group_commit.GATHER_SECONDS = 30.0
    store = await opened(url)
    await keep(store, a_draft(99))
    say.send("acknowledged")

    def last(_work: Work) -> None:
        say.send("nine have run")
        os.kill(os.getpid(), signal.SIGKILL)

    go_on = threading.Event()
    waiting = [asyncio.create_task(store.run(lambda _work: go_on.wait(30)))]
    waiting += [asyncio.create_task(keep(store, a_draft(number))) for number in range(9)]
    waiting.append(asyncio.create_task(store.run(last)))
    await asyncio.sleep(0.05)
    go_on.set()
    await waiting[1]
    say.send("acknowledged too early")
