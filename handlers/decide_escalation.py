"""A lead decides: refer, do not refer, or ask for facts.

Nobody can refer before they have been shown what follows, the exact message and to whom it goes; and what they approve
is what they were shown. The window carries a fingerprint of all that; if anything of it has changed meanwhile, the
press is refused, the reason is said, and the new state is shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final, Literal

from handlers import begin, refuse
from handlers.access import Granted, case_for
from handlers.case import MOVES, Decision, State
from handlers.contacts import contacts_of
from handlers.decision_windows import (
    FRESH,
    REASON_LIMIT,
    Filled,
    around,
    asked_window,
    asks_window,
    decided_window,
    decline_window,
    read_value,
    reasons,
    reasons_of,
    refer_window,
    two_people,
)
from handlers.intents import Intent, Value
from handlers.ports import Work
from handlers.referral import Sender, referral, sender_of
from handlers.screens import Form, Screen
from handlers.tell_decision import ask_raiser, tell_decision
from policy import edition, police_notice

OWN_CASE: Final = (
    "You raised this case yourself, and nobody else has looked at it. If you decide alone, press the button once more: "
    "that is recorded with the decision."
)
REASON_MISSING: Final = "Write the reason in a sentence. It is kept with the decision."
TOO_LONG: Final = f"Use at most {REASON_LIMIT:,} characters. Nothing is lost."
READ_MISSING: Final = "Tick this when you have read what follows."
WHOM: Final = "Choose at least one of the contacts on offer."
CHANGED: Final = "{what} changed since this window was opened, so this was not sent. Read it again, then decide."

Kind = Literal["refer", "do_not_refer"]


def refer(intent: Intent, work: Work) -> Screen:
    """Open the window in which a referral can be approved."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    if (turned := _turned_away(granted, "refer", intent)) is not None:
        return turned
    return _refer_window(granted, intent, work)


def do_not_refer(intent: Intent, work: Work) -> Screen:
    """Open the window in which a lead says why they do not refer."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    if (turned := _turned_away(granted, "do_not_refer", intent)) is not None:
        return turned
    return decline_window(granted, _shown(granted, intent, work))


def ask_for_facts(intent: Intent, work: Work) -> Screen:
    """Open the window in which a lead chooses what the raiser should add, if they know it."""
    granted = _for_lead(intent, work)
    return asks_window(granted) if isinstance(granted, Granted) else granted


def confirm_ask_for_facts(intent: Intent, work: Work) -> Screen:
    """Send the raiser the chosen questions. Pressed again it sends nothing again."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    asked = _several(intent.fields.get("ask"))
    if not asked or not set(asked) <= set(granted.case.latest.recommendation().ask_next):
        return asks_window(granted, errors=(("ask", "Choose at least one of the questions on offer."),))
    ask_raiser(granted, asked, intent, work)
    return asked_window(granted.case)


def confirm_refer(intent: Intent, work: Work) -> Screen:
    """Approve the referral and queue the messages. Approving twice changes nothing: who decided is shown."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    if (late := _overtaken(granted, "refer", intent, work)) is not None:
        return late
    contacts, filled = _filled(granted, intent, work)
    if (changed := _what_changed(granted, intent, work)) is not None:
        return _refer_window(granted, intent, work, replace(filled, note=changed, errors=(), read=False, anew=True))
    if filled.errors:
        return _refer_window(granted, intent, work, replace(filled, own="own" in _flags(intent)))
    if granted.is_raiser and "own" not in _flags(intent):
        return _refer_window(granted, intent, work, replace(filled, note=OWN_CASE, own=True))
    return _decide("refer", filled.reason or reasons(granted.case), contacts, granted, intent, work)


def confirm_do_not_refer(intent: Intent, work: Work) -> Screen:
    """Record that a lead does not refer, and why. The raiser hears it with their own route."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    if (late := _overtaken(granted, "do_not_refer", intent, work)) is not None:
        return late
    value = intent.fields.get("reason")
    reason = value if isinstance(value, str) else ""
    place = _shown(granted, intent, work)
    own = "own" in _flags(intent)
    if (changed := _what_changed(granted, intent, work)) is not None:
        return decline_window(granted, place, Filled(note=changed, reason=reason))
    wrong, warned = _wrong_reason(reason, intent, work)
    if wrong:
        again = Filled(errors=(("reason", wrong),), reason=reason, own=own, warned=warned)
        return decline_window(granted, place, again)
    if granted.is_raiser and not own:
        return decline_window(granted, place, Filled(note=OWN_CASE, reason=reason, own=True, warned=warned))
    return _decide("do_not_refer", reason.strip(), (), granted, intent, work)


