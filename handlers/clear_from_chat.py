"""*Clear from chat*: the message becomes a receipt again. The case is untouched."""

from __future__ import annotations

from handlers import begin
from handlers.access import case_for
from handlers.deliveries import receipt
from handlers.intents import Intent, Surface
from handlers.ports import Work
from handlers.screens import Form, Heading, Message, Paragraph, Screen, Small


def clear_from_chat(intent: Intent, work: Work) -> Screen:
    """Answer with the receipt that takes the message's place."""
    granted = case_for(intent, work)
    if granted is None:
        return begin.not_yours()
    work.record("message.cleared", by=intent.by, case=granted.case.id, site=granted.case.site)
    cleared = receipt(granted.case, granted.site)
    if intent.surface is not Surface.MESSAGE:
        return Form(begin.TITLE, (Heading("Cleared"), Paragraph("Nothing of the case stands in the chat any more.")))
    said = Small("Cleared from chat. Your workspace may keep its own copy for as long as its retention says.")
    return Message(cleared.summary, (*cleared.parts, said))
