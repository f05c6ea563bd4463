"""Set up in chat from nothing, by an admin whom a setting names and no CONFIG file; then raised, referred, received."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.play.mailbox import Mailbox
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn, words
from bot.store.vault import new_key
from handlers.setup.overview import NO_CASE
from tests.handlers.stories import V18
from tests.journey import on_slack, on_teams, setting_up
from tests.journey.client import Client
from tests.journey.conftest import slack_settings
from tests.journey.running import Bot
from tests.journey.setting_up import POLICE_ON_TEAMS, Admin
from tests.running.ports import free_port
from tests.store.databases import postgres_url  # noqa: F401 - a fixture

WAYS = ("slack-sqlite", "slack-postgresql", "teams-sqlite")


@dataclass
class Empty:
    """A Signpost that knows its first admins and nothing else, on both platforms and with mail."""

    bot: Bot
    slack: SlackStandIn
    teams: TeamsStandIn
    mailbox: Mailbox
    on: str

    @property
    def admin(self) -> Admin:
        """The admin, on the platform that this is about."""
        return self.admin_on(self.on)

    def admin_on(self, platform: str) -> Admin:
        """The admin, on either."""
        return setting_up.OnSlack(self.slack) if platform == "slack" else setting_up.OnTeams(self.teams)

    @property
    def people(self) -> Client:
        """Everybody, on the platform that this is about."""
        return on_slack.OnSlack(self.slack) if self.on == "slack" else on_teams.OnTeams(self.teams)

    async def at_the_desk(self) -> None:
        """Somebody in the police's channel presses *Acknowledge* on the newest message with it."""
        if self.on == "slack":
            await self.slack.press(on_slack.MARSH, "acknowledge", place="message")
        else:
            await self.teams.press(on_teams.OFFICER, "acknowledge", channel=POLICE_ON_TEAMS)

    def in_channel(self) -> list[str]:
        """The words of the messages in the police's channel."""
        if self.on == "slack":
            return [setting_up.reading.words(one.blocks) for one in self.slack.in_channel("C0POLICE1")]
        return [setting_up.words(one.shown_to(on_teams.OFFICER)) for one in self.teams.in_channel(POLICE_ON_TEAMS)]

    async def until_channel(self, said: str) -> None:
        """Wait for these words in the police's channel."""
        core = self.slack if self.on == "slack" else self.teams
        await core.until(lambda: any(said in one for one in self.in_channel()))


@pytest_asyncio.fixture(params=WAYS)
async def empty(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Empty]:
    """One that has just been started for the first time."""
    on, _, database = str(request.param).partition("-")
    port, mailbox = free_port(), Mailbox()
    smtp_url, authority = await mailbox.start(tmp_path)
    async with AsyncExitStack() as things:
        slack = await things.enter_async_context(on_slack.workspace())
        teams = await things.enter_async_context(on_teams.tenant())
        setting_up.fill_slack(slack)
        setting_up.fill_teams(teams)
        settings = {
            "SIGNPOST_KEYS": new_key(),
            "SIGNPOST_ADMINS": f"{setting_up.SLACK.ref('admin')},{setting_up.TEAMS.ref('admin')}",
            "SIGNPOST_SMTP_URL": smtp_url,
            "SIGNPOST_MAIL_FROM": "signpost@northside.sch.example",
            "SIGNPOST_PUBLIC_URL": f"http://127.0.0.1:{port}",
            **slack_settings(slack),
            **teams.settings,
            "SIGNPOST_CA_FILE": trusts(tmp_path, Path(teams.settings["SIGNPOST_CA_FILE"]), authority),
            "SIGNPOST_CONFIG": "",
        }
        if database == "postgresql":
            settings["SIGNPOST_DATABASE_URL"] = request.getfixturevalue("postgres_url")
        bot = Bot(settings, tmp_path, port=port)
        things.push_async_callback(bot.kill)
        await bot.start()
        slack.bot_url = f"http://127.0.0.1:{port}/slack/events"
        teams.bot_url = f"http://127.0.0.1:{port}/api/messages"
        for who in on_teams.PEOPLE.values():
            await teams.install(who)
        await teams.install("aad-wren")
        yield Empty(bot, slack, teams, mailbox, on)
    await mailbox.stop()


def trusts(folder: Path, *authorities: Path) -> str:
    """A file with all of these authorities in it."""
    every = folder / "authorities.pem"
    every.write_bytes(b"".join(one.read_bytes() for one in authorities))
    return str(every)


async def adds_a_site(admin: Admin, name: str = "Northside Academy") -> None:
    """The site, its two leads and who may raise."""
    people = admin.here.people
    await admin.opens()
    await admin.goes("Add a site")
    await admin.saves(name=name, nation="england", phone="01632 960001", mash="01632 960010")
    await admin.goes("Add leads")
    await admin.saves(people=(people["lead"], people["deputy"]))
    await admin.goes("Change", row="Who may raise")
    await admin.saves(groups=admin.here.staff)


