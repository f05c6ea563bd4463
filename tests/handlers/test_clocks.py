"""Clocks: minutes pass by the clock, working days stop at night, at weekends and on the nation's bank holidays."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import clocks
from handlers.sites import Clocks, Site

LONDON = ZoneInfo("Europe/London")
NATIONS = ("england", "wales", "scotland", "northern_ireland")
ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = (
    Site("northside", "Northside Academy", nation, ("slack:T1/U2",))  # type: ignore[arg-type]  # one of NATIONS
    for nation in NATIONS
)

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - in UTC
sites = st.sampled_from((ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND))
urgencies = st.sampled_from(("now", "today", "routine"))


def at(text: str) -> datetime:
    """A moment written as the clock on a London wall shows it, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def lead(after: str, site: Site = ENGLAND, urgency: str = "routine", *, harm_unknown: bool = False) -> datetime:
    return clocks.next_lead_due(site, urgency=urgency, harm_unknown=harm_unknown, after=at(after))


def test_an_urgent_case_is_due_after_ten_minutes_at_night_too() -> None:
    assert lead("2026-11-21T23:55", urgency="now") == at("2026-11-22T00:05")


def test_a_case_of_today_is_due_after_an_hour_on_a_sunday_too() -> None:
    assert lead("2026-11-22T18:30", urgency="today") == at("2026-11-22T19:30")


@pytest.mark.parametrize("urgency", ["now", "today", "routine"])
def test_harm_that_is_not_known_counts_as_urgent(urgency: str) -> None:
    assert lead("2026-11-21T03:00", urgency=urgency, harm_unknown=True) == at("2026-11-21T03:10")


@pytest.mark.parametrize(
    ("after", "due"),
    [
        pytest.param("2026-11-20T16:55", "2026-11-23T16:55", id="Friday 16:55 is due Monday 16:55"),
        pytest.param("2026-11-17T08:00", "2026-11-17T17:00", id="A whole day fits into the same day"),
        pytest.param("2026-11-17T07:00", "2026-11-17T17:00", id="Before eight nothing counts"),
        pytest.param("2026-11-17T12:30", "2026-11-18T12:30", id="Midday is due the next midday"),
        pytest.param("2026-11-20T17:00", "2026-11-23T17:00", id="Friday at closing time counts from Monday"),
        pytest.param("2026-11-21T11:00", "2026-11-23T17:00", id="Saturday counts from Monday"),
        pytest.param("2026-12-24T16:00", "2026-12-29T16:00", id="Christmas Day, Boxing Day and the day given instead"),
        pytest.param("2026-12-31T09:00", "2027-01-04T09:00", id="New Year's Day on a Friday"),
        pytest.param("2027-12-24T10:00", "2027-12-29T10:00", id="Christmas at a weekend moves to Monday and Tuesday"),
    ],
)
def test_a_routine_case_is_due_after_one_working_day(after: str, due: str) -> None:
    assert lead(after) == at(due)


@pytest.mark.parametrize(
    ("after", "due"),
    [
        ("2026-03-27T16:55", "2026-03-30T16:55"),
        ("2026-10-23T16:55", "2026-10-26T16:55"),
        ("2027-03-25T16:55", "2027-03-30T16:55"),  # Easter: Good Friday, the clocks on Sunday, Easter Monday
        ("2027-10-29T16:55", "2027-11-01T16:55"),
        ("2028-03-24T16:55", "2028-03-27T16:55"),
        ("2028-10-27T16:55", "2028-10-30T16:55"),
    ],
)
def test_a_working_day_ends_at_the_same_time_of_day_across_a_clock_change(after: str, due: str) -> None:
    assert lead(after) == at(due)


@pytest.mark.parametrize("sunday", ["2026-03-29", "2027-03-28", "2028-03-26", "2026-10-25", "2027-10-31", "2028-10-29"])
@pytest.mark.parametrize(("urgency", "minutes"), [("now", 10), ("today", 60)])
def test_minutes_are_real_minutes_in_the_night_of_a_clock_change(sunday: str, urgency: str, minutes: int) -> None:
    midnight = datetime.fromisoformat(sunday).replace(tzinfo=UTC)
    for quarter in range(16):
        after = midnight + timedelta(minutes=15 * quarter)
        due = clocks.next_lead_due(ENGLAND, urgency=urgency, harm_unknown=False, after=after)
        assert due - after == timedelta(minutes=minutes)
        assert due.tzinfo is UTC


def test_saint_andrews_day_counts_everywhere_but_in_scotland() -> None:
    due = {site.nation: lead("2026-11-27T12:00", site) for site in (ENGLAND, WALES, NORTHERN_IRELAND, SCOTLAND)}
    assert due.pop("scotland") == at("2026-12-01T12:00")
    assert set(due.values()) == {at("2026-11-30T12:00")}


def test_the_twelfth_of_july_counts_everywhere_but_in_northern_ireland() -> None:
    due = {site.nation: lead("2027-07-09T12:00", site) for site in (ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND)}
    assert due.pop("northern_ireland") == at("2027-07-13T12:00")
    assert set(due.values()) == {at("2027-07-12T12:00")}


def test_easter_monday_is_a_working_day_in_scotland_alone() -> None:
    assert lead("2026-04-02T12:00", SCOTLAND) == at("2026-04-06T12:00")
    assert lead("2026-04-02T12:00", ENGLAND) == at("2026-04-07T12:00")


