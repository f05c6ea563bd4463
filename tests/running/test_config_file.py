"""What a CONFIG file may say, and how a file that cannot be used is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config.file import BadConfig, load
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


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "\n\n"])
def test_a_file_that_declares_nothing_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadConfig, match="declares no site"):
        read(tmp_path, text)


def test_a_file_of_people_alone_is_taken(tmp_path: Path) -> None:
    assert read(tmp_path, '[[person]]\naccounts = ["slack:T1/U1"]\n').sites == ()


def test_the_mark_that_an_editor_puts_first_is_no_matter(tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_bytes(b"\xef\xbb\xbf" + SITE.encode())
    assert load(tmp_path / "sites.toml").sites


CONTACT = '[[site.contact]]\nid = "p"\npurpose = "police"\nkind = "slack"\ndestination = "T1/C9"\n'  # lines 6 to 10
STAND_IN = (
    '[[site.stand_in]]\naway = "slack:T1/U1"\nwho = "slack:T1/U2"\nfirst_day = 2026-12-14\nlast_day = 2026-12-18\n'
)
SEVERAL_LINES = """leads = [ # the DSL first
  "slack:T1/U1",  # with a "] in it
  'slack:T1/U2', "slack:T1/U3",
  "slack:T1/9",
]
"""
BAD = {
    "two sites of one name": (
        SITE + SITE.replace('id = "a"', 'id = "b"').replace('"A"', '"\uff21"'), "line 8", "reads like"),
    "ids that differ in capitals": (
        SITE + SITE.replace('id = "a"', 'id = "A"').replace('name = "A"', 'name = "B"'), "line 7", "capitals"),
    "a name of blanks": (SITE.replace('"A"', '"   "'), "line 3", "blank"),
    "a name of what cannot be seen": (SITE.replace('"A"', '"A\u200b"'), "line 3", "cannot be seen"),
    "a name of two lines": (SITE.replace('"A"', '"A\\nB"'), "line 3", "one line"),
    "a phone that turns round": (SITE + 'phone = "01\u202e632"\n', "line 6", "cannot be seen"),
    "nobody who may raise": (SITE + "serves = []\n", "line 6", "nobody could raise"),
    "a channel by its name": (SITE + CONTACT.replace("T1/C9", "T1/#police"), "line 10", "TEAM/CHANNEL"),
    "a person for a channel": (SITE + CONTACT.replace("T1/C9", "T1/U2"), "line 10", "TEAM/CHANNEL"),
    "a channel written as an account": (SITE + CONTACT.replace("T1/C9", "slack:T1/C9"), "line 10", "TEAM/CHANNEL"),
    "a Teams channel that is none": (
        SITE + CONTACT.replace('"slack"', '"teams"').replace("T1/C9", "TEN/TEAM/General"), "line 10", "19:"),
    "a workspace written as in serves": (
        SITE + CONTACT + 'organisations = ["slack:T9"]\n', "line 11", "without slack:"),
    "an own workspace beside the police's": (
        SITE + CONTACT + 'organisations = [\n"T9",\n"t1",\n]\n', "line 13", "of your own"),
    "a sister school's tenant as the police's": (
        SITE + CONTACT + 'organisations = ["TEN"]\n'
        + SITE.replace('"a"', '"b"').replace('"A"', '"B"').replace("slack:T1/U1", "teams:TEN/aad"),
        "line 11", "of your own"),
    "the workspace of the channel itself": (
        SITE + CONTACT.replace("T1/C9", "T7/C9") + 'organisations = ["T7"]\n', "line 11", "of your own"),
    "ids that no test could name together": (
        SITE.replace('"a"', f'"{"a" * 40}"') + CONTACT.replace('"p"', f'"{"p" * 40}"'), "line 7", "at most 39"),
    "a lead whose id no platform gives": (SITE.replace("slack:T1/U1", "slack:T1/U\u00e9"), "line 5", "no id has"),
    "somebody who may raise, of no end": (
        SITE + f'staff = ["slack:T1/U1", "slack:T1/U{"1" * 200}"]\n', "line 6", "at most 190"),
    "a stand-in whose id no platform gives": (SITE + STAND_IN.replace("U2", "U2'"), "line 8", "no id has"),
    "an account that is none of a person's": (
        SITE + '[[person]]\naccounts = ["slack:T1/U1", "teams:TEN/a(b)"]\n', "line 7", "no id has"),
    "two contacts with one id": (SITE + CONTACT + CONTACT.replace("C9", "C8"), "line 12", "twice"),
    "two contacts at one place": (SITE + CONTACT + CONTACT.replace('"p"', '"q"'), "line 15", "another contact"),
    "more contacts than a window holds": (
        SITE + "".join(CONTACT.replace('"p"', f'"p{n}"').replace("C9", f"C9{n}") for n in range(13)), "line 6", "12"),
    "more leads than a window holds": (
        SITE.replace('"slack:T1/U1"', ", ".join(f'"slack:T1/U{n}"' for n in range(26))), "line 5", "25"),
    "standing in for oneself": (SITE + STAND_IN.replace("U2", "U1"), "line 8", "somebody else"),
    "standing in for years": (SITE + STAND_IN.replace("2026-12-18", "2028-12-18"), "line 10", "a year"),
    "standing in for nobody": (
        SITE + STAND_IN.replace('away = "slack:T1/U1"', 'away = "slack:T1/U7"'), "line 7", "away"),
    "an odd link": (SITE + 'links = [{ title = "x", url = "https://a.example/)|<!channel>" }]\n', "line 6", "https://"),
    "an entry further down its list": (
        SITE.replace('leads = ["slack:T1/U1"]\n', SEVERAL_LINES), "line 8", "begins with U or W"),
    "a day that there is not": (SITE + CONTACT + "review_by = 2027-02-30\n", "line 11", "no such day"),
    "a date as the British write it": (SITE + CONTACT + "review_by = 14/12/2026\n", "line 11", "2026-12-14"),
    "a quotation mark too few": (SITE + 'phone = "1\nforce = "B"\n', "line 6", "quotation mark is missing"),
    "curly quotation marks": (SITE + "phone = \u201c1\u201d\n", "line 6", "straight"),
    "a key that stands twice": (SITE + 'phone = "1"\nphone = "2"\nforce = "B"\n', "line 7", "twice"),
    "a number without quotation marks": (SITE + "phone = 01632 960001\n", "line 6", "phone number"),
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
    "an urgent clock of a month": (SITE + "clocks = { decide_urgent = 44640 }\n", "line 6", "at most 1440 (a day)"),
    "nobody who may raise, which would be everybody": (SITE + "staff = []\n", "line 6", "leave `staff` out"),
    "a lead who stands twice": (
        SITE.replace('["slack:T1/U1"]', '[\n"slack:T1/U1",\n"slack:T1/U2",\n"slack:T1/U1"]'), "line 8", "entry 1"),
    "a stand-in who stands twice": (SITE + STAND_IN + STAND_IN, "line 13", "stand_in 1"),
    "a stand-in on some of the same days": (
        SITE + STAND_IN + STAND_IN.replace("12-18", "12-20").replace("12-14", "12-18"), "line 13", "same days"),
    "a script where a number belongs": (
        SITE + CONTACT.replace('"slack"', '"by_hand"').replace("T1/C9", "JavaScript:alert(1)"), "line 10", "https://"),
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
    "the mail domain of a whole council": (
        SITE + 'mail_domains = ["a.example", "northshire.gov.uk"]\n', "line 6", "a whole authority's"),
    "too many mail domains": (SITE + f"mail_domains = {['a.example'] * 21}\n", "line 6", "more than 20"),
    "a mailbox of the school's own, by another site's domain": (
        SITE + SITE.replace('"a"', '"b"').replace('"A"', '"B"') + 'mail_domains = ["B.example"]\n'
        + CONTACT.replace('"slack"', '"mail"').replace("T1/C9", "desk@mail.b.example"),
        "line 16", "mailbox of your own"),
    "a group as a person": (SITE + '[[person]]\naccounts = ["slack:T1/S1"]\n', "line 7", "group"),
    "an account in two persons": (
        SITE + '[[person]]\naccounts = ["slack:T1/U1"]\n' * 2, "line 9", "two persons"),
    "two accounts of one workspace as one person": (
        SITE + '[[person]]\naccounts = ["slack:T1/U1", "teams:TEN/u",\n"slack:T1/U2"]\n', "line 8",
        "a second account of slack:T1"),
    "two accounts of one tenant as one person": (
        SITE + '[[person]]\naccounts = ["teams:TEN/u", "teams:TEN/v"]\n', "line 7", "a second account of teams:TEN"),
    "a person whose name reads like another's": (
        SITE + '[[person]]\naccounts = ["slack:T1/U1"]\nname = "Priya Nair"\n'
        '[[person]]\naccounts = ["slack:T1/U2"]\nname = "Priya N\u0430ir"\n',
        "line 11", "reads like the name of another person"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "line", "words"), BAD.values(), ids=BAD.keys())
def test_one_thing_wrong_refuses_the_whole_file_and_names_the_line(
    tmp_path: Path, text: str, line: str, words: str
) -> None:
    with pytest.raises(BadConfig) as refused:
        read(tmp_path, text)

    said = str(refused.value)
    assert said.startswith("sites.toml")
    assert f", {line}:" in said or f"({line})" in said, said
    assert words in said, said


@pytest.mark.parametrize(
    "text",
    [
        SITE + STAND_IN + STAND_IN.replace("12-14", "12-21").replace("2026-12-18", "2026-12-23"),
        SITE + STAND_IN + STAND_IN.replace("U2", "U3"),
        *(
            SITE + CONTACT.replace('"slack"', '"by_hand"').replace("T1/C9", where)
            for where in ("https://council.example/refer", "01632 960010 ext 2", "Duty desk: 01632 960010", "tel:101")
        ),
    ],
)
def test_what_only_looks_like_a_slip_is_taken(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).sites


def test_the_mail_domains_of_a_site_are_read_and_a_mailbox_elsewhere_is_taken(tmp_path: Path) -> None:
    contact = CONTACT.replace('"slack"', '"mail"').replace("T1/C9", "desk@police.example")
    directory = read(tmp_path, SITE + 'mail_domains = ["School.example"]\n' + contact)
    assert directory.sites[0].mail_domains == ("school.example",)
    assert read(tmp_path, SITE).sites[0].mail_domains == ()


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
    (tmp_path / "deep.toml").write_text("x = " + "[" * 5000 + "]" * 5000, encoding="utf-8")
    with pytest.raises(BadConfig, match="brackets"):
        load(tmp_path / "deep.toml")
