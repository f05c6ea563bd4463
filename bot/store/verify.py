"""Prove that an audit trail was not altered. Needs nothing but Python: no database, no key, none of our other files.

Every entry holds the SHA-256 of the entry before it, twice: of the one before in the whole trail, and of the one before
of the same case, or of those that belong to no case (setting up, refused attempts). So the whole trail can be checked,
and also the entries of one case, or of none, by themselves (an export). An entry's own hash covers both, its numbers
and everything it says. Whoever keeps a *head* (the last number and hash, from an earlier export or a log) outside the
database also finds a trail that was rewritten from end to end or cut off.

The first releases did not chain what belongs to no case: such an entry has the number 0 there, and the next one that is
chained names it and its like together (`joined`).

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

SETUP_FORMAT: Final = "signpost-setup-1"
"""The format of an export of what belongs to no case."""
START: Final = "0" * 64
"""What the first entry names as the one before it."""
FIELDS: Final = (
    "number", "previous", "case", "case_number", "case_previous", "at", "event", "by", "site", "detail",
)  # fmt: skip
"""What an entry's hash covers."""
_OTHER_HEAD: Final = (
    "the trail does not hold the entry that the given head names: either the head is another export's, or the trail was"
    " cut off or rewritten"
)


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
    unsure: bool = False
    """It is no trail, or not the one of the head that was given: that says of nobody that they altered it."""

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        return "Whole" if self.good else "Not verified" if self.unsure else "Altered"


def fingerprint(entry: Mapping[str, Any]) -> str:
    """The hash of an entry: SHA-256 over its fields as JSON with sorted keys and no spaces."""
    plain = {name: entry[name] for name in FIELDS}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


class Setup:
    """The chain of what belongs to no case, as far as it was read. `head` is its last entry that is chained."""

    def __init__(self) -> None:
        self.head = Head()
        self._loose: list[str] = []

    @property
    def following(self) -> str:
        """What the next entry names as the one before it."""
        return joined(self.head.hash, self._loose)

    def take(self, row: Mapping[str, Any]) -> str:
        """Go on to an entry. Returns what is wrong with it; empty if nothing is."""
        if row["case_number"] == 0 and set(row) == {"number", "case_number", "hash"}:  # left out: the hash alone counts
            self._loose.append(row["hash"])
            return ""
        if row["case_number"] not in (0, self.head.number + 1):
            return f"entry {row['number']}: an entry of no case before it is missing or out of order"
        chained = row["case_number"] != 0
        if row["case_previous"] != (self.following if chained else START):
            return f"entry {row['number']} does not follow the one before it of no case"
        if row["hash"] != fingerprint(row):
            return f"entry {row['number']} was changed"
        if chained:
            self.head, self._loose = Head(row["case_number"], row["hash"]), []
        else:
            self._loose.append(row["hash"])
        return ""


def joined(last: str, loose: Iterable[str]) -> str:
    """What an entry of no case names as the one before it: that, or it and all since that are not chained, as one."""
    hashes = tuple(loose)
    return hashlib.sha256("".join((last, *hashes)).encode()).hexdigest() if hashes else last


def verify_chain(rows: Iterable[Mapping[str, Any]], head: Head | None = None) -> Verdict:
    """Check a whole trail, in order of its numbers. `head` is where it ended when somebody last wrote that down."""
    last = Head()
    cases: dict[str, Head] = {}
    setup = Setup()
    passed = head is None or head == last
    for row in rows:
        case = row.get("case", "")
        if why := _trouble(row, last, cases.get(case, Head()), setup):
            return _altered(why, last)
        last = Head(row["number"], row["hash"])
        if case:
            cases[case] = Head(row["case_number"], row["hash"])
        passed = passed or last == head
    if not passed:
        return _unsure(_OTHER_HEAD, last)
    return Verdict(f"{last.number} entries, each in its place", last, good=True)


def verify_audit(data: bytes, head: str = "") -> Verdict:
    """Check the audit entries of an export. `head` is the hash of its last entry, if that was kept elsewhere.

    Never raises: a file that is no export gets a verdict that says so.
    """
    try:
        export = json.loads(data)
        trail = export["audit"]
        if export.get("format") == SETUP_FORMAT:
            return _verify_setup(
                trail["entries"], Head(trail["setup_head"]["number"], trail["setup_head"]["hash"]), head
            )
        end = Head(trail["case_head"]["number"], trail["case_head"]["hash"])
        return _verify_case(trail["entries"], export["case"]["id"], end, head)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return _unsure("this file is no export of Signpost's, or it was damaged", Head())


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
        return _unsure(_OTHER_HEAD, last)
    return Verdict(f"{last.number} entries of this case, each in its place", last, good=True)


def _verify_setup(entries: list[Mapping[str, Any]], end: Head, kept: str) -> Verdict:
    setup, last = Setup(), Head()
    passed = not kept
    left_out = 0
    for count, entry in enumerate(entries):
        if entry.get("case"):
            return _altered(f"entry {count + 1} belongs to a case", last)
        if entry["number"] <= last.number:
            return _altered(f"entry {count + 1} is out of order", last)
        if why := setup.take(entry):
            return _altered(why, last)
        left_out += "event" not in entry
        last = Head(entry["number"], entry["hash"])
        passed = passed or last.hash == kept
    if last != end:
        return _altered("the last entries are missing", last)
    if not passed:
        return _unsure(_OTHER_HEAD, last)
    without = f", {left_out} of them by their hashes alone" if left_out else ""
    return Verdict(
        f"{len(entries)} entries of setting up and of refused attempts, each in its place{without}", last, good=True
    )


def _trouble(row: Mapping[str, Any], last: Head, case_last: Head, setup: Setup) -> str:
    """What is wrong with an entry that follows `last` in the whole trail; empty if nothing is."""
    try:
        if row["number"] != last.number + 1:
            return f"entry {last.number + 1} is missing or out of order"
        if row["previous"] != last.hash:
            return f"entry {row['number']} does not follow the one before it"
        if not row["case"]:
            return setup.take(row)
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


def _unsure(why: str, last: Head) -> Verdict:
    return Verdict(why, last, good=False, unsure=True)


def main(arguments: list[str]) -> int:
    """Check the export in the file that is named first; exit status 0 when it is whole, 1 when not, 2 for no file."""
    if len(arguments) not in (1, 2) or not Path(arguments[0]).is_file():
        sys.stderr.write("usage: verify.py FILE [HASH OF THE HEAD]\n")
        return 2
    verdict = verify_audit(Path(arguments[0]).read_bytes(), *arguments[1:])
    sys.stdout.write(f"{'whole' if verdict.good else verdict.word.upper()}: {verdict.why}\nhead: {verdict.head.hash}\n")
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
