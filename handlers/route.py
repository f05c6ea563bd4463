"""From an Intent to its handler: one table, and the checks that come before every handler."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from handlers.access import note_refused
from handlers.broken import again
from handlers.deciding.ask_escalation import ask_escalation
from handlers.deciding.decide_escalation import (
    ask_for_facts,
    confirm_ask_for_facts,
    confirm_do_not_refer,
    confirm_refer,
    do_not_refer,
    refer,
)
from handlers.intents import Intent
from handlers.looking.by_reference import find_case, resolved
from handlers.looking.case_list import list_cases
from handlers.looking.clear_from_chat import clear_from_chat
from handlers.looking.cover import show_cover
from handlers.looking.home import refuse_file, refuse_message, show_help, show_home, show_practise, show_start
from handlers.looking.open_case import open_case
from handlers.ports import Work
from handlers.raising import begin, drafts
from handlers.raising.raise_incident import (
    answer_at_once,
    change_answer,
    continue_draft,
    next_page,
    previous_page,
    recommend_now,
    submit_report,
)
from handlers.raising.update_facts import update_facts
from handlers.referring.acknowledge import acknowledge, confirm_call, write_down_call
from handlers.referring.trouble import mark_delivered, phone_instead, resend
from handlers.screens import Screen
from handlers.setup.route import edit_setup, remove_setup, save_setup, show_admin, test_contact
from handlers.unread import where_unread

Handler: TypeAlias = Callable[[Intent, Work], Screen | None]

HANDLERS: Final[Mapping[str, Handler]] = {
    "start_report": begin.start,
    "continue_draft": continue_draft,
    "discard_draft": drafts.discard_draft,
    "next_page": next_page,
    "previous_page": previous_page,
    "recommend_now": recommend_now,
    "submit_report": submit_report,
    "change_answer": change_answer,
    "answer_at_once": answer_at_once,
    "open_case": open_case,
    "find_case": find_case,
    "ask_escalation": ask_escalation,
    "update_facts": update_facts,
    "clear_from_chat": clear_from_chat,
    "list_cases": list_cases,
    "show_cover": show_cover,
    "show_help": show_help,
    "show_home": show_home,
    "show_start": show_start,
    "show_admin": show_admin,
    "edit_setup": edit_setup,
    "save_setup": save_setup,
    "remove_setup": remove_setup,
    "test_contact": test_contact,
    "show_practise": show_practise,
    "refuse_message": refuse_message,
    "refuse_file": refuse_file,
    "refer": refer,
    "do_not_refer": do_not_refer,
    "ask_for_facts": ask_for_facts,
    "confirm_refer": confirm_refer,
    "confirm_do_not_refer": confirm_do_not_refer,
    "confirm_ask_for_facts": confirm_ask_for_facts,
    "acknowledge": acknowledge,
    "mark_delivered": mark_delivered,
    "resend": resend,
    "phone_instead": phone_instead,
    "write_down_call": write_down_call,
    "confirm_call": confirm_call,
}

FOR_ANYONE: Final = frozenset({"show_help", "show_home", "show_start", "refuse_message", "refuse_file", "acknowledge"})
"""Intents that answer people without standing too: with help, never with a case. `acknowledge` asks for the room."""


def route(intent: Intent, work: Work) -> Screen | None:
    """Carry an intent out. An unknown one, and a person without standing, get a visible answer."""
    handler = HANDLERS.get(intent.name)
    if handler is None:
        return begin.not_yours()
    standing = intent.known.standing
    if intent.name in FOR_ANYONE:
        return handler(intent, work)
    if standing.member or (standing.why_not == "unknown" and intent.known.lately and intent.name in REPORTING):
        meant = resolved(intent, work)
        return where_unread(meant, intent, work) or handler(meant, work)
    note_refused("account", intent, work, why=standing.why_not)
    return begin.no_standing(standing) if standing.why_not != "unknown" else again(intent, NOT_CHECKED)


REPORTING: Final = frozenset(
    {
        "start_report", "continue_draft", "next_page", "previous_page", "recommend_now", "submit_report",
        "change_answer", "answer_at_once",
    }
)  # fmt: skip
"""What somebody may go on with who was a full member a moment ago, while the platform cannot be asked."""
NOT_CHECKED: Final = (
    "Signpost could not check your account just now, so this was not done. In danger: call 999. Otherwise tell a "
    "safeguarding lead by phone now, or call 101. Press the button again in a minute."
)
