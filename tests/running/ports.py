"""Helpers to talk to a port that really listens."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from bot.serving.web import Port


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[int]:
    """Serve an application for real and give its port."""
    number = free_port()
    port = Port(app, "127.0.0.1", number)
    await port.open()
    try:
        yield number
    finally:
        await port.close()


async def say(port: int, raw: bytes, *, wait: float = 5.0) -> bytes:
    """Send bytes as they are and read what comes until the other side closes, or for `wait` seconds."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(raw)
    await writer.drain()
    received = b""
    try:
        async with asyncio.timeout(wait):
            while chunk := await reader.read(65536):
                received += chunk
    except TimeoutError:
        pass
    finally:
        writer.close()
    return received
