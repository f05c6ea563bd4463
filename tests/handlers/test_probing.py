"""Nobody learns by trying that a case exists: not while its group can be read, not while it cannot, not for ever after.

Whoever has no right is answered for a real case as for one that was made up, by every press and by its reference; and
each attempt is in the trail, where nothing tells of which case it was.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.intents import INTENTS, Intent, Subject, Surface
from handlers.people import Account, Known, Person, Standing
from handlers.roles import LEAD as LEADS_IT
from handlers.roles import MAY
from handlers.roles import RAISER as RAISED_IT
from handlers.route import route
from handlers.sites import StandIn
from tests.handlers.deciding import raised
from tests.handlers.memory import DEPUTY, DIRECTORY, LEAD, MEMBER, SITE, TEACHER, TUESDAY, MemoryWork
from tests.handlers.person import text_of

LEADS, OTHERS = "slack:T1/SLEADS", "slack:T1/SOTHERS"
LEADS_ON_TEAMS, OTHERS_ON_TEAMS = "teams:TEN/group:LEADS", "teams:TEN/channel:OTHERS"
STRANGER, ELSEWHERE = Account.parse("slack:T1/USTRANGER"), Account.parse("slack:T1/UELSEWHERE")
STRANGER_ON_TEAMS, LEAD_ON_TEAMS = Account.parse("teams:TEN/STRANGER"), Account.parse("teams:TEN/LEAD")
COVER = Account.parse("slack:T1/UCOVER")
MADE_UP = "SP-ZZZZ-ZZ"
NOTHING = "There is nothing here for you"
NOT_ASKED = "could not be asked just now who may do this"
TYPED = {"reason": "The parents were told.", "harm_now": "in_danger_now"}
PRESSES = sorted(name for name in INTENTS if MAY[name] <= {LEADS_IT, RAISED_IT})
"""Everything that is about a case or a draft."""
GROUPS = {LEADS: (LEAD, DEPUTY), OTHERS: (ELSEWHERE,), LEADS_ON_TEAMS: (LEAD_ON_TEAMS,), OTHERS_ON_TEAMS: ()}
ASKED = frozenset(GROUPS)
READ = replace(MEMBER, groups=GROUPS, asked=ASKED, day=TUESDAY.date())
HOW_THEY_STAND = {
    "all can be read": READ,
    "none can be read": replace(READ, groups={}, remembered=GROUPS, read_lately=GROUPS),
    "none was ever read": replace(READ, groups={}),
    "those of the case are gone": replace(READ, groups={OTHERS: (ELSEWHERE,), OTHERS_ON_TEAMS: ()}),
    "another one is gone": replace(READ, groups={one: who for one, who in GROUPS.items() if one != OTHERS}),
    "those of Teams cannot be read": replace(
        READ, groups={one: who for one, who in GROUPS.items() if one.startswith("slack:")}
    ),
    "the account cannot be asked about": replace(READ, standing=Standing(member=False, why_not="unknown")),
    "a guest": replace(READ, standing=Standing(member=False, why_not="guest")),
}
"""What the platforms say when somebody tries."""


def school(*, announced: bool) -> MemoryWork:
    """Two sites, each led by a group on Slack and one on Teams, and a case of the first, which left its lead out."""
    northside = replace(SITE, leads=(LEADS, LEADS_ON_TEAMS))
    southside = replace(SITE, id="southside", name="Southside College", leads=(OTHERS, OTHERS_ON_TEAMS))
    southside = replace(
        southside,
        staff=(str(ELSEWHERE),),
        stand_ins=(StandIn(str(ELSEWHERE), str(COVER), TUESDAY.date(), TUESDAY.date()),),
    )
    persons = (Person((DEPUTY, LEAD_ON_TEAMS)),)
    directory = replace(DIRECTORY, sites=(northside, southside), persons=persons)
    work = MemoryWork(directory=replace(directory, announced=GROUPS if announced else {}))
    case = raised(work)
    work.keep_case(replace(case, left_out=(LEAD,)))
    return work


def tries(work: MemoryWork, who: Account, known: Known, name: str, subject: Subject) -> str:
    """What is answered, with what they sent themselves taken out of it."""
    sent = Intent(name, who, known, Surface.MESSAGE, subject, TYPED)
    return repr(route(sent, work)).replace(subject.id, "WHAT-THEY-SENT")


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "never read"])
@pytest.mark.parametrize("how", HOW_THEY_STAND)
@pytest.mark.parametrize(
    "who",
    [STRANGER, STRANGER_ON_TEAMS, ELSEWHERE, COVER, LEAD],
    ids=["stranger", "teams", "other lead", "cover", "left out"],
)
def test_a_real_case_and_a_made_up_one_are_answered_alike(who: Account, how: str, *, announced: bool) -> None:  # SR-9
    work, known = school(announced=announced), HOW_THEY_STAND[how]
    (case,) = work.cases.values()
    for name in PRESSES:
        for real, invented in (
            (Subject("case", case.id, "", 1, "1:police"), Subject("case", "no-such-case", "", 1, "1:police")),
            (Subject("reference", case.reference), Subject("reference", MADE_UP)),
        ):
            before = len(work.recorded)
            said = tries(work, who, known, name, real)
            assert said == tries(work, who, known, name, invented), name
            if name == "discard_draft" and "Discarded" in said:  # there is none: nobody was refused
                continue
            first, second = work.recorded[before:]
            assert first == second, name
            assert first[0].endswith(".refused")
            assert case.id not in repr(first)
            assert case.reference not in repr(first)
    assert {one for event, one in work.audit if event.endswith(".refused")} == {""}, "of no case"


def answer(work: MemoryWork, who: Account, known: Known, case: str = "") -> str:
    (real,) = work.cases
    return text_of(route(Intent("open_case", who, known, Surface.MESSAGE, Subject("case", case or real, "", 1)), work))


@pytest.mark.parametrize("how", ["none can be read", "none was ever read", "those of the case are gone"])
def test_who_led_by_a_group_that_cannot_be_read_is_told_so_and_a_stranger_is_told_what_always_is(how: str) -> None:
    work, known = school(announced=True), HOW_THEY_STAND[how]
    for lead in (DEPUTY, LEAD):
        assert NOT_ASKED in answer(work, lead, known)
        assert NOT_ASKED in answer(work, lead, known, "no-such-case")
    for stranger in (STRANGER, STRANGER_ON_TEAMS):
        assert NOTHING in answer(work, stranger, known)
        assert NOTHING in answer(work, stranger, known, "no-such-case")
    assert "What was answered" in answer(work, TEACHER, known), "the raiser needs no group"


def test_who_leads_by_another_account_or_stands_in_is_told_so_too() -> None:
    work = school(announced=True)
    on_teams = HOW_THEY_STAND["those of Teams cannot be read"]
    assert "What was answered" in answer(work, LEAD_ON_TEAMS, on_teams), "they lead by the account on Slack"
    assert NOT_ASKED in answer(work, LEAD_ON_TEAMS, HOW_THEY_STAND["none can be read"])
    assert NOT_ASKED in answer(work, COVER, HOW_THEY_STAND["another one is gone"])
    assert NOTHING in answer(work, COVER, READ)


def test_who_leads_elsewhere_reads_of_a_case_that_is_not_theirs_what_always_is_while_their_own_group_can_be_read() -> (
    None
):
    work = school(announced=True)
    assert NOTHING in answer(work, ELSEWHERE, HOW_THEY_STAND["those of the case are gone"])
    assert NOT_ASKED in answer(work, ELSEWHERE, HOW_THEY_STAND["another one is gone"])
