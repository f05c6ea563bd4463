"""How each contact of a site stands. The doctor and the admin's list in chat agree on what is red.

A contact out of use is red: a lead has nobody to send to then, and rings. One that is about to lapse is amber in time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.doctor.finding import Finding, State
from bot.doctor.where import IN_CHAT, do_at
from bot.settings import Settings
from handlers.clocks import day_told
from handlers.contacts import not_offered
from handlers.setup.watch import SOON
from handlers.setup.way_out import LAPSED
from handlers.setup.words import BY_A_TEST, OUT_OF_USE
from handlers.sites import Contact, Site

LEADS_RING = "Until then leads ring."


def look(site: Site, settings: Settings, day: date) -> Iterable[Finding]:
    """Contacts that a lead is not offered, that nothing could be sent to, or that are to be checked soon."""
    for contact in site.contacts:
        if why := why_not(contact, settings, day):
            yield _not_in_use(site, contact, why)
        elif contact.review_by is not None and contact.review_by <= day + SOON:
            yield _to_be_checked(site, contact, contact.review_by, day)


def why_not(contact: Contact, settings: Settings, day: date) -> str:
    """Why leads are not offered a contact, as a closed word; empty where they are. By phone always works."""
    if contact.kind == "by_hand":
        return ""
    if why := not_offered(contact):
        return why
    if contact.review_by is not None and contact.review_by < day:
        return LAPSED  # a bot that runs takes it out of use within a minute
    return "" if _connected(contact.kind, settings) else "out_of_reach"


def _not_in_use(site: Site, contact: Contact, why: str) -> Finding:
    what, do = _stands(contact, why, site)
    code = f"contact_{why}" if why in ("not_verified", "out_of_reach") else "contact_out_of_use"
    state: State = "amber" if why == "not_verified" else "red"  # one that was in use fails; this one was not yet
    return Finding(
        code, "Contacts", state, f"'{contact.id}' of '{site.id}' {what}", f"{do} {LEADS_RING}", f"'{site.id}'"
    )


def _stands(contact: Contact, why: str, site: Site) -> tuple[str, str]:
    match why:
        case "not_verified":
            in_chat = f"'{contact.id}', 'Send the test again'. It is in use once somebody there presses Acknowledge."
            verified = "Set `verified = true` once somebody there has answered you."
            return "is not verified", do_at(site, verified, in_chat)
        case "out_of_reach":
            return (
                "is on a platform, or at a mailbox, that nothing is set up for",
                "Set that up, or name another contact.",
            )
        case _:
            said = OUT_OF_USE.get(why, OUT_OF_USE["other"]).removesuffix(".")
            in_chat = f"put it right, then '{contact.id}', 'Send the test again'."
            in_file = "Put it right: it is in use again by itself."
            if why in BY_A_TEST:
                in_file = f"Where it is still them, {IN_CHAT}: 'Send a test', and have it acknowledged."
            if why == LAPSED:
                in_chat = f"'{contact.id}', 'Send the test again', and have it acknowledged."
                in_file = "Ask whether somebody there still answers, then set a later `review_by`."
            return f"is out of use ({said})", do_at(site, in_file, in_chat)


def _connected(kind: str, settings: Settings) -> bool:
    match kind:
        case "slack":
            return settings.wants_slack
        case "teams":
            return settings.wants_teams
        case "mail":
            return settings.wants_mail
        case _:
            return True


def _to_be_checked(site: Site, contact: Contact, by: date, day: date) -> Finding:
    """One that lapses soon, or a number that nobody has checked."""
    whose = f" by {contact.owner}" if contact.owner else ""
    over = by < day
    code, tense = ("contact_overdue", "was") if over else ("contact_due", "is")
    said = f"'{contact.id}' of '{site.id}' {tense} to be checked{whose} by {day_told(by)}"
    in_file = "Ask whether somebody there still answers, then set a later `review_by`."
    in_chat = f"'{contact.id}', 'Send the test again', and have it acknowledged."
    if contact.kind == "by_hand":
        in_chat = f"'{contact.id}': ask whether somebody there still answers, then set a later day."
    elif not over:
        said = f"{said}, and is out of use after that day"
    return Finding(code, "Contacts", "amber", said, do_at(site, in_file, in_chat), f"'{site.id}'")
