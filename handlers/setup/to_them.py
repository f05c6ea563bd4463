"""What somebody reads whom a change is about: words to them, and not about them.

They are made a lead or a stand-in, or taken out; or their account is said to be one person with another.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from handlers.changes import Change
from handlers.clocks import told
from handlers.people import Account
from handlers.screens import Heading, Message, Paragraph, Small
from handlers.setup import anyway
from handlers.setup.anyway import BEGINS, ENDS
from handlers.setup.tell import BY_AN_ADMIN, NOTICED, OF_ACCOUNTS

ASK_OTHERS: Final = "If you did not expect this, tell the head teacher and another lead, not the admin alone."
ASK_BESIDES_IT: Final = "If you did not expect this, tell the head teacher and another lead, not your IT alone."
"""Of what the file says: whoever may write it may make themselves a lead."""
ASK_OF_ACCOUNTS: Final = (
    "If one of these accounts is not yours, or you did not expect this, tell the head teacher and a lead, not {whom} "
    "alone."
)
SHARED: Final = {
    "": "Each has the rights of the others: where one leads all do, and what one raised the others can read.",
    BY_AN_ADMIN: "One is an admin's of Signpost. Where one leads all do; what one raised only that account can read.",
}
"""What accounts have in common that are one person, by the closed word of the change."""
TOLD: Final = "The other leads are told."
LEADS: Final = "you are told of every incident there and see every case."
SEES_NOTHING: Final = "you are told of no incident there, and see no case as a lead."
STILL_LEADS: Final = {
    "in_group": f"You still lead there, by a group: {LEADS}",
    "stands_in": "You can still lead there as a stand-in, on the days that are entered.",
    "both": f"You still lead there by a group, and can as a stand-in: {LEADS}",
    "unread": "Whether you still lead there by a group could not be read: ask an admin.",
}
"""By what somebody leads all the same, whose entry was taken out, by the closed word of the change."""
BEFORE: Final = "You lead {site} anyway, and go on as before. In that time you are asked {where}."
"""Of a stand-in who is a lead: they see no more than they did."""
AFTER: Final = {
    "": "As a stand-in you see no case of {site} any more.",
    anyway.LEADS: f"You still lead {{site}}, as before: {LEADS}",
    anyway.STANDS_IN: "You stand in for somebody else there as well, and lead {site} until those days are over.",
    anyway.UNREAD: "As a stand-in you see no case of {site} any more. Whether you lead there by a group could not be "
    "read just now: write who to Signpost; in Slack, /signpost who.",
}
"""Of one whose days are over, by what they lead anyway."""
MOST_ACCOUNTS: Final = 20


def message(change: Change, about: str, to: Account, site: str) -> Message:
    """What it means for them. `about` is a stand-in's day, or anything else for the change itself.

    Behind that stands by what a stand-in leads anyway; nothing in what an earlier release queued.
    """
    about, _, by = about.partition(":")
    heading, said = _of_day(change, about, site, by) if about in (BEGINS, ENDS) else _of_change(change, to, site, by)
    then = TOLD if to == change.by else ask(change)
    small = (Small(by_whom(change)), Small(f"No case. {then}")) if about != ENDS else (Small("No case."),)
    at = site or "Signpost"
    return Message(f"{begun(heading)}. There is no case.", (Heading(f"{at}: {heading}"), Paragraph(said), *small))


def ahead(drawn: Message) -> Message:
    """The empty receipt: what it is about, and no name."""
    return Message(drawn.summary, (Paragraph(drawn.summary),))


def begun(heading: str) -> str:
    """A heading as a sentence begins. A notification names the app already."""
    return f"{heading[0].upper()}{heading[1:]}"


def by_whom(change: Change, since: datetime | None = None) -> str:
    """Who changed it, by which account and when; of several changes `since` is when the first one was."""
    if change.what in NOTICED:
        whose = f" {_accounts(change.whom)}" if change.what == "lead_joined" else ""
        return f"Signpost noticed this at {told(change.at)}.{whose}"
    by, account = change.by_name or "Signpost", str(change.by)
    if change.by is None:
        return f"{by} says so, as it was read at {told(change.at)}."
    whose = f", with the account {account}" if account not in by else ""
    first, last = told(since or change.at), told(change.at)
    if first == last:
        return f"{by} changed this at {last}{whose}."
    first = first.partition(" on ")[0] if first.partition(" on ")[2] == last.partition(" on ")[2] else first
    return f"{by} changed this between {first} and {last}{whose}."


def _accounts(whom: Sequence[str]) -> str:
    """By which account each leads: of a crowd the first, since a list that nobody reads to its end shows nothing."""
    more = f" and {len(whom) - MOST_ACCOUNTS} more, which the audit trail names" if len(whom) > MOST_ACCOUNTS else ""
    return f"The account{'' if len(whom) == 1 else 's'}: {', '.join(whom[:MOST_ACCOUNTS])}{more}."


def ask(change: Change) -> str:
    """Whom to ask about what nobody expected: never the one alone who did it."""
    if change.what in OF_ACCOUNTS:
        return ASK_OF_ACCOUNTS.format(whom="your IT" if change.by is None else "the admin")
    return ASK_OTHERS if change.by is not None or change.what in NOTICED else ASK_BESIDES_IT


def _of_change(change: Change, to: Account, site: str, by: str) -> tuple[str, str]:
    if change.what in OF_ACCOUNTS:
        return _of_accounts(change, to)
    if change.what == "lead_removed":
        return _taken_out(change, site)
    if change.what in NOTICED:
        return _by_a_group(change, site)
    if change.what == "stand_in_removed":
        said = f"You do not stand in {change.in_place} at {site} any more: that was taken out."
        return "you were taken out as a stand-in", f"{said} {_after(site, by)}"
    themselves = change.what == "lead_self" and to == change.by
    if change.in_place:
        made = "You made yourself a stand-in: you" if themselves else "You"
        return "you are a stand-in", f"{made} stand in {change.in_place}. {_in_that_time(change, site, by)}"
    made = f"You made yourself a lead of {site}" if themselves else f"You are now a lead of {site}"
    return "you are a lead now", f"{made}: {LEADS}{_beside_an_admin(change, to)}"


def _beside_an_admin(change: Change, to: Account) -> str:
    """That an admin leads from now on too, to whoever is made a lead with them."""
    if change.what != "lead_self" or str(to) == change.about:
        return ""
    who = f"{change.by_name}, an admin of Signpost," if change.by is not None else "An admin of Signpost"
    return f" {who} leads there from now on too, by the account {change.about}."


def _by_a_group(change: Change, site: str) -> tuple[str, str]:
    """Of whoever is in a group that leads, or no more; or stands in for somebody who is."""
    stands_in = f"You stand in {change.in_place}. They are"
    if change.what == "lead_joined" and change.in_place:
        said = f"{stands_in} now in a group that leads {site}, so you lead it in that time: {LEADS}"
        return "you are a stand-in", said
    if change.what == "lead_joined":
        return "you are a lead now", f"You are now in a group that leads {site}, so you are a lead: {LEADS}"
    who = stands_in if change.in_place else "You are"
    return "you are not a lead any more", f"{who} not in a group that leads {site} any more, so {SEES_NOTHING}"


def _of_accounts(change: Change, to: Account) -> tuple[str, str]:
    """Of accounts that are said to be one person, or are no more."""
    if change.what == "person_joined":
        said = f"These accounts are one person for Signpost now: {change.about_name}. This one is {to}."
        return "your account is one person with others now", f"{said} {SHARED.get(change.why, SHARED[''])}"
    said = f"These accounts are not one person for Signpost any more: {change.about_name}. This one is {to}."
    return "your account is by itself again", f"{said} It has no rights of the others, and they have none of its."


def _taken_out(change: Change, site: str) -> tuple[str, str]:
    if still := STILL_LEADS.get(change.why):
        return "your entry as a lead was taken out", f"Your own entry as a lead of {site} was taken out. {still}"
    now = f" Who leads now: {change.instead}." if change.instead else ""
    said = f"You are not a lead of {site} any more: you are told of no incident there, and see no case as a lead.{now}"
    return "you are not a lead any more", said


def _of_day(change: Change, about: str, site: str, by: str) -> tuple[str, str]:
    if about == BEGINS:
        said = f"It begins today: you stand in {change.in_place}. {_in_that_time(change, site, by)}"
        return "you are a stand-in from today", said
    said = f"Your days are over: you stood in {change.in_place}. {_after(site, by)}"
    return "you are not a stand-in any more" if by != anyway.STANDS_IN else "some of your days are over", said


def _in_that_time(change: Change, site: str, by: str) -> str:
    """What standing in changes for them, by what they lead anyway."""
    if by != anyway.LEADS:
        return f"In that time you lead {site}: {LEADS}"
    where = "before everybody in that group" if change.in_place.startswith("beside ") else "in their place"
    return BEFORE.format(site=site, where=where)


def _after(site: str, by: str) -> str:
    return AFTER.get(by, AFTER[""]).format(site=site)
