"""Prove that an audit trail was not altered. Needs nothing but Python: no database, no key, none of our other files.

Every entry holds the SHA-256 of the entry before it, twice: of the one before in the whole trail, and of the one before
of the same case. So the whole trail can be checked, and also the entries of one case by themselves (an export). An
entry's own hash covers both, its numbers and everything it says. Whoever keeps a *head* (the last number and hash, from
an earlier export or a log) outside the database also finds a trail that was rewritten from end to end or cut off.

    python bot/store/verify.py FILE [HASH OF THE HEAD]
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

START: Final = "0" * 64
"""What the first entry names as the one before it."""
FIELDS: Final = (
    "number", "previous", "case", "case_number", "case_previous", "at", "event", "by", "site", "detail",
)  # fmt: skip
"""What an entry's hash covers."""


@dataclass(frozen=True, slots=True)
class Head:
    """Where a trail ends: the number of its last entry (0: there is none) and that entry's hash."""

    number: int = 0
    hash: str = START


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a trail is whole, and a sentence about the first thing that is not.

    `head` is the last entry that was good: compare it with the one that was kept elsewhere.
    """

    why: str
    head: Head
    good: bool


def fingerprint(entry: Mapping[str, Any]) -> str:
    """The hash of an entry: SHA-256 over its fields as JSON with sorted keys and no spaces."""
    plain = {name: entry[name] for name in FIELDS}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def verify_chain(rows: Iterable[Mapping[str, Any]], head: Head | None = None) -> Verdict:
    """Check a whole trail, in order of its numbers. `head` is where it ended when somebody last wrote that down."""
    last = Head()
    cases: dict[str, Head] = {}
    passed = head is None or head == last
    for row in rows:
        case = row.get("case", "")
        before = cases.get(case, Head()) if case else Head()
        if why := _trouble(row, last, before):
            return _altered(why, last)
        last = Head(row["number"], row["hash"])
        if case:
            cases[case] = Head(row["case_number"], row["hash"])
        passed = passed or last == head
    if not passed:
        return _altered("the trail does not hold the entry that the given head names", last)
    return Verdict(f"{last.number} entries, each in its place", last, good=True)


def verify_audit(data: bytes, head: str = "") -> Verdict:
    """Check the audit entries of an export. `head` is the hash of the case's last entry, if it was kept elsewhere.

    Never raises: a file that is no export gets a verdict that says so.
    """
    try:
        export = json.loads(data)
        trail = export["audit"]
        end = Head(trail["case_head"]["number"], trail["case_head"]["hash"])
        return _verify_case(trail["entries"], export["case"]["id"], end, head)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _altered("this file is no export of a case, or it was damaged", Head())


def _verify_case(entries: list[Mapping[str, Any]], case: str, end: Head, kept: str) -> Verdict:
    last, number = Head(), 0
    passed = not kept
    for count, entry in enumerate(entries):
        if entry["case"] != case:
            return _altered(f"entry {count + 1} belongs to another case", last)
        if entry["number"] <= number:
            return _altered(f"entry {count + 1} is out of order", last)
        if why := _case_trouble(entry, last):
            return _altered(why, last)
        number, last = entry["number"], Head(entry["case_number"], entry["hash"])
        passed = passed or last.hash == kept
    if last != end:
        return _altered("the last entries are missing", last)
    if not passed:
        return _altered("the trail does not hold the entry that the given head names", last)
    return Verdict(f"{last.number} entries of this case, each in its place", last, good=True)


def _trouble(row: Mapping[str, Any], last: Head, case_last: Head) -> str:
    """What is wrong with an entry that follows `last` in the whole trail; empty if nothing is."""
    try:
        if row["number"] != last.number + 1:
            return f"entry {last.number + 1} is missing or out of order"
        if row["previous"] != last.hash:
            return f"entry {row['number']} does not follow the one before it"
        if not row["case"]:
            good = row["case_number"] == 0 and row["case_previous"] == START and row["hash"] == fingerprint(row)
            return "" if good else f"entry {row['number']} was changed"
        return _case_trouble(row, case_last)
    except (KeyError, TypeError, ValueError):
        return f"entry {last.number + 1} cannot be read"


def _case_trouble(row: Mapping[str, Any], last: Head) -> str:
    if row["case_number"] != last.number + 1:
        return f"entry {row['number']}: an entry of the same case before it is missing or out of order"
    if row["case_previous"] != last.hash:
        return f"entry {row['number']} does not follow the one before it of the same case"
    return "" if row["hash"] == fingerprint(row) else f"entry {row['number']} was changed"


def _altered(why: str, last: Head) -> Verdict:
    return Verdict(why, last, good=False)


def main(arguments: list[str]) -> int:
    """Check the export in the file that is named first; exit status 0 when it is whole, 1 when not, 2 for no file."""
    if len(arguments) not in (1, 2) or not Path(arguments[0]).is_file():
        sys.stderr.write("usage: verify.py FILE [HASH OF THE HEAD]\n")
        return 2
    verdict = verify_audit(Path(arguments[0]).read_bytes(), *arguments[1:])
    sys.stdout.write(f"{'whole' if verdict.good else 'ALTERED'}: {verdict.why}\nhead: {verdict.head.hash}\n")
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
