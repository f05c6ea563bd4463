"""Figures of several rounds, their ratios, and the table that is printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

SLACK = 1.25
"""The short form, which has two rounds, forgives so much before it says no."""


class Void(Exception):
    """A round does not count: an answer was wrong, or a row is missing. The text says which."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One figure over all rounds."""

    each: tuple[float, ...]

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.each)

    def shown(self, unit: str) -> str:
        """Median, least and most: `1,234 us (1,200 to 1,300)`."""
        low, high = min(self.each), max(self.each)
        return f"{_short(self.middle)} {unit} ({_short(low)} to {_short(high)})"


class Rounds:
    """The figures of all rounds, by name."""

    def __init__(self) -> None:
        self._figures: dict[str, list[float]] = {}

    def add(self, name: str, figure: float) -> None:
        """Note a figure of one round."""
        self._figures.setdefault(name, []).append(figure)

    def of(self, name: str) -> Spread:
        """A figure over all rounds. Raises KeyError for one that was never noted."""
        return Spread(tuple(self._figures[name]))


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of ours beside the peer's, and what it is meant to be. Without a target it is told and not judged."""

    number: str
    what: str
    ours: Spread
    peer: Spread
    unit: str
    target: float | None = None
    better: Literal["less", "more"] = "less"

    @property
    def ratio(self) -> float:
        """Our median as a share of the peer's."""
        return self.ours.middle / self.peer.middle

    @property
    def ratios(self) -> Spread:
        """The ratio of each round by itself: how far chance moves it."""
        return Spread(tuple(mine / other for mine, other in zip(self.ours.each, self.peer.each, strict=True)))

    def met(self, slack: float = 1.0) -> bool:
        """Whether the ratio is on the right side of the target."""
        if self.target is None:
            return True
        return self.ratio <= self.target * slack if self.better == "less" else self.ratio >= self.target / slack

    def row(self, *, slack: float) -> tuple[str, ...]:
        """The columns of the printed table."""
        low, high = min(self.ratios.each), max(self.ratios.each)
        verdict = "" if self.target is None else "met" if self.met() else "not met"
        if verdict == "not met" and slack > 1 and self.met(slack):
            verdict = "not met, within the slack"
        wanted = "" if self.target is None else f"{'<=' if self.better == 'less' else '>='} {_short(self.target)}"
        ratio = f"{_short(self.ratio)} ({_short(low)} to {_short(high)})"
        return self.number, self.what, self.ours.shown(self.unit), self.peer.shown(self.unit), ratio, wanted, verdict


HEAD = ("", "what", "Signpost: median (min to max)", "peer: median (min to max)", "ratio (each round)", "target", "")


def table(rows: Iterable[Sequence[str]]) -> str:
    """Rows as a Markdown table that also reads well as it stands."""
    lines = [HEAD, *rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]

    def drawn(line: Sequence[str]) -> str:
        return "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"

    return "\n".join([drawn(HEAD), drawn(["-" * width for width in widths]), *map(drawn, lines[1:])])


def _short(value: float) -> str:
    """Three figures that count: more would be chance."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
