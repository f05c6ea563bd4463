"""The page behind a mail's link: opening it changes nothing, pressing its button acknowledges, once."""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import aiohttp
import pytest
from sqlalchemy import text

from bot.mail import page as page_module
from bot.mail.page import Page, Turnstile
from bot.metrics import Metrics
from bot.seals import Seals
from bot.store.erase import erase_case
from bot.store.outbox import Outbox
from bot.store.vault import new_key
from bot.web import Port, public_app
from handlers.intents import Intent
from handlers.ports import Delivery
from handlers.screens import Screen
from tests.mail.cases import School
from tests.running.ports import free_port


@dataclass
class Site:
    """The page on a real port, in front of a real store."""

    school: School
    address: str
    client: aiohttp.ClientSession
    sent: Delivery

    async def get(self, path: str, method: str = "GET", **more: object) -> tuple[int, str]:
        async with self.client.request(method, self.address + path, **more) as answer:  # type: ignore[arg-type]
            return answer.status, await answer.text()

    async def link(self) -> str:
        return await self.school.path(self.sent)


@asynccontextmanager
async def on_a_port(school: School) -> AsyncIterator[str]:
    """The public port, as `serve` opens it."""
    metrics = Metrics()
    page = Page(_Desk(school), school.store, Outbox(school.store).delivery, await school.seals(), metrics.refused)
    number = free_port()
    port = Port(public_app(page.routes(), metrics), "127.0.0.1", number)
    await port.open()
    try:
        yield f"http://127.0.0.1:{number}"
    finally:
        await port.close()


class _Desk:
    """The front desk without its platforms."""

    def __init__(self, school: School) -> None:
        self._school = school

    async def answer(self, intent: Intent) -> Screen | None:
        return await self._school.answer(intent)

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the page has no business with {name}")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    school = await School.open(tmp_path, new_key())
    sent = await school.refers()
    async with on_a_port(school) as address, aiohttp.ClientSession() as client:
        yield Site(school, address, client, sent)
    await school.store.close()


async def acknowledgements(site: Site) -> list[str]:
    return [one.name for one in (await site.school.case()).acknowledged]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_opening_the_link_changes_nothing_however_often(site: Site, method: str) -> None:
    case, queued = await site.school.case(), await site.school.queued()
    for _ in range(5):
        status, shown = await site.get(await site.link(), method)
        assert status == 200

    assert await site.school.case() == case
    assert await site.school.queued() == queued
    assert await site.school.queued("acknowledged_told") == []
    if method == "GET":
        assert case.reference in shown
        assert "Acknowledge</button>" in shown


async def test_the_page_names_the_reference_and_nothing_else_of_the_case(site: Site) -> None:
    _, shown = await site.get(await site.link())
    case = await site.school.case()

    assert case.reference in shown
    for word in ("Northside", "Priya", "police", "desk", case.id, site.sent.id, "adult", "image", "nude", "child"):
        assert word.lower() not in shown.lower()


async def test_the_link_names_nothing_of_the_case(site: Site) -> None:
    link, case = await site.link(), await site.school.case()
    token = link.removeprefix("/a/")

    for view in (token, str(b64decode(token + "==", altchars=b"-_")), token[22:]):
        assert case.reference not in view
        assert case.id not in view
        assert "desk" not in view


async def test_pressing_the_button_acknowledges_and_tells_the_lead(site: Site) -> None:
    status, shown = await site.get(await site.link(), "POST", data={"name": "PC 1234 Marsh"})

    assert status == 200
    assert "Acknowledged by PC 1234 Marsh at" in shown
    assert await acknowledgements(site) == ["PC 1234 Marsh"]
    (said,) = (await site.school.case()).acknowledged
    assert str(said.by) == str(site.sent.to)
    assert len(await site.school.queued("acknowledged_told")) == 1
    assert await site.school.queued("acknowledged") == [], "a mail cannot be changed"


async def test_nobody_has_to_say_who_they_are(site: Site) -> None:
    status, shown = await site.get(await site.link(), "POST")

    assert status == 200
    assert "Acknowledged by somebody who gave no name at" in shown


@pytest.mark.parametrize("name", ["https://evil.example/a.jpg", "photo.png", "data:image/png;base64,AAAA"])
async def test_what_may_not_be_kept_is_not_kept_and_it_is_acknowledged_all_the_same(site: Site, name: str) -> None:
    status, shown = await site.get(await site.link(), "POST", data={"name": name})

    assert status == 200
    assert "was not kept" in shown
    assert name not in shown
    assert await acknowledgements(site) == ["somebody who gave no name"]


async def test_a_name_is_shown_as_text_and_cut_to_its_length(site: Site) -> None:
    typed = "<b onclick=x>\u202eMarsh\r\nPC</b>" + "x" * 500
    _, shown = await site.get(await site.link(), "POST", data={"name": typed})
    (kept,) = await acknowledgements(site)

    assert "<b " not in shown
    assert "\u202e" not in shown
    assert kept == ("<b onclick=x> Marsh PC</b>" + "x" * 500)[:80]


async def test_whoever_presses_again_is_told_who_did_and_when(site: Site) -> None:
    _, first = await site.get(await site.link(), "POST", data={"name": "Marsh"})
    _, second = await site.get(await site.link(), "POST", data={"name": "Somebody Else"})
    _, opened = await site.get(await site.link())

    assert second == opened == first
    assert "Marsh" in second
    assert await acknowledgements(site) == ["Marsh"]
    assert len(await site.school.queued("acknowledged_told")) == 1


