"""A site's clocks, whether two people are required, how much stands in chat, how long cases are kept."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.screens import Form, Option, Question, TextBox
from handlers.setup.alone import fewer_than_two
from handlers.setup.at import At
from handlers.setup.clock_fields import CLOCKS, no_minutes, out_of_order, too_long
from handlers.setup.keep import keep_site
from handlers.sites import Clocks, Site

MOST_MONTHS: Final = 600
DIGITS: Final = len(str(MOST_MONTHS))
NO_MONTHS: Final = "Write months as a whole number, such as 12."
MONTHS: Final = f"Write from 1 to {MOST_MONTHS} months (50 years)."
KEPT_HELP: Final = "Months. Noted for a later version: this one files and erases no case by itself."
TWO: Final = (
    Option("no", "A lead may decide on what they raised: it asks once more, and the record marks it"),
    Option("yes", "Never: a second lead decides"),
)
DETAIL: Final = (
    Option("full", "The recommendation"), Option("receipt", "Only the reference, and a button that opens it"),
)  # fmt: skip


def window(at: At) -> Form:
    """Draw them with what holds now."""
    site = at.site or Site("", "", "england", ())
    return at.window(
        f"{site.name}: clocks and rules",
        Question("two_people", "May one person raise and decide?", TWO, "",
                 (at.one("two_people", "yes" if site.requires_two_people else "no"),), needed=True),
        Question("chat_detail", "What stands in the chat?", DETAIL, "Answers and notes never do.",
                 (at.one("chat_detail", site.chat_detail),), needed=True),
        TextBox("retention", "How long is a filed case kept?", KEPT_HELP,
                at.text("retention", str(site.retention_months)), 4, single=True, needed=True),
        *(
            TextBox(one.name, one.label, one.hint, at.text(one.name, _shown(getattr(site.clocks, one.name))), 8,
                    single=True, needed=not one.unset)
            for one in CLOCKS
        ),
    )  # fmt: skip


def save(at: At) -> At:
    """Keep them, or say at which field what is wrong."""
    if at.site is None:
        return at
    clocks, errors = _clocks(at)
    months = at.text("retention")
    if not months.isascii() or not months.isdigit():
        errors.append(("retention", NO_MONTHS))
    elif len(months) > DIGITS or not 1 <= int(months) <= MOST_MONTHS:
        errors.append(("retention", MONTHS))
    if at.one("two_people") not in ("yes", "no"):
        errors.append(("two_people", "Choose one."))
    elif at.one("two_people") == "yes" and fewer_than_two(at.site, at.directory, at.intent.known.groups):
        errors.append(("two_people", "There is one lead: nobody could decide. Add a second lead first."))
    if at.one("chat_detail") not in ("full", "receipt"):
        errors.append(("chat_detail", "Choose one."))
    if errors:
        return at.wrong(*errors)
    after = replace(
        at.site,
        clocks=clocks,
        requires_two_people=at.one("two_people") == "yes",
        chat_detail="receipt" if at.one("chat_detail") == "receipt" else "full",
        retention_months=int(months),
    )
    return keep_site(at, after, "rules_changed")


def _clocks(at: At) -> tuple[Clocks, list[tuple[str, str]]]:
    """The clocks as they were typed, and what is wrong with them."""
    minutes: dict[str, float | None] = {}
    errors: list[tuple[str, str]] = []
    for one in CLOCKS:
        minutes[one.name] = found = _minutes(at.text(one.name))
        if found is not None and (wrong := too_long(one, found)):
            errors.append((one.name, wrong))
        elif found is None and (at.text(one.name) or not one.unset):
            errors.append((one.name, no_minutes(at.text(one.name))))
    if errors:
        return Clocks(), errors
    clocks = Clocks(**minutes)  # type: ignore[arg-type]  # None only where the clock may be
    return clocks, list(out_of_order(clocks))


def _shown(minutes: float | None) -> str:
    return "" if minutes is None else f"{minutes:g}"


def _minutes(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if found > 0 else None
