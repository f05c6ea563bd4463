"""The little Markdown that the pages need: text that stays text, headings that can be linked to, lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from policy.in_words import Words

MADE: Final = "<!-- Written by `signpost docs` from what the program runs. Change that, not this page. -->"
_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|])")


def text(words: str) -> str:
    """Words as they are: nothing in them is taken for Markdown."""
    return _SPECIAL.sub(r"\\\1", words)


def page(title: str, *blocks: str) -> str:
    """A whole page: blocks with an empty line between them. Empty blocks are left out."""
    return "\n\n".join(block for block in (MADE, f"# {title}", *blocks) if block) + "\n"


def anchor(heading: str) -> str:
    """The place to link to for a heading of plain words, as GitHub names it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def link(label: str, heading: str, *, of: str = "") -> str:
    """A link to a heading of this page, or of another one in the same folder."""
    return f"[{text(label)}]({of}#{anchor(heading)})"


def bullets(items: Iterable[str]) -> str:
    """A list; its items are Markdown already."""
    return "\n".join(f"- {item}" for item in items)


def numbered(items: Iterable[str]) -> str:
    """A list with numbers; its items are Markdown already."""
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


def boxes(*items: str) -> str:
    """Boxes to tick; what follows the last colon is to be written there. The line before them keeps lists apart."""
    return "\n".join(("**Reviewed:**", "", *(f"- [ ] {item}" for item in items)))


def quote(words: str) -> str:
    """Words that people read on the screen, set apart from ours."""
    return f"> {text(words)}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; its cells are Markdown already. Keep it to three columns, or a phone has to be scrolled sideways."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def conditioned(before: str, condition: Words) -> str:
    """A condition behind a few words of ours: on their line, or as a list that is as deep as it is."""
    lines = [f"{before} {text(condition.line)}{'' if condition.below else '.'}"]
    if condition.below:
        lines += ["", *_deeper(condition.below, "")]
    return "\n".join(lines)


def _deeper(parts: Iterable[Words], indent: str) -> Iterator[str]:
    for part in parts:
        yield f"{indent}- {text(part.line)}"
        yield from _deeper(part.below, indent + "  ")
