"""What differs between two editions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from policy.criterion import Criterion
    from policy.edition import Edition

NOT_A_CRITERION = "not a criterion"
OPEN, NOT_OPEN = "an open question until answered", "not an open question"

_SUBJECTS = {
    "unverified_online_contact": "Adult posing as a child",
    "ai_generated": "AI or edited images",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the two editions see differently, and what each makes of it.

    `kind`: a criterion's level, condition or agencies, whether a question is open, or a word. `id` names which.
    """

    subject: str
    kind: Literal["level", "condition", "points_to", "question", "word"]
    id: str
    first: str
    second: str


def difference(first: Edition, second: Edition) -> tuple[Difference, ...]:
    """Everything that makes the editions recommend differently, in the order of the criteria, then words."""
    one = {criterion.id: criterion for criterion in first.criteria}
    other = {criterion.id: criterion for criterion in second.criteria}
    found: list[Difference] = []
    for id_ in dict.fromkeys((*one, *other)):
        found += _criterion(id_, one.get(id_), other.get(id_))
    for id_ in dict.fromkeys((*first.silent_on, *second.silent_on)):
        opens = [NOT_OPEN if id_ in edition.silent_on else OPEN for edition in (first, second)]
        found.append(Difference(_SUBJECTS.get(id_, id_), "question", id_, *opens))
    words = (
        ("Term", "term", first.term, second.term),
        ("Lead", "lead_title", first.lead_title, second.lead_title),
        ("Social care", "social_care_name", first.social_care_name, second.social_care_name),
    )
    found += (Difference(subject, "word", id_, here, there) for subject, id_, here, there in words)
    return tuple(one for one in found if one.first != one.second)


def _criterion(id_: str, one: Criterion | None, other: Criterion | None) -> list[Difference]:
    subject = _SUBJECTS.get(id_, id_)
    levels = [criterion.level.id if criterion else NOT_A_CRITERION for criterion in (one, other)]
    found = [Difference(subject, "level", id_, *levels)]
    if one and other and id_ != "not_enough_known":  # its condition is the list of open questions, told as such
        found.append(Difference(subject, "condition", id_, str(one.met_when), str(other.met_when)))
        found.append(Difference(subject, "points_to", id_, ", ".join(one.points_to), ", ".join(other.points_to)))
    return found
