"""What a CONFIG file may say, and how a file that cannot be used is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config_file import BadConfig, load
from handlers.people import Account, Directory

WHOLE = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"                 # picks the edition in force
leads = ["slack:T1/U2", "teams:TENANT/OBJECT"]   # in order of who is asked first
phone = "01632 960001"
requires_two_people = false
serves = ["slack:T1", "slack:T7"]
staff = ["teams:TENANT/group:ID"]
clocks = { lead_urgent = 10, contact_urgent = 0.5 }
chat_detail = "receipt"
numbers = { mash = "01632 960010", out_of_hours = "01632 960011", lado = "01632 960012", officer = "101 ext 4" }
[[site.contact]]
id = "police"
purpose = "police"
kind = "slack"
destination = "T1/C9"
verified = true
organisations = ["T9"]

[[person]]
accounts = ["slack:T1/U2", "teams:TENANT/OBJECT"]
name = "Priya Nair"
role = "DSL"
phone = "01632 960002"
"""
SITE = '[[site]]\nid = "a"\nname = "A"\nnation = "england"\nleads = ["slack:T1/U1"]\n'


def read(tmp_path: Path, text: str) -> Directory:
    file = tmp_path / "sites.toml"
    file.write_text(text, encoding="utf-8")
    return load(file, frozenset({Account("slack", "T1", "U9")}))


def test_every_key_of_the_contract_reaches_the_directory(tmp_path: Path) -> None:
    directory = read(tmp_path, WHOLE)

    (site,) = directory.sites
    assert (site.id, site.name, site.nation, site.phone) == (
        "northside", "Northside Academy", "england", "01632 960001",
    )  # fmt: skip
    assert site.leads == ("slack:T1/U2", "teams:TENANT/OBJECT")
    assert site.serves == {"slack:T1", "slack:T7"}
    assert site.staff == ("teams:TENANT/group:ID",)
    assert (site.clocks.lead_urgent, site.clocks.contact_urgent, site.clocks.decide_urgent) == (10, 0.5, 30)
    assert site.chat_detail == "receipt"
    assert site.numbers.officer == "101 ext 4"
    assert site.contacts[0].destination == "T1/C9"
    assert site.contacts[0].organisations == ("T9",)
    one, other = Account("slack", "T1", "U2"), Account("teams", "TENANT", "OBJECT")
    assert directory.same_person(one, other)
    assert directory.person(one).name == "Priya Nair"
    assert directory.admins == {Account("slack", "T1", "U9")}


def test_a_site_belongs_to_every_workspace_and_tenant_that_its_leads_name(tmp_path: Path) -> None:
    leads = '["slack:T1/U1", "slack:T2/S7", "teams:TENANT/group:9"]'
    directory = read(tmp_path, SITE.replace('["slack:T1/U1"]', leads))

    assert directory.sites[0].serves == {"slack:T1", "slack:T2", "teams:TENANT"}


def test_an_empty_file_is_an_empty_directory(tmp_path: Path) -> None:
    assert read(tmp_path, "# nothing yet\n").sites == ()


BAD = {
    "no TOML": (SITE + "name = \n", "line 6", "no TOML"),
    "a key that we do not know": (SITE + 'nick = "A"\n', "line 6", "nick"),
    "a misspelt table": (SITE.replace("[[site]]", "[[sites]]"), "line 1", "sites"),
    "an unknown nation": (SITE.replace('"england"', '"ireland"'), "line 4", "nation"),
    "no nation": (SITE.replace('nation = "england"\n', ""), "line 1", "nation is missing"),
    "no leads": (SITE.replace('["slack:T1/U1"]', "[]"), "line 5", "at least one"),
    "leads left out": (SITE.replace('leads = ["slack:T1/U1"]\n', ""), "line 1", "leads is missing"),
    "a lead that is no account": (SITE.replace("slack:T1/U1", "anna@school.example"), "line 5", "slack:TEAM/USER"),
    "a lead with a slip in it": (SITE.replace("slack:T1/U1", "slack:T1/1"), "line 5", "begins with U or W"),
    "an empty name": (SITE.replace('"A"', '""'), "line 3", "name"),
    "an id with a space": (SITE.replace('id = "a"', 'id = "a b"'), "line 2", "id"),
    "a number in quotes": (SITE + 'clocks = { lead_urgent = "10" }\n', "line 6", "number"),
    "a clock of no length": (SITE + "clocks = { lead_urgent = 0 }\n", "line 6", "more than 0"),
    "a clock that we do not have": (SITE + "clocks = { lead_soon = 5 }\n", "line 6", "lead_soon"),
    "yes for true": (SITE + 'requires_two_people = "yes"\n', "line 6", "true or false"),
    "a workspace with a user": (SITE + 'serves = ["slack:T1/U1"]\n', "line 6", "slack:TEAM"),
    "two sites with one id": (SITE + SITE, "line 7", "twice"),
    "a contact without purpose": (SITE + '[[site.contact]]\nid = "p"\nkind = "mail"\ndestination = "a@b.example"\n',
                                  "line 6", "purpose"),
    "a contact whose mail is none": (
        SITE + '[[site.contact]]\nid = "p"\npurpose = "police"\nkind = "mail"\ndestination = "desk"\n', "line 6",
        "mail address"),
    "the second contact of the second site": (
        SITE + SITE.replace('"a"', '"b"') + '[[site.contact]]\nid="p"\npurpose="police"\nkind="by_hand"\n'
        'destination="101"\n[[site.contact]]\nid="q"\npurpose="fire"\nkind="by_hand"\ndestination="101"\n',
        "line 18", "purpose"),
    "a group as a person": (SITE + '[[person]]\naccounts = ["slack:T1/S1"]\n', "line 7", "group"),
    "an account in two persons": (
        SITE + '[[person]]\naccounts = ["slack:T1/U1"]\n' * 2, "line 9", "two persons"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), BAD.values(), ids=BAD.keys())
def test_one_thing_wrong_refuses_the_whole_file_and_names_the_line(
    tmp_path: Path, text: str, line: str, words: str
) -> None:
    with pytest.raises(BadConfig) as refused:
        read(tmp_path, text)

    said = str(refused.value)
    assert said.startswith("sites.toml")
    assert f"{line}:" in said or f"({line})" in said, said
    assert words in said, said


def test_a_wrong_value_is_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadConfig) as refused:
        read(tmp_path, SITE.replace("slack:T1/U1", "priya.nair@northside.example"))

    assert "priya" not in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_a_sentence_too(tmp_path: Path) -> None:
    with pytest.raises(BadConfig, match="not there"):
        load(tmp_path / "nothing.toml")
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadConfig, match="UTF-8"):
        load(tmp_path / "binary.toml")
