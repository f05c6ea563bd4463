"""Many who join a group that leads at once: one message that can be read, and an entry for each."""

from __future__ import annotations

from dataclasses import replace

from handlers.people import Account
from handlers.setup.joined import Reading, noted, people_in
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, MemoryWork
from tests.handlers.test_joined import GROUP, JO, NAMES, SAID, WREN, arrived, read, work

__all__ = ["work"]

CROWD = tuple(Account("slack", "T1", f"UNEW{number:02}") for number in range(50))


def joined_by_a_crowd(work: MemoryWork, *, named: int) -> None:
    """Fifty people and an admin have joined since the last round; of so many the platform says the name."""
    people = {**NAMES, **{one: f"Person {number}" for number, one in enumerate(CROWD[:named])}}
    there = frozenset({LEAD, DEPUTY, ADMIN, *CROWD})
    noted({GROUP: Reading(work.directory.announced[GROUP], there)}, replace(SAID, people=people), work)


def test_fifty_who_join_are_one_message_to_each_reader_and_an_entry_each(work: MemoryWork) -> None:
    joined_by_a_crowd(work, named=50)
    for reader in (LEAD, DEPUTY, CROWD[0], ADMIN):
        (said,) = arrived(work, reader)
        assert len(said) < 3000
    (said,) = arrived(work, LEAD)
    assert "Sam Okafor (an admin of Signpost), Person 0, Person 1," in said, "an admin is named, whoever is cut"
    assert "Person 18 and 31 more are now in user group @dsl-team and so lead Northside Academy." in said
    assert f"The accounts: {ADMIN}, {CROWD[0]}, {CROWD[1]}," in said
    assert said.count("slack:T1/U") == 20
    assert "and 31 more, which the audit trail names." in said
    assert sorted(detail["about"] for _, detail in work.recorded) == sorted(map(str, (*CROWD, ADMIN)))


def test_of_a_crowd_those_come_first_whose_names_can_be_read(work: MemoryWork) -> None:
    joined_by_a_crowd(work, named=5)
    (said,) = arrived(work, LEAD)
    assert "Person 4, 14 people whose names Signpost cannot read and 31 more are now in" in said


def test_several_who_join_or_leave_are_several_in_the_heading(work: MemoryWork) -> None:
    read(work, {LEAD, DEPUTY, JO, WREN})
    (said,) = arrived(work, LEAD)
    assert "Northside Academy: 2 people have become leads" in said
    read(work, {LEAD, DEPUTY})
    assert "Northside Academy: 2 people are not leads any more" in arrived(work, LEAD, minutes=11)[-1]


def test_an_admin_is_asked_for_by_name_first(work: MemoryWork) -> None:
    there = frozenset({LEAD, DEPUTY, ADMIN, *CROWD})
    readings = {GROUP: Reading(work.directory.announced[GROUP], there)}
    assert people_in(readings, work.directory)[0] == ADMIN
