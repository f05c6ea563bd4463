"""Who is told of a case, and when: the raiser, and the leads one after the other.

The first lead hears at once. Each of the others hears when the site's clock has run out on the one before, unless a
lead has opened the case by then. Notices that are still waiting are rows in the outbox with a later due time.
"""

from __future__ import annotations

from datetime import datetime

from handlers.case import Case
from handlers.clocks import next_lead_due
from handlers.intents import Intent
from handlers.people import Account, Directory, Known, is_group
from handlers.ports import TO_LEADS, Delivery, DeliveryKind, Work
from handlers.raising.check import leads_to_tell
from handlers.sites import Site
from handlers.telling.overtaken import DECIDE_IT, retire_reminders
from handlers.telling.timers import start_decision_clock, start_lead_clock, start_search
from policy import Urgency


def tell_leads(case: Case, site: Site, known: Known, work: Work) -> None:
    """Queue a notice for each lead in order: the first at once, the next when the clock has run out."""
    leads = leads_to_tell(site, work.directory, known, raiser=case.raised_by, left_out=case.left_out)
    queue_notices(case, site, leads, at_once=leads[:1], work=work)
    _search(case, site, leads, known, work)
    if not leads and not later(case, site, known, work.directory):  # a lone lead raised it: nobody else reminds them
        start_decision_clock(case, site, work)


def retell_leads(case: Case, site: Site, intent: Intent, work: Work) -> None:
    """Tell of a new version: at once whoever has heard of the case, the others by the clocks, started afresh.

    Who made the change needs no notice; who has been left out loses the notice that they had.
    """
    leads = leads_to_tell(site, work.directory, intent.known, raiser=case.raised_by, left_out=case.left_out)
    told = _told(case, work)
    replace_older("lead_notice", case, work)
    retire_reminders(case, work, "again", words=DECIDE_IT)
    _take_back(case, work)
    to_tell = tuple(lead for lead in leads if not work.directory.same_person(lead, intent.by))
    if case.opened_by is not None:  # a lead entered the facts and holds it: who has heard of it hears, no clock asks
        for lead in (lead for lead in to_tell if lead in told):
            work.enqueue(Delivery("lead_notice", lead, case.id, case.latest.number))
        start_decision_clock(case, site, work)
        return
    at_once = tuple(lead for lead in to_tell if lead in told) or to_tell[:1]
    queue_notices(case, site, to_tell, at_once=at_once, work=work)
    _search(case, site, leads, intent.known, work)
    if not leads and not later(case, site, intent.known, work.directory):
        start_decision_clock(case, site, work)


def unread(site: Site, known: Known) -> bool:
    """Whether a group of leads could not be read: there may be leads whom nobody can name just now."""
    return any(is_group(ref) and ref not in known.groups for ref in site.leads)


def later(case: Case, site: Site, known: Known, directory: Directory) -> bool:
    """Whether somebody may lead in a while, where nobody can be told now.

    Nobody knows who is in a group; or whoever is named is no full member, and somebody else has to be named. The latter
    is not waited for where a lead raised it, who knows of it.
    """
    if unread(site, known):
        return True
    gone = any(directory.has_no_role(one, known) for one in directory.named_leads(site, known))
    return gone and not directory.is_lead(case.raised_by, site, known)


def take_back_from(account: Account, case: Case, work: Work) -> None:
    """What somebody has of a case who is a guest now, or of another organisation: all of it becomes receipts."""
    for old in _theirs(case, work):
        if old.to == account and old.state == "sent":
            _receipt_instead(old, case, work)


def _theirs(case: Case, work: Work) -> list[Delivery]:
    """What went to leads about the case and stands there still, or may yet: notices, what to ring with, news."""
    every = work.deliveries(case.id)
    taken = {one.replaces for one in every if one.kind == "retired" and one.state not in ("dropped", "failed")}
    return [one for one in every if one.kind in TO_LEADS and one.state != "dropped" and one.id not in taken]


def _receipt_instead(old: Delivery, case: Case, work: Work) -> None:
    work.enqueue(Delivery("retired", old.to, case.id, case.latest.number, replaces=old.id, extra="left_out"))


def _search(case: Case, site: Site, leads: tuple[Account, ...], known: Known, work: Work) -> None:
    """Nobody to tell although there are leads: say so to the raiser, and ask again in a moment who they are."""
    if not leads and later(case, site, known, work.directory):
        work.enqueue(Delivery("own_route", case.raised_by, case.id, case.latest.number, extra="nobody"))
        start_search(case, work)


def hold_back(case: Case, work: Work) -> None:
    """Withdraw the notices that still wait: a lead has opened the case, or all leads are told another way."""
    for delivery in work.deliveries(case.id):
        if delivery.kind == "lead_notice" and delivery.state == "queued":
            work.cancel(delivery.id)


def ask_leads(leads: tuple[Account, ...], case: Case, work: Work) -> None:
    """Tell all of these leads at once that whoever raised it asks them to escalate."""
    hold_back(case, work)
    for lead in leads:
        work.enqueue(Delivery("escalation_asked", lead, case.id, case.latest.number))


def replace_older(kind: DeliveryKind, case: Case, work: Work) -> None:
    """Turn the messages about the version before into receipts; withdraw those that are not sent yet."""
    for old in work.deliveries(case.id):
        if old.kind != kind or old.version >= case.latest.number or old.state == "dropped" or old.replaces:
            continue
        if any(work.directory.same_person(old.to, account) for account in case.left_out):
            continue  # what they have is taken back
        if old.state == "queued":
            work.cancel(old.id)
        elif old.version == case.latest.number - 1:
            work.enqueue(Delivery("retired", old.to, case.id, case.latest.number, replaces=old.id, extra="newer"))


def queue_notices(
    case: Case, site: Site, leads: tuple[Account, ...], *, at_once: tuple[Account, ...], work: Work
) -> None:
    """Queue a notice for each of these leads, and the clock that runs after the last."""
    number = case.latest.number
    for lead in at_once:
        work.enqueue(Delivery("lead_notice", lead, case.id, number))
    due = work.now
    for lead in leads:
        if lead not in at_once:
            due = _next_due(case, site, due)
            work.enqueue(Delivery("lead_notice", lead, case.id, number), due=due)
    if leads:
        start_lead_clock(case, site, due, work)


def _next_due(case: Case, site: Site, after: datetime) -> datetime:
    urgency: Urgency = case.latest.recommendation().urgency
    harm_unknown = case.latest.facts.harm_now == "not_known"
    return next_lead_due(site, urgency=urgency.value, harm_unknown=harm_unknown, after=after)


def _told(case: Case, work: Work) -> frozenset[Account]:
    """Leads who have had a notice (or are having one sent now)."""
    return frozenset(
        delivery.to
        for delivery in work.deliveries(case.id)
        if delivery.kind in ("lead_notice", "escalation_asked") and delivery.state not in ("queued", "dropped")
    )


def _take_back(case: Case, work: Work) -> None:
    """Somebody was left out after they had been told: whatever they have of the case becomes a receipt."""
    for old in _theirs(case, work):
        if any(work.directory.same_person(old.to, account) for account in case.left_out):
            work.cancel(old.id)
            _receipt_instead(old, case, work)
