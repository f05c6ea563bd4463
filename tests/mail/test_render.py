"""A mail holds the very words that a lead approved, under a subject that says nothing, and nobody can add to it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest

from bot.mail.render import mail, text
from handlers.examples import examples
from handlers.intents import Intent, Subject, Surface
from handlers.people import Directory, Person
from handlers.ports import Drawn
from handlers.route import route
from handlers.screens import Form, Message, Part, Rows
from handlers.telling.deliveries import draw
from tests.handlers.deciding import a_work, opened, raised, the_case
from tests.handlers.memory import DIRECTORY, LEAD, MEMBER, MemoryWork
from tests.handlers.person import text_of
from tests.mail.cases import DESK, MAIL_SITE, ROOM

LINK = "https://signpost.school.example/a/LINK"
AT = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)
HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding",
}  # fmt: skip


def referred(directory: Directory | None = None) -> tuple[MemoryWork, Drawn, str]:
    """A case referred to the mailbox: the work, what is sent, and what the lead was shown before."""
    work = a_work(contacts=(DESK,))
    if directory is not None:
        work.directory = directory
    raised(work)
    lead = opened(work)
    lead.presses("refer")
    assert lead.screen is not None
    shown = text_of(lead.screen)
    lead.answers({"contact": ("desk",), "consequences_read": ("yes",)}).presses("confirm_refer")
    (sent,) = [one for one in work.deliveries(the_case(work).id) if one.kind == "referral"]
    assert sent.to == ROOM
    drawn = draw(sent, work)
    assert drawn is not None
    return work, drawn, shown


def written(content: Message, **changes: Any) -> bytes:
    given = {
        "sender": "signpost@school.example",
        "to": "desk@police.example",
        "link": LINK,
        "message_id": "id1@x.example",
    }
    return mail(content, **{**given, "at": AT, **changes})


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_the_subject_is_the_reference_alone_and_the_headers_are_ours() -> None:
    work, drawn, _ = referred()
    message = read(written(drawn.content))

    assert message["Subject"] == the_case(work).reference
    assert set(message.keys()) == HEADERS
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<id1@x.example>"
    assert message["Date"].datetime == AT
    assert message.get_content_type() == "text/plain"


def test_every_word_of_it_was_shown_to_the_lead_before() -> None:
    _, drawn, shown = referred()
    body = str(read(written(drawn.content)).get_content())
    ours = {"Acknowledge: " + LINK, drawn.content.parts[-1].text}  # type: ignore[union-attr]  # the last sentence

    plain = re.sub(r"\W+", " ", shown)
    lines = [line for line in body.splitlines() if line.strip() and line not in ours]
    assert len(lines) > 10
    for line in lines:
        assert re.sub(r"\W+", " ", line).strip() in plain, line


def test_it_says_that_replies_are_not_read_and_has_one_link() -> None:
    _, drawn, _ = referred()
    body = str(read(written(drawn.content)).get_content())

    assert "Nobody reads replies" in body
    assert re.findall(r"https?://\S+", body) == [LINK]


def test_the_same_delivery_has_the_same_id_each_time() -> None:
    _, drawn, _ = referred()

    assert written(drawn.content) == written(drawn.content)


def test_every_line_is_short_and_in_plain_letters_on_the_wire() -> None:
    work, _, _ = referred()
    site = replace(MAIL_SITE, name="Ysgol Gŵyr 学校")
    work.directory = replace(work.directory, sites=(site,))
    _, drawn, _ = referred(work.directory)
    raw = written(drawn.content)

    assert raw.isascii()
    assert all(len(line) <= 78 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert "Ysgol Gŵyr 学校" in str(read(raw).get_content())


ATTACKS = [
    "x\r\nBcc: evil@example.com",
    "x\nBcc: evil@example.com\n\nbody",
    "x\rBcc: evil@example.com",
    "x\r\n\r\n<html>",
    "x\r\n.\r\nMAIL FROM:<evil@example.com>\r\nRCPT TO:<evil@example.com>\r\nDATA\r\nSubject: y\r\n\r\nz",
    "x\n.\nMAIL FROM:<evil@example.com>",
    "x\u2028Bcc: evil@example.com",
    "x\u2029Bcc: evil@example.com",
    "x\x85Bcc: evil@example.com",
    "x\x0bBcc: evil@example.com",
    "x\x0cBcc: evil@example.com",
    "x\x00Bcc: evil@example.com",
    "=?utf-8?q?x=0D=0ABcc:_evil@example.com?=",
    "x%0d%0aBcc: evil@example.com",
    "https://evil.example/a www.evil.example \u202eevil",
    "\ud800Bcc: evil@example.com",
]
PLACES: dict[str, Callable[[str], Directory]] = {
    "site's name": lambda bad: replace(DIRECTORY, sites=(replace(MAIL_SITE, name=bad),)),
    "site's phone": lambda bad: replace(DIRECTORY, sites=(replace(MAIL_SITE, phone=bad),)),
    "lead's name": lambda bad: _lead(Person((LEAD,), name=bad)),
    "lead's role": lambda bad: _lead(Person((LEAD,), name="Priya Nair", role=bad)),
    "lead's phone": lambda bad: _lead(Person((LEAD,), name="Priya Nair", phone=bad)),
    "lead's hours": lambda bad: _lead(Person((LEAD,), name="Priya Nair", reachable=bad)),
}


def _lead(person: Person) -> Directory:
    return replace(DIRECTORY, sites=(MAIL_SITE,), persons=(person,))


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_field_adds_a_header_a_link_or_a_second_mail(place: str, attack: str) -> None:  # SR-24, SR-34
    _, drawn, _ = referred(PLACES[place](attack))

    holds(written(drawn.content))


@pytest.mark.parametrize("field", ["sender", "to", "message_id"])
@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_setting_adds_a_header(field: str, attack: str) -> None:
    _, drawn, _ = referred()

    holds(written(drawn.content, **{field: attack}))


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_no_summary_adds_a_header(attack: str) -> None:
    _, drawn, _ = referred()

    holds(written(replace(drawn.content, summary=attack)))


def holds(raw: bytes) -> None:
    """One mail with our headers alone, one body, one link, and no bare line ends to smuggle another in with."""
    head, body = raw.split(b"\r\n\r\n", 1)
    names = [line.split(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] not in (b" ", b"\t")]
    assert sorted(names) == sorted(HEADERS)
    assert b"\r\n.\r\n" not in raw
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)
    message = email.message_from_bytes(raw)
    assert set(message.keys()) == HEADERS
    assert not message.is_multipart()
    assert not any("=?" in value for value in message.values())
    content = bytes(message.get_payload(decode=True)).decode()
    assert re.findall(r"(?i)\S*(?://|www\.)\S*", content) == [LINK]
    assert "\u202e" not in content
    assert body


@pytest.mark.parametrize("name", sorted(examples()))
def test_every_screen_can_be_drawn_as_text_without_a_word_lost(name: str) -> None:
    screen = examples()[name]
    shown = text(Message("SP", screen.parts), LINK)

    for part in screen.parts:
        for word in _words(part):
            assert " ".join(word.split()) in " ".join(shown.split()), word


def _words(part: Part) -> list[str]:
    match part:
        case Rows():
            return [word for row in part.rows for word in row]
        case _:
            said = getattr(part, "text", "") or getattr(part, "label", "")
            return [said] if isinstance(said, str) and "//" not in said else []


def test_the_press_behind_the_link_is_the_press_in_a_channel() -> None:
    """The same handler, the same record: only the names differ."""
    work, _, _ = referred()
    case = the_case(work)
    subject = Subject("case", case.id, "", 1, "1:desk")
    intent = Intent("acknowledge", ROOM, MEMBER, Surface.FORM, subject, {"name": "Marsh"}, room=ROOM)
    answer = route(intent, work)

    assert isinstance(answer, Form)
    assert ("contact.acknowledged", case.id) in work.audit
    assert [one.name for one in the_case(work).acknowledged] == ["Marsh"]


def test_a_press_for_another_mailbox_is_refused() -> None:
    work, _, _ = referred()
    case = the_case(work)
    other = replace(ROOM, user="desk.00000000")
    subject = Subject("case", case.id, "", 1, "1:desk")
    route(Intent("acknowledge", other, MEMBER, Surface.FORM, subject, room=other), work)

    assert the_case(work).acknowledged == ()
    assert ("acknowledge.refused", "") in work.audit
