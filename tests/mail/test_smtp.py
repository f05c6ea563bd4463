"""A mail leaves over an encrypted connection to a server that proved its name, or not at all (SR-24)."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta

import aiosmtplib
import pytest

from bot import smtp
from bot.smtp import MailFailed, talking
from tests.mail.servers import Server, Trust, serving

WORDS = b"Subject: SP-7K4M-2Q\r\n\r\nSENTINEL\r\n.\r\n..two\r\n"


async def sent(server: Server, trust: Trust, login: str = "", host: str = "127.0.0.1") -> None:
    """One mail, by the steps that the channel takes."""
    async with talking(server.server(login, host), trust.client(), "school.example") as talk:
        await talk.envelope("signpost@school.example", "desk@police.example")
        await talk.words(WORDS)


async def fails(server: Server, trust: Trust, login: str = "", host: str = "127.0.0.1") -> tuple[str, str]:
    with pytest.raises(MailFailed) as failed:
        await sent(server, trust, login, host)
    return failed.value.why, failed.value.end


@pytest.mark.parametrize("from_first_byte", [False, True], ids=["STARTTLS", "TLS"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_mail_arrives_word_for_word_and_every_word_was_encrypted(
    trust: Trust, host: str, *, from_first_byte: bool
) -> None:
    async with serving(Server(), trust.good(), from_first_byte=from_first_byte) as server:
        await sent(server, trust, host=host)

    assert server.mails == [WORDS]
    assert server.recipients == ["desk@police.example"]
    assert b"SENTINEL" not in server.clear
    assert b"MAIL FROM" not in server.clear


@pytest.mark.parametrize("from_first_byte", [False, True], ids=["STARTTLS", "TLS"])
async def test_the_login_goes_over_an_encrypted_connection_once(trust: Trust, *, from_first_byte: bool) -> None:
    async with serving(Server(wants_login=True), trust.good(), from_first_byte=from_first_byte) as server:
        await sent(server, trust, login="sch%40ool:right@")
        assert await fails(server, trust, login="sch%40ool:wrong@") == ("login_refused", "refused")

    assert server.logins == [("sch@ool", "right"), ("sch@ool", "wrong")]
    assert b"AUTH" not in server.clear
    assert len(server.mails) == 1


def unsafe(trust: Trust) -> dict[str, tuple[ssl.SSLContext | None, str]]:
    """What is wrong with a server's encryption, and the word for it."""
    stranger = trust.folder / "stranger"
    stranger.mkdir()
    return {
        "no encryption": (None, "no_starttls"),
        "another name": (trust.authority.server("mail.elsewhere.example"), "certificate_refused"),
        "run out": (trust.authority.server("127.0.0.1", ended=timedelta(hours=1)), "certificate_refused"),
        "signed by a stranger": (Trust(stranger).good(), "certificate_refused"),
        "TLS 1.1": (trust.old(), "tls_failed"),
    }


UNSAFE = ("no encryption", "another name", "run out", "signed by a stranger", "TLS 1.1")


@pytest.mark.parametrize("what", UNSAFE)
@pytest.mark.parametrize("from_first_byte", [False, True], ids=["STARTTLS", "TLS"])
async def test_to_an_unsafe_server_goes_no_login_and_no_word(trust: Trust, what: str, *, from_first_byte: bool) -> None:
    context, word = unsafe(trust)[what]
    async with serving(Server(), context, from_first_byte=from_first_byte and context is not None) as server:
        server.scheme = "smtps" if from_first_byte else "smtp"
        why, end = await fails(server, trust, login="school:right@")

    assert (why, end) == (("tls_failed" if from_first_byte and context is None else word), "refused")
    assert server.mails == []
    assert server.logins == []
    for word_of_ours in (b"SENTINEL", b"MAIL", b"RCPT", b"DATA", b"AUTH", b"police"):
        assert word_of_ours not in server.got


async def test_an_old_server_talks_to_a_careless_client_and_not_to_us(trust: Trust) -> None:
    async with serving(Server(), trust.old()) as server:
        careless = aiosmtplib.SMTP(
            hostname="127.0.0.1", port=server.port, start_tls=True, tls_context=trust.careless(), timeout=60
        )
        async with careless:
            assert careless.get_transport_info("ssl_object").version() == "TLSv1.1"
        with pytest.raises(MailFailed, match="tls_failed"):
            async with talking(server.server(), trust.careless(), "school.example"):
                pass


