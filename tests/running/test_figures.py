"""The figure to watch: how long the oldest message has waited, as the database has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from bot.metrics import Metrics
from bot.serving.running import Running
from bot.store.migrate import migrate
from bot.store.outbox import Outbox
from bot.store.store import Store, open_store
from bot.store.vault import Keys, new_key
from handlers.people import Directory
from tests.running.own_time import Time
from tests.running.post_office import one, queue


async def at_a_school(folder: Path, time: Time) -> tuple[Store, Running]:
    url = f"sqlite:///{folder / 'signpost.db'}"
    await migrate(url)
    store = await open_store(url, keys=Keys.parse(new_key()), directory=Directory, clock=time)
    return store, Running(store, Metrics(), None, await store.secret())


async def shown(running: Running) -> float | None:
    await running.refresh()
    return running.metrics.registry.get_sample_value("signpost_queue_oldest_seconds")


async def test_it_is_there_before_anything_was_tried_and_over_when_somebody_has_sent_it(tmp_path: Path) -> None:
    time = Time(datetime(2026, 11, 24, 10, tzinfo=UTC))
    store, running = await at_a_school(tmp_path, time)
    assert await shown(running) == 0
    await queue(store, one("a"))
    time.now += timedelta(minutes=7)
    assert await shown(running) == 420
    another = Outbox(store)
    claim = await another.claim()
    assert claim is not None
    assert await another.sent(claim)
    time.now += timedelta(minutes=7)
    assert await shown(running) == 0
    await store.close()


async def test_while_the_database_is_away_the_other_figures_are_shown_all_the_same(tmp_path: Path) -> None:
    time = Time()
    store, running = await at_a_school(tmp_path, time)
    await queue(store, one("a"))
    time.now += timedelta(minutes=7)
    assert await shown(running) == 420
    await running.health.ask()
    assert running.health.parts()["database"]
    await store.transact(lambda it: it.run(text("ALTER TABLE outbox RENAME TO gone")))
    time.now += timedelta(minutes=7)
    assert await shown(running) == 420
    assert not running.health.parts()["database"]
    await store.close()
