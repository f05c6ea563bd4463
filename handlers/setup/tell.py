"""A change of the set-up is kept, recorded and told: whom to tell is worked out by a clock, which asks every platform.

Who presses is asked about their own platform alone. So the leads whom a group of the other one names, or one that
cannot be read at that moment, would not hear of a change; the clock goes on until they have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.changes import Change
from handlers.clocks import today
from handlers.people import Account, Known, is_group
from handlers.ports import Delivery, Work
from handlers.sites import Site

SETUP: Final = "setup"
"""What such a clock is about: `setup:CHANGE:ATTEMPT`."""
FIRST_AGAIN: Final = timedelta(minutes=1)
LONGEST_AGAIN: Final = timedelta(hours=1)
MOST_ATTEMPTS: Final = 60
"""Until then the groups are read again and again: more than two days."""


def keep_and_tell(
    change: Change, work: Work, *, hears: Iterable[str] = (), details: Iterable[Mapping[str, str]] = ({},)
) -> None:
    """Keep a change with an audit entry for each of `details`, and have everybody told whom `hears` names.

    `hears` are accounts and groups as configuration has them. `details` are closed words and ids.
    """
    change = replace(change, hears=tuple(dict.fromkeys(hears)))
    change_id = work.keep_change(change)
    for detail in details:
        bound = {**detail, "change": change_id, "words": change.fingerprint}
        work.record(f"setup.{change.what}", by=change.by, site=change.site, detail=bound)
    if change.hears:
        _start(change_id, 1, work)


def leads_of(site: Site, work: Work) -> tuple[str, ...]:
    """A site's leads as configuration has them, and those who stand in today or later."""
    return (*site.leads, *(one.who for one in site.stand_ins if one.last >= today(work.now)))


def tell_change(which: str, known: Known, work: Work) -> None:
    """Queue the message to everybody who has to hear of a change and has not; go on where a group cannot be read."""
    change_id, _, attempt = which.partition(":")
    change = work.change(change_id)
    if change is None:
        return
    unread = False
    for ref in change.hears:
        for account in _opened(ref, known):
            key = f"{SETUP}:{change_id}:{account}"
            if work.applied(key) is None:
                work.apply(key, "told")
                work.enqueue(Delivery("setup_told", account, extra=change_id))
        unread = unread or (is_group(ref) and ref in work.directory.groups() and ref not in known.groups)
    number = int(attempt) if attempt.isdigit() else 1
    if unread and number < MOST_ATTEMPTS:
        _start(change_id, number + 1, work)


def _opened(ref: str, known: Known) -> tuple[Account, ...]:
    """Who that is; of a group that cannot be read, whoever was in it when it last could."""
    if not is_group(ref):
        return (Account.parse(ref),)
    return known.groups.get(ref, known.remembered.get(ref, ()))


def _start(change_id: str, attempt: int, work: Work) -> None:
    """Queue the clock, at once for the first time. It stands in a line of its own, as every clock does."""
    again = min(LONGEST_AGAIN, FIRST_AGAIN * 2 ** min(attempt - 2, 10)) if attempt > 1 else timedelta()
    line = Account("slack", "clock", work.chance.id())
    work.enqueue(Delivery("chase", line, extra=f"{SETUP}:{change_id}:{attempt}"), due=work.now + again)