def _for_lead(intent: Intent, work: Work) -> Granted | Screen:
    granted = case_for(intent, work)
    if granted is None:
        work.record("case.refused", by=intent.by, detail={"intent": intent.name})
        return begin.not_yours()
    return granted


def _turned_away(granted: Granted, kind: Kind, intent: Intent) -> Form | None:
    """Why somebody cannot decide that now: two people are wanted, or it was decided already."""
    if granted.site.requires_two_people and granted.is_raiser:
        return two_people()
    if _target(kind) not in MOVES[granted.case.state]:
        if granted.case.decisions:
            last = granted.case.decisions[-1]
            return decided_window(granted, last, mine=last.by == intent.by)
        return begin.not_yours()
    return None


def _overtaken(granted: Granted, kind: Kind, intent: Intent, work: Work) -> Form | None:
    """The answer to a press that was carried out before, or that comes second."""
    case = granted.case
    done = work.applied(_key(granted, intent))
    if done is not None:
        decision = case.decision(int(done.place))
        return decided_window(granted, decision, mine=True) if decision else begin.not_yours()
    _, _, _, seen = _read_place(intent.subject.place)
    if case.decisions and seen != str(len(case.decisions)):
        last = case.decisions[-1]
        return decided_window(granted, last, mine=last.by == intent.by)
    return _turned_away(granted, kind, intent)


def _what_changed(granted: Granted, intent: Intent, work: Work) -> str | None:
    """What is not as it was when the window was drawn, as a sentence; None if nothing."""
    was, now = _read_place(intent.subject.place), _read_place(_shown(granted, intent, work))
    if intent.subject.rev != granted.case.latest.number:
        what = "The facts"
    elif was[2] != now[2]:
        what = "The edition of the guidance"
    elif was[1] != now[1]:
        what = "The contacts"
    elif was[0] != now[0]:
        what = "The message or the notice"
    else:
        return None
    return CHANGED.format(what=what)


def _shown(granted: Granted, intent: Intent, work: Work) -> str:
    """The fingerprint of what a window shows: message and notice, contacts, edition, number of decisions."""
    case, version = granted.case, granted.case.latest
    message = referral(case, version, _sender(granted, intent, work), around(case, granted.site))
    notice = police_notice(edition(version.edition)).version
    offered = [
        [one.id, one.purpose, one.kind, one.destination, *one.organisations] for one in contacts_of(granted.site)
    ]
    first = work.digest({"message": repr(message), "notice": notice, "version": version.number})
    second = work.digest({"contacts": offered})
    return "/".join((first[:20], second[:20], version.edition, str(len(case.decisions))))


def _read_place(place: str) -> tuple[str, str, str, str]:
    pieces = place.split("/")
    return (pieces[0], pieces[1], pieces[2], pieces[3]) if len(pieces) == 4 else ("", "", "", "")  # noqa: PLR2004


def _sender(granted: Granted, intent: Intent, work: Work) -> Sender:
    return sender_of(granted.site, intent.by, work.directory.name(intent.by, intent.known), work.directory)


def _refer_window(granted: Granted, intent: Intent, work: Work, filled: Filled = FRESH) -> Form:
    case = granted.case
    notice = police_notice(edition(case.latest.edition)).version
    work.record("notice.shown", by=intent.by, case=case.id, site=case.site, detail={"notice": notice})
    return refer_window(granted, _sender(granted, intent, work), _shown(granted, intent, work), work.now, filled)


