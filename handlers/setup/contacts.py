"""A site's contacts: at the police, children's social care or the LADO, of four kinds."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.contacts import OWN_PRESS, leads_to, name_of, room_of, shown
from handlers.people import Account
from handlers.screens import Button, Buttons, Caution, Form, Paragraph, Part, People, Question, TextBox
from handlers.setup import own_mailbox
from handlers.setup.admins_there import admins_in
from handlers.setup.admins_there import said as said_of_admins
from handlers.setup.at import At
from handlers.setup.contact_fields import PURPOSES, kinds, read
from handlers.setup.group_words import HOW_NAMED
from handlers.setup.keep import keep_site
from handlers.setup.refs import CHANNEL_LINK
from handlers.setup.standing import by_own_word, standing, waited_for
from handlers.setup.test_message import newest_test, send_test
from handlers.setup.test_sent import trouble_with_test
from handlers.setup.words import NOT_CONNECTED
from handlers.sites import Contact, Watched

DESTINATION: Final = (
    "{link}, a mail address, or a number. Leads see it, and are asked whether it is the right one. Signpost knows a "
    "mailbox of your own by the domains under 'Name and numbers', and by nothing else."
)
FROM_THERE: Final = {
    "slack": "A Teams channel is added from Teams: write 'admin' to Signpost there.",
    "teams": "A Slack channel is added from Slack: type /signpost admin there.",
}
"""What is said beside the kinds of contact, by the platform that somebody is on."""
MOST: Final = 12
"""Contacts of one site: what one window of deciding can offer."""


def window(at: At) -> Form:
    """Draw one contact, new or there."""
    there = _contact(at)
    contact = there or Contact("", "police", "by_hand", "")
    owner = (Account.parse(contact.owner_account),) if contact.owner_account else ()
    chosen = at.chosen("owner", owner)
    hours = contact.hours.words if contact.hours else ""
    return at.window(
        f"{at.site.name if at.site else ''}: {name_of(contact) if contact.id else 'add a contact'}",
        *_standing(contact, at),
        Question("purpose", "Who is it?", PURPOSES, "", (at.one("purpose", contact.purpose if there else ""),),
                 needed=True),
        Question("kind", "How are they reached?", kinds(at, there), FROM_THERE[at.by.platform],
                 (at.one("kind", contact.kind if there else ""),), needed=True),
        TextBox("destination", "Where?", DESTINATION.format(link=CHANNEL_LINK[at.by.platform]),
                at.text("destination", contact.destination), 300, single=True, needed=True),
        *own_mailbox.asked(at, there),
        TextBox(
            "organisations",
            "Other organisations in that channel",
            "Where it is shared with the police: their workspace's or tenant's id, one a line. Empty: nobody else.",
            at.text("organisations", "\n".join(contact.organisations)),
            300,
        ),
        People("owner", "Who looks after this entry?",
               "They hear before it has to be checked, as leads and admins do. Left empty: those alone.",
               at.as_option(chosen)),
        TextBox("hours", "When is somebody there?", "Such as Mon-Fri 08:00-16:00. Left empty: always.",
                at.text("hours", hours), 60, single=True),
        TextBox("out_of_hours", "What to do outside these hours", "Needed where hours stand above. Such as: ring 101.",
                at.text("out_of_hours", contact.out_of_hours), 75, single=True),
    )  # fmt: skip


def save(at: At) -> At:
    """Keep it and, where it is not rung by hand, send a test: until that is acknowledged nothing else goes there."""
    if at.site is None:
        return at
    before = _contact(at)
    if before is None and len(at.site.contacts) >= MOST:
        return at.wrong(("purpose", f"A site has at most {MOST} contacts. Remove one first."))
    made, errors = read(at, before, at.site)
    if errors:
        return at.wrong(*errors)
    moved = before is None or (before.purpose, before.kind, before.destination, before.organisations) != (
        made.purpose, made.kind, made.destination, made.organisations,
    )  # fmt: skip
    by_hand = made.kind == "by_hand"
    made = replace(made, admins=_admins_there(made, at, () if moved else made.admins))
    if moved:  # what was seen of the place before says nothing of this one, nor who reads there for another agency
        made = replace(made, verified=by_hand, review_by=None, suspended="", room="", told_due="", test="",
                       own_press=False)  # fmt: skip
    rest = tuple(made if one.id == made.id else one for one in at.site.contacts)
    after = replace(at.site, contacts=rest if before else (*rest, made))
    done = keep_site(at, after, "contact_changed" if before else "contact_added", made.id, _shown(made, at))
    if moved:  # behind the site, so that it is known to be of the new place
        at.work.keep_watched(at.site.id, made.id, Watched(told_owner=made.told_owner, admins=made.admins))
        done = replace(done, site=at.directory.site(at.site.id))
    sent = send_test(made.id, done) if moved and not by_hand else ""
    kept = next((one for one in done.site.contacts if one.id == made.id), made) if done.site else made
    sent = NOT_CONNECTED[made.kind] if sent and not kept.within_reach else sent  # it goes once that is mended
    return replace(done, note=" ".join(filter(None, (sent, said_of_admins(made, at.directory, at.intent.known)))))


def _admins_there(made: Contact, at: At, before: tuple[str, ...]) -> tuple[str, ...]:
    """Admins of Signpost who are in its channel, as the platform said a moment ago."""
    where = room_of(made, at.site) if at.site else None
    return admins_in(at.intent.known.rooms.get(where) if where else None, at.directory, before)


def _shown(made: Contact, at: At) -> str:
    """How it is called in what is told of it: its channel by the name that the platform gave a moment ago."""
    where = room_of(made, at.site) if at.site else None
    room = at.intent.known.rooms.get(where) if where else None
    return shown(replace(made, room=made.room or (room.name if room else "")))


def _standing(contact: Contact, at: At) -> list[Part]:
    """How a contact stands, with what can be done about it."""
    if not contact.id or at.site is None:
        return [Paragraph("A test goes to a channel or an address when you save: it says that there is no case. Once "
                          "somebody there, not of your school, presses Acknowledge, leads can choose it. Numbers need "
                          "no test. They can always ring instead.",
                          )]  # fmt: skip
    token = at.token("contact", contact.id)
    remove = Button("remove_setup", "Remove", token, ask_first=f"Remove {shown(contact)}? Leads are told.")
    again = Button("test_contact", "Send the test again", token)
    buttons = Buttons((remove,) if contact.kind == "by_hand" else (again, remove))
    said = standing(contact, test=waited_for(newest_test(at.site, contact, at.work), contact))
    if contact.kind != "by_hand":
        how_named = f" {HOW_NAMED}" if contact.kind == "teams" and not contact.room else ""
        said = f"It leads to {leads_to(contact)}.{how_named} {said}"
    admins = said_of_admins(contact, at.directory, at.intent.known)
    if contact.kind == "by_hand" or (contact.verified and not contact.suspended):
        more = [*filter(None, (admins, OWN_PRESS if by_own_word(contact) else ""))]
        return [Caution("\n".join((said, *more))) if more else Paragraph(said), buttons]
    trouble = trouble_with_test(at.site, contact, at.work)
    return [Caution("\n".join(filter(None, (said, trouble, admins)))), buttons]


def _contact(at: At) -> Contact | None:
    return next((one for one in at.site.contacts if one.id == at.item), None) if at.site else None
