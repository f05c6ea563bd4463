"""What every form that is sent in is about: a draft of its own, so that no request is a repeat of another."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.figures import Void
from benchmarks.load import Answer, Sent
from bot.seals import Forged, Seals
from handlers.intents import Subject

SITE: Final = "northside"
PAGE_1: Final[Mapping[str, str]] = {
    "harm_now": "no",
    "what_was_shared": "image_under_18",
    "age_depicted": "13_to_15",
    "adult_involved": "no",
    "relationship": "friends_or_peers",
    "coercion": "not_known",
}
"""How the first page is filled in."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft to be: whose, and its id. `org` is the workspace or tenant: `slack:T1`."""

    org: str
    user: str
    id: str

    @classmethod
    def new(cls, org: str, user: str) -> Draft:
        """A draft with an id like those that the bot draws."""
        return cls(org, user, secrets.token_urlsafe(16))

    @property
    def holder(self) -> str:
        """Whom its tokens are sealed for."""
        return f"{self.org}/{self.user}"

    def at(self, place: str, rev: int) -> str:
        """What a window of this draft is about."""
        return Subject("draft", self.id, place, rev, SITE).write()


def drafts_of(org: str, users: Iterable[str]) -> tuple[Draft, ...]:
    """A new draft for each of these."""
    return tuple(Draft.new(org, user) for user in users)


def answered(sent: Sent, drafts: Collection[Draft]) -> list[tuple[Draft, Answer]]:
    """The drafts that were answered, which are the first so many, with their answers."""
    return list(zip(drafts, sent.answers, strict=False))


def is_page_2(draft: Draft, token: str, seals: Seals) -> None:
    """The token is sealed for the draft's owner, and for its page 2. Raises Void."""
    try:
        subject = seals.open(token, draft.holder)
    except Forged:
        raise Void("a form came back that is sealed for somebody else") from None
    if subject != draft.at("page/2", 1):
        raise Void("a page was not answered with page 2 of the same draft")


def as_json(answer: Answer) -> dict[str, Any]:
    """The body of a good answer. Raises Void."""
    if answer.status != 200:
        raise Void(f"an answer had the status {answer.status}")
    try:
        body = json.loads(answer.body)
    except ValueError:
        raise Void("an answer was not JSON") from None
    if not isinstance(body, dict):
        raise Void("an answer was no object")
    return body
