"""What platforms have to be asked before an admin's change can be checked: people, groups, a contact's channel."""

from __future__ import annotations

from dataclasses import dataclass, field

from handlers.chosen_people import accounts_chosen
from handlers.contacts import room_of
from handlers.intents import Intent, Value
from handlers.people import Account, is_group
from handlers.setup.refs import channel, group
from handlers.sites import Contact, Site

PEOPLE_FIELDS = ("people", "who", "owner")
MOST = 100


@dataclass(frozen=True, slots=True)
class Asks:
    """Accounts whose standing and name are needed, groups to open, and rooms to look at with whom to expect there."""

    accounts: tuple[Account, ...] = ()
    groups: tuple[str, ...] = ()
    rooms: dict[Account, tuple[str, ...]] = field(default_factory=dict)


def asks(intent: Intent) -> Asks:
    """What a filled-in window names that nobody has checked yet. Reads what was typed and trusts none of it."""
    if intent.name != "save_setup":
        return Asks()
    by, fields = intent.by, intent.fields
    chosen = [one for name in PEOPLE_FIELDS for one in accounts_chosen(fields.get(name), by)]
    typed = [account for line in _lines(fields.get("accounts")) if (account := _account(line)) is not None]
    groups = [ref for line in _lines(fields.get("groups")) if (ref := group(line, by)[0])]
    return Asks(tuple(dict.fromkeys([*chosen, *typed]))[:MOST], tuple(dict.fromkeys(groups))[:20], _rooms(intent))


def _rooms(intent: Intent) -> dict[Account, tuple[str, ...]]:
    kind, text = intent.fields.get("kind"), intent.fields.get("destination")
    if isinstance(kind, tuple):
        kind = kind[0] if kind else None
    if kind not in ("slack", "teams") or not isinstance(text, str):
        return {}
    where = channel(text, intent.by)[0] if intent.by.platform == kind else text.strip()
    parts = where.split("/")
    if not all(parts) or len(parts) != (2 if kind == "slack" else 3):
        return {}
    room = room_of(Contact("", "police", kind, where), Site("", "", "england", ()))  # type: ignore[arg-type]
    return {room: tuple(_lines(intent.fields.get("organisations")))} if room else {}


def _lines(value: Value) -> list[str]:
    return [line.strip() for line in value.splitlines() if line.strip()][:MOST] if isinstance(value, str) else []


def _account(text: str) -> Account | None:
    try:
        account = Account.parse(text)
    except ValueError:
        return None
    return None if account.platform == "mail" or is_group(text) else account
