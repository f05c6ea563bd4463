"""Stand-ins: who leads in whose place, from which day to which."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Final

from handlers.clocks import day_told, today
from handlers.people import Account, is_group
from handlers.screens import Form, Option, Paragraph, People, Question, TextBox
from handlers.setup.at import At
from handlers.setup.keep import keep_site
from handlers.setup.people import not_fit
from handlers.sites import StandIn

NO_DATE: Final = "Write a date such as 14/12/2026."
_BRITISH: Final = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z")
LONGEST_DAYS: Final = 366
MOST: Final = 20


def window(at: At) -> Form:
    """Draw the window in which one is added."""
    site = at.site
    named = [ref for ref in (site.leads if site else ()) if not is_group(ref)]
    options = tuple(Option(ref, at.name(Account.parse(ref))) for ref in named)
    return at.window(
        f"{site.name if site else ''}: add a stand-in",
        Paragraph("They lead in that time and not a day longer. Who stands in is told, and so are the other leads."),
        *(
            (Question("away", "Who is away?", options, "", (at.one("away"),) if at.one("away") else ()),)
            if options
            else (Paragraph("No lead is named one by one: whoever is in the group leads. Change the group instead."),)
        ),
        People("who", "Who stands in?", "", at.as_option(at.chosen("who"))),
        TextBox("first_day", "First day", "Such as 14/12/2026.", at.text("first_day"), 20, single=True),
        TextBox(
            "last_day", "Last day", "On the day after they are no lead any more.", at.text("last_day"), 20, single=True
        ),
        save="Add",
    )


def add(at: At) -> At:
    """Keep it, or say at which field what is wrong."""
    site = at.site
    if site is None:
        return at
    errors: list[tuple[str, str]] = []
    away, who = at.one("away"), at.chosen("who")[:1]
    if away not in site.leads:
        errors.append(("away", "Choose the lead who is away."))
    if not who:
        errors.append(("who", "Choose who stands in."))
    elif str(who[0]) == away:
        errors.append(("who", "Somebody else has to stand in."))
    elif wrong := not_fit(who[0], at):
        errors.append(("who", wrong))
    first, last = read_day(at.text("first_day")), read_day(at.text("last_day"))
    errors += [(name, NO_DATE) for name, day in (("first_day", first), ("last_day", last)) if day is None]
    if first and last:
        errors += _wrong_days(first, last, today(at.work.now))
    if errors or first is None or last is None:
        return at.wrong(*errors)
    entry = StandIn(away, str(who[0]), first, last)
    if entry in site.stand_ins:
        return replace(at, typed=None, errors=())
    still = tuple(one for one in site.stand_ins if one.last >= today(at.work.now))
    if len(still) >= MOST:
        return at.wrong(("away", f"A site has at most {MOST} stand-ins at once. Take one out first."))
    after = replace(site, stand_ins=(*still, entry))
    return keep_site(at, after, "stand_in_added", about=str(who[0]), about_name=said(entry, at))


def said(entry: StandIn, at: At) -> str:
    """One entry in a line."""
    who, away = (at.name(Account.parse(ref)) for ref in (entry.who, entry.away))
    over = ": over" if entry.last < today(at.work.now) else ""
    return f"{who} stands in for {away} from {day_told(entry.first)} to {day_told(entry.last)}{over}"


def read_day(text: str) -> date | None:
    """A day as people write it: `14/12/2026`, `2026-12-14`; None for anything else."""
    try:
        if found := _BRITISH.match(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError:
        return None


def _wrong_days(first: date, last: date, day: date) -> list[tuple[str, str]]:
    if last < first:
        return [("last_day", "The last day is before the first.")]
    if last < day:
        return [("last_day", "That day is over already.")]
    if (last - first).days > LONGEST_DAYS:
        return [("last_day", "Longer than a year: make them a lead instead.")]
    return []
