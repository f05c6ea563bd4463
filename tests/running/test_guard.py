"""Fair use: who raises without end has to wait, and nobody else does."""

from __future__ import annotations

import pytest

from bot.desk import SLOW, slow_down
from bot.guard import AT_ONCE, PER_MINUTE, FairUse
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Known, Standing
from handlers.screens import Caution, Form

ANNA, BEN = Account("slack", "T1", "U1"), Account("slack", "T1", "U2")


class Clock:
    """Time that stands still until a test moves it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def raising(draft: str, by: Account = ANNA, name: str = "submit_report", **fields: Value) -> Intent:
    subject = Subject("draft", draft, "page/3", 1)
    return Intent(name, by, Known(Standing(member=True)), Surface.FORM, subject, fields)


def test_a_hundred_new_cases_in_a_minute_are_slowed_and_go_on_later() -> None:  # SR-40
    clock = Clock()
    fair = FairUse(clock)
    allowed = 0
    for number in range(100):
        clock.now = number * 0.6
        allowed += fair.allows(raising(f"d{number}"))

    assert AT_ONCE <= allowed < 100
    clock.now += 60
    assert sum(fair.allows(raising(f"later{number}")) for number in range(100)) == pytest.approx(PER_MINUTE, abs=1)


def test_one_persons_flood_slows_nobody_else() -> None:
    fair = FairUse(Clock())
    for number in range(500):
        fair.allows(raising(f"d{number}"))

    assert not fair.allows(raising("one more"))
    assert fair.allows(raising("another's", by=BEN))


def test_the_same_report_sent_again_counts_once() -> None:
    fair = FairUse(Clock())

    assert all(fair.allows(raising("d1")) for _ in range(1000))


@pytest.mark.parametrize("name", ["next_page", "open_case", "show_home", "start_report", "change_answer"])
def test_reading_and_filling_in_are_never_slowed(name: str) -> None:
    fair = FairUse(Clock())

    assert all(fair.allows(raising(f"d{number}", name=name)) for number in range(1000))


def test_a_child_in_danger_is_never_held_up() -> None:
    fair = FairUse(Clock())
    for number in range(500):
        fair.allows(raising(f"d{number}"))

    assert fair.allows(raising("urgent", name="recommend_now", harm_now="in_danger_now"))


def test_who_is_slowed_sees_999_first_and_what_they_typed() -> None:
    screen = slow_down(raising("d1", name="recommend_now", notes="two pupils in year 9"))

    assert isinstance(screen, Form)
    first = screen.parts[0]
    assert isinstance(first, Caution)
    assert "999" in first.text
    assert any(isinstance(part, Caution) and part.text.startswith(SLOW) for part in screen.parts)
    assert "two pupils in year 9" in repr(screen.parts)


def test_memory_of_accounts_is_bounded() -> None:
    fair = FairUse(Clock())
    for number in range(10_050):
        fair.allows(raising("d", by=Account("slack", "T1", f"U{number}")))

    assert len(fair._buckets) == 10_000
