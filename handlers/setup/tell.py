"""A change of the set-up is kept, recorded and told: whom to tell is worked out by a clock, which asks every platform.

Who presses is asked about their own platform alone. So the leads whom a group of the other one names, or one that
cannot be read at that moment, would not hear of a change; the clock goes on until they have.

What one admin changes at one site within some minutes is one message: twenty of the same title hide the one that
matters. What matters is told at once and by itself, and so is whoever is made a lead or a stand-in, or is taken out: in
words to them. Whoever stands in later hears it again on their first day, and on the day after their last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import Final

from handlers.changes import MOVED, UNRAISED, Change, What
from handlers.clocks import LONDON, today
from handlers.people import Account, Known, is_group
from handlers.ports import Delivery, Work
from handlers.setup import anyway
from handlers.setup.standing_card import draw_anew
from handlers.sites import Site, StandIn

SETUP: Final = "setup"
"""What such a clock is about: `setup:CHANGE:ATTEMPT`."""
FIRST: Final = "1"
YOU: Final = "you"
"""In the place of the attempt: of those alone whom a change makes leads, or takes out."""
MORNING: Final = time(7)
"""When a stand-in hears of such a day, in London."""
NOTICED: Final = frozenset({"lead_joined", "lead_left"})
"""What somebody did on the platform, to a group that leads: no admin and no file changed the set-up."""
OF_ACCOUNTS: Final = frozenset({"person_joined", "person_parted"})
"""Accounts became one person, or are several again: nobody whose they are was asked."""
BY_AN_ADMIN: Final = "admin"
"""Of somebody who leads by a group, or of accounts: they, or one of them, are an admin of Signpost."""
AT_ONCE: Final = OF_ACCOUNTS | {
    "lead_self", "lead_joined", "lead_removed", "site_removed", "contact_suspended", "contact_lapsed", "lead_gone",
}  # fmt: skip
"""What somebody may have to act upon: told at once, in a message of its own; so is every right that the file gives."""
MAKES_LEADS: Final = frozenset({"lead_added", "lead_self", "lead_joined"})
"""That somebody leads from now on."""
QUIET: Final = timedelta(minutes=2)
"""How long an admin has to have changed nothing before the leads are told of what they changed."""
LONGEST_QUIET: Final = timedelta(minutes=10)
"""However long somebody goes on."""
LATELY: Final = 60
"""Changes that are looked through."""
FIRST_AGAIN: Final = timedelta(minutes=1)
LONGEST_AGAIN: Final = timedelta(hours=1)
ASKED_FOR: Final = timedelta(days=3)
"""How long a group that led until a change is asked who is in it: as long as there are attempts, and a bit more."""
MOST_ATTEMPTS: Final = 60
"""Until then the groups are read again and again: more than two days."""


def keep_and_tell(
    change: Change,
    work: Work,
    *,
    hears: Iterable[str] = (),
    details: Iterable[Mapping[str, str]] = ({},),
    besides: Iterable[tuple[What, Mapping[str, str]]] = (),
) -> str:
    """Keep a change with an audit entry for each of `details`, have everybody told whom `hears` names; return its id.

    `hears` are accounts and groups as configuration has them. `details` are closed words and ids. `besides` are
    entries of the trail under another name, where one change is more than one thing.
    """
    site = work.directory.site(change.site)
    called = change.site_name or (site.name if site else "")
    if not called and change.what == "site_removed":
        called = change.about_name
    change = replace(change, hears=tuple(dict.fromkeys((*hears, *change.whom))), site_name=called)
    change_id = work.keep_change(change)
    for what, detail in (*((change.what, one) for one in details), *besides):
        bound = {**detail, "change": change_id, "words": change.fingerprint}
        work.record(f"setup.{what}", by=change.by, site=change.site, detail=bound)
    draw_anew(work, also=change.about if change.what == "admin_removed" else "")
    change = replace(change, id=change_id)
    if change.whom and not _at_once(change):
        _clock(f"{change_id}:{YOU}", work.now, work)
    if change.hears:
        _start(change, 1, work)
    return change_id


def start_days(change_id: str, added: Iterable[StandIn], work: Work) -> None:
    """Have each stand-in told of their first day, unless that has come, and of the day after their last."""
    day = today(work.now)
    for one in added:
        if one.first > day:
            _clock(f"{change_id}:{anyway.BEGINS}:{id_of(one)}", _morning(one.first), work)
        if one.last >= day:
            _clock(f"{change_id}:{anyway.ENDS}:{id_of(one)}", _morning(one.last + timedelta(days=1)), work)


def id_of(entry: StandIn) -> str:
    """By what a stand-in is found again, wherever the entry stands by then."""
    return sha256(f"{entry.away} {entry.who} {entry.first} {entry.last}".encode()).hexdigest()[:16]


def leads_of(site: Site, work: Work) -> tuple[str, ...]:
    """A site's leads as configuration has them, and those who stand in today."""
    return (*site.leads, *(one.who for one in site.stand_ins if one.on(today(work.now))))


