"""Changes of the set-up in words: what the leads of a site are told, and what an admin reads of the last days."""

from __future__ import annotations

from typing import Final

from handlers.changes import Change
from handlers.clocks import told
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Heading, Message, Paragraph, Small
from handlers.setup.words import OUT_OF_USE

SAID: Final = {
    "site_added": "{by} added the site.",
    "site_changed": "{by} changed its name, numbers or links. {about}.",
    "site_removed": "{by} removed the site: nobody can raise an incident there any more.",
    "staff_changed": "{by} changed who may raise an incident. {about}.",
    "lead_added": "{by} made this a lead: {about}. Whoever leads sees every case of the site.",
    "lead_self": "{by} made themselves a lead: {about}. Whoever leads sees every case of the site. If that is a "
    "surprise, ask now.",
    "lead_removed": "{by} took this lead out: {about}.",
    "lead_moved": "{by} changed the order in which leads are asked: {about}.",
    "stand_in_added": "{by} added a stand-in: {about}.",
    "stand_in_removed": "{by} took a stand-in out: {about}.",
    "contact_added": "{by} added a contact: {about}. Nobody can choose it before it has acknowledged a test.",
    "contact_changed": "{by} changed a contact: {about}.",
    "contact_removed": "{by} removed a contact: {about}. You can always ring.",
    "contact_proved": "A contact acknowledged the test ({by}) and can be chosen now: {about}.",
    "contact_suspended": "A contact is out of use: {about}. {why} Ring instead; your IT was told.",
    "contact_due": "A contact has to be checked soon: {about}. Your IT sends it a test under 'admin'.",
    "contact_lapsed": "A contact is out of use: {about}. Nobody checked it in time. Ring instead.",
    "rules_changed": "{by} changed clocks or rules of the site. {about}.",
    "person_changed": "{by} wrote down who this is: {about}. Accounts that are one person have the same rights.",
    "person_removed": "{by} took out what was written down of this person: {about}. Their accounts are several people "
    "again.",
    "admin_added": "{by} made this an admin: {about}.",
    "admin_removed": "{by} took this admin out: {about}.",
}


ABOUT_RIGHTS: Final = frozenset(
    {"lead_added", "lead_self", "lead_removed", "stand_in_added", "person_changed", "person_removed"}
)
"""Who leads from now on, or no more."""


def line(change: Change) -> str:
    """One change in a sentence."""
    by = change.by_name or "Signpost"
    why = OUT_OF_USE.get(change.why, OUT_OF_USE["other"])
    return SAID[change.what].format(by=by, about=change.about_name or change.about, why=why)


def draw_told(delivery: Delivery, work: Work) -> Drawn | None:
    """The message to a lead about a change; None once nothing is known of it."""
    change = work.change(delivery.extra)
    if change is None:
        return None
    site = work.directory.site(change.site)
    name = site.name if site else (change.about_name if change.what == "site_removed" else "") or "Signpost"
    return Drawn(ahead(), message(change, name))


def ahead() -> Message:
    """The empty receipt: neutral."""
    return Message("Signpost: the set-up changed. There is no case.", (Paragraph("Signpost: the set-up changed."),))


def message(change: Change, site_name: str) -> Message:
    """What a lead is told. Of who gave rights to whom the account is told too: anybody may call themselves anything."""
    whose = (Small(f"By the account {change.by}."),) if change.by is not None and change.what in ABOUT_RIGHTS else ()
    return Message(
        ahead().summary,
        (
            Heading(f"{site_name}: the set-up changed"),
            Paragraph(line(change)),
            *whose,
            Small(f"At {told(change.at)}. No case. If this is wrong, tell your IT. 'who' says who is covering."),
        ),
    )
