"""What became of the reports when processes had been killed: in the database, and in front of people."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg  # type: ignore[import-untyped]  # it ships none

from bot.play.slack.standin import SlackStandIn

RECEIPT: Final = "press Open to read it"
"""What the neutral message says that stands there until its content does. Their notifications are the same."""
_ROWS: Final = (
    "SELECT c.reference, o.recipient, o.kind, o.state, o.due FROM outbox o JOIN cases c ON c.id = o.case_id "
    "WHERE o.kind <> 'chase'"
)
_SENDING: Final = "SELECT id FROM outbox WHERE state = 'sending' AND kind <> 'chase'"
_REFERENCE: Final = re.compile(r"SP-[0-9A-Z]{4}-[0-9A-Z]{2}")


async def fetched(url: str, query: str) -> list[tuple[Any, ...]]:
    """Rows of the database at this address, read behind Signpost's back."""
    if url.startswith("sqlite:///"):
        with closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as connection:
            return connection.execute(query).fetchall()
    connection = await asyncpg.connect(url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


async def _due_by_now(url: str) -> list[tuple[str, str, str, str]]:
    """Reference, recipient, kind and state of each message that is not for later."""
    now = datetime.now(UTC)
    return [(*map(str, row[:4]),) for row in await fetched(url, _ROWS) if _moment(row[4]) <= now]  # type: ignore[misc]


def _moment(due: datetime | str) -> datetime:
    return datetime.fromisoformat(due).replace(tzinfo=UTC) if isinstance(due, str) else due


async def under_way(url: str) -> set[str]:
    """The messages that somebody is sending just now."""
    return {str(row[0]) for row in await fetched(url, _SENDING)}


async def still_to_come(url: str) -> int:
    """How many messages are neither delivered nor given up."""
    return sum(state in ("queued", "sending") for _, _, _, state in await _due_by_now(url))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was counted. `lost` and `twice` name what must not be, in a few words each."""

    reports: int
    messages: int
    lost: tuple[str, ...]
    twice: tuple[str, ...]
    empty: int
    """Receipts that stayed without content: a process died before it had noted where the receipt stands."""

    @property
    def good(self) -> bool:
        """Whether nothing is lost and nothing is there twice."""
        return not self.lost and not self.twice


async def counted(url: str, slack: SlackStandIn, raised: dict[str, str]) -> Outcome:
    """Compare what was acknowledged with the database, and that with what stands in front of people."""
    rows = await _due_by_now(url)
    kept = [str(row[0]) for row in await fetched(url, "SELECT reference FROM cases")]
    wanted = Counter((reference, to.rpartition("/")[2]) for reference, to, _, _ in rows)
    shown, empty = _shown(slack, {user for _, user in wanted})
    lost = [f"no case for {reference}" for reference in raised.keys() - set(kept)]
    lost += [f"{kind} is {state}" for _, _, kind, state in rows if state != "sent"]
    lost += [f"{one} in chat for {reference}" for reference, one in _too_few(wanted, shown)]
    lost += [f"no message for {reference}" for reference in set(kept) - {reference for reference, _ in wanted}]
    twice = [f"{shown[place] - wanted[place]} more for {place[0]}" for place in shown if shown[place] > wanted[place]]
    twice += [f"{len(kept) - len(raised)} cases that nobody knows of"] if len(kept) > len(raised) else []
    return Outcome(len(raised), len(rows), tuple(lost), tuple(twice), empty)


def _too_few(wanted: Counter[tuple[str, str]], shown: Counter[tuple[str, str]]) -> list[tuple[str, int]]:
    return [(place[0], shown[place]) for place in wanted if shown[place] < wanted[place]]


def _shown(slack: SlackStandIn, users: set[str]) -> tuple[Counter[tuple[str, str]], int]:
    """How often something with content about a reference stands in front of somebody, and how many empty receipts."""
    shown: Counter[tuple[str, str]] = Counter()
    empty = 0
    for user in users:
        for message in slack.messages(user):
            stands = json.dumps(message.blocks)
            found = _REFERENCE.search(stands)
            if found is None:
                continue
            if RECEIPT in stands:
                empty += 1
            else:
                shown[found[0], user] += 1
    return shown, empty
