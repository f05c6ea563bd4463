"""A contact's mail address: taken without what was copied with it, by the rule it is kept by, and never one's own."""

from __future__ import annotations

import pytest

from bot.setting_rules import mail_address
from handlers.mail_domains import bare, is_address, of_one_house
from tests.handlers.person import errors_on
from tests.handlers.setting_up import World, with_a_site


@pytest.mark.parametrize(
    "typed",
    [
        "mailto:desk@force.police.uk", "MAILTO:desk@force.police.uk?subject=Case", "desk@force.police.uk.",
        "desk@force.police.uk,", "<desk@force.police.uk>", "<mailto:desk@force.police.uk>", " desk@force.police.uk ;",
        "Duty desk <desk@force.police.uk>", "desk@force.police.uk",
    ],
)  # fmt: skip
def test_what_is_copied_along_with_an_address_is_left_out(typed: str) -> None:
    assert bare(typed) == "desk@force.police.uk"
    admin = with_a_site()
    admin.to("contact").saves(purpose="police", kind="mail", destination=typed)
    assert [one.destination for one in admin.site.contacts] == ["desk@force.police.uk"]


@pytest.mark.parametrize(
    "typed",
    [
        "the police", "a@b@c.d", "x..y@force.police.uk", "x@force", "x@-force.uk", "x@force.police.u",
        "@force.police.uk", "désk@force.police.uk", "desk@fórce.police.uk", f"{'x' * 65}@force.police.uk",
        "a b@force.police.uk", "<>",
        "desk@force.police.uk\u200b", "desk@force.police.uk\ndesk@other.police.uk", f"x@{'a.' * 130}uk",
    ],
)  # fmt: skip
def test_what_is_no_address_is_said_at_its_field_and_the_file_refuses_it_too(typed: str) -> None:
    admin = with_a_site()
    shown = admin.to("contact").saves(purpose="police", kind="mail", destination=typed)
    assert set(errors_on(shown)) == {"destination"}
    assert admin.site.contacts == ()
    assert mail_address(typed)
    assert not is_address(typed)


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("desk@northside.sch.example", "northside.sch.example"),
        ("desk@NORTHSIDE.sch.example", "northside.sch.example"),
        ("duty@mail.northside.sch.example", "northside.sch.example"),
        ("duty@northside.sch.example", "signpost.northside.sch.example"),
        ("duty@staff.northside.sch.example", "signpost.northside.sch.example"),
        ("head@northside.northshire.sch.uk", "mail.northside.northshire.sch.uk"),
        ("head@trust.org.uk", "signpost.trust.org.uk"),
        ("head@trust.education", "signpost.trust.education"),
        ("it@northshire.gov.uk", "northshire.gov.uk"),
        ("it@mail.northshire.gov.uk", "northshire.gov.uk"),
    ],
)
def test_an_address_of_the_own_house_is_known_below_and_beside_the_domain_too(address: str, own: str) -> None:
    assert of_one_house(address, own)
    admin = with_a_site(World(own_domain=own))
    shown = admin.to("contact").saves(purpose="police", kind="mail", destination=address)
    assert "your own school" in errors_on(shown)["destination"]


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("desk@force.police.uk", "northside.sch.uk"),
        ("desk@southside.sch.example", "northside.sch.example"),
        ("desk@southside.northshire.sch.uk", "northside.northshire.sch.uk"),
        ("desk@notnorthside.sch.example", "northside.sch.example"),
        ("desk@council.co.uk", "trust.co.uk"),
        ("mash@northshire.gov.uk", "schools.northshire.gov.uk"),
        ("desk@force.police.uk", ""),
    ],
)
def test_an_address_of_another_house_is_taken(address: str, own: str) -> None:
    assert not of_one_house(address, own)
    admin = with_a_site(World(own_domain=own))
    admin.to("contact").saves(purpose="police", kind="mail", destination=address)
    assert [one.destination for one in admin.site.contacts] == [address]
