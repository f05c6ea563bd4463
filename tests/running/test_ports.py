"""A port that cannot be had says why, so that nobody looks for a second copy where a name is wrong."""

from __future__ import annotations

import asyncio

import pytest
from aiohttp import web

from bot.app import CannotServe, _open_port
from tests.running.ports import free_port


async def test_a_port_that_cannot_be_had_says_why() -> None:
    free, taken = free_port(), free_port()
    there = await asyncio.start_server(lambda *_: None, "127.0.0.1", taken)
    async with there:
        for host, port, why in (
            ("no-such-name.invalid", free, "nobody knows a computer"),
            ("192.0.2.1", free, "no such address"),
            ("127.0.0.1", taken, "already. If not, set SIGNPOST_OPS_PORT to another number"),
        ):
            with pytest.raises(CannotServe, match=why):
                await _open_port(web.Application(), host, port, "SIGNPOST_OPS_PORT")
