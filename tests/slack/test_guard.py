"""Who is let in: SR-1 (signatures), SR-3 (workspaces), SR-6 (hostile bodies)."""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

import bot.body
import bot.slack.guard
from bot.body import Turned
from bot.play.slack import sign, signed_headers
from bot.slack.guard import Guard, read_form, read_json
from tests.running.ports import listening
from tests.slack.bench import Bench

FORM = "application/x-www-form-urlencoded"
BODY = urlencode({"team_id": "T1", "user_id": "U1", "command": "/signpost", "text": "", "trigger_id": "1.2"}).encode()
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def _status(
    client: aiohttp.ClientSession, bench: Bench, headers: object, body: bytes = BODY, url: str = ""
) -> int:
    async with client.post(url or bench.slack.bot_url, data=body, headers=headers) as answer:  # type: ignore[arg-type]
        assert "Traceback" not in await answer.text()
        return answer.status


def _signed(bench: Bench, body: bytes = BODY, *, ago: int = 0, kind: str = FORM, secret: str = "") -> dict[str, str]:
    now = int(bench.slack.clock()) - ago
    return dict(signed_headers(secret or bench.slack.signing_secret, now, body, kind))


async def test_sr_1_a_right_signature_is_let_in(client: aiohttp.ClientSession, bench: Bench) -> None:
    assert await _status(client, bench, _signed(bench)) == 200
    assert await _status(client, bench, _signed(bench, ago=295)) == 200
    assert bench.desk.names == ["start_report", "start_report"]


async def test_sr_1_ten_wrong_requests_are_refused_and_nobody_hears_of_them(
    client: aiohttp.ClientSession, bench: Bench
) -> None:
    good = _signed(bench)
    event = json.dumps({"type": "event_callback", "team_id": "T1"}, separators=(",", ":")).encode()
    spoilt = json.dumps(json.loads(event)).encode()
    stamp = good[STAMP]
    wrong: list[tuple[object, bytes]] = [
        ({"Content-Type": FORM}, BODY),
        ({key: value for key, value in good.items() if key != SIGNATURE}, BODY),
        ({key: value for key, value in good.items() if key != STAMP}, BODY),
        (_signed(bench, secret="another secret"), BODY),
        (good, BODY.replace(b"U1", b"U2")),
        (_signed(bench, ago=302), BODY),
        (_signed(bench, ago=-302), BODY),
        ({**good, STAMP: "soon"}, BODY),
        ({**good, STAMP: "٣٣٣٣٣٣٣٣٣٣"}, BODY),
        ({**good, STAMP: f"{stamp}0"}, BODY),
        ({**good, SIGNATURE: good[SIGNATURE].replace("v0=", "v1=")}, BODY),
        ({**good, SIGNATURE: "v0=é"}, BODY),
        (_signed(bench, event, kind="application/json"), spoilt),
        (good, b""),
        (_signed(bench, b""), b""),
        ([*good.items(), (SIGNATURE, good[SIGNATURE])], BODY),
        ([*good.items(), (STAMP, stamp)], BODY),
        ([*good.items(), (SIGNATURE.lower(), "v0=0")], BODY),
    ]

    for headers, body in wrong:
        assert await _status(client, bench, headers, body) == 401, headers
    assert bench.desk.intents == []
    assert bench.desk.asked == []
    assert set(bench.refused) == {"signature", "replay"}
    assert len(bench.refused) == len(wrong)


@pytest.mark.parametrize(("ago", "status"), [(300, 200), (-300, 200), (301, 401), (-301, 401)])
async def test_sr_1_a_request_is_five_minutes_old_at_most(client: aiohttp.ClientSession, ago: int, status: int) -> None:
    now = 1_800_000_000
    guard = Guard("a secret", clock=lambda: float(now))  # it stands still: a second more or less is to be seen

    async def take(request: web.Request) -> web.Response:
        try:
            await guard.body(request)
        except Turned as turned:
            return web.Response(status=turned.status)
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    async with listening(app) as port:
        headers = signed_headers("a secret", now - ago, BODY, FORM)
        async with client.post(f"http://127.0.0.1:{port}/", data=BODY, headers=headers) as answer:
            assert answer.status == status


def test_sr_1_signatures_are_compared_in_constant_time() -> None:
    """How long a comparison takes tells nothing in a test: so the source is looked at."""
    tree = ast.parse(Path(bot.slack.guard.__file__).read_text(encoding="utf-8"))
    (body,) = [one for one in ast.walk(tree) if isinstance(one, ast.AsyncFunctionDef) and one.name == "body"]
    compared = [ast.unparse(one) for one in ast.walk(body) if isinstance(one, ast.Compare)]
    calls = [ast.unparse(one) for one in ast.walk(body) if isinstance(one, ast.Call)]
    (call,) = [one for one in calls if one.startswith("hmac.compare_digest(")]
    assert "signature" in call
    assert "hexdigest" in call
    assert not [one for one in compared if "signature" in one or "digest" in one]


def test_sr_1_an_empty_secret_lets_nobody_in() -> None:
    for secret in ("", "  "):
        with pytest.raises(ValueError, match="signing secret"):
            Guard(secret)


async def test_the_address_is_verified_by_its_challenge(client: aiohttp.ClientSession, bench: Bench) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "abc", "token": "x"}).encode()
    headers = _signed(bench, body, kind="application/json")

    async with client.post(bench.slack.bot_url, data=body, headers=headers) as answer:
        assert await answer.json() == {"challenge": "abc"}


