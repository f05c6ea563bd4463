"""Who is who: accounts, sites and their leads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, Self

from handlers.sites import Site, StandIn

Platform = Literal["slack", "teams", "mail"]
"""How somebody is reached. Nobody raises or decides by mail: it is a way to contacts alone."""


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One person's account on one platform: `slack:T1/U2` or `teams:TENANT/OBJECT`; or a contact's room or mailbox."""

    platform: Platform
    org: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.org}/{self.user}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `slack:T1/U2`. Raises ValueError with a sentence that says what is expected."""
        platform, colon, rest = text.partition(":")
        org, slash, user = rest.partition("/")
        if (
            platform not in ("slack", "teams", "mail")
            or not (colon and slash and org and user)
            or "/" in user
            or " " in text
        ):
            raise ValueError(f"'{text[:60]}' is not an account: write slack:TEAM/USER or teams:TENANT/OBJECT")
        return cls(platform, org, user)  # type: ignore[arg-type]  # checked on the line above


@dataclass(frozen=True, slots=True)
class Standing:
    """What the platform says of an account right now. On doubt `member` is False, which denies."""

    member: bool
    why_not: Literal["", "guest", "deactivated", "outside", "no_account", "unknown"] = ""
    """`no_account`: the platform says that there is none; `unknown`: it could not be asked, or said nothing of use."""
    home: str = ""
    """The tenant that somebody from outside belongs to (`teams:TENANT`), where the platform says so."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a platform says of a channel: why nothing may be posted there (a closed word), its name, who is there."""

    why_not: str = ""
    name: str = ""
    organisations: tuple[str, ...] = ()
    """Workspaces or tenants in it that nobody expects there."""
    missing: tuple[str, ...] = ()
    """Those that are expected there and are not, where others are."""
    members: tuple[Account, ...] | None = None
    """Who is in it; None where nobody could say."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a platform says of a group itself: what it is called, and why nobody can be told to be in it, if so."""

    name: str = ""
    why_not: str = ""
    """A closed word; empty also where nobody knows."""


@dataclass(frozen=True, slots=True)
class Known:
    """What was asked of the platforms before the transaction: the person's standing, groups and names."""

    standing: Standing
    groups: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    """Members of each group that configuration names (`slack:T1/S…`); one that could not be read is absent."""
    asked: frozenset[str] = frozenset()
    """The groups that were asked about, read or not."""
    remembered: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    """Who was in a group when it could last be read: to tell somebody, never to let somebody in."""
    read_lately: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    """Who was in a group that cannot be read just now, when it was read within the last day: enough to raise, and never
    enough to see or decide a case."""
    lately: bool = False
    """Whether the platform said within the last day that this is a full member: enough to go on with a form while it
    cannot be asked, and never enough to see or decide a case."""
    about_groups: Mapping[str, Group] = field(default_factory=dict)
    """What was asked about groups that an admin names or looks at; one that could not be asked is absent."""
    names: Mapping[Account, str] = field(default_factory=dict)
    """Display names, for people whom a screen names."""
    standings: Mapping[Account, Standing] = field(default_factory=dict)
    """What was asked about people whom an admin chose; who could not be asked is absent."""
    rooms: Mapping[Account, Room] = field(default_factory=dict)
    """What was asked about a place that an admin named for a contact."""
    own_domain: str = ""
    """The domain that our own mail comes from."""
    day: date | None = None
    """Today's date in London, by which stand-ins begin and end. Unknown: nobody stands in."""


