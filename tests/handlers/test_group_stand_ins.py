"""A group leads, and one of it is away: who can be chosen, who is told, who may decide, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from handlers.intents import Subject, Surface
from handlers.people import Account, Group, Known, Person
from handlers.screens import Caution, Form, Question
from handlers.setup.stand_ins import MOST_OFFERED
from handlers.sites import StandIn
from tests.handlers.deciding import DEPUTY, LEAD, TEACHER, a_work, raised, the_case
from tests.handlers.memory import MEMBER, TUESDAY, MemoryWork
from tests.handlers.person import Someone, errors_on, text_of
from tests.handlers.setting_up import Admin, World, with_a_site

GROUP = "slack:T1/S0LEADS01"
WREN = Account.parse("slack:T1/UWREN")
DAY = TUESDAY.date()
FOR_THE_LEAD = StandIn(str(LEAD), str(WREN), DAY, DAY)
BESIDE = StandIn(GROUP, str(WREN), DAY, DAY)


def known(*members: Account, **more: Any) -> Known:
    return replace(MEMBER, day=DAY, groups={GROUP: members}, asked=frozenset({GROUP}), **more)


def a_led_work(entry: StandIn, **more: object) -> MemoryWork:
    work = a_work(leads=(GROUP,), stand_ins=(entry,), **more)  # type: ignore[arg-type]
    work.now = datetime.combine(DAY, TUESDAY.time(), TUESDAY.tzinfo)
    return work


def told(work: MemoryWork, seen: Known) -> list[Account]:
    teacher = Someone(work, TEACHER, seen)
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("recommend_now")
    rows = [(due, delivery.to) for delivery, due in work.outbox.values() if delivery.kind == "lead_notice"]
    return [who for _, who in sorted(rows, key=lambda row: row[0])]


def with_a_group(members: tuple[Account, ...] | None = (LEAD, DEPUTY)) -> Admin:
    """An admin whose site is led by a group and by nobody one by one."""
    admin = Admin(World(groups={GROUP: (LEAD, DEPUTY)}, about_groups={GROUP: Group("@leads")}))
    admin.opens_setup().goes("Do it")
    admin.saves(name="Northside", nation=("england",), phone="01632 960001")
    admin.to("leads").adds_group("S0LEADS01")
    if members is None:
        del admin.world.groups[GROUP]
    else:
        admin.world.groups[GROUP] = members
    return admin


def offered(admin: Admin) -> dict[str, str]:
    """Who can be chosen as away."""
    shown = admin.to("stand_in").screen
    assert isinstance(shown, Form)
    (asked,) = [one for one in shown.parts if isinstance(one, Question)]
    return {one.value: one.label for one in asked.options}


def cautions(admin: Admin) -> str:
    assert isinstance(admin.screen, Form)
    return " ".join(one.text for one in admin.screen.parts if isinstance(one, Caution))


def adds(admin: Admin, away: str, who: str = "UWREN") -> Admin:
    admin.to("stand_in").saves(away=away, who=who, first_day="24/11/2026", last_day="18/12/2026")
    return admin


def test_whoever_is_away_is_chosen_among_the_people_of_the_group_by_their_names() -> None:
    admin = with_a_group()
    assert offered(admin) == {str(LEAD): "Priya Nair", str(DEPUTY): "Tom Reid"}
    adds(admin, str(LEAD))
    assert [(one.away, one.who) for one in admin.site.stand_ins] == [(str(LEAD), str(WREN))]
    assert "Wren Okafor stands in for Priya Nair from 24 November 2026" in text_of(admin.screen)


def test_where_nobody_can_say_who_is_in_the_group_somebody_stands_in_beside_it() -> None:
    admin = with_a_group(None)
    assert offered(admin) == {GROUP: "Somebody of the user group @leads"}
    adds(admin, GROUP)
    assert "Wren Okafor stands in beside the user group @leads from" in text_of(admin.screen)


def test_of_a_group_of_hundreds_nobody_is_offered_by_name() -> None:
    many = tuple(Account("slack", "T1", f"UMEMBER{number}") for number in range(MOST_OFFERED + 1))
    assert set(offered(with_a_group(many))) == {GROUP}


def test_who_is_not_in_the_group_is_not_away() -> None:
    admin = with_a_group((DEPUTY,))
    shown = admin.to("stand_in").saves(away=str(LEAD), who="UWREN", first_day="24/11/2026", last_day="18/12/2026")
    assert set(errors_on(shown)) == {"away"}
    assert admin.site.stand_ins == ()


def test_a_lead_who_stands_in_is_asked_elsewhere_and_the_admin_reads_so() -> None:
    admin = adds(with_a_group(), str(LEAD), "UDEPUTY")
    assert "Tom Reid leads here already" in cautions(admin)
    assert "in the place of Priya Nair" in cautions(admin)
    named = with_a_site(World(groups={GROUP: (WREN,)}, about_groups={GROUP: Group("@leads")}))
    named.to("leads").adds_group("S0LEADS01")
    del named.world.groups[GROUP]
    assert "they are asked before the user group @leads" in cautions(adds(named, GROUP, "UDEPUTY"))


def test_an_admin_who_stands_in_is_told_to_the_leads_as_becoming_one() -> None:
    admin = adds(with_a_group(), str(LEAD), "UADMIN")
    assert "sees every case of this site in that time" in cautions(admin)
    assert "setup.lead_self" in {event for event, _ in admin.work.audit}
    assert "Sam Adeyemi is an admin" not in cautions(adds(with_a_group(), str(LEAD)))


def test_with_the_group_go_those_who_stood_in_for_somebody_of_it() -> None:
    admin = adds(with_a_group(), str(LEAD))
    admin.to("leads").saves(people=("UDEPUTY",))
    admin.to("lead", GROUP).saves(move="out")
    assert admin.site.leads == (str(DEPUTY),)
    assert admin.site.stand_ins == ()

    admin = adds(with_a_site(World(groups={GROUP: (WREN,)})), str(LEAD), "UADMIN")
    admin.to("leads").adds_group("S0LEADS01")
    admin.to("lead", GROUP).saves(move="out")
    assert len(admin.site.stand_ins) == 1, "it was for somebody who is named"


@pytest.mark.parametrize(
    ("entry", "order"),
    [(FOR_THE_LEAD, [WREN, DEPUTY, LEAD]), (BESIDE, [WREN, LEAD, DEPUTY])],
    ids=["for somebody of it", "beside it"],
)
def test_who_stands_in_hears_in_their_place_or_before_the_group(entry: StandIn, order: list[Account]) -> None:
    assert told(a_led_work(entry), known(LEAD, DEPUTY)) == order


def decides(entry: StandIn, seen: Known) -> bool:
    """Whether who stands in opens and decides a case of the site."""
    work = a_led_work(entry)
    raised(work)
    person = Someone(work, WREN, seen)
    subject = Subject("case", the_case(work).id, "", 1).write()
    if the_case(work).reference not in text_of(person.asks("open_case", surface=Surface.MESSAGE, subject=subject)):
        return False
    person.presses("do_not_refer")
    return "You decided" in text_of(person.answers({"reason": "We rang them."}).presses("confirm_do_not_refer"))


@pytest.mark.parametrize("entry", [FOR_THE_LEAD, BESIDE], ids=["for somebody of it", "beside it"])
def test_who_stands_in_decides_until_the_last_day(entry: StandIn) -> None:
    seen = known(LEAD, DEPUTY)
    assert decides(entry, seen)
    assert not decides(entry, replace(seen, day=DAY + timedelta(days=1)))
    assert not decides(entry, replace(seen, day=None))


def test_who_stands_in_for_somebody_leads_no_longer_than_the_group_has_them() -> None:
    assert not decides(FOR_THE_LEAD, known(DEPUTY))
    assert not decides(FOR_THE_LEAD, replace(known(), groups={})), "what cannot be asked is denied"
    assert told(a_led_work(FOR_THE_LEAD), known(DEPUTY)) == [DEPUTY]
    silent = replace(known(), groups={}, remembered={GROUP: (LEAD, DEPUTY)})
    assert told(a_led_work(FOR_THE_LEAD), silent) == [WREN, DEPUTY, LEAD], "and is told as it last was"


def test_somebody_who_is_away_with_one_account_is_away_with_the_other_too() -> None:
    both = Person((LEAD, Account.parse("teams:TEN/priya")), "Priya Nair")
    work = a_led_work(replace(FOR_THE_LEAD, away="teams:TEN/priya"))
    work.directory = replace(work.directory, persons=(both,))
    assert told(work, known(LEAD, DEPUTY)) == [WREN, DEPUTY, LEAD]


def test_everybody_can_ask_who_is_covering_for_a_group() -> None:
    names = {LEAD: "Priya Nair", DEPUTY: "Tom Reid", WREN: "Wren Okafor"}
    seen = known(LEAD, DEPUTY, names=names)
    for entry, says in ((FOR_THE_LEAD, "stands in for Priya Nair until"), (BESIDE, "stands in beside the group that")):
        said = text_of(Someone(a_led_work(entry), TEACHER, seen).asks("show_cover"))
        assert f"Wren Okafor {says}" in said
    coming = replace(BESIDE, first=DAY + timedelta(days=1), last=DAY + timedelta(days=2))
    said = text_of(Someone(a_led_work(coming), TEACHER, seen).asks("show_cover"))
    assert "Wren Okafor stands in beside the group that leads." in said
