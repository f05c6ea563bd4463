"""An admin sets up two schools in chat, as a visitor acts it out: leads as a group, a stand-in, three contacts each.

Everything against the real bot, on a desk and on a phone, with axe on every window, and each wrong turn on the way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.play.cast import (
    CHANNELS,
    LEADS_ON_TEAMS,
    LUNCH_CHANNEL,
    MAILBOX,
    POLICE,
    POLICE_CHANNEL,
    POLICE_TENANT,
    TEAMS_LINK,
)
from bot.play.cast import LEADS as LEADS_ON_SLACK
from bot.play.cast import STAFF as ON_SLACK
from bot.play.cast import STAFF_ON_TEAMS as ON_TEAMS
from tests.play.browser import PHONE, WIDE, accessibility, browser
from tests.play.playground import playground
from tests.play.test_real_deciding import JO, Visitor, visit
from tests.play.two_sides import library

if TYPE_CHECKING:
    from playwright.async_api import Locator

__all__ = ["browser", "library", "playground", "visit"]
pytestmark = pytest.mark.usefixtures("library")
SAM = "U4"
SCHOOLS = ("Southside College", "Eastside School")
THERE = {
    "slack": {
        "group": ON_SLACK,
        "leads": LEADS_ON_SLACK,
        "called": "User group @safeguarding-leads",
        "kind": "slack",
        "channel": f"{CHANNELS}{POLICE_CHANNEL}",
        "other": POLICE,
    },
    "teams": {
        "group": ON_TEAMS,
        "leads": LEADS_ON_TEAMS,
        "called": "Entra group Safeguarding leads",
        "kind": "teams",
        "channel": TEAMS_LINK,
        "other": POLICE_TENANT,
    },
}


class Sam:
    """The admin at the windows of one side."""

    def __init__(self, visit: Visitor, side: str) -> None:
        self.visit, self.side, self.page = visit, side, visit.page
        self.there = THERE[side]
        self.window = self.page.locator("#window[open]" if side == "slack" else "#teams-dialog[open]")
        self.seen_all = False
        """Whether every window was looked at closely once, which takes longer than what is done in it."""

    async def _looks(self) -> None:
        if not self.seen_all:
            await self.visit.looks()

    async def opens(self) -> None:
        """Write the word for it."""
        await self.visit.becomes(SAM, self.side)
        if self.side == "slack":
            await self.page.locator("#command").fill("/signpost admin")
            await self.page.keyboard.press("Enter")
            await self.window.get_by_role("heading", name="Set up Signpost").wait_for()
            return
        before = await self.page.locator("#chat").get_by_role("heading", name="Set up Signpost").count()
        await self.page.get_by_role("button", name="admin", exact=True).click()
        await expect(self.page.locator("#chat").get_by_role("heading", name="Set up Signpost")).to_have_count(
            before + 1
        )

    async def goes(self, label: str, heading: str) -> None:
        """Press a button, in the chat where no window is open yet, and wait for the window that it leads to."""
        inside = self.window if await self.window.count() else self.page.locator("#chat")
        await inside.get_by_role("button", name=re.compile(f"^{label}")).last.click()
        await self.window.get_by_role("heading", name=heading).wait_for()
        await self._looks()

    def field(self, name: str) -> Locator:
        """A field by its id."""
        return self.window.locator(f"[data-field={name}]")

    async def types(self, name: str, text: str) -> None:
        """Write into a box."""
        await self.field(name).locator(":is(input, textarea)").fill(text)

    async def picks(self, name: str, value: str) -> None:
        """Choose an answer."""
        await self.field(name).locator(f'input[value="{value}"]').check()

    async def finds(self, name: str, person: str) -> None:
        """Choose somebody by name."""
        menu = self.field(name).get_by_role("combobox")
        if await menu.count():
            await menu.select_option(person)
        else:
            await (
                self.field(name)
                .locator(":is([role=radio], input[type=radio], input[type=checkbox])")
                .and_(self.field(name).get_by_label(person))
                .check()
            )

    async def saves(self, then: str) -> None:
        """Press the main button, and wait for these words."""
        await self.window.locator("[data-action=submit], [data-action=save_setup]").last.click()
        await self.window.get_by_text(then).first.wait_for()
        await self._looks()

    async def closes(self) -> None:
        await self.visit.closes()


async def sets_up(sam: Sam, school: str) -> None:
    """One school, from its name to its contacts."""
    await sam.opens()
    await sam.goes("Add a site", "Add a site")
    await sam.saves("Write the name as your staff know it." if sam.side == "teams" else "This field needs an answer.")
    await sam.types("name", school)
    await sam.types("phone", "01632 960020")
    await sam.types("mail_domains", "trust.example")
    await sam.saves("Still to do here: name the leads")

    await sam.goes("Add leads", "add leads")
    await sam.types("groups", "the leads")
    await sam.saves("This is not a group that Signpost can read.")
    await sam.types("groups", sam.there["leads"])
    await sam.saves("Look at who that is.")
    leads = f"{sam.there['called']} (2 people: Priya Nair and Tom Reid)"
    await expect(sam.window.get_by_text(leads)).to_have_count(1)
    await sam.field("sure").get_by_label("Yes").check()
    await sam.saves(f"1. {leads}")

    await sam.goes("Add a stand-in", "add a stand-in")
    await sam.field("away").get_by_label("Priya Nair").check()
    await sam.finds("who", "Amira Khan")
    await sam.types("first_day", "1/1/2020")
    await sam.types("last_day", "2/1/2020")
    await sam.saves("is over already. Write today")
    await sam.types("last_day", "2/1/2035")
    await sam.saves("Longer than a year")
    await sam.types("first_day", "20/12/2034")
    await sam.saves("Amira Khan stands in for Priya Nair")
    await contacts(sam)
    await sam.closes()


async def contacts(sam: Sam) -> None:
    """The police in a channel, children's social care by mail, the LADO by phone."""
    await sam.goes("Add a contact", "add a contact")
    await sam.picks("purpose", "police")
    await sam.picks("kind", sam.there["kind"])
    if sam.side == "slack":
        await sam.types("destination", f"{CHANNELS}{LUNCH_CHANNEL}")
        await sam.saves("That channel is public")
    await sam.types("destination", sam.there["channel"])
    await sam.saves(f"Another organisation is in that channel: {sam.there['other']}.")
    await sam.types("organisations", sam.there["other"])
    await sam.saves("A test is on its way.")

    await sam.goes("Add a contact", "add a contact")
    await sam.picks("purpose", "social_care")
    await sam.picks("kind", "mail")
    await sam.types("destination", "office@northside.example")
    await sam.saves("This is an address of your own school.")
    await sam.types("destination", MAILBOX)
    await sam.saves("A test is on its way.")

    await sam.goes("Add a contact", "add a contact")
    await sam.picks("purpose", "lado")
    await sam.picks("kind", "by_hand")
    await sam.types("destination", "01632 960012")
    await sam.saves("In use: a lead rings.")


