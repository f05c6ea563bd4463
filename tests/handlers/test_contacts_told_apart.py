"""Two contacts of one kind are told apart wherever an admin reads of them: where each leads stands below its name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from handlers.people import Directory
from handlers.screens import Bullets, Item, Part, Rows
from handlers.setup import checklist
from handlers.sites import Contact
from tests.handlers.memory import ADMIN, MemoryWork
from tests.handlers.setting_up import Admin, World, parts_of
from tests.handlers.test_checklist import WORKS

TWO = (
    Contact("social-care-mail", "social_care", "mail", "office@council.example"),
    Contact("social-care-mail-2", "social_care", "mail", "duty@mash.example"),
)


def said_of(part: Part) -> tuple[str, str]:
    """What a contact's row is called, and what stands below that."""
    if isinstance(part, Item):
        return part.label, part.text
    return part.rows[0][:2] if isinstance(part, Rows) and part.rows else ("", "")


@pytest.mark.parametrize("declared", [False, True], ids=["in chat", "of the file"])
def test_the_address_stands_below_its_contact_on_the_page_of_the_site(*, declared: bool) -> None:
    site = replace(WORKS, contacts=TWO, declared=declared)
    parts = parts_of(Admin(World(MemoryWork(directory=Directory((site,), admins=frozenset({ADMIN}))))).to("overview"))
    rows = dict(filter(all, map(said_of, parts)))
    assert rows["Children's social care, e-mail (social-care-mail)"].startswith("office@council.example. ")
    assert rows["Children's social care, e-mail (social-care-mail-2)"].startswith("duty@mash.example. ")
    apart = [line.text for part in parts if isinstance(part, Bullets) for line in part.items]
    assert not [one for one in apart if "mash.example" in one], "and it stands there once"


@pytest.mark.parametrize("contact", [
    TWO[1],
    replace(TWO[1], verified=True, suspended="lapsed"),
    replace(TWO[1], verified=True, within_reach=False),
    replace(TWO[1], verified=True, own_press=True),
    replace(TWO[1], verified=True, admins=(str(ADMIN),)),
], ids=["waits", "out of use", "out of reach", "by a colleague", "read along"])  # fmt: skip
def test_what_is_to_be_done_about_a_contact_says_which_by_its_address(contact: Contact) -> None:
    todo = checklist.of_site(replace(WORKS, contacts=(contact,)))
    assert [one.why.startswith("duty@mash.example. ") for one in todo if one.item == contact.id] == [True]
