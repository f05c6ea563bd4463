"""The ladder of an edition as a picture: questions down the left, what each comes to on the right.

SVG of our own: two columns stay readable on a phone, where a drawn flowchart drifts off to the side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

from bot.documents.reference.levels import URGENCY_WORDS, Rung, ladder
from policy import Edition, Outcome

WIDTH: Final = 420
_BOX, _RIGHT, _LINE, _PAD, _GAP = 186, 232, 18, 12, 34
_TIP: Final = ' marker-end="url(#tip)"'
_LETTERS: Final = 22
"""How many letters fit on a line of a box."""
_FILL: Final = {
    Outcome.EMERGENCY: "#ffd9d6",
    Outcome.REFER_NOW: "#ffe3c2",
    Outcome.DSL_REVIEW: "#fff3b8",
    Outcome.MANAGE_IN_SCHOOL: "#dcf0dc",
    Outcome.OUT_OF_SCOPE: "#e8eaed",
}


def picture(edition: Edition) -> str:
    """The whole SVG, with a white ground for pages that are dark."""
    parts: list[str] = []
    top = 10
    rungs = ladder(edition)
    for rung in rungs:
        height = max(len(_asks(edition, rung)), len(_comes_to(edition, rung))) * _LINE + 2 * _PAD
        parts.extend(_rung(edition, rung, top, height, last=rung is rungs[-2]))
        top += height + _GAP
    height = top - _GAP + 10
    size = f'viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}"'
    look = 'font-family="sans-serif" font-size="14" fill="#1b1f23"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" {look}>',
            f"<title>{escape(edition.title)}: from the answers to a recommendation</title>",
            '<marker id="tip" markerWidth="9" markerHeight="8" refX="8" refY="4" orient="auto">',
            '<path d="M0 0L9 4L0 8z"/></marker>',
            '<rect width="100%" height="100%" fill="#fff"/>',
            *parts,
            "</svg>\n",
        )
    )


def _rung(edition: Edition, rung: Rung, top: int, height: int, *, last: bool) -> Iterator[str]:
    middle, bottom = top + height // 2, top + height
    if rung.asks:
        yield _box(8, top, height, _asks(edition, rung), "#fff")
        yield _arrow(f"M{2 + _BOX} {middle}H{_RIGHT}")
        yield f'<text x="{8 + _BOX + 6}" y="{middle - 6}">yes</text>'
        yield _arrow(f"M{8 + _BOX // 2} {bottom}V{bottom + _GAP}", tip=not last)
        yield f'<text x="{8 + _BOX // 2 + 8}" y="{bottom + 21}">no</text>'
    else:  # what is left: the last line down turns to the right
        yield _arrow(f"M{8 + _BOX // 2} {top}V{middle}H{_RIGHT}")
    yield _box(_RIGHT, top, height, _comes_to(edition, rung), _FILL[rung.outcome], bold=True)


def _asks(edition: Edition, rung: Rung) -> list[str]:
    return wrap(edition.say(rung.asks), _LETTERS)


def _comes_to(edition: Edition, rung: Rung) -> list[str]:
    heading = wrap(edition.say(rung.outcome.heading), _LETTERS - 2)
    return [*heading, "", *wrap(URGENCY_WORDS[rung.urgency], _LETTERS)]


def _box(left: int, top: int, height: int, lines: Sequence[str], fill: str, *, bold: bool = False) -> str:
    """A box with its lines in the middle; bold until the first empty one, where there is one."""
    first = top + (height - len(lines) * _LINE) // 2 + _LINE - 5
    heading, weight = lines.index("") if bold else 0, ' font-weight="bold"'
    words = "".join(
        f'<text x="{left + _BOX // 2 - 3}" y="{first + place * _LINE}" text-anchor="middle"'
        f"{weight if place < heading else ''}>{escape(line)}</text>"
        for place, line in enumerate(lines)
        if line
    )
    shape = f'<rect x="{left}" y="{top}" width="{_BOX - 6}" height="{height}" rx="6" fill="{fill}" stroke="#1b1f23"/>'
    return shape + words


def _arrow(path: str, *, tip: bool = True) -> str:
    return f'<path d="{path}" stroke="#1b1f23" fill="none"{_TIP if tip else ""}/>'
