"""A trust of twenty schools with five cases each, half of them in the CONFIG file and half set up in chat."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from handlers.case import Case
from handlers.clocks import today
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Known, Room, Standing, is_group
from handlers.ports import Delivery
from handlers.route import route
from handlers.screens import Form, Message, Question, Screen, buttons_of
from handlers.setup.leads import SURE
from handlers.sites import Contact, Site
from tests.handlers.memory import MemoryWork
from tests.handlers.person import Someone, text_of, whole_form
from tests.handlers.stories import V07

SITES, CASES = 20, 5
SERVES = frozenset({"slack:T1", "teams:TEN"})
ADMINS = tuple(Account.parse(f"slack:T1/UADMIN{number}") for number in range(2))
"""The first is an admin and nothing else; the second leads the first school as well."""
ADMIN_ON_TEAMS = Account.parse("teams:TEN/UADMIN9")
"""An admin too, and nothing else."""
OUTSIDER = Account.parse("slack:T1/UPUPIL")
MARK = re.compile(r"mark\d+x\d+")
REFERENCE = re.compile(r"SP-\w{4}-\w{2}")


def who(role: str, number: int) -> Account:
    """Somebody of one school."""
    return Account.parse(f"slack:T1/U{role}{number}")


def on_teams(role: str, number: int) -> Account:
    """An account of theirs on the other platform, as far as anybody links them."""
    return Account.parse(f"teams:TEN/U{role}{number}")


@dataclass
class Trust:
    """Everything in memory, what the platforms would say, and who may see what, worked out by other means."""

    work: MemoryWork = field(default_factory=lambda: MemoryWork(directory=_directory()))
    groups: dict[str, tuple[Account, ...]] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    """The case of each mark, each reference and each id."""

    def __post_init__(self) -> None:
        """Set up in chat what the file does not hold, and raise the cases."""
        self.groups = {f"slack:T1/S0LEADS{n}": (who("GROUPED", n),) for n in range(0, SITES, 3)}
        for number in range(1, SITES, 2):
            self._set_up(number)
        for number in range(SITES):
            for case in range(CASES):
                self._raise(number, f"mark{number}x{case}")

    def people(self) -> list[Account]:
        """Everybody."""
        roles = ("LEAD", "DEPUTY", "TEACHER", "GROUPED", "SPARE")
        there = [on_teams(role, number) for role in ("TEACHER", "SPARE") for number in range(SITES)]
        return [*ADMINS, ADMIN_ON_TEAMS, OUTSIDER, *(who(role, n) for role in roles for n in range(SITES)), *there]

    def known(self) -> Known:
        """What the platforms say of everybody."""
        member = Standing(member=True)
        return Known(
            member,
            groups=self.groups,
            standings=dict.fromkeys(self.people(), member),
            names={one: one.user.title() for one in self.people()},
            rooms={Account("slack", "T1", f"C0ROOM{n:03}"): Room(name=f"room-{n}") for n in range(100)},
            day=today(self.work.now),
        )

    def asks(
        self,
        by: Account,
        name: str,
        token: str = "",
        fields: dict[str, Value] | None = None,
        *,
        on: Surface | None = None,
    ) -> Screen | None:
        """Whatever a client could send."""
        surface = on or (Surface.FORM if token else Surface.COMMAND)
        return route(Intent(name, by, self.known(), surface, Subject.read(token), fields or {}), self.work)

    # --- who may see what --------------------------------------------------------------------------------------------
    def may_see(self, by: Account) -> set[str]:
        """The ids of the cases that are somebody's: they raised it, or lead its school today.

        What another account of the same person raised is theirs too, unless one of them is an admin's.
        """
        accounts = self._same(by)
        led = {site.id for site in self.work.directory.sites if accounts & set(self._leading(site))}
        raised = {by} if accounts & self.work.directory.admins else accounts
        return {case.id for case in self.work.cases.values() if case.site in led or case.raised_by in raised}

    def _leading(self, site: Site) -> list[Account]:
        refs = [*site.leads]
        refs += [one.who for one in site.stand_ins if one.first <= today(self.work.now) <= one.last]
        return [one for ref in refs for one in (self.groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))]

    def _same(self, by: Account) -> set[Account]:
        together = [person.accounts for person in self.work.directory.persons if by in person.accounts]
        return {by, *(one for accounts in together for one in accounts)}

    def leaks(self, by: Account, screen: Screen | None) -> list[str]:
        """Marks, references and ids on a screen that are none of this person's business."""
        if screen is None:
            return []
        tokens = [button.token for button in buttons_of(screen)] + [getattr(screen, "token", "")]
        return self._foreign("\n".join([text_of(screen), *tokens]), self.may_see(by))

    def leaks_in_message(self, delivery: Delivery, message: Message, since: datetime) -> list[str]:
        """The same of a message that arrived since then: to a person what is theirs, to a room what was referred to it.

        Who was in a group when a message was queued is not known any more when it goes.
        """
        case = self.work.cases.get(delivery.case)
        site = self.work.directory.site(case.site) if case else None
        if case is None or (site and any(map(is_group, site.leads))):
            return self._foreign(text_of(message), {case.id} if case else ())
        if delivery.to.user.startswith("C0ROOM"):
            return self._foreign(text_of(message), {case.id} if case.decisions else ())
        now, self.work.now = self.work.now, since  # a day may have ended meanwhile, and with it a stand-in
        before, self.work.now = self.may_see(delivery.to), now
        return self._foreign(text_of(message), before | self.may_see(delivery.to))

    def _foreign(self, text: str, theirs: Iterable[str]) -> list[str]:
        found = {*MARK.findall(text), *REFERENCE.findall(text), *re.findall(r"id\d{30}", text)}
        own = set(theirs)
        return sorted(one for one in found if one in self.marks and self.marks[one] not in own)

    # --- making it ---------------------------------------------------------------------------------------------------
    def _set_up(self, number: int) -> None:
        """Add a school in chat, as its admin would."""
        admin, site = ADMINS[0], f"school-{number}"
        typed: dict[str, Value] = {"name": f"School {number}", "nation": "england", "phone": "01632 960001"}
        self.asks(admin, "save_setup", "site~~site~0~", {**typed, "serves": tuple(sorted(SERVES))})
        people: tuple[str, ...] = (who("LEAD", number).user, who("DEPUTY", number).user)
        group = f"S0LEADS{number}" if number % 3 == 0 else None
        self._saves(site, "leads", people=people, groups=group)
        self._saves(site, "staff", people=(who("TEACHER", number).user,))
        self._saves(site, "contact", purpose="police", kind="slack", destination=f"T1/C0ROOM{number:03}")
        made = self.site(number)
        self.work.keep_site(
            replace(
                made,
                contacts=tuple(replace(one, verified=True) for one in made.contacts),
                staff=(*made.staff, str(on_teams("TEACHER", number))),
            )
        )

    def _saves(self, site: str, section: str, **fields: Value) -> None:
        found = self.work.directory.site(site)
        assert found is not None
        token = Subject("site", site, section, found.rev).write()
        shown = self.asks(ADMINS[0], "save_setup", token, fields)
        assert isinstance(shown, Form)
        if sure := next((one for one in shown.parts if isinstance(one, Question) and one.id == SURE), None):
            shown = self.asks(ADMINS[0], "save_setup", token, {**fields, SURE: (sure.options[0].value,)})
        assert isinstance(shown, Form)
        assert not shown.errors, shown.errors

    def site(self, number: int) -> Site:
        """One of the schools."""
        found = self.work.directory.site(f"school-{number}")
        assert found is not None
        return found

    def _raise(self, number: int, mark: str) -> None:
        before = set(self.work.cases)
        by = on_teams if mark.endswith("x0") else who
        teacher = Someone(self.work, by("TEACHER", number), self.known())
        teacher.opens_form()
        teacher.answers({**V07, "notes": f"It said {mark} there."})
        whole_form(teacher)
        teacher.presses("submit_report")
        (case_id,) = set(self.work.cases) - before
        self._remember(self.work.cases[case_id], mark)

    def _remember(self, case: Case, mark: str) -> None:
        assert case.latest.notes.count(mark) == 1
        self.marks |= {mark: case.id, case.reference: case.id, case.id: case.id}


def _directory() -> Directory:
    """The schools with an even number stand in the file; the second admin leads the first of them."""
    sites = tuple(_declared(number) for number in range(0, SITES, 2))
    admins = frozenset({*ADMINS, ADMIN_ON_TEAMS})
    return Directory(sites, admins=admins, first_admins=admins)


def _declared(number: int) -> Site:
    leads = [str(who("LEAD", number)), str(who("DEPUTY", number))]
    leads += [f"slack:T1/S0LEADS{number}"] if number % 3 == 0 else []
    leads += [str(ADMINS[1])] if number == 0 else []
    contact = Contact("police-slack", "police", "slack", f"T1/C0ROOM{number:03}", verified=True)
    return Site(
        f"school-{number}", f"School {number}", "england", tuple(leads), phone="01632 960001",
        serves=SERVES, staff=(str(who("TEACHER", number)), str(on_teams("TEACHER", number))),
        contacts=(contact,), declared=True,
    )  # fmt: skip
