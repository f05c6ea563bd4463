"""What the CONFIG file declared at the last start, beside what was set up in chat and sealed like it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from pydantic import ValidationError

from bot.config.plain import from_json, person_from_plain, person_to_plain, site_from_plain, site_to_plain, to_json
from bot.store.configured import ConfiguredWork, joined, set_up
from bot.store.queue import look_now
from bot.store.session import Session
from bot.store.store import Store
from handlers.people import Account, Directory
from handlers.ports import Work

DECLARED: Final = "declared"
"""The row's id."""
Tell = Callable[[Directory, Directory, Work], None]
"""Records and tells what differs: all that is set up, with the file of the last start and with that of this one."""


async def compare(store: Store, declared: Directory, tell: Tell) -> None:
    """Compare with the last start, in one transaction: of two replicas that start at once one finds the difference.

    Where nothing was kept yet, or by a release whose form this one cannot read, nobody is told. Raises StoreAway.
    """

    def whole(session: Session, work: Work) -> None:
        look_now(session)  # whoever could not be asked before the start may be asked now
        kept = ConfiguredWork(session)
        plain = to_json(_plain(declared))
        before = kept.held(DECLARED)
        if before == plain:
            return
        if before is not None and (then := _read(before)) is not None:
            chat = set_up(session)
            tell(joined(then, chat), joined(declared, chat), work)
        kept.keep(DECLARED, plain)

    await store.run_in(whole)


def _plain(declared: Directory) -> dict[str, Any]:
    return {
        "sites": [site_to_plain(site) for site in declared.sites],
        "persons": [person_to_plain(person) for person in declared.persons],
        "admins": sorted(map(str, declared.first_admins)),
    }


def _read(plain: Any) -> Directory | None:  # noqa: ANN401 - from JSON
    try:
        found = from_json(json.loads(json.dumps(plain)))
        admins = frozenset(map(Account.parse, found["admins"]))
        return Directory(
            tuple(replace(site_from_plain(one), declared=True) for one in found["sites"]),
            tuple(replace(person_from_plain(one), declared=True) for one in found["persons"]),
            admins,
            admins,
        )
    except (ValidationError, KeyError, TypeError, ValueError):
        return None
