"""Who joins or leaves a group that leads does that on the platform, where nobody presses anything of Signpost's.

The leads hear of it all the same. Who was in such a group as far as they were told is kept, and compared with who is in
it: so it matters to nobody how long ago that was, whether Signpost ran meanwhile, or who asked first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from handlers.changes import Change, What
from handlers.clocks import today
from handlers.people import Account, Directory, is_group
from handlers.ports import Work
from handlers.setup.days import days_said
from handlers.setup.group_words import in_a_row, named, without_name
from handlers.setup.tell import BY_AN_ADMIN, keep_and_tell, leads_of
from handlers.sites import Site, StandIn

Groups = Mapping[str, tuple[Account, ...]]
NO_ROLE: Final = frozenset({"guest", "outside"})
"""Whoever is one of these has no role here, whatever group they are in. They are announced once they have one."""
MOST_NAMED: Final = 20
"""People who are named in one message. Who is behind the rest stands in the trail, each with an entry of their own."""
UNREAD_EACH: Final = 3
"""Of so many without a name it is said of each where it stands who that is; of more how many they are."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was learnt of a group that leads."""

    before: tuple[Account, ...] | None
    """As far as its leads had been told when the platform was asked; None: they were told of nobody yet.

    Where that has changed meanwhile, another process was faster, and this answer may be older than what it knows.
    """
    there: frozenset[Account]
    no_role: frozenset[Account] = frozenset()
    """Those of them who lead nothing."""


@dataclass(frozen=True, slots=True)
class Said:
    """What platforms call people and groups, as far as it could be learnt."""

    people: Mapping[Account, str]
    groups: Mapping[str, str]


def groups_that_lead(directory: Directory) -> tuple[str, ...]:
    """Every group by which somebody leads a site; a stand-in for one of its members does so by it too."""
    return tuple(dict.fromkeys(ref for site in directory.sites for ref in site.leads if is_group(ref)))


def differs(readings: Mapping[str, Reading], work: Work) -> bool:
    """Whether there is anything to keep. Most of the time there is not, and then nothing is written."""
    return _announced_now(readings, work) != work.directory.announced


def people_in(readings: Mapping[str, Reading], directory: Directory) -> tuple[Account, ...]:
    """Whose names are needed to tell of it: who came or went, and the stand-ins of those sites."""
    moved = {
        ref: one.there.symmetric_difference(one.before)
        for ref, one in readings.items()
        if one.before is not None and one.there != frozenset(one.before)
    }
    sites = [site for site in directory.sites if not moved.keys().isdisjoint(site.leads)]
    in_place = [ref for site in sites for entry in site.stand_ins for ref in (entry.who, entry.away)]
    others = [Account.parse(ref) for ref in in_place if not is_group(ref)]
    # An admin who comes is named in any case, so their name is asked for first.
    people = sorted(set(chain.from_iterable(moved.values())), key=lambda one: (not directory.is_admin(one), one))
    return tuple(dict.fromkeys((*people[:MOST_NAMED], *others, *people[MOST_NAMED:])))


def noted(readings: Mapping[str, Reading], said: Said, work: Work) -> None:
    """Keep who is in these groups, and have it told at each site who leads by that, or does no more.

    Of a group that is read for the first time nobody is announced, and one that was not read stays as it was.
    """
    before, after = work.directory.announced, _announced_now(readings, work)
    if before == after:
        return
    work.keep_announced(after)
    there = {ref: one.there for ref, one in readings.items()}
    for site in work.directory.sites:
        refs = [ref for ref in site.leads if is_group(ref)]
        if any(before.get(ref, after.get(ref)) != after.get(ref) for ref in refs):
            _Site(work, site, {**after, **before}, after, there, said).tell()


def keep_shown(before: Directory, groups: Groups, work: Work) -> None:
    """Of groups that lead from now on: an admin was shown these people, and whoever comes after them is announced."""
    led = groups_that_lead(before)
    new = {ref: groups[ref] for ref in groups_that_lead(work.directory) if ref not in led and ref in groups}
    if new:
        work.keep_announced({**work.directory.announced, **{ref: tuple(sorted(one)) for ref, one in new.items()}})


def person_named(account: Account, there: str, directory: Directory) -> str:
    """What the platform calls somebody, in words that no admin writes; the name that was entered stands behind it."""
    entered = directory.person(account).name
    if not there:
        return f"{entered} ({account})" if entered else str(account)
    return there if not entered or entered.casefold() == there.casefold() else f"{there} (entered as {entered})"


def _announced_now(readings: Mapping[str, Reading], work: Work) -> Groups:
    """Who will have been announced once these readings are taken note of. What leads no more is forgotten."""
    announced, found = work.directory.announced, dict[str, tuple[Account, ...]]()
    for ref in groups_that_lead(work.directory):
        reading = readings.get(ref)
        if reading is not None and reading.before == announced.get(ref):
            found[ref] = tuple(sorted(reading.there - reading.no_role))
        elif ref in announced:
            found[ref] = announced[ref]
    return found


