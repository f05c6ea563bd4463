"""What an admin sees first: what is still to do, the sites, the people; and everything of one site."""

from __future__ import annotations

from typing import Final

from handlers.changes import Change
from handlers.clocks import told
from handlers.contacts import name_of
from handlers.intents import Subject
from handlers.raising.pages import TITLE
from handlers.screens import Bullets, Button, Buttons, Caution, Form, Heading, Item, Line, Paragraph, Part, Rows, Small
from handlers.setup import checklist, for_admins, particulars, raising_here, stand_ins
from handlers.setup.about_site import name_and_numbers, social_care
from handlers.setup.at import At
from handlers.setup.clock_fields import slow
from handlers.setup.group_words import entry, in_a_row, leads_are_staff
from handlers.setup.paging import page_at, page_of, turns
from handlers.setup.removal import held_up
from handlers.setup.seen import Seen
from handlers.setup.standing import line as line_of
from handlers.setup.standing import tests_of
from handlers.setup.state import by_urgency, state
from handlers.setup.told import called, line
from handlers.setup.words import BY_A_TEST, blind, emergency_first
from handlers.sites import Contact, Site

NO_CASE: Final = "Admins see no case. What you change is recorded, and leads are told where it concerns them."
AS_A_LEAD: Final = "You are a lead of {sites} besides, and see the cases there as every lead does."
IN_FILE: Final = "This site stands in the file that SIGNPOST_CONFIG names, and is changed there."
REMOVE: Final = "Remove the site {name}? Nobody can raise an incident there any more. Its cases stay."
AS_OF: Final = "As of {now}. To see it anew, write admin to Signpost; in Slack, type /signpost admin."
"""On Teams this is a card, which stays in the chat while others go on."""
NEWEST: Final = 8
TODO: Final = 8
STAFF: Final = 8
"""Groups and people who may raise that are named on the page of their site."""
SITES: Final = 20
"""Sites in one window."""


def home(at: At) -> Form:
    """Draw the first window, or a further one where there are more sites than one can show."""
    parts: list[Part] = [emergency_first(), *at.noted]
    parts += [Heading("Set up Signpost"), Paragraph(_no_case(at)), Small(AS_OF.format(now=told(at.work.now)))]
    parts += [Caution(blind(place, why)) for place, why in sorted(at.directory.blind.items())]
    done, todo = checklist.of(at.directory, at.read_once, tests_of(at.work))
    page = page_at(at, "sites", len(at.directory.sites), SITES)
    if todo and not page:
        parts.append(Heading("Still to do"))
        parts += [_todo(one, at) for one in todo[:TODO]]
        if len(todo) > TODO:
            parts.append(Small(f"And {len(todo) - TODO} more: each moves up when one above is done."))
    if done and not page:
        parts.append(Bullets(tuple(Line(f"Done: {one}") for one in done)))
    parts += _sites(at, page)
    new = Subject("site", "", "site").write()
    add = Button("edit_setup", "Add a site", new, opens_form=True, main=not at.directory.sites)
    people = Button("edit_setup", "People and admins", Subject("site", "", "people").write(), opens_form=True)
    parts.append(Buttons((add, people)))
    if page:
        return Form(TITLE, tuple(parts))
    if changes := at.work.changes(NEWEST):
        parts.append(Heading("Last changes"))
        parts.append(Bullets(tuple(Line(_in_full(one, at), told(one.at)) for one in changes)))
    return Form(TITLE, tuple(parts))


def _no_case(at: At) -> str:
    """What an admin sees of cases: nothing, but for the sites that they lead themselves."""
    led = [site.name for site in at.directory.sites if at.directory.is_lead(at.by, site, at.intent.known)]
    return f"{NO_CASE} {AS_A_LEAD.format(sites=in_a_row(led[:SITES]))}" if led else NO_CASE


def _todo(one: checklist.Todo, at: At) -> Part:
    return Item(one.title, one.why, at.go(one.label, one.section, one.item, site=one.site))


def _sites(at: At, page: int) -> list[Part]:
    """Those of one page, the ones that need somebody first, and the way to the other pages."""
    groups = at.read_once
    sites = by_urgency(at.directory.sites, groups, at.directory)
    shown, count = page_of(sites, SITES, page)
    parts: list[Part] = [Heading("Sites" if count == 1 else f"Sites: page {page + 1} of {count}")]
    parts += [
        Item(site.name, state(site, groups, at.directory), at.go("Open", "overview", site=site)) for site in shown
    ]
    return [*parts, *turns("sites", page, count)]


