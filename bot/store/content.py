"""What is sealed of a draft, a case and a version, as bytes and back.

Lengths tell as well ("yes" is shorter than "not_known"), so everything is padded to whole blocks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from handlers.case import Acknowledgement, Case, Decision, Draft, Told, Version
from handlers.intents import Value
from handlers.people import Account
from policy import Facts

_BLOCK: Final = 256


@dataclass(frozen=True, slots=True)
class VersionContent:
    """What is sealed of a version."""

    facts: Facts
    edition: str
    notes: str
    by_lead: bool


def of_version(version: Version) -> bytes:
    """What is sealed of a version, as bytes."""
    return _packed(
        {
            "facts": version.facts.as_dict(),
            "edition": version.edition,
            "notes": version.notes,
            "by_lead": version.by_lead,
        }
    )


def to_version(data: bytes) -> VersionContent:
    """What was sealed of a version."""
    plain = json.loads(data)
    return VersionContent(Facts.of(plain["facts"]), plain["edition"], plain["notes"], plain.get("by_lead", False))


def of_case(case: Case) -> bytes:
    """What is sealed of a case's own row, as bytes."""
    return _packed(
        {
            "left_out": [str(account) for account in case.left_out],
            "raised_as": [str(account) for account in case.raised_as],
            "raised_by_name": case.raised_by_name,
            "opened_by": str(case.opened_by) if case.opened_by else "",
            "first_opened_at": case.first_opened_at.isoformat() if case.first_opened_at else "",
            "decisions": [plain_of(decision) for decision in case.decisions],
            "acknowledged": [plain_of(one) for one in case.acknowledged],
        }
    )


def to_case(data: bytes) -> dict[str, Any]:
    """The fields of a case that were sealed, ready for `Case`. A row of an earlier release holds fewer."""
    plain = json.loads(data)
    return {
        "left_out": tuple(Account.parse(account) for account in plain["left_out"]),
        "raised_as": tuple(Account.parse(account) for account in plain.get("raised_as", ())),
        "raised_by_name": plain.get("raised_by_name", ""),
        "opened_by": Account.parse(plain["opened_by"]) if plain.get("opened_by") else None,
        "first_opened_at": datetime.fromisoformat(plain["first_opened_at"]) if plain.get("first_opened_at") else None,
        "decisions": tuple(Decision(**_read(one)) for one in plain.get("decisions", ())),
        "acknowledged": tuple(Acknowledgement(**_read(one)) for one in plain.get("acknowledged", ())),
    }


def plain_of(one: Decision | Acknowledgement | Told) -> dict[str, Any]:
    """A decision, a contact that it names, or an acknowledgement as JSON."""
    return {field.name: _plain(getattr(one, field.name)) for field in fields(one)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - to be written as JSON
    match value:
        case Account():
            return str(value)
        case datetime():
            return value.isoformat()
        case Told():
            return plain_of(value)
        case tuple():
            return [_plain(each) for each in value]
        case _:
            return value


def _read(plain: Mapping[str, Any]) -> dict[str, Any]:
    held = {**plain, "by": Account.parse(plain["by"]), "at": datetime.fromisoformat(plain["at"])}
    if "contacts" in held:
        held["contacts"], held["again"] = tuple(held["contacts"]), tuple(held.get("again", ()))
        held["words"] = _tuples(held.get("words", ()))
        held["told"] = tuple(Told(**each) for each in held.get("told", ()))
    return held


def _tuples(value: Any) -> Any:  # noqa: ANN401 - read from JSON
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def of_draft(draft: Draft) -> bytes:
    """What is sealed of a draft, as bytes."""
    return _packed(
        {
            "place": draft.place,
            "answers": draft.answers,
            "notes": draft.notes,
            "notes_warned": draft.notes_warned,
            "left_out": [str(account) for account in draft.left_out],
            "case": draft.case,
            "updates": draft.updates,
            "base": draft.base,
            "checking": draft.checking,
        }
    )


def to_draft(data: bytes) -> dict[str, Any]:
    """The fields of a draft that were sealed, ready for `Draft`."""
    plain: dict[str, Any] = json.loads(data)
    plain["answers"] = {name: _value(value) for name, value in plain["answers"].items()}
    plain["left_out"] = tuple(Account.parse(account) for account in plain["left_out"])
    return plain


def canonical(values: Mapping[str, object]) -> bytes:
    """The same bytes for the same fields, in whatever order they came."""
    return json.dumps(values, sort_keys=True, separators=(",", ":")).encode()


def _value(value: Any) -> Value:  # noqa: ANN401 - read from JSON
    return tuple(value) if isinstance(value, list) else value


def _packed(plain: Mapping[str, object]) -> bytes:
    data = json.dumps(plain, separators=(",", ":")).encode()
    return data + b" " * (-len(data) % _BLOCK)
