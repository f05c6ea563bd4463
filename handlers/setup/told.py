"""Changes of the set-up in words: what the leads of a site are told, and what an admin reads of the last days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.changes import MOVED, UNRAISED, Change
from handlers.clocks import told
from handlers.people import Directory, Known, Standing
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Bullets, Heading, Line, Message, Paragraph, Part, Small
from handlers.setup import for_admins, to_them
from handlers.setup.alone import ALONE, BESIDE, NEW
from handlers.setup.seen import Seen, of_the_file
from handlers.setup.tell import BY_AN_ADMIN, told_together
from handlers.setup.words import OUT_OF_USE, blind, cannot_lead

SAID: Final = {
    "site_added": "{by} added the site.",
    "site_changed": "{by} changed the site's name, numbers or links. {about}.",
    "site_removed": "{by} removed the site: nobody can raise an incident there any more.",
    "staff_changed": "{by} changed who may raise an incident: {about}.",
    "lead_added": "{by} made {about}. Whoever leads sees every case of the site.",
    "lead_self": "{by} made themselves a lead{about}. Whoever leads sees every case of the site. If that is a "
    "surprise, ask now.",
    "lead_removed": "{by} took this lead out: {about}.",
    "lead_joined": "{about}. Whoever leads sees every case of the site.",
    "lead_left": "{about}.",
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
    "contact_silent": "A contact waits to be acknowledged: {about} Ask them whether it has arrived. If not, tell an "
    "admin of Signpost. Leads ring until then.",
    "watch_blind": "{why}",
    "lead_gone": "{about} cannot lead: {why}",
    "lead_back": "{about} is a full member again, leads, and is told of incidents as before.",
    "rules_changed": "{by} changed the clocks or rules of the site. {about}.",
    "person_changed": "{by} wrote down who this is: {about}. Accounts that are one person have the same rights.",
    "person_removed": "{by} took out what was written down of this person: {about}.",
    "person_joined": "{by} says that these accounts are one person: {about}. They have the same rights: where one "
    "leads all do, and what one raised the others can read.",
    "person_parted": "{by} took accounts apart that were one person: {about}. They are several people again.",
    "admin_added": "{by} made this an admin: {about}.",
    "admin_removed": "{by} took this admin out: {about}.",
}


OF_AN_ADMIN: Final = (
    "{by} says that these accounts are one person: {about}. They have the same rights, and where one leads all do. "
    "What one raised the others cannot read, since one is an admin's."
)
"""Where one of the accounts is an admin's: admins read no case that another account raised."""
BY_HAND: Final = "by_hand"
"""Of a contact that was added: it has no test."""
BY_OWN: Final = "own"
"""Of a contact that can be chosen: who acknowledged its test is of the school's own workspace or tenant."""
RENEWED: Final = "renewed"
"""Of a contact that acknowledged a test while it was in use: it goes on."""
OWN_RENEWED: Final = "own_renewed"
"""Both."""
OWN_WORD: Final = (
    "They are of your own workspace or tenant, so nobody of another organisation has shown that it arrives. Make sure "
    "that it was whom the notices are for."
)
CHECKED: Final = "A contact acknowledged the test ({by}), and stays in use: {about}."
KEEPS: Final = "A case that was decided before keeps what was approved: open it before you ring."
"""Where a contact is reached elsewhere from now on. The same whether a case waits or not: who was left out reads it."""
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
FILE_SELF: Final = "{by} {about}. Whoever leads sees every case of the site. If that is a surprise, ask now."
"""Where the file makes an admin a lead: nobody can say which of those who may write it did."""
TOLD_BESIDE: Final = {
    ALONE: "Only admins lead this site, so the leads of the other sites here are told too.",
    NEW: "This site is new and an admin leads it, so the leads of the other sites here are told too.",
}
EARLIER: Final = {
    "lead_added": "{by} made this a lead: {about}. Whoever leads sees every case of the site.",
    "lead_self": "{by} made themselves a lead: {about}. Whoever leads sees every case of the site. If that is a "
    "surprise, ask now.",
}
"""What is said of a change that names nobody whom it is about: one that an earlier release kept, whose words are a list
of names; or accounts that were joined."""
STILL_LEADS: Final = {
    "in_group": "They still lead here, by a group: they are told of every incident and see every case.",
    "stands_in": "They can still lead here, as a stand-in.",
    "both": "They still lead here by a group, and can as a stand-in: they are told of incidents and see every case.",
    "unread": "Whether they are in a group that leads here could not be read: look there.",
}
"""By what somebody leads all the same, whose entry was taken out, in a closed word and in words."""
FOUND_OUT: Final = frozenset(
    {
        "contact_proved", "contact_suspended", "contact_due", "contact_lapsed", "contact_owner_gone", "watch_blind",
        "lead_gone", "lead_back", "contact_silent",
    }
)  # fmt: skip
"""What no admin and no file changed."""


