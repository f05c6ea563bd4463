"""What an admin reads of what the bot found out: what they are to do about it, and the button that opens it.

Leads read of the same thing that they ring meanwhile. An admin rings nobody, and is the one whom leads are sent to.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.changes import Change
from handlers.clocks import told
from handlers.intents import Subject
from handlers.people import Directory
from handlers.ports import Work
from handlers.screens import Bullets, Button, Buttons, Heading, Line, Message, Paragraph, Part, Small
from handlers.setup.way_out import IN_FILE, LAPSED, RING, why_out
from handlers.sites import Contact, Site

_ENTERS: Final = frozenset({"contact_added", "contact_changed"})
_LATELY: Final = 60


def looks_after(site: Site, contact: Contact, work: Work) -> tuple[str, ...]:
    """Whoever looks after a contact, and whoever entered it last: they wait for its acknowledgement."""
    entered = next(
        (
            one.by
            for one in work.changes(_LATELY)
            if (one.site, one.about) == (site.id, contact.id) and one.what in _ENTERS and one.by is not None
        ),
        None,
    )
    return tuple(filter(None, (contact.owner_account, str(entered or ""))))


def line(change: Change, otherwise: str, directory: Directory) -> str:
    """A change in a sentence, with what to do; what is said to others where an admin has nothing else to do."""
    site = directory.site(change.site)
    in_file, about = site is not None and site.declared, change.about_name or change.about
    match change.what:
        case "contact_suspended" | "contact_lapsed":
            why = LAPSED if change.what == "contact_lapsed" else change.why
            said = why_out(Contact("", "police", "slack", "", suspended=why), in_file=in_file)
            return f"A contact is out of use: {about}. {said}{'' if said.endswith(RING) else f' {RING}'}"
        case "contact_due":
            do = IN_FILE[LAPSED] if in_file else "Send the test again, and have it acknowledged by then."
            return f"A contact has to be checked soon: {about}. {do}"
        case "contact_silent":
            do = "Ask them whether it has arrived. If not, look at where it went, and send the test again."
            return f"A contact waits to be acknowledged: {about} {do} {RING}"
        case _:
            return otherwise


def message(said: tuple[str, str], lines: Sequence[str], changes: Sequence[Change], directory: Directory) -> Message:
    """Draw what the bot found out for an admin. `said` is the notification, and the heading."""
    summary, heading = said
    texts = [line(one, otherwise, directory) for one, otherwise in zip(changes, lines, strict=True)]
    whole: Part = Paragraph(texts[0]) if len(texts) == 1 else Bullets(tuple(map(Line, texts)))
    when = Small(f"At {told(changes[-1].at)}. No case.")
    return Message(summary, (Heading(heading), whole, Buttons((_opens(changes, directory),)), when))


def _opens(changes: Sequence[Change], directory: Directory) -> Button:
    """The way to where it is put right: the contact's own window, the page of its site, or all sites."""
    one = changes[-1]
    site = directory.site(one.site)
    if site is None or len({each.site for each in changes}) > 1:
        return Button("show_admin", "Set up Signpost", opens_form=True, main=True)
    there = len(changes) == 1 and not site.declared and any(contact.id == one.about for contact in site.contacts)
    place, label, item = ("contact", "Open the contact", one.about) if there else ("overview", "Open the site", "")
    token = Subject("site", site.id, place, site.rev, item).write()
    return Button("edit_setup", label, token, opens_form=True, main=True)
