"""The two ports over real HTTP: what answers, what does not, and how little an answer tells."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest
from aiohttp import web
from yarl import URL

from bot.metrics import Metrics
from bot.serving import web as ours
from tests.running.ports import listening, say

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO"]
PATHS = [
    "/", "/slack", "/slack/events", "/slack/events/", "/slack/install", "/slack/oauth_redirect", "/api/messages",
    "/r/x", "/a/x", "/livez", "/readyz", "/metrics", "/favicon.ico", "/robots.txt", "/.env", "/.git/config", "/admin",
    "/static/", "/docs", "/openapi.json", "/slack/../metrics", "/slack/events?x=1", "//slack/events",
    "/%2e%2e/etc/passwd", "/SLACK/EVENTS",
]  # fmt: skip
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass
class Public:
    """The public port with one route, which notes what it was given."""

    port: int
    metrics: Metrics
    bodies: list[bytes] = field(default_factory=list)
    answer: Callable[[], web.StreamResponse] = field(default=lambda: web.Response(text="done"))

    def url(self, path: str = "/slack/events") -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def figures(self) -> str:
        return self.metrics.text().decode()


@pytest.fixture
async def public() -> AsyncIterator[Public]:
    metrics = Metrics()
    state = Public(0, metrics)

    async def events(request: web.Request) -> web.StreamResponse:
        state.bodies.append(await request.read())
        return state.answer()

    async with listening(ours.public_app([web.post("/slack/events", events)], metrics)) as port:
        state.port = port
        yield state


async def test_only_the_documented_routes_and_methods_answer(public: Public) -> None:  # SR-7
    async with aiohttp.ClientSession() as client:
        for path in PATHS:
            for method in METHODS:
                url = URL(public.url(path), encoded=True)
                async with client.request(method, url, data=b"", allow_redirects=False) as reply:
                    good = method == "POST" and path in ("/slack/events", "/slack/events?x=1")
                    assert reply.status in ({200} if good else {400, 404, 405}), (method, path, reply.status)
                    if not good:
                        assert await reply.read() == b""

    assert len(public.bodies) == 2


async def test_no_answer_names_the_server_and_all_forbid_to_keep_or_frame_it(public: Public) -> None:  # SR-7
    def boom() -> web.StreamResponse:
        raise RuntimeError("SENTINEL")

    public.answer = boom
    async with aiohttp.ClientSession() as client:
        for method, path in [("POST", "/slack/events"), ("GET", "/slack/events"), ("GET", "/"), ("TRACE", "/")]:
            async with client.request(method, public.url(path)) as reply:
                assert "Server" not in reply.headers
                assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
                assert "frame-ancestors 'none'" in reply.headers["Content-Security-Policy"]
                assert "unsafe-inline" not in reply.headers["Content-Security-Policy"]
                assert reply.headers["X-Content-Type-Options"] == "nosniff"
                assert reply.headers["Referrer-Policy"] == "no-referrer"
                assert reply.headers["Cache-Control"] == "no-store"
                assert await reply.text() == ""


async def test_a_failure_inside_is_a_bare_500(public: Public) -> None:
    def boom() -> web.StreamResponse:
        raise RuntimeError("SENTINEL")

    public.answer = boom
    async with aiohttp.ClientSession() as client, client.post(public.url(), data=b"x") as reply:
        assert reply.status == 500
        assert await reply.text() == ""


async def test_what_is_no_http_gets_a_bare_400_without_a_version(public: Public) -> None:
    for raw in [
        b"hello\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n",
        b"POST /slack/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
    ]:
        answer = await say(public.port, raw)
        assert answer.startswith(b"HTTP/1."), raw[:40]
        assert b" 400 " in answer.split(b"\r\n")[0], (raw[:40], answer[:60])
        assert b"aiohttp" not in answer.lower()
        assert b"python" not in answer.lower()
        assert b"traceback" not in answer.lower()


HOSTILE: dict[str, tuple[bytes, dict[str, str], int]] = {
    "one byte over 1 MiB": (b"a" * (1024 * 1024 + 1), FORM, 413),
    "10,000 fields": (b"&".join(b"a=1" for _ in range(10_000)), FORM, 400),
    "bytes that are no UTF-8": (b"payload=\xff\xfe\xfa", FORM, 400),
    "another charset than it says": (b"\xe4", {"Content-Type": "application/json; charset=ascii"}, 400),
    "a charset that does not exist": (b"a", {"Content-Type": "application/json; charset=klingon"}, 400),
    "a charset that decodes to bytes": (b"61", {"Content-Type": "application/json; charset=hex"}, 400),
    "a compressed body": (gzip.compress(b"a=1"), {**FORM, "Content-Encoding": "gzip"}, 415),
    "no gzip although it says so": (b"a=1", {**FORM, "Content-Encoding": "gzip"}, 415),
    "a bomb": (gzip.compress(b"\0" * 50_000_000), {**FORM, "Content-Encoding": "deflate"}, 415),
}  # fmt: skip


@pytest.mark.parametrize(("body", "headers", "status"), HOSTILE.values(), ids=HOSTILE.keys())
async def test_a_hostile_body_is_refused_before_anybody_reads_it(  # SR-6
    public: Public, body: bytes, headers: dict[str, str], status: int
) -> None:
    tracemalloc.start()
    async with aiohttp.ClientSession() as client, client.post(public.url(), data=body, headers=headers) as reply:
        assert reply.status == status
        assert await reply.text() == ""
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert public.bodies == []
    assert most < 10 * 1024 * 1024
    assert "signpost_requests_refused_total" in public.figures()


async def test_a_body_of_exactly_the_limit_is_read(public: Public) -> None:
    body = b"a" * (1024 * 1024 - 1)
    async with aiohttp.ClientSession() as client, client.post(public.url(), data=body, headers=FORM) as reply:
        assert reply.status == 200

    assert len(public.bodies[0]) == 1024 * 1024 - 1


async def test_a_slow_body_ends_in_408_and_others_are_served_meanwhile(  # SR-6
    public: Public, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ours, "BODY_SECONDS", 0.3)
    head = b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"
    slow = asyncio.create_task(say(public.port, head, wait=6))

    async with aiohttp.ClientSession() as client, client.post(public.url(), data=b"a=1") as reply:
        assert reply.status == 200

    assert b" 408 " in (await slow).split(b"\r\n")[0]


async def test_a_body_that_breaks_off_reaches_nobody(public: Public) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", public.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
    await writer.drain()
    writer.close()
    await reader.read()
    await asyncio.sleep(0.05)

    assert public.bodies == []


async def test_a_stop_lets_an_answer_finish_and_takes_no_new_one() -> None:
    begun = asyncio.Event()

    async def slow(_request: web.Request) -> web.Response:
        begun.set()
        await asyncio.sleep(0.5)
        return web.Response(text="finished")

    port = 0
    async with aiohttp.ClientSession() as client:
        async with listening(ours.public_app([web.post("/slack/events", slow)], Metrics())) as port:
            answer = asyncio.create_task(client.post(f"http://127.0.0.1:{port}/slack/events"))
            await begun.wait()
        reply = await answer
        assert await reply.text() == "finished"
        with pytest.raises(aiohttp.ClientConnectionError):
            await client.post(f"http://127.0.0.1:{port}/slack/events")


@dataclass
class Parts:
    """What works, as a test says."""

    state: dict[str, bool] = field(default_factory=lambda: {"database": True, "slack": True})

    async def refresh(self) -> None:
        """Nothing to bring up to date."""


async def test_health_follows_what_works_and_liveness_does_not() -> None:
    parts = Parts()
    async with (
        listening(ours.ops_app(Metrics(), lambda: parts.state, parts.refresh)) as port,
        aiohttp.ClientSession() as client,
    ):
        base = f"http://127.0.0.1:{port}"
        async with client.get(base + "/readyz") as reply:
            assert (reply.status, await reply.json()) == (200, {"ready": True, "broken": []})
        parts.state["database"] = False
        async with client.get(base + "/readyz") as reply:
            assert (reply.status, await reply.json()) == (503, {"ready": False, "broken": ["database"]})
        async with client.get(base + "/livez") as reply:
            assert reply.status == 200
        for path in ("/slack/events", "/", "/debug"):
            async with client.post(base + path) as reply:
                assert reply.status == 404
        async with client.post(base + "/metrics") as reply:
            assert reply.status == 405


async def test_figures_come_in_prometheus_text_with_closed_labels() -> None:
    metrics, parts = Metrics(), Parts()
    metrics.refused("signature")
    metrics.refused("U123-SENTINEL")
    metrics.answered("SENTINEL", "answered", 0.1)
    metrics.delivered("slack:T1/U1-SENTINEL", "sent")
    async with (
        listening(ours.ops_app(metrics, lambda: parts.state, parts.refresh)) as port,
        aiohttp.ClientSession() as client,
        client.get(f"http://127.0.0.1:{port}/metrics") as reply,
    ):
        text = await reply.text()

    assert 'signpost_requests_refused_total{reason="signature"} 1.0' in text
    assert 'signpost_requests_refused_total{reason="other"} 1.0' in text
    assert "SENTINEL" not in text


def test_small_numbers_of_what_went_well_do_not_show_and_one_failure_does() -> None:  # SR-37
    metrics = Metrics()
    for _ in range(4):
        metrics.answered("submit_report", "answered", 0.1)
        metrics.delivered("slack", "sent")
    metrics.delivered("slack", "failed")
    metrics.answered("submit_report", "not_saved", 0.1)

    text = metrics.text().decode()
    assert 'signpost_intents_total{intent="submit_report",result="answered"} 0.0' in text
    assert 'signpost_deliveries_total{channel="slack",result="sent"} 0.0' in text
    assert 'signpost_deliveries_total{channel="slack",result="failed"} 1.0' in text
    assert 'signpost_intents_total{intent="submit_report",result="not_saved"} 1.0' in text

    for _ in range(3):
        metrics.answered("submit_report", "answered", 0.1)
    assert 'intent="submit_report",result="answered"} 5.0' in metrics.text().decode()
