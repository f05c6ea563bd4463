"""SR-8: the table of who may do what, each cell of it, on each platform; and what is refused changes nothing."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace

import pytest

from handlers.contacts import about
from handlers.intents import ASKED_ANEW, INTENTS, Intent, Subject, Surface, Value
from handlers.people import Account, Known, Platform, Standing
from handlers.roles import MAY, Role
from handlers.route import route
from handlers.screens import Screen
from tests.handlers.deciding import CARE, POLICE, raised, the_case
from tests.handlers.memory import DIRECTORY, SITE, MemoryWork
from tests.handlers.person import Someone, text_of

REFUSED = {"account.refused", "case.refused", "draft.refused", "setup.refused", "acknowledge.refused"}
HELD = {Role.RAISER: frozenset({Role.RAISER, Role.STAFF})}
"""Whoever raised something is a member of staff; the others are what they are and no more."""
ORGS: dict[Platform, str] = {"slack": "T1", "teams": "TEN"}
ROOMS = {"slack": Account("slack", "T1", "C9"), "teams": Account("teams", "TEN", "19:care@thread.tacv2")}
CONTACTS = {"slack": "police", "teams": "care"}
OF_A_DRAFT = {
    "continue_draft", "discard_draft", "next_page", "previous_page", "recommend_now", "submit_report", "change_answer",
    "answer_at_once",
}  # fmt: skip
OF_A_MESSAGE = {"acknowledge", "mark_delivered", "resend", "phone_instead", "write_down_call", "confirm_call"}
OF_A_SITE = {"edit_setup", "save_setup", "remove_setup", "test_contact"}
GIVEN = {
    "L": {
        "refer", "do_not_refer", "ask_for_facts", "confirm_refer", "confirm_do_not_refer", "confirm_ask_for_facts",
        "mark_delivered", "resend", "phone_instead", "write_down_call", "confirm_call",
    },
    "R": {*OF_A_DRAFT, "ask_escalation"},
    "LR": {"open_case", "find_case", "update_facts", "clear_from_chat"},
    "LS": {"start_report"},
    "ALS": {"show_cover"},
    "ALOS": {"list_cases"},
    "ALORS": {"show_practise"},
    "A": {*OF_A_SITE, "show_admin"},
    "C": {"acknowledge"},
    "ACLORS": {"show_help", "show_home", "show_start", "refuse_message", "refuse_file"},
}  # fmt: skip
"""Who may what, by first letters: staff, raiser, lead, admin, outsider, contact."""
FIELDS: dict[str, Value] = {
    "harm_now": "no", "contact": ("police",), "consequences_read": ("yes",), "reason": "We rang the police ourselves.",
    "name": "Northside Academy",
}  # fmt: skip


@dataclass
class School:
    """A site where everybody is one thing alone, and no more."""

    platform: Platform

    def who(self, role: Role) -> Account:
        """Somebody in this role. The contact's people belong to another organisation."""
        return Account(self.platform, "OTHER" if role is Role.CONTACT else ORGS[self.platform], f"U{role.value}")

    def known(self, role: Role) -> Known:
        """What the platform says of them."""
        member = role is not Role.CONTACT
        return Known(Standing(member=member, why_not="" if member else "outside"), names={self.who(role): "Somebody"})

    def begins(self) -> MemoryWork:
        """A case that a lead referred, and a draft, both of whoever raises."""
        raiser, lead = self.who(Role.RAISER), self.who(Role.LEAD)
        site = replace(
            SITE, leads=(str(lead),), staff=(str(self.who(Role.STAFF)), str(raiser)), contacts=(POLICE, CARE)
        )
        admins = frozenset({self.who(Role.ADMIN)})
        work = MemoryWork(directory=replace(DIRECTORY, sites=(site,), persons=(), admins=admins))
        raised(work, by=raiser)
        person = Someone(work, raiser)
        person.opens_form()
        person.answers({"harm_now": "no"}).presses("next_page")
        return work

    def refers(self, work: MemoryWork) -> None:
        """The lead tells this platform's contact."""
        person = Someone(work, self.who(Role.LEAD))
        person.asks("open_case", surface=Surface.MESSAGE, subject=Subject("case", the_case(work).id, "", 1).write())
        person.presses("refer")
        person.answers({"contact": (CONTACTS[self.platform],), "consequences_read": ("yes",)})
        person.presses("confirm_refer")
        work.passes()

    def presses(self, work: MemoryWork, role: Role, name: str) -> Screen | None:
        """They send it, with the token of what is really there and with sensible words."""
        room = ROOMS[self.platform] if name == "acknowledge" and role is Role.CONTACT else None
        subject = self.subject(work, name)
        fields = {**FIELDS, "harm_now": "in_danger_now"} if name == "answer_at_once" else FIELDS
        sent = Intent(name, self.who(role), self.known(role), Surface.MESSAGE, subject, fields, room=room)
        return route(sent, work)

    def subject(self, work: MemoryWork, name: str) -> Subject:
        """What it is about."""
        case = the_case(work)
        if name in OF_A_DRAFT:
            (draft,) = work.drafts.values()
            return Subject("draft", draft.id, "page/2", draft.rev, draft.site)
        if name in OF_A_SITE:
            return Subject("site", SITE.id, "site", 0, "")
        if name == "find_case":
            return Subject("reference", case.reference)
        return Subject("case", case.id, "", 1, about(1, CONTACTS[self.platform]) if name in OF_A_MESSAGE else "")


def kept(work: MemoryWork) -> object:
    """Everything that a refused press must leave as it was."""
    return deepcopy((work.cases, work.drafts, work.outbox, work.directory, work.kept))


def is_refused(work: MemoryWork, before: int, screen: Screen | None) -> bool:
    """Whether it was turned away: noted as that, or said of a site; a window that follows a choice just stays."""
    noted = any(one.event in REFUSED for one in work.trail[before:])
    stays = screen is None and len(work.trail) == before
    return noted or stays or (screen is not None and "No site is yours to raise at" in text_of(screen))


def test_sr_8_every_right_is_one_that_was_given_on_purpose() -> None:
    """Read by people in a review: a right that is added to the table has to be added here too."""
    assert set(MAY) == INTENTS
    letters = {role: role.value[0].upper() for role in Role}
    rights: dict[str, set[str]] = {}
    for name, roles in MAY.items():
        rights.setdefault("".join(sorted(letters[role] for role in roles)), set()).add(name)
    assert rights == GIVEN


@pytest.mark.parametrize("platform", ORGS)
@pytest.mark.parametrize("role", Role, ids=lambda role: role.value)
@pytest.mark.parametrize("name", sorted(MAY))
def test_sr_8_the_table_is_what_runs(name: str, role: Role, platform: Platform) -> None:
    school = School(platform)
    work = school.begins()
    if name in OF_A_MESSAGE:
        school.refers(work)
    before, stood = len(work.trail), kept(work)

    screen = school.presses(work, role, name)

    may = bool(HELD.get(role, frozenset({role})) & MAY[name])
    assert is_refused(work, before, screen) is not may, text_of(screen) if screen else ""
    if not may:
        assert kept(work) == stood
        case = the_case(work)
        assert screen is None or case.reference not in text_of(screen)


def test_sr_12_whatever_a_role_is_needed_for_is_asked_anew_at_every_press() -> None:
    """What is remembered of an account for a minute is good enough to fill in a form, and for nothing of a case."""
    by_role = {name for name, roles in MAY.items() if roles <= {Role.LEAD, Role.RAISER, Role.ADMIN, Role.CONTACT}}
    assert by_role - OF_A_DRAFT <= ASKED_ANEW
