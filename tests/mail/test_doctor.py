"""The doctor asks the mail server as `serve` would, sends nothing, and says what to do; addresses are looked at too."""

from __future__ import annotations

import json
import logging
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import logs, smtp
from bot.doctor import mail
from bot.doctor.finding import Finding
from bot.serving.warn import warn
from bot.settings import Settings
from bot.store.vault import new_key
from handlers.mail_domains import doubt
from handlers.people import Directory
from handlers.sites import Contact, Site
from tests.mail.servers import Server, Trust, serving
from tests.mail.test_smtp import UNSAFE, unsafe
from tests.running.served import run_bot


def settings(server: Server, trust: Trust, login: str = "") -> Settings:
    return Settings(
        smtp_url=SecretStr(server.url(login)),
        mail_from="signpost@school.example",
        public_url="https://signpost.school.example",
        ca_file=str(trust.authority.file),
    )


async def found(server: Server, trust: Trust, login: str = "") -> Finding:
    (one,) = await mail.look(settings(server, trust, login), Directory())
    return one


@pytest.mark.parametrize("from_first_byte", [False, True], ids=["STARTTLS", "TLS"])
async def test_a_good_server_is_green_and_gets_no_mail(trust: Trust, *, from_first_byte: bool) -> None:
    async with serving(Server(wants_login=True), trust.good(), from_first_byte=from_first_byte) as server:
        assert (await found(server, trust, "a:right@")).state == "green"

    assert server.logins == [("a", "right")]
    assert b"MAIL FROM:<signpost@school.example>" in server.got
    assert b"\r\nRSET\r\n" in server.got
    assert b"RCPT" not in server.got
    assert server.mails == []


async def test_a_server_that_takes_mail_only_after_a_login_is_red_without_one(trust: Trust) -> None:
    async with serving(Server(wants_login=True), trust.good()) as server:
        said = await found(server, trust)

    assert (said.code, said.state) == ("mail_login_needed", "red")
    assert "smtp://USER:PASSWORD@HOST" in said.do


async def test_a_server_that_refuses_our_sender_is_red_and_names_the_setting(trust: Trust) -> None:
    async with serving(Server(says={"mail": "550 5.7.1 not yours"}), trust.good()) as server:
        said = await found(server, trust)

    assert (said.code, said.state) == ("mail_sender_refused", "red")
    assert "SIGNPOST_MAIL_FROM" in said.do


@pytest.mark.parametrize("what", UNSAFE)
async def test_an_unsafe_server_is_red_with_the_way_to_mend_it(trust: Trust, what: str) -> None:
    context, why = unsafe(trust)[what]
    async with serving(Server(), context) as server:
        said = await found(server, trust, "a:right@")

    assert said == Finding(f"mail_{why}", "Mail", *mail._TROUBLE[why])
    assert said.state == "red"
    assert said.do
    assert server.logins == []


async def test_a_wrong_password_is_red_and_stands_nowhere(trust: Trust) -> None:
    async with serving(Server(wants_login=True), trust.good()) as server:
        said = await found(server, trust, "a:hunter2@")

    assert (said.state, said.found) == ("red", "it refuses the login")
    assert "hunter2" not in str(said)


async def test_a_server_that_is_busy_is_amber(trust: Trust) -> None:
    async with serving(Server(says={"connect": "421 later"}), trust.good()) as server:
        assert (await found(server, trust)).state == "amber"


async def test_a_server_that_hangs_is_red_after_a_while(trust: Trust, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "TALK_SECONDS", 0.3)
    async with serving(Server(hangs="connect"), trust.good()) as server:
        assert "in time" in (await found(server, trust)).found


async def test_where_nobody_listens_is_red(trust: Trust) -> None:
    async with serving(Server(), trust.good()) as server:
        pass

    assert "nothing answers" in (await found(server, trust)).found


def test_every_word_for_a_failure_before_the_words_has_its_advice() -> None:
    for state, what, do in mail._TROUBLE.values():
        assert state in ("red", "amber")
        assert what
        assert do.endswith(".")


async def test_without_mail_there_is_nothing_to_say() -> None:
    assert await mail.look(Settings(), Directory()) == ()


DOUBTS = {
    "desk@force.pnn.police.uk": "retired_domain",
    "desk@council.gsi.gov.uk": "retired_domain",
    "desk@council.gcsx.gov.uk": "retired_domain",
    "desk@PNN.police.uk": "retired_domain",
    "officer@gmail.com": "webmail",
    "officer@hotmail.co.uk": "webmail",
    "officer@Yahoo.co.uk": "webmail",
    "officer@proton.me": "webmail",
    "officer@me.com": "webmail",
    "officer@btinternet.com": "webmail",
    "desk@force.police.uk": "",
    "desk@mail.police.uk": "",
    "mash@council.gov.uk": "",
    "desk@trust.nhs.uk": "",
    "desk@gmail.school.example": "",
    "desk@pnn.example": "",
    "desk@outlookhill.org.uk": "",
}


@pytest.mark.parametrize(("address", "why"), DOUBTS.items())
def test_an_address_of_a_retired_or_a_free_service_is_doubted(address: str, why: str) -> None:
    assert doubt(address) == why


def a_site(address: str) -> Directory:
    contact = Contact("desk", "police", "mail", address, verified=True)
    return Directory((Site("northside", "Northside", "england", ("slack:T1/U2",), contacts=(contact,)),))


@pytest.mark.parametrize(("address", "why"), [(one, why) for one, why in DOUBTS.items() if why])
async def test_the_doctor_and_the_start_warn_of_such_an_address(address: str, why: str) -> None:
    (said,) = await mail.look(Settings(), a_site(address))
    assert (said.state, said.matter) == ("amber", "Contacts")
    assert "'desk' of 'northside'" in said.found
    assert address not in str(said)

    (line,) = [one for one in warned(a_site(address)) if one["event"] == "contact_address_doubtful"]
    assert (line["contact"], line["why"]) == ("desk", why)
    assert "withheld" not in line


def test_a_good_address_is_warned_of_nowhere() -> None:
    assert [one for one in warned(a_site("desk@force.police.uk")) if one["event"] == "contact_address_doubtful"] == []


def warned(directory: Directory) -> list[dict[str, Any]]:
    """What the log says at a start."""
    out, root = StringIO(), logging.getLogger()
    before = root.handlers[:], root.level
    logs.set_up("info", out)
    try:
        warn(directory, frozenset({"slack:T1"}))
    finally:
        root.handlers[:], root.level = before
        logs.structlog.reset_defaults()
    return [json.loads(line) for line in out.getvalue().splitlines()]


async def test_the_command_says_it_with_everything_else_and_repeats_no_password(trust: Trust, tmp_path: Path) -> None:
    async with serving(Server(wants_login=True), trust.good()) as server:
        given = {
            "SIGNPOST_DATA_DIR": str(tmp_path),
            "SIGNPOST_KEYS": new_key(),
            "SIGNPOST_SMTP_URL": server.url("a:hunter2@"),
            "SIGNPOST_MAIL_FROM": "signpost@school.example",
            "SIGNPOST_PUBLIC_URL": "https://signpost.school.example",
            "SIGNPOST_CA_FILE": str(trust.authority.file),
        }
        status, out, _ = await run_bot("doctor", "--json", settings=given)

    assert status == 1
    assert [one["found"] for one in json.loads(out) if one["matter"] == "Mail"] == ["it refuses the login"]
    assert "hunter2" not in out
