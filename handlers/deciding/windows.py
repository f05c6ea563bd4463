"""The windows in which a lead decides. Each costs the same: read, fill in one thing, press once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handlers import words
from handlers.access import Granted
from handlers.case import Case, Version
from handlers.contact_names import called_outside, shown_as
from handlers.contacts import contacts_of, looked_after, option_of, shown, sort_of
from handlers.deciding.short_questions import short
from handlers.deciding.told_already import NOT_TICKED, Already, of_these_facts, to_tick
from handlers.deciding.what_follows import what_follows
from handlers.intents import Subject
from handlers.looking.compare import compared
from handlers.raising.pages import TITLE
from handlers.raising.reasons import place as criterion_place
from handlers.referring.referral import (
    ACKNOWLEDGE,
    WHAT_IT_DOES,
    Round,
    Sender,
    ahead,
    behind,
    earlier_referrals,
    reasons_told,
    referral,
    update_due,
    update_number,
)
from handlers.screens import (
    LABEL_LIMIT,
    Bullets,
    Button,
    Caution,
    Form,
    Heading,
    Line,
    Option,
    Paragraph,
    Part,
    Question,
    Small,
    TextBox,
)
from handlers.sites import Site
from policy import Outcome, edition, police_notice
from policy.notice import GUIDANCE_SAYS_REFER

Errors = tuple[tuple[str, str], ...]

READ: Final = "I have read 'What follows', and the message"
CONFIRM: Final = "Confirm that you have read it"
SUGGESTED: Final = "What is ticked is a suggestion, the police where nothing calls for another agency."
REASON_LIMIT: Final = 1000
LEFT_OUT: Final = (
    "Whoever raised this left a lead out. Think who reads a channel before you choose it: whoever is in it sees the "
    "message. By phone nobody else does."
)
CALLED_FOR: Final = "The new facts call for these too: {names}. See that they are ticked below."


@dataclass(frozen=True, slots=True)
class Filled:
    """How a window stands when it comes back: what was typed and chosen, what is wrong, what is to be said."""

    note: str = ""
    errors: Errors = ()
    own: bool = False
    """They were told that they decide alone: the next press counts."""
    reason: str | None = None
    """None: what the box is filled with beforehand."""
    chosen: tuple[str, ...] | None = None
    read: bool = False
    anew: bool = False
    """The window came back because something in it had changed: what was ticked before does not count."""
    since: int = 0
    """The version of the facts that they had read when it came back because these changed; 0 where they did not."""
    also: tuple[str, ...] = ()
    """Contacts that were ticked for them because the new facts call for these."""
    warned: str = ""
    """A fingerprint of the reason that was warned about: the same again is kept."""
    again: str = ""
    """A fingerprint of whom they were asked about who know these facts: pressed once more, it goes there again."""


def around(case: Case, site: Site) -> Round:
    """What a message that is approved now would say of other contacts: every one that can be chosen."""
    earlier = earlier_referrals(case, len(case.decisions) + 1)
    told_before = {contact: one for one in earlier for contact in one.contacts}
    before = (called_outside(site, one, contact) for contact, one in told_before.items())
    names = (*(sort_of(one.purpose, one.kind) for one in contacts_of(site)), *before)
    ids = {*(one.id for one in contacts_of(site)), *told_before}
    numbers = {update_number(earlier, case.latest.number, one) for one in ids} - {0}
    return Round(tuple(sorted(numbers)), tuple(dict.fromkeys(names)), again=bool(of_these_facts(case)))


FRESH: Final = Filled()
_NOTHING: Final[Mapping[str, str]] = {}
_NOBODY: Final[Mapping[str, Already]] = {}


def refer_window(  # what it shows, each by name
    granted: Granted,
    sender: Sender,
    place: str,
    now: datetime,
    filled: Filled = FRESH,
    *,
    histories: Mapping[str, str] = _NOTHING,
    already: Mapping[str, Already] = _NOBODY,
    about: tuple[Part, ...] = (),
) -> Form:
    """The notice, what the police look at, the exact message, to whom it goes; then a tick and a press.

    `place` binds the press to everything that is shown here; `now` tells which contacts are there, and `histories` who
    entered each and who showed that it arrives. `already` is who was told of these facts.
    `about` is what to know before anything else: who was left out.
    """
    case, version = granted.case, granted.case.latest
    result = version.recommendation()
    notice = police_notice(edition(version.edition))
    parts: list[Part] = _top(granted, filled, about)
    parts += [Heading(_titled(case)), Paragraph(notice.opening_for(result))]
    parts += what_follows(version, notice)
    parts += [Heading("The message, word for word"), *referral(case, version, sender, around(case, granted.site))]
    parts.append(Small("Under 'Who else is told' each message lists only whom you choose below, or chose before."))
    parts += _told_before(granted)
    if case.left_out:
        parts.append(Caution(LEFT_OUT))
    parts += [part for part in ahead(case, sender).parts if isinstance(part, Small | Paragraph)]
    parts.append(Small(WHAT_IT_DOES))
    parts.append(
        Small(f"Below that stands one button: {ACKNOWLEDGE}. By phone nothing is sent: you get the words to say.")
    )
    parts += _whom(granted, filled, now, histories, already)
    reason = reasons(case) if filled.reason is None else filled.reason
    parts.append(
        TextBox("reason", "Why?", "Needed. Kept with the decision, for the leads. No names.", reason, REASON_LIMIT)
    )
    tick = read_value(place, anew=filled.anew)
    ticked = (tick,) if filled.read else ()
    read = Question("consequences_read", CONFIRM, (Option(tick, READ),), "Needed.", chosen=ticked, several=True)
    parts.append(read)
    parts.append(Small(f"Text {notice.version}. It is kept that you were shown this."))
    token = _token(case, place, filled)
    button = Button("confirm_refer", "Refer", token, main=True)
    return Form(TITLE, tuple(parts), button, token, errors=filled.errors)


def _titled(case: Case) -> str:
    if number := update_due(case):
        return f"Send update {number} of {case.reference}"
    return f"Refer {case.reference} to a further agency" if of_these_facts(case) else f"Refer {case.reference}"


def _told_before(granted: Granted) -> list[Part]:
    """Whose messages say that they are an update, or the same again: the window shows these words for all of them."""
    case, told_by = granted.case, {contact: one for one in granted.case.decisions for contact in one.contacts}
    parts: list[Part] = []
    for those, known, stands in (
        (behind(case), "Told before, but not of these facts", "Update"),
        (tuple(one for one in told_by if one in of_these_facts(case)), "Told of these facts already", "Sent again"),
    ):
        if names := "; ".join(shown_as(granted.site, told_by[one], one) for one in those):
            parts.append(Small(f"{known}: {names}. '{stands}' stands in their messages alone."))
    return parts


def _whom(
    granted: Granted,
    filled: Filled,
    now: datetime,
    histories: Mapping[str, str],
    already: Mapping[str, Already],
) -> list[Part]:
    site, contacts = granted.site, contacts_of(granted.site)
    said = {one: stands.said for one, stands in already.items()}
    notes = {
        one.id: " ".join(filter(None, (said.get(one.id), looked_after(one, site, now), histories.get(one.id))))
        for one in contacts
    }
    lines = tuple(Line(shown(contact, site.force), notes[contact.id]) for contact in contacts)
    parts: list[Part] = [Heading("Where it goes"), Bullets(lines)]
    if len(contacts) > 1:
        by_default = to_tick(granted.case, site, now, already)
        options = tuple(Option(one.id, _label(option_of(one, site.force), already.get(one.id))) for one in contacts)
        chosen = by_default if filled.chosen is None else filled.chosen
        help_text = f"At least one. {NOT_TICKED if any(one.told for one in already.values()) else SUGGESTED}"
        whom = Question("contact", "Whom do you refer to?", options, help_text, chosen=chosen, several=True)
        parts.append(whom)
    return parts


def _label(of_contact: str, stands: Already | None) -> str:
    """What the box beside a contact says: also that they were told, where there is room for it."""
    told = f"{of_contact} (told)"
    return told if stands is not None and stands.told and len(told) <= LABEL_LIMIT else of_contact


def reasons(case: Case) -> str:
    """What stands in the reason box to begin with: the criteria that are met, as an agency is told of them."""
    return reasons_of(case.latest)


def reasons_of(version: Version) -> str:
    """The same for one version of the facts."""
    return reasons_told(version)[:REASON_LIMIT] or "The lead's own judgement."


def decline_window(granted: Granted, place: str, filled: Filled = FRESH, about: tuple[Part, ...] = ()) -> Form:
    """Not to refer is a decision too: it needs a reason, and it can be changed at any time."""
    case = granted.case
    result = case.latest.recommendation()
    parts: list[Part] = _top(granted, filled, about)
    late = bool(behind(case))
    parts.append(
        Heading(f"{case.reference}: send no update for now" if late else f"Do not refer {case.reference} for now")
    )
    grave = result.outcome >= Outcome.REFER_NOW
    says = f" {GUIDANCE_SAYS_REFER}" if grave else ""
    parts.append(Paragraph(f"Signpost recommends: {result.outcome.heading}.{says}"))
    if result.met:
        parts.append(Bullets(tuple(Line(finding.reason, criterion_place(finding)) for finding in result.met)))
    might = [finding for finding in result.possible if finding.level >= Outcome.REFER_NOW]
    if might:
        parts.append(Paragraph("Not known yet, and each by itself would be a reason to refer:"))
        parts.append(Bullets(tuple(Line(f"{one.told[0].upper()}{one.told[1:]}") for one in might)))
    parts.append(Paragraph("You can still refer at any time. The person who raised it may report it themselves too."))
    sentence = "In a sentence: how" if grave else "How"
    help_text = f"Needed. {sentence} you weighed each of these, and why you are confident. No names."
    parts.append(TextBox("reason", "Why not?", help_text, filled.reason or "", REASON_LIMIT))
    token = _token(case, place, filled)
    button = Button("confirm_do_not_refer", "Record: no update" if late else "Record: not referred", token, main=True)
    return Form(TITLE, tuple(parts), button, token, errors=filled.errors)


def asks_window(granted: Granted, *, errors: Errors = (), about: tuple[Part, ...] = ()) -> Form:
    """Which open questions to put to whoever raised it, if they know the answer without asking the child."""
    case = granted.case
    open_still = case.latest.recommendation().ask_next
    token = Subject("case", case.id, "", case.latest.number).write()
    parts: list[Part] = [words.emergency_first(), *about, Heading(f"Ask for facts: {case.reference}")]
    if not open_still:
        return Form(TITLE, (*parts, Paragraph("Nothing is open: every question has an answer.")))
    options = tuple(Option(name, short(name)) for name in open_still)
    label, help_text = "What should they add, if they already know?", "At least one. They do not ask the child."
    parts.append(Question("ask", label, options, help_text, several=True))
    button = Button("confirm_ask_for_facts", "Ask", token, main=True)
    return Form(TITLE, tuple(parts), button, token, errors=errors)


def _top(granted: Granted, filled: Filled, about: tuple[Part, ...]) -> list[Part]:
    case, site = granted.case, granted.site
    news = compared(case.version(filled.since), case.latest) if filled.since else ()
    also = "; ".join(shown(one, site.force) for one in contacts_of(site) if one.id in filled.also)
    called_for = (Caution(CALLED_FOR.format(names=also)),) if also else ()
    note = (Caution(filled.note),) if filled.note else ()
    return [words.emergency_first(), *note, *called_for, *about, *news]


def _token(case: Case, place: str, filled: Filled) -> str:
    flags = (
        ("own", filled.own), ("anew", filled.anew),
        (f"w{filled.warned}", bool(filled.warned)), (f"v{filled.since}", bool(filled.since)),
        (f"r{filled.again}", bool(filled.again)),
    )  # fmt: skip
    extra = ",".join(flag for flag, holds in flags if holds)
    return Subject("case", case.id, place, case.latest.number, extra).write()


def read_value(place: str, *, anew: bool) -> str:
    """What the tick is on the wire. In a window that came back because something changed it is another one.

    Slack keeps what stands in a field of the same name: a tick that was set under the old text would count for the new.
    """
    return f"yes.{place[:12]}" if anew else "yes"
