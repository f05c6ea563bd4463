"""The table of bank holidays is the library's, for years to come; beyond it there are weekends alone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from handlers import clocks
from handlers.bank_holidays import BANK_HOLIDAYS, LAST_YEAR
from tests.handlers.write_bank_holidays import FIRST_YEAR, in_library

PARTS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


@pytest.mark.parametrize("nation", PARTS)
@pytest.mark.parametrize("year", YEARS)
def test_each_nation_has_the_librarys_days_in_each_year(nation: str, year: int) -> None:
    assert clocks.bank_holidays(nation, year) == in_library(PARTS[nation], year), "run make bank-holidays"


def test_the_table_has_every_year_and_two_whole_ones_are_left() -> None:
    assert {tuple(table) for table in BANK_HOLIDAYS.values()} == {tuple(YEARS)}
    assert datetime.now(UTC).year + 2 <= LAST_YEAR, "run make bank-holidays"


def test_days_that_everybody_knows_are_there() -> None:
    """So that the table and the library cannot be empty together."""
    assert date(2024, 5, 6) in clocks.bank_holidays("england", 2024)
    assert date(2026, 12, 28) in clocks.bank_holidays("wales", 2026)
    assert date(2027, 1, 4) in clocks.bank_holidays("scotland", 2027)
    assert date(2027, 1, 4) not in clocks.bank_holidays("england", 2027)
    assert date(2027, 7, 12) in clocks.bank_holidays("northern_ireland", 2027)


@pytest.mark.parametrize("nation", PARTS)
def test_beyond_the_table_weekends_alone_are_no_working_days(nation: str) -> None:
    first = date(LAST_YEAR + 1, 1, 1)
    days = [date.fromordinal(first.toordinal() + number) for number in range(365)]
    assert [clocks.is_working_day(nation, day) for day in days] == [day.weekday() < 5 for day in days]
