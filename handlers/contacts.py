"""A site's designated contacts, as a lead chooses among them. The by-hand route is always there."""

from __future__ import annotations

from typing import Final

from handlers.case import Case
from handlers.people import Account
from handlers.ports import Delivery, Work
from handlers.sites import Contact, Site
from policy import Agency, Recommendation

BY_HAND_POLICE: Final = "police_by_phone"
BY_HAND_SOCIAL_CARE: Final = "social_care_by_phone"

_WHO: Final = {"police": "Police", "social_care": "Children's social care", "lado": "LADO"}
_HOW: Final = {"slack": "Slack channel", "teams": "Teams channel", "mail": "e-mail", "by_hand": "by phone"}
_AGENCY: Final = {"police": Agency.POLICE, "social_care": Agency.SOCIAL_CARE, "lado": Agency.LADO}


def contacts_of(site: Site) -> tuple[Contact, ...]:
    """The contacts that can be used: those that have proved themselves, and the phone where none is by hand.

    A contact by mail is not on offer in this version.
    """
    usable = [one for one in site.contacts if not not_offered(one)]
    by_hand = {contact.purpose for contact in usable if contact.kind == "by_hand"}
    if "police" not in by_hand:
        usable.append(Contact(BY_HAND_POLICE, "police", "by_hand", site.numbers.officer or "101"))
    if "social_care" not in by_hand:
        number = site.numbers.mash or "the council's children's social care"
        usable.append(Contact(BY_HAND_SOCIAL_CARE, "social_care", "by_hand", number))
    if "lado" not in by_hand and site.numbers.lado:
        usable.append(Contact("lado_by_phone", "lado", "by_hand", site.numbers.lado))
    return tuple(usable)


def not_offered(contact: Contact, orgs: frozenset[str] | None = None) -> str:
    """Why a contact of the configuration cannot be chosen or reached, as a closed word; empty if it can.

    `orgs` are the workspaces and tenants that we are connected to (`slack:T1`), where that is known.
    """
    if contact.kind == "mail":
        return "mail_comes_later"
    if contact.kind != "by_hand" and not contact.verified:
        return "not_verified"
    room = room_of(contact)
    if orgs is not None and room is not None and f"{room.platform}:{room.org}" not in orgs:
        return "out_of_reach"
    return ""


def contact_of(site: Site, contact_id: str) -> Contact | None:
    """The usable contact with that id, or None."""
    return next((contact for contact in contacts_of(site) if contact.id == contact_id), None)


def name_of(contact: Contact) -> str:
    """How a contact is called on a screen: whom, and how; where, for those who are rung."""
    where = f": {contact.destination}" if contact.kind == "by_hand" else f" ({contact.id})"
    return f"{_WHO[contact.purpose]}, {_HOW[contact.kind]}{where}"[:75]


def called(site: Site, contact_id: str) -> str:
    """The name of a contact that may have left the configuration since."""
    contact = contact_of(site, contact_id)
    return name_of(contact) if contact else contact_id


def suggested(site: Site, result: Recommendation) -> tuple[str, ...]:
    """The contacts to have chosen beforehand.

    For each agency that the recommendation names the first that is not by hand, else the phone; the police alone where
    it names none.
    """
    wanted = [purpose for purpose, agency in _AGENCY.items() if agency in result.agencies] or ["police"]
    chosen: list[str] = []
    for purpose in wanted:
        of_purpose = [contact for contact in contacts_of(site) if contact.purpose == purpose]
        of_purpose.sort(key=lambda contact: contact.kind == "by_hand")
        chosen.extend(contact.id for contact in of_purpose[:1])
    return tuple(chosen)


def room_of(contact: Contact) -> Account | None:
    """Where the message goes; None for a contact by hand, to whom nothing is sent by itself.

    A Teams channel is known by its own id, which is unique in its tenant: the team's id is left out.
    """
    match contact.kind:
        case "slack":
            return Account("slack", contact.destination.partition("/")[0], contact.destination.rpartition("/")[2])
        case "teams":
            return Account("teams", contact.destination.partition("/")[0], contact.destination.rpartition("/")[2])
        case "mail" | "by_hand":
            return None


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
