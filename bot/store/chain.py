"""Prove that the whole trail was not altered, in the order in which it was written, as it stands in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.store.verify import OTHER_HEAD, Head, Setup, Verdict, case_trouble


def verify_chain(rows: Iterable[Mapping[str, Any]], head: Head | None = None) -> Verdict:
    """Check a whole trail, in order of its numbers. `head` is where it ended when somebody last wrote that down."""
    last = Head()
    cases: dict[str, Head] = {}
    setup = Setup()
    passed = head is None or head == last
    for row in rows:
        case = row.get("case", "")
        if why := _trouble(row, last, cases.get(case, Head()), setup):
            return Verdict(why, last, good=False)
        last = Head(row["number"], row["hash"])
        if case:
            cases[case] = Head(row["case_number"], row["hash"])
        passed = passed or last == head
    if not passed:
        return Verdict(OTHER_HEAD, last, good=False, unsure=True)
    return Verdict(f"{last.number} entries, each in its place", last, good=True)


def _trouble(row: Mapping[str, Any], last: Head, case_last: Head, setup: Setup) -> str:
    """What is wrong with an entry that follows `last` in the whole trail; empty if nothing is."""
    try:
        if row["number"] != last.number + 1:
            return f"entry {last.number + 1} is missing or out of order"
        if row["previous"] != last.hash:
            return f"entry {row['number']} does not follow the one before it"
        if not row["case"]:
            return setup.take(row)
        return case_trouble(row, case_last)
    except (KeyError, TypeError, ValueError):
        return f"entry {last.number + 1} cannot be read"
