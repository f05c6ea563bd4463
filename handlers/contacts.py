"""A site's designated contacts, as a lead chooses among them. The by-hand route is always there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Final

from handlers.case import Case
from handlers.clocks import LONDON, bank_holidays, day_told, today
from handlers.people import Account, Directory
from handlers.ports import Delivery, Work
from handlers.screens import LABEL_LIMIT
from handlers.sites import Contact, Site
from policy import Agency, Recommendation

BY_HAND_POLICE: Final = "police_by_phone"
BY_HAND_SOCIAL_CARE: Final = "social_care_by_phone"

BY_HAND_LADO: Final = "lado_by_phone"
BY_PHONE: Final = {
    BY_HAND_POLICE: "Police, by phone", BY_HAND_SOCIAL_CARE: "Children's social care, by phone",
    BY_HAND_LADO: "LADO, by phone",
}  # fmt: skip
"""What these are called once a contact of the site's own has taken their place."""
WHO: Final = {"police": "Police", "social_care": "Children's social care", "lado": "LADO"}
HOW: Final = {"slack": "Slack channel", "teams": "Teams channel", "mail": "e-mail", "by_hand": "by phone"}
ANYBODYS: Final = {
    "police": "101", "social_care": "the council's children's social care", "lado": "the council's LADO",
}  # fmt: skip
"""Whom to ring where the site has entered no number."""
ADMIN_READS: Final = "An admin of Signpost is in that channel and can read it."
OWN_PRESS: Final = (
    "Somebody of your own workspace or tenant acknowledged its test: make sure that it was whom the notices are for."
)
_AGENCY: Final = {"police": Agency.POLICE, "social_care": Agency.SOCIAL_CARE, "lado": Agency.LADO}


def contacts_of(site: Site) -> tuple[Contact, ...]:
    """The contacts that can be used: those that have proved themselves, and the phone for whom none is by hand."""
    usable = [one for one in site.contacts if not not_offered(one)]
    by_hand = {contact.purpose for contact in usable if contact.kind == "by_hand"}
    if "police" not in by_hand:
        usable.append(Contact(BY_HAND_POLICE, "police", "by_hand", whom_to_ring(site, "police")))
    if "social_care" not in by_hand:
        usable.append(Contact(BY_HAND_SOCIAL_CARE, "social_care", "by_hand", whom_to_ring(site, "social_care")))
    if "lado" not in by_hand:
        usable.append(Contact(BY_HAND_LADO, "lado", "by_hand", whom_to_ring(site, "lado")))
    return tuple(usable)


def whom_to_ring(site: Site, purpose: str) -> str:
    """Whom to ring at an agency, the same on every screen: the site's number, its contact by phone, or anybody's."""
    numbers = site.numbers
    own = {"police": numbers.officer, "social_care": numbers.mash, "lado": numbers.lado}[purpose]
    by_phone = (one.destination for one in site.contacts if (one.purpose, one.kind) == (purpose, "by_hand"))
    rung = next((number for number in by_phone if "/" not in number), "")  # an online form cannot be rung
    return own or rung or ANYBODYS[purpose]


def police_and_care(site: Site) -> str:
    """Whom anybody may ring, in the middle of a sentence."""
    care = whom_to_ring(site, "social_care")
    at = care if care == ANYBODYS["social_care"] else f"children's social care on {care}"
    return f"the police on {whom_to_ring(site, 'police')}, {at}"


def not_offered(contact: Contact) -> str:
    """Why a contact of the configuration cannot be chosen or reached, as a closed word; empty if it can."""
    if contact.kind != "by_hand" and not contact.verified:
        return "not_verified"
    if contact.suspended:
        return contact.suspended
    return "" if contact.within_reach else "out_of_reach"


