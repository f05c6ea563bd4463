"""A trust that has set up all that one window can hold: both platforms take each window, and nothing is cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.play import blockkit
from bot.play.slack import reading
from bot.seals import Seals
from bot.slack import render as slack
from bot.slack.fit import TOO_MUCH
from bot.store.work import Secret
from bot.teams import render as teams
from bot.teams.fit import MOST_BYTES
from bot.teams.written import size
from handlers.changes import Change
from handlers.examples.setup import _ADMIN, _DIRECTORY, _LONG, _SITE, _at
from handlers.looking import home
from handlers.people import Account, Person
from handlers.screens import Form, buttons_of
from handlers.setup import contacts, leads, overview, staff, stand_ins, told, who
from handlers.sites import Contact, StandIn

LEADS = tuple(f"slack:T1/ULEAD{number:06}" for number in range(leads.MOST))
FULL = replace(
    _SITE,
    leads=LEADS,
    staff=tuple(f"slack:T1/USTAFF{number:06}" for number in range(100)),
    stand_ins=tuple(
        StandIn(LEADS[number], f"slack:T1/USTAND{number:06}", date(2026, 12, 1), date(2026, 12, 20))
        for number in range(stand_ins.MOST)
    ),
    contacts=tuple(
        Contact(f"social-care-mail-{n}", "social_care", "mail", f"duty{n}@council.example")
        for n in range(contacts.MOST)
    ),
)
SITES = tuple(replace(_SITE, id=f"{'a-long-name-of-a-school'}-{n}", name=f"{_LONG} {n}") for n in range(45))
TRUST = replace(
    _DIRECTORY,
    sites=SITES,
    persons=tuple(
        Person(
            (Account.parse(f"slack:T1/UPERS{n:06}"),), "Wilhelmina Featherstonehaugh", "Designated Safeguarding Lead"
        )
        for n in range(45)
    ),
    admins=frozenset(Account.parse(f"slack:T1/UADMN{n:06}") for n in range(45)),
)
CHANGES = tuple(
    Change(what, datetime(2026, 11, 24, tzinfo=UTC), SITES[0].id, LEADS[0], _ADMIN, "Sam Adeyemi", f"{_LONG}, " * 4)  # type: ignore[arg-type]
    for what in list(told.SAID)[: overview.NEWEST]
)
WINDOWS = {
    "home": overview.home(_at("", directory=TRUST, kept=CHANGES)),
    "second page": overview.home(_at("sites", item="1", directory=TRUST, kept=CHANGES)),
    "last page": overview.home(_at("sites", item="99", directory=TRUST, kept=CHANGES)),
    "people": who.people(_at("people", directory=TRUST)),
    "people, further": who.people(_at("people", item="2", directory=TRUST)),
    "a full site": overview.one_site(_at("overview", FULL)),
    "a full site of the file": overview.one_site(_at("overview", replace(FULL, declared=True))),
    "staff": staff.window(_at("staff", FULL)),
    "stand-in": stand_ins.window(_at("stand_in", FULL)),
}
ONE_CARD = set(WINDOWS) - {"a full site", "a full site of the file"}


def seal(token: str) -> str:
    return Seals(Secret(b"x" * 32)).seal(token, str(_ADMIN))


@pytest.mark.parametrize("name", WINDOWS)
def test_slack_takes_it_whole(name: str) -> None:
    view = slack.form(WINDOWS[name], seal)
    assert blockkit.lint_view(view) == []
    assert TOO_MUCH not in reading.words(view["blocks"])


@pytest.mark.parametrize("name", WINDOWS)
def test_teams_takes_it_and_what_is_too_much_for_one_card_goes_on_in_the_next(name: str) -> None:
    def more(number: int) -> dict[str, object]:
        return {"intent": "edit_setup", "token": seal("site~x~overview~0~"), "part": number}

    sizes = [size(teams.dialog(WINDOWS[name], seal, more, part)) for part in (1, 2, 3)]
    assert max(sizes) <= MOST_BYTES
    if name in ONE_CARD:
        assert sizes[0] == sizes[1], "one card is enough"


def test_every_site_person_and_admin_stands_on_one_of_the_pages() -> None:
    pages = [overview.home(_at("sites", item=str(number), directory=TRUST)) for number in range(3)]
    opened = [one.token for page in pages for one in buttons_of(page) if "~overview~" in one.token]
    assert len(set(opened)) == len(SITES)
    rows = [who.people(_at("people", item=str(number), directory=TRUST)) for number in range(5)]
    assert sum(one.label == "Change" for page in rows for one in buttons_of(page)) == len(TRUST.persons)
    taken = sum(one.label == "Take out" for page in rows for one in buttons_of(page))
    assert taken == len(TRUST.admins - TRUST.first_admins)


def test_an_admins_home_says_how_many_sites_are_not_shown() -> None:
    (lines, *_rest) = [part for part in home.set_up_parts(TRUST) if hasattr(part, "items")]
    assert "And 25 more" in str(lines)


def test_no_window_is_a_dead_end() -> None:
    for name, window in WINDOWS.items():
        assert isinstance(window, Form)
        away = {one.intent for one in buttons_of(window)} & {"show_admin", "edit_setup"}
        assert away, name
