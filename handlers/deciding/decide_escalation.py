"""A lead decides: refer, do not refer, or ask for facts.

Nobody can refer before they have been shown what follows, the exact message and to whom it goes; and what they approve
is what they were shown. The window carries a fingerprint of all that; if anything of it has changed meanwhile, the
press is refused, the reason is said, and the new state is shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.access import Granted, case_for, note_read, note_refused
from handlers.case import Decision
from handlers.contact_names import to_keep
from handlers.contacts import contacts_of, shown
from handlers.deciding.contact_history import histories
from handlers.deciding.decided import GO_ON, asked_window, decided_window, not_now, too_late, two_people
from handlers.deciding.fields import (
    asked_once_more,
    filled_in,
    flags_of,
    read_since,
    several,
    with_called_for,
    wrong_decline,
)
from handlers.deciding.may_decide import Kind, may_decide, stays, target
from handlers.deciding.tell_decision import ask_raiser, tell_decision
from handlers.deciding.told_already import asks_nothing, of_these_facts, repeats, told_already
from handlers.deciding.windows import FRESH, Filled, around, asks_window, decline_window, reasons, refer_window
from handlers.intents import Intent
from handlers.looking.of_the_case import left_out_parts
from handlers.ports import Work
from handlers.raising import begin
from handlers.referring.referral import Sender, referral, sender_of, with_words
from handlers.screens import Form, Part, Screen
from policy import edition, police_notice

OWN_CASE: Final = (
    "You raised this case yourself, and nobody else has looked at it. If you decide alone, press the button once more: "
    "that is recorded with the decision."
)
CHANGED: Final = "{what} changed since this window was opened, so this was not sent. Read it again, then decide."


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
    return decline_window(granted, _shown(granted, intent, work), about=_about(granted, intent, work))


def ask_for_facts(intent: Intent, work: Work) -> Screen:
    """Open the window in which a lead chooses what the raiser should add, if they know it."""
    granted = _for_lead(intent, work)
    return asks_window(granted, about=_about(granted, intent, work)) if isinstance(granted, Granted) else granted


def confirm_ask_for_facts(intent: Intent, work: Work) -> Screen:
    """Send the raiser the chosen questions. Pressed again it sends nothing again."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    asked = several(intent.fields.get("ask"))
    if not asked or not set(asked) <= set(granted.case.latest.recommendation().ask_next):
        errors = (("ask", "Choose at least one of the questions on offer."),)
        return asks_window(granted, errors=errors, about=_about(granted, intent, work))
    ask_raiser(granted, asked, intent, work)
    return asked_window(granted.case)


def confirm_refer(intent: Intent, work: Work) -> Screen:
    """Approve the referral and queue the messages. Approving twice changes nothing: who decided is shown."""
    granted = _for_lead(intent, work)
    if not isinstance(granted, Granted):
        return granted
    if (late := _overtaken(granted, "refer", intent, work)) is not None:
        return late
    contacts, filled = filled_in(granted, intent, work)
    if (changed := _what_changed(granted, intent, work)) is not None:
        filled = with_called_for(filled, granted, intent, work.now, told_already(granted, work))
        return _refer_window(granted, intent, work, replace(filled, note=changed, errors=(), read=False, anew=True))
    own = "own" in flags_of(intent)
    if filled.errors:
        return _refer_window(granted, intent, work, replace(filled, own=own))
    if (asked := asked_once_more(contacts, filled, granted, work)) is not None:
        return _refer_window(granted, intent, work, replace(asked, own=own))
    if granted.is_own and not own:
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
    place, about = _shown(granted, intent, work), _about(granted, intent, work)
    own, since = "own" in flags_of(intent), read_since(intent)
    if (changed := _what_changed(granted, intent, work)) is not None:
        read = intent.subject.rev if intent.subject.rev < granted.case.latest.number else since
        return decline_window(granted, place, Filled(note=changed, reason=reason, since=read), about)
    wrong, warned = wrong_decline(granted, reason, intent, work)
    if wrong:
        again = Filled(errors=(("reason", wrong),), reason=reason, own=own, warned=warned, since=since)
        return decline_window(granted, place, again, about)
    if granted.is_own and not own:
        alone = Filled(note=OWN_CASE, reason=reason, own=True, warned=warned, since=since)
        return decline_window(granted, place, alone, about)
    return _decide("do_not_refer", reason.strip(), (), granted, intent, work)


def _for_lead(intent: Intent, work: Work) -> Granted | Screen:
    granted = case_for(intent, work)
    if granted is None:
        note_refused("case", intent, work)
        return begin.not_yours()
    note_read(granted.case, intent, work)  # every window of a decision shows something of it
    return granted


