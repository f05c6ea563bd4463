"""Stand-ins: who leads in whose place, from which day to which."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from handlers.clocks import day_told, today
from handlers.people import Account, is_group
from handlers.screens import Button, Form, Item, Option, Paragraph, People, Question, TextBox
from handlers.setup.at import At
from handlers.setup.days import days_said, read_day
from handlers.setup.group_words import called
from handlers.setup.keep import Rights, keep_site, note
from handlers.setup.people import not_fit
from handlers.setup.tell import id_of
from handlers.sites import Site, StandIn

NO_DATE: Final = "Write a day such as 14/12/2026 or 14 December."
LONGEST_DAYS: Final = 366
MOST: Final = 20
MOST_OFFERED: Final = 60
"""People of whom one may be away: of a larger group nobody is offered by name."""
NOT_OFFERED: Final = "Choose the lead who is away. If somebody is missing here, they do not lead this site."


def window(at: At) -> Form:
    """Draw the window in which one is added."""
    site = at.site
    options = away_options(site, at) if site else ()
    chosen = at.one("away") if at.typed is not None else (options[0].value if len(options) == 1 else "")
    return at.window(
        f"{site.name if site else ''}: add a stand-in",
        Paragraph("They lead in that time and not a day longer. Who stands in is told, and so are the other leads."),
        Question("away", "Who is away?", options, "", (chosen,) if chosen else (), needed=True),
        People("who", "Who stands in?", "", at.as_option(at.chosen("who")), needed=True),
        TextBox(
            "first_day",
            "First day",
            "Such as 14/12/2026 or 14 December.",
            at.text("first_day"),
            30,
            single=True,
            needed=True,
        ),
        TextBox(
            "last_day",
            "Last day",
            "On the day after, they are not a lead any more.",
            at.text("last_day"),
            30,
            single=True,
            needed=True,
        ),
        save="Add",
    )


def away_options(site: Site, at: At) -> tuple[Option, ...]:
    """Each lead by name, whoever a group makes one too; of a group that cannot be opened here the group as a whole."""
    people: list[Account] = []
    whole: list[Option] = []
    for ref in site.leads:
        members = at.intent.known.groups.get(ref) if is_group(ref) else (Account.parse(ref),)
        if not members or len(people) + len(members) > MOST_OFFERED:
            whole.append(Option(ref, f"Somebody of the {called(ref, at)}"[:75]))
            continue
        people += [one for one in members if not any(at.directory.same_person(one, seen) for seen in people)]
    return (*(Option(str(one), at.name(one)[:75]) for one in people), *whole)


def add(at: At) -> At:
    """Keep it, or say at which field what is wrong."""
    site = at.site
    if site is None:
        return at
    errors: list[tuple[str, str]] = []
    away, who, day = at.one("away"), at.chosen("who")[:1], today(at.work.now)
    if away not in {one.value for one in away_options(site, at)}:
        errors.append(("away", NOT_OFFERED))
    if not who:
        errors.append(("who", "Choose who stands in."))
    elif errors == [] and not is_group(away) and at.directory.same_person(who[0], Account.parse(away)):
        errors.append(("who", "That is who is away. Somebody else has to stand in."))
    elif wrong := not_fit(who[0], at):
        errors.append(("who", wrong))
    first = read_day(at.text("first_day"), day)
    last = read_day(at.text("last_day"), day)
    errors += [(name, NO_DATE) for name, one in (("first_day", first), ("last_day", last)) if one is None]
    if first and last:
        errors += _wrong_days(first, last, day)
    if errors or first is None or last is None:
        return at.wrong(*errors)
    entry = StandIn(away, str(who[0]), first, last)
    if entry in site.stand_ins:
        return replace(at, typed=None, errors=())
    if wrong := _already(entry, site, at):
        return at.wrong(("first_day", wrong))
    still = tuple(one for one in site.stand_ins if one.last >= day)
    if len(still) >= MOST:
        return at.wrong(("away", f"A site has at most {MOST} stand-ins at once. Take one out first."))
    after = replace(site, stand_ins=(*still, entry))
    what_changes = _what_changes(entry, site, at)
    rights = rights_of(entry, at)
    return replace(keep_site(at, after, "stand_in_added", entry.who, said(entry, at), rights=rights), note=what_changes)


def said(entry: StandIn, at: At) -> str:
    """One entry in a line."""
    over = ": over" if entry.last < today(at.work.now) else ""
    return f"{at.name_and_role(Account.parse(entry.who))} stands in {_in_place(entry, at)}{over}"


def row(entry: StandIn, at: At) -> Item:
    """One entry with the button that takes it out. It is named by whom it is about: several stand below each other."""
    words = said(entry, at)
    token = at.token("stand_in", id_of(entry))
    return Item(words, "", Button("remove_setup", "Take out", token, ask_first=f"Take this out: {words}?"))


def tell_removed(entry: StandIn, at: At, *, hears: Iterable[str]) -> None:
    """Record that an entry is out, and tell whoever stood in, in words to them, besides those who hear of it."""
    site = at.site.id if at.site else ""
    note(at, "stand_in_removed", site, entry.who, said(entry, at), hears=hears, rights=rights_of(entry, at))


def rights_of(entry: StandIn, at: At) -> Rights:
    """Who leads by an entry; nobody any more by one whose days are over."""
    return Rights((entry.who,) if entry.last >= today(at.work.now) else (), in_place=_in_place(entry, at))


def _in_place(entry: StandIn, at: At) -> str:
    """In whose place and when, as it stands behind "stands in"."""
    if is_group(entry.away):
        return f"beside the {called(entry.away, at)} {days_said(entry)}"
    return f"for {at.name(Account.parse(entry.away))} {days_said(entry)}"


def _already(entry: StandIn, site: Site, at: At) -> str:
    """That the same person stands in for the same one on some of these days; empty where not."""

    def same(one: str, other: str) -> bool:
        if is_group(one) or is_group(other):
            return one == other
        return at.directory.same_person(Account.parse(one), Account.parse(other))

    for one in site.stand_ins:
        if (
            same(one.who, entry.who)
            and same(one.away, entry.away)
            and one.first <= entry.last
            and entry.first <= one.last
        ):
            return f"{said(one, at)} already. Write other days, or take that out first."
    return ""


def said_of_added(at: At) -> str:
    """The same of the entry that this window has added."""
    which = (at.one("away"), *map(str, at.chosen("who")[:1]))
    found = [one for one in at.site.stand_ins if (one.away, one.who) == which] if at.site else []
    return _what_changes(found[-1], at.site, at) if found and at.site else ""


def _what_changes(entry: StandIn, site: Site, at: At) -> str:
    """What the admin reads where it changes something else than who leads."""
    who = Account.parse(entry.who)
    bare = replace(site, stand_ins=())
    if at.directory.is_lead(who, bare, at.intent.known):
        if is_group(entry.away):
            where = f"before the {called(entry.away, at)}"
        else:
            away = at.name(Account.parse(entry.away))
            where = f"in the place of {away}, and {away} after all others"
        return f"{at.name(who)} leads here already, and gets no further rights. In that time they are asked {where}."
    if at.directory.is_admin(who):
        return f"{at.name(who)} is an admin, and sees every case of this site in that time. The leads are told so."
    return ""


def _wrong_days(first: date, last: date, day: date) -> list[tuple[str, str]]:
    if last < first:
        return [
            ("last_day", f"That is {day_told(last)}, before the first day. Write {day_told(first)} or a later day.")
        ]
    if last < day:
        return [("last_day", f"{day_told(last)} is over already. Write today, {day_told(day)}, or a later day.")]
    if (last - first).days > LONGEST_DAYS:
        return [("last_day", "Longer than a year: make them a lead instead.")]
    return []