def as_connected(directory: Directory, connected: frozenset[str]) -> Directory:
    """The directory with every contact marked that nothing could be sent to.

    `connected` names the workspaces and tenants that we are connected to (`slack:T1`), and `mail` where mail goes out.
    """
    sites = tuple(_as_connected(site, connected) for site in directory.sites)
    return replace(directory, sites=sites, connected=connected - {"mail"})


def _as_connected(site: Site, connected: frozenset[str]) -> Site:
    def reached(contact: Contact) -> bool:
        org = contact.destination.partition("/")[0]
        place = "mail" if contact.kind == "mail" else f"{contact.kind}:{org}"
        return contact.kind == "by_hand" or place in connected

    return replace(site, contacts=tuple(replace(one, within_reach=reached(one)) for one in site.contacts))


def contact_of(site: Site, contact_id: str) -> Contact | None:
    """The usable contact with that id, or None."""
    return next((contact for contact in contacts_of(site) if contact.id == contact_id), None)


def name_of(contact: Contact) -> str:
    """How a contact is called on a screen: whom, and how; where, for those who are rung."""
    where = f": {contact.destination}" if contact.kind == "by_hand" else f" ({contact.id})"
    return f"{sort_of(contact.purpose, contact.kind)}{where}"[:LABEL_LIMIT]


def sort_of(purpose: str, kind: str) -> str:
    """Whom, and how: `Police, Slack channel`. It tells nothing of where that leads, and may stand in any message."""
    return f"{WHO[purpose]}, {HOW[kind]}"


def leads_to(contact: Contact) -> str:
    """Where whatever is sent to a contact arrives: the address, the channel and who shares it, the number.

    For leads, who are to see whom they trust, and admins. It stands in no message to a contact, in no notification and
    in no log.
    """
    if contact.kind in ("mail", "by_hand"):
        return contact.destination
    name = place_called(contact)
    organisations = ", ".join(contact.organisations)
    shared = f"shared with another organisation ({organisations})" if organisations else "shared with nobody else"
    return f"{name}, {shared}"


def place_called(contact: Contact) -> str:
    """A contact's channel by the name that its platform says, address or number by themselves.

    One that was given another name is called by both.
    """
    if contact.kind in ("mail", "by_hand"):
        return contact.destination
    if not contact.room:
        return unnamed_channel(contact.kind, contact.destination.rpartition("/")[2])
    mark = "#" if contact.kind == "slack" else ""
    before = f" (before: {mark}{contact.room})" if contact.called else ""
    return f"{mark}{contact.called or contact.room}{before}"


def unnamed_channel(platform: str, channel: str) -> str:
    """A channel of whose name its platform has not told us yet. A piece of its id shows that another is another one."""
    if platform == "slack":
        return f"a Slack channel (its name is not known yet; {channel})"
    return f"a Teams channel (its name is not known yet; {channel.removeprefix('19:')[:8]}…)"


def shown(contact: Contact, force: str = "") -> str:
    """How a contact is called where a lead or an admin reads it: whom, how, and where that leads.

    `force` is the police force to ask for, where whoever rings has to say it.
    """
    if contact.kind == "by_hand":
        return rung_as(contact, force)
    return f"{sort_of(contact.purpose, contact.kind)}: {leads_to(contact)}"


def rung_as(contact: Contact, force: str) -> str:
    """How somebody who is rung is called: whom, the number, and the force to ask for."""
    ask_for = f", {force}" if force and contact.purpose == "police" else ""
    return f"{name_of(contact)}{ask_for}"[:LABEL_LIMIT]


def option_of(contact: Contact, force: str = "") -> str:
    """The same in the width of an option. Of a long address its end is kept: the domain says whose it is."""
    if contact.kind == "by_hand":
        return rung_as(contact, force)
    short = f"{sort_of(contact.purpose, contact.kind)}: "
    if contact.kind != "mail":
        hash_sign = "#" if contact.kind == "slack" else ""
        return f"{short}{hash_sign}{contact.room}"[:LABEL_LIMIT] if contact.room else name_of(contact)
    left = LABEL_LIMIT - len(short)
    return short + (contact.destination if len(contact.destination) <= left else f"…{contact.destination[1 - left :]}")