ANSWERS = {
    "connect 421": ({"connect": "421 closing"}, "mail_busy", "later"),
    "connect 554": ({"connect": "554 go away"}, "not_welcome", "refused"),
    "mail 451": ({"mail": "451 later"}, "mail_busy", "later"),
    "mail 530": ({"mail": "530 log in first"}, "login_needed", "refused"),
    "mail 550": ({"mail": "550 not from you"}, "sender_refused", "refused"),
    "rcpt 450": ({"rcpt": "450 greylisted"}, "mail_busy", "later"),
    "rcpt 452": ({"rcpt": "452 full"}, "mail_busy", "later"),
    "rcpt 550": ({"rcpt": "550 nobody"}, "recipient_refused", "refused"),
    "rcpt 550 5.1.1": ({"rcpt": "550 5.1.1 no such user"}, "no_such_mailbox", "refused"),
    "rcpt 550 5.1.10": ({"rcpt": "550 5.1.10 takes no mail"}, "no_such_mailbox", "refused"),
    "rcpt 550 5.7.1": ({"rcpt": "550 5.7.1 unknown user of yours"}, "recipient_refused", "refused"),
    "rcpt 550 in words": (
        {"rcpt": "550 Requested action not taken: mailbox does not exist"},
        "no_such_mailbox",
        "refused",
    ),
    "rcpt 450 4.1.1": ({"rcpt": "450 4.1.1 no such user yet"}, "mail_busy", "later"),
    "mail 550 5.1.1": ({"mail": "550 5.1.1 no such user"}, "sender_refused", "refused"),
    "words 550 5.1.1": ({"words": "550 5.1.1 no such user"}, "no_such_mailbox", "refused"),
    "data 451": ({"data": "451 later"}, "mail_busy", "later"),
    "data 554": ({"data": "554 no"}, "mail_refused", "refused"),
    "words 421": ({"words": "421 closing"}, "mail_busy", "later"),
    "words 450": ({"words": "450 later"}, "mail_busy", "later"),
    "words 451": ({"words": "451 later"}, "mail_busy", "later"),
    "words 452": ({"words": "452 full"}, "mail_busy", "later"),
    "words 550": ({"words": "550 no"}, "mail_refused", "refused"),
    "words 552": ({"words": "552 too large"}, "mail_refused", "refused"),
    "words 354": ({"words": "354 more"}, "no_smtp", "lost"),
    "words in no language": ({"words": "yes of course"}, "answer_lost", "lost"),
}


@pytest.mark.parametrize(("says", "why", "end"), ANSWERS.values(), ids=ANSWERS.keys())
async def test_a_no_is_for_now_or_for_good(trust: Trust, says: dict[str, str], why: str, end: str) -> None:
    async with serving(Server(says=says), trust.good()) as server:
        assert await fails(server, trust) == (why, end)


@pytest.mark.parametrize("step", ["connect", "mail", "rcpt", "data"])
async def test_a_connection_that_breaks_before_the_words_left_nothing_there(trust: Trust, step: str) -> None:
    async with serving(Server(drops=step), trust.good()) as server:
        why, end = await fails(server, trust)

    assert (why, end) in {("disconnected", "later"), ("unreachable", "later")}
    assert server.mails == []


async def test_a_connection_that_breaks_after_the_words_leaves_doubt(trust: Trust) -> None:
    async with serving(Server(drops="words"), trust.good()) as server:
        assert await fails(server, trust) == ("answer_lost", "lost")

    assert len(server.mails) == 1


async def test_a_server_that_says_nothing_after_the_words_leaves_doubt(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.3)
    async with serving(Server(hangs="words"), trust.good()) as server:
        assert await fails(server, trust) == ("too_slow", "lost")


@pytest.mark.parametrize("step", ["connect", "mail", "rcpt", "data"])
async def test_a_server_that_hangs_before_the_words_left_nothing_there(
    trust: Trust, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "TALK_SECONDS", 0.5)
    async with serving(Server(hangs=step), trust.good()) as server:
        assert await fails(server, trust) == ("too_slow", "later")

    assert server.mails == []


async def test_where_nobody_listens_nothing_is_lost(trust: Trust) -> None:
    async with serving(Server(), trust.good()) as server:
        pass
    await asyncio.sleep(0)

    assert await fails(server, trust) == ("unreachable", "later")


async def test_over_a_connection_without_encryption_not_even_the_sender_is_said() -> None:
    """However it came about: the connection itself is looked at once more before each step."""
    async with serving(Server()) as server:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=server.port, start_tls=False)
        await client.connect()
        talk = smtp.Conversation(client)
        steps = (
            talk.envelope("signpost@school.example", "desk@police.example"),
            talk.try_sender("signpost@school.example"),
            talk.words(WORDS),
        )
        for step in steps:
            with pytest.raises(MailFailed) as failed:
                await step
            assert (failed.value.why, failed.value.end) == ("not_encrypted", "refused")
        client.close()

    assert server.mails == []
    assert b"MAIL FROM" not in server.got
    assert b"SENTINEL" not in server.got
