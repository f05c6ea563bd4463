"""SR-10 and SR-11: sites are walls and admins are blind, whatever anybody presses, sends or changes of the set-up."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from functools import cache

import pytest

from handlers.intents import INTENTS, Subject, Surface, Value
from handlers.people import Account
from handlers.screens import Button, Form, Screen, buttons_of
from tests.handlers.person import Someone, text_of
from tests.handlers.trust import ADMIN_ON_TEAMS, ADMINS, CASES, MARK, OUTSIDER, SERVES, SITES, Trust, on_teams, who

STEPS, SEEDS = 1000, 10
"""Together 10,000 steps."""
COMMANDS = (
    "list_cases",
    "show_home",
    "show_start",
    "show_cover",
    "show_help",
    "show_admin",
    "start_report",
    "show_practise",
)
PLACES = ("", "page/1", "guidance", "check", "1", "overview", "leads")


class Walk:
    """Anybody does anything, again and again."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same walk for the same seed
        self.trust = Trust()
        self.people = self.trust.people()
        self.seen: list[tuple[Account, Screen]] = []
        self.did: Counter[str] = Counter()
        self.leaks: list[str] = []

    def step(self) -> None:
        """One thing."""
        may = [self._command] * 3 + [self._press] * 5 + [self._steal] * 3 + [self._forge] * 3 + [self._change] * 3
        do = self.chance.choice([*may, self._wait])
        do()
        self.did[do.__name__] += 1

    def _who(self) -> Account:
        return self.chance.choice([*ADMINS, ADMIN_ON_TEAMS, *self.people])

    def _shown(self, by: Account, screen: Screen | None, what: str) -> None:
        self.leaks += [f"{what}: {by} sees {one}" for one in self.trust.leaks(by, screen)]
        if screen is not None:
            self.seen.append((by, screen))
            self.did["saw a case"] += bool(MARK.search(text_of(screen)))

    def _send(self, by: Account, name: str, token: str, fields: dict[str, Value], what: str) -> None:
        on = self.chance.choice([Surface.FORM, Surface.FORM, Surface.MESSAGE, Surface.HOME])
        self._shown(by, self.trust.asks(by, name, token, fields, on=on), f"{what} {name}")

    def _command(self) -> None:
        by, name = self._who(), self.chance.choice(COMMANDS)
        self._shown(by, self.trust.asks(by, name), name)

    def _press(self) -> None:
        """A button that stands in front of somebody."""
        if self.seen:
            by, screen = self.chance.choice(self.seen[-60:])
            self._pressed(by, screen, "press")

    def _steal(self) -> None:
        """A button that somebody else has seen at any time: its seal would not open, and this wall stands behind it."""
        if self.seen:
            self._pressed(self._who(), self.chance.choice(self.seen)[1], "steal")

    def _pressed(self, by: Account, screen: Screen, what: str) -> None:
        found = [one for one in buttons_of(screen) if one.intent != "remove_setup" or self.chance.random() < 0.3]
        if found:
            button: Button = self.chance.choice(found)
            token = button.token or (screen.token if isinstance(screen, Form) else "")
            person = Someone(self.trust.work, by, screen=screen)
            person.answers({"consequences_read": ("yes",), "reason": "Because.", "contact": ("police-slack",)})
            self._send(by, button.intent, token, person.fields(), what)

    def _forge(self) -> None:
        """Any intent, about any case or site."""
        case = self.chance.choice(list(self.trust.work.cases.values()))
        lead = who(self.chance.choice(["LEAD", "DEPUTY"]), int(case.site.rpartition("-")[2]))
        kind, about = self.chance.choice([*[("case", case.id)] * 3, ("site", case.site), ("draft", "x")])
        place, extra = self.chance.choice(PLACES), self.chance.choice(["", "1:police-slack"])
        token = Subject(kind, about, place, case.latest.number, extra).write()  # type: ignore[arg-type]
        name = self.chance.choice([*sorted(INTENTS), *["open_case"] * 10])
        self._send(self.chance.choice([lead, self._who()]), name, token, {}, "forge")

    def _change(self) -> None:
        """An admin changes who leads, who stands in, who is one person: themselves and others of their school too."""
        number = self.chance.randrange(SITES)
        site = self.trust.work.directory.site(f"school-{number}")
        if site is None:
            return
        spare, lead = who("SPARE", number), self.chance.choice(site.leads)
        day, both = self.trust.work.now.date(), tuple(sorted(SERVES))
        may: list[tuple[str, str, dict[str, Value]]] = [
            ("leads", "", {"people": (spare.user,)}),
            ("leads", "", {"groups": f"S0LEADS{number}"}),
            ("lead", lead, {"move": self.chance.choice(["first", "last", "out", "out"])}),
            ("stand_in", "", {"away": lead, "who": spare.user, "first_day": str(day), "last_day": str(day)}),
            ("staff", "", {"people": (spare.user, who("TEACHER", number).user)}),
            ("person", "", {"who": who("DEPUTY", number).user, "accounts": str(on_teams("SPARE", number))}),
            ("person", "", {"who": who("TEACHER", number).user, "accounts": str(ADMIN_ON_TEAMS)}),
            ("person", "", {"who": ADMINS[0].user, "accounts": str(on_teams("TEACHER", number))}),
            ("apart", "", {}),
            ("site", "", {"name": f"School {number}", "nation": "england", "phone": "01632 960001", "serves": both}),
        ]
        section, item, fields = self.chance.choice(may)
        if section == "apart":
            self._take_apart()
            return
        token = Subject("site", site.id, section, site.rev, item).write()
        before = self.trust.work.directory
        self._shown(ADMINS[0], self.trust.asks(ADMINS[0], "save_setup", token, fields), section)
        self.did[f"changed {section}"] += self.trust.work.directory != before

    def _take_apart(self) -> None:
        """An admin says that accounts are several people again."""
        persons = self.trust.work.directory.persons
        if not persons:
            return
        item = str(self.chance.choice(persons).accounts[0])
        window = self.trust.asks(ADMINS[0], "edit_setup", Subject("site", "", "person", 0, item).write())
        assert window is not None
        (out,) = [one for one in buttons_of(window) if one.intent == "remove_setup"]
        self._shown(ADMINS[0], self.trust.asks(ADMINS[0], "remove_setup", out.token), "apart")
        self.did["took apart"] += self.trust.work.directory.persons != persons
        with_admin = [one for one in persons if {ADMINS[0], ADMIN_ON_TEAMS} & set(one.accounts)]
        self.did["an admin was joined to a raiser"] += bool(with_admin)

    def _wait(self) -> None:
        before, since = len(self.trust.work.arrived), self.trust.work.now
        self.trust.work.passes(self.chance.choice([0, 1, 30, 1500]))
        for delivery, message in self.trust.work.arrived[before:]:
            self.leaks += [
                f"{delivery.kind} to {delivery.to}: {one}"
                for one in self.trust.leaks_in_message(delivery, message, since)
            ]
            if not delivery.to.user.startswith("C0"):
                self.seen.append((delivery.to, message))


