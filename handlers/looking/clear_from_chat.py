"""*Clear from chat*: the message becomes a receipt again. The case is untouched."""

from __future__ import annotations

from handlers.access import Granted, case_for, note_refused
from handlers.intents import Intent, Surface
from handlers.ports import Delivery, Work
from handlers.raising import begin
from handlers.screens import Form, Heading, Paragraph, Screen
from handlers.telling.deliveries import cleared


def clear_from_chat(intent: Intent, work: Work) -> Screen:
    """Answer with the receipt that takes the message's place.

    What the platform changes at the press can fail; so the same change stands in the outbox too, and is made until it
    has been made.
    """
    granted = case_for(intent, work)
    if granted is None:
        note_refused("case", intent, work)
        return begin.not_yours()
    case = granted.case
    _clear(granted, intent, work)
    work.record("message.cleared", by=intent.by, case=case.id, site=case.site)
    if intent.surface is not Surface.MESSAGE:
        return Form(begin.TITLE, (Heading("Cleared"), Paragraph("Nothing of the case stands in the chat any more.")))
    return cleared(case, granted.site)


def _clear(granted: Granted, intent: Intent, work: Work) -> None:
    """Queue the receipt over each message with the recommendation that this account has."""
    case = granted.case
    mine = [one for one in work.deliveries(case.id) if one.to == intent.by and one.state != "dropped"]
    done = {one.replaces for one in mine if one.kind == "cleared"}
    for one in mine:
        if one.kind == "recommendation" and not one.replaces and one.id not in done:
            work.enqueue(Delivery("cleared", one.to, case.id, one.version, replaces=one.id))