@dataclass(frozen=True, slots=True)
class _Site:
    """A site whose groups have changed."""

    work: Work
    site: Site
    before: Groups
    after: Groups
    there: Mapping[str, frozenset[Account]]
    """Everybody in the groups that were read: of a lead who has become a guest nobody says that they left."""
    said: Said

    def tell(self) -> None:
        """Tell who leads and who does no more, by which group: a message each for who leads, since that one counts."""
        led, leads = _opened(self.site, self.before), _opened(self.site, self.after)
        joined = [one for one in leads if not self._among(one, led)]
        left = [one for one in led if not self._among(one, leads) and self._is_gone(one, led[one])]
        for ref in dict.fromkeys(filter(is_group, self.site.leads)):
            came = self._in_order(one for one in joined if leads[one] == ref)
            if came:
                is_are, lead = ("is", "leads") if len(came) == 1 else ("are", "lead")
                who = f"{_begun(self._names(came, admins=True))} {is_are} now in {self._called(ref)}"
                self._keep("lead_joined", came, ref, f"{who} and so {lead} {self.site.name}", led)
            went = self._in_order(one for one in left if led[one] == ref)
            if went:
                is_are, do = ("is", "does") if len(went) == 1 else ("are", "do")
                who = f"{_begun(self._names(went))} {is_are} not in {self._called(ref)} any more"
                self._keep("lead_left", went, ref, f"{who} and so {do} not lead {self.site.name}", led)
        self._stand_ins(led, leads)

    def _stand_ins(self, led: Mapping[Account, str], leads: Mapping[Account, str]) -> None:
        """Whoever stands in for a member of a group leads as long as the group has them."""
        directory = self.work.directory
        for entry in self.site.stand_ins:
            who = Account.parse(entry.who)
            if entry.last < today(self.work.now) or self._among(who, led) or self._among(who, leads):
                continue
            was, now = (next((one for one in them if directory.is_away(entry, one)), None) for them in (led, leads))
            if now is not None and was is None:
                self._tell_stand_in("lead_joined", entry, leads[now], led)
            elif was is not None and now is None and self._is_gone(was, led[was]):
                self._tell_stand_in("lead_left", entry, led[was], led)

    def _tell_stand_in(self, what: What, entry: StandIn, ref: str, led: Iterable[Account]) -> None:
        who, away = Account.parse(entry.who), self._names([Account.parse(entry.away)])
        in_place = f"for {away} {days_said(entry)}"
        stands = f"{_begun(self._names([who], admins=what == 'lead_joined'))} stands in {in_place}"
        if what == "lead_joined":
            words = f"{stands}, and leads {self.site.name} then: {away} is now in {self._called(ref)}"
        else:
            words = f"{stands}, and does not lead {self.site.name}: {away} is not in {self._called(ref)} any more"
        self._keep(what, [who], ref, words, led, in_place)

    def _keep(
        self, what: What, who: list[Account], ref: str, words: str, led: Iterable[Account], in_place: str = ""
    ) -> None:
        """Whoever led before is told, and who comes or goes. The account stands in the trail, with the group."""
        work, site = self.work, self.site
        why = BY_AN_ADMIN if what == "lead_joined" and any(map(work.directory.is_admin, who)) else ""
        whom = tuple(map(str, who))
        change = Change(what, work.now, site.id, whom[0], about_name=words, why=why, whom=whom, in_place=in_place)
        details = [{"about": one, "group": ref} for one in whom]
        keep_and_tell(change, work, hears=(*leads_of(site, work), *map(str, led)), details=details)

    def _is_gone(self, account: Account, ref: str) -> bool:
        return account not in self.there.get(ref, ())

    def _among(self, account: Account, people: Iterable[Account]) -> bool:
        return any(self.work.directory.same_person(account, one) for one in people)

    def _names(self, people: Iterable[Account], *, admins: bool = False) -> str:
        """Their names. Of a crowd the first, and how many more there are."""
        directory = self.work.directory
        said = {one: self._name(one) for one in people}
        some = list(said)[:MOST_NAMED]
        unread = [one for one in some if not said[one]]

        def one(account: Account) -> str:
            name = said[account] or without_name(account)
            return f"{name} (an admin of Signpost)" if admins and directory.is_admin(account) else name

        each = [one(account) for account in some if said[account] or len(unread) <= UNREAD_EACH]
        rest = [f"{len(unread)} people whose names Signpost cannot read"] if len(unread) > UNREAD_EACH else []
        more = [f"{len(said) - len(some)} more"] if len(said) > len(some) else []
        return in_a_row([*each, *rest, *more])

    def _name(self, account: Account) -> str:
        """What somebody is called; empty where nobody says so."""
        name = person_named(account, self.said.people.get(account, ""), self.work.directory)
        return "" if name == str(account) else name

    def _in_order(self, people: Iterable[Account]) -> list[Account]:
        """Admins before all others, then whoever has a name: of a crowd it is they who are named."""
        is_admin = self.work.directory.is_admin
        return sorted(people, key=lambda one: (not is_admin(one), not self._name(one)))

    def _called(self, ref: str) -> str:
        return named(ref, self.said.groups.get(ref, ""))


def _begun(names: str) -> str:
    """Names at the beginning of a sentence; a platform's own are left as they are."""
    return f"S{names[1:]}" if names.startswith("somebody ") else names


def _opened(site: Site, groups: Groups) -> dict[Account, str]:
    """Everybody who leads a site, but for stand-ins, and the entry by which they do: their own before any group's."""
    own = {Account.parse(ref): ref for ref in site.leads if not is_group(ref)}
    for ref in filter(is_group, site.leads):
        for one in groups.get(ref, ()):
            own.setdefault(one, ref)
    return own
