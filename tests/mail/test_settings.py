"""Where mail goes and comes from: what is understood, what is refused, and what has to be set together."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pydantic import SecretStr

from bot.settings import Settings
from bot.settings.mail_server import MailServer, parse
from bot.settings.needs import demands
from bot.settings.rules import mail_address
from tests.architecture.tree import ROOT

GOOD = {
    "smtp://mail.example": MailServer("mail.example", 587, starts_plain=True),
    "smtp://mail.example:2525": MailServer("mail.example", 2525, starts_plain=True),
    "smtps://mail.example": MailServer("mail.example", 465, starts_plain=False),
    "smtp://a:b@mail.example:587": MailServer("mail.example", 587, starts_plain=True, user="a", password="b"),
    "smtps://a%40x.example:p%2F%40%3A%25@mail.example": MailServer(
        "mail.example", 465, starts_plain=False, user="a@x.example", password="p/@:%"
    ),
    "smtp://[::1]:25": MailServer("::1", 25, starts_plain=True),
}
BAD = [
    "mail.example", "http://mail.example", "smtp://", "smtp://:587", "smtp://mail.example:x", "smtp://mail.example/path",
    "smtp://mail.example?tls=no", "smtp://mail.example#x", "smtp://a@mail.example", "smtp://:b@mail.example",
    "smtp://a:b/c@mail.example", "smtp://m\u00e4il.example", "smtp://mail example",
]  # fmt: skip


@pytest.mark.parametrize(("url", "server"), GOOD.items())
def test_an_address_of_a_server_is_understood(url: str, server: MailServer) -> None:
    assert parse(url) == server


@pytest.mark.parametrize("url", BAD)
def test_anything_else_is_refused_in_words_that_repeat_nothing(url: str) -> None:
    with pytest.raises(ValueError, match=r"is no|has ") as wrong:
        parse(url)

    assert "example" not in str(wrong.value)


def test_a_password_shows_nowhere() -> None:
    assert "hunter2" not in repr(parse("smtp://a:hunter2@mail.example"))


@pytest.mark.parametrize(
    "address", ["desk@force.police.uk", "a.b+c@x-y.example", "o'hara@council.gov.uk", "x@sub.domain.example"]
)
def test_a_plain_address_is_taken(address: str) -> None:
    assert mail_address(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "desk", "desk@", "@force.police.uk", "desk@localhost", "a b@x.example", "a@x.example,b@x.example",
        "Desk <desk@x.example>", "desk@x.example\r\nBcc: evil@x.example", "desk@x.example\n", '"a b"@x.example',
        "d\u00e9sk@x.example", "desk@x\u00e4.example", "desk@[192.0.2.1]", "desk@-x.example", "a..b@x.example",
        "desk@x..example", "desk@x.example>", "x" * 65 + "@x.example", "desk@x.example\x00",
    ],
)  # fmt: skip
def test_any_other_is_refused(address: str) -> None:
    assert mail_address(address) != ""


def given(**changes: str) -> Settings:
    all_of_it = {"smtp_url": "smtp://mail.example", "mail_from": "a@x.example", "public_url": "https://x.example"}
    values = {**all_of_it, **changes}
    return Settings(
        smtp_url=SecretStr(values["smtp_url"]), mail_from=values["mail_from"], public_url=values["public_url"]
    )


def test_all_three_together_are_mail() -> None:
    assert given().wants_mail
    assert not given().half_mail
    assert not any("Mail" in said for said in demands(given()))


@pytest.mark.parametrize("lacking", ["smtp_url", "mail_from", "public_url"])
def test_two_of_the_three_are_no_mail_and_serve_says_so(lacking: str) -> None:
    half = given(**{lacking: ""})

    assert not half.wants_mail
    assert [said for said in demands(half) if said.startswith("Mail is only half configured")]


def test_a_public_address_alone_wants_no_mail() -> None:
    plain = given(smtp_url="", mail_from="")

    assert not plain.wants_mail
    assert not plain.half_mail


def test_without_mail_none_of_its_library_is_loaded() -> None:
    code = "import sys, bot.app, bot.doctor.mail; print('aiosmtplib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "False"
