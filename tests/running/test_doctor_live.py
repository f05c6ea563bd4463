"""The doctor asks live about everybody and every channel that the set-up names, and survives whatever is wrong."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor import command, mail, public, server
from bot.doctor import slack as of_slack
from bot.doctor.answer import Answer
from bot.doctor.finding import Finding, written
from bot.play.process import without_ours
from bot.play.slack import Channel, SlackStandIn
from bot.settings import Settings
from bot.store.vault import new_key
from handlers.clocks import today
from handlers.people import Directory
from handlers.ports import Work
from handlers.sites import Site
from tests.running.ports import free_port
from tests.running.post_office import real_store
from tests.running.served import CONFIG, run_bot

Found = list[dict[str, str]]


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(strict=False) as standin:
        standin.add_person("U2", "Priya Nair")
        standin.add_group("S5", ["U2"])
        yield standin


def settings(slack: SlackStandIn, folder: Path, config: str = "", **more: str) -> dict[str, str]:
    if config:
        (folder / "sites.toml").write_text(config, encoding="utf-8")
        more = {"SIGNPOST_CONFIG": str(folder / "sites.toml"), **more}
    return {
        "SIGNPOST_DATA_DIR": str(folder),
        "SIGNPOST_KEYS": new_key(),
        "SIGNPOST_SLACK_API_URL": slack.api_url,
        "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
        "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
        **more,
    }


async def look(given: Mapping[str, str]) -> tuple[int | None, Found]:
    status, out, err = await run_bot("doctor", "--json", settings=given)
    assert err == ""
    return status, json.loads(out)


def of(found: Found, code: str) -> list[tuple[str, str]]:
    return [(one["state"], one["found"]) for one in found if one["code"] == code]


async def test_whatever_the_set_up_names_is_asked_about_and_what_is_not_there_is_said(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    day = today(datetime.now(UTC))
    config = f"""{CONFIG}staff = ["slack:T1/S0NOTTHERE", "slack:T1/S5", "slack:T1/U999"]
serves = ["slack:T9"]
[[site.stand_in]]
away = "slack:T1/U2"
who = "slack:T1/U999"
first_day = {day}
last_day = {day}
""" + "".join(
        f"""
