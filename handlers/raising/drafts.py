"""What somebody began and has not finished: offered again on whichever device they come back, or thrown away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handlers import words
from handlers.access import accounts_of, has_of, note_refused
from handlers.case import Draft
from handlers.clocks import told
from handlers.intents import Intent, Subject
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.raising import leave_out, pages
from handlers.raising.pages import TITLE
from handlers.raising.send_report import is_sent
from handlers.screens import Button, Buttons, Caution, Form, Heading, Item, Paragraph, Part, Screen, Small


def discard_draft(intent: Intent, work: Work) -> Screen:
    """Throw a draft away, its key with it, and say so. A draft that has become a case keeps the case."""
    draft = work.draft(intent.subject.id)
    if draft is not None and has_of(draft.owner, intent.by, work.directory):
        work.drop_draft(draft.id)
        work.record("draft.discarded", by=intent.by, case=draft.id, site=draft.site)
    elif draft is not None:
        note_refused("draft", intent, work)
    rest = unsent(intent.by, work)
    if rest:
        return waiting(rest, intent, work)
    return discarded(sent=draft is not None and bool(draft.case))


def unsent(by: Account, work: Work) -> tuple[Draft, ...]:
    """What somebody began and did not send; an update that was only looked at is nothing of the kind.

    Nor is one of which everything was sent while they were away: danger that was chosen goes out by itself.
    """
    drafts = work.drafts_of(accounts_of(by, work.directory))
    return tuple(one for one in drafts if not one.updates or (one.rev > 0 and not _went_out(one, by, work)))


def _went_out(draft: Draft, by: Account, work: Work) -> bool:
    return draft.place == leave_out.DANGER and _all_sent(draft, by, work)


def _all_sent(draft: Draft, by: Account, work: Work) -> bool:
    """Whether danger was told, and nothing was answered since then."""
    case = work.case(draft.case) if draft.case else None
    in_danger = case is not None and case.latest.facts.harm_now == "in_danger_now"
    return case is not None and in_danger and is_sent(draft, case, by, work)


def discarded(*, sent: bool = False) -> Form:
    """Say that a draft is gone; with `sent` it was about a case, which stays."""
    kept = " The case itself stays as it was sent." if sent else ""
    return Form(
        TITLE,
        (
            words.emergency_first(),
            Heading("Discarded"),
            Paragraph(f"Nothing of that draft is kept.{kept} If it was about a child, tell the DSL or a deputy now."),
            Buttons((Button("start_report", "Raise an incident", opens_form=True, main=True),)),
        ),
    )


def waiting(drafts: tuple[Draft, ...], intent: Intent, work: Work, *, note: str = "") -> Form:
    """Draw those that somebody has."""
    sent = frozenset(one.id for one in drafts if _all_sent(one, intent.by, work))
    return resume(drafts, _references(drafts, work), work.directory, sent=sent, note=note)


def _references(drafts: tuple[Draft, ...], work: Work) -> dict[str, str]:
    """The reference of the case that a draft updates, by the draft's id."""
    cases = {draft.id: work.case(draft.case) for draft in drafts if draft.case}
    return {draft_id: case.reference for draft_id, case in cases.items() if case}


DISCARD: Final = "Throw this draft away? Nothing of it is kept."


def resume(
    drafts: tuple[Draft, ...],
    references: Mapping[str, str],
    directory: Directory,
    *,
    sent: frozenset[str] = frozenset(),
    note: str = "",
) -> Form:
    """Offer what was begun last, on this device or another, a fresh start, then what is older. All of it is kept.

    Of `sent`, by their ids, all that was answered has gone out: danger is told before a form is finished.
    """
    parts: list[Part] = [words.emergency_first()]
    if note:
        parts.append(Caution(note))
    whole = any(draft.id not in references for draft in drafts)
    what = "a report that is not sent yet" if whole else "changes that are not sent yet"
    all_sent = all(draft.id in sent for draft in drafts)
    parts.append(Heading("Your report was sent; you can add to it" if all_sent else f"You have {what}"))
    newest, *older = drafts
    parts += _begun(newest, references, directory, sent)
    parts.append(Heading("Something else?"))
    parts.append(Buttons((Button("start_report", "Start another report", opens_form=True),)))
    if older:
        parts.append(Heading("Begun before that"))
        parts += [part for draft in older for part in _begun(draft, references, directory, sent)]
    parts.append(Small("Drafts are kept for 24 hours after they were last saved."))
    return Form(TITLE, tuple(parts))


def _begun(
    draft: Draft, references: Mapping[str, str], directory: Directory, all_sent: frozenset[str]
) -> tuple[Part, ...]:
    """A draft, how far it is, and the ways on and out."""
    site, reference = directory.site(draft.site), references.get(draft.id)
    token = Subject("draft", draft.id, draft.place, draft.rev, draft.site).write()
    about = f"Changes to {reference}" if reference else (site.name if site else "Report")
    if draft.id in all_sent:
        about = f"{reference}, not finished"
    go = Button("continue_draft", "Go on with it", token, opens_form=True, main=True)
    sent = f" {reference} itself was sent, and stays as it is." if reference else ""
    sent = " What you answered was sent, and your leads hear of it." if draft.id in all_sent else sent
    ask = f"Throw these changes away? {reference} itself stays as it was sent." if reference else DISCARD
    return (
        Item(about, f"Last saved {told(draft.saved_at)}. {_where(draft)}{sent}", go),
        Buttons((Button("discard_draft", "Discard it", token, ask_first=ask),)),
    )


def _where(draft: Draft) -> str:
    match draft.place:
        case "check":
            return "Ready to check and send."
        case "danger":
            return "You were shown: call 999."
        case "leads":
            return "One question is left before it is sent."
        case place:
            return f"At step {place.removeprefix('page/')} of {pages.LAST_PAGE}."