@cache
def walked(seed: int) -> Walk:
    walk = Walk(seed)
    for _ in range(STEPS):
        walk.step()
    return walk


@pytest.mark.parametrize("seed", range(SEEDS))
def test_no_step_shows_anybody_a_case_that_is_not_theirs(seed: int) -> None:
    assert walked(seed).leaks == []


def test_the_walks_hold_everything_that_they_are_about() -> None:
    did = sum((walked(seed).did for seed in range(SEEDS)), Counter[str]())
    sections = ("leads", "lead", "stand_in", "staff", "person")
    wanted = {"_command", "_press", "_steal", "_forge", "_change", "_wait", *(f"changed {one}" for one in sections)}
    wanted |= {"took apart", "an admin was joined to a raiser"}
    assert {one for one in wanted if did[one] < 20} == set(), did
    assert did["saw a case"] > 300
    assert any(one.decisions for seed in range(SEEDS) for one in walked(seed).trust.work.cases.values())


def test_each_lead_finds_the_five_cases_of_their_school_and_nobody_else_any() -> None:
    trust = Trust()
    for number in range(SITES):
        lead = who("LEAD", number)
        said = text_of(trust.asks(lead, "list_cases"))
        assert said.count("SP-") == CASES
        assert trust.leaks(lead, trust.asks(lead, "list_cases")) == []
    for nobody in (ADMINS[0], OUTSIDER):
        assert "SP-" not in text_of(trust.asks(nobody, "list_cases"))


def test_an_admin_gets_no_case_by_any_intent_on_any_case_anywhere() -> None:  # SR-11
    trust = Trust()
    trust.work.passes(2000)
    forms = (("", ""), ("guidance", "1:police-slack"), ("page/1", "school-3"), ("overview", "police-slack"))
    for number in (0, 3, 7, 12, 19):
        case = next(one for one in trust.work.cases.values() if one.site == f"school-{number}")
        for name, (place, extra), on in itertools.product(sorted(INTENTS), forms, (Surface.FORM, Surface.MESSAGE)):
            for kind, about in (("case", case.id), ("site", case.site), ("draft", case.id)):
                token = Subject(kind, about, place, case.latest.number, extra).write()  # type: ignore[arg-type]
                assert trust.leaks(ADMINS[0], trust.asks(ADMINS[0], name, token, on=on)) == [], (name, token)
    for key in list(trust.work.outbox):  # a delivery's id is no way to it either
        assert trust.leaks(ADMINS[0], trust.asks(ADMINS[0], "open_case", Subject("case", key, "", 1).write())) == []


