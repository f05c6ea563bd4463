"""Whether every answer on Slack was the right one. If not: Void."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from benchmarks.drafts import Draft, answered, as_json, is_page_2
from benchmarks.figures import Void
from benchmarks.load import Answer, Sent
from bot.seals import Seals


def pages(sent: Sent, drafts: Collection[Draft], seals: Seals) -> tuple[Draft, ...]:
    """Each was answered with page 2 of its own draft. Returns the drafts that were answered."""
    pairs = answered(sent, drafts)
    for draft, answer in pairs:
        view = _update(answer)
        is_page_2(draft, str(view.get("private_metadata")), seals)
        if view.get("callback_id") != "next_page":
            raise Void("a page was answered with a window that does not go on")
    return tuple(draft for draft, _ in pairs)


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


def _update(answer: Answer) -> dict[str, Any]:
    body = as_json(answer)
    if body.get("response_action") != "update":
        raise Void(f"an answer was no new window but {body.get('response_action')!r}")
    view: dict[str, Any] = body["view"]
    return view