def groups_to_tell(work: Work) -> frozenset[str]:
    """Groups whose members may still have to hear of a change, also those that nothing names any more since then."""
    lately = (one for one in work.changes(LATELY) if work.now - one.at < ASKED_FOR)
    return frozenset(ref for one in lately for ref in one.hears if is_group(ref))


def tell_change(which: str, known: Known, work: Work) -> None:
    """Queue the message to everybody who has to hear of a change and has not; go on where a group cannot be read."""
    change_id, _, attempt = which.partition(":")
    change = work.change(change_id)
    if change is None:
        return
    what, _, entry = attempt.partition(":")
    if what == YOU:
        _tell_them(change, known, work)
    elif what in (anyway.BEGINS, anyway.ENDS):
        _tell_of_day(change, what, entry, known, work)
    else:
        _tell_everybody(change, attempt, known, work)


def _tell_everybody(change: Change, attempt: str, known: Known, work: Work) -> None:
    if attempt == FIRST and _goes_on(change, work):
        return
    together = _together(change, work)
    first: dict[Account, str] = {}
    for one in together:
        _tell_them(one, known, work)
        for account in (account for ref in one.hears for account in _opened(ref, known)):
            key = _key(one, account)
            if account not in work.directory.not_members and work.applied(key) is None:
                work.apply(key, first.setdefault(account, one.id))
    for account, extra in first.items():
        work.enqueue(Delivery("setup_told", account, extra=extra))
    for one in together:
        if work.applied(_key(one)) is None:
            work.apply(_key(one), "told")
    asked = work.directory.groups() | known.asked
    unread = any(is_group(ref) and ref in asked and ref not in known.groups for one in together for ref in one.hears)
    number = int(attempt) if attempt.isdigit() else 1
    if unread and number < MOST_ATTEMPTS:
        _start(change, number + 1, work)


def _tell_them(change: Change, known: Known, work: Work) -> None:
    """Tell those in words to them whom a change makes leads, or takes out; each a message of their own."""
    before = _just_before(change, work)
    for account in _meant(change, known, work):
        key = _key(change, account)
        if account not in work.directory.not_members and work.applied(key) is None:
            work.apply(key, f"{change.id}:{YOU}")
            if not _told_that_they_lead(account, before, work):
                work.enqueue(Delivery("setup_told", account, extra=anyway.about(account, change, YOU, known, work)))


def _just_before(change: Change, work: Work) -> list[Change]:
    """Of a change that makes leads: the changes of a few minutes before it at the same site, newest first."""
    if change.what not in MAKES_LEADS or change.in_place:
        return []
    since = change.at - LONGEST_QUIET
    return [
        one for one in work.changes(LATELY) if one.site == change.site and one.id != change.id
        and since <= one.at <= change.at and (one.whom or one.what == "lead_removed")
    ]  # fmt: skip


def _told_that_they_lead(account: Account, before: Iterable[Change], work: Work) -> bool:
    """Whether that was the last thing that somebody was told there: they were added by name and are in a group too."""
    for one in before:
        applied = work.applied(_key(one, account))
        if applied is not None and applied.place == f"{one.id}:{YOU}":
            return one.what in MAKES_LEADS and not one.in_place
    return False


def _meant(change: Change, known: Known, work: Work) -> list[Account]:
    """Who leads by a change, or no more; of a group those to whom it makes a difference.

    What somebody has changed back meanwhile is told to nobody as if it were so; but of accounts that were one person
    for a moment everybody hears.
    """
    if change.what in OF_ACCOUNTS:
        return [Account.parse(ref) for ref in change.whom]
    site = work.directory.site(change.site)
    if site is None:
        return []
    now = replace(known, day=today(work.now))
    bare = replace(site, leads=tuple(ref for ref in site.leads if ref not in change.whom))
    leads_else = [one for ref in change.whom for one in _opened(ref, known) if work.directory.is_lead(one, bare, now)]
    found: list[Account] = []
    for ref in change.whom:
        if change.in_place or change.what in NOTICED:
            found += _opened(ref, known)
        elif change.what == "lead_self" and not is_group(ref) and ref not in site.leads:
            found += [one for one in _opened(ref, known) if work.directory.is_lead(one, site, now)]  # by other accounts
        elif (ref in site.leads) == (change.what != "lead_removed"):
            the_same = is_group(ref) or (change.what == "lead_removed" and not change.why)
            found += [one for one in _opened(ref, known) if not (the_same and one in leads_else)]
    return list(dict.fromkeys(found))


