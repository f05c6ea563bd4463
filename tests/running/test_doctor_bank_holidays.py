"""The doctor speaks up in time when the table of bank holidays ends."""

from __future__ import annotations

from datetime import date

from bot.doctor import bank_holidays
from handlers.bank_holidays import LAST_YEAR


def test_next_years_bank_holidays_are_missed_a_year_before_they_would_be() -> None:
    assert list(bank_holidays.look(date(LAST_YEAR - 1, 12, 31))) == []
    for day in (date(LAST_YEAR, 1, 1), date(LAST_YEAR + 3, 6, 1)):
        (finding,) = bank_holidays.look(day)
        assert (finding.matter, finding.state) == ("Bank holidays", "amber")
        assert str(LAST_YEAR) in finding.found
        assert finding.do
