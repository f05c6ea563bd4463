"""Examples of what is read after facts have changed: what was decided on the older ones stays in sight."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from handlers.access import Granted
from handlers.case import Acknowledgement, Case, Decision, State
from handlers.contacts import contacts_of
from handlers.intents import Intent
from handlers.looking import open_case
from handlers.looking.whom_first import Whom, whom
from handlers.people import Account, Directory
from handlers.ports import Delivery
from handlers.referring import by_phone, trouble
from handlers.referring.again import instead
from handlers.referring.withheld import OVERTAKEN
from handlers.roles import LEAD
from handlers.screens import Screen
from handlers.sites import Contact, Site
from handlers.telling import reminders

_LEAD: Final = Account.parse("slack:T1/U2")
_HOLDER: Final = Account.parse("slack:T1/U3")
_ROOM: Final = Account.parse("slack:T1/C9")
_LINE: Final = "Wilhelmina Featherstonehaugh, DSL, 01632 960002, reachable Monday to Friday until 17:00"
_POLICE: Final = Contact("police-slack", "police", "slack", "T1/C9", verified=True, room="northside-police")


def later_examples(site: Site, worst: Case, unknown: Case, directory: Directory, intent: Intent) -> dict[str, Screen]:
    """Every screen after an update: from nothing known to the most, with a referral of the older facts behind it."""
    site = replace(site, contacts=(_POLICE,))
    refer = Decision(
        1, "refer", _LEAD, "Wilhelmina Featherstonehaugh", worst.raised_at, "Known so far. " * 60, 1, "england-2024",
        contacts=tuple(one.id for one in contacts_of(site)), site_line=site.name, lead_line=_LINE,
    )  # fmt: skip
    later = worst.raised_at + timedelta(minutes=12)
    case = replace(
        worst,
        state=State.REFERRED,
        versions=(unknown.latest, replace(worst.latest, number=2, at=later)),
        decisions=(refer, replace(refer, number=2, at=later)),
        acknowledged=(Acknowledgement(1, "police-slack", _ROOM, "PC Jo Marsh", "slack:T9", later),),
        first_opened_at=worst.raised_at,
    )
    held = replace(case, opened_at=later, opened_by=_HOLDER)
    sent = Delivery("referral", _ROOM, case.id, 1, extra="1:police-slack", id="d9", state="dropped", why=OVERTAKEN)
    alone = replace(case, decisions=(refer,), acknowledged=())
    rung = next(one for one in contacts_of(site) if one.kind == "by_hand")
    granted = Granted(alone, site, frozenset({LEAD}))
    return {
        "later_case_for_a_lead": open_case.case_window(granted, directory, intent, (sent,)),
        "later_by_hand": by_phone.by_hand(alone, refer, rung, site),
        "later_phone": trouble.phone_message(alone, refer, site, "police-slack"),
        "later_trouble": trouble.trouble(alone, refer, site, "police-slack", sent, whom=_whom(alone, site, directory)),
        "later_nothing_again": trouble.settled(
            alone, refer, site, "police-slack", "The facts changed.", instead(alone, refer, "police-slack")
        ),
        "later_reminder_unopened": reminders.reminder(case, site, "unopened", whom=_whom(case, site, directory)),
        "later_reminder_undecided": reminders.reminder(held, site, "undecided", whom=_whom(held, site, directory)),
        "later_reminder_own": reminders.reminder(held, site, "undecided", whom=Whom(is_raiser=True, is_holder=True)),
        "later_reminder_ring": reminders.reminder(case, site, "phone:2:police-slack", again=True),
        **{
            f"later_own_route_{why}": reminders.own_route(held, site, why)
            for why in ("unopened", "undecided", "nobody")
        },
    }


def _whom(case: Case, site: Site, directory: Directory) -> Whom:
    return whom(_LEAD, case, site, directory)
