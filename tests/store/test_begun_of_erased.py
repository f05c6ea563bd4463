"""What was begun of a case goes when the case is erased."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.erase import erase_case
from handlers.case import State
from tests.store.given import LEAD, a_case, a_draft, keep, sql

if TYPE_CHECKING:
    from bot.store.store import Store


@pytest.mark.parametrize("release", ["this one", "an earlier one"])
async def test_what_was_begun_of_an_erased_case_goes_with_it_and_nothing_else(
    store: Store, database_url: str, release: str
) -> None:
    """Its answers and its note stand in every update of it, and in a report that it was made of while it went on."""
    case, other = a_case(1, state=State.CLOSED), a_case(2)
    of_it = a_draft(1, case=case.id), a_draft(2, case=case.id, updates=False), a_draft(3, case=case.id, owner=LEAD)
    rest = a_draft(4, case=other.id), a_draft(5, case="", updates=False)
    await keep(store, case, other, *of_it, *rest)
    if release == "an earlier one":  # it kept the case under the seal alone
        await sql(database_url, "UPDATE drafts SET case_id = NULL")
    await erase_case(store, case.reference)
    assert await sql(database_url, "SELECT id FROM drafts ORDER BY id") == [(one.id,) for one in rest]
    assert await sql(database_url, "SELECT subject FROM keys ORDER BY subject") == [
        (other.id,),
        *((one.id,) for one in rest),
    ]


async def test_a_draft_that_becomes_an_update_later_goes_with_its_case_too(store: Store, database_url: str) -> None:
    await keep(store, a_case(state=State.CLOSED), a_draft(case="", updates=False))
    await keep(store, a_draft(case=a_case().id, updates=False))
    await erase_case(store, a_case().reference)
    assert await sql(database_url, "SELECT id FROM drafts") == []


async def test_a_draft_that_no_key_opens_keeps_nobody_from_erasing(store: Store, database_url: str) -> None:
    await keep(store, a_case(state=State.CLOSED), a_draft(case=a_case().id))
    blank = "x''" if database_url.startswith("sqlite") else "''"
    await sql(database_url, f"UPDATE drafts SET case_id = NULL, sealed = {blank}")  # noqa: S608 - of this test
    assert await erase_case(store, a_case().reference) is not None
