"""A mail is sent once, or a person hears that nobody knows (SR-22), whatever the server and we ourselves do."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from bot import smtp
from bot.mail.send import MailChannel, MailOptions
from bot.metrics import Metrics
from bot.sending import one as send_one
from bot.sending import whole
from bot.sending.deliver import Worker
from bot.store.outbox import Outbox
from bot.store.store import Store
from handlers.contacts import room_of
from handlers.people import Account, Directory
from handlers.ports import Delivery, Drawn, Work
from handlers.screens import Message, Paragraph
from handlers.sites import Contact, Site
from tests.mail.servers import Server, Trust, serving
from tests.running.post_office import at_work, ends, let_go, queue, quick, states, store, until

__all__ = ["quick", "store"]

DESK = Contact("desk", "police", "mail", "desk@police.example", verified=True)
SITE = Site("northside", "Northside Academy", "england", ("slack:T1/U2",), contacts=(DESK,))
ROOM = room_of(DESK, SITE) or Account("mail", "", "")


def draw(delivery: Delivery, _work: Work) -> Drawn | None:
    """Words that name the delivery, so that a test can count them."""
    content = Message("SP-7K4M-2Q", (Paragraph(f"content of {delivery.id}"),))
    return Drawn(content, content, organisations=())


def channel(server: Server, trust: Trust, *contacts: Contact, login: str = "") -> MailChannel:
    directory = Directory((Site("northside", "Northside Academy", "england", (), contacts=contacts or (DESK,)),))
    options = MailOptions(server.server(login), "signpost@school.example", "https://school.example", trust.client())
    return MailChannel(options, lambda: directory, lambda one: f"https://school.example/a/{one}")


def worker(store: Store, mail: MailChannel, metrics: Metrics | None = None) -> Worker:
    made = Worker(Outbox(store), store, lambda: {"mail": mail}, metrics or Metrics(), draw=draw)
    store.on_enqueued = made.wake
    return made


def one(name: str) -> Delivery:
    return Delivery("referral", ROOM, extra="1:desk", id=name)


@pytest.fixture
def quick_mail(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # beside what is quick anyway
    """A place at the mail server too that a test can wait for."""
    monkeypatch.setattr(send_one, "WHOLE_AGAIN", 0.02)


def arrived(server: Server) -> Counter[str]:
    """How often each content was given to the server."""
    return Counter(str(message.get_content()).strip() for message in server.messages())


async def test_a_mail_is_one_transaction_and_then_it_is_sent(store: Store, trust: Trust) -> None:
    async with serving(Server(), trust.good()) as server, at_work(worker(store, channel(server, trust))):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "sent"}

    assert arrived(server) == {"content of a": 1}
    assert server.recipients == ["desk@police.example"]
    assert server.talks == 1


@pytest.mark.usefixtures("quick_mail")
async def test_a_thousand_answers_lost_after_the_words_are_a_thousand_doubts_and_no_mail_twice(
    store: Store, trust: Trust
) -> None:
    async with serving(Server(drops="words"), trust.good()) as server, at_work(worker(store, channel(server, trust))):
        for batch in range(50):
            await queue(store, *(one(f"{batch}-{number}") for number in range(20)))
            found = await ends(store, seconds=60)

    assert Counter(found.values()) == {"unsure": 1000}
    assert len(arrived(server)) == 1000
    assert set(arrived(server).values()) == {1}


@pytest.mark.usefixtures("quick_mail")
async def test_what_breaks_before_the_words_is_tried_until_it_works(store: Store, trust: Trust) -> None:
    async with serving(Server(drops="data"), trust.good()) as server, at_work(worker(store, channel(server, trust))):
        await queue(store, one("a"))
        await until(lambda: _talked(server, 4))
        server.drops = ""
        assert await ends(store) == {"a": "sent"}

    assert arrived(server) == {"content of a": 1}


async def _talked(server: Server, times: int) -> bool:
    return server.talks >= times


@pytest.mark.usefixtures("quick_mail")
@pytest.mark.parametrize("said", ["421 closing", "450 later", "451 later", "452 full"])
async def test_a_no_for_now_after_the_words_is_tried_again(store: Store, trust: Trust, said: str) -> None:
    bad = Server(says={"words": said})
    async with serving(bad, trust.good()) as server, at_work(worker(store, channel(server, trust))):
        await queue(store, one("a"))
        await until(lambda: _talked(server, 3))
        server.mails.clear()
        server.says.clear()
        assert await ends(store) == {"a": "sent"}

    assert arrived(server) == {"content of a": 1}
    assert len({message["Message-ID"] for message in server.messages()}) == 1


@pytest.mark.parametrize("says", [{"rcpt": "550 nobody"}, {"words": "552 too large"}, {"words": "550 no"}])
async def test_a_no_for_good_ends_it_at_the_first_try(store: Store, trust: Trust, says: dict[str, str]) -> None:
    async with serving(Server(says=says), trust.good()) as server, at_work(worker(store, channel(server, trust))):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "failed"}

    assert server.talks == 1


@pytest.mark.usefixtures("quick_mail")
async def test_a_login_that_is_refused_waits_for_an_admin_and_then_goes_out(store: Store, trust: Trust) -> None:
    async with serving(Server(wants_login=True), trust.good()) as server:
        mail = channel(server, trust, login="school:wrong@")
        async with at_work(worker(store, mail)):
            await queue(store, one("a"))
            await until(lambda: _talked(server, 2))
        assert (await states(store))["a"] in ("queued", "sending")
        async with at_work(worker(store, channel(server, trust, login="school:right@"))):
            assert await ends(store) == {"a": "sent"}

    assert arrived(server) == {"content of a": 1}


@pytest.mark.usefixtures("quick_mail")
async def test_a_worker_that_is_killed_after_the_words_leaves_doubt_and_its_successor_sends_nothing(
    store: Store, trust: Trust
) -> None:
    async with serving(Server(hangs="words"), trust.good()) as server:
        killed = asyncio.create_task(worker(store, channel(server, trust)).run())
        await queue(store, one("a"))
        await until(lambda: _given(server))
        killed.cancel()
        await let_go(store)
        server.hangs = ""
        async with at_work(worker(store, channel(server, trust))):
            assert await ends(store) == {"a": "unsure"}

    assert arrived(server) == {"content of a": 1}


async def _given(server: Server) -> bool:
    return bool(server.mails)


async def test_a_claim_that_was_lost_sends_not_one_word(store: Store, trust: Trust) -> None:
    await queue(store, one("a"))
    outbox = Outbox(store)
    claim = await outbox.claim()
    assert claim is not None
    await store.run(lambda work: work.mark("a", "dropped"))

    async with serving(Server(), trust.good()) as server:
        content = Message("SP-7K4M-2Q", (Paragraph("SENTINEL"),))
        result = await whole.send_whole(outbox, claim, channel(server, trust), content)

    assert getattr(result, "why", "") == "claim_lost"
    assert server.mails == []
    assert b"SENTINEL" not in server.got


@pytest.mark.usefixtures("quick_mail")
async def test_a_server_that_thinks_longer_than_a_lease_keeps_its_claim(
    store: Store, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole, "HOLD_SECONDS", 0.05)
    async with serving(Server(seconds=1.2), trust.good()) as server:
        outbox = _Short(store)
        made = Worker(outbox, store, lambda: {"mail": channel(server, trust)}, Metrics(), draw=draw)
        async with at_work(made):
            await queue(store, one("a"))
            assert await ends(store) == {"a": "sent"}

    assert arrived(server) == {"content of a": 1}


class _Short(Outbox):
    """Leases of a third of a second."""

    async def claim(self, lease: float = 0.3):  # type: ignore[no-untyped-def]  # noqa: ANN202
        return await super().claim(lease)


@pytest.mark.usefixtures("quick_mail")
async def test_a_server_that_hangs_after_the_words_leaves_doubt_about_each_mail(
    store: Store, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 1.0)
    async with serving(Server(hangs="words"), trust.good()) as server, at_work(worker(store, channel(server, trust))):
        await queue(store, *(one(name) for name in "abcdef"))
        assert set((await ends(store, seconds=30)).values()) == {"unsure"}

    assert set(arrived(server).values()) == {1}


@pytest.mark.parametrize("now", [(), (Contact("desk", "police", "mail", "other@police.example", verified=True),)])
async def test_to_an_address_that_changed_since_the_approval_nothing_goes(
    store: Store, trust: Trust, now: tuple[Contact, ...]
) -> None:
    contacts = now or (Contact("another", "police", "mail", "desk@police.example", verified=True),)
    async with serving(Server(), trust.good()) as server, at_work(worker(store, channel(server, trust, *contacts))):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "failed"}

    assert server.talks == 0


async def test_a_test_goes_to_a_mailbox_that_has_still_to_prove_itself(store: Store, trust: Trust) -> None:
    new = Contact("desk", "police", "mail", "desk@police.example", verified=False)
    async with serving(Server(), trust.good()) as server, at_work(worker(store, channel(server, trust, new))):
        await queue(store, Delivery("contact_test", ROOM, extra="northside:desk", id="a"))
        assert await ends(store) == {"a": "sent"}
