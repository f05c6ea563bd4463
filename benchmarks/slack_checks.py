"""Whether every answer was the right one, and everything that was answered is in the database. If not: Void."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.figures import Void
from benchmarks.load import Answer, Sent
from benchmarks.slack_forms import Draft, holder_of
from bot.seals import Forged, Seals


def pages(sent: Sent, drafts: Collection[Draft], seals: Seals) -> tuple[Draft, ...]:
    """Each was answered with page 2 of its own draft. Returns the drafts that were answered: the first so many."""
    answered = tuple(draft for draft, _ in zip(drafts, sent.answers, strict=False))
    for draft, answer in zip(answered, sent.answers, strict=True):
        view = _update(answer)
        try:
            token = seals.open(str(view.get("private_metadata")), holder_of(draft.user))
        except Forged:
            raise Void("a window came back that is sealed for somebody else") from None
        if token != draft.at("page/2", 1) or view.get("callback_id") != "next_page":
            raise Void("a page was not answered with page 2 of the same draft")
    return answered


def recommended(sent: Sent) -> None:
    """Each was answered with a window that has a recommendation with its reference."""
    for answer in sent.answers:
        if "SP-" not in json.dumps(_update(answer)["blocks"]):
            raise Void("a report was not answered with a recommendation")


def empty(sent: Sent) -> None:
    """Each was answered as bolt answers when there is nothing to say."""
    for answer in sent.answers:
        if answer != Answer(200, b""):
            raise Void(f"the peer answered {answer.status} with {len(answer.body)} bytes")


def rows(database: Path, drafts: Iterable[Draft], reported: Iterable[Draft]) -> None:
    """The file of a stopped Signpost holds each draft with its key, and a delivered case for each report."""
    wanted, cases = {draft.id for draft in drafts}, {draft.id for draft in reported}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        kept = _texts(connection, "SELECT id FROM drafts")
        keys = _texts(connection, "SELECT subject FROM keys")
        raised = _number(connection, "SELECT count(*) FROM cases")
        told = _number(connection, "SELECT count(*) FROM outbox WHERE state = 'sent'")
    if lost := wanted - kept:
        raise Void(f"{len(lost)} of {len(wanted)} drafts that were answered are not in the database")
    if more := kept - wanted:
        raise Void(f"the database holds {len(more)} drafts that nobody sent")
    if not wanted <= keys:
        raise Void("drafts are in the database without their key")
    if raised != len(cases) or told < 2 * len(cases):
        raise Void(f"{raised} cases and {told} messages for {len(cases)} reports")


def _update(answer: Answer) -> dict[str, Any]:
    if answer.status != 200:
        raise Void(f"an answer had the status {answer.status}")
    try:
        body = json.loads(answer.body)
    except ValueError:
        raise Void("an answer was not JSON") from None
    if body.get("response_action") != "update":
        raise Void(f"an answer was no new window but {body.get('response_action')!r}")
    view: dict[str, Any] = body["view"]
    return view


def _texts(connection: sqlite3.Connection, query: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(query)}


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
