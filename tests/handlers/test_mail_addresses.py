"""A contact's mail address: taken without what was copied with it, by the rule it is kept by, and never one's own."""

from __future__ import annotations

import pytest

from bot.settings.rules import mail_address
from handlers.mail_domains import bare, is_address, of_one_house
from handlers.screens import Question
from handlers.setup.own_mailbox import FIELD
from tests.handlers.person import errors_on, text_of
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
    typed = {"purpose": "police", "kind": "mail", "destination": address}
    shown = admin.to("contact").saves(**typed)
    if asked := [one for one in shown.parts if isinstance(one, Question) and one.id == FIELD]:  # it is a school's
        admin.saves(**typed, **{FIELD: (asked[0].options[0].value,)})
    assert [one.destination for one in admin.site.contacts] == [address]


def test_a_mailbox_at_a_domain_of_any_site_is_the_schools_own() -> None:
    admin = with_a_site()
    admin.to("site", site="").saves(name="Southside College", nation=("england",), mail_domains="@Southside.example\n")
    assert admin.work.directory.sites[1].mail_domains == ("southside.example",)
    for address in ("office@southside.example", "desk@mail.SOUTHSIDE.example"):
        shown = admin.to("contact").saves(purpose="police", kind="mail", destination=address)
        assert "your own school" in errors_on(shown)["destination"]
    admin.to("contact").saves(purpose="police", kind="mail", destination="desk@notsouthside.example")
    assert [one.destination for one in admin.site.contacts] == ["desk@notsouthside.example"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("northside.sch.uk", ("northside.sch.uk",)),
        ("office@Northside.example, www.trust.example;northside.example", ("northside.example", "trust.example")),
        ("", ()),
    ],
)
def test_domains_are_kept_without_what_is_written_around_them(typed: str, kept: tuple[str, ...]) -> None:
    admin = with_a_site()
    admin.to("site").saves(mail_domains=typed)
    assert admin.site.mail_domains == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("northside", "is not a mail domain"),
        ("https://northside.example", "is not a mail domain"),
        ("northsh\u0131re.example", "is not a mail domain"),
        ("northshire.gov.uk", "a whole authority's"),
        ("northshire.police.uk", "a whole authority's"),
        ("co.uk", "many people's addresses"),
        ("sch.uk", "many people's addresses"),
        ("gmail.com", "a free mail service"),
        ("\n".join(f"site{number}.example" for number in range(21)), "at most 20"),
    ],
)
def test_what_cannot_be_a_domain_of_the_schools_own_is_said_at_its_field(typed: str, said: str) -> None:
    admin = with_a_site()
    assert said in errors_on(admin.to("site").saves(mail_domains=typed))["mail_domains"]
    assert admin.site.mail_domains == ()


def test_a_domain_where_a_contact_has_a_mailbox_is_not_taken_before_the_contact_is_gone() -> None:
    admin = with_a_site()
    admin.to("contact").saves(purpose="social_care", kind="mail", destination="desk@care.southside.example")
    shown = admin.to("site", site="").saves(name="Southside", nation=("england",), mail_domains="southside.example")
    assert "(Children's social care, e-mail" in errors_on(shown)["mail_domains"]
    assert "at Northside)" in errors_on(shown)["mail_domains"]
    assert len(admin.work.directory.sites) == 1


def test_what_signpost_cannot_notice_is_said_beside_the_field() -> None:
    admin = with_a_site()
    assert "cannot notice that it is your own" in text_of(admin.to("site").screen)
    assert "a mailbox of your own by the domains under 'Name and numbers'" in text_of(admin.to("contact").screen)


def test_the_domains_stand_on_the_sites_page_and_leads_are_told_of_a_change() -> None:
    admin = with_a_site()
    admin.to("site").saves(mail_domains="northside.example")
    assert "Own mail domains: northside.example" in text_of(admin.to("overview").screen)
    (change, *_) = admin.work.changes(1)
    assert "own mail domains: northside.example, before that nothing" in change.about_name.lower()
