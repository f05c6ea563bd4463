"""SR-37: whoever reads all of /metrics, at every moment, cannot tell one number from 0 to 4 from another."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, cast

import pytest

from bot.metrics import ROUNDED_TO, AnswerResult, DeliveryResult, Metrics

if TYPE_CHECKING:
    from collections.abc import Iterable

INTENTS = ("submit_report", "open_case", "confirm_refer", "resend", "something_unknown")
ANSWERS = ("answered", "answered", "answered", "not_saved", "slowed")
DELIVERIES = ("sent", "sent", "dropped", "not_sent", "unsure", "refused", "failed")
_OF_THE_PROCESS = re.compile(r"(process|python)_\w+|\w+_created")
"""Memory, processor time, garbage, when it began: what everything together costs."""


def figures(metrics: Metrics) -> dict[str, float]:
    """Every figure of ours, by its name and labels."""
    lines = (line.rpartition(" ") for line in metrics.text().decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines if not _OF_THE_PROCESS.fullmatch(name.partition("{")[0])}


def some_day(chance: random.Random, presses: int) -> Metrics:
    """What happened on a day: first a few screens, so that it has answered somebody."""
    metrics = Metrics()
    for _ in range(ROUNDED_TO):
        metrics.answered("show_home", "answered", 0.1)
    for _ in range(presses):
        answer = cast("AnswerResult", chance.choice(ANSWERS))
        metrics.answered(chance.choice(INTENTS), answer, chance.choice((0.01, 0.3, 2.4)))
        metrics.delivered(chance.choice(("slack", "teams", "mail")), cast("DeliveryResult", chance.choice(DELIVERIES)))
    return metrics


def more(metrics: Metrics, intent: str, times: int) -> Metrics:
    for turn in range(times):
        metrics.answered(intent, "answered", 0.2 + turn)
        metrics.delivered("slack", "sent")
    return metrics


def test_nothing_shown_tells_any_number_from_0_to_4_from_another() -> None:
    nothing = figures(more(Metrics(), "show_home", ROUNDED_TO))
    for times in range(1, ROUNDED_TO):
        before = figures(more(more(Metrics(), "show_home", ROUNDED_TO), "submit_report", times))
        # show_home's five went out as five deliveries too: of these the next few do not show either
        assert before == nothing, times
    seen = figures(more(more(Metrics(), "show_home", ROUNDED_TO), "submit_report", ROUNDED_TO))
    assert seen['signpost_intents_total{intent="submit_report",result="answered"}'] == ROUNDED_TO
    assert seen["signpost_answer_seconds_count"] == 2 * ROUNDED_TO


@pytest.mark.parametrize("seed", range(20))
def test_after_any_day_each_count_that_is_shown_has_five_that_it_may_be(seed: int) -> None:
    """The same day, with one intent that went well a few times more or less, shows the same in every figure."""
    presses = random.Random(seed).randrange(60)  # noqa: S311
    for intent in INTENTS:
        shown = [
            figures(more_until(some_day(random.Random(seed), presses), intent, rest))  # noqa: S311
            for rest in range(ROUNDED_TO)
        ]
        assert all(one == shown[0] for one in shown), intent


def more_until(metrics: Metrics, intent: str, rest: int) -> Metrics:
    """Have it go well until its number, whatever it was, is so many more than fives."""
    known = metrics._intents._tally  # the number itself stands in no figure
    label = intent if intent != "something_unknown" else "other"
    while known[label, "answered"] < ROUNDED_TO or known[label, "answered"] % ROUNDED_TO:
        metrics.answered(intent, "answered", 0.1)
    for turn in range(rest):
        metrics.answered(intent, "answered", 0.2 + turn)
    return metrics


@pytest.mark.parametrize("seed", range(20))
def test_the_times_count_what_the_counters_show_and_no_press_more(seed: int) -> None:
    """So nothing is found by subtracting: 5 that took their time, less 1 that failed, were 4 that nobody was to see."""
    metrics = some_day(random.Random(seed), 60)  # noqa: S311
    shown = figures(metrics)
    assert shown["signpost_answer_seconds_count"] == sum(of("signpost_intents_total", shown))
    assert shown['signpost_answer_seconds_bucket{le="+Inf"}'] == shown["signpost_answer_seconds_count"]


def of(name: str, shown: dict[str, float]) -> Iterable[float]:
    return (value for key, value in shown.items() if key.startswith(f"{name}{{"))


def test_how_long_it_takes_can_still_be_read_off() -> None:
    metrics = Metrics()
    for turn in range(1000):
        metrics.answered("next_page", "answered", 0.02 if turn % 100 else 1.5)
    metrics.answered("next_page", "slowed", 2.4)
    shown = figures(metrics)
    assert shown['signpost_answer_seconds_bucket{le="0.025"}'] == 990
    assert shown['signpost_answer_seconds_bucket{le="2.0"}'] == 1000
    assert shown["signpost_answer_seconds_count"] == 1001, "what was slow or failed shows at once"