async def test_twenty_presses_at_once_are_one_acknowledgement(site: Site) -> None:
    link = await site.link()
    answers = await asyncio.gather(*(site.get(link, "POST", data={"name": f"N{n}"}) for n in range(20)))

    assert {status for status, _ in answers} == {200}
    assert len(await acknowledgements(site)) == 1
    assert len(await site.school.queued("acknowledged_told")) == 1


async def test_an_altered_or_invented_link_gets_the_answer_of_an_erased_case(site: Site) -> None:
    link = await site.link()
    other = Seals(_Other()).seal(site.sent.id, page_module.HOLDER)
    of_a_person = (await site.school.seals()).seal(site.sent.id, "slack:T1/U2")
    of_another = await site.school.path(replace(site.sent, id=(await site.school.queued("lead_notice"))[0].id))
    wrong = [
        *(f"/a/{token}" for token in (other, of_a_person, "x", "x" * 5000, "%00", "%ff", "a%2Fb", "\u00e4")),
        *(link[:-n] for n in (1, 5)), link + "A", link[:4] + "A" + link[5:], of_another,
    ]  # fmt: skip
    answers = {await site.get(one, method) for one in wrong for method in ("GET", "POST")}
    case = await site.school.case()
    assert case.acknowledged == ()
    await erase_case(site.school.store, case.reference, closed_only=False)
    answers |= {await site.get(link), await site.get(link, "POST")}

    assert len(answers) == 1, answers
    ((status, shown),) = answers
    assert status == 404
    assert "This link leads nowhere, or not any more." in shown


class _Other:
    """The secret of another deployment."""

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        return (sha256(purpose.encode()).digest(),)


async def test_a_link_works_after_a_restart(tmp_path: Path) -> None:
    key = new_key()
    school = await School.open(tmp_path, key)
    link = await school.path(await school.refers())
    await school.store.close()
    school = await School.open(tmp_path, key)
    async with (
        on_a_port(school) as address,
        aiohttp.ClientSession() as client,
        client.post(address + link) as answer,
    ):
        assert answer.status == 200
        assert "Acknowledged by" in await answer.text()
    await school.store.close()


async def test_a_link_of_an_earlier_mail_stops_the_one_that_is_still_to_go(site: Site) -> None:
    await site.school.store.run(lambda work: work.mark(site.sent.id, "unsure"))
    again = await site.school.store.run(lambda work: work.enqueue(replace(site.sent, id="")))
    await site.get(await site.link(), "POST")

    found = {one.id: one.state for one in await site.school.queued()}
    assert found[again] == "dropped"


async def test_whoever_has_the_link_has_the_mail_so_lost_answers_are_settled(site: Site) -> None:
    claim = None
    outbox = Outbox(site.school.store)
    while claim is None or claim.delivery.id != site.sent.id:
        claim = await outbox.claim()
    await site.get(await site.link(), "POST")
    await outbox.unsure(claim, "answer_lost")

    assert [one.state for one in await site.school.queued()] == ["acknowledged"]


async def test_the_answer_may_run_nothing_and_is_kept_and_passed_on_by_nobody(site: Site) -> None:
    async with site.client.get(site.address + await site.link()) as answer:
        headers, shown = answer.headers, await answer.text()
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    style = shown.split("<style>")[1].split("</style>")[0]

    assert policy == {
        "default-src": "'none'", "form-action": "'self'", "base-uri": "'none'", "frame-ancestors": "'none'",
        "style-src": f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'",
    }  # fmt: skip
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    for tag in ("<script", "<img", "<link", "src=", "href=", "http"):
        assert tag not in shown


async def test_one_link_opened_without_end_is_slowed_and_others_are_not(site: Site) -> None:
    link = await site.link()
    found = [await site.get(link) for _ in range(page_module.AT_ONCE + 5)]

    assert [status for status, _ in found].count(200) == page_module.AT_ONCE
    assert {status for status, _ in found[page_module.AT_ONCE :]} == {429}
    assert "Wait a minute" in found[-1][1]


def test_a_link_that_was_slowed_works_again_after_a_while() -> None:
    moments = [0.0]
    stile = Turnstile(lambda: moments[0])
    assert [stile.lets("a") for _ in range(page_module.AT_ONCE + 1)].count(True) == page_module.AT_ONCE
    assert stile.lets("b")
    moments[0] += 60

    assert [stile.lets("a") for _ in range(20)].count(True) == page_module.PER_MINUTE


async def test_without_its_records_it_says_not_now_and_acknowledges_nothing(site: Site) -> None:
    await site.school.store.transact(lambda session: session.run(text("ALTER TABLE outbox RENAME TO away")))
    link = await site.link()
    answers = [await site.get(link), await site.get(link, "POST")]
    await site.school.store.transact(lambda session: session.run(text("ALTER TABLE away RENAME TO outbox")))

    assert {status for status, _ in answers} == {503}
    assert all("Nothing was acknowledged" in shown for _, shown in answers)
    assert await acknowledgements(site) == []


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"name=" + b"x" * 5000, {"Content-Type": "application/x-www-form-urlencoded"}, 413),
        (b"name=\xff", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        ("&".join(f"a{n}=1" for n in range(50)).encode(), {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        (b'{"name": "Marsh"}', {"Content-Type": "application/json"}, 200),
        (b"name=Marsh", {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"}, 415),
    ],
    ids=["too long", "no text", "too many fields", "no form", "packed"],
)
async def test_a_body_that_no_browser_sends_breaks_nothing(
    site: Site, body: bytes, headers: dict[str, str], status: int
) -> None:
    answered, _ = await site.get(await site.link(), "POST", data=body, headers=headers)

    assert answered == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_no_other_method_answers(site: Site, method: str) -> None:
    status, _ = await site.get(await site.link(), method)

    assert status == 405
