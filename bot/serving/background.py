"""What runs beside the answers, and the end of the process."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any, Final

from bot import logs
from bot.store.away import StoreAway
from bot.store.retention import expire
from bot.store.store import Store

HOUSEKEEPING_SECONDS: Final = 3600.0
AGAIN_SECONDS: Final = 60.0


def in_background(things: AsyncExitStack, name: str, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run for ever: what fails is logged and begun again. Cancelled when `things` are closed."""

    async def for_ever() -> None:
        while True:
            try:
                await run()
            except Exception as error:  # noqa: BLE001  # one failure must not end sending, health or housekeeping
                logs.get_logger().error("task_failed", task=name, kind=logs.kind_of(error), at=logs.places_of(error))
            await asyncio.sleep(1)

    task = asyncio.create_task(for_ever())

    async def cancel() -> None:
        task.cancel()
        await asyncio.wait({task})

    things.push_async_callback(cancel)


async def keep_house(store: Store) -> None:
    """Remove what has had its time, and wait an hour. A database that is away is asked again in a minute."""
    try:
        gone = await expire(store)
    except StoreAway as away:
        logs.get_logger().warning("housekeeping_failed", kind=away.why)
        await asyncio.sleep(AGAIN_SECONDS)
    else:
        logs.get_logger().info("housekeeping", expired=gone.all)
        await asyncio.sleep(HOUSEKEEPING_SECONDS)


def stop_signal() -> asyncio.Event:
    """An event that SIGTERM and SIGINT set."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def end_at_the_latest(seconds: float) -> None:
    """End the process then, whatever still hangs: a thread that waits for a disk would keep it for ever."""

    def end() -> None:
        time.sleep(seconds)
        os._exit(0)

    threading.Thread(target=end, daemon=True).start()
