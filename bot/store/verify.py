"""Prove that an audit trail was not altered. Needs nothing but Python: no database, no key, none of our other files.

Every entry holds the SHA-256 of the entry before it, twice: of the one before in the whole trail, and of the one before
of the same case, or of those that belong to no case (setting up, refused attempts). So the whole trail can be checked,
and also the entries of one case, or of none, by themselves (an export). An entry's own hash covers both, its numbers
and everything it says. The entry that wrote something of a case holds the fingerprint of it, and the entry about an
export the fingerprint of the rest of the file; where an earlier release wrote it, there is none, and the verdict says
what is not proved. Whoever keeps a *head* (the last number and hash, from an earlier export or a log) outside the
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
CASE_FORMAT: Final = "signpost-case-1"
START: Final = "0" * 64
"""What the first entry names as the one before it."""
FIELDS: Final = (
    "number", "previous", "case", "case_number", "case_previous", "at", "event", "by", "site", "detail",
)  # fmt: skip
"""What an entry's hash covers."""
HOLDS: Final = "holds_"
"""How the names in an entry's detail begin that hold fingerprints: `holds_versions` those of `versions`, by place."""
HOLDS_EXPORT: Final = f"{HOLDS}export"
"""What the entry about an export holds: the fingerprint of everything in the file but its entries."""
_PARTS: Final = {"versions": "version", "decisions": "decision", "acknowledged": "acknowledgement"}
"""What of a case is written once, and what one of it is called."""
OTHER_HEAD: Final = (
    "the trail does not hold the entry that the given head names: either the head is another export's, or the trail was"
    " cut off or rewritten"
)
_ALL: Final = (
    "the rest of the file is as it was exported, and the case, each version, decision and acknowledgement as the"
    " entries say that wrote them"
)
_OLD_EXPORT: Final = (
    "nothing else in the file is proved: not the case, nor any version, decision, acknowledgement or delivery. An"
    " earlier release made this export"
)
_OLD_PARTS: Final = (
    "the rest of the file is as it was exported. An earlier release wrote these without a fingerprint, so it is not"
    " proved that nobody changed them before the export"
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
    in_part: bool = False
    """Nothing was found to be altered, but `why` names what is not proved."""

    @property
    def word(self) -> str:
        """The verdict in a word or two."""
        if self.good:
            return "Proved in part" if self.in_part else "Whole"
        return "Not verified" if self.unsure else "Altered"


def fingerprint(entry: Mapping[str, Any]) -> str:
    """The hash of an entry: SHA-256 over its fields as JSON with sorted keys and no spaces."""
    plain = {name: entry[name] for name in FIELDS}
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def digest_of(plain: object) -> str:
    """The fingerprint of a part of a case as it is exported. What is not known or empty does not count.

    So a later release, which shows more of what was made before it, finds the same. The part holds its own salt.
    """
    return hashlib.sha256(json.dumps(_known(plain), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


_NOTHING: Final[tuple[object, ...]] = (None, "", "not_known", [], {})


def _known(plain: object) -> object:
    if isinstance(plain, Mapping):
        known = {name: _known(value) for name, value in plain.items()}
        return {name: value for name, value in known.items() if value is not False and value not in _NOTHING}
    return [_known(each) for each in plain] if isinstance(plain, (list, tuple)) else plain


def digest_of_file(export: Mapping[str, Any]) -> str:
    """The fingerprint of everything in an export but its entries, to the letter."""
    rest = {name: value for name, value in export.items() if name != "audit"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


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
        if _changed(row):
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


def verify_audit(data: bytes, head: str = "") -> Verdict:
    """Check the audit entries of an export. `head` is the hash of its last entry, if that was kept elsewhere.

    Never raises: a file that is no export gets a verdict that says so.
    """
    twice: list[bool] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        plain = dict(found)
        twice.append(len(plain) < len(found))
        return plain

    try:
        export = json.loads(data, object_pairs_hook=pairs)
        verify = {CASE_FORMAT: _verify_case, SETUP_FORMAT: _verify_setup}[export["format"]]
        if any(twice):
            return _altered("a key stands in one place twice, so two readers may read two things", Head())
        verdict = verify(export)
        lacks = verdict.good and head and head not in [entry["hash"] for entry in export["audit"]["entries"]]
        return Verdict(OTHER_HEAD, verdict.head, good=False, unsure=True) if lacks else verdict
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return Verdict("this file is no export of Signpost's, or it was damaged", Head(), good=False, unsure=True)


def _verify_case(export: Mapping[str, Any]) -> Verdict:
    last, number = Head(), 0
    entries = export["audit"]["entries"]
    for count, entry in enumerate(entries):
        if entry["case"] != export["case"]["id"]:
            return _altered(f"entry {count + 1} belongs to another case", last)
        if entry["number"] <= number:
            return _altered(f"entry {count + 1} is out of order", last)
        if why := case_trouble(entry, last):
            return _altered(why, last)
        number, last = entry["number"], Head(entry["case_number"], entry["hash"])
    if why := _end_trouble(export, "case", last.number):
        return _altered(why, last)
    why, unproved = _content(export)
    if why:
        return _altered(why, last)
    said = f"{last.number} entries of this case, each in its place; {unproved or _ALL}"
    return Verdict(said, last, good=True, in_part=bool(unproved))


def _verify_setup(export: Mapping[str, Any]) -> Verdict:
    setup, last = Setup(), Head()
    left_out = 0
    entries = export["audit"]["entries"]
    for count, entry in enumerate(entries):
        if entry.get("case"):
            return _altered(f"entry {count + 1} belongs to a case", last)
        if entry["number"] <= last.number:
            return _altered(f"entry {count + 1} is out of order", last)
        if why := setup.take(entry):
            return _altered(why, last)
        left_out += "event" not in entry
        last = Head(entry["number"], entry["hash"])
    more = export.keys() != {"format", "exported_at", "audit"}
    if why := "the file holds more, or less, than an export" if more else _end_trouble(export, "setup", last.number):
        return _altered(why, last)
    without = f", {left_out} of them by their hashes alone" if left_out else ""
    said = f"{len(entries)} entries of setting up and of refused attempts, each in its place{without}"
    return Verdict(said, last, good=True)


def _end_trouble(export: Mapping[str, Any], kind: str, number: int) -> str:
    """What is wrong with the end of the entries: the last is the one about the export, and both heads name it."""
    trail = export["audit"]
    if trail.keys() != {"entries", f"{kind}_head", "head"}:
        return "the file holds more, or less, than an export"
    last = trail["entries"][-1] if trail["entries"] else {}
    if last.get("event") != f"{kind}.exported" or trail[f"{kind}_head"] != {"number": number, "hash": last["hash"]}:
        return "the last entries are missing"
    if trail["head"] != {"number": last["number"], "hash": last["hash"]} or export["exported_at"] != last["at"]:
        return "the file does not end as its last entry says"
    return ""


def _content(export: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with what the file says of the case, and what of it the entries do not prove; empty if nothing."""
    entries = export["audit"]["entries"]
    if HOLDS_EXPORT not in entries[-1]["detail"]:
        return "", _OLD_EXPORT
    loose = []
    for part, name in _PARTS.items():
        held = _held(entries, part)
        for place, one in enumerate(export[part], 1):
            if place not in held:
                loose.append(f"{name} {place}")
            elif digest_of(one) != held[place]:
                return f"{name} {place} is not as it was when it was made", ""
        if held and max(held) > len(export[part]):
            return f"{name} {max(held)} is missing", ""
    now, case = export["case"]["writes"], _held(entries, "case")
    if now not in case:
        loose.insert(0, "the case itself")
    if case and (now < max(case) or digest_of(export["case"]) != case.get(now, digest_of(export["case"]))):
        return "the case is not as it was when it was last written", ""
    if entries[-1]["detail"][HOLDS_EXPORT] != digest_of_file(export):
        return "something in the file beside the entries was changed", ""
    return "", f"{_OLD_PARTS}: {', '.join(loose)}" if loose else ""


def _held(entries: Iterable[Mapping[str, Any]], part: str) -> dict[int, str]:
    """The fingerprints of a part that entries hold, by what each is of. The first of one counts: it made it."""
    all_held = ",".join(entry["detail"].get(HOLDS + part, "") for entry in reversed(list(entries)))
    each = (one.partition("=") for one in all_held.split(",") if one)
    return {int(place): digest for place, _, digest in each}


def case_trouble(row: Mapping[str, Any], last: Head) -> str:
    """What is wrong with an entry that follows `last` in its case; empty if nothing is."""
    if row["case_number"] != last.number + 1:
        return f"entry {row['number']}: an entry of the same case before it is missing or out of order"
    if row["case_previous"] != last.hash:
        return f"entry {row['number']} does not follow the one before it of the same case"
    return f"entry {row['number']} was changed" if _changed(row) else ""


def _changed(row: Mapping[str, Any]) -> bool:
    """Whether an entry says anything else, or anything more, than its hash covers."""
    return row.keys() != {*FIELDS, "hash"} or row["hash"] != fingerprint(row)


def _altered(why: str, last: Head) -> Verdict:
    return Verdict(why, last, good=False)


def main(arguments: list[str]) -> int:
    """Check the export in the file that is named first; exit status 0 when it is whole, 1 when not, 2 for no file."""
    if len(arguments) not in (1, 2) or not Path(arguments[0]).is_file():
        sys.stderr.write("usage: verify.py FILE [HASH OF THE HEAD]\n")
        return 2
    verdict = verify_audit(Path(arguments[0]).read_bytes(), *arguments[1:])
    word = "whole" if verdict.word == "Whole" else verdict.word.upper()
    sys.stdout.write(f"{word}: {verdict.why}\nhead: {verdict.head.hash}\n")
    return 0 if verdict.good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
