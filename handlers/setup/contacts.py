"""A site's contacts: at the police, children's social care or the LADO, of four kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.clocks import day_told
from handlers.contacts import name_of, room_of
from handlers.mail_domains import doubt
from handlers.people import Account
from handlers.screens import Button, Buttons, Caution, Form, Option, Paragraph, Part, People, Question, TextBox
from handlers.setup.at import At
from handlers.setup.keep import keep_site
from handlers.setup.people import not_fit
from handlers.setup.refs import channel
from handlers.setup.test_message import send_test
from handlers.setup.words import DOUBTFUL, OUT_OF_USE, WRONG_ROOM
from handlers.sites import Contact, Site, read_hours

PURPOSES: Final = (
    Option("police", "Police"), Option("social_care", "Children's social care"), Option("lado", "LADO"),
)  # fmt: skip
KINDS: Final = (
    Option("slack", "A private Slack channel"), Option("teams", "A Teams channel"), Option("mail", "An e-mail address"),
    Option("by_hand", "A phone number, rung by a lead"),
)  # fmt: skip
DESTINATION: Final = "A channel's link, a mail address, or a number."
MOST: Final = 12
"""Contacts of one site: what one window of deciding can offer."""


def window(at: At) -> Form:
    """Draw one contact, new or there."""
    contact = _contact(at) or Contact("", "police", "by_hand", "")
    owner = (Account.parse(contact.owner_account),) if contact.owner_account else ()
    chosen = at.chosen("owner") if "owner" in at.typed else owner
    hours = contact.hours.words if contact.hours else ""
    return at.window(
        f"{at.site.name if at.site else ''}: {name_of(contact) if contact.id else 'add a contact'}",
        *_standing(contact, at),
        Question("purpose", "Who is it?", PURPOSES, "", (at.one("purpose", contact.purpose),)),
        Question("kind", "How are they reached?", KINDS, "", (at.one("kind", contact.kind),)),
        TextBox("destination", "Where?", DESTINATION, at.text("destination", contact.destination), 300, single=True),
        TextBox(
            "organisations",
            "Other organisations in that channel",
            "Where it is shared with the police: their workspace's or tenant's id, one a line. Empty: nobody else.",
            at.text("organisations", "\n".join(contact.organisations)),
            300,
        ),
        People("owner", "Who looks after this entry?", "They hear before it has to be checked.", at.as_option(chosen)),
        TextBox("hours", "When is somebody there?", "Such as Mon-Fri 08:00-16:00. Left empty: always.",
                at.text("hours", hours), 40, single=True),
        TextBox("out_of_hours", "What to do outside these hours", "Such as: ring 101.",
                at.text("out_of_hours", contact.out_of_hours), 75, single=True),
    )  # fmt: skip


def save(at: At) -> At:
    """Keep it and, where it is not rung by hand, send a test: until that is acknowledged nothing else goes there."""
    if at.site is None:
        return at
    before = _contact(at)
    if before is None and len(at.site.contacts) >= MOST:
        return at.wrong(("purpose", f"A site has at most {MOST} contacts. Remove one first."))
    made, errors = _read(at, before, at.site)
    if errors:
        return at.wrong(*errors)
    moved = before is None or (before.kind, before.destination, before.organisations) != (
        made.kind, made.destination, made.organisations,
    )  # fmt: skip
    by_hand = made.kind == "by_hand"
    made = replace(made, verified=by_hand or (made.verified and not moved))
    rest = tuple(made if one.id == made.id else one for one in at.site.contacts)
    after = replace(at.site, contacts=rest if before else (*rest, made))
    done = keep_site(at, after, "contact_changed" if before else "contact_added", made.id, name_of(made))
    if moved and not by_hand and done.site is not None:
        send_test(made.id, done)
    return done


def _read(at: At, before: Contact | None, site: Site) -> tuple[Contact, list[tuple[str, str]]]:
    errors: list[tuple[str, str]] = []
    purpose, kind = at.one("purpose"), at.one("kind")
    if purpose not in {one.value for one in PURPOSES}:
        errors.append(("purpose", "Choose one of the three."))
    if kind not in {one.value for one in KINDS}:
        errors.append(("kind", "Choose one of the four."))
    organisations = at.lines("organisations")
    destination, wrong = _destination(at, kind, before)
    if wrong:
        errors.append(("destination", wrong))
    owner = at.chosen("owner")[:1]
    if owner and (why := not_fit(owner[0], at)):
        errors.append(("owner", why))
    try:
        hours = read_hours(at.text("hours"))
    except ValueError as unread:
        hours = None
        errors.append(("hours", f"This {unread}."))
    if hours is not None and not at.text("out_of_hours"):
        errors.append(("out_of_hours", "Say what to do outside these hours, such as: ring 101."))
    base = before or Contact(_new_id(purpose, kind, site), "police", "by_hand", "")
    made = replace(
        base, purpose=purpose, kind=kind, destination=destination, organisations=organisations, hours=hours,  # type: ignore[arg-type]
        out_of_hours=at.text("out_of_hours"),
        owner=at.name(owner[0]) if owner else "", owner_account=str(owner[0]) if owner else "",
    )  # fmt: skip
    return made, errors


def _destination(at: At, kind: str, before: Contact | None) -> tuple[str, str]:
    """Where to, as configuration writes it, and what is wrong with it."""
    text = at.text("destination")
    if not text:
        return "", "Write where they are reached."
    match kind:
        case "slack" | "teams":
            if before is not None and (before.kind, before.destination) == (kind, text):
                where, wrong = text, ""
            elif at.by.platform != kind:
                other = "Slack" if kind == "slack" else "Teams"
                return "", f"Add a contact in {other} from {other}: write to Signpost there."
            else:
                where, wrong = channel(text, at.by)
            return (where, "") if not wrong and not (wrong := _room_wrong(where, kind, at)) else ("", wrong)
        case "mail":
            return (text, "") if not (wrong := _mail_wrong(text, at)) else ("", wrong)
        case _:
            return (text, "") if len(text) <= 75 else ("", "Use at most 75 characters.")  # noqa: PLR2004  # a label's


def _room_wrong(where: str, kind: str, at: At) -> str:
    room = room_of(Contact("", "police", kind, where), at.site or Site("", "", "england", ()))  # type: ignore[arg-type]
    found = at.intent.known.rooms.get(room) if room else None
    if found is None:
        return "This channel could not be looked at just now. Nothing is lost: press Save again in a minute."
    return WRONG_ROOM.get(found.why_not, WRONG_ROOM["other"]) if found.why_not else ""


def _mail_wrong(address: str, at: At) -> str:
    name, _, domain = address.rpartition("@")
    if not name or "." not in domain or any(one in address for one in " <>,;\"'") or not address.isascii():
        return "This is no mail address."
    if at.intent.known.own_domain and domain.lower() == at.intent.known.own_domain.lower():
        return "This is an address of your own school. Enter the one that the police or the council gave you."
    return DOUBTFUL[doubt(address)]


def _standing(contact: Contact, at: At) -> list[Part]:
    """How a contact stands, with what can be done about it."""
    if not contact.id or at.site is None:
        return [Paragraph("A test goes there when you save: it says that there is no case. Once somebody presses "
                          "Acknowledge, leads can choose this contact. They can always ring instead.")]  # fmt: skip
    token = at.token("contact", contact.id)
    remove = Button("remove_setup", "Remove", token, ask_first="Remove this contact? Leads are told.")
    again = Button("test_contact", "Send the test again", token)
    buttons = Buttons((remove,) if contact.kind == "by_hand" else (again, remove))
    said = standing(contact)
    return [Caution(said) if contact.suspended or not contact.verified else Paragraph(said), buttons]


def standing(contact: Contact) -> str:
    """How a contact stands, in a sentence: in use, waiting, or out of use and why."""
    if contact.suspended:
        return f"Out of use. {OUT_OF_USE.get(contact.suspended, OUT_OF_USE['other'])}"
    if not contact.verified:
        return "Waiting: nobody there has acknowledged the test yet. Leads ring until then."
    if not contact.within_reach:
        return "Out of reach: the platform or the mail that it needs is not connected."
    if contact.kind == "by_hand":
        return "In use: a lead rings."
    until = f" To be checked again by {day_told(contact.review_by)}." if contact.review_by else ""
    return f"In use.{until}"


def _contact(at: At) -> Contact | None:
    return next((one for one in at.site.contacts if one.id == at.item), None) if at.site else None


def _new_id(purpose: str, kind: str, site: Site) -> str:
    taken = {one.id for one in site.contacts}
    word = f"{purpose}-{kind}".replace("_", "-")
    return next(one for one in (word, *(f"{word}-{number}" for number in range(2, 99))) if one not in taken)
