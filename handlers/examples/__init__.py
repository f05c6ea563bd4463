"""An example of every screen, with the longest words that it can hold.

Both platforms draw all of them in tests (is it within the platform's limits, is every word there, in order?), and
pages of the documentation show them. A test fails if a function that draws a screen has no example here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from handlers import broken, words
from handlers.access import Granted
from handlers.case import Case, Draft, State, Version
from handlers.clocks import told
from handlers.examples import left_out as examples_left_out
from handlers.examples.deciding import deciding_examples
from handlers.examples.later import later_examples
from handlers.examples.setup import setup_examples
from handlers.intents import Intent, Subject, Surface, Value
from handlers.looking import by_reference, case_list, cover, home, open_case, unopened
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.ports import Delivery
from handlers.raising import begin, check, other_school, pages, recommendation, stopped
from handlers.raising import drafts as drafts_waiting
from handlers.raising.raise_incident import MOVED_ON
from handlers.roles import LEAD, RAISER
from handlers.screens import Button, Item, Screen
from handlers.setup import no_admin
from handlers.sites import Numbers, Site, StandIn
from handlers.telling import deliveries, lead_notice, not_reached
from policy import FACTS, NOT_KNOWN, Facts, edition

_AT: Final = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)
_TEACHER: Final = Account.parse("slack:T1/U1")
_LEADS: Final = tuple(Account.parse(f"slack:T1/U{number}") for number in range(2, 6))
_GONE: Final = Account.parse("teams:TENANT/0f8fad5b-d9cb-469f-a165-70867728950e")
_KNOWN: Final = Known(
    Standing(member=True), names={lead: f"Wilhelmina Featherstonehaugh-{n}" for n, lead in enumerate(_LEADS, 1)}
)
_SITE: Final = Site(
    id="northside",
    name="The Northside Academy and Sixth Form Centre, Upper Wallop Campus",
    nation="england",
    leads=tuple(map(str, _LEADS)),
    phone="01632 960001",
    serves=frozenset({"slack:T1"}),
    numbers=Numbers("01632 960010", "01632 960011", "01632 960012", "101 ext 4"),
)
_NAME: Final = "Wilhelmina Featherstonehaugh-0"
_BEFORE: Final = lead_notice.Before(tuple((name, told(_AT)) for name in _KNOWN.names.values()), changed=True)
_COVERED: Final = replace(
    _SITE,
    id="southside",
    stand_ins=(
        StandIn(str(_LEADS[0]), str(_LEADS[3]), _AT.date(), _AT.date()),
        StandIn(str(_LEADS[1]), str(_LEADS[3]), _AT.date() + timedelta(days=1), _AT.date() + timedelta(days=9)),
    ),
)
_ROW: Final = Item(
    "SP-7K4M-2Q",
    "Today. Raised 16:55 on Tuesday 24 November 2026. Referred. Decided by Priya Nair at 17:05 on Tuesday 24 "
    "November 2026. Not acknowledged yet, due by 17:20 on Tuesday 24 November 2026: Police, Slack channel.",
    Button("open_case", "Open", Subject("case", "c" * 32, "", 1).write(), opens_form=True),
)
_IN_DANGER: Final = (
    f"999 now. Check that it was called: ring {_NAME}, who raised it: 01632 960009. "
    f"{_ROW.text.removeprefix('Today. ')} The update of {told(_AT)} has not been read yet."
)
_ROWS: Final = (replace(_ROW, text=_IN_DANGER), *(_ROW,) * (case_list.LIST_LIMIT - 1))
_DIRECTORY: Final = Directory((_SITE,), (Person((_LEADS[0],), "Priya Nair", "DSL"),), frozenset({_TEACHER}))
_TWO_SITES: Final = replace(_DIRECTORY, sites=(_SITE, _COVERED))
_NOTES: Final = "Spoke to them at the end of period five; they are with the pastoral lead now. " * 12

_WORST: Final[Mapping[str, Value]] = {
    fact.id: tuple(answer.id for answer in fact.answers)
    if fact.several
    else (fact.least_to_most[-1] if fact.least_to_most else fact.answers[0].id)
    for fact in FACTS
}
_IN_SCOPE: Final = {**_WORST, "what_was_shared": "image_under_18"}
_UNKNOWN: Final[Mapping[str, Value]] = {fact.id: NOT_KNOWN for fact in FACTS if not fact.several}
_BEST: Final[Mapping[str, Value]] = {
    **{fact.id: fact.least_to_most[0] for fact in FACTS if fact.least_to_most},
    "what_was_shared": "image_under_18",
}


def _draft(place: str, answers: Mapping[str, Value], **more: object) -> Draft:
    return Draft("d" * 32, _TEACHER, "northside", place, 3, _AT, answers, **more)  # type: ignore[arg-type]


def _case(*answers: Mapping[str, Value], edition_id: str = "england-2024", lead: bool = False) -> Case:
    versions = tuple(
        Version(number, Facts.of(dict(given)), edition(edition_id).id, _NOTES[:1000], _TEACHER, _AT, by_lead=lead)
        for number, given in enumerate(answers, start=1)
    )
    return Case("c" * 32, "SP-7K4M-2Q", "northside", State.RECOMMENDED, _TEACHER, _AT, versions, raised_by_name=_NAME)


def _intent(name: str, *, surface: Surface = Surface.FORM, **more: object) -> Intent:
    return Intent(name, _TEACHER, _KNOWN, surface, **more)  # type: ignore[arg-type]


def _checks() -> dict[str, Screen]:
    checked = {"may_leave_out": True, "said": check.Said(note=MOVED_ON)}
    return {
        "check": check.check(
            _draft("check", _IN_SCOPE, notes=_NOTES[:1000]),
            _SITE,
            _DIRECTORY,
            _KNOWN,
            **checked,  # type: ignore[arg-type]
        ),
        "check_with_nothing_known": check.check(
            _draft("check", {}, left_out=_LEADS), _SITE, _TWO_SITES, _KNOWN, may_leave_out=True
        ),
        "check_without_names": check.check(
            _draft("check", {}, left_out=(_LEADS[1], _GONE)),
            _SITE,
            replace(_DIRECTORY, persons=()),
            replace(_KNOWN, names={}),
            may_leave_out=True,
        ),
        "check_of_a_lead": check.check(_draft("check", {}), _SITE, _DIRECTORY, _KNOWN, may_leave_out=False),
    }


def _pages() -> dict[str, Screen]:
    errors = (("harm_now", "Choose one of the answers on offer. This question was left as not known."),)
    drafts = (_draft("page/2", _IN_SCOPE), _draft("check", _IN_SCOPE))
    subject = Subject("draft", "d" * 32, "page/3", 3, "northside")
    return {
        "page_1": pages.page(_draft("page/1", {}), 1, lead=False, note=begin.NOT_READ, at=_SITE.name),
        "page_1_of_one_school": other_school.for_this_school(
            pages.page(_draft("page/1", {}), 1, lead=False, at=_SITE.name),
            _SITE,
            Directory((replace(_SITE, id="south"),)),
        ),
        "page_1_with_errors": pages.page(_draft("page/1", _IN_SCOPE), 1, lead=False, errors=errors),
        "page_1_moved_on": pages.draw_page(
            _draft("page/1", {}),
            1,
            tuple(fact for fact in FACTS if fact.step == 1),
            {},
            notes="",
            lead=False,
            note=MOVED_ON,
        ),
        "page_2": pages.page(_draft("page/2", _IN_SCOPE), 2, lead=False),
        "page_3": pages.page(_draft("page/3", _IN_SCOPE, notes=_NOTES[:1000]), 3, lead=False),
        "page_3_of_a_lead": pages.page(_draft("page/3", _IN_SCOPE), 3, lead=True, at=_SITE.name),
        **_checks(),
        "resume_sent": drafts_waiting.resume(
            drafts[1:], {drafts[1].id: "SP-7K4M-2Q"}, _DIRECTORY, sent=frozenset({drafts[1].id})
        ),
        "resume": drafts_waiting.resume(drafts, {drafts[1].id: "SP-7K4M-2Q"}, _DIRECTORY, note=begin.NOT_READ),
        "choose_site": begin.choose_site((_SITE, replace(_SITE, id="southside")), note=begin.NOT_TAKEN, wrong=True),
        "stopped": stopped.stopped(_draft("page/2", _IN_SCOPE, notes=_NOTES[:1000]), elsewhere=True),
        "stopped_at_once": stopped.stopped(_draft("page/1", {}), kept=False),
        "stopped_update": stopped.stopped(replace(_draft("page/1", {}), case="c" * 32)),
        "discarded": drafts_waiting.discarded(),
        "slow_down": broken.again(_intent("next_page", subject=subject, fields={"notes": _NOTES}), "Wait a minute."),
        "slow_down_plain": broken.plain("Wait a minute."),
        "failed": broken.failed(),
        "done": broken.done(),
        "other_version": broken.other_version(),
        "press_it_there": broken.press_it_there(),
        "update_gone": begin.update_gone(),
    }


def _not_saved() -> dict[str, Screen]:
    draft, case = Subject("draft", "d" * 32, "page/3", 3, "northside"), Subject("case", "c" * 32, "", 1)
    site, reason = Subject("site", "northside", "contact", 3), {"reason": _NOTES[:1000]}
    sent: dict[str, tuple[str, Subject, Mapping[str, Value]]] = {
        "": ("next_page", draft, {"notes": _NOTES}),
        "_check": ("submit_report", replace(draft, place="check"), {"leave_out": tuple(map(str, _LEADS))}),
        "_plain": ("start_report", Subject(), {}),
        "_site": ("start_report", Subject(), {"site": "northside"}),
        "_case": ("open_case", case, {}),
        "_reason": ("confirm_do_not_refer", case, reason),
        "_referral": ("confirm_refer", case, {"contact": ("police",), **reason, "consequences_read": ("yes",)}),
        "_call": ("confirm_call", case, {"log": "LOG-4711-2026", "spoke_to": "Sgt Marsh", "rung_at": "16:40"}),
        "_setup": ("save_setup", site, {}),
        "_contact": ("save_setup", site, {"purpose": "police", "kind": "mail", "destination": "duty@police.example"}),
        "_people": ("save_setup", replace(site, place="leads"), {"people": ("U0LEAD01", "U0LEAD02"), "groups": "S0A"}),
    }  # fmt: skip
    found: dict[str, Screen] = {}
    for name, (intent, subject, fields) in sent.items():
        pressed = _intent(intent, subject=subject, fields=fields)
        found[f"not_saved{name}"] = broken.not_saved(pressed, "E-7K4M-2Q")
        found[f"fault{name}"] = broken.not_saved(pressed, "E-7K4M-2Q", ours=True)
    met = _intent("next_page", subject=draft)
    return found | {"not_saved_at_once": broken.not_saved(met, "E-7K4M-2Q", met=True)}


def _refusals() -> dict[str, Screen]:
    known = {why: Standing(member=False, why_not=why) for why in ("guest", "deactivated", "outside", "unknown")}
    return {
        "no_site": begin.no_site(),
        "not_yours": begin.not_yours(),
        "no_admin": no_admin.no_admin("teams:3f2504e0-4f89-41d3-9a0c-0305e82c3301/7c9e6679-7425-40de-944b-e07fc1f9"),
        "scotland": begin.other_nation(Site("s", "Site", "scotland", ())),
        "northern_ireland": begin.other_nation(Site("s", "Site", "northern_ireland", ())),
        **{f"no_standing_{why}": begin.no_standing(standing) for why, standing in known.items()},
        "refused_file": deliveries.refusal("file"),
        "refused_message": deliveries.refusal("message"),
    }


def _told(case: Case) -> dict[str, Screen]:
    found: dict[str, Screen] = {}
    missed = tuple(
        Delivery("lead_notice", to, case.id, 1, state="failed", why=not_reached.NOT_ADDED) for to in (_TEACHER, *_LEADS)
    )
    for role in (LEAD, RAISER):
        granted = Granted(case, _SITE, frozenset({role}))
        shown = open_case.case_window(granted, _DIRECTORY, _intent("open_case"), missed)
        found[f"case_not_reached_{role.value}"] = shown
    found |= examples_left_out.of_case(_case(_WORST), _SITE, _DIRECTORY, _intent("open_case"), _LEADS)
    found |= examples_left_out.checks(_draft("check", _WORST), _SITE, _DIRECTORY, _intent("next_page"), _AT)
    return found | examples_left_out.before_it_is_sent(_draft("leads", _IN_SCOPE), _SITE, _TWO_SITES, _KNOWN, _AT)


def _cases() -> dict[str, Screen]:
    found: dict[str, Screen] = {}
    facts = {"worst": (_WORST,), "unknown": (_UNKNOWN,), "best": (_BEST,), "updated": (_UNKNOWN, _IN_SCOPE)}
    scopes = {name: ({**_BEST, "what_was_shared": name},) for name in ("text_only", "adult_image", "all_adults")}
    for name, given in {**facts, **scopes}.items():
        case = _case(*given)
        version = case.latest
        lead = Granted(replace(case, left_out=_LEADS[1:]), _SITE, frozenset({LEAD}))
        raiser = Granted(case, _SITE, frozenset({RAISER}))
        asked = _intent("open_case")
        found |= {
            f"recommendation_form_{name}": recommendation.recommendation_form(case, 0, _DIRECTORY, asked),
            f"recommendation_{name}": recommendation.recommendation_message(case, version, _SITE),
            f"case_for_a_lead_{name}": open_case.case_window(lead, _DIRECTORY, asked),
            f"case_for_the_raiser_{name}": open_case.case_window(raiser, _DIRECTORY, asked),
            f"guidance_for_a_lead_{name}": open_case.guidance_window(lead),
            f"guidance_for_the_raiser_{name}": open_case.guidance_window(raiser),
            f"lead_notice_{name}": lead_notice.lead_notice(case, _SITE, asked=True, raiser=_NAME, before=_BEFORE),
        }
    case = _case(_IN_SCOPE)
    found |= _told(case)
    return found | {
        "recommendation_of_a_lead": recommendation.recommendation_message(
            _case(_IN_SCOPE, lead=True), _case(_IN_SCOPE, lead=True).latest, _SITE
        ),
        "receipt": deliveries.receipt(case, _SITE),
        "cleared": deliveries.cleared(case, _SITE),
        "asked_receipt": deliveries.asked_receipt(replace(case, asked_at=_AT), _SITE),
        "retired_newer": deliveries.retired(case, "newer"),
        "retired_left_out": deliveries.retired(case, "left_out"),
        "retired_opened": deliveries.retired(case, "opened"),
        "cases": case_list.case_list((*_ROWS, *case_list.turns(1, 100)), at=told(_AT)),
        "no_cases": case_list.case_list(()),
        "found_by_reference": by_reference.found(_ROW),
        "cases_unopened": case_list.case_list((_ROW,), note=unopened.NOT_OPENED.format(which="SP-7K4M-2Q", it="it")),
        "cases_unread": case_list.case_list((_ROW,), note=words.list_lacks("slack")),
        "cover": cover.cover((_SITE, _COVERED), _DIRECTORY, replace(_KNOWN, day=_AT.date()), _AT.date()),
        "cover_nowhere": cover.cover((), _DIRECTORY, _KNOWN, _AT.date()),
        "home": home.home(
            (*_ROWS, *case_list.turns(0, 100)),
            may_raise=True,
            draft_waits=True,
            is_lead=True,
            at=told(_AT),
            unopened=unopened.NOT_OPENED.format(which="SP-7K4M-2Q, SP-7K4M-2R", it="them"),
        ),
        "home_of_an_admin": home.home(
            (_ROW,), may_raise=True, draft_waits=False, is_lead=False, set_up=home.set_up_parts(_DIRECTORY)
        ),
        "start_of_an_admin": home.start_card(home.set_up_parts(Directory())),
        "home_unread": home.home(
            (), may_raise=False, draft_waits=True, is_lead=False, unread=words.could_not_ask("teams")
        ),
        "home_without_site": home.home((), may_raise=False, draft_waits=False, is_lead=False),
    }


def examples() -> dict[str, Screen]:
    """Every screen by a name of its own."""
    return {
        **_pages(),
        **_not_saved(),
        **_refusals(),
        **_cases(),
        "start": home.start_card(),
        **deciding_examples(_SITE, _case(_IN_SCOPE), _case(_UNKNOWN), _DIRECTORY, _intent("open_case")),
        **later_examples(_SITE, _case(_IN_SCOPE), _case(_UNKNOWN), _DIRECTORY, _intent("open_case")),
        "help": home.help_page(member=True, account=str(_TEACHER)),
        "help_of_an_admin": home.help_page(member=True, account=str(_TEACHER), admin=True),
        **setup_examples(),
        "practise": home.practise_page(),
    }
