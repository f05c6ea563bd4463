"""Tests that nobody acknowledges are found again among all that is queued, on each database, and told of once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.people import Account
from handlers.ports import Delivery
from handlers.setup import silent, silent_clock
from handlers.sites import Contact, Site, Watched

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.ports import Work

ADMIN = Account.parse("teams:TEN/UADMIN")
CONTACTS = (
    Contact("care", "social_care", "mail", "duty@mash.example", owner_account="slack:T1/UWREN"),
    Contact("officer", "police", "teams", "TEN/TEAM/19:a@thread.tacv2"),
)
SITE = Site("west", "Westhill", "england", ("slack:T1/ULEAD",), serves=frozenset({"slack:T1"}), contacts=CONTACTS)
LONG_AGO = timedelta(days=-20)


def clocks(work: Work) -> list[Delivery]:
    return [one for one in work.deliveries("") if one.extra.startswith(f"{silent_clock.SILENT}:")]


async def test_all_whose_time_is_up_are_told_of_together_and_each_once(store: Store) -> None:
    def begin(work: Work) -> None:
        work.keep_admins(frozenset({ADMIN}))
        work.keep_site(SITE)
        for one in CONTACTS:
            test = work.enqueue(Delivery("contact_test", Account("mail", "west", one.id), extra=f"west:{one.id}"))
            work.keep_watched("west", one.id, Watched(test=test))
            silent_clock.start(test, SITE, work, LONG_AGO)

    await store.run(begin)
    first, second = await store.run(clocks)
    for clock in (first, second, first):
        await store.run(lambda work, clock=clock: silent.look_again(clock, work))  # type: ignore[misc]
    told = await store.run(lambda work: work.changes(10))
    assert [(one.what, one.about, one.hears) for one in sorted(told, key=lambda one: one.about)] == [
        ("contact_silent", "care", ("slack:T1/UWREN", str(ADMIN))), ("contact_silent", "officer", (str(ADMIN),)),
    ]  # fmt: skip
    now = await store.run(lambda work: work.now)
    later = [one for one in await store.run(clocks) if one.due and one.due > now]
    assert len(later) == len(CONTACTS), "and each is looked at again"
