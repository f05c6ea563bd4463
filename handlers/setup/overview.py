"""What an admin sees first: what is still to do, the sites, the people; and everything of one site."""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.clocks import told
from handlers.contacts import name_of
from handlers.intents import Subject
from handlers.pages import TITLE
from handlers.people import Account
from handlers.screens import Bullets, Button, Buttons, Caution, Form, Heading, Item, Line, Paragraph, Part, Small
from handlers.setup import checklist, contacts, leads, stand_ins
from handlers.setup.at import At
from handlers.setup.state import state
from handlers.setup.told import line
from handlers.sites import Site

NO_CASE: Final = "Admins see no case. What you change is recorded, and leads are told where it concerns them."
IN_FILE: Final = "This site stands in the file that SIGNPOST_CONFIG names, and is changed there."
NEWEST: Final = 8


def home(at: At) -> Form:
    """Draw the first window."""
    parts: list[Part] = [words.emergency_first(), *((Caution(at.note),) if at.note else ())]
    parts += [Heading("Set up Signpost"), Paragraph(NO_CASE)]
    done, todo = checklist.of(at.directory)
    if todo:
        parts.append(Heading("Still to do"))
        parts += [Item(one.what, one.why, at.go("Do it", one.section, one.item, site=one.site)) for one in todo[:8]]
    if done:
        parts.append(Bullets(tuple(Line(f"Done: {one}") for one in done)))
    parts.append(Heading("Sites"))
    parts += [Item(site.name, state(site), at.go("Open", "overview", site=site)) for site in at.directory.sites[:40]]
    new = Subject("site", "", "site").write()
    add = Button("edit_setup", "Add a site", new, opens_form=True, main=not at.directory.sites)
    people = Button("edit_setup", "People and admins", Subject("site", "", "people").write(), opens_form=True)
    parts.append(Buttons((add, people)))
    if changes := at.work.changes(NEWEST):
        parts.append(Heading("Last changes"))
        parts.append(Bullets(tuple(Line(f"{_where(one.site, at)}{line(one)}", told(one.at)) for one in changes)))
    return Form(TITLE, tuple(parts))


def one_site(at: At) -> Form:
    """Draw everything of one site, with a way into each subject."""
    site = at.site
    if site is None:
        return home(at)
    parts: list[Part] = [words.emergency_first(), *((Caution(at.note),) if at.note else ()), Heading(site.name)]
    if site.declared:
        parts.append(Small(IN_FILE))
    parts += _about(site, at)
    parts += _leads(site, at)
    parts += _contacts(site, at)
    back = Button("show_admin", "Back to all sites", opens_form=True)
    remove = Button(
        "remove_setup", "Remove this site", at.token("site"),
        ask_first="Remove the site? Nobody can raise an incident there any more. Its cases stay.",
    )  # fmt: skip
    parts.append(Buttons((back,) if site.declared else (back, remove)))
    return Form(TITLE, tuple(parts))


def _about(site: Site, at: At) -> list[Part]:
    numbers = ", ".join(one for one in (site.phone, site.force) if one) or "No switchboard yet."
    who = "named groups and people" if site.staff else "every full member: name your staff, since pupils may share it"
    two = "two people decide" if site.requires_two_people else "a lead may decide alone on what they raised"
    rows = (
        ("Name and numbers", numbers, "site"),
        ("Who may raise", who, "staff"),
        ("Clocks and rules", f"{two}; kept {site.retention_months} months", "rules"),
    )
    return [_row(label, text, section, at) for label, text, section in rows]


def _row(label: str, text: str, section: str, at: At) -> Part:
    if at.site is not None and at.site.declared:
        return Bullets((Line(label, text),))
    return Item(label, text, at.go("Change", section))


def _leads(site: Site, at: At) -> list[Part]:
    parts: list[Part] = [Heading("Leads, in the order in which they are asked")]
    named = [(ref, leads.label(ref, at)) for ref in site.leads]
    if site.declared:
        parts.append(Bullets(tuple(Line(f"{place}. {name}") for place, (_, name) in enumerate(named, 1))))
        parts.extend(Small(stand_ins.said(one, at)) for one in site.stand_ins)
        return parts
    parts += [Item(f"{place}. {name}", "", at.go("Change", "lead", ref)) for place, (ref, name) in enumerate(named, 1)]
    parts += [
        Item("Stands in", stand_ins.said(one, at), _take_out(number, at)) for number, one in enumerate(site.stand_ins)
    ]
    add = at.go("Add leads", "leads", main=not site.leads)
    parts.append(Buttons((add, at.go("Add a stand-in", "stand_in")) if site.leads else (add,)))
    return parts


def _take_out(number: int, at: At) -> Button:
    return Button("remove_setup", "Take out", at.token("stand_in", str(number)), ask_first="Take this stand-in out?")


def _contacts(site: Site, at: At) -> list[Part]:
    parts: list[Part] = [Heading("Contacts")]
    if not site.contacts:
        parts.append(Paragraph("None yet. Leads ring 101 or children's social care: that way is always there."))
    if site.declared:
        parts += [Bullets((Line(name_of(one), contacts.standing(one)),)) for one in site.contacts]
        return parts
    parts += [Item(name_of(one), contacts.standing(one), at.go("Change", "contact", one.id)) for one in site.contacts]
    parts.append(Buttons((at.go("Add a contact", "contact"),)))
    return parts


def people(at: At) -> Form:
    """Draw who is who, and who the admins are."""
    parts: list[Part] = [words.emergency_first(), *((Caution(at.note),) if at.note else ())]
    parts.append(Heading("Accounts that are one person"))
    for person in at.directory.persons[:30]:
        name = person.name or str(person.accounts[0])
        text = ", ".join(one for one in (person.role, person.phone, f"{len(person.accounts)} accounts") if one)
        if person.declared:
            parts.append(Bullets((Line(name, f"{text}; in the CONFIG file"),)))
        else:
            parts.append(Item(name, text, at.go("Change", "person", str(person.accounts[0]))))
    parts.append(Buttons((at.go("Add a person", "person"),)))
    parts.append(Heading("Admins"))
    for account in sorted(at.directory.admins)[:30]:
        if account in at.directory.first_admins:
            parts.append(Bullets((Line(at.name(account), "named by SIGNPOST_ADMINS"),)))
        else:
            parts.append(Item(at.name(account), "", _no_admin(account, at)))
    parts.append(Buttons((at.go("Add admins", "admin"), Button("show_admin", "Back to all sites", opens_form=True))))
    return Form(TITLE, tuple(parts))


def _no_admin(account: Account, at: At) -> Button:
    token = at.token("admin", str(account))
    return Button("remove_setup", "Take out", token, ask_first="No admin any more?")


def _where(site_id: str, at: At) -> str:
    site = at.directory.site(site_id)
    return f"{site.name}: " if site else ""
