"""Bolt that does nothing, and our database layer opened beside it: what a start cannot do without.

`python -m benchmarks.peers.bolt_with_store PORT API_URL DATABASE_URL`.
"""

from __future__ import annotations

import asyncio
import os
import sys

from aiohttp import web

from benchmarks.peers import bare_bolt
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.store.vault import Keys
from handlers.people import Directory


async def main(port: int, api_url: str, database: str) -> None:
    """Bring the database up to date, open it, serve until stopped."""
    await migrate(database)
    directory = Directory(())
    store = await open_store(database, keys=Keys.parse(os.environ["SIGNPOST_KEYS"]), directory=lambda: directory)
    await store.ping()
    runner = web.AppRunner(bare_bolt.made(api_url, default=False).web_app(path=bare_bolt.PATH, port=port))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
