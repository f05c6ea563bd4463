"""Nothing that is changed in the set-up loses a case, or tells somebody of one who leads no more."""

from __future__ import annotations

from datetime import date
from typing import Literal

from handlers.people import Account
from tests.handlers.memory import DEPUTY, LEAD, TEACHER
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import POLICE, with_a_site
from tests.handlers.stories import V18

LINK = f"https://northside.slack.com/archives/{POLICE}"
MARSH = Account.parse("slack:T9/UMARSH")
FIRST = date(2026, 11, 24)
Kind = Literal["slack", "teams", "mail"]


def test_a_site_with_an_open_case_is_not_removed_and_says_what_to_do_instead() -> None:
    admin = with_a_site()
    admin.to("overview")
    teacher = Someone(admin.work, TEACHER)
    teacher.opens_form()
    teacher.answers(V18).presses("recommend_now")
    shown = admin.presses("remove_setup", label="Remove this site")
    assert text_of(shown).count("cannot be removed yet") == 1
    said = text_of(admin.to("overview").screen)
    assert "cases of it are open" in said
    assert "Remove this site" not in {one.label for one in admin.screen_buttons()}
    assert admin.site.name == "Northside"
    (case,) = admin.work.cases.values()
    assert case.reference in text_of(Someone(admin.work, LEAD).asks("list_cases"))
    assert case.reference not in text_of(shown)


def test_a_site_that_is_renamed_keeps_its_cases() -> None:
    admin = with_a_site()
    teacher = Someone(admin.work, TEACHER)
    teacher.opens_form()
    teacher.answers(V18).presses("recommend_now")
    admin.to("site").saves(name="Northside Academy Trust")
    (case,) = admin.work.cases.values()
    assert admin.work.directory.site(case.site) == admin.site
    assert case.reference in text_of(Someone(admin.work, LEAD).asks("list_cases"))


def test_a_lead_who_is_taken_out_gets_no_message_that_still_waited() -> None:  # SR-12
    admin = with_a_site()
    teacher = Someone(admin.work, TEACHER)
    teacher.opens_form()
    teacher.answers(V18).presses("recommend_now")
    assert (DEPUTY, "queued") in [(one.to, one.state) for one, _ in admin.work.outbox.values()]
    admin.to("lead", str(DEPUTY)).saves(move="out")
    admin.work.passes(120)
    (case,) = admin.work.cases.values()
    assert [one for one in admin.work.at(DEPUTY) if case.reference in one.summary] == []
    assert [one for one in admin.work.at(LEAD) if case.reference in one.summary]


def test_a_site_without_cases_is_removed_and_its_leads_hear() -> None:
    admin = with_a_site()
    admin.to("overview")
    assert "The site is removed." in text_of(admin.presses("remove_setup", label="Remove this site"))
    admin.work.passes()
    assert "removed the site" in text_of(admin.work.at(LEAD)[-1])