def test_an_admin_who_joins_their_account_to_a_leads_is_announced_to_the_leads() -> None:  # SR-11
    trust = Trust()
    trust.work.passes(11)
    trust.work.arrived.clear()
    lead, deputy = who("LEAD", 1), who("DEPUTY", 1)
    fields: dict[str, Value] = {"who": ADMIN_ON_TEAMS.user, "accounts": str(lead)}
    trust.asks(ADMIN_ON_TEAMS, "save_setup", Subject("site", "", "person").write(), fields)
    trust.work.passes()
    told = [(one.to, text_of(message)) for one, message in trust.work.arrived if one.kind == "setup_told"]
    assert {to for to, _ in told} == {lead, deputy, ADMIN_ON_TEAMS}
    for to in (lead, deputy):
        (said,) = [said for one, said in told if one == to and "made themselves a lead" in said]
        assert f"{ADMIN_ON_TEAMS}, an admin of Signpost" in said
    assert [said for to, said in told if to == lead and "your account is one person with others now" in said]
    trust.work.passes(11)
    again = [one for one, _ in trust.work.arrived if (one.to, one.kind) == (deputy, "setup_told")]
    assert len(again) == 1, "nothing is said twice"


JOINS = {
    "slack": (ADMINS[0], who("TEACHER", 1), ADMIN_ON_TEAMS),
    "teams": (ADMIN_ON_TEAMS, on_teams("TEACHER", 1), ADMINS[0]),
}
"""Who says so, of whom, and the account of the other platform, which is an admin's."""


@pytest.mark.parametrize("platform", JOINS)
def test_an_admin_who_is_joined_to_a_raiser_gets_no_case_and_all_whom_it_concerns_hear_at_once(platform: str) -> None:
    by, teacher, admin = JOINS[platform]
    trust = Trust()
    trust.work.passes(2000)
    trust.work.arrived.clear()
    saved = Subject("site", "", "person").write()
    trust.asks(by, "save_setup", saved, {"who": teacher.user, "accounts": str(admin), "name": "Amira Khan"})
    assert trust.work.directory.same_person(teacher, admin)

    theirs = [one for one in trust.work.cases.values() if one.raised_by == teacher]
    assert theirs
    for case in theirs:
        for name, place in itertools.product(sorted(INTENTS), ("", "guidance", "page/1", "check")):
            for kind, about in (("case", case.id), ("draft", case.id)):
                token = Subject(kind, about, place, case.latest.number, "").write()  # type: ignore[arg-type]
                assert trust.leaks(admin, trust.asks(admin, name, token)) == [], (name, token)
    for name in COMMANDS:
        assert trust.leaks(admin, trust.asks(admin, name)) == [], name

    trust.work.passes()
    told = {one.to: text_of(message) for one, message in trust.work.arrived if one.kind == "setup_told"}
    assert set(told) == {teacher, admin, who("LEAD", 1), who("DEPUTY", 1)}
    for one in (teacher, admin):
        assert f"This one is {one}. One is an admin's of Signpost." in told[one]
        assert "tell the head teacher and a lead, not the admin alone" in told[one]
    for one in (who("LEAD", 1), who("DEPUTY", 1)):
        assert "an admin's account is one person with others now" in told[one]
        assert str(teacher) in told[one]
        assert f"{admin}, an admin of Signpost" in told[one]
    entries = [d["about"] for event, d in trust.work.recorded if event == "setup.person_joined"]
    assert entries == [str(teacher), str(admin)]


@pytest.mark.parametrize("platform", JOINS)
def test_two_accounts_of_one_workspace_or_tenant_are_not_joined(platform: str) -> None:
    by, teacher, _ = JOINS[platform]
    trust, again = Trust(), who if platform == "slack" else on_teams
    token = Subject("site", "", "person").write()
    for other, more in ((str(by), ""), (str(again("SPARE", 2)), ""), ("slack:T7/U1", "\nslack:T7/U2")):
        trust.asks(by, "save_setup", token, {"who": teacher.user, "accounts": f"{other}{more}"})
        assert not trust.work.directory.persons
    shown = trust.asks(by, "save_setup", token, {"who": teacher.user, "accounts": str(by)})
    assert isinstance(shown, Form)
    place = {"slack": "Slack workspace", "teams": "Teams tenant"}[platform]
    said = (
        f"Two of these accounts are of the same {place}, where everybody has one: they are two people. Leave one out."
    )
    assert dict(shown.errors) == {"accounts": said}
