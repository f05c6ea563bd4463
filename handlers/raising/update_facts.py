"""*Update the facts*: the same form again with the answers filled in, ending in a new version of the same case."""

from __future__ import annotations

from handlers.access import accounts_of, case_for, note_read, note_refused
from handlers.case import UPDATE, Draft
from handlers.intents import Intent
from handlers.ports import Work
from handlers.raising import begin
from handlers.raising.places import place_of
from handlers.screens import Screen
from policy import FACTS


def update_facts(intent: Intent, work: Work) -> Screen:
    """Open page 1 with what is known. An update that this person has begun and not sent is gone on with."""
    granted = case_for(intent, work)
    if granted is None:
        note_refused("case", intent, work)
        return begin.not_yours()
    case = granted.case
    note_read(case, intent, work)  # its answers stand in the form
    accounts = accounts_of(intent.by, work.directory)
    begun = next((one for one in work.drafts_of(accounts) if one.case == case.id and one.updates), None)
    if begun is not None:
        return place_of(begun, "page/1", intent, work)
    own = case.last_by(accounts)
    base = case.latest if granted.is_lead or own is None else own  # a raiser is shown what they entered themselves
    facts = base.facts.as_dict()
    notes = own.notes if own else ""
    draft = Draft(
        id=UPDATE + work.chance.id(),
        owner=intent.by,
        site=case.site,
        place="page/1",
        rev=0,
        saved_at=work.now,
        answers={q.id: _value(facts[q.id]) for q in FACTS if q.id in facts},
        notes=notes,
        notes_warned=notes,
        left_out=case.left_out,
        case=case.id,
        updates=True,
        base=base.number,
    )
    work.keep_draft(draft)
    return place_of(draft, "page/1", intent, work)


def _value(answer: str | list[str]) -> str | tuple[str, ...]:
    return answer if isinstance(answer, str) else tuple(answer)
