"""What an acknowledged test proves, over the wire: its room is looked at at the press, and the newest one counts."""

from __future__ import annotations

import asyncio
import re

import aiohttp
import pytest

from tests.journey import on_teams
from tests.journey.setting_up import POLICE_ON_TEAMS
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture
from tests.store.databases import postgres_url  # noqa: F401 - a fixture


def lets_others_in(world: Empty, *, let: bool) -> None:
    """Somebody makes the police's channel public, or lets a stranger into it; or puts that right."""
    if world.on == "slack":
        world.slack.workspace().channels["C0POLICE1"].is_private = not let
        return
    channel = world.teams.world.channel(POLICE_ON_TEAMS)
    assert channel is not None
    channel.members = [on_teams.OFFICER, *(["aad-stranger"] if let else [])]


def comes_back(world: Empty) -> None:
    """Whoever pressed in Teams goes to another channel and comes back: the message stands there again."""
    for message in world.teams.in_channel(POLICE_ON_TEAMS):
        message.views.clear()


async def stands(world: Empty) -> str:
    """How the site reads for its admin."""
    await world.admin.opens()
    await world.admin.goes("Open", row="Northside Academy")
    return world.admin.reads()


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_a_press_in_a_channel_that_others_read_proves_nothing(empty: Empty) -> None:  # noqa: F811
    admin = empty.admin
    empty.teams.add_person("aad-stranger", "A stranger", home="another-tenant")
    await adds_a_site(admin)
    await admin.goes("Add a contact")
    await admin.saves(
        purpose="police", kind=admin.here.kind, destination=admin.here.channel, owner=admin.here.people["wren"],
        organisations=admin.here.organisations or None,
    )  # fmt: skip
    await empty.until_channel("A test from Northside Academy")

    lets_others_in(empty, let=True)
    await empty.at_the_desk()
    await asyncio.sleep(0.5)
    assert "nobody has acknowledged it yet" in await stands(empty)

    lets_others_in(empty, let=False)
    comes_back(empty)
    await empty.at_the_desk()
    await empty.until_channel("A test from Northside Academy: acknowledged")
    assert "In use" in await stands(empty)
    assert "Waiting" not in admin.reads()


async def _mails(there: Empty, count: int) -> None:
    """Wait until so many mails have come."""
    async with asyncio.timeout(60):
        while len(there.mailbox.mails()) < count:  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_the_link_of_an_older_mail_says_so_and_proves_nothing(empty: Empty) -> None:  # noqa: F811
    admin = empty.admin
    await adds_a_site(admin)
    await admin.goes("Add a contact")
    await admin.saves(purpose="police", kind="mail", destination="mailto:desk@force.police.example.")
    await admin.goes("Change", row="Police, e-mail")
    assert "Leads see it" in admin.reads()
    await _mails(empty, 1)  # one that waits is withdrawn by the next, and no mail is sent of it
    await admin.saves(purpose="social_care")
    await _mails(empty, 2)
    old, new = (re.findall(r"https?://\S+", mail.text)[0] for mail in empty.mailbox.mails())
    async with aiohttp.ClientSession() as browser:
        for press in (browser.get, browser.post):
            async with press(old, **({"data": {}} if press == browser.post else {})) as page:
                said = await page.text()
            assert "A newer test was sent here" in said
            assert "<button" not in said
        assert "nobody has acknowledged it yet" in await stands(empty)
        async with browser.post(new, data={}) as page:
            assert "acknowledged" in await page.text()
    assert "desk@force.police.example" in await stands(empty)
    assert "Waiting" not in admin.reads()
    assert "desk@force" not in empty.bot.log()
