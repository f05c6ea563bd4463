"""Names that an admin types: what cannot be seen is not kept, and what reads alike counts as the same."""

from __future__ import annotations

import unicodedata

import pytest

from handlers.setup.plain_text import HIDDEN, ONE_LINE, SIGNS_ALONE, alike, cleaned, text_wrong
from tests.handlers.person import errors_on
from tests.handlers.setting_up import with_a_site

ODD = {
    "a line break": "North\nside",
    "a paragraph of its own": "North\u2029side",
    "an end of text": "North\x00side",
    "an escape": "North\x1bside",
    "a tab": "North\tside",
    "letters the other way round": "North\u202eside",
    "an isolated direction": "North\u2066side",
    "a space of no width": "North\u200bside",
    "a soft hyphen": "North\u00adside",
    "a joiner": "North\u2060side",
    "half an emoji": "North\ud83dside",
    "a blank letter": "North\u3164side",
    "a blank pattern": "North\u2800side",
    "a variation": "Northside\ufe0f",
    "a tag": "Northside\U000e0041",
    "a private sign": "Northside\ue000",
}


def wide(text: str) -> str:
    """The same letters in full width."""
    return "".join(chr(ord(one) + 0xFEE0) if one.isalpha() else one for one in text)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_cannot_be_seen_is_said_at_the_field_of_a_name(text: str) -> None:
    assert text_wrong(text, 75) in (HIDDEN, ONE_LINE)
    admin = with_a_site()
    shown = admin.to("site", site="").saves(name=text, nation=("england",))
    assert errors_on(shown)["name"] in (HIDDEN, ONE_LINE)
    shown = admin.to("person", site="").saves(who="UWREN", name=text)
    assert errors_on(shown)["name"] in (HIDDEN, ONE_LINE)
    assert len(admin.work.directory.sites) == 1
    assert admin.work.directory.persons == ()


@pytest.mark.parametrize("text", ["???", "!!!", " - ", "\u2019\u2019"])
def test_signs_alone_say_nothing_and_name_nobody(text: str) -> None:
    admin = with_a_site()
    assert errors_on(admin.to("site", site="").saves(name=text, nation=("england",)))["name"] == SIGNS_ALONE
    shown = admin.to("site").saves(name="Northside", nation=("england",), force=text)
    assert errors_on(shown)["force"] == SIGNS_ALONE
    assert errors_on(admin.to("person", site="").saves(who="UWREN", name=text))["name"] == SIGNS_ALONE


@pytest.mark.parametrize(
    "name",
    ["Ysgol Bro Ddŵr", "St. Mary's & All Saints' (C of E): Upper", "École Zoé", "Nağme İnan", "北校", "A\u00a0B"],
)
def test_names_of_schools_and_people_as_they_are_will_do(name: str) -> None:
    assert text_wrong(name, 75) == ""
    admin = with_a_site()
    admin.to("site", site="").saves(name=name, nation=("england",))
    assert name in [site.name for site in admin.work.directory.sites]


@pytest.mark.parametrize(
    "name",
    [
        "northside", "North  side", wide("NORTH SIDE"), "North\u2003side", f"{wide('N')}orth\u00a0Side", "North side.",
        "North-Side", "N\u043erth side", "\u039d\u03bfrth s\u0456de", "Nórth side",
    ],
)  # fmt: skip
def test_a_site_whose_name_reads_as_another_ones_is_refused(name: str) -> None:
    admin = with_a_site()
    admin.to("site").saves(name="North side" if name != "northside" else "NORTHSIDE")
    assert alike(name, admin.site.name)
    shown = admin.to("site", site="").saves(name=name, nation=("england",))
    assert "of this name already" in errors_on(shown)["name"]


@pytest.mark.parametrize(("one", "other"), [("St Mary", "St Mark"), ("Site 1", "Site 2"), ("北校", "南校"), ("&", "+")])
def test_names_that_read_differently_are_two(one: str, other: str) -> None:
    assert not alike(one, other)


def test_a_name_that_a_platform_gives_is_kept_as_far_as_it_can_be_shown() -> None:
    name = f"Wren \u202eO\u200bkafor\n{'x' * 100}"
    found = cleaned(name, 75)
    assert found.startswith("Wren O kafor xxx")
    assert len(found) == 75
    assert unicodedata.is_normalized("NFC", found)
    admin = with_a_site()
    admin.world.names["UODD"] = name
    admin.to("contact").saves(purpose="police", kind="mail", destination="desk@police.example", owner="UODD")
    (contact,) = admin.site.contacts
    assert contact.owner == found


@pytest.mark.parametrize(
    ("name", "word"),
    [("Nörthgate", "northgate"), ("Tŷ Gwyn", "ty-gwyn"), ("St Æthelwold's", "st-aethelwold-s"), ("北校", "site")],
)
def test_the_id_of_a_site_keeps_the_letters_of_its_name(name: str, word: str) -> None:
    admin = with_a_site()
    admin.to("site", site="").saves(name=name, nation=("wales",))
    assert [site.id for site in admin.work.directory.sites if site.name == name] == [word]
