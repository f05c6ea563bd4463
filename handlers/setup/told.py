"""Changes of the set-up in words: what the leads of a site are told, and what an admin reads of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.changes import Change
from handlers.clocks import told
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Bullets, Heading, Line, Message, Paragraph, Part, Small
from handlers.setup.tell import told_together
from handlers.setup.words import OUT_OF_USE, blind

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
    "contact_added_by_hand": "{by} added a contact that leads ring: {about}.",
    "contact_changed": "{by} changed a contact: {about}.",
    "contact_removed": "{by} removed a contact: {about}. You can always ring.",
    "contact_proved": "A contact acknowledged the test ({by}) and can be chosen now: {about}.",
    "contact_suspended": "A contact is out of use: {about}. {why} Ring instead; the admins were told.",
    "contact_due": "A contact has to be checked soon: {about}. An admin sends it a test under 'admin'.",
    "contact_lapsed": "A contact is out of use: {about}. Nobody checked it in time. Ring instead.",
    "contact_owner_gone": "Whoever looks after a contact has no account any more: {about}. Name somebody else for it.",
    "watch_blind": "{why}",
    "rules_changed": "{by} changed clocks or rules of the site. {about}.",
    "person_changed": "{by} wrote down who this is: {about}. Accounts that are one person have the same rights.",
    "person_removed": "{by} took out what was written down of this person: {about}. Their accounts are several people "
    "again.",
    "admin_added": "{by} made this an admin: {about}.",
    "admin_removed": "{by} took this admin out: {about}.",
}


BY_HAND: Final = "by_hand"
"""Of a contact that was added: it has no test."""
IN_FILE: Final = "in_file"
"""Of a contact of the CONFIG file: no button of chat mends it."""
OF_THE_FILE: Final = {
    "contact_added": "{by} added a contact, and vouches for it: {about}.",
    "contact_due": "A contact has to be checked soon: {about}. Your IT asks whether somebody there still answers, then "
    "writes a later date (review_by) into the file that SIGNPOST_CONFIG names.",
    "contact_lapsed": "A contact is out of use: {about}. Nobody checked it in time. Ring instead. It is in use again "
    "once your IT has written a later date (review_by) into the file that SIGNPOST_CONFIG names.",
}
"""What is said instead of a contact of the CONFIG file."""
ABOUT_RIGHTS: Final = frozenset(
    {"lead_added", "lead_self", "lead_removed", "stand_in_added", "person_changed", "person_removed"}
)
"""Who leads from now on, or no more."""


HEADINGS: Final = {
    "lead_self": "an admin made themselves a lead", "lead_removed": "a lead was taken out",
    "site_removed": "the site was removed", "contact_suspended": "a contact is out of use",
    "contact_lapsed": "a contact is out of use", "contact_due": "a contact has to be checked",
    "contact_proved": "a contact can be chosen now",
}  # fmt: skip
"""What a message that tells one thing is called."""
CHANGED: Final = "the set-up changed"
ASK_OTHERS: Final = "If you did not expect this, tell the head teacher and another lead, not the admin alone."
ASK_IT: Final = "If this is wrong, tell your IT."


def line(change: Change) -> str:
    """One change in a sentence."""
    by = change.by_name or "Signpost"
    said = SAID["contact_added_by_hand" if (change.what, change.why) == ("contact_added", BY_HAND) else change.what]
    if change.why == IN_FILE:
        said = OF_THE_FILE.get(change.what, said)
    if change.what == "watch_blind":
        return blind(change.about, change.why)
    why = OUT_OF_USE.get(change.why, OUT_OF_USE["other"])
    return said.format(by=by, about=change.about_name or change.about, why=why)


def draw_told(delivery: Delivery, work: Work) -> Drawn | None:
    """The message to a lead about changes; None once nothing is known of them."""
    changes = told_together(delivery, work)
    if not changes:
        return None
    site = work.directory.site(changes[0].site)
    removed = next((one.about_name for one in changes if one.what == "site_removed"), "")
    return Drawn(ahead(changes), message(changes, (site.name if site else removed) or "Signpost"))


def ahead(changes: Sequence[Change]) -> Message:
    """The empty receipt: what it is about, and no name."""
    said = f"Signpost: {_heading(changes)}."
    return Message(f"{said} There is no case.", (Paragraph(said),))


def message(changes: Sequence[Change], site_name: str) -> Message:
    """What a lead is told. Of who gave rights to whom the account is told too: anybody may call themselves anything."""
    lines = [line(one) for one in changes]
    rights = [one for one in changes if one.what in ABOUT_RIGHTS and one.by is not None]
    whose = (Small(f"By the account {rights[0].by}."),) if rights else ()
    said: Part = Paragraph(lines[0]) if len(lines) == 1 else Bullets(tuple(map(Line, lines)))
    ask = ASK_OTHERS if rights else ASK_IT
    return Message(
        ahead(changes).summary,
        (
            Heading(f"{site_name}: {_heading(changes)}"),
            said,
            *whose,
            Small(f"At {told(changes[-1].at)}. No case. {ask} 'who' says who is covering."),
        ),
    )


def _heading(changes: Sequence[Change]) -> str:
    return HEADINGS.get(changes[0].what, CHANGED) if len(changes) == 1 else CHANGED