HEADINGS: Final = {
    "lead_self": "an admin made themselves a lead", "lead_removed": "a lead was taken out",
    "lead_joined": "somebody has become a lead", "lead_left": "somebody is not a lead any more",
    "site_removed": "the site was removed", "contact_suspended": "a contact is out of use",
    "contact_lapsed": "a contact is out of use", "contact_due": "a contact has to be checked",
    "contact_proved": "a contact can be chosen now", "contact_silent": "a contact has not acknowledged its test",
    "lead_gone": "somebody named as a lead cannot lead", "lead_back": "a lead is there again",
    "person_joined": "accounts are one person now", "person_parted": "accounts are several people again",
}  # fmt: skip
"""What a message that tells one thing is called."""
SEVERAL: Final = {
    "a contact has to be checked": "contacts have to be checked", "a contact was checked": "contacts were checked",
    "a contact can be chosen now": "contacts can be chosen now",
    "a contact has not acknowledged its test": "contacts have not acknowledged their tests",
}  # fmt: skip
"""What one that tells the same of several is called."""
MOVED_TO: Final = {
    "contact_changed": "where a contact is reached was changed", "contact_removed": "a contact was taken out",
    "site_changed": "a number to ring was changed",
}  # fmt: skip
"""The same of what somebody may be about to ring, or to send something to."""
CROWD: Final = {
    "lead_joined": "{count} people have become leads", "lead_left": "{count} people are not leads any more",
}  # fmt: skip
"""The same where a group brought several at once."""
ADMIN_JOINED: Final = "an admin has become a lead"
ONE_WITH_AN_ADMIN: Final = "an admin's account is one person with others now"
CHANGED: Final = "the set-up changed"
LEADS_TAKEN_OUT: Final = "leads were taken out"
ENTRY_TAKEN_OUT: Final = "an entry was taken out of the leads"
"""Of whoever leads by a group all the same."""
ASK_IT: Final = "If this is wrong, tell your IT."


def line(change: Change) -> str:
    """One change in a sentence."""
    by = change.by_name or "Signpost"
    what = "contact_added_by_hand" if (change.what, change.why) == ("contact_added", BY_HAND) else change.what
    said = SAID[what] if change.whom else EARLIER.get(what, SAID[what])
    if change.what == "lead_self" and of_the_file(change):
        said = FILE_SELF
    if (change.what, change.why) == ("person_joined", BY_AN_ADMIN):
        said = OF_AN_ADMIN
    if change.what == "contact_proved" and change.why in (RENEWED, OWN_RENEWED):
        said = CHECKED
    if change.why == IN_FILE:
        said = OF_THE_FILE.get(change.what, said)
    if change.what == "watch_blind":
        return blind(change.about, change.why)
    if change.what == "lead_gone":
        return said.format(about=_about(change), why=cannot_lead(change.why))
    why = OUT_OF_USE.get(change.why, OUT_OF_USE["other"])
    said = said.format(by=by, about=_about(change), why=why)
    if change.what == "lead_removed":
        if len(change.whom) > 1:
            said = said.replace("took this lead out", "took these leads out", 1)
        now = f"Who leads now: {change.instead}." if change.instead else ""
        said = " ".join(filter(None, (said, now, STILL_LEADS.get(change.why, ""))))
    if change.why == MOVED:
        return f"{said} {KEEPS}"
    if change.what == "contact_proved" and change.why in (BY_OWN, OWN_RENEWED):
        return f"{said} {OWN_WORD}"
    beside = TOLD_BESIDE.get(change.why, "") if change.what in ("lead_self", "lead_added") else ""
    return f"{said} {beside}".rstrip()


def _about(change: Change) -> str:
    """The words of a change, so that they fit into its sentence."""
    said = change.about_name or change.about
    match change.what:
        case "site_changed" | "rules_changed":
            return f"{said[:1].upper()}{said[1:]}"
        case "staff_changed":  # its one field is named by the sentence itself
            return said.removeprefix("who may raise: ").removeprefix("Who may raise: ")
        case "lead_self" if change.whom and not of_the_file(change):
            return f", {change.about_name}" if change.about_name else ""
        case _:
            return said