def _turned_away(granted: Granted, kind: Kind, intent: Intent, *, note: str = "", wrote: str = "") -> Form | None:
    """Why somebody cannot decide that now: two people are wanted, or it was decided already."""
    if granted.site.requires_two_people and granted.is_own:
        return two_people()
    if may_decide(kind, granted.case):
        return None
    if granted.case.decisions:
        last = granted.case.decisions[-1]
        return decided_window(granted, last, mine=last.by == intent.by, note=note or not_now(last), wrote=wrote)
    return begin.not_yours()


def _overtaken(granted: Granted, kind: Kind, intent: Intent, work: Work) -> Form | None:
    """The answer to a press that was carried out before, or that comes second."""
    case = granted.case
    done = work.applied(_key(granted, intent))
    if done is not None:
        decision = case.decision(int(done.place))
        return decided_window(granted, decision, mine=True) if decision else begin.not_yours()
    _, _, _, seen = _read_place(intent.subject.place)
    if case.decisions and seen != str(len(case.decisions)):
        return _second(granted, kind, intent, work)
    return _turned_away(granted, kind, intent)


def _second(granted: Granted, kind: Kind, intent: Intent, work: Work) -> Form:
    """The answer to a press after another decision. It did nothing, which is said first; what was typed stands there.

    Where they may still decide it, the same window is there to go on with; whoever was told meanwhile is not ticked.
    """
    case, last = granted.case, granted.case.decisions[-1]
    mine = last.by == intent.by
    late = too_late(kind, last, mine=mine)
    value = intent.fields.get("reason")
    reason = value if isinstance(value, str) else ""
    if (turned := _turned_away(granted, kind, intent, note=late, wrote=reason.strip())) is not None:
        return turned
    note = f"{late} {GO_ON[kind]}"
    if kind == "do_not_refer":
        since = intent.subject.rev if intent.subject.rev < case.latest.number else read_since(intent)
        again = Filled(note=note, reason=reason, since=since)
        return decline_window(granted, _shown(granted, intent, work), again, _about(granted, intent, work))
    chosen, filled = filled_in(granted, intent, work)
    already = told_already(granted, work)
    rest = tuple(one for one in chosen if one not in repeats(chosen, already))
    if chosen and not rest:
        return decided_window(granted, last, mine=mine, note=f"{late} {asks_nothing(chosen, already)}")
    filled = with_called_for(replace(filled, chosen=rest), granted, intent, work.now, already)
    return _refer_window(granted, intent, work, replace(filled, note=note, errors=(), read=False, anew=True, again=""))


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
    return shown_with(police_notice(edition(granted.case.latest.edition)).version, granted, intent, work)


def shown_with(notice: str, granted: Granted, intent: Intent, work: Work) -> str:
    """The fingerprint of what a window shows: message and notice, contacts, edition, number of decisions.

    `notice` is the version of its text: what an older release showed, which worded it otherwise, counts no more.
    """
    case, version = granted.case, granted.case.latest
    message = referral(case, version, _sender(granted, intent, work), around(case, granted.site))
    offered = [
        [one.id, one.purpose, one.kind, one.destination, shown(one, granted.site.force), *one.organisations]
        for one in contacts_of(granted.site)
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
    place, known = _shown(granted, intent, work), histories(granted.site, work)
    sender, about = _sender(granted, intent, work), _about(granted, intent, work)
    already = told_already(granted, work)
    return refer_window(granted, sender, place, work.now, filled, histories=known, already=already, about=about)


def _about(granted: Granted, intent: Intent, work: Work) -> tuple[Part, ...]:
    """What a lead is to know before they decide: who was left out."""
    return tuple(left_out_parts(granted, work.directory, intent.known))


def _key(granted: Granted, intent: Intent) -> str:
    return f"{granted.case.id}:{intent.name}:{intent.subject.place}:{intent.by}"


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
        alone=granted.is_own,
        site_line=sender.site_line,
        lead_line=sender.lead_line,
        told=to_keep(site, contacts),
        again=tuple(one for one in contacts if one in of_these_facts(case)),
    )
    decision = with_words(case, decision, site)
    work.apply(f"{case.id}:decision:{decision.number}", "decided")
    work.apply(_key(granted, intent), str(decision.number))
    moved = case if stays(kind, case) else case.moved(target(kind, case))
    case = replace(moved, decisions=(*case.decisions, decision))
    work.keep_case(case)
    detail = {
        "kind": kind, "decision": str(decision.number), "version": str(decision.version), "edition": decision.edition,
        "notice": notice, "contacts": str(len(contacts)), "alone": "yes" if decision.alone else "no",
    }  # fmt: skip
    work.record("case.decided", by=intent.by, case=case.id, site=case.site, detail=detail)
    for contact in contacts:  # an entry each: all ids together are longer than one may be
        chosen = {"decision": str(decision.number), "contact": contact}
        work.record("contact.chosen", by=intent.by, case=case.id, site=case.site, detail=chosen)
    granted = replace(granted, case=case)
    tell_decision(decision, granted, work)
    return decided_window(granted, decision, mine=True)