[[site.contact]]
id = "{name}"
purpose = "police"
kind = "slack"
destination = "{where}"
verified = true
"""
        for name, where in (("gone", "T1/C0GONE"), ("wrong", "TWRONG/C9"), ("public", "T1/C0PUBLIC"))
    )
    slack.add_channel(Channel("C0PUBLIC", "police", is_private=False))
    status, found = await look(settings(slack, tmp_path, config, SIGNPOST_ADMINS="slack:T1/U998,slack:T1/U2"))

    assert status == 1
    for code, state, words in (
        ("staff_unreadable", "red", "slack:T1/S0NOTTHERE, who may raise at northside, cannot be read"),
        ("staff_unreadable", "amber", "slack:T1/U999, who may raise at northside, cannot be looked up"),
        ("stand_in_unreadable", "red", "slack:T1/U999, who stands in at northside, cannot be looked up"),
        ("admin_unreadable", "red", "slack:T1/U998, an admin, cannot be looked up"),
        ("contact_unreadable", "red", "the channel of 'gone' of 'northside' cannot be looked at"),
        ("contact_elsewhere", "red", "the channel of 'wrong' of 'northside' is in another workspace"),
        ("contact_not_private", "red", "the channel of 'public' of 'northside' cannot be used"),
        ("site_serves_nobody", "red", "nobody can raise at 'northside': it serves slack:T9"),
    ):
        assert any(one == state and said.startswith(words) for one, said in of(found, code)), (words, found)
    assert not of(found, "staff_good")
    assert not of(found, "admin_good")
    (lead,) = of(found, "lead_good")
    assert lead[0] == "green"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"SIGNPOST_PUBLIC_URL": "https://signpost..example.org"}, "SIGNPOST_PUBLIC_URL"),
        ({"SIGNPOST_PUBLIC_URL": f"https://{'a' * 64}.example"}, "SIGNPOST_PUBLIC_URL"),
        ({"SIGNPOST_SMTP_URL": "smtp://u:p@mail..x", "SIGNPOST_MAIL_FROM": "a@b.example"}, "SIGNPOST_SMTP_URL"),
        ({"SIGNPOST_ADMINS": "mail:T1/U9"}, "SIGNPOST_ADMINS has a mail address"),
        ({"SIGNPOST_ADMINS": "slack:T1/S9"}, "SIGNPOST_ADMINS has an entry that is a group"),
    ],
)
async def test_a_value_that_cannot_work_is_said_once_with_what_to_do_and_the_rest_is_looked_at(
    slack: SlackStandIn, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    status, found = await look(settings(slack, tmp_path, CONFIG, **change))

    about = [one for one in found if words.partition(" ")[0] in one["found"] + one["do"]]
    wrong = [one for one in about if one["code"] == "setting_wrong"]
    assert status == 1
    assert [one["found"].startswith(words) for one in wrong] == [True], found
    assert wrong[0]["do"]
    assert not [one for one in about if one["code"] in ("public_address_unset", "sites_none")]
    assert of(found, "slack_token_good")


async def test_a_config_that_is_not_there_is_not_said_a_second_time_as_none(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    _, found = await look(settings(slack, tmp_path, SIGNPOST_CONFIG="/nowhere.toml"))
    assert of(found, "setting_wrong")
    assert not of(found, "sites_none")


async def test_every_finding_has_a_code_and_whatever_is_not_green_says_what_to_do() -> None:
    _, found = await look({"SIGNPOST_SLACK_TOKEN": "x", "SIGNPOST_KEYS": "changeme", "SIGNPOST_PORT": "3979"})
    assert {"setting_missing", "setting_unknown", "keys_wrong", "slack_not_configured", "teams_not_configured"} <= {
        one["code"] for one in found
    }
    assert [one for one in found if one["state"] != "green" and not (one["do"] and one["code"])] == []


async def test_a_fault_in_one_look_is_a_finding_and_costs_no_other(
    slack: SlackStandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def fails(*_: object) -> tuple[Finding, ...]:
        raise UnicodeError

    monkeypatch.setattr(mail, "look", fails)
    for name, value in settings(slack, tmp_path, CONFIG).items():
        monkeypatch.setenv(name, value)
    found = await command._look(lambda *_: pytest.fail("Teams is not configured"), links=False)

    assert [one.matter for one in found if one.code == "look_failed"] == ["Mail"]
    assert [one for one in found if one.code == "slack_token_good"]
    assert capsys.readouterr().err == ""


async def test_it_speaks_in_whatever_the_terminal_can_show(slack: SlackStandIn, tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "doctor"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=without_ours(os.environ) | settings(slack, tmp_path) | {"PYTHONIOENCODING": "ascii"},
    )
    out, err = await process.communicate()
    assert (err, b"-> " in out) == (b"", True)


def test_the_same_of_many_sites_is_one_line_and_lines_fit_the_screen() -> None:
    sites = [f"'school-{number}'" for number in range(20)]
    same = [Finding("phone_none", "Phone", "amber", f"{one} has no phone number", "Set it.", one) for one in sites]
    whole = written([*same, Finding("disk", "Disk", "amber", "12 MB are free", "Make room.")])
    assert len(whole.splitlines()) == 4
    assert all(one in whole for one in sites)
    assert all(len(line) <= 60 for line in written(same, width=60).splitlines())


async def test_each_reason_why_nobody_can_reach_us_has_its_own_sentence() -> None:
    async def hangs(_request: web.Request) -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    other = TestServer(_app(lambda _request: asyncio.sleep(0, web.Response())))
    slow = TestServer(_app(hangs))
    nobody = free_port()
    await other.start_server()
    await slow.start_server()
    try:
        said: dict[str, str] = {}
        for code, url in (
            ("public_address_other", str(other.make_url("")).rstrip("/")),
            ("public_address_hangs", str(slow.make_url("")).rstrip("/")),
            ("public_address_not_listening", f"http://127.0.0.1:{nobody}"),
            ("public_address_name_unknown", "https://no-such-name.invalid"),
        ):
            finding = await public.look(_given(url), "/slack/events", whose="Slack", given="requests begin")
            assert finding.code == code, finding
            assert url in finding.found
            said[code] = finding.do
        assert len(set(said.values())) == len(said)
    finally:
        await other.close()
        await slow.close()


def _given(url: str) -> Settings:
    return Settings(public_url=url, ops_port=free_port())


def _app(handler) -> web.Application:  # type: ignore[no-untyped-def]  # noqa: ANN001
    app = web.Application()
    app.router.add_get("/slack/events", handler)
    return app


async def test_each_reason_why_postgresql_is_away_has_its_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "STEP_SECONDS", 0.5)

    async def hangs(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(5)
        writer.close()

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.read(8) == b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
        writer.write(b"N")

    silent = await asyncio.start_server(hangs, "127.0.0.1", 0)
    real = await asyncio.start_server(answers, "127.0.0.1", 0)
    async with silent, real:
        for host, port, code in (
            ("no-such-name.invalid", 5432, "database_name_unknown"),
            ("127.0.0.1", free_port(), "database_not_listening"),
            ("127.0.0.1", silent.sockets[0].getsockname()[1], "database_hangs"),
        ):
            finding = await server.why_away(host, port)
            assert finding is not None
            assert finding.code == code
        assert await server.why_away("127.0.0.1", real.sockets[0].getsockname()[1]) is None


async def test_a_folder_that_cannot_be_made_is_red(slack: SlackStandIn, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    given = settings(slack, tmp_path, CONFIG) | {"SIGNPOST_DATA_DIR": str(tmp_path / "file" / "data")}
    status, found = await look(given)
    assert (status, of(found, "database_cannot_be_made")[0][0]) == (1, "red")


async def test_a_site_of_chat_that_the_file_hides_is_named(slack: SlackStandIn, tmp_path: Path) -> None:
    given = settings(slack, tmp_path, CONFIG)
    store = await real_store(tmp_path, Directory(), given["SIGNPOST_KEYS"])

    def keep(work: Work) -> None:
        work.keep_site(Site("northside", "Northside", "england", ("slack:T1/U2",), serves=frozenset({"slack:T1"})))

    await store.run(keep)
    await store.close()
    _, found = await look(given)
    ((state, said),) = of(found, "site_shadowed")
    assert state == "amber"
    assert said.startswith("'northside' was set up in chat as well")


async def test_settings_that_are_not_used_or_are_for_tests_alone_are_amber(slack: SlackStandIn, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("0", encoding="utf-8")
    file.chmod(0o600)
    teams = {"SIGNPOST_TEAMS_APP_ID": "app", "SIGNPOST_TEAMS_TENANT_ID": "t", "SIGNPOST_TEAMS_CLIENT_SECRET": "hunter2"}
    two = {"SIGNPOST_TEAMS_CERTIFICATE_FILE": str(file), "SIGNPOST_TEAMS_AUTHORITY": "https://127.0.0.1:9"}
    _, found = await look(settings(slack, tmp_path, CONFIG, SIGNPOST_CLOCK_FILE=str(file), **teams, **two))

    ((state, said),) = of(found, "setting_unused")
    assert (state, said) == ("amber", "SIGNPOST_TEAMS_CLIENT_SECRET is set and not used: the certificate goes before")
    ((state, said),) = of(found, "clock_can_be_moved")
    assert (state, said.startswith("SIGNPOST_CLOCK_FILE is set")) == ("amber", True)
    assert "hunter2" not in json.dumps(found)


@pytest.mark.parametrize(("why", "words"), [("token_expired", "new app"), ("not_allowed_token_type", "Bot User OAuth")])
def test_each_refusal_of_slacks_that_has_an_answer_of_ours_gives_it(why: str, words: str) -> None:
    finding = of_slack._token(Answer({"ok": False, "error": why}))
    assert (finding.code, finding.state) == ("slack_token_refused", "red")
    assert words in finding.do


async def test_an_admin_who_is_a_guest_is_told_what_an_admin_does(slack: SlackStandIn, tmp_path: Path) -> None:
    slack.add_person("U9", "Gus Guest", is_restricted=True)
    _, found = await look(settings(slack, tmp_path, CONFIG, SIGNPOST_ADMINS="slack:T1/U9"))
    ((state, said),) = of(found, "admin_guest")
    assert (state, said) == ("red", "slack:T1/U9, an admin, is a guest, and no guest sets anything up")
    (do,) = [one["do"] for one in found if one["code"] == "admin_guest"]
    assert "/signpost admin" in do
