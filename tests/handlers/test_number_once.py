"""The number of the council's LADO or children's social care is entered once: as the site's own, or as a contact."""

from __future__ import annotations

import pytest

from handlers.sites import Contact, Numbers
from tests.handlers.deciding import TEACHER, a_work, raised
from tests.handlers.person import text_of
from tests.handlers.setting_up import Admin, with_a_site
from tests.handlers.stories import V07
from tests.handlers.test_setup_standing import page

RUNG = "01632 960012"
OTHER = "01632 960019"
LADO = Contact("lado-by-hand", "lado", "by_hand", RUNG, verified=True)
CARE = Contact("care-by-hand", "social_care", "by_hand", RUNG, verified=True)
NONE = Numbers()
FORM = "https://council.example/refer"


def with_a_contact_by_phone(purpose: str) -> Admin:
    admin = with_a_site()
    admin.to("site").saves(force="Northshire Police")
    admin.to("contact").saves(purpose=purpose, kind="by_hand", destination=RUNG)
    return admin


@pytest.mark.parametrize(("purpose", "row", "missing"), [
    ("lado", f"LADO: {RUNG}, as a contact below", "Not set: children's social care (MASH). "),
    ("social_care", f"Children's social care (MASH): {RUNG}, as a contact below", "Not set: LADO. "),
])  # fmt: skip
def test_the_number_of_a_contact_is_not_asked_for_again_and_says_where_it_stands(
    purpose: str, row: str, missing: str
) -> None:
    admin = with_a_contact_by_phone(purpose)
    said = page(admin)["Name and numbers"]
    assert row in said.splitlines()
    assert missing in said
    admin.to("site").saves(**{"lado" if purpose == "lado" else "mash": OTHER})
    said = page(admin)["Name and numbers"]
    assert OTHER in said
    assert RUNG not in said


@pytest.mark.parametrize(("contact", "said"), [(LADO, f"LADO: {RUNG}."), (CARE, f"MASH: {RUNG}.")])
def test_staff_read_the_number_of_a_contact_where_the_site_has_none_of_its_own(contact: Contact, said: str) -> None:
    assert said in reads(contact)
    own = reads(contact, Numbers(mash=OTHER, lado=OTHER))
    assert said not in own
    assert said.replace(RUNG, OTHER) in own


def test_an_online_form_cannot_be_rung() -> None:
    assert FORM not in reads(Contact("lado-by-hand", "lado", "by_hand", FORM, verified=True))


def test_the_windows_say_that_one_of_the_two_is_enough() -> None:
    assert "by phone below need not be written here again" in text_of(with_a_site().to("site").screen)


def reads(contact: Contact, numbers: Numbers = NONE) -> str:
    """What the raiser of an incident with an adult is told to do."""
    work = a_work(contacts=(contact,), numbers=numbers)
    raised(work, {**V07, "adult_role": "staff_or_trust"})
    return text_of(work.at(TEACHER)[-1])
