"""A draft that was looked for is kept without a second look, whatever was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.store.given import Clock, a_draft, keep, sql

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.case import Draft
    from handlers.ports import Work

ID = a_draft().id


async def looked_for_and_kept(store: Store, draft: Draft) -> Draft | None:
    """What was found, before the draft was kept in the same transaction."""

    def handler(work: Work) -> Draft | None:
        found = work.draft(draft.id)
        work.keep_draft(draft)
        return found

    return await store.run(handler)


async def test_one_that_was_not_there_is_added_and_one_that_was_is_overwritten(store: Store) -> None:
    assert await looked_for_and_kept(store, a_draft()) is None
    assert await looked_for_and_kept(store, a_draft(rev=4)) == a_draft()
    assert await store.read(lambda work: work.draft(ID)) == a_draft(rev=4)


async def test_one_that_has_had_its_time_is_begun_again_under_its_id(store: Store, clock: Clock) -> None:
    await keep(store, a_draft())
    clock.move(hours=24)
    begun = a_draft(saved_at=clock.now, rev=1)
    assert await looked_for_and_kept(store, begun) is None
    assert await store.read(lambda work: work.draft(ID)) == begun


async def test_one_whose_key_was_destroyed_is_not_there_and_is_begun_again(store: Store, database_url: str) -> None:
    await keep(store, a_draft())
    await sql(database_url, f"DELETE FROM keys WHERE subject = '{ID}'")  # noqa: S608 - a constant
    begun = a_draft(rev=1)
    assert await looked_for_and_kept(store, begun) is None
    assert await store.read(lambda work: work.draft(ID)) == begun


async def test_one_that_was_dropped_in_between_is_added_anew(store: Store) -> None:
    await keep(store, a_draft())

    def handler(work: Work) -> None:
        assert work.draft(ID) == a_draft()
        work.drop_draft(ID)
        work.keep_draft(a_draft(rev=1))

    await store.run(handler)
    assert await store.read(lambda work: work.draft(ID)) == a_draft(rev=1)
