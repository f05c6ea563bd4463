"""The leads of a site, in the order in which they are asked."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Final

from handlers.people import Account, is_group
from handlers.screens import Bullets, Caution, Form, Line, Option, Paragraph, Part, People, Question, Small, TextBox
from handlers.setup.alone import NEW, leads_beside, only_an_admin
from handlers.setup.at import At
from handlers.setup.group_words import NAMED_ALONE, entry, in_a_row, leads_are_staff, nameless, to_name
from handlers.setup.keep import Rights, keep_site, made, ref_seen_as
from handlers.setup.leaving import take_out
from handlers.setup.people import first_not_fit, groups
from handlers.setup.refs import GROUP_ID
from handlers.setup.tell import LATELY
from handlers.sites import Site

SURE: Final = "sure"
LOOK: Final = "Look at who that is. If these are the leads, choose 'Yes' and press Add again."
NO: Final = "no-"
"""Before the word for who was shown. Without a second answer, Slack would want a yes to the wrong people: it sends no
window in which a question that needs an answer has none."""
NOT_THEM: Final = (
    "You said that these are not the leads. Name another group above, or empty the box, and press Add again."
)
ALREADY: Final = "They lead here already, so nothing was added. Choose somebody else, or go back without saving."
ADD_ANOTHER: Final = "Add another lead."
MOST: Final = 25
"""Entries of one site: what one window can show."""
WHERE: Final = (
    Option("first", "Asked first"), Option("up", "One place earlier"), Option("down", "One place later"),
    Option("last", "Asked last"), Option("out", "Not a lead any more"),
)  # fmt: skip


def add_window(at: At) -> Form:
    """Draw the window in which leads are added."""
    name = at.site.name if at.site else ""
    return at.window(
        f"{name}: add leads",
        Paragraph(
            "The safeguarding lead and the deputies. They are told of every incident here and see every case, so they "
            "and the other leads are told of this change."
        ),
        People(
            "people",
            "People",
            "They are asked after those who lead here already. The next page shows the order; 'Change' beside a name "
            "moves it.",
            at.as_option(at.chosen("people")),
            several=True,
        ),
        TextBox(
            "groups",
            "Or a group",
            f"One a line: {GROUP_ID[at.by.platform]}, or a private channel's link. Whoever leaves the group is "
            "not a lead any more.",
            at.text("groups"),
        ),
        *_who_is_in_them(at),
        save="Add",
    )


def add(at: At) -> At:
    """Keep them behind those who are there."""
    if at.site is None:
        return at
    people = at.chosen("people")
    found, wrong = groups("groups", at)
    not_fit = first_not_fit(people, at)
    if wrong or not_fit:
        return at.wrong(*((("people", not_fit),) if not_fit else ()), *((("groups", wrong),) if wrong else ()))
    new = [ref for ref in (*map(str, people), *found) if ref not in at.site.leads]
    if not people and not found:
        return at.wrong(("people", "Choose at least one person, or name a group."))
    if not new:
        return at.wrong(*((field, ALREADY) for field, filled in (("people", people), ("groups", found)) if filled))
    if len(at.site.leads) + len(new) > MOST:
        return at.wrong(
            ("people", f"At most {MOST} people and groups lead a site. Put more into a group, and name that.")
        )
    to_look_at = _new(found, at)
    if to_look_at and (seen := _seen(to_look_at, at)) != at.one(SURE):
        return at.wrong((SURE, NOT_THEM if at.one(SURE) == f"{NO}{seen}" else LOOK))
    after = replace(at.site, leads=(*at.site.leads, *new))
    rights = Rights(tuple(new), others=made([ref for ref in new if not _is_admin_here(ref, at)], at))
    done = keep_site(at, after, "lead_added", about_name=made(new, at), rights=rights)
    return replace(done, note=_what_admins_are(new, after, at))


def said_of_added(at: At) -> str:
    """What the admin reads of those whom this window has added."""
    new = [*map(str, at.chosen("people")), *groups("groups", at)[0]]
    return _what_admins_are(new, at.site, at) if at.site else ""


def _what_admins_are(new: list[str], site: Site, at: At) -> str:
    """That an admin is a lead now, and what nobody else sees where they lead alone; empty where neither is so."""
    known, directory = at.intent.known.groups, at.directory
    accounts = [one for ref in new for one in (known.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]
    admins = [one for one in accounts if directory.is_admin(one)]
    if not admins:
        return ""
    names = in_a_row(list(dict.fromkeys(at.name(one) for one in admins)))
    said = (
        f"{names} {'is an admin' if len(admins) == 1 else 'are admins'}, and sees every case of this site from now on."
    )
    if only_an_admin(site, directory, known):
        told = "the leads of the other sites here are told" if leads_beside(site, at.work) else "nobody else is told"
        return f"{said} Nobody else leads here, so {told}. {ADD_ANOTHER}"
    newest = next((one for one in at.work.changes(LATELY) if one.site == site.id), None)
    if newest is not None and newest.why == NEW:
        return f"{said} The other leads are told so, and so are the leads of the other sites here."
    return f"{said} The other leads are told so."


def _is_admin_here(ref: str, at: At) -> bool:
    """Whether an entry is the admin who presses."""
    return not is_group(ref) and at.directory.same_person(Account.parse(ref), at.by)


def _who_is_in_them(at: At) -> tuple[Part, ...]:
    """Who would lead by the groups that were typed, to be looked at before they do."""
    found, wrong = groups("groups", at) if at.typed is not None else ((), "")
    found = _new(found, at)
    if not found or wrong:
        return ()
    warning = leads_are_staff((*(at.site.leads if at.site else ()), *found), at.site.staff if at.site else (), at)
    yes = Option(_seen(found, at), "Yes, each of them is one")
    no = Option(f"{NO}{yes.value}", "No: what counts is the box above, as I have changed it")
    return (
        Bullets(tuple(Line(entry(ref, at, most=NAMED_ALONE)) for ref in found)),
        *((Small(how_named),) if (how_named := to_name(found, at)) else ()),
        *((Caution(unread),) if (unread := nameless(found, at)) else ()),
        *((Caution(warning),) if warning else ()),
        Question(SURE, "Are these the safeguarding leads?", (yes, no), "Each of them sees every case.",
                 (at.one(SURE),) if at.one(SURE) in (yes.value, no.value) else (), needed=True),
    )  # fmt: skip


def _new(found: tuple[str, ...], at: At) -> tuple[str, ...]:
    """The groups that do not lead yet: of the others nobody has to say who they are."""
    return tuple(ref for ref in found if at.site is None or ref not in at.site.leads)


def _seen(found: tuple[str, ...], at: At) -> str:
    """A word for these groups with who is in them now: whoever is in one since it was shown has to be looked at too."""
    known = at.intent.known.groups
    whole = "\n".join(f"{ref} {' '.join(sorted(map(str, known.get(ref, ()))))}" for ref in sorted(found))
    return sha256(whole.encode()).hexdigest()[:16]


def one_window(at: At) -> Form:
    """Draw the window of one lead: where they stand, or that they are none any more."""
    name = at.site.name if at.site else ""
    return at.window(
        f"{name}: {entry(at.item, at)}",
        *((Small(how_named),) if (how_named := to_name((at.item,), at)) else ()),
        Question(
            "move",
            "What should change?",
            WHERE,
            "The others are told.",
            (at.one("move"),) if at.one("move") else (),
            needed=True,
        ),
    )


def move(at: At) -> At:
    """Move one, or take them out."""
    site = at.site
    if site is None or at.item not in site.leads:
        return at
    leads = [ref for ref in site.leads if ref != at.item]
    place = site.leads.index(at.item)
    match at.one("move"):
        case "first":
            leads.insert(0, at.item)
        case "up":
            leads.insert(max(place - 1, 0), at.item)
        case "down":
            leads.insert(place + 1, at.item)
        case "last":
            leads.append(at.item)
        case "out":
            return take_out(at, site)
        case _:
            return at.wrong(("move", "Choose one."))
    moved = replace(site, leads=tuple(leads))
    return keep_site(at, moved, "lead_moved", about=at.item, about_name=ref_seen_as(at.item, at))
