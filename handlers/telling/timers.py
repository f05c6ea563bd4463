"""Starting clocks: rows in the outbox with a due time, which `chase` answers when they have run out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from handlers.case import Case
from handlers.clocks import contact_due, decide_due, next_lead_due
from handlers.people import Account
from handlers.ports import Delivery, Work
from handlers.sites import Site
from policy import Urgency

LEADS: Final = "leads"
"""The clock after the last lead: nobody has opened the case."""
DECIDE: Final = "decide"
"""The clock since a lead opened it."""
FIND: Final = "find"
"""The clock after which we ask again who the leads are, where nobody could say."""
ASKED: Final = "asked"
"""Of what leads who are found are told: that whoever raised it asks them to escalate."""
SEARCH_AGAIN: Final = timedelta(seconds=30)
LONGEST_SEARCH_AGAIN: Final = timedelta(hours=1)
SEARCH_SLOWS: Final = 60
"""A search waits for the next look a sixtieth of how long it has gone on: half a minute in the first half hour, a
minute after an hour, an hour after some days. So whoever can be found again is found soon, for how long it took."""


def start_clock(what: str, case: Case, due: datetime, work: Work) -> None:
    """Queue a clock. It stands in a line of its own, so that no message that cannot be sent holds it up."""
    line = Account("slack", "clock", work.chance.id())
    work.enqueue(Delivery("chase", line, case.id, case.latest.number, extra=what), due=due)


def start_lead_clock(case: Case, site: Site, after: datetime, work: Work) -> None:
    """From the moment at which the last lead hears."""
    urgency, unknown = _urgency(case)
    start_clock(LEADS, case, next_lead_due(site, urgency=urgency, harm_unknown=unknown, after=after), work)


def start_decision_clock(case: Case, site: Site, work: Work) -> None:
    """From the moment at which a lead opened the case."""
    urgency, unknown = _urgency(case)
    start_clock(DECIDE, case, decide_due(site, urgency=urgency, harm_unknown=unknown, after=work.now), work)


def start_contact_clock(case: Case, site: Site, which: str, work: Work, *, again: bool = False) -> None:
    """From the moment at which a contact could have acknowledged."""
    urgent = case.latest.recommendation().urgency is Urgency.NOW
    name = "contact_again" if again else "contact"
    start_clock(f"{name}:{which}", case, contact_due(site, urgent=urgent, after=work.now), work)


def keep_contact_clock(case: Case, site: Site, which: str, work: Work) -> None:
    """See to it that the contact's clock runs: one that runs already is not put off."""
    if not _contact_clocks(case, which, work):
        start_contact_clock(case, site, which, work)


def restart_contact_clock(case: Case, site: Site, which: str, work: Work) -> None:
    """Somebody acted: the contact's clock begins anew, in the round that it was in."""
    running = _contact_clocks(case, which, work)
    for clock in running:
        work.cancel(clock.id)
    again = any(clock.extra.startswith("contact_again:") for clock in running)
    start_contact_clock(case, site, which, work, again=again)


def _contact_clocks(case: Case, which: str, work: Work) -> tuple[Delivery, ...]:
    names = (f"contact:{which}", f"contact_again:{which}")
    waiting = (one for one in work.deliveries(case.id) if one.kind == "chase" and one.state == "queued")
    return tuple(one for one in waiting if one.extra in names)


def start_search(case: Case, work: Work, why: str = "") -> None:
    """Ask again in a moment who the leads are: a group could not be read, so nobody is told yet.

    `why` is of what they are to be reminded when they are found; empty: they have not heard of it at all. One that goes
    on already is enough.
    """
    what, soon = f"{FIND}:{why}" if why else FIND, work.now + SEARCH_AGAIN
    for one in work.deliveries(case.id):
        if (one.kind, one.state, one.extra, one.version) == ("chase", "queued", what, case.latest.number):
            return work.put_off(one.id, min(soon, one.due or soon))
    return start_clock(what, case, soon, work)


def search_again(search: Delivery, work: Work) -> None:
    """Look again later: the same row, so that a search that goes on for months leaves nothing behind."""
    gone_on = work.now - (search.made_at or work.now)
    again = min(LONGEST_SEARCH_AGAIN, max(SEARCH_AGAIN, gone_on / SEARCH_SLOWS))
    work.put_off(search.id, work.now + again)


def _urgency(case: Case) -> tuple[str, bool]:
    return case.latest.recommendation().urgency.value, case.latest.facts.harm_now == "not_known"