async def adds_contacts(world: Empty) -> None:
    """One of each kind: each channel from its own platform."""
    admin = world.admin
    await admin.goes("Add a contact")
    await admin.saves(
        purpose="police", kind=admin.here.kind, destination=admin.here.channel, owner=admin.here.people["wren"],
        organisations=admin.here.organisations or None,
    )  # fmt: skip
    assert "A test is on its way" in admin.reads(), admin.reads()
    await admin.goes("Add a contact")
    await admin.saves(purpose="social_care", kind="mail", destination="duty@council.example")
    await admin.goes("Add a contact")
    await admin.saves(purpose="lado", kind="by_hand", destination="01632 960012")
    other = world.admin_on("teams" if world.on == "slack" else "slack")
    await other.opens()
    await other.goes("Open", row="Northside Academy")
    await other.goes("Add a contact")
    await other.saves(
        purpose="social_care", kind=other.here.kind, destination=other.here.channel,
        organisations=other.here.organisations or None,
    )  # fmt: skip
    assert "A test is on its way" in other.reads(), other.reads()


async def by_the_link(world: Empty) -> str:
    """Somebody opens the link in the newest mail and presses the button: what the page says then."""
    (link,) = re.findall(r"https?://\S+", world.mailbox.mails()[-1].text)
    async with aiohttp.ClientSession() as browser:
        async with browser.get(link) as page:
            assert "there is no case" in await page.text()
        async with browser.post(link, data={}) as page:
            return await page.text()


async def test_before_anything_is_set_up_staff_read_999_the_do_nots_and_whom_to_ask(empty: Empty) -> None:
    if empty.on == "slack":
        await empty.slack.command(on_slack.PEOPLE["teacher"])
        await empty.slack.until(lambda: empty.slack.view(on_slack.PEOPLE["teacher"]))
        said = empty.people.window("teacher")
    else:
        before = len(empty.teams.messages(on_teams.PEOPLE["teacher"]))
        await empty.teams.message(on_teams.PEOPLE["teacher"], "report")
        await empty.teams.until(lambda: len(empty.teams.messages(on_teams.PEOPLE["teacher"])) > before)
        said = empty.people.chat("teacher")[-1]
    assert "999" in said.splitlines()[0]
    for promised in ("Do not look at", "Ask your school's IT", "UKCIS overview", "101"):
        assert promised in said


async def test_an_admin_finds_what_is_to_do_on_first_contact_and_help_names_the_word(empty: Empty) -> None:
    user = empty.admin.here.people["admin"]
    if empty.on == "slack":
        await empty.slack.open_home(user)
        await empty.slack.until(lambda: empty.slack.home(user))
        home = empty.slack.home(user)
        assert home is not None
        said = setting_up.reading.words(home["blocks"])
        await empty.slack.command(user, "help")
        assert "/signpost admin" in empty.people.chat("admin")[-1]
    else:
        said = await empty.people.until("admin", "Set-up")  # the greeting
        await empty.teams.message(user, "help")
        await empty.people.until("admin", "You are an admin of Signpost")
    assert "Nothing is set up yet" in said
    assert "To do: Add your first site" in said
    assert "Set up Signpost" in said


async def test_set_up_in_chat_then_raised_referred_and_received(empty: Empty) -> None:
    admin, people = empty.admin, empty.people
    await adds_a_site(admin)
    await admin.goes("Add a stand-in")
    await admin.saves(
        away=admin.here.ref("lead"), who=admin.here.people["wren"], first_day="14/12/2030", last_day="2030-12-18"
    )
    assert "Wren Okafor stands in for Priya Nair" in admin.reads(), admin.reads()
    await adds_contacts(empty)
    await empty.until_channel("A test from Northside Academy")
    await empty.at_the_desk()
    await empty.until_channel("acknowledged")
    assert "acknowledged" in await by_the_link(empty)
    await empty.bot.kill()
    await empty.bot.start()

    await admin.opens()
    await admin.goes("Open", row="Northside Academy")
    said = admin.reads()
    assert "1. Priya Nair" in said
    assert "2. Tom Reid" in said
    assert said.count("In use") == 3, said
    assert said.count("Waiting") == 1, said

    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("lead", "Refer now")
    await people.presses_in_chat("lead", "open_case")
    await people.presses("lead", "refer")
    await people.answers("lead", {"contact": (f"police-{empty.on}", "social-care-mail"), "consequences_read": ("yes",)})
    await people.presses("lead", "confirm_refer")
    assert "You decided at" in people.window("lead"), people.window("lead")
    await empty.until_channel("Safeguarding notice")
    await empty.at_the_desk()
    await people.until("lead", "Acknowledged by")
    async with asyncio.timeout(60):
        while not re.fullmatch(r"SP-\w{4}-\w{2}", empty.mailbox.mails()[-1].subject):  # noqa: ASYNC110  # it tells nobody
            await asyncio.sleep(0.05)
    assert "traceback" not in empty.bot.log().lower()
    assert "duty@council.example" not in empty.bot.log()


@pytest.mark.parametrize("empty", ["teams-sqlite"], indirect=True)
async def test_the_card_behind_a_window_says_what_is_so_now(empty: Empty) -> None:
    await adds_a_site(empty.admin)
    card = empty.teams.messages(on_teams.PEOPLE["admin"])[-1]

    await empty.teams.until(lambda: "Northside Academy" in words(card.card))
    assert NO_CASE in words(card.card)