def _filled(granted: Granted, intent: Intent, work: Work) -> tuple[tuple[str, ...], Filled]:
    """The contacts that were chosen, and the window as it came back with what is wrong in it."""
    offered = tuple(contact.id for contact in contacts_of(granted.site))
    given = _several(intent.fields.get("contact")) if len(offered) > 1 else offered
    chosen = tuple(dict.fromkeys(one for one in given if one in offered))
    errors: list[tuple[str, str]] = []
    if not chosen or len(chosen) < len(set(given)):
        errors.append(("contact", WHOM))
    value = intent.fields.get("reason")
    reason = value if isinstance(value, str) and value else None
    if reason in {reasons_of(version) for version in granted.case.versions}:
        reason = None  # what we wrote there ourselves, perhaps of older facts, is nothing that a lead has typed
    warned = ""
    if reason is not None:
        wrong, warned = _wrong_reason(reason, intent, work)
        if wrong:
            errors.append(("reason", wrong))
    anew = "anew" in _flags(intent)
    read = _several(intent.fields.get("consequences_read")) == (read_value(intent.subject.place, anew=anew),)
    if not read:
        errors.append(("consequences_read", READ_MISSING))
    return chosen, Filled(errors=tuple(errors), reason=reason, chosen=chosen, read=read, anew=anew, warned=warned)


def _flags(intent: Intent) -> frozenset[str]:
    """What a window's token remembers of the presses before."""
    return frozenset(intent.subject.extra.split(",")) - {""}


def _wrong_reason(reason: str, intent: Intent, work: Work) -> tuple[str, str]:
    """What is wrong with a reason, and a fingerprint of one that was warned about: the same again is kept."""
    if not reason.strip():
        return REASON_MISSING, ""
    if len(reason) > REASON_LIMIT:
        return TOO_LONG, ""
    checked = refuse.check_notes(reason)
    if checked.refused or not checked.warned:
        return checked.refused, ""
    same = work.digest({"reason": reason})[:12]
    return ("" if f"w{same}" in _flags(intent) else checked.warned), same


def _several(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _key(granted: Granted, intent: Intent) -> str:
    return f"{granted.case.id}:{intent.name}:{intent.subject.place}:{intent.by}"


def _target(kind: Kind) -> State:
    return State.REFERRED if kind == "refer" else State.NOT_REFERRED


def _decide(kind: Kind, reason: str, contacts: tuple[str, ...], granted: Granted, intent: Intent, work: Work) -> Form:
    """One row, one move, one audit entry and the messages, together."""
    case, site, sender = granted.case, granted.site, _sender(granted, intent, work)
    notice = police_notice(edition(case.latest.edition)).version if kind == "refer" else ""
    decision = Decision(
        number=len(case.decisions) + 1,
        kind=kind,
        by=intent.by,
        by_name=work.directory.name(intent.by, intent.known),
        at=work.now,
        reason=reason.strip(),
        version=case.latest.number,
        edition=case.latest.edition,
        notice=notice,
        contacts=contacts,
        alone=granted.is_raiser,
        site_line=sender.site_line,
        lead_line=sender.lead_line,
    )
    work.apply(f"{case.id}:decision:{decision.number}", "decided")
    work.apply(_key(granted, intent), str(decision.number))
    case = replace(case.moved(_target(kind)), decisions=(*case.decisions, decision))
    work.keep_case(case)
    detail = {
        "kind": kind, "decision": str(decision.number), "version": str(decision.version), "edition": decision.edition,
        "notice": notice, "contacts": ",".join(contacts), "alone": "yes" if decision.alone else "no",
    }  # fmt: skip
    work.record("case.decided", by=intent.by, case=case.id, site=case.site, detail=detail)
    granted = Granted(case, site, granted.roles)
    tell_decision(decision, granted, work)
    return decided_window(granted, decision, mine=True)
