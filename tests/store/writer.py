"""What a process does in the kill tests: it raises one case after another and says which are committed."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.store.away import StoreAway
from tests.store.given import TEACHER, a_case, a_notice, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    from handlers.ports import Work


def write(url: str, keys: str, name: str, say: Connection) -> None:
    """Raise cases until killed; the name of each goes through the pipe once its transaction is acknowledged."""
    asyncio.run(_write(url, keys, name, say))


async def _write(url: str, keys: str, name: str, say: Connection) -> None:
    store = await opened(url, keys=keys)
    for number in itertools.count():
        try:
            await store.run(_raise(f"{name}-{number}"))
        except StoreAway:  # the others held the file too long: not acknowledged, so nothing is said
            continue
        say.send(f"{name}-{number}")


def _raise(name: str) -> Callable[[Work], None]:
    def handler(work: Work) -> None:
        case = replace(a_case(), id=f"case-{name}", reference=work.chance.reference(), raised_at=work.now)
        work.keep_case(case)
        work.record("case.raised", by=TEACHER, case=case.id)
        work.enqueue(a_notice(case=case.id))
        work.apply(f"key-{name}", case.id)

    return handler
