"""Figures for whoever runs Signpost. Labels come from closed lists: no person, site, case or channel.

What went well is counted in fives and shown rounded down, because on a small install the exact number of submitted
forms is the number of incidents, and a count of 1 to 4 can point at a child. How long it took is shown with the five
that it belongs to, and every count stands there from the start: whatever is shown, nobody can tell whether it was 0 or
4. What went wrong is counted exactly: one failure must raise an alarm.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Final, Literal

from prometheus_client import CollectorRegistry, Gauge, GCCollector, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily
from prometheus_client.exposition import generate_latest
from prometheus_client.registry import Collector

from handlers.intents import INTENTS

ROUNDED_TO: Final = 5

AnswerResult = Literal["answered", "not_saved", "slowed"]
DeliveryResult = Literal["sent", "dropped", "not_sent", "unsure", "refused", "failed"]

_WELL: Final = frozenset({"answered", "sent", "dropped"})
_ANSWERS: Final = frozenset({"answered", "not_saved", "slowed"})
_DELIVERIES: Final = frozenset({"sent", "dropped", "not_sent", "unsure", "refused", "failed"})
_CHANNELS: Final = frozenset({"slack", "teams", "mail"})
_PARTS: Final = frozenset({"database", "slack", "teams", "worker", "disk"})
REASONS: Final = frozenset(
    {
        "signature", "workspace", "too_large", "too_slow", "encoding", "malformed", "method", "unknown_path",
        "unknown_intent", "replay", "token",
    }
)  # fmt: skip
"""Why a request was refused."""


class Metrics:
    """All figures of one process, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        GCCollector(registry=self.registry)
        self._intents = _Counts("signpost_intents", "What people asked for.", ("intent", "result"), INTENTS, _ANSWERS)
        self._deliveries = _Counts(
            "signpost_deliveries", "Attempts to send, by how they ended.", ("channel", "result"), _CHANNELS, _DELIVERIES
        )
        self._refused = _Counts("signpost_requests_refused", "Requests that were turned away.", ("reason",))
        for counts in (self._intents, self._deliveries, self._refused):
            self.registry.register(counts)
        self._seconds = Histogram(
            "signpost_answer_seconds",
            "Time from a verified request to its answer. What went well is shown in fives.",
            buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 2.5),
            registry=self.registry,
        )
        self._waiting: dict[str, list[float]] = {}
        """How long those answers took that are no five yet, by intent."""
        self._any = Gauge("signpost_has_answered", "1: somebody was answered.", registry=self.registry)
        self._oldest = Gauge(
            "signpost_queue_oldest_seconds",
            "How long the oldest due message has waited.",
            registry=self.registry,
        )
        self._ready = Gauge("signpost_ready", "1: this part works.", ("part",), registry=self.registry)

    def answered(self, intent: str, result: AnswerResult, seconds: float) -> None:
        """Count one answer to a person and how long it took."""
        intent, result_shown = _one_of(intent, INTENTS), _one_of(result, _ANSWERS)
        self._intents.add(intent, result_shown)
        if result_shown not in _WELL:
            self._seconds.observe(seconds)
            return
        self._any.set(1)
        waiting = self._waiting.setdefault(intent, [])
        waiting.append(seconds)
        if len(waiting) == ROUNDED_TO:
            for each in waiting:
                self._seconds.observe(each)
            waiting.clear()

    def delivered(self, channel: str, result: DeliveryResult) -> None:
        """Count one attempt to send."""
        self._deliveries.add(_one_of(channel, _CHANNELS), _one_of(result, _DELIVERIES))

    def refused(self, reason: str) -> None:
        """Count a request that was turned away."""
        self._refused.add(_one_of(reason, REASONS))

    def queue(self, oldest_seconds: float) -> None:
        """Note how long the oldest due message has waited; the number of them would tell on a small install."""
        self._oldest.set(oldest_seconds)

    def ready(self, parts: Mapping[str, bool]) -> None:
        """Note which parts work."""
        for part, works in parts.items():
            self._ready.labels(_one_of(part, _PARTS)).set(works)

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)


def _one_of(label: str, known: frozenset[str]) -> str:
    return label if label in known else "other"


class _Counts(Collector):
    """A counter that shows what went well rounded down to fives, and from the start: at first there is a 0."""

    def __init__(self, name: str, help_text: str, labels: tuple[str, ...], *known: frozenset[str]) -> None:
        self._name, self._help, self._labels = name, help_text, labels
        well = [each & _WELL if place else each | {"other"} for place, each in enumerate(known)]
        self._tally: Tally[tuple[str, ...]] = Tally(dict.fromkeys(product(*well), 0) if known else ())

    def add(self, *labels: str) -> None:
        """Count one."""
        self._tally[labels] += 1

    def collect(self) -> Iterable[CounterMetricFamily]:
        """What Prometheus is shown."""
        family = CounterMetricFamily(self._name, self._help, labels=self._labels)
        for labels, count in sorted(self._tally.items()):
            shown = count - count % ROUNDED_TO if labels[-1] in _WELL else count
            family.add_metric(labels, shown)
        yield family
