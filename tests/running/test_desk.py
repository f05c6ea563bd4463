"""The front desk on a real database: everybody gets a screen, whatever is broken, and nothing is done twice."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import pytest

from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.store.away import StoreAway
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.ports import Work
from handlers.screens import Form, Screen, TextBox, buttons_of
from handlers.sites import Site
from tests.running.beside_a_desk import DEPUTY, LEAD, TEACHER, Asked, Slowed
from tests.running.post_office import real_store

SITE = Site("northside", "Northside", "england", (str(LEAD), "slack:T1/S7"), serves=frozenset({"slack:T1"}))
DIRECTORY = Directory((SITE,), (Person((LEAD,), name="Priya Nair"),))
MEMBER = Known(Standing(member=True), names={LEAD: "Priya Nair"})


@dataclass
class Office:
    """A desk and what stands around it."""

    desk: FrontDesk
    store: Slowed
    lookup: Asked
    metrics: Metrics
    troubles: list[str]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    store = await real_store(tmp_path, DIRECTORY)
    slowed, lookup, metrics, troubles = Slowed(store), Asked(), Metrics(), list[str]()
    desk = FrontDesk(
        slowed, lambda: DIRECTORY, metrics, lookups=lambda: {"slack": lookup}, orgs=lambda: frozenset({"slack:T5"}),
        trouble=lambda: troubles.append("database"), answer_seconds=60,
    )  # fmt: skip
    yield Office(desk, slowed, lookup, metrics, troubles)
    await store.close()


def start() -> Intent:
    return Intent("start_report", TEACHER, MEMBER, Surface.COMMAND)


def next_step(screen: Screen | None, name: str, **fields: Value) -> Intent:
    """The press of a button that stands on the screen, with what was typed."""
    assert isinstance(screen, Form)
    (button,) = [one for one in buttons_of(screen) if one.intent == name]
    return Intent(name, TEACHER, MEMBER, Surface.FORM, Subject.read(button.token or screen.token), fields)


def words(screen: Screen | None) -> str:
    return repr(screen)


async def test_an_intent_is_carried_out_and_answered(office: Office) -> None:
    page = await office.desk.answer(start())
    assert isinstance(page, Form)
    result = await office.desk.answer(next_step(page, "recommend_now", harm_now="no"))

    assert re.search(r"SP-[0-9A-Z]{4}-[0-9A-Z]{2}", words(result))
    assert office.troubles == []
    assert "signpost_has_answered 1.0" in office.metrics.text().decode()


async def test_a_database_that_is_away_leaves_999_what_was_typed_and_a_reference(  # SR-39
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    page = await office.desk.answer(start())
    press = next_step(page, "next_page", notes="it was in a group chat")
    press = replace(press, subject=replace(press.subject, place="page/3"))
    office.store.away = StoreAway("lost")
    capsys.readouterr()
    answer = await office.desk.answer(press)

    said = words(answer)
    assert "not saved" in said
    assert "999" in said
    assert "101" in said
    assert "it was in a group chat" in said
    reference = re.search(r"E-[0-9A-Z]{4}-[0-9A-Z]{2}", said)
    assert reference is not None
    log = capsys.readouterr().out
    assert reference.group() in log
    assert "lost" in log
    assert "group chat" not in log
    assert office.troubles == ["database"]
    assert 'intent="next_page",result="not_saved"} 1.0' in office.metrics.text().decode()


async def test_whoever_met_others_at_the_same_moment_is_told_so_and_no_alarm_is_raised(office: Office) -> None:
    page = await office.desk.answer(start())
    press = next_step(page, "next_page", notes="it was in a group chat")
    press = replace(press, subject=replace(press.subject, place="page/3"))
    office.store.away = StoreAway("conflict")
    said = words(await office.desk.answer(press))

    assert "others were saving at the same moment" in said
    assert "cannot reach its records" not in said
    assert "it was in a group chat" in said
    assert office.troubles == []


async def test_a_window_of_setting_up_that_was_not_saved_comes_back_with_all_that_was_typed(office: Office) -> None:
    office.store.away = StoreAway("lost")
    token = Subject("site", "northside", "staff", 3)
    save = Intent("save_setup", TEACHER, MEMBER, Surface.FORM, token, {"groups": "S0STAFF01"})
    screen = await office.desk.answer(save)

    assert isinstance(screen, Form)
    assert "not saved" in words(screen)
    assert [(one.intent, one.token) for one in buttons_of(screen)] == [("save_setup", token.write())]
    assert [(one.id, one.value) for one in screen.parts if isinstance(one, TextBox)] == [("groups", "S0STAFF01")]


@pytest.mark.parametrize(
    "error", [RuntimeError("SENTINEL"), KeyError("SENTINEL"), ValueError("SENTINEL"), RecursionError()]
)
async def test_our_own_failure_has_words_of_its_own_and_nobody_doubts_the_database(
    office: Office, error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    about = (Subject(), Subject("case", "c" * 32, "", 1), Subject("site", "northside", "staff", 3))
    office.store.away = error
    capsys.readouterr()
    for subject in about:
        said = words(await office.desk.answer(Intent("open_case", TEACHER, MEMBER, Surface.FORM, subject)))
        assert "there is a fault in Signpost" in said.replace("There", "there")
        assert "records" not in said
        assert "999" in said
        assert re.search(r"E-[0-9A-Z]{4}-[0-9A-Z]{2}", said)
    captured = capsys.readouterr()
    assert type(error).__name__ in captured.out
    assert "SENTINEL" not in captured.out + captured.err
    assert office.troubles == []


async def test_a_database_that_hangs_is_doubted(office: Office) -> None:
    office.store.held, office.desk._answer_seconds = Event(), 0.05
    async with asyncio.timeout(30):
        assert "cannot reach its records" in words(await office.desk.answer(start()))
    office.store.held.set()
    await office.desk.drain(60)

    assert office.troubles == ["database"]


async def test_what_is_configured_is_read_while_somebody_writes(office: Office) -> None:
    """On SQLite there is one writer: whoever only reads does not stand in its line."""
    writes, over = Event(), Event()

    def write(work: Work) -> None:
        work.record("case.refused", by=TEACHER)
        writes.set()
        assert over.wait(60)

    writer = asyncio.create_task(office.store.store.run(write))
    await asyncio.to_thread(writes.wait, 60)
    async with asyncio.timeout(30):
        assert (await office.desk.leads()).groups
        assert (await office.desk.leading(ask=False)).day is not None
    assert not writer.done()
    over.set()
    await writer


async def test_whoever_meets_a_slow_transaction_does_not_wait_and_finds_it_again_when_it_commits_late(
    office: Office,
) -> None:
    page = await office.desk.answer(start())
    press = next_step(page, "recommend_now", harm_now="no")
    office.store.held, office.desk._answer_seconds = Event(), 0.05
    async with asyncio.timeout(30):
        assert "not saved" in words(await office.desk.answer(press)), "it is answered while the transaction waits"

    office.store.held.set()
    await office.desk.drain(60)
    office.store.held, office.desk._answer_seconds = None, 60
    second, third = await office.desk.answer(press), await office.desk.answer(press)

    (reference,) = set(re.findall(r"SP-[0-9A-Z]{4}-[0-9A-Z]{2}", words(second) + words(third)))
    cases = await office.store.store.read(lambda work: work.cases_at(["northside"], 10))
    assert [case.reference for case in cases] == [reference]


async def test_fifty_presses_at_once_have_one_effect(office: Office) -> None:
    page = await office.desk.answer(start())
    press = next_step(page, "recommend_now", harm_now="no")
    answers = await asyncio.gather(*(office.desk.answer(press) for _ in range(50)))

    assert len(set(map(words, answers))) == 1
    assert len(await office.store.store.read(lambda work: work.cases_at(["northside"], 100))) == 1


async def test_a_recovered_database_serves_the_same_press(office: Office) -> None:
    page = await office.desk.answer(start())
    press = next_step(page, "recommend_now", harm_now="no")
    office.store.away = StoreAway("lost")
    assert "not saved" in words(await office.desk.answer(press))
    office.store.away = None

    assert "SP-" in words(await office.desk.answer(press))


async def test_what_the_platform_knows_is_asked_all_at_once(office: Office) -> None:
    known = await office.desk.known(TEACHER, fresh=True)

    assert known.standing.member
    assert known.groups == {"slack:T1/S7": (DEPUTY,)}
    assert [sorted(one) for one in office.lookup.rounds] == [
        ["members slack:T1/S7 True", "standing U1 True"],
        ["name U1", "name U3"],  # the names of a group's members are asked once its members are known
    ]


async def test_a_lead_without_a_configured_name_is_asked_for(office: Office) -> None:
    directory = replace(DIRECTORY, persons=())
    desk = FrontDesk(office.store, lambda: directory, Metrics(), lookups=lambda: {"slack": office.lookup})

    assert (await desk.known(TEACHER)).names == {LEAD: "Name of U2", DEPUTY: "Name of U3"}


@pytest.mark.parametrize("trouble", ["slow", "broken", "unread group", "no such platform"])
async def test_what_cannot_be_asked_is_denied_and_nobody_waits_for_it(office: Office, trouble: str) -> None:
    account = TEACHER
    match trouble:
        case "slow":
            office.lookup.held = asyncio.Event()
        case "broken":
            office.lookup.broken = True
        case "unread group":
            office.lookup.groups.clear()
        case _:
            account = Account("teams", "TENANT", "O1")
    async with asyncio.timeout(30):
        known = await office.desk.known(account)  # what is held is never answered

    assert known.groups == {}
    assert known.standing.member is (trouble == "unread group")
    if trouble != "unread group":
        assert known.standing.why_not == "unknown"


async def test_groups_of_sites_that_somebody_has_nothing_to_do_with_are_not_asked(office: Office) -> None:
    await office.desk.known(Account("slack", "T9", "U1"))

    assert [question for question in office.lookup.questions if question.startswith("members")] == []


async def test_known_workspaces_are_those_of_our_tokens_and_of_the_sites(office: Office) -> None:  # SR-3
    assert office.desk.serves("slack:T1")
    assert office.desk.serves("slack:T5")
    assert not office.desk.serves("slack:T2")
    assert not office.desk.serves("teams:T1")


async def test_whoever_writes_admin_and_is_none_reads_their_own_account_and_the_log_names_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named = frozenset({Account("slack", "TXXXX", "U4")})
    directory = replace(DIRECTORY, admins=named, first_admins=named)
    store = await real_store(tmp_path, directory)
    desk = FrontDesk(store, lambda: directory, Metrics(), lookups=lambda: {"slack": Asked()})
    said = words(await desk.answer(Intent("show_admin", TEACHER, MEMBER, Surface.COMMAND)))
    await store.close()

    assert str(TEACHER) in said
    assert "SIGNPOST_ADMINS" in said
    for nobodys in ("TXXXX", "Priya", "Northside"):
        assert nobodys not in said
    (line,) = [one for one in capsys.readouterr().out.splitlines() if "admin_refused" in one]
    for personal in ("U1", "U4", "TXXXX"):
        assert personal not in line