@dataclass(frozen=True, slots=True)
class Person:
    """Accounts that are one human being, and what a contact is told of them. By configuration only."""

    accounts: tuple[Account, ...]
    name: str = ""
    role: str = ""
    phone: str = ""
    reachable: str = ""
    """When they can be reached, in words: `Monday to Friday until 17:00`."""
    declared: bool = False
    """It stands in the CONFIG file, and so is not changed in chat."""


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that configuration says about sites and people."""

    sites: tuple[Site, ...] = ()
    persons: tuple[Person, ...] = ()
    admins: frozenset[Account] = frozenset()
    first_admins: frozenset[Account] = frozenset()
    """Those of the admins whom a setting names: they are not changed in chat."""
    blind: Mapping[str, str] = field(default_factory=dict)
    """Workspaces and tenants (`slack:T1`) whose contacts cannot be looked at, and a closed word for why."""
    announced: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    """Who was in each group that leads as far as its leads were told: anybody else in it became a lead since."""
    connected: frozenset[str] = frozenset()
    """The workspaces and tenants that we are connected to just now (`slack:T1`), whether a site names them or not."""
    gone: frozenset[str] = frozenset()
    """Ids of sites, and of contacts as `site/contact`, that were removed in chat: no other one is called that again."""
    not_members: Mapping[Account, str] = field(default_factory=dict)
    """Whoever is named as a lead, by whichever way, and was no full member when their platform was last asked; and why
    (`Standing.why_not`, never `unknown`). They have no role."""

    def site(self, site_id: str) -> Site | None:
        """The site with that id, or None."""
        return next((site for site in self.sites if site.id == site_id), None)

    def is_admin(self, account: Account) -> bool:
        """Whether the account (or another of the same person) is an admin."""
        return any(self.same_person(account, one) for one in self.admins)

    def person(self, account: Account) -> Person:
        """The person behind an account; a person of one account where configuration links none."""
        for person in self.persons:
            if account in person.accounts:
                return person
        return Person((account,))

    def same_person(self, one: Account, other: Account) -> bool:
        """Whether configuration says that both accounts are one person (or they are the same account)."""
        return one == other or other in self.person(one).accounts

    def name(self, account: Account, known: Known) -> str:
        """What to call an account on a screen: configured name, else the platform's, else a neutral word."""
        return self.person(account).name or known.names.get(account, "") or "A safeguarding lead"

    def has_no_role(self, account: Account, known: Known) -> bool:
        """Whether their platform says that this is no full member: a guest, switched off, or of another organisation.

        What was said just now counts, else what was noted last. Where nobody could ever be asked it is not so.
        """
        said = known.standings.get(account)
        return account in self.not_members if said is None or said.why_not == "unknown" else not said.member

    def leads(self, site: Site, known: Known) -> tuple[Account, ...]:
        """The leads to tell at a site, in order, groups opened, one account a person.

        Who is no full member has no place in it. Where somebody stands in, they are told in the place of whoever is
        away, who is told after all others; beside a group as a whole they are told before it. A group that cannot be
        read just now is told as it was when it last could: a lead too many hears of a reference, and nobody is let in
        by this.
        """
        found: list[Account] = []
        for account in self.named_leads(site, known):
            if not self.has_no_role(account, known) and not any(self.same_person(account, seen) for seen in found):
                found.append(account)
        return tuple(found)

    def named_leads(self, site: Site, known: Known) -> tuple[Account, ...]:
        """Everybody who is named as a lead, by whichever way, in the order of `leads`, whether they have a role or not.

        Whoever is away goes to the end only where somebody is there who stands in.
        """
        covering = [one for one in _covering(site, known) if not self.has_no_role(Account.parse(one.who), known)]
        no_role = [Account.parse(one.who) for one in _covering(site, known) if one not in covering]
        in_order: list[Account] = []
        away: list[Account] = []
        for ref in site.leads:
            in_order += [Account.parse(one.who) for one in covering if one.away == ref and is_group(ref)]
            for lead in _opened((ref,), known, also=known.remembered):
                instead = [Account.parse(one.who) for one in covering if self.is_away(one, lead)]
                in_order += instead or [lead]
                away += [lead] if instead else []
        return (*in_order, *away, *no_role)

    def is_lead(self, account: Account, site: Site, known: Known) -> bool:
        """Whether the account (or another of the same person) is a lead of that site, or stands in for one today.

        Who stands in for somebody of a group leads as long as that group has them. Who is no full member leads nothing.
        """
        leads = _opened(site.leads, known)
        standing_in = (
            Account.parse(one.who)
            for one in _covering(site, known)
            if one.away in site.leads or any(self.is_away(one, lead) for lead in leads)
        )
        return not self.has_no_role(account, known) and any(
            self.same_person(account, lead) for lead in (*leads, *standing_in) if not self.has_no_role(lead, known)
        )

    def is_away(self, one: StandIn, lead: Account) -> bool:
        """Whether it is for this lead that somebody stands in; not so where they do beside a group as a whole."""
        return not is_group(one.away) and self.same_person(Account.parse(one.away), lead)

    def sites_to_raise_for(self, account: Account, known: Known) -> tuple[Site, ...]:
        """The sites that this account may raise an incident for.

        A group that cannot be read just now counts as it was within the last day: a platform that is silent for an hour
        is not to keep a teacher from raising.
        """
        lately = replace(known, groups={**known.read_lately, **known.groups}) if known.read_lately else known
        return tuple(
            site
            for site in self.sites
            if f"{account.platform}:{account.org}" in site.serves
            and (not site.staff or account in _opened(site.staff, lately) or self.is_lead(account, site, lately))
        )

    def sites_unread(self, account: Account, known: Known) -> tuple[Site, ...]:
        """The sites that this account may perhaps raise for: nobody can say, since a group of theirs cannot be read."""
        may, org = self.sites_to_raise_for(account, known), f"{account.platform}:{account.org}"
        unread = self.unread(account, known)
        return tuple(
            site
            for site in self.sites
            if org in site.serves and site not in may and not unread.isdisjoint((*site.staff, *site.leads))
        )

    def unread(self, account: Account, known: Known) -> frozenset[str]:
        """The groups that may decide for this person and cannot be read, or, of those that lead, were not asked."""
        orgs = tuple(f"{one.platform}:{one.org}/" for one in self.person(account).accounts)
        theirs = {ref for ref in known.asked if ref.startswith(orgs)}
        return self.may_lead_by(account).union(theirs) - known.groups.keys()

    def may_lead_by(self, account: Account) -> frozenset[str]:
        """The groups by which this person may lead: by any of their accounts, or standing in for somebody of one."""
        orgs = tuple(f"{one.platform}:{one.org}/" for one in self.person(account).accounts)
        there = [(one, site) for site in self.sites for one in site.stand_ins]
        stands_in = {site.id for one, site in there if self.same_person(account, Account.parse(one.who))}
        refs = ((ref, site.id in stands_in) for site in self.sites for ref in site.leads if is_group(ref))
        return frozenset(ref for ref, in_place in refs if in_place or ref.startswith(orgs))

    def sites_on_offer(self, account: Account, known: Known) -> tuple[Site, ...]:
        """Those of them for which a report can be begun: where nobody leads yet, nobody would hear of it."""
        return tuple(site for site in self.sites_to_raise_for(account, known) if site.leads)

    def sites_led_by(self, account: Account, known: Known) -> tuple[Site, ...]:
        """The sites whose lead this account is."""
        return tuple(site for site in self.sites if self.is_lead(account, site, known))

    def orgs(self) -> frozenset[str]:
        """Every workspace and tenant that configuration names (`slack:T1`)."""
        return frozenset(org for site in self.sites for org in site.serves)

    def groups(self) -> frozenset[str]:
        """Every group whose members must be asked of a platform."""
        refs = (ref for site in self.sites for ref in (*site.leads, *site.staff))
        return frozenset(ref for ref in refs if is_group(ref))


def is_group(ref: str) -> bool:
    """Whether an entry of `leads` or `staff` names a group instead of an account."""
    platform, _, rest = ref.partition(":")
    member = rest.partition("/")[2]
    if platform == "slack":
        return member[:1] in ("S", "C", "G")
    return member.startswith(("group:", "channel:"))


def _covering(site: Site, known: Known) -> tuple[StandIn, ...]:
    """The stand-ins of today."""
    return tuple(one for one in site.stand_ins if known.day is not None and one.on(known.day))


def _opened(
    refs: Iterable[str], known: Known, *, also: Mapping[str, tuple[Account, ...]] | None = None
) -> list[Account]:
    accounts: list[Account] = []
    for ref in refs:
        members = known.groups.get(ref, (also or {}).get(ref, ())) if is_group(ref) else (Account.parse(ref),)
        accounts.extend(members)
    return accounts
