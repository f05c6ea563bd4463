"""What is theirs: the own page of the app in Slack, and in Teams the card that `home` brings, are the same screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.slack import wire
from bot.slack.arrived import Us
from bot.teams import said
from handlers.intents import Intent, Surface
from handlers.looking.home import help_page
from handlers.people import Account, Person
from handlers.route import route
from handlers.screens import Message, buttons_of
from tests.handlers.memory import ADMIN, DIRECTORY, LEAD, MEMBER, TEACHER, TEACHER_ON_TEAMS, MemoryWork
from tests.handlers.person import Someone, text_of
from tests.handlers.stories import V07
from tests.parity.test_parity import read_slack, read_teams, same

LEAD_ON_TEAMS, ADMIN_ON_TEAMS = Account("teams", "TEN", "LEAD"), Account("teams", "TEN", "ADMIN")
PEOPLE = {
    "teacher": (TEACHER, TEACHER_ON_TEAMS), "lead": (LEAD, LEAD_ON_TEAMS), "admin": (ADMIN, ADMIN_ON_TEAMS),
}  # fmt: skip
US = Us("T1", "UBOT", "BBOT", "")


@pytest.fixture
def work() -> MemoryWork:
    """Each of the three is on both platforms, and the teacher has raised a case and begun another report."""
    persons = tuple(Person(accounts, name=who.title()) for who, accounts in PEOPLE.items())
    made = MemoryWork(directory=replace(DIRECTORY, persons=persons, admins=frozenset({ADMIN})))
    raiser = Someone(made, TEACHER)
    raiser.opens_form()
    raiser.answers(V07).presses("recommend_now")
    raiser.opens_form()
    raiser.answers({"harm_now": "no"}).presses("next_page")
    return made


def on_slack(who: str, work: MemoryWork) -> Message:
    """Their home page, as it is drawn when they open it."""
    event = {"type": "app_home_opened", "user": PEOPLE[who][0].user, "tab": "home", "channel": "D1"}
    body = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}
    arrived = wire.read(body, US)
    assert arrived is not None
    return shown(arrived.name, PEOPLE[who][0], Surface.HOME, work)


def on_teams(who: str, work: MemoryWork) -> Message:
    """The card that the word brings."""
    what, name = said.what({"text": "Home"})
    assert what == "word"
    return shown(name, PEOPLE[who][1], Surface.COMMAND, work)


def shown(name: str, who: Account, surface: Surface, work: MemoryWork) -> Message:
    screen = route(Intent(name, who, MEMBER, surface), work)
    assert isinstance(screen, Message)
    return screen


@pytest.mark.parametrize("who", PEOPLE)
def test_home_is_the_same_for_one_person_on_both_platforms(who: str, work: MemoryWork) -> None:
    page, card = on_slack(who, work), on_teams(who, work)

    assert page == card
    same(card)
    assert sorted(read_slack(page).buttons) == sorted(read_teams(card).buttons)


@pytest.mark.parametrize(
    ("who", "buttons", "reads"),
    [
        ("teacher", {"start_report", "open_case"}, ("My incidents", "not sent yet")),
        ("lead", {"start_report", "open_case"}, ("Cases of your sites", "Nobody has opened it yet")),
        ("admin", {"start_report", "show_admin"}, ("Set-up", "Northside Academy")),
    ],
)
def test_each_finds_what_is_theirs_on_the_card(
    who: str, buttons: set[str], reads: tuple[str, ...], work: MemoryWork
) -> None:
    card = on_teams(who, work)

    assert {one.intent for one in buttons_of(card)} == buttons
    assert [one for one in ("999", *reads) if one not in text_of(card)] == []


def test_help_names_the_word() -> None:
    assert (
        "home" in text_of(help_page(member=True, account="teams:TEN/TEACHER")).split("In Teams write")[1].split(":")[0]
    )