async def test_sr_3_a_workspace_that_is_not_configured_is_refused_unheard(bench: Bench) -> None:
    bench.slack.add_workspace("T7", bot_token="xoxb-other")
    bench.slack.add_person("U7", "Somebody Else", team="T7")
    before = len(bench.slack.calls)

    replies = [
        await bench.slack.command("U7", team="T7"),
        await bench.slack.shortcut("U7", team="T7"),
        await bench.slack.open_home("U7", team="T7"),
        await bench.slack.send_event({"type": "message", "channel_type": "im", "user": "U7", "text": "x"}, team="T7"),
    ]

    assert [(reply.status, reply.text) for reply in replies] == [(403, "")] * 4
    assert bench.refused == ["workspace"] * 4
    assert bench.desk.intents == []
    assert bench.desk.asked == []
    assert len(bench.slack.calls) == before


async def test_sr_6_bodies_that_slack_never_sends_are_refused(client: aiohttp.ClientSession, bench: Bench) -> None:
    nested = b'{"a":' * 1000 + b"1" + b"}" * 1000
    deep = b'{"a":' * 65 + b"1" + b"}" * 65
    bodies: list[tuple[bytes, str]] = [
        (b"a" * (1024 * 1024 + 1), FORM),
        (b"&".join(b"a%d=1" % number for number in range(10_000)), FORM),
        (nested, "application/json"),
        (deep, "application/json"),
        (b"[" * 200_000, "application/json"),
        (b"payload=" + nested, FORM),
        (b'{"type":"\xff\xfe"}', "application/json"),
        (b"payload=%FF%FE", FORM),
        (b"text=%FF%FE&command=/signpost", FORM),
        (b"payload={}&payload={}", FORM),
        (b"payload=nonsense", FORM),
        (b"payload=[]", FORM),
        (b'"text"', "application/json"),
        (BODY, "text/plain"),
        (BODY, "multipart/form-data; boundary=x"),
        (BODY, f"{FORM}; charset=utf-16"),
        (BODY, f"{FORM}; charset=no-such-thing"),
    ]

    for body, kind in bodies:
        status = await _status(client, bench, _signed(bench, body, kind=kind), body)
        assert 400 <= status < 500, (status, kind, body[:40])
        assert status != 401, (kind, body[:40])
    assert bench.desk.intents == []
    assert set(bench.refused) == {"too_large", "malformed", "encoding"}
    assert await _status(client, bench, _signed(bench)) == 200


async def test_sr_6_a_compressed_body_is_refused(client: aiohttp.ClientSession, bench: Bench) -> None:
    headers = {**_signed(bench), "Content-Encoding": "gzip"}

    assert 400 <= await _status(client, bench, headers) < 500
    assert bench.desk.intents == []


async def test_sr_6_a_slow_body_is_given_up_and_others_are_served_meanwhile(
    client: aiohttp.ClientSession, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.body, "BODY_SECONDS", 0.2)
    address = urlsplit(bench.slack.bot_url)
    reader, writer = await asyncio.open_connection(address.hostname, address.port)
    head = "".join(f"{name}: {value}\r\n" for name, value in _signed(bench).items())
    writer.write(f"POST /slack/events HTTP/1.1\r\nHost: x\r\n{head}Content-Length: 500\r\n\r\nteam".encode())

    assert await _status(client, bench, _signed(bench)) == 200
    assert (await reader.readline()).startswith(b"HTTP/1.1 408")
    assert bench.refused == ["too_slow"]
    writer.close()


async def test_a_form_without_its_parts_is_refused(client: aiohttp.ClientSession, bench: Bench) -> None:
    for fields in (
        {"command": "/signpost", "team_id": "T1"},
        {"command": "/signpost", "team_id": "T1", "user_id": "U 1"},
    ):
        body = urlencode(fields).encode()
        assert await _status(client, bench, _signed(bench, body), body) == 400
    assert bench.desk.intents == []


JSONS = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), JSONS, max_size=4), st.booleans())
def test_a_payload_is_read_as_the_library_would_read_it(payload: dict[str, object], ascii_only: bool) -> None:
    raw = urlencode({"payload": json.dumps(payload, ensure_ascii=ascii_only)}, errors="surrogatepass").encode()

    if not ascii_only and any("\ud800" <= sign <= "\udfff" for sign in json.dumps(payload, ensure_ascii=False)):
        with pytest.raises(Turned, match="encoding"):  # half a character cannot be UTF-8
            read_form(raw)
    else:
        assert read_form(raw) == payload


PIECES = (
    b"%",
    b"%4",
    b"%41",
    b"%2f",
    b"%%",
    b"%zz",
    b"%3D",
    b"=",
    b"=41",
    b"==",
    b"+",
    b"%0D%0A",
    b"%C3%A9",
    b"\xc3\xa9",
    b"a",
)


@given(st.lists(st.sampled_from(PIECES), max_size=12).map(b"".join))
def test_what_is_escaped_oddly_is_read_as_the_library_would_read_it(odd: bytes) -> None:
    text = unquote_to_bytes(odd.replace(b"+", b" "))

    try:
        assert read_form(b'payload={"text":"' + odd + b'"}') == {"text": text.decode()}
    except (Turned, UnicodeDecodeError):
        with pytest.raises(ValueError, match=r"codec|control character"):
            json.loads(b'{"text":"' + text + b'"}')


@given(st.binary(max_size=200))
def test_no_body_makes_the_reader_fail_in_another_way(raw: bytes) -> None:
    for read in (read_form, read_json):
        with suppress(Turned):
            assert isinstance(read(raw), dict)


def test_the_signature_is_that_of_slacks_own_example() -> None:
    """The one in Slack's documentation, so that we do not only agree with our own stand-in."""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&"
        b"channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&"
        b"response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )

    made = sign("8f742231b10e8888abcd99yyyzzz85a5", 1531420618, body)

    assert made == "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
