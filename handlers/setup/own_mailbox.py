"""Whether a mailbox may be the school's own, by its looks: then whoever enters it is asked before a test goes there.

Nobody at the other end of a mail is known. In a mailbox of their own colleagues would acknowledge it, and the contact
would be in use without a word having reached the police or the council.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from handlers.mail_domains import bare, bare_domain, is_address
from handlers.screens import Option, Part, Question
from handlers.setup.at import At
from handlers.setup.own import OWN_ADDRESS
from handlers.sites import Contact, Site

FIELD: Final = "whose_mailbox"
THEIRS: Final = "theirs-"
OURS: Final = "ours-"
LOOK: Final = "Say whose mailbox it is, then press Save again."
NAME_IT: Final = "Its domain belongs under 'Name and numbers', among your own."
HINT: Final = (
    "{domain} looks like the mail of a school. What your own colleagues can read and acknowledge shows nothing of the "
    "police or the council."
)
OWN_MAIL: Final = "A contact is reached by mail, and by them alone Signpost notices that a mailbox is your own."
_OPTIONS: Final = ((THEIRS, "The police or the council reads it"), (OURS, "It is our own, or that of another school"))
_AUTHORITIES: Final = frozenset({"gov", "police", "nhs"})
_OF_SCHOOLS: Final = frozenset({"sch", "ac", "school", "academy", "college"})
_IN_NAMES: Final = ("school", "academy", "college")
_GENERIC: Final = frozenset(
    {
        "school", "academy", "college", "primary", "secondary", "infant", "infants", "junior", "nursery", "grammar",
        "community", "church", "catholic", "trust", "campus", "centre", "sixth", "form", "upper", "lower", "middle",
        "high", "saint", "first", "north", "south", "east", "west", "council", "county", "borough", "city",
    }
)  # fmt: skip
"""Words in a school's name that say nothing of which one it is."""
_SHORTEST: Final = 4


def looks_own(address: str, name: str) -> bool:
    """Whether a mailbox is at a school, or at a domain that is called as the site with that name is."""
    labels = bare_domain(address).split(".")
    if _AUTHORITIES & set(labels[1:]):  # a council is often called as its schools are
        return False
    if _OF_SCHOOLS & set(labels[1:]) or any(word in one for one in labels[:-1] for word in _IN_NAMES):
        return True
    words = {one for one in re.findall(r"[a-z]+", name.lower()) if len(one) >= _SHORTEST} - _GENERIC
    return any(word in one for one in labels[:-1] for word in words)


def mail_unknown(site: Site) -> bool:
    """Whether mail goes to a contact and nobody has said what the school's own mail is."""
    return not site.mail_domains and any(one.kind == "mail" for one in site.contacts)


def asked(at: At, before: Contact | None) -> tuple[Part, ...]:
    """The question, below the address that it is about."""
    address = _doubtful(at, before)
    if not address:
        return ()
    seen = _seen(address)
    options = tuple(Option(f"{whose}{seen}", label) for whose, label in _OPTIONS)
    hint = HINT.format(domain=bare_domain(address)[:60])
    chosen = tuple(one.value for one in options if one.value == at.one(FIELD))
    return (Question(FIELD, "Whose mailbox is that?", options, hint, chosen),)


def wrong(at: At, before: Contact | None) -> tuple[tuple[str, str], ...]:
    """What is wrong while nobody has said that it is theirs, at which field."""
    address = _doubtful(at, before)
    if not address or at.one(FIELD) == f"{THEIRS}{_seen(address)}":
        return ()
    if at.one(FIELD) == f"{OURS}{_seen(address)}":
        return (("destination", f"{OWN_ADDRESS} {NAME_IT}"),)
    return ((FIELD, LOOK),)


def _doubtful(at: At, before: Contact | None) -> str:
    """The mailbox that was typed, where it is a new one and looks like a school's; else nothing."""
    if at.typed is None or at.one("kind") != "mail":
        return ""
    address = bare(at.text("destination"))
    same = before is not None and (before.kind, before.destination.lower()) == ("mail", address.lower())
    name = at.site.name if at.site else ""
    return address if not same and is_address(address) and looks_own(address, name) else ""


def _seen(address: str) -> str:
    """A word for the address: an answer about one is none about another."""
    return sha256(address.lower().encode()).hexdigest()[:16]
