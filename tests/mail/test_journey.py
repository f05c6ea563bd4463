"""From a raised incident to a mailbox and back: a real Signpost, a real mail server, and the link in the mail."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.play.mailbox import Mail, Mailbox
from bot.store.vault import new_key
from tests.journey.conftest import slack_settings
from tests.journey.on_slack import OnSlack, workspace
from tests.journey.running import Bot
from tests.journey.test_deciding import raises, refers
from tests.mail.servers import Server, Trust, serving
from tests.mail.test_smtp import UNSAFE, unsafe
from tests.running.ports import free_port

CONFIG = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["slack:T1/U2", "slack:T1/U3"]
phone = "01632 960001"
serves = ["slack:T1"]

[[site.contact]]
id = "desk"
purpose = "police"
kind = "mail"
destination = "desk@police.example"
verified = true
"""


@dataclass
class World:
    """A Signpost that can send mail, and its people on Slack."""

    bot: Bot
    people: OnSlack
    clock: Path


@asynccontextmanager
async def school(folder: Path, smtp_url: str, authority: Path) -> AsyncIterator[World]:
    """Everything in one folder, ready to go."""
    clock, port = folder / "clock", free_port()
    clock.write_text("0")
    (folder / "signpost.toml").write_text(CONFIG)
    async with workspace() as slack:
        settings = {
            "SIGNPOST_KEYS": new_key(),
            "SIGNPOST_SMTP_URL": smtp_url,
            "SIGNPOST_MAIL_FROM": "signpost@school.example",
            "SIGNPOST_CA_FILE": str(authority),
            "SIGNPOST_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "SIGNPOST_CLOCK_FILE": str(clock),
            "SIGNPOST_ADMINS": "slack:T1/U4",
            **slack_settings(slack),
        }
        bot = Bot(settings, folder, port=port)
        slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
        try:
            await bot.start()
            yield World(bot, OnSlack(slack), clock)
        finally:
            await bot.kill()


async def comes(mailbox: Mailbox) -> Mail:
    await until(lambda: bool(mailbox.mails()))
    return mailbox.mails()[0]


async def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110  # another process has no event
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("killed", [False, True], ids=["straight", "killed in between"])
async def test_raised_on_slack_referred_to_a_mailbox_acknowledged_by_its_link_and_the_lead_hears(
    tmp_path: Path, *, killed: bool
) -> None:
    mailbox = Mailbox()
    url, authority = await mailbox.start(tmp_path)
    async with school(tmp_path, url, authority) as world:
        await raises(world.people)
        shown = await refers(world.people, ("desk",))
        assert "Police, e-mail" in shown
        mail = await comes(mailbox)
        if killed:
            await world.bot.kill()
            await world.bot.start()

        assert re.fullmatch(r"SP-\w{4}-\w{2}", mail.subject)
        assert (mail.sender, mail.to) == ("signpost@school.example", "desk@police.example")
        (link,) = re.findall(r"https?://\S+", mail.text)
        async with aiohttp.ClientSession() as browser:
            async with browser.get(link) as page:
                assert mail.subject in await page.text()
            async with browser.post(link, data={"name": "PC 1234 Marsh"}) as page:
                assert "Acknowledged by PC 1234 Marsh" in await page.text()

        told = await world.people.until("lead", "Acknowledged through the link in the mail")
        assert "PC 1234 Marsh" in told
        assert len(mailbox.mails()) == 1
        assert "traceback" not in world.bot.log().lower()
        for word in ("desk@police.example", "Marsh", link.rpartition("/")[2], mail.subject):
            assert word not in world.bot.log()
    await mailbox.stop()


@pytest.mark.parametrize("what", UNSAFE)
async def test_an_unsafe_server_gets_nothing_and_the_lead_is_told_to_ring(
    trust: Trust, tmp_path: Path, what: str
) -> None:
    context, why = unsafe(trust)[what]
    authority = trust.authority.file
    async with serving(Server(), context) as server, school(tmp_path, server.url("a:right@"), authority) as world:
        await raises(world.people)
        await refers(world.people, ("desk",))
        await until(lambda: f'"why": "{why}"' in world.bot.log())
        world.clock.write_text("121")
        said = await world.people.until("lead", "is not confirmed")

    assert "Ring now" in said
    assert "It has not gone out yet" in said
    assert "not safe to send to just now: tell your IT" in said
    assert server.mails == []
    for word in (b"MAIL", b"AUTH", b"DATA", b"Safeguarding", b"police"):
        assert word not in server.got


async def test_an_answer_that_is_lost_is_told_and_sent_again_only_by_a_person(trust: Trust, tmp_path: Path) -> None:
    authority, loses = trust.authority.file, Server(drops="words")
    async with serving(loses, trust.good()) as server, school(tmp_path, server.url(), authority) as world:
        await raises(world.people)
        await refers(world.people, ("desk",))
        said = await world.people.until("lead", "is not confirmed")
        assert "It may have arrived, or may not" in said
        await asyncio.sleep(2)
        assert len(server.mails) == 1
        server.drops = ""
        await world.people.presses_in_chat("lead", "resend")
        await until(lambda: len(server.mails) == 2)

    first, second = server.messages()
    assert first["Subject"] == second["Subject"]
    assert first["Message-ID"] != second["Message-ID"], "another delivery: a person wanted it"


async def test_a_server_that_is_down_is_told_and_tried_again_until_it_is_up(trust: Trust, tmp_path: Path) -> None:
    server = Server()
    async with serving(server, trust.good()):
        pass
    async with school(tmp_path, server.url(), trust.authority.file) as world:
        await raises(world.people)
        await refers(world.people, ("desk",))
        await until(lambda: '"why": "unreachable"' in world.bot.log())
        world.clock.write_text("121")
        await world.people.until("lead", "is not confirmed")
        async with serving(server, trust.good()):
            world.clock.write_text("600")
            await until(lambda: bool(server.mails))

    assert len(server.mails) == 1


async def test_a_process_that_is_killed_while_the_server_thinks_leaves_doubt_and_a_lead_decides(
    trust: Trust, tmp_path: Path
) -> None:
    authority, thinks = trust.authority.file, Server(hangs="words")
    async with serving(thinks, trust.good()) as server, school(tmp_path, server.url(), authority) as world:
        await raises(world.people)
        await refers(world.people, ("desk",))
        await until(lambda: bool(server.mails))
        await world.bot.kill()
        server.hangs = ""
        await world.bot.start()
        await world.people.until("lead", "is not confirmed")
        await world.people.presses_in_chat("lead", "mark_delivered")
        await world.people.until("lead", "It arrived: recorded")

    assert len(server.mails) == 1


async def test_a_mailbox_that_is_none_is_on_offer_no_more_and_the_lead_and_the_admin_hear(
    trust: Trust, tmp_path: Path
) -> None:
    authority, server = trust.authority.file, Server(says={"rcpt": "550 5.1.1 no such user"})
    async with serving(server, trust.good()), school(tmp_path, server.url(), authority) as world:
        await raises(world.people)
        await refers(world.people, ("desk",))
        said = await world.people.until("lead", "there is no such mailbox")
        assert "Ring now" in said
        for who in ("lead", "deputy", "admin"):
            await world.people.until(who, "A contact is out of use")
        await world.people.closes("lead")
        await raises(world.people)
        await world.people.until("lead", "Refer now")
        await world.people.presses_in_chat("lead", "open_case")
        await world.people.presses("lead", "refer")
        offered = world.people.window("lead")
        assert "Police, by phone: 101" in offered
        assert "e-mail" not in offered

    assert server.mails == []
