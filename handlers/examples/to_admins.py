"""Examples of what an admin reads of what the bot found out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from handlers.changes import Change
from handlers.contacts import shown
from handlers.people import Directory
from handlers.screens import Screen
from handlers.setup import for_admins, told
from handlers.sites import Contact, Site

_SITE: Final = "The Northside Academy and Sixth Form Centre, Upper Wallop Campus"


def to_admins_examples() -> dict[str, Screen]:
    """What an admin reads of contacts that need somebody, with the way there."""
    police = Contact("police", "police", "slack", "T1/C9", verified=True)
    site = Site("northside", _SITE, "england", (), contacts=(police,))
    directory = Directory((site, replace(site, id="south", declared=True)))
    at = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)
    out = Change("contact_suspended", at, "northside", "police", about_name=shown(police), why="archived")
    called = shown(replace(police, room="police-liaison", called="northshire-police-liaison"))
    renamed = replace(out, why="renamed", about_name=called)
    due, proved = replace(out, what="contact_due", why=""), replace(out, what="contact_proved", by_name="Jo", why="")
    sent = "A test was sent at 16:55 on Tuesday 24 November 2026; nobody has acknowledged it yet."
    silent = replace(due, what="contact_silent", about_name=f"{shown(police)} ({_SITE}). {sent}")
    changes = {
        "out": (out,), "renamed": (renamed,), "renamed_in_the_file": (replace(renamed, site="south"),),
        "lapsed": (replace(due, what="contact_lapsed"),), "due": (due,), "two_due": (due, due),
        "proved": (proved,), "renewed": (replace(proved, why=told.RENEWED),),
        "silent": (silent,), "silent_at_two_sites": (silent, replace(silent, site="south")),
        "blind": (replace(out, what="watch_blind", site="", about="slack:T1", why="not_authorised"),),
    }  # fmt: skip
    return {
        f"setup_told_to_an_admin_{name}": for_admins.message(
            (told.ahead(ones).summary, _SITE), [told.line(one) for one in ones], ones, directory
        )
        for name, ones in changes.items()
    }
