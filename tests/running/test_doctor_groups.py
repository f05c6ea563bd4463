"""A group that nobody can be told to be in is red, says why, and asks for what mends it: for leads, staff, a scope."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.play.slack import Channel, SlackStandIn
from bot.store.vault import new_key
from tests.running.served import run_bot

CONFIG = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["slack:T1/{group}"]
staff = ["slack:T1/{group}"]
phone = "01632 960001"
"""
Found = list[dict[str, str]]


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(strict=False) as standin:
        standin.add_person("U2", "Priya Nair")
        yield standin


async def look(slack: SlackStandIn, folder: Path, group: str, **more: str) -> tuple[int | None, Found]:
    (folder / "sites.toml").write_text(CONFIG.format(group=group), encoding="utf-8")
    status, out, err = await run_bot(
        "doctor", "--json",
        settings={
            "SIGNPOST_DATA_DIR": str(folder), "SIGNPOST_KEYS": new_key(),
            "SIGNPOST_CONFIG": str(folder / "sites.toml"), "SIGNPOST_SLACK_API_URL": slack.api_url,
            "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token, "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret, **more,
        },
    )  # fmt: skip
    assert err == ""
    return status, json.loads(out)


def a_channel(slack: SlackStandIn, **flags: object) -> str:
    return slack.add_channel(Channel("C0LEADS", "leads", ["U2"], **flags)).id  # type: ignore[arg-type]


def disabled(slack: SlackStandIn) -> str:
    group = slack.add_group("S5", ["U2"])
    group.disabled = True
    return group.id


def without_a_plan(slack: SlackStandIn) -> str:
    slack.workspace().user_groups_allowed = False
    return slack.add_group("S5", ["U2"]).id


def public_without_the_right(slack: SlackStandIn) -> str:
    slack.workspace().scopes.discard("channels:read")
    return a_channel(slack, is_private=False)


CASES: dict[str, tuple[Callable[[SlackStandIn], str], str, str, str]] = {
    "shared": (
        lambda slack: a_channel(slack, is_ext_shared=True, connected_team_ids=["T9"]), "shared",
        "is shared with another organisation", "of your own people alone",
    ),
    "about to be shared": (
        lambda slack: a_channel(slack, pending_connected_team_ids=["T9"]), "shared",
        "is shared with another organisation", "of your own people alone",
    ),
    "public": (public_without_the_right, "public", "is a public channel", "private channel"),
    "archived": (lambda slack: a_channel(slack, is_archived=True), "archived", "is archived", "in use"),
    "disabled": (disabled, "switched_off", "was disabled", "Enable it in Slack"),
    "no plan": (without_a_plan, "no_plan", "this Slack's plan has none", "Name the people themselves"),
    "not there": (lambda _: "C0NONE", "unreadable", "(channel_not_found)", "Signpost is in the channel"),
}  # fmt: skip


@pytest.mark.parametrize(("make", "code", "said", "do"), CASES.values(), ids=CASES.keys())
async def test_a_group_that_makes_nobody_a_lead_is_red_and_says_why(
    slack: SlackStandIn, tmp_path: Path, make: Callable[[SlackStandIn], str], code: str, said: str, do: str
) -> None:
    status, found = await look(slack, tmp_path, make(slack))

    assert status == 1
    assert not [one for one in found if one["code"] in ("lead_good", "staff_good")]
    for role in ("lead", "staff"):
        (one,) = [one for one in found if one["code"] == f"{role}_{code}"]
        assert one["state"] == "red"
        assert said in one["found"]
        assert do in one["do"]


async def test_a_private_channel_of_our_own_is_green(slack: SlackStandIn, tmp_path: Path) -> None:
    status, found = await look(slack, tmp_path, a_channel(slack))
    assert status == 0, found
    assert [one["state"] for one in found if one["code"] == "lead_good"] == ["green"]


@pytest.mark.parametrize("who", ["U2", "S5", "C0LEADS"])
async def test_a_missing_scope_asks_for_the_scope_and_not_for_another_id(
    slack: SlackStandIn, tmp_path: Path, who: str
) -> None:
    a_channel(slack)
    slack.add_group("S5", ["U2"])
    slack.workspace().scopes -= {"users:read", "usergroups:read", "groups:read"}
    _, found = await look(slack, tmp_path, who, SIGNPOST_ADMINS="slack:T1/U2")

    wrong = [one for one in found if one["code"] in ("lead_unreadable", "admin_unreadable")]
    assert {one["code"] for one in wrong} == {"lead_unreadable", "admin_unreadable"}
    for one in wrong:
        assert "missing_scope" in one["found"]
        assert "manifest.yml" in one["do"], one


def _redirect(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/login"})


@pytest.mark.parametrize(
    ("answer", "said", "do"),
    [
        (_redirect, "what answers there is not Slack", "login page"),
        (lambda _: web.Response(text="<html>log in", content_type="text/html"), "not Slack", "login page"),
        (lambda _: web.json_response([1, 2]), "not Slack", "login page"),
        (lambda _: web.json_response({"message": "log in"}), "not Slack", "login page"),
        (lambda _: web.Response(status=500, text="no"), "trouble of its own", "in a few minutes"),
        (lambda _: web.json_response({"ok": False, "error": "x"}, status=429), "(ratelimited)", "in a minute"),
    ],
    ids=["redirect", "login page", "list", "another program", "500", "429"],
)
async def test_whatever_answers_in_slacks_place_is_told_apart(
    slack: SlackStandIn, tmp_path: Path, answer: Callable[[web.Request], web.Response], said: str, do: str
) -> None:
    async def respond(request: web.Request) -> web.Response:
        return answer(request)

    handler: Callable[[web.Request], Awaitable[web.Response]] = respond
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    async with TestServer(app) as server:
        _, found = await look(slack, tmp_path, "U2", SIGNPOST_SLACK_API_URL=str(server.make_url("/api/")))

    (token,) = [one for one in found if one["matter"] == "Slack token"]
    assert token["state"] == "red"
    assert said in token["found"]
    assert do in token["do"]
