"""What of a case is bound to its audit trail, so that an export proves more than who did what and when.

A version, a decision and an acknowledgement are written once: the entry that made one holds its fingerprint. What may
change of the case itself has one in each entry that changed it, with how often it was written until then. They are
taken of the form in which `export` writes them, so the file can be checked by itself (`verify`).

"Yes" or "no" is quickly guessed. So a secret that is made with the case's own key goes into each fingerprint. It stands
in an export and nowhere else, and what it is made of is destroyed with the case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.store.content import plain_of
from bot.store.trail import moment
from bot.store.vault import Box
from bot.store.verify import HOLDS, digest_of
from handlers.case import Acknowledgement, Case, Decision, Version

HOLDS_CASE: Final = f"{HOLDS}case"


def plain_case(case: Case, writes: int, box: Box) -> dict[str, Any]:
    """What an export says of the case itself. `writes` is how often its row was written."""
    return _whole(
        {
            "id": case.id,
            "reference": case.reference,
            "site": case.site,
            "state": case.state.value,
            "raised_by": str(case.raised_by),
            "raised_by_name": case.raised_by_name,
            "raised_as": [str(account) for account in case.raised_as],
            "raised_at": moment(case.raised_at),
            "opened_at": _maybe(case.opened_at),
            "opened_by": str(case.opened_by) if case.opened_by else None,
            "first_opened_at": _maybe(case.first_opened_at),
            "asked_at": _maybe(case.asked_at),
            "left_out": [str(account) for account in case.left_out],
            "writes": writes,
            "salt": box.salt(f"case {writes}"),
        }
    )


def parts_of(case: Case, box: Box) -> dict[str, list[dict[str, Any]]]:
    """What an export says of all that was written once, by the names that it has there, each in its order."""
    return {
        "versions": [_whole(_version(one, box)) for one in case.versions],
        "decisions": [_whole(_said(one, box.salt(f"decision {one.number}"))) for one in case.decisions],
        "acknowledged": [
            _whole(_said(one, box.salt(f"acknowledged {place}"))) for place, one in enumerate(case.acknowledged, 1)
        ],
    }


def made(case: Case, before: Case | None, writes: int, box: Box) -> dict[str, str]:
    """What the entry of the trail holds that wrote `case` where `before` had stood: by the names that it has there."""
    held = {HOLDS_CASE: f"{writes}={digest_of(plain_case(case, writes, box))}"}
    already = parts_of(before, box) if before else {}
    for part, each in parts_of(case, box).items():
        there = len(already.get(part, ()))
        if new := [f"{place}={digest_of(one)}" for place, one in enumerate(each, 1) if place > there]:
            held[HOLDS + part] = ",".join(new)
    return held


def together(earlier: Mapping[str, str], later: Mapping[str, str]) -> dict[str, str]:
    """What one entry holds of a case that was written twice in its transaction."""
    both = dict(earlier)
    for name, held in later.items():
        both[name] = held if name == HOLDS_CASE or name not in both else f"{both[name]},{held}"
    return both


def writes_held(detail: str) -> int:
    """How often a case had been written when this detail of one of its entries was: its row is no older than that."""
    held: str = json.loads(detail).get(HOLDS_CASE, "")
    number = held.partition("=")[0]
    return int(number) if number.isdecimal() else 0


def _version(version: Version, box: Box) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": moment(version.at),
        "by": str(version.by),
        "by_lead": version.by_lead,
        "edition": version.edition,
        "facts": version.facts.as_dict(everything=True),
        "notes": version.notes,
        "salt": box.salt(f"version {version.number}"),
    }


def _said(one: Decision | Acknowledgement, salt: str) -> dict[str, Any]:
    return {**plain_of(one), "at": moment(one.at), "salt": salt}


def _whole(plain: dict[str, Any]) -> dict[str, Any]:
    """As it can be written: earlier releases kept halves of characters from Slack. A question mark for each."""
    readable: dict[str, Any] = json.loads(json.dumps(plain, ensure_ascii=False).encode(errors="replace"))
    return readable


def _maybe(at: datetime | None) -> str | None:
    return moment(at) if at else None
