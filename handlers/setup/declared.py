"""What the CONFIG file and SIGNPOST_ADMINS say otherwise than at the last start: told like a change in chat.

Whoever may write that file may make themselves a lead; so the leads hear of it, those from before and those of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from handlers.changes import MOVED, UNRAISED, Change, What
from handlers.clocks import day_told, today
from handlers.contacts import shown
from handlers.people import Account, Directory, is_group
from handlers.ports import Work
from handlers.setup import differences, raising_here
from handlers.setup.alone import told_beside
from handlers.setup.days import days_said
from handlers.setup.declared_persons import BY, tell_persons
from handlers.setup.differences import Difference
from handlers.setup.group_words import in_a_row
from handlers.setup.seen import AN_ADMIN
from handlers.setup.tell import keep_and_tell, leads_of, start_days
from handlers.setup.told import BY_HAND, IN_FILE
from handlers.sites import Clocks, Contact, Site, StandIn

BY_SETTING: Final = "The setting SIGNPOST_ADMINS"
_RULES: Final = frozenset(
    {"requires_two_people", "chat_detail", "retention_months", *(one.name for one in fields(Clocks))}
)
_VOUCHED: Final = {True: "yes", False: "no: nobody can choose it"}


@dataclass(frozen=True, slots=True)
class _At:
    """One site, as it was and as it is."""

    work: Work
    site: str
    before: Directory
    after: Directory
    hears: tuple[str, ...]

    def is_admin(self, ref: str) -> bool:
        """Whether an entry is an admin, or was one until this start."""
        account = None if is_group(ref) else Account.parse(ref)
        return account is not None and (self.before.is_admin(account) or self.after.is_admin(account))

    def called(self, ref: str) -> str:
        """An entry of the leads, and that it is an admin. It has no name here: `Seen` gives it one."""
        said = f"everyone in {ref}" if is_group(ref) else ref
        return f"{said} ({AN_ADMIN})" if self.is_admin(ref) else said

    def new_admins(self, refs: Iterable[str]) -> list[str]:
        """Those of them who are admins and did not lead the site before, on any day and by any way."""
        old, admins = self.before.site(self.site), [ref for ref in refs if self.is_admin(ref)]
        if old is None:
            return admins
        return [ref for ref in admins if not _leads_ever(Account.parse(ref), old, self.before, self.work)]

    def tell(self, what: What, said: str = "", *, about: str = "", why: str = "", details: Iterable[str] = ()) -> None:
        """Record it, an entry for each of `details`, and have it told."""
        self._keep(Change(what, self.work.now, self.site, about, None, BY, said, why), details)

    def tell_rights(  # what it says, each by name
        self, what: What, said: str, refs: Iterable[str], in_place: str = "", why: str = "", instead: str = ""
    ) -> str:
        """The same of a change by which these lead, or do no more, and what it is known by."""
        whom = tuple(refs)
        change = Change(what, self.work.now, self.site, "", None, BY, said, why, whom=whom, in_place=in_place,
                        instead=instead)  # fmt: skip
        return self._keep(change, whom)

    def tell_admins(
        self, what: What, said: str, admins: list[str], refs: Iterable[str] = (), in_place: str = ""
    ) -> str:
        """The same where admins lead by it who did not: that is what the change is, and nothing is said twice.

        Where nobody else leads the site, or it is new, the leads of those beside it hear of it too.
        """
        whom, site = tuple(refs), self.after.site(self.site)
        why, beside = told_beside(site, self.after, self.work.directory.announced, self.work) if site else ("", ())
        change = Change("lead_self", self.work.now, self.site, admins[0], None, BY, said, why,
                        whom=tuple(dict.fromkeys((*admins, *whom))), in_place=in_place)  # fmt: skip
        return self._keep(change, admins, [(what, {"about": one}) for one in whom], beside)

    def _keep(
        self,
        change: Change,
        details: Iterable[str],
        besides: Iterable[tuple[What, Mapping[str, str]]] = (),
        also: Iterable[str] = (),
    ) -> str:
        site = self.after.site(self.site) or self.before.site(self.site)
        change = replace(change, site_name=site.name if site else "")
        abouts = [{"about": one} for one in details] or [{}]
        return keep_and_tell(change, self.work, hears=(*self.hears, *also), details=abouts, besides=besides)


def tell_declared(before: Directory, after: Directory, work: Work) -> None:
    """Record and tell what differs. Both are all that is set up, with the file of then and with that of now."""
    told: list[str] = []
    for site_id in dict.fromkeys(site.id for site in (*before.sites, *after.sites)):
        old, new = before.site(site_id), after.site(site_id)
        hears = (*(leads_of(old, work) if old else ()), *(leads_of(new, work) if new else ()))
        at = _At(work, site_id, before, after, hears)
        if old is None and new is not None:
            at.tell("site_added")
            _leads((), new.leads, at)
        elif new is None and old is not None:
            at.tell("site_removed", old.name)
        elif old is not None and new is not None:
            _site(old, new, at)
            told += hears if _same_as_a_lead(new, at) else ()
    tell_persons(before, after, work, told)
    _admins(before, after, work)


def _site(old: Site, new: Site, at: _At) -> None:
    _leads(old.leads, new.leads, at)
    for one in new.stand_ins:
        if one not in old.stand_ins:
            said, who, in_place = _stands_in(one, at)
            if admins := at.new_admins(who):
                said = f"made an admin a stand-in: {said}"
                change_id = at.tell_admins("stand_in_added", said, admins, who, in_place)
            else:
                change_id = at.tell_rights("stand_in_added", said, who, in_place)
            start_days(change_id, [one], at.work)
    for one in old.stand_ins:
        if one not in new.stand_ins and one.last >= today(at.work.now):
            at.tell_rights("stand_in_removed", *_stands_in(one, at))
    found = differences.of_site(old, new, str)
    served = any(one.field == "serves" for one in found)  # both may have to do with it, and it is said once
    lost, why = raising_here.lost(old, new), UNRAISED if raising_here.nobody_any_more(old, new) else ""
    _fields("staff_changed", [one for one in found if one.field == "staff"], at, *(((), "") if served else (lost, why)))
    _fields("rules_changed", [one for one in found if one.field in _RULES], at)
    rest = [one for one in found if one.field != "staff" and one.field not in _RULES]
    _fields("site_changed", rest, at, *((lost, why) if served else ()))
    _contacts(old, new, at)


def _fields(what: What, found: list[Difference], at: _At, lost: Iterable[str] = (), why: str = "") -> None:
    """Tell of fields that differ; `lost` says what nobody can do any more by it, and `why` that it cannot wait."""
    if found:
        why = MOVED if differences.moves(found) else why
        said = ". ".join((differences.in_a_sentence(found), *lost))
        at.tell(what, said, why=why, details=[one.field for one in found])


def _leads(old: tuple[str, ...], new: tuple[str, ...], at: _At) -> None:
    added, gone = [ref for ref in new if ref not in old], [ref for ref in old if ref not in new]
    names = in_a_row([at.called(ref) for ref in added])
    instead = names if added and not set(old) & set(new) else ""  # all of them: they read in one message who leads now
    if added:
        said = f"{names} {'a lead' if len(added) == 1 else 'leads'}"
        to = replace(at, hears=tuple(ref for ref in at.hears if ref not in gone)) if instead else at
        if admins := at.new_admins(added):
            to.tell_admins("lead_added", f"made {said}", admins, added)
        else:
            to.tell_rights("lead_added", said, added)
    if gone:
        unread = "unread" if any(map(is_group, new)) else ""  # at a start nobody has been asked who is in a group
        at.tell_rights("lead_removed", in_a_row([at.called(ref) for ref in gone]), gone, why=unread, instead=instead)
    if [ref for ref in new if ref in old] != [ref for ref in old if ref in new]:
        at.tell("lead_moved", ", ".join(map(at.called, new)), details=new)


def _same_as_a_lead(site: Site, at: _At) -> bool:
    """Tell of admins who lead because the file says now that they are one person with a lead; whether any do."""
    found = False
    named = (*site.leads, *(one.who for one in site.stand_ins))
    accounts = (str(one) for person in at.after.persons for one in person.accounts)
    for ref in at.new_admins(one for one in accounts if one not in named):
        account = Account.parse(ref)
        if not _leads_ever(account, site, at.after, at.work):
            continue
        others = in_a_row([str(one) for one in at.after.person(account).accounts if one != account])
        said = f"says that {at.called(ref)} is the same person as {others}, and so leads as they do"
        at.tell_admins("person_changed", said, [ref])
        found = True
    return found


def _leads_ever(account: Account, site: Site, directory: Directory, work: Work) -> bool:
    """Whether somebody leads a site, or will as a stand-in; groups are taken as they were when last told of."""
    announced = work.directory.announced
    named = (*site.leads, *(one.who for one in site.stand_ins))
    people = (one for ref in named for one in (announced.get(ref, ()) if is_group(ref) else (Account.parse(ref),)))
    return any(directory.same_person(account, one) for one in people)


def _stands_in(one: StandIn, at: _At) -> tuple[str, tuple[str, ...], str]:
    """Who stands in and when, in words; whose rights that is; and the words behind "stands in"."""
    in_place = f"{'beside' if is_group(one.away) else 'for'} {one.away} {days_said(one)}"
    return f"{at.called(one.who)} stands in {in_place}", (one.who,), in_place


def _contacts(old: Site, new: Site, at: _At) -> None:
    before, after = ({one.id: one for one in site.contacts} for site in (old, new))
    for name in dict.fromkeys((*before, *after)):
        was, now = before.get(name), after.get(name)
        if was is None and now is not None:
            why = BY_HAND if now.kind == "by_hand" else IN_FILE if now.verified else ""
            at.tell("contact_added", shown(now), about=name, why=why, details=[name])
        elif now is None and was is not None:
            at.tell("contact_removed", shown(was), about=name, why=MOVED, details=[name])
        elif was is not None and now is not None and (found := _of_contact(was, now)):
            why, said = MOVED if differences.moves(found) else "", differences.in_a_sentence(found)
            at.tell("contact_changed", f"{shown(now)}. {said}", about=name, why=why, details=[name])


def _of_contact(old: Contact, new: Contact) -> list[Difference]:
    found = list(differences.of_contact(old, new, lambda one: one.destination))
    if old.verified != new.verified and new.kind != "by_hand":
        found.append(Difference("verified", "vouched for", _VOUCHED[old.verified], _VOUCHED[new.verified]))
    if old.review_by != new.review_by:
        days = [day_told(one.review_by) if one.review_by else differences.NOTHING for one in (old, new)]
        found.append(Difference("review_by", "to be checked by", *days))
    return found


def _admins(before: Directory, after: Directory, work: Work) -> None:
    """Of admins no lead is told: they see no case. Other admins read it among the last changes."""
    pairs: tuple[tuple[What, frozenset[Account]], ...] = (
        ("admin_added", after.first_admins - before.first_admins),
        ("admin_removed", before.first_admins - after.first_admins),
    )
    for what, accounts in pairs:
        if accounts:
            names = ", ".join(map(str, sorted(accounts)))
            change = Change(what, work.now, by_name=BY_SETTING, about_name=names)
            keep_and_tell(change, work, details=[{"about": str(one)} for one in sorted(accounts)])
