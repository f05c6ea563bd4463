"""The page's server answers this page alone, with headers that leave no room for anybody else's script."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.play import doing, school
from bot.play.slack import Message, SlackStandIn
from bot.play.web import PlayPage
from tests.play import small_bot, small_teams_bot
from tests.play.in_one_loop import fixture
from tests.play.two_sides import TwoSides, two_sides

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

__all__ = ["two_sides"]


@fixture
async def page() -> AsyncIterator[PlayPage]:
    async with SlackStandIn() as slack:
        school.fill(slack)
        runner, _ = await small_bot.serve(slack)
        served = PlayPage(slack)
        await served.start()
        yield served
        await served.close()
        await runner.cleanup()


async def ask(page: PlayPage, path: str = "", method: str = "GET", **more: Any) -> tuple[int, aiohttp.ClientResponse]:
    async with aiohttp.ClientSession() as session, session.request(method, f"{page.address}{path}", **more) as answer:
        await answer.read()
        return answer.status, answer


def origin(page: PlayPage) -> dict[str, str]:
    return {"Origin": page.address.rstrip("/")}


async def test_every_answer_carries_the_headers_and_no_version(page: PlayPage) -> None:
    for path in ("", "page/app.js", "page/page.css", "page/icon.svg", "library.js", "cast", "page/none.js"):
        _, answer = await ask(page, path)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy
        assert "require-trusted-types-for 'script'" in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Server" not in answer.headers


async def test_only_what_is_listed_is_served(page: PlayPage) -> None:
    for path in ("page/..%2fweb.py", "page/%2e%2e/web.py", "page/", "favicon.ico", "api/auth.test", "page/web.py"):
        assert (await ask(page, path))[0] == 404
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert (await ask(page, "do", method, headers=origin(page)))[0] == 405
    assert (await ask(page, "do"))[0] == 405


async def test_another_name_for_this_machine_is_not_answered(page: PlayPage) -> None:
    for host in ("evil.example", "evil.example:8808", "127.0.0.1", ""):
        status, _ = await ask(page, headers={"Host": host})
        assert status in {400, 421}


async def test_a_post_must_come_from_the_page_itself_and_be_json(page: PlayPage) -> None:
    good = json.dumps({"as": "U1", "do": "home"})
    as_json = {"Content-Type": "application/json"}
    assert (await ask(page, "do", "POST", data=good, headers=as_json | origin(page)))[0] == 200
    assert (await ask(page, "do", "POST", data=good, headers=as_json))[0] == 403
    assert (await ask(page, "do", "POST", data=good, headers=as_json | {"Origin": "http://evil.example"}))[0] == 403
    assert (await ask(page, "do", "POST", data=good, headers=origin(page) | {"Content-Type": "text/plain"}))[0] == 415
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert (await ask(page, "stream?as=U1", headers=elsewhere))[0] == 403


async def test_what_makes_no_sense_is_a_400_without_a_trace(page: PlayPage) -> None:
    for body in (
        "",
        "[]",
        "nonsense",
        '{"as": "U9", "do": "home"}',
        '{"as": "U1", "do": "fly"}',
        '{"as": "U1", "do": "press"}',
    ):
        headers = {"Content-Type": "application/json"} | origin(page)
        status, answer = await ask(page, "do", "POST", data=body, headers=headers)
        assert status == 400
        assert "Traceback" not in await answer.text()
    assert (await ask(page, "stream?as=U9"))[0] == 400


async def do(page: PlayPage, **what: Any) -> dict[str, Any]:
    _, answer = await ask(page, "do", "POST", json=what, headers=origin(page))
    return dict(await answer.json())


async def test_what_cannot_be_done_is_said_in_a_sentence(page: PlayPage) -> None:
    assert "another organisation" in (await do(page, **{"as": "U5", "do": "command", "text": "/signpost"}))["problem"]
    assert "Type /signpost" in (await do(page, **{"as": "U1", "do": "command", "text": "hello"}))["problem"]
    assert "changed" in (await do(page, **{"as": "U1", "do": "submit", "window": "V1", "answers": {}}))["problem"]
    gone = {"do": "press", "action": "acknowledge", "place": "message", "ts": "1.0"}
    assert (await do(page, **{"as": "U5", **gone}))["problem"] == doing.GONE
    assert "no clock to move" in (await do(page, **{"as": "U1", "on": "stage", "do": "plug"}))["problem"]


async def test_the_stream_sends_the_screen_of_one_person_after_every_change(page: PlayPage) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{page.address}stream?as=U1") as answer:

        async def next_screen() -> dict[str, Any]:
            while not (line := await answer.content.readline()).startswith(b"data: "):
                pass
            return dict(json.loads(line.removeprefix(b"data: ")))

        assert (await next_screen())["window"] is None
        await do(page, **{"as": "U1", "do": "command", "text": "/signpost"})
        while not (screen := await next_screen())["window"]:
            pass
        assert screen["window"]["title"]["text"] == "A small form"
        assert screen["me"] == "U1"


async def on_teams(sides: TwoSides, user: str = "U1", **what: Any) -> dict[str, Any]:
    return await do(sides.page, **{"as": user, "on": "teams", **what})


async def test_what_is_done_on_teams_is_done_there_and_shown_with_both_sides_counted(two_sides: TwoSides) -> None:
    assert (await on_teams(two_sides, do="write", text="report"))["ok"]
    assert (await on_teams(two_sides, do="compose"))["ok"]
    small_teams_bot.put(two_sides.teams, "aad-priya", small_teams_bot.advice())
    ws = two_sides.slack.workspace()
    ws.messages.append(Message(ws.direct_channel("U2").id, two_sides.slack.new_ts(), "SP-7K4M-2Q: new.", []))

    screen = await first_screen(two_sides.page)

    assert [entry["mine"] for entry in screen["teams"]["messages"]] == [True, False]
    assert screen["teams"]["fresh"] == []
    assert screen["teams"]["dialog"]["title"] == "A small form"
    assert screen["unread"]["U2"] == 2
    assert (await on_teams(two_sides, do="press", dialog=1, action="next_page", answers={"safe": "no"}))["ok"]
    assert two_sides.seen.last("composeExtension/submitAction")["value"]["data"]["safe"] == "no"


async def first_screen(page: PlayPage) -> dict[str, Any]:
    async with aiohttp.ClientSession() as session, session.get(f"{page.address}stream?as=U1") as answer:
        while not (line := await answer.content.readline()).startswith(b"data: "):
            pass
        return dict(json.loads(line.removeprefix(b"data: ")))


async def test_what_cannot_be_done_on_teams_is_said_in_a_sentence(two_sides: TwoSides, page: PlayPage) -> None:
    assert "no Teams" in (await do(page, **{"as": "U1", "on": "teams", "do": "compose"}))["problem"]
    assert "another organisation" in (await on_teams(two_sides, "U5", do="write", text="report"))["problem"]
    assert "changed" in (await on_teams(two_sides, do="press", dialog=9, action="next_page"))["problem"]
    gone = await on_teams(two_sides, "U5", do="press", message="1", action="acknowledge")
    assert gone["problem"] == doing.GONE
    two_sides.seen.broken = True
    assert "did not answer" in (await on_teams(two_sides, do="write", text="report"))["problem"]
    headers = {"Content-Type": "application/json"} | origin(two_sides.page)
    for body in ('{"as": "U1", "on": "teams", "do": "fly"}', '{"as": "U1", "on": "teams", "do": "press"}'):
        assert (await ask(two_sides.page, "do", "POST", data=body, headers=headers))[0] == 400