def test_a_site_may_set_minutes_of_its_own_and_fractions_of_them() -> None:
    site = replace(ENGLAND, clocks=Clocks(0.5, 1.5, 2.25, 3, 4.5, 5.75, 6.125))
    after = at("2026-10-25T00:59")
    due = [
        *(clocks.next_lead_due(site, urgency=u, harm_unknown=False, after=after) for u in ("now", "today", "routine")),
        *(clocks.decide_due(site, urgency=u, harm_unknown=False, after=after) for u in ("now", "today")),
        *(clocks.contact_due(site, urgent=urgent, after=after) for urgent in (True, False)),
    ]
    assert [(moment - after) / timedelta(minutes=1) for moment in due] == [0.5, 1.5, 2.25, 3, 4.5, 5.75, 6.125]


@pytest.mark.parametrize(
    ("urgency", "harm_unknown", "due"),
    [
        ("now", False, "2026-11-20T17:25"),
        ("today", False, "2026-11-20T20:55"),
        ("today", True, "2026-11-20T17:25"),
        ("routine", False, "2026-11-23T16:55"),
        ("routine", True, "2026-11-20T17:25"),
    ],
)
def test_a_lead_who_opened_the_case_has_a_clock_for_the_decision(urgency: str, harm_unknown: bool, due: str) -> None:
    after = at("2026-11-20T16:55")
    assert clocks.decide_due(ENGLAND, urgency=urgency, harm_unknown=harm_unknown, after=after) == at(due)


@pytest.mark.parametrize(
    ("urgent", "after", "due"),
    [
        (True, "2026-11-20T22:00", "2026-11-20T22:15"),
        (False, "2026-11-17T09:00", "2026-11-18T10:00"),
        (False, "2026-11-20T22:00", "2026-11-23T10:00"),
        (False, "2026-12-24T12:00", "2026-12-29T10:00"),
        (False, "2026-03-28T12:00", "2026-03-30T10:00"),
        (False, "2026-10-24T12:00", "2026-10-26T10:00"),
    ],
)
def test_a_contact_has_minutes_when_it_is_urgent_and_until_ten_otherwise(urgent: bool, after: str, due: str) -> None:
    assert clocks.contact_due(ENGLAND, urgent=urgent, after=at(after)) == at(due)


@settings(deadline=None)
@given(sites, urgencies, st.booleans(), moments)
def test_due_is_always_later(site: Site, urgency: str, harm_unknown: bool, after: datetime) -> None:
    lead_due = clocks.next_lead_due(site, urgency=urgency, harm_unknown=harm_unknown, after=after)
    decide_due = clocks.decide_due(site, urgency=urgency, harm_unknown=harm_unknown, after=after)
    assert min(lead_due, decide_due, clocks.contact_due(site, urgent=False, after=after)) > after


@settings(deadline=None)
@given(sites, moments, st.timedeltas(timedelta(0), timedelta(days=6)))
def test_who_hears_later_is_never_due_earlier(site: Site, after: datetime, later: timedelta) -> None:
    for urgency in ("now", "today", "routine"):
        first, second = (
            clocks.next_lead_due(site, urgency=urgency, harm_unknown=False, after=moment)
            for moment in (after, after + later)
        )
        assert first <= second
    assert clocks.contact_due(site, urgent=False, after=after) <= clocks.contact_due(
        site, urgent=False, after=after + later
    )


@settings(deadline=None)
@given(sites, moments)
def test_a_working_day_always_ends_inside_working_hours(site: Site, after: datetime) -> None:
    due = clocks.next_lead_due(site, urgency="routine", harm_unknown=False, after=after)
    local = due.astimezone(LONDON)
    assert time(8) <= local.time() <= time(17)
    assert clocks.is_working_day(site.nation, local.date())


@settings(deadline=None)
@given(sites, moments)
def test_exactly_nine_working_hours_pass_before_a_routine_case_is_due(site: Site, after: datetime) -> None:
    """Counted a second time, in whole minutes of UTC and without the code's arithmetic."""
    after = after.replace(second=0, microsecond=0)
    due = clocks.next_lead_due(site, urgency="routine", harm_unknown=False, after=after)
    minutes = ((after + timedelta(minutes=n)).astimezone(LONDON) for n in range((due - after) // timedelta(minutes=1)))
    working = (m for m in minutes if 8 <= m.hour < 17 and clocks.is_working_day(site.nation, m.date()))
    assert sum(1 for _ in working) == 540


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-24T16:55:40+00:00", "16:55 on Tuesday 24 November 2026"),
        ("2026-07-01T23:30:00+00:00", "00:30 on Thursday 2 July 2026"),
        ("2026-03-29T00:59:00+00:00", "00:59 on Sunday 29 March 2026"),
        ("2026-03-29T01:00:00+00:00", "02:00 on Sunday 29 March 2026"),
        ("2026-10-25T00:30:00+00:00", "01:30 BST on Sunday 25 October 2026"),
        ("2026-10-25T01:30:00+00:00", "01:30 GMT on Sunday 25 October 2026"),
        ("2026-10-25T02:00:00+00:00", "02:00 on Sunday 25 October 2026"),
    ],
)
def test_a_moment_is_told_as_the_clock_on_the_wall_shows_it(moment: str, words: str) -> None:
    assert clocks.told(datetime.fromisoformat(moment)) == words


def test_the_date_is_londons_and_not_utcs() -> None:
    assert clocks.today(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert clocks.today(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == date(2026, 12, 1)


def test_an_unknown_urgency_nation_or_a_moment_without_a_zone_is_named() -> None:
    with pytest.raises(ValueError, match="now, today or routine"):
        lead("2026-11-20T12:00", urgency="soon")
    with pytest.raises(ValueError, match="england, wales, scotland, northern_ireland"):
        clocks.bank_holidays("atlantis", 2026)
    with pytest.raises(ValueError, match="time zone"):
        clocks.told(datetime(2026, 11, 20, 12))  # noqa: DTZ001 - that is what is refused
