"""What an admin typed of a contact: read as configuration has it, or what is wrong at which field."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from handlers import limits
from handlers.contacts import name_of, room_of
from handlers.hours import read_hours
from handlers.mail_domains import LONGEST, bare, doubt, is_address
from handlers.people import Account, Room
from handlers.screens import Option
from handlers.setup import own_mailbox
from handlers.setup.at import At
from handlers.setup.numbers import number_wrong, same_place
from handlers.setup.own import OWN_ADDRESS, is_own_address, number_not_theirs, organisation_wrong
from handlers.setup.people import not_fit
from handlers.setup.plain_text import cleaned, text_wrong
from handlers.setup.refs import channel, organisations
from handlers.setup.words import DOUBTFUL, wrong_room
from handlers.sites import Contact, Site

PURPOSES: Final = (
    Option("police", "Police"), Option("social_care", "Children's social care"), Option("lado", "LADO"),
)  # fmt: skip
KINDS: Final = (
    Option("slack", "A private Slack channel"), Option("teams", "A Teams channel"), Option("mail", "An e-mail address"),
    Option("by_hand", "A phone number, rung by a lead"),
)  # fmt: skip
NOT_LOOKED_AT: Final = (
    "This channel could not be looked at just now. Nothing is lost: press the button again in a minute."
)
NO_ADDRESS: Final = (
    "This is not a mail address. Write one such as duty@council.gov.uk, or choose above how they are reached."
)
NO_ORG: Final = (
    "Write one id a line, as the police or the council tell it: of a workspace (T and letters) or of a tenant."
)
NO_CHANNEL: Final = "Organisations are those in a channel. Leave this empty, or name their channel above."
MOST_ORGS: Final = 20
ORG: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

NOT_THERE: Final = "{named}, which you wrote below, is not in that channel."


def read(at: At, before: Contact | None, site: Site) -> tuple[Contact, list[tuple[str, str]]]:
    """The contact as it was typed, and what is wrong with it."""
    errors: list[tuple[str, str]] = []
    purpose, kind = at.one("purpose"), at.one("kind")
    if purpose not in {one.value for one in PURPOSES}:
        errors.append(("purpose", "Choose one of the three."))
    if kind not in {one.value for one in KINDS}:
        errors.append(("kind", "Choose one of the four."))
    shared_with = organisations(at.lines("organisations"), kind) if kind in ("slack", "teams") else ()
    if len(shared_with) > MOST_ORGS or not all(map(ORG.fullmatch, shared_with)):
        errors.append(("organisations", NO_ORG))
    elif wrong := organisation_wrong(shared_with, at.by, at.directory) or _of_no_channel(kind, at, before):
        errors.append(("organisations", wrong))
    destination, wrong = _destination(at, before, purpose, kind, shared_with)
    if not wrong and (other := _twice((purpose, kind, destination), before, site)):
        wrong = f"This is there already: {name_of(other)}. Change that one."
    errors += [("destination", wrong)] if wrong else own_mailbox.wrong(at, before)
    owner, owner_account, wrong = _owner(at, before)
    if wrong:
        errors.append(("owner", wrong))
    try:
        hours = read_hours(at.text("hours"))
    except ValueError as unread:
        hours = None
        errors.append(("hours", f"This {unread}."))
    if wrong := text_wrong(at.text("out_of_hours"), limits.WORDS):
        errors.append(("out_of_hours", wrong))
    if hours is not None and not at.text("out_of_hours"):
        errors.append(("out_of_hours", "Say what to do outside these hours, such as: ring 101."))
    base = before or Contact(_new_id(purpose, kind, site, at.directory.gone), "police", "by_hand", "")
    made = replace(
        base, purpose=purpose, kind=kind, destination=destination, organisations=shared_with, hours=hours,  # type: ignore[arg-type]
        out_of_hours=at.text("out_of_hours"), owner=owner, owner_account=owner_account,
    )  # fmt: skip
    return made, errors


def _of_no_channel(kind: str, at: At, before: Contact | None) -> str:
    """That organisations were typed of what is no channel. Those of the channel that it was go with it."""
    typed, held = at.lines("organisations"), before.organisations if before else ()
    return NO_CHANNEL if typed and typed != held and kind in ("mail", "by_hand") else ""


def kinds(at: At, there: Contact | None) -> tuple[Option, ...]:
    """How somebody can be reached, as far as it can be entered from here; and how this contact is."""
    other = "teams" if at.by.platform == "slack" else "slack"
    return tuple(one for one in KINDS if one.value != other or (there is not None and there.kind == other))


def _destination(
    at: At, before: Contact | None, purpose: str, kind: str, shared_with: tuple[str, ...]
) -> tuple[str, str]:
    """Where to, as configuration writes it, and what is wrong with it."""
    text = at.text("destination")
    if not text:
        return "", "Write where they are reached."
    if wrong := text_wrong(text, limits.DESTINATION):
        return "", wrong
    match kind:
        case "slack" | "teams":
            if before is not None and (before.kind, before.destination) == (kind, text):
                if before.organisations == shared_with:
                    return text, ""  # whoever looks at it every minute says what is wrong with it
                where, wrong = text, ""
            elif at.by.platform != kind:
                other = "Slack" if kind == "slack" else "Teams"
                return "", f"Add a contact in {other} from {other}: write to Signpost there."
            else:
                where, wrong = channel(text, at.by)
            wrong = wrong or _room_wrong(where, kind, shared_with, at)
            return (where, "") if not wrong else ("", wrong)
        case "mail":
            text = bare(text)
            return (text, "") if not (wrong := _mail_wrong(text, at)) else ("", wrong)
        case "by_hand":
            wrong = number_wrong(text, limits.WORDS) or number_not_theirs(text, purpose, at.directory)
            return ("", wrong) if wrong else (text, "")
        case _:
            return text, ""  # first it has to be said what it is


def _room_wrong(where: str, kind: str, shared_with: tuple[str, ...], at: At) -> str:
    room = room_of(Contact("", "police", kind, where), at.site or Site("", "", "england", ()))  # type: ignore[arg-type]
    found = at.intent.known.rooms.get(room) if room else None
    wrong = room_wrong(found, kind)
    if found is not None and found.why_not == "outside_organisation" and found.missing:
        missing = {one.lower() for one in found.missing}
        named = ", ".join(one for one in shared_with if one.lower() in missing)
        return f"{NOT_THERE.format(named=named)} {wrong}" if named else wrong
    return wrong


def room_wrong(found: Room | None, platform: str) -> str:
    """What is wrong with a channel, as far as its platform said; empty if it will do."""
    if found is None:
        return NOT_LOOKED_AT
    return wrong_room(found, platform) if found.why_not else ""


def _mail_wrong(address: str, at: At) -> str:
    if len(address) > LONGEST:
        return "This is too long for a mail address."
    if not is_address(address):
        return NO_ADDRESS
    if is_own_address(address, at.intent.known.own_domain, at.directory):
        return OWN_ADDRESS
    return DOUBTFUL[doubt(address)]


def _twice(which: tuple[str, str, str], before: Contact | None, site: Site) -> Contact | None:
    """Another contact of the site for the same agency that leads to the same place."""
    purpose, kind, destination = which
    for one in site.contacts:
        if (one.purpose, one.kind) != (purpose, kind) or (before is not None and one.id == before.id):
            continue
        same = same_place if kind == "by_hand" else _alike
        if same(one.destination, destination):
            return one
    return None


def _alike(one: str, other: str) -> bool:
    return one.lower() == other.lower()


def _owner(at: At, before: Contact | None) -> tuple[str, str, str]:
    """Who looks after it: the name, the account, and what is wrong. One of another platform stays as they are."""
    chosen = at.chosen("owner")[:1]
    if chosen:
        return cleaned(at.name(chosen[0]), limits.WORDS), str(chosen[0]), not_fit(chosen[0], at)
    if before is not None and before.owner_account and not at.as_option((Account.parse(before.owner_account),)):
        return before.owner, before.owner_account, ""
    return "", "", ""


def _new_id(purpose: str, kind: str, site: Site, gone: frozenset[str]) -> str:
    """One that no contact of the site bears or has borne: tests and buttons of one that is gone are still about."""
    taken = {one.id for one in site.contacts} | {one.removeprefix(f"{site.id}/") for one in gone}
    word = f"{purpose}-{kind}".replace("_", "-")
    return next(one for one in (word, *(f"{word}-{number}" for number in range(2, 1000))) if one not in taken)