def one_site(at: At) -> Form:
    """Draw everything of one site, with a way into each subject."""
    site = at.site
    if site is None:
        return home(at)
    parts: list[Part] = [emergency_first(), *at.noted, *at.below]
    parts.append(Heading(site.name))
    if site.declared:
        parts.append(Small(IN_FILE))
    if none := raising_here.why_not(site, at.read_once):
        said_of = f"Nobody but leads can raise an incident here: {none}."
        parts.append(Caution(f"{said_of} {raising_here.ways_out(site, at.directory)}"))
    if todo := checklist.of_site(site, at.read_once, directory=at.directory):
        in_file = [one.what for one in todo if checklist.in_the_file(one)]
        here = [one.what for one in todo if not checklist.in_the_file(one)]
        said = (("here", here), ("in the file", in_file))
        parts += [Paragraph(f"Still to do {where}: {'; '.join(whats)}.") for where, whats in said if whats]
    parts += _about(site, at)
    parts += _leads(site, at)
    parts += _contacts(site, at)
    back = Button("show_admin", "Back to all sites", opens_form=True)
    if site.declared:
        parts.append(Buttons((back,)))
    elif wait := held_up(site, at.work):
        parts += [Buttons((back,)), *((Small(wait),) if at.note != wait else ())]
    else:
        parts.append(
            Buttons(
                (
                    back,
                    Button(
                        "remove_setup", "Remove this site", at.token("site"), ask_first=REMOVE.format(name=site.name)
                    ),
                )
            )
        )
    return Form(TITLE, tuple(parts))


def _about(site: Site, at: At) -> list[Part]:
    open_to_all = "Every full member: name your staff, since pupils often share the workspace or tenant."
    who = "; ".join(entry(ref, at) for ref in site.staff[:STAFF]) if site.staff else open_to_all
    if len(site.staff) > STAFF:
        who = f"{who}; and {len(site.staff) - STAFF} more"
    two = "Two people decide." if site.requires_two_people else "A lead may decide alone on what they raised."
    rules = f"{two} A filed case is to be kept {site.retention_months} months; not done by itself yet."
    rows = (
        ("Name and numbers", name_and_numbers(site, at.directory), "site"),
        ("Who may raise", who, "staff"),
        ("Clocks and rules", "\n".join((rules, *slow(site.clocks))), "rules"),
    )
    return [_row(label, text, section, at) for label, text, section in rows]


def _row(label: str, text: str, section: str, at: At) -> Part:
    if at.site is not None and at.site.declared:
        return Rows(((label, text),))
    return Item(label, text, at.go("Change", section))


def _leads(site: Site, at: At) -> list[Part]:
    parts: list[Part] = [Heading("Leads, in the order in which they are asked")]
    named = [(ref, entry(ref, at, name=at.name_and_role)) for ref in site.leads]
    if warning := leads_are_staff(site.leads, site.staff, at):
        parts.append(Caution(warning))
    if site.declared:
        parts.append(Paragraph("\n".join(f"{place}. {name}" for place, (_, name) in enumerate(named, 1))))
        parts.extend(Small(stand_ins.said(one, at)) for one in site.stand_ins)
        return parts
    parts += [Item(f"{place}. {name}", "", at.go("Change", "lead", ref)) for place, (ref, name) in enumerate(named, 1)]
    parts += [stand_ins.row(one, at) for one in site.stand_ins]
    add = at.go("Add leads", "leads", main=not site.leads)
    parts.append(Buttons((add, at.go("Add a stand-in", "stand_in")) if site.leads else (add,)))
    return parts


def _contacts(site: Site, at: At) -> list[Part]:
    parts: list[Part] = [Heading("Contacts")]
    if not site.contacts:
        parts.append(Paragraph(f"None yet. Leads ring 101 or {social_care(site)}: that way is always there."))
    if site.declared:
        return [*parts, *(_of_the_file(one, site, at) for one in site.contacts)]
    test = tests_of(at.work)
    parts += [
        Item(name_of(one), _in_full_of(one, line_of(one, test=test(site, one).said), at),
             at.go("Change", "contact", one.id))
        for one in site.contacts
    ]  # fmt: skip
    parts.append(Buttons((at.go("Add a contact", "contact"),)))
    return parts


def _of_the_file(contact: Contact, site: Site, at: At) -> Part:
    """A contact of the CONFIG file: how it stands and, where a test can put it right, a button for one."""
    how = line_of(contact, in_file=True, test=tests_of(at.work)(site, contact).said)
    said = _in_full_of(contact, how, at)
    if contact.suspended not in BY_A_TEST:
        return Rows(((name_of(contact), said),))
    return Item(name_of(contact), said, Button("test_contact", "Send a test", at.token("contact", contact.id)))


def _in_full_of(contact: Contact, how: str, at: At) -> str:
    """Where a contact leads and how it stands; below that who looks after it, its hours and its review date."""
    return f"{how}\n{particulars.of(contact, at.name, said=how)}"


def _in_full(change: Change, at: At) -> str:
    """A change with its site, also one that was removed since."""
    site = called(change, at.directory)
    seen = Seen(at.directory, at.intent.known).change(change)
    said = for_admins.line(seen, line(seen), at.directory)
    return f"{site}: {said}" if site else said