def suggested(site: Site, result: Recommendation, now: datetime, behind: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The contacts to have chosen beforehand.

    For each agency that the recommendation names the first that is not by hand and is there now, else the phone; the
    police alone where it names none. `behind` were told before and do not know the newest facts: all of them first.
    """
    wanted = [purpose for purpose, agency in _AGENCY.items() if agency in result.agencies] or ["police"]
    chosen = [contact.id for contact in contacts_of(site) if contact.id in behind]
    for purpose in wanted:
        of_purpose = [contact for contact in contacts_of(site) if contact.purpose == purpose]
        if any(contact.id in behind for contact in of_purpose):
            continue
        of_purpose.sort(key=lambda one: 2 if not is_there(one, site, now) else int(one.kind == "by_hand"))
        chosen.extend(contact.id for contact in of_purpose[:1])
    return tuple(chosen)


def is_there(contact: Contact, site: Site, now: datetime) -> bool:
    """Whether somebody is there at that moment, as far as configuration says. Nobody is on a bank holiday."""
    hours = contact.hours
    if hours is None:
        return True
    local = now.astimezone(LONDON)
    holiday = local.date() in bank_holidays(site.nation, local.year)
    return local.weekday() in hours.days and not holiday and hours.opens <= local.time() < hours.closes


def looked_after(contact: Contact, site: Site, now: datetime) -> str:
    """What a lead should know of a contact before they choose it, in one line; empty where there is nothing."""
    said: list[str] = []
    if contact.hours is not None:
        now_there = "" if is_there(contact, site, now) else "Nobody is there now. "
        said.append(f"{now_there}There {contact.hours.words}; outside these hours: {contact.out_of_hours}.")
    if contact.review_by is not None and contact.review_by < today(now):
        whose = f" by {contact.owner}" if contact.owner else ""
        said.append(f"Not checked{whose} since it fell due on {day_told(contact.review_by)}: ring as well.")
    if contact.admins:
        said.append(ADMIN_READS)
    if contact.own_press:
        said.append(OWN_PRESS)
    return " ".join(said)


def room_of(contact: Contact, site: Site) -> Account | None:
    """Where the message goes; None for a contact by hand, to whom nothing is sent by itself.

    A Teams channel is known by its own id, which is unique in its tenant: the team's id is left out. A mailbox is known
    by its contact and a fingerprint of the address, so that no address stands in a queue and a changed one is noticed.
    """
    match contact.kind:
        case "slack":
            return Account("slack", contact.destination.partition("/")[0], contact.destination.rpartition("/")[2])
        case "teams":
            return Account("teams", contact.destination.partition("/")[0], contact.destination.rpartition("/")[2])
        case "mail":
            return Account("mail", site.id, f"{contact.id}.{sha256(contact.destination.encode()).hexdigest()[:8]}")
        case "by_hand":
            return None


def place_of(contact: Contact) -> str:
    """A fingerprint of where a contact is reached, for what and beside whom, so that a move is noticed."""
    where = (contact.purpose, contact.kind, contact.destination, contact.organisations)
    return sha256(repr(where).encode()).hexdigest()[:16]


def about(decision: int, contact: str) -> str:
    """The closed word that says which decision and contact a delivery or a button is about."""
    return f"{decision}:{contact}"


def read_about(text: str) -> tuple[int, str]:
    """The number of the decision (0 for nonsense) and the contact's id."""
    number, _, contact = text.partition(":")
    return (int(number) if number.isascii() and number.isdigit() else 0), contact


def newest_referral(case: Case, which: str, work: Work) -> Delivery | None:
    """The newest message to the contact of a decision (`about`), or None for one who is rung."""
    sent = [one for one in work.deliveries(case.id) if one.kind == "referral" and one.extra == which]
    return sent[-1] if sent else None
