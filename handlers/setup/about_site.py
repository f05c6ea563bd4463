"""What is set of a site itself, for its page: nation, numbers and links, and which usual ones are missing."""

from __future__ import annotations

from typing import Final

from handlers.people import Directory
from handlers.setup.details import NATIONS
from handlers.setup.own_mailbox import OWN_MAIL, mail_unknown
from handlers.setup.served import said as said_of
from handlers.setup.words import SOCIAL_CARE, terms_of
from handlers.sites import Site, rung

MISSING: Final = "Not set: {what}. Screens then say whom to ring, and no number."
ASSESSED: Final = ("england", "wales")
"""Where leads refer by Signpost, and so need the numbers of those whom they refer to."""


def social_care(site: Site) -> str:
    """What children's social care is called there, within a sentence."""
    return _inside(SOCIAL_CARE[site.nation])


def name_and_numbers(site: Site, directory: Directory) -> str:
    """Everything that the window *Name and numbers* holds, a line each; what is usual and not set in the last one."""
    terms, numbers, refers = terms_of(site.nation), site.numbers, site.nation in ASSESSED
    mash, lado = _or_below(numbers.mash, "social_care", site), _or_below(numbers.lado, "lado", site)
    rows = (
        ("Switchboard", site.phone, True),
        ("Police force", site.force, refers),
        (terms["by_day"], mash, refers),
        (f"{terms['care']}, out of hours", numbers.out_of_hours, False),
        ("LADO", lado, refers),
        ("Safer schools officer", numbers.officer, False),
        ("Own mail domains", ", ".join(site.mail_domains), False),
        ("Own guidance", ", ".join(f"{title} ({_host(url)})" for title, url in site.links), False),
    )
    nation = next(one.label for one in NATIONS if one.value == site.nation)
    missing = [_inside(label) for label, value, usual in rows if usual and not value]
    served = said_of(site, directory)
    said = [nation, *([served] if served else ()), *(f"{label}: {value}" for label, value, _ in rows if value)]
    said += [MISSING.format(what=", ".join(missing))] if missing else []
    return "\n".join((*said, f"Not set: own mail domains. {OWN_MAIL}") if mail_unknown(site) else said)


def _or_below(own: str, purpose: str, site: Site) -> str:
    """A number of the site; where it has none that of its contact, which staff and leads read in its place."""
    number = rung(site, purpose)
    return own or (f"{number}, as a contact below" if number else "")


def _host(url: str) -> str:
    return url.removeprefix("https://").partition("/")[0]


def _inside(label: str) -> str:
    """A label within a sentence."""
    return label if label.isupper() else label[0].lower() + label[1:]
