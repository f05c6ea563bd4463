"""Lists that are longer than one window, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from handlers.intents import Subject
from handlers.screens import Button, Buttons
from handlers.setup.at import At

T = TypeVar("T")


def page_at(at: At, section: str, count: int, each: int) -> int:
    """Which page an admin is at, from 0; the last there is where they ask for more."""
    asked = int(at.item) if at.section == section and at.item.isascii() and at.item.isdigit() else 0
    return min(asked, max(0, (count - 1) // each))


def page_of(rows: Sequence[T], each: int, page: int) -> tuple[Sequence[T], int]:
    """The rows of one page, and how many pages there are."""
    return rows[page * each : (page + 1) * each], max(1, -(-len(rows) // each))


def turns(section: str, page: int, count: int) -> tuple[Buttons, ...]:
    """The buttons to the pages before and behind this one; nothing where there is one page."""
    ways = (("Page before", page - 1), ("Next page", page + 1))
    there = tuple(_turn(label, section, to) for label, to in ways if 0 <= to < count)
    return (Buttons(there),) if there else ()


def _turn(label: str, section: str, page: int) -> Button:
    return Button("edit_setup", label, Subject("site", "", section, 0, str(page)).write(), opens_form=True)