async def does_what_is_still_to_do(sam: Sam) -> None:
    """From the first window: staff, at whichever school comes last."""
    await sam.opens()
    await sam.goes("Do it", "who may raise")
    await sam.types("groups", sam.there["group"])
    await sam.saves("(3 people: Amira Khan, Priya Nair and Tom Reid)")
    await sam.closes()


async def acknowledges(visit: Visitor, side: str, times: int) -> None:
    """As Jo: the tests in the channel and in the mailbox."""
    await visit.becomes(JO, side)
    chat = visit.page.locator("#conversation" if side == "slack" else "#chat")
    for left in range(times, 0, -1):
        await expect(chat.locator("[data-action=acknowledge]")).to_have_count(left)
        await visit.looks()
        await chat.locator("[data-action=acknowledge]").last.click()
        await expect(chat.locator("[data-action=acknowledge]")).to_have_count(left - 1)
    await visit.becomes(JO, "mail")
    await expect(visit.page.locator("#inbox article")).to_have_count(times)
    for number in range(times):
        async with visit.page.context.expect_page() as opened:
            await visit.page.locator("#inbox").get_by_role("link").nth(number).click()
        tab = await opened.value
        await tab.get_by_role("button", name="Acknowledge").click()
        await tab.get_by_text("can come here from now on").wait_for()
        assert await accessibility(tab) == []
        await tab.close()


@pytest.mark.parametrize(
    ("visit", "side"), [(WIDE, "slack"), (PHONE, "teams")], indirect=["visit"], ids=["slack-desk", "teams-phone"]
)
async def test_two_schools_are_set_up_without_reading_anything_and_each_wrong_turn_is_caught(
    visit: Visitor, side: str
) -> None:
    sam = Sam(visit, side)
    for school in SCHOOLS:
        await sets_up(sam, school)
        sam.seen_all = True
    await acknowledges(visit, side, len(SCHOOLS))
    for _ in SCHOOLS:
        await does_what_is_still_to_do(sam)
    await sam.opens()
    inside = sam.window if side == "slack" else sam.page.locator("#chat")
    # Each serves both platforms, and staff were named on this one: it works, and what is left is said.
    await expect(inside.get_by_text("Amber: works. Still to do: say who may raise").last).to_be_visible()
    if side == "slack":  # on Teams the cards from before stand in the chat
        await expect(inside.get_by_text("Red:")).to_have_count(0)
