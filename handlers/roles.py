"""What somebody is to a case or a site, and the one table of who may do what."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final


class Role(Enum):
    """What somebody is to one case or site. One person can be several of these."""

    STAFF = "staff"
    RAISER = "raiser"
    LEAD = "lead"
    ADMIN = "admin"
    OUTSIDER = "outsider"
    CONTACT = "contact"
    """Whoever is in a contact's room, other organisations included: the press comes from that room."""


STAFF, RAISER, LEAD, ADMIN, OUTSIDER, CONTACT = Role

MAY: Final[Mapping[str, frozenset[Role]]] = {
    "start_report": frozenset({STAFF, LEAD}),
    "continue_draft": frozenset({RAISER}),
    "discard_draft": frozenset({RAISER}),
    "next_page": frozenset({RAISER}),
    "previous_page": frozenset({RAISER}),
    "recommend_now": frozenset({RAISER}),
    "submit_report": frozenset({RAISER}),
    "change_answer": frozenset({RAISER}),
    "answer_at_once": frozenset({RAISER}),
    "open_case": frozenset({RAISER, LEAD}),
    "find_case": frozenset({RAISER, LEAD}),
    "update_facts": frozenset({RAISER, LEAD}),
    "ask_escalation": frozenset({RAISER}),
    "clear_from_chat": frozenset({RAISER, LEAD}),
    "refer": frozenset({LEAD}),
    "do_not_refer": frozenset({LEAD}),
    "ask_for_facts": frozenset({LEAD}),
    "confirm_refer": frozenset({LEAD}),
    "confirm_do_not_refer": frozenset({LEAD}),
    "confirm_ask_for_facts": frozenset({LEAD}),
    "mark_delivered": frozenset({LEAD}),
    "resend": frozenset({LEAD}),
    "phone_instead": frozenset({LEAD}),
    "write_down_call": frozenset({LEAD}),
    "confirm_call": frozenset({LEAD}),
    "acknowledge": frozenset({CONTACT}),
    "list_cases": frozenset({STAFF, LEAD, ADMIN, OUTSIDER}),
    "show_cover": frozenset({STAFF, LEAD, ADMIN}),
    "show_help": frozenset(Role),
    "show_home": frozenset(Role),
    "show_start": frozenset(Role),
    "show_admin": frozenset({ADMIN}),
    "edit_setup": frozenset({ADMIN}),
    "save_setup": frozenset({ADMIN}),
    "remove_setup": frozenset({ADMIN}),
    "test_contact": frozenset({ADMIN}),
    "show_practise": frozenset({STAFF, RAISER, LEAD, ADMIN, OUTSIDER}),
    "refuse_message": frozenset(Role),
    "refuse_file": frozenset(Role),
}
"""Who may do what. Tests and the reference page are made from this table, every "no" included.

`RAISER` of a draft is whoever began it. A lead whom the raiser left out has no role for that case. `list_cases` answers
everyone, with what is theirs: for an admin or an outsider that is nothing.
"""
