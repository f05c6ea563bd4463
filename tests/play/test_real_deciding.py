"""Referring in four ways, as a visitor acts it out: raised on Slack, decided on Teams, acknowledged.

Everything against the real bot, which is killed after each step, on a desk and on a phone, with axe on every screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.play.browser import PHONE, WIDE, accessibility, browser, open_page, too_wide
from tests.play.in_one_loop import fixture
from tests.play.playground import Running, playground
from tests.play.two_sides import library

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

__all__ = ["browser", "library", "playground"]
pytestmark = pytest.mark.usefixtures("library")
AMIRA, PRIYA, TOM, JO = "U1", "U2", "U3", "U5"


class Visitor:
    """Somebody at the page, who can be each of the five people."""

    def __init__(self, page: Page, playground: Running, *, on_a_phone: bool) -> None:
        self.page, self._playground, self._on_a_phone = page, playground, on_a_phone

    async def becomes(self, person: str, place: str) -> None:
        """Become somebody, and look at one side."""
        await self.page.locator(f"[data-person={person}]").click()
        await expect(self.page.locator(f"[data-person={person}]")).to_have_attribute("aria-current", "true")
        tab = self.page.locator(f"[data-place={place}]")
        if await tab.is_visible():  # on a desk every side is in sight
            await tab.click()

    async def looks(self) -> None:
        """Nothing for axe, and nothing to scroll sideways."""
        assert await accessibility(self.page) == []
        assert not await too_wide(self.page)

    async def closes(self) -> None:
        """Close the window with its cross."""
        await self.page.get_by_role("button", name="Close the window").click()
        await expect(self.page.locator("dialog[open]")).to_have_count(0)

    async def closes_asking(self) -> None:
        """Close a window in which something could be lost."""
        await self.page.get_by_role("button", name="Close the window").click()
        await self.page.get_by_role("button", name="Close it").click()
        await expect(self.page.locator("dialog[open]")).to_have_count(0)

    async def pulls_the_plug(self) -> None:
        """Kill the bot, and wait until it is there again. Once a story is enough: on a desk."""
        if self._on_a_phone:
            return
        assert (await self._playground.do(**{"as": AMIRA, "on": "stage", "do": "plug"}))["ok"]
        await self._playground.screen(AMIRA, lambda screen: not screen["stage"]["down"])

    async def raises(self) -> None:
        """As Amira on Slack: an adult is involved."""
        window = self.page.locator("#window[open]")
        await self.becomes(AMIRA, "slack")
        await self.page.locator("#raise").click()
        await window.locator("[data-field=harm_now] input[value=no]").check()
        await window.locator("[data-field=adult_involved] input[value=yes]").check()
        await window.locator("[data-field=adult_role] input[value=known_adult]").check()
        await window.locator("[data-action=recommend_now]").click()
        await window.get_by_text("Reference SP-").wait_for()
        await self.closes()

    async def presses_in(self, chat: str, action: str) -> None:
        """Press the newest such button of a chat, whatever else is drawn there meanwhile."""
        await self.page.locator(f"{chat} [data-action={action}]").last.click()


@fixture
async def visit(browser: Browser, playground: Running, request: pytest.FixtureRequest) -> Visitor:
    """A visitor at the page, of the size that the test asks for."""
    size = getattr(request, "param", WIDE)
    page = (await open_page(browser, playground.address, size=size)).page
    return Visitor(page, playground, on_a_phone=size == PHONE)


@pytest.mark.parametrize("visit", [WIDE, PHONE], indirect=True, ids=["desk", "phone"])
async def test_referred_in_four_ways_and_acknowledged_with_the_plug_pulled_after_each_step(visit: Visitor) -> None:
    page, dialog = visit.page, visit.page.locator("#teams-dialog[open]")
    await visit.raises()
    await visit.pulls_the_plug()

    await visit.becomes(PRIYA, "teams")
    await page.get_by_role("button", name="cases", exact=True).click()
    await page.locator("#chat [data-action=open_case]").last.wait_for()
    await visit.looks()
    await visit.presses_in("#chat", "open_case")
    await dialog.locator("[data-action=refer]").click()
    await dialog.locator("[data-field=contact]").wait_for()
    await visit.pulls_the_plug()
    for words in ("northside-police", "schools-officer", "duty@mash.example", "Police, by phone: 101"):
        await dialog.locator("[data-field=contact]").get_by_role("checkbox", name=words).check()
    await dialog.locator("[data-field=consequences_read] input").check()
    await visit.looks()
    await dialog.locator("[data-action=confirm_refer]").click()
    await dialog.get_by_text("You decided at").wait_for()
    await visit.looks()
    await visit.pulls_the_plug()
    await visit.closes()
    await page.locator("#chat").get_by_role("heading", name="Ring now: Police, by phone: 101").wait_for()
    await visit.looks()

    await acknowledges_in_both_channels(visit)
    await acknowledges_by_mail(visit)
    await writes_the_call_down(visit)


async def acknowledges_in_both_channels(visit: Visitor) -> None:
    """As Jo: the notice stands in each channel once, and the answer to the press is in sight."""
    for place, chat in (("slack", "#conversation"), ("teams", "#chat")):
        await visit.becomes(JO, place)
        notices = visit.page.locator(chat).get_by_role("heading", name="Safeguarding notice SP-")
        await expect(notices).to_have_count(1)
        await visit.looks()
        await visit.presses_in(chat, "acknowledge")
        await expect(visit.page.locator(chat).get_by_text("Acknowledged by Jo Marsh")).to_be_in_viewport()
        await visit.pulls_the_plug()
        await expect(notices).to_have_count(1)
        await expect(visit.page.locator(f"{chat} [data-action=acknowledge]")).to_have_count(0)
        await visit.looks()


async def acknowledges_by_mail(visit: Visitor) -> None:
    """As Jo: one mail, whose link opens a page; opening it changes nothing, pressing its button does."""
    await visit.becomes(JO, "mail")
    await expect(visit.page.locator("#inbox article")).to_have_count(1)
    await visit.looks()
    async with visit.page.context.expect_page() as opened:
        await visit.page.locator("#inbox").get_by_role("link").click()
    tab = await opened.value
    await tab.get_by_label("Your name or collar number").fill("PC Marsh 1234")
    assert await accessibility(tab) == []
    await tab.get_by_role("button", name="Acknowledge").click()
    await tab.get_by_text("Acknowledged by PC Marsh 1234").wait_for()
    assert await accessibility(tab) == []
    await tab.close()
    await visit.pulls_the_plug()
    await expect(visit.page.locator("#inbox article")).to_have_count(1)


async def writes_the_call_down(visit: Visitor) -> None:
    """As Priya: the words for the phone, a box for what was said, and all four are acknowledged."""
    page, dialog = visit.page, visit.page.locator("#teams-dialog[open]")
    await visit.becomes(PRIYA, "teams")
    await visit.presses_in("#chat", "write_down_call")
    await dialog.locator("[data-field=log] :is(input, textarea)").fill("LOG 0412")
    await visit.looks()
    await dialog.locator("[data-action=confirm_call]").click()
    await dialog.get_by_text("Call written down by Priya Nair").wait_for()
    await visit.closes()
    await page.get_by_role("button", name="cases", exact=True).click()
    await expect(page.locator("#chat [data-action=open_case]").last).to_be_in_viewport()
    await visit.presses_in("#chat", "open_case")
    await expect(dialog.get_by_text("Acknowledged by Jo Marsh")).to_have_count(2)
    await expect(dialog.get_by_text("PC Marsh 1234")).to_have_count(1)
    await expect(dialog.get_by_text("LOG 0412")).to_have_count(1)
    await visit.looks()


@pytest.mark.parametrize("visit", [WIDE, PHONE], indirect=True, ids=["desk", "phone"])
async def test_the_clock_is_moved_and_whoever_would_be_reminded_then_is_reminded_now(visit: Visitor) -> None:
    page = visit.page
    await visit.raises()
    if not await page.get_by_role("button", name="+10 minutes").is_visible():
        await page.locator("#stage summary").click()
    before = await page.locator("#stage-now").inner_text()
    await page.get_by_role("button", name="+10 minutes").click()
    await expect(page.locator("#stage-said")).to_contain_text("What is due arrives within a few seconds")
    await expect(page.locator("#stage-now")).not_to_have_text(before)
    await expect(page.locator(f"[data-person={TOM}] .waiting")).to_have_text("1 new")
    await visit.looks()
    await page.get_by_role("button", name="+10 minutes").click()
    await expect(page.locator("#conversation")).to_contain_text("No safeguarding lead has opened this yet.")
    await expect(page.locator(f"[data-person={TOM}] .waiting")).to_have_text("2 new")

    await visit.becomes(TOM, "teams")
    await visit.presses_in("#chat", "open_case")
    await page.locator("#teams-dialog[open] [data-action=refer]").wait_for()
    await visit.closes()
    await page.get_by_role("button", name="+1 hour").click()
    await page.locator("#chat").get_by_text("nobody has decided yet").wait_for()
    await page.get_by_role("button", name="Next working morning").click()
    await expect(page.locator("#stage-now")).to_contain_text(", 08:0")
    await visit.looks()


async def test_the_plug_is_pulled_on_the_page_and_what_was_begun_goes_on(visit: Visitor) -> None:
    page, window = visit.page, visit.page.locator("#window[open]")
    await page.locator("#raise").click()
    await window.locator("[data-field=harm_now] input[value=no]").check()
    await window.locator("[data-action=submit]").click()
    await window.locator("[data-field=content_shown]").wait_for()
    await visit.closes_asking()
    await page.get_by_role("button", name="Pull the plug").click()
    await expect(page.locator("#stage-said")).to_contain_text("The plug is out")
    await visit.looks()
    await expect(page.locator("#stage-said")).to_contain_text("Nothing is lost", timeout=60_000)
    await page.locator("#raise").click()
    await window.locator("[data-action=continue_draft]").click()
    await window.locator("[data-field=content_shown]").wait_for()
