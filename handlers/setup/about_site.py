"""What is set of a site itself, for its page: nation, numbers and links, and which usual ones are missing."""

from __future__ import annotations

from typing import Final

from handlers.people import Directory
from handlers.setup.details import NATIONS
from handlers.setup.served import said as said_of
from handlers.setup.words import SOCIAL_CARE, terms_of
from handlers.sites import Site

MISSING: Final = "Not set: {what}. Screens then say whom to ring, and no number."
ASSESSED: Final = ("england", "wales")
"""Where leads refer by Signpost, and so need the numbers of those whom they refer to."""


def social_care(site: Site) -> str:
    """What children's social care is called there, within a sentence."""
    return _inside(SOCIAL_CARE[site.nation])


def name_and_numbers(site: Site, directory: Directory) -> str:
    """Everything that the window *Name and numbers* holds, a line each; what is usual and not set in the last one."""
    terms, numbers, refers = terms_of(site.nation), site.numbers, site.nation in ASSESSED
    rows = (
        ("Switchboard", site.phone, True),
        ("Police force", site.force, refers),
        (terms["by_day"], numbers.mash, refers),
        (f"{terms['care']}, out of hours", numbers.out_of_hours, False),
        ("LADO", numbers.lado, refers),
        ("Safer schools officer", numbers.officer, False),
        ("Own mail domains", ", ".join(site.mail_domains), False),
        ("Own guidance", ", ".join(f"{title} ({_host(url)})" for title, url in site.links), False),
    )
    nation = next(one.label for one in NATIONS if one.value == site.nation)
    missing = [_inside(label) for label, value, usual in rows if usual and not value]
    served = said_of(site, directory)
    said = [nation, *([served] if served else ()), *(f"{label}: {value}" for label, value, _ in rows if value)]
    return "\n".join((*said, MISSING.format(what=", ".join(missing))) if missing else said)


def _host(url: str) -> str:
    return url.removeprefix("https://").partition("/")[0]


def _inside(label: str) -> str:
    """A label within a sentence."""
    return label if label.isupper() else label[0].lower() + label[1:]
