"""SR-33: the page behind a mail's link lets nobody do more than press its button: headers, limits, bodies, methods."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256

import pytest
from sqlalchemy import text

from bot.mail import page as page_module
from bot.mail.page import Turnstile
from tests.mail.pages import Site, acknowledgements, site

__all__ = ["site"]


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
    answers = [await site.get(link), await site.get(link, "POST", data={"name": ""})]
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
        (b"name=Marsh", {"Content-Type": "application/x-www-form-urlencoded", "Content-Encoding": "gzip"}, 415),
    ],
    ids=["too long", "no text", "too many fields", "packed"],
)
async def test_a_body_that_no_browser_sends_breaks_nothing(
    site: Site, body: bytes, headers: dict[str, str], status: int
) -> None:
    answered, _ = await site.get(await site.link(), "POST", data=body, headers=headers)

    assert answered == status


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/octet-stream", "text/html", ""])
async def test_what_no_form_sends_acknowledges_nothing(site: Site, kind: str) -> None:
    status, _ = await site.get(await site.link(), "POST", data=b"name=Marsh", headers={"Content-Type": kind})

    assert status == 415
    assert await acknowledgements(site) == []


async def test_a_form_of_several_parts_acknowledges_and_none_of_its_parts_is_read(site: Site) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=part"}
    body = b'--part\r\nContent-Disposition: form-data; name="name"\r\n\r\nMarsh\r\n--part--\r\n'
    status, _ = await site.get(await site.link(), "POST", data=body, headers=kind)

    assert status == 200
    assert await acknowledgements(site) == ["somebody who gave no name"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_no_other_method_answers(site: Site, method: str) -> None:
    status, _ = await site.get(await site.link(), method)

    assert status == 405
