"""How far leads are with a case whose facts have changed: an update that is not read is no case that nobody opened."""

from __future__ import annotations

from handlers.case import Case
from handlers.clocks import told


def is_update(case: Case) -> bool:
    """Whether its newest facts came after a lead had opened or decided it."""
    return case.latest.number > 1 and (case.first_opened_at is not None or bool(case.decisions))


def the_update(case: Case) -> str:
    """How the newest facts are called, in the middle of a sentence."""
    return f"the update of {told(case.latest.at)}"


def by_raiser(case: Case) -> bool:
    """Whether whoever raised it gave the newest facts."""
    return case.latest.by in (case.raised_by, *case.raised_as)


def decided_so_far(case: Case) -> str:
    """For a lead: what was decided last, by whom and when; empty where nothing was. It stays in sight after new facts.

    What was referred stays referred, whatever a lead decided of newer facts.
    """
    if not case.decisions:
        return ""
    last = case.decisions[-1]
    referred = any(one.kind == "refer" for one in case.decisions[:-1])
    declined = "no update is sent" if referred else "do not refer"
    return f"{last.by_name} decided at {told(last.at)}: {'refer' if last.kind == 'refer' else declined}."


def decided_for_raiser(case: Case) -> str:
    """The same for whoever raised it, who is told no name and no reason."""
    referred = [one for one in case.decisions if one.kind == "refer"]
    if referred:
        return f"It was referred at {told(referred[-1].at)}, and stays referred."
    if not case.decisions:
        return ""
    whose = "your" if by_raiser(case) else "the"
    before = f": that was before {whose} update" if case.decisions[-1].version < case.latest.number else ""
    return f"A lead decided at {told(case.decisions[-1].at)} not to refer it{before}."
