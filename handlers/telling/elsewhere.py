"""A platform does not take what somebody must hear: it also goes to their account on the other one.

By configuration both accounts are one person (`[[person]]`, or *People and admins* in chat). What waits keeps waiting
where it is and arrives when the platform is back, unless it says nothing any more by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from handlers.people import Account, Directory
from handlers.ports import Delivery, Work
from handlers.telling.not_reached import TO_PEOPLE

AFTER_SECONDS: Final = 60.0
"""How long a message is tried before it goes elsewhere too: a short limit of the platform is over by then. Where the
platform asks for a longer one, or is not there at all, it goes at once."""


def elsewhere(waiting: Delivery, work: Work) -> None:
    """Queue for the other account whatever waits for this person about this case; each message once."""
    if waiting.kind not in TO_PEOPLE or waiting.replaces:
        return
    others = list(_others(waiting.to, work.directory))
    case = work.case(waiting.case) if others else None
    if case is None:
        return
    for one in work.deliveries(case.id):
        if one.to != waiting.to or one.kind not in TO_PEOPLE or one.replaces or not _waits(one, work):
            continue
        key = f"{one.id}:elsewhere"
        if work.applied(key) is not None:
            continue
        work.apply(key, "queued")
        for account in others:
            work.record("delivery.elsewhere", by=None, case=case.id, site=case.site, detail={"delivery": one.id})
            work.enqueue(replace(one, to=account, id="", state="queued", due=None, why=""))


def _waits(one: Delivery, work: Work) -> bool:
    """Whether its turn has come, and it is not there."""
    return one.state in ("queued", "sending") and (one.why != "" or one.due is None or one.due <= work.now)


def _others(account: Account, directory: Directory) -> Iterator[Account]:
    """The person's accounts on other platforms that we are connected to, one a platform."""
    taken = {account.platform}
    for other in directory.person(account).accounts:
        if other.platform not in taken and f"{other.platform}:{other.org}" in directory.connected:
            taken.add(other.platform)
            yield other
