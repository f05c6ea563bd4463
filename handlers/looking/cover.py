"""Who is covering: who leads at a site today, who stands in until when, and how each is reached."""

from __future__ import annotations

from datetime import date
from typing import Final

from handlers import words
from handlers.clocks import day_told, today
from handlers.intents import Intent
from handlers.people import Account, Directory, Known, is_group
from handlers.ports import Work
from handlers.screens import Bullets, Heading, Line, Message, Paragraph, Part, Screen, Small
from handlers.sites import Site, StandIn
from handlers.telling.tell import unread

NAMELESS: Final = "{who}; reached by Signpost on {on}, which does not say their name just now"
"""Of somebody of whom no name is known: what else is, and how they are reached all the same."""
PLATFORMS: Final = {"slack": "Slack", "teams": "Teams", "mail": "e-mail"}


def show_cover(intent: Intent, work: Work) -> Screen:
    """Say who is covering at every site that is theirs: to raise at, to lead, or to look after as an admin."""
    directory, known = work.directory, intent.known
    mine = {*directory.sites_to_raise_for(intent.by, known), *directory.sites_led_by(intent.by, known)}
    admin = any(directory.same_person(intent.by, one) for one in directory.admins)
    sites = tuple(site for site in directory.sites if admin or site in mine)
    return cover(sites, directory, known, today(work.now))


def cover(sites: tuple[Site, ...], directory: Directory, known: Known, day: date) -> Message:
    """Draw who is covering, in the order in which they are asked."""
    parts: list[Part] = [words.emergency_first()]
    if not sites:
        parts.append(Paragraph("No site is yours to raise at. Ring your safeguarding lead, or 101."))
    for site in sites:
        leads = directory.leads(site, known)
        parts.append(Heading(f"Who is covering at {site.name}"))
        if leads:
            parts.append(Bullets(tuple(_line(lead, site, directory, known, day) for lead in leads)))
        elif unread(site, known):
            parts.append(Paragraph("Who the leads are cannot be read just now. Ask again in a minute."))
        else:
            parts.append(Paragraph("Nobody: whoever is named as a lead here has left or has no role. Tell an admin."))
        coming = sorted((one for one in site.stand_ins if one.first > day), key=lambda one: one.first)
        parts.extend(Small(_coming(one, directory, known)) for one in coming)
        parts.append(Paragraph(words.whom_to_ring(site)))
    return Message("Signpost: who is covering.", tuple(parts))


def _line(lead: Account, site: Site, directory: Directory, known: Known, day: date) -> Line:
    person, name = directory.person(lead), _name(lead, directory, known)
    about = ", ".join(filter(None, (name, person.role, person.phone, person.reachable)))
    said = about if name else NAMELESS.format(who=about or "A safeguarding lead", on=PLATFORMS[lead.platform])
    today_ = [one for one in site.stand_ins if one.on(day)]
    stands_in = [one for one in today_ if directory.same_person(Account.parse(one.who), lead)]
    away = [one for one in today_ if directory.is_away(one, lead)]
    if away:
        return Line(said, f"away until {day_told(max(one.last for one in away))}")
    if stands_in:
        until = max(stands_in, key=lambda one: one.last)
        return Line(said, f"stands in {_where(until, directory, known)} until {day_told(until.last)}")
    return Line(said)


def _coming(one: StandIn, directory: Directory, known: Known) -> str:
    who = _in_a_sentence(Account.parse(one.who), directory, known)
    return f"From {day_told(one.first)} to {day_told(one.last)} {who} stands in {_where(one, directory, known)}."


def _where(one: StandIn, directory: Directory, known: Known) -> str:
    if is_group(one.away):
        return "beside the group that leads"
    return f"for {_in_a_sentence(Account.parse(one.away), directory, known)}"


def _in_a_sentence(account: Account, directory: Directory, known: Known) -> str:
    name = _name(account, directory, known)
    return name or f"somebody on {PLATFORMS[account.platform]} whose name is not known just now"


def _name(account: Account, directory: Directory, known: Known) -> str:
    """What somebody is called; empty where neither an admin nor the platform says so."""
    return directory.person(account).name or known.names.get(account, "")