def _tell_of_day(change: Change, what: str, entry: str, known: Known, work: Work) -> None:
    """Tell a stand-in that their days begin or are over, unless they were taken out."""
    site = work.directory.site(change.site)
    found = next((one for one in site.stand_ins if id_of(one) == entry), None) if site else None
    if site is None or found is None:
        return
    who = Account.parse(found.who)
    unread = any(is_group(ref) and ref not in known.groups for ref in site.leads)
    leads = unread or work.directory.is_lead(who, site, replace(known, day=today(work.now)))
    if leads or what == anyway.ENDS:  # whoever stands in for somebody who has left a group leads nothing
        work.enqueue(Delivery("setup_told", who, extra=anyway.about(who, change, what, known, work)))


def told_together(delivery: Delivery, work: Work) -> tuple[Change, ...]:
    """The changes that one message tells, oldest first; empty once nothing is known of them."""
    change = work.change(delivery.extra)
    if change is None:
        return ()

    def same(one: Change) -> bool:
        applied = work.applied(_key(one, delivery.to))
        return one.id == change.id or (applied is not None and applied.place == change.id)

    return tuple(one for one in _together(change, work) if same(one)) or (change,)


def _together(change: Change, work: Work) -> list[Change]:
    """A change with what the same admin did at the same site about that time, oldest first."""
    if _at_once(change):
        return [change]
    found = [one for one in _of_the_same(change, work) if abs(one.at - change.at) <= LONGEST_QUIET]
    return found if any(one.id == change.id for one in found) else [change, *found]


def _goes_on(change: Change, work: Work) -> bool:
    """Whether the admin is still at it: then the clock of what they changed last tells of all, unless that is late."""
    if _at_once(change):
        return False
    same = [one for one in _of_the_same(change, work) if work.applied(_key(one)) is None]
    if any(work.now - one.at >= LONGEST_QUIET for one in same):
        return False
    return any(one.at > change.at and work.now - one.at < QUIET for one in same)


def _of_the_same(change: Change, work: Work) -> list[Change]:
    same = (one for one in reversed(work.changes(LATELY)) if _sort(one) == _sort(change))
    return [one for one in same if one.hears and not _at_once(one)]


def _sort(change: Change) -> object:
    """What the file changed has nobody behind it either, and other words. Contacts that wait are told of all sites."""
    return change.what if change.what == "contact_silent" else (change.site, change.by, change.what in NOTICED)


def _at_once(change: Change) -> bool:
    """Whoever may write the file may make themselves a lead: its rights wait for nothing else that it changed."""
    of_the_file = change.by is None and bool(change.whom) and change.what not in NOTICED
    an_admin_leads = change.what == "lead_added" and bool(change.why)
    return change.what in AT_ONCE or change.why in (MOVED, UNRAISED) or of_the_file or an_admin_leads


def _key(change: Change, account: Account | None = None) -> str:
    """That somebody was told of a change; of nobody: that its clock did its work."""
    return f"{SETUP}:{change.id}:{account or 'told'}"


def _opened(ref: str, known: Known) -> tuple[Account, ...]:
    """Who that is; of a group that cannot be read, whoever was in it when it last could."""
    if not is_group(ref):
        return (Account.parse(ref),)
    return known.groups.get(ref, known.remembered.get(ref, ()))


def _start(change: Change, attempt: int, work: Work) -> None:
    """Queue the clock. It stands in a line of its own, as every clock does."""
    if attempt > 1:
        again = min(LONGEST_AGAIN, FIRST_AGAIN * 2 ** min(attempt - 2, 10))
    else:
        again = timedelta() if _at_once(change) else QUIET
    _clock(f"{change.id}:{attempt}", work.now + again, work)


def _clock(which: str, due: datetime, work: Work) -> None:
    line = Account("slack", "clock", work.chance.id())
    work.enqueue(Delivery("chase", line, extra=f"{SETUP}:{which}"), due=due)


def _morning(day: date) -> datetime:
    return datetime.combine(day, MORNING, LONDON).astimezone(UTC)
