"""Hours as people write them: kept in one form, or what is wrong with them."""

from __future__ import annotations

from datetime import time

import pytest

from handlers.hours import BACKWARDS, NO_DAY, NOT_HOURS, ONE_HALF, SEVERAL, WRONG_DAY, WRONG_TIME, read_hours
from tests.handlers.person import errors_on
from tests.handlers.setting_up import with_a_site

READ = {
    "Mon-Fri 08:00-16:00": "Mon-Fri 08:00-16:00",
    "Mon-Fri 8:00 - 16:00": "Mon-Fri 08:00-16:00",
    "Mon\u2013Fri 8am\u20134pm": "Mon-Fri 08:00-16:00",
    "mon - fri  8 am - 4 pm.": "Mon-Fri 08:00-16:00",
    "Monday to Friday, 8.30 a.m. to 4.30 p.m.": "Mon-Fri 08:30-16:30",
    "Weekdays 0900-1700": "Mon-Fri 09:00-17:00",
    "Tues 9-17": "Tue 09:00-17:00",
    "Weds-Thurs 12am-12pm": "Wed-Thu 00:00-12:00",
    "daily 10am until 12 noon": "Mon-Sun 10:00-12:00",
    "Mon-Fri 08-16": "Mon-Fri 08:00-16:00",
    "Mon-Fri 08:00:00-16:00:00": "Mon-Fri 08:00-16:00",
}
WRONG = {
    "always": NOT_HOURS,
    "Mon-Fri": NOT_HOURS,
    "8am-4pm": NO_DAY,
    "Foo-Fri 8:00-16:00": WRONG_DAY,
    "M-F 8:00-16:00": WRONG_DAY,
    "Mon-Fri 25:00-26:00": WRONG_TIME,
    "Mon-Fri 8:61-9:00": WRONG_TIME,
    "Mon-Fri 13pm-14pm": WRONG_TIME,
    "Mon-Fri 9am-5": ONE_HALF,
    "Mon-Fri 1-4pm": ONE_HALF,
    "Mon-Fri 9-5": BACKWARDS,
    "Fri-Mon 8:00-16:00": BACKWARDS,
    "Mon-Thu 8-16, Fri 8-12": SEVERAL,
    "Mon-Fri 8-12 and 13-16": SEVERAL,
    "Mon, Wed 8-16": SEVERAL,
}


@pytest.mark.parametrize(("typed", "kept"), READ.items())
def test_hours_are_read_as_they_are_written_and_kept_in_one_form(typed: str, kept: str) -> None:
    found = read_hours(typed)
    assert found is not None
    assert found.words == kept
    assert read_hours(kept) == found, "what is kept is read again"
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="by_hand", destination="101", hours=typed, out_of_hours="ring 101")
    assert [one.hours.words for one in admin.site.contacts if one.hours] == [kept]


@pytest.mark.parametrize(("typed", "wrong"), WRONG.items())
def test_what_is_wrong_with_hours_is_said_at_their_field(typed: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        read_hours(typed)
    assert str(refused.value) == wrong
    admin = with_a_site()
    shown = admin.to("contact").saves(purpose="police", kind="by_hand", destination="101", hours=typed)
    assert errors_on(shown)["hours"] == f"This {wrong}."
    assert admin.site.contacts == ()


def test_a_range_of_days_holds_each_of_them() -> None:
    found = read_hours("Tue-Thu 8.15am-3pm")
    assert found is not None
    assert (found.days, found.opens, found.closes) == (frozenset({1, 2, 3}), time(8, 15), time(15))
    assert read_hours("") is None