def draw_told(delivery: Delivery, work: Work, known: Known | None = None) -> Drawn | None:
    """The message about changes; None once nothing is known of them.

    `known` has what the platforms say just now of whom the file names: to be asked for where `Drawn.to_name` says so.
    """
    seen = Seen(work.directory, known or Known(Standing(member=False)))
    change_id, _, to_whom = delivery.extra.partition(":")
    if to_whom:
        change = work.change(change_id)
        if change is None:
            return None
        drawn = to_them.message(seen.change(change), to_whom, delivery.to, called(change, work.directory))
        return Drawn(to_them.ahead(drawn), drawn, to_name=of_the_file(change))
    changes = told_together(delivery, work)
    if not changes:
        return None
    to_name = any(map(of_the_file, changes))
    changes = tuple(map(seen.change, changes))
    site_name = called(changes[0], work.directory) if len({one.site for one in changes}) == 1 else ""
    site_name = site_name or "Signpost"
    drawn = message(changes, site_name)
    if work.directory.is_admin(delivery.to) and all(one.what in FOUND_OUT for one in changes):
        said = drawn.summary, f"{site_name}: {_heading(changes)}"
        drawn = for_admins.message(said, [line(one) for one in changes], changes, work.directory)
    return Drawn(ahead(changes), drawn, to_name=to_name)


def called(change: Change, directory: Directory) -> str:
    """What the site of a change is called, or was; empty where it is about none, or nobody knows any more."""
    site = directory.site(change.site)
    removed = change.about_name if change.what == "site_removed" else ""
    return site.name if site else change.site_name or removed


def ahead(changes: Sequence[Change]) -> Message:
    """The empty receipt: what it is about, and no name."""
    said = to_them.begun(_heading(changes))
    return Message(f"{said}. There is no case.", (Paragraph(f"{said}."),))


WHO: Final = "To see who is covering, write who to Signpost; in Slack, /signpost who."


def message(changes: Sequence[Change], site_name: str) -> Message:
    """What a lead is told. Of who changed something the account is told too: anybody may call themselves anything."""
    lines = [line(one) for one in changes]
    said: Part = Paragraph(lines[0]) if len(lines) == 1 else Bullets(tuple(map(Line, lines)))
    last = changes[-1]
    if any(one.what not in FOUND_OUT for one in changes):
        when, ask = to_them.by_whom(last, since=changes[0].at), to_them.ask(last)
    else:
        when, ask = f"At {told(last.at)}.", ASK_IT
    return Message(
        ahead(changes).summary,
        (
            Heading(f"{site_name}: {_heading(changes)}"),
            said,
            Small(when),
            Small(f"No case. {ask} {WHO}"),
        ),
    )


def _heading(changes: Sequence[Change]) -> str:
    if len(changes) > 1:
        return _heading_of_several(changes)
    (one,) = changes
    if one.why == UNRAISED:
        return "nobody but leads can raise an incident now"
    if one.why == MOVED:
        return MOVED_TO.get(one.what, CHANGED)
    if (one.what, one.why in ("in_group", "both")) == ("lead_removed", True):
        return ENTRY_TAKEN_OUT
    if one.what == "lead_removed" and len(one.whom) > 1:
        return LEADS_TAKEN_OUT
    by_an_admin = one.what in ("lead_joined", "lead_added") and one.why in (BY_AN_ADMIN, *BESIDE)
    if by_an_admin or (one.what == "lead_self" and of_the_file(one)):
        return ADMIN_JOINED
    if (one.what, one.why) == ("person_joined", BY_AN_ADMIN):
        return ONE_WITH_AN_ADMIN
    if len(one.whom) > 1 and one.what in CROWD:
        return CROWD[one.what].format(count=len(one.whom))
    if one.what == "contact_proved" and one.why in (RENEWED, OWN_RENEWED):
        return "a contact was checked"
    return HEADINGS.get(one.what, CHANGED)


def _heading_of_several(changes: Sequence[Change]) -> str:
    """What several are called: all of one kind by it, all of contacts by that; else that the set-up changed."""
    headings, kinds = {_heading((one,)) for one in changes}, {one.what for one in changes}
    if not kinds <= FOUND_OUT:
        return CHANGED
    if len(headings) == 1:
        return SEVERAL.get(headings.pop(), CHANGED)
    return "news of contacts" if all(one.startswith("contact_") for one in kinds) else CHANGED
