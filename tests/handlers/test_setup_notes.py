"""What stands at the top of a window after a press: a warning bears a sign, and what went well does not."""

from __future__ import annotations

import pytest

from handlers.screens import Caution, Paragraph, Screen
from tests.handlers.memory import DEPUTY
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site


@pytest.fixture
def admin() -> Admin:
    return with_a_site()


def warned_of(shown: Screen, words: str) -> bool:
    """Whether a sentence with these words is a warning; it has to stand there."""
    (found,) = [one for one in shown.parts if isinstance(one, Caution | Paragraph) and words in one.text]
    return isinstance(found, Caution)


def test_a_test_that_is_on_its_way_is_no_warning(admin: Admin) -> None:
    shown = admin.to("contact").saves(purpose="police", kind="mail", destination="desk@police.example")
    assert not warned_of(shown, "A test is on its way")
    admin.to("contact", "police-mail")
    assert not warned_of(admin.presses("test_contact"), "less than a minute ago")


def test_a_site_that_was_removed_as_wished_is_no_warning(admin: Admin) -> None:
    admin.to("site", site="").saves(name="Southside", nation=("england",))
    admin.to("overview", site="southside")
    assert not warned_of(admin.presses("remove_setup"), "The site is removed")


def test_the_same_press_again_is_answered_in_the_same_way(admin: Admin) -> None:
    admin.to("contact")
    window = admin.screen
    typed = {"purpose": "police", "kind": "mail", "destination": "desk@police.example"}
    admin.saves(**typed)
    admin.screen = window
    assert not warned_of(admin.saves(**typed), "A test is on its way")


def test_that_somebody_was_faster_is_a_warning(admin: Admin) -> None:
    other = Admin(admin.world)
    other.to("site")
    admin.to("site").saves(phone="01632 960009")
    assert warned_of(other.saves(mash="01632 960010"), "Somebody changed this meanwhile")


def test_what_somebody_changed_meanwhile_is_to_be_entered_again_only_where_it_can_be(admin: Admin) -> None:
    other = Admin(admin.world)
    other.to("site")
    admin.to("site").saves(phone="01632 960009")
    said = text_of(other.saves(mash="01632 960010"))
    assert "If it is to stay and stands in this window, enter it here too: Sam Adeyemi changed the site's name" in said
    other.to("site")
    admin.to("lead", str(DEPUTY)).saves(move=("out",))
    said = text_of(other.saves(mash="01632 960010"))
    assert "This is what was changed last: Sam Adeyemi took this lead out: Tom Reid" in said
    assert "enter it here" not in said
