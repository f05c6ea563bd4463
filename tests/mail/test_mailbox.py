"""The playground's mailbox is a mail server like any other: what it kept came over TLS and can be read back."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import aiosmtplib
import pytest

from bot.play.mailbox import Mail, Mailbox


@pytest.fixture
async def mailbox() -> AsyncIterator[Mailbox]:
    made = Mailbox()
    yield made
    await made.stop()


def a_mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "signpost@school.example", "desk@police.example", "SP-7K4M-2Q"
    mail.set_content("Ünsere Worte\n.\nund mehr\n", cte="quoted-printable")
    return mail


async def test_a_mail_over_starttls_is_kept_with_its_words(mailbox: Mailbox, tmp_path: Path) -> None:
    url, authority = await mailbox.start(tmp_path)
    trusted = ssl.create_default_context(cafile=str(authority))
    parts = urlsplit(url)

    await aiosmtplib.send(
        a_mail(), hostname=parts.hostname, port=parts.port, start_tls=True, tls_context=trusted, timeout=60
    )

    assert parts.scheme == "smtp"
    assert mailbox.mails() == [
        Mail("SP-7K4M-2Q", "signpost@school.example", "desk@police.example", "Ünsere Worte\r\n.\r\nund mehr\r\n")
    ]


async def test_nothing_is_taken_in_clear(mailbox: Mailbox, tmp_path: Path) -> None:
    url, _ = await mailbox.start(tmp_path)

    with pytest.raises(aiosmtplib.SMTPResponseException, match="530"):
        await aiosmtplib.send(a_mail(), hostname="127.0.0.1", port=urlsplit(url).port, start_tls=False, timeout=60)

    assert mailbox.mails() == []


async def test_no_key_stays_on_the_disk(mailbox: Mailbox, tmp_path: Path) -> None:
    _, authority = await mailbox.start(tmp_path)

    assert files_in(tmp_path) == [authority.name]
    assert "PRIVATE" not in authority.read_text()


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir()]
