"""A case that somebody asks for by typing its reference, which is what people quote on the phone.

A reference says nothing about the case and gives no right to it: for one that is not theirs and for one that was made
up the answer is the same. It is looked up in the transaction, and kept and logged nowhere.
"""

from __future__ import annotations

from dataclasses import replace

from handlers import words
from handlers.access import case_for, note_refused
from handlers.intents import Intent, Subject
from handlers.looking.case_list import row_of
from handlers.ports import Work
from handlers.raising import begin
from handlers.screens import Item, Message, Screen


def resolved(intent: Intent, work: Work) -> Intent:
    """The intent about the case itself, where it named one by its reference."""
    if intent.subject.kind != "reference":
        return intent
    case = work.case_called(intent.subject.id)
    if case is None:
        return replace(intent, subject=Subject("case"))
    return replace(intent, subject=Subject("case", case.id, "", case.latest.number))


def find_case(intent: Intent, work: Work) -> Screen:
    """Show how a case stands, and the button that opens it: for where no window can be opened at once."""
    granted = case_for(intent, work)
    if granted is None:
        note_refused("case", intent, work)
        return begin.not_yours()
    return found(row_of(granted.case, intent, work))


def found(row: Item) -> Message:
    """Draw it: a row as in the list of cases, and nothing of what the case is about."""
    return Message(f"{row.label}: ready to read in Signpost.", (words.emergency_first(), row))
