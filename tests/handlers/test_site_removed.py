"""A site is removed while somebody writes a report for it: the report is not thrown away, and nobody is left alone."""

from __future__ import annotations

import pytest

from handlers.screens import Form
from tests.handlers.memory import LEAD, TEACHER
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import Admin, with_a_site


@pytest.fixture
def admin() -> Admin:
    return with_a_site()


@pytest.fixture
def teacher(admin: Admin) -> Someone:
    return Someone(admin.work, TEACHER)


def removes(admin: Admin) -> str:
    """What an admin reads who removes the site."""
    admin.to("overview")
    return text_of(admin.presses("remove_setup", label="Remove this site"))


def test_a_report_that_is_being_written_holds_up_the_removal_and_the_sentence_says_until_when(
    admin: Admin, teacher: Someone
) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    said = text_of(admin.to("overview").screen)
    assert "Remove this site" not in {one.label for one in admin.screen_buttons()}
    assert "somebody is writing a report for it, last saved" in said
    assert "Who may raise" in said
    assert "gone at" in said
    assert admin.site

    teacher.presses("recommend_now")
    assert len(admin.work.cases) == 1, "and so nothing was lost"


def test_it_can_be_removed_once_the_report_is_discarded_or_has_expired(admin: Admin, teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no"}).presses("next_page")
    admin.work.passes(24 * 60)
    assert "is removed" in removes(admin)
    assert admin.work.directory.site("northside") is None


@pytest.mark.parametrize("press", ["next_page", "recommend_now"])
def test_on_a_first_page_that_is_not_saved_yet_they_read_whom_to_ring_with_what_they_answered(
    admin: Admin, teacher: Someone, press: str
) -> None:
    teacher.opens_form()
    removes(admin)
    shown = teacher.answers({"harm_now": "no", "what_was_shared": "text_only"}).presses(press)

    said = text_of(shown)
    assert "nothing here for you" not in said
    assert "nobody was told" in said
    assert "Tell the DSL or a deputy now, by phone or in person" in said
    assert "Sexual messages, or a request for a picture" in said
    assert not admin.work.cases
    assert not admin.work.drafts, "nothing is kept for a site that is not there"


@pytest.mark.parametrize("place", ["page/2", "check", "danger"])
def test_wherever_they_are_in_it_the_answers_stay_in_sight_and_come_back(
    admin: Admin, teacher: Someone, place: str
) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "in_danger_now" if place == "danger" else "no", "notes": "It was in a group chat."})
    while f"~{place}~" not in getattr(teacher.screen, "token", ""):
        teacher.presses("next_page")
    admin.work.drop_site("northside")  # the file that declared it no longer does, or the last 24 hours are over
    shown = teacher.presses("next_page" if place != "check" else "submit_report")

    said = text_of(shown)
    assert "nothing here for you" not in said
    assert "Tell the DSL or a deputy now" in said
    assert ("Yes, in danger right now" if place == "danger" else "No, we have checked") in said
    assert ("What you sent before is kept" in said) == (place == "danger")
    if place == "check":
        assert "It was in a group chat." in said

    teacher.opens_form()
    again = text_of(teacher.presses("continue_draft"))
    assert again == said


def test_whoever_may_raise_for_another_site_is_offered_that(admin: Admin, teacher: Someone) -> None:
    teacher.opens_form()
    assert isinstance(teacher.screen, Form)
    first = teacher.screen
    removes(admin)
    shown = teacher.presses("next_page")
    assert "Report for another site" not in text_of(shown)
    admin.to("site", site="").saves(name="Southside", nation=("england",), phone="01632 960001")
    teacher.sees(first)
    assert "Report for another site" in text_of(teacher.presses("next_page"))


def test_somebody_elses_report_stays_hidden_when_its_site_is_gone(admin: Admin, teacher: Someone) -> None:
    teacher.opens_form()
    teacher.answers({"harm_now": "no", "notes": "It was in a group chat."}).presses("next_page")
    other = Someone(admin.work, LEAD, screen=teacher.screen)
    admin.work.drop_site("northside")
    assert "nothing here for you" in text_of(other.presses("next_page"))


def test_who_may_raise_no_more_is_not_left_alone_with_the_first_page(admin: Admin, teacher: Someone) -> None:
    teacher.opens_form()
    admin.to("staff").saves(people=("UWREN",))
    said = text_of(teacher.answers({"harm_now": "no"}).presses("next_page"))
    assert "your account may not raise for it any more" in said
    assert "Tell the DSL or a deputy now" in said
