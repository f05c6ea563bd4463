"""Examples of the windows of setting up, with the longest words that they can hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Final, cast, get_args

from handlers.changes import UNRAISED, Change, What
from handlers.examples.to_admins import to_admins_examples
from handlers.examples.to_them import to_them_examples
from handlers.hours import Hours
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Group, Known, Person, Standing
from handlers.ports import Delivery, Work
from handlers.referring import by_mail
from handlers.screens import Screen
from handlers.setup import (
    admins,
    card_anew,
    clock_fields,
    contacts,
    details,
    leads,
    leaving,
    overview,
    own_mailbox,
    persons,
    proof,
    rules,
    staff,
    stand_ins,
    test_message,
    told,
    who,
)
from handlers.setup.at import MEANWHILE, SITE_GONE, At
from handlers.setup.words import OUT_OF_USE
from handlers.sites import Clocks, Contact, Numbers, Site, StandIn

_AT: Final = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)
_ADMIN: Final = Account.parse("slack:T1/UADMIN01")
_LEAD: Final = Account.parse("slack:T1/ULEAD001")
_OTHER: Final = Account.parse("slack:T1/ULEAD002")
_LONG: Final = "The Northside Academy and Sixth Form Centre, Upper Wallop Campus"
_HOURS: Final = Hours(frozenset(range(5)), time(8), time(16), "Mon-Fri 08:00-16:00")
_CONTACTS: Final = (
    Contact("police-slack", "police", "slack", "T1/C0POLICE1", verified=True, hours=_HOURS, out_of_hours="ring 101",
            owner="Wilhelmina Featherstonehaugh", owner_account=str(_LEAD), review_by=date(2027, 2, 22)),
    Contact("police-teams", "police", "teams", "TEN/TEAM/19:a@thread.tacv2", suspended="archived", verified=True),
    Contact("social-care-mail", "social_care", "mail", "duty@council.example"),
    Contact("lado", "lado", "by_hand", "01632 960012", verified=True),
)  # fmt: skip
_SITE: Final = Site(
    "northside", _LONG, "england", (str(_LEAD), str(_OTHER), "slack:T1/S0DEPUTIES"), phone="01632 960001",
    serves=frozenset({"slack:T1"}), staff=("slack:T1/S0STAFF",), force="Northshire Police", contacts=_CONTACTS,
    numbers=Numbers("01632 960010", "01632 960011", "01632 960012", "101 ext 4"),
    stand_ins=(StandIn(str(_LEAD), str(_OTHER), date(2026, 12, 14), date(2026, 12, 18)),),
    links=(("Our safeguarding policy", "https://school.example/policy"),), mail_domains=("northside.example",), rev=3,
)  # fmt: skip
_BOTH: Final = replace(_SITE, staff=("slack:T1/S0STAFF", "teams:TEN/group:5b1f0f3e-0000-4000-8000-000000000001"))
_LEFT: Final = replace(
    _SITE, id="westside", staff=("slack:T1/S0DEPUTIES",), clocks=Clocks(45, 90, 4320, 180, 1000, 50, 2880)
)  # fmt: skip
"""A report for it is being written, whoever may raise leads, and every clock is slow."""
_UNRAISED: Final = replace(_SITE, serves=frozenset({"teams:TEN"}))
_STILL_LEADING: Final = replace(_SITE, leads=(str(_LEAD), "slack:T1/S0DEPUTIES"))
_BARE: Final = Site("southside", "Southside College", "wales", (), serves=frozenset({"slack:T1", "teams:TEN"}))
_DECLARED: Final = replace(_SITE, id="eastside", name="Eastside School", declared=True)
_AT_A_SCHOOL: Final[dict[str, Value]] = {
    "purpose": ("social_care",), "kind": ("mail",), "destination": "duty@eastfield.sch.example",
}  # fmt: skip
_PERSONS: Final = (
    Person((_LEAD, Account.parse("teams:TEN/lead")), "Wilhelmina Featherstonehaugh", "DSL", "01632 960002",
           reachable="Monday to Friday until 17:00"),
    Person((_OTHER,), "Tom Reid", declared=True),
)  # fmt: skip
_DIRECTORY: Final = Directory(
    (_SITE, _BARE, _DECLARED), _PERSONS, frozenset({_ADMIN, _OTHER}), first_admins=frozenset({_ADMIN})
)
_KNOWN: Final = Known(
    Standing(member=True),
    groups={"slack:T1/S0DEPUTIES": (_LEAD, _OTHER)},
    about_groups={"slack:T1/S0DEPUTIES": Group("@deputies-of-the-sixth-form"), "slack:T1/S0UNREAD1": Group("@leads")},
    names={_ADMIN: "Sam Adeyemi"},
)


class _Drawn:
    """What would be drawn anew for each window."""

    def id(self) -> str:
        return "x" * 22


@dataclass(frozen=True, slots=True)
class _Still:
    """As much of a Work as drawing needs."""

    directory: Directory
    kept: tuple[Change, ...] = ()
    now: datetime = _AT

    def deliveries(self, case_id: str) -> tuple[Delivery, ...]:
        failed = Delivery(
            "contact_test", _LEAD, case_id, extra="northside:social-care-mail", state="failed", why="recipient_refused"
        )
        return (failed,)

    @property
    def chance(self) -> _Drawn:
        return _Drawn()

    def changes(self, limit: int) -> tuple[Change, ...]:
        return self.kept[:limit]

    def cases_at(self, _sites: tuple[str, ...], _limit: int) -> tuple[object, ...]:
        return ()

    def unopened(self) -> tuple[object, ...]:
        return ()

    def last_saved_at(self, site_id: str) -> datetime | None:
        return _AT if site_id == _LEFT.id else None


def setup_examples() -> dict[str, Screen]:
    """Every window of setting up by a name of its own."""
    changes = tuple(
        Change(what, _AT, "northside", str(_LEAD), _ADMIN, "Sam Adeyemi", "Wilhelmina Featherstonehaugh", "archived")
        for what in get_args(What)
    )
    return {
        "setup_home": overview.home(_at("", kept=changes, note="Kept.")),
        "setup_home_in_a_chat": card_anew.shown(_at("", kept=changes)),
        "setup_home_in_a_chat_of_nobody": card_anew.not_yours(_OTHER),
        "setup_home_at_first": overview.home(_at("", directory=Directory())),
        "setup_site_overview": overview.one_site(_at("overview", _SITE, note="A test is on its way.")),
        "setup_still_leading": overview.one_site(leaving.still_leading(_at("lead", _STILL_LEADING, str(_OTHER)))),
        "setup_site_gone": overview.home(_at("gone", note=SITE_GONE)),
        "setup_bare_overview": overview.one_site(_at("overview", _BARE)),
        "setup_overview_that_stays": overview.one_site(_at("overview", _LEFT)),
        "setup_overview_nobody_raises": overview.one_site(_at("overview", _UNRAISED)),
        "setup_declared_overview": overview.one_site(_at("overview", _DECLARED)),
        "setup_people": who.people(_at("people")),
        **_windows(),
        "contact_test": test_message.tested(_SITE, _CONTACTS[0], "test"),
        "contact_test_waits": test_message.waits(_SITE),
        "contact_test_over": test_message.over(_SITE, replace(_CONTACTS[0], test="newer")),
        "contact_test_void": test_message.over(_SITE, _CONTACTS[0]),
        "contact_not_by_the_school": proof.not_the_contact(_SITE),
        "contact_not_in_this_channel": proof.not_like_this(_SITE, OUT_OF_USE["outside_organisation"], on="slack"),
        "contact_not_looked_at": proof.not_like_this(_SITE, proof.NOT_LOOKED_AT, on="teams"),
        "contact_proved": test_message.proved(_SITE, _CONTACTS[0]),
        "setup_told_ahead": told.ahead(changes[:1]),
        "mail_test_page": by_mail.tested_page(_SITE, Delivery("contact_test", _LEAD, extra="northside:police-slack")),
        "mail_test_page_done": by_mail.proved_page(_SITE),
        "mail_test_page_over": by_mail.over_page(_SITE, _CONTACTS[2]),
        **{f"setup_told_{one.what}": told.message((one,), _LONG) for one in changes},
        "setup_told_unraised": told.message((replace(changes[1], why=UNRAISED),), _LONG),
        "setup_told_together": told.message(changes[:12], _LONG),
        **to_them_examples(),
        **to_admins_examples(),
    }


def _windows() -> dict[str, Screen]:
    lead, contact = str(_LEAD), "police-slack"
    return {
        "setup_new_site": details.window(_at("site")),
        "setup_site": details.window(_at("site", _SITE, errors=(("name", "Write the name."),), note=MEANWHILE)),
        "setup_staff": staff.window(_at("staff", _SITE)),
        "setup_staff_of_both": staff.window(_at("staff", _BOTH)),
        "setup_staff_everybody": staff.window(_at("staff", _BARE)),
        "setup_leads": leads.add_window(_at("leads", _SITE, errors=(("people", "Choose somebody."),))),
        "setup_leads_of_a_group": leads.add_window(
            _at("leads", _LEFT, typed={"groups": "S0DEPUTIES"}, errors=((leads.SURE, leads.LOOK),))
        ),
        "setup_lead": leads.one_window(_at("lead", _SITE, lead, errors=(("move", leaving.LAST_LEAD),))),
        "setup_stand_in": stand_ins.window(_at("stand_in", _SITE, errors=(("first_day", stand_ins.NO_DATE),))),
        "setup_stand_in_of_a_group": stand_ins.window(_at("stand_in", replace(_SITE, leads=("slack:T1/S0DEPUTIES",)))),
        "setup_stand_in_beside_a_group": stand_ins.window(
            _at("stand_in", replace(_SITE, leads=("slack:T1/S0UNREAD1",)))
        ),
        "setup_new_contact": contacts.window(_at("contact", _SITE)),
        "setup_contact_of_a_school": contacts.window(
            _at("contact", _SITE, typed=_AT_A_SCHOOL, errors=((own_mailbox.FIELD, own_mailbox.LOOK),))
        ),
        "setup_contact": contacts.window(_at("contact", _SITE, contact, errors=(("destination", "Public."),))),
        "setup_contact_out_of_use": contacts.window(_at("contact", _SITE, "police-teams")),
        "setup_contact_waiting": contacts.window(_at("contact", _SITE, "social-care-mail")),
        "setup_contact_by_hand": contacts.window(_at("contact", _SITE, "lado")),
        "setup_rules": rules.window(_at("rules", _SITE, errors=(("lead_urgent", clock_fields.MINUTES),))),
        "setup_new_person": persons.window(_at("person")),
        "setup_person": persons.window(_at("person", item=lead, errors=(("who", "Somebody else has that account."),))),
        "setup_admin": admins.window(_at("admin", typed={"people": ("UADMIN02",)})),
    }


def _at(
    section: str,
    site: Site | None = None,
    item: str = "",
    *,
    directory: Directory = _DIRECTORY,
    kept: tuple[Change, ...] = (),
    typed: dict[str, Value] | None = None,
    errors: tuple[tuple[str, str], ...] = (),
    note: str = "",
) -> At:
    subject = Subject("site", site.id if site else "", section, site.rev if site else 0, item)
    intent = Intent("edit_setup", _ADMIN, _KNOWN, Surface.FORM, subject)
    return At(intent, cast("Work", _Still(directory, kept)), section, site, item, typed, errors, note)
