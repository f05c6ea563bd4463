"""SR-33: the page behind a mail's link: opening it changes nothing, pressing its button acknowledges, once."""

from __future__ import annotations

import asyncio
from base64 import b64decode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import aiohttp
import pytest

from bot.mail import page as page_module
from bot.seals import Seals
from bot.store.erase import erase_case
from bot.store.outbox import Outbox
from bot.store.vault import new_key
from tests.mail.cases import School
from tests.mail.pages import Site, acknowledgements, on_a_port, site

__all__ = ["site"]

NOBODY = {"name": ""}


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
    status, shown = await site.get(await site.link(), "POST", data=NOBODY)

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
    answers = {await site.get(one) for one in wrong} | {await site.get(one, "POST", data=NOBODY) for one in wrong}
    case = await site.school.case()
    assert case.acknowledged == ()
    await erase_case(site.school.store, case.reference, closed_only=False)
    answers |= {await site.get(link), await site.get(link, "POST", data=NOBODY)}

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
        client.post(address + link, data=NOBODY) as answer,
    ):
        assert answer.status == 200
        assert "Acknowledged by" in await answer.text()
    await school.store.close()


async def test_a_link_of_an_earlier_mail_stops_the_one_that_is_still_to_go(site: Site) -> None:
    await site.school.store.run(lambda work: work.mark(site.sent.id, "unsure"))
    again = await site.school.store.run(lambda work: work.enqueue(replace(site.sent, id="")))
    await site.get(await site.link(), "POST", data=NOBODY)

    found = {one.id: one.state for one in await site.school.queued()}
    assert found[again] == "dropped"


async def test_whoever_has_the_link_has_the_mail_so_lost_answers_are_settled(site: Site) -> None:
    claim = None
    outbox = Outbox(site.school.store)
    while claim is None or claim.delivery.id != site.sent.id:
        claim = await outbox.claim()
    await site.get(await site.link(), "POST", data=NOBODY)
    await outbox.unsure(claim, "answer_lost")

    assert [one.state for one in await site.school.queued()] == ["acknowledged"]
