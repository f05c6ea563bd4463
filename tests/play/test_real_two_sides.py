"""Whole journeys in a real browser on both sides, against the real bot, with axe on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.handlers.stories import V01, V05
from tests.play.browser import PHONE, WIDE, accessibility, browser, open_page, too_wide
from tests.play.playground import Running, playground
from tests.play.two_sides import library

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.async_api import Browser, Locator, Page

    from handlers.intents import Value

__all__ = ["browser", "library", "playground"]
pytestmark = pytest.mark.usefixtures("library")
IN_SCHOOL = "This may be managed in school, if the DSL is confident"


async def is_fine(page: Page) -> None:
    """Nothing for axe, and nothing to scroll sideways."""
    assert await accessibility(page) == []
    assert not await too_wide(page)


async def answer(window: Locator, story: Mapping[str, Value]) -> None:
    """Answer what is asked in this window; what it does not ask is left for another page."""
    for field in await window.locator("[data-field]").all():
        chosen = story.get(await field.get_attribute("data-field") or "")
        for value in chosen if isinstance(chosen, tuple) else [chosen] if chosen else []:
            await field.locator(f"input[value='{value}']").check()


async def to_the_end(page: Page, window: Locator, story: Mapping[str, Value]) -> None:
    """From the page that is open to what is sent, by the dialog's main button."""
    for _ in range(4):
        await answer(window, story)
        await is_fine(page)
        if await window.locator("[data-action=submit_report]").count():
            break
        before = await window.locator(".window-body").inner_text()
        await window.locator("[data-action=next_page]").click()
        await expect(window.locator(".window-body")).not_to_have_text(before, use_inner_text=True)
    await window.locator("[data-action=submit_report]").click()


async def test_in_danger_on_teams_is_999_first_and_the_lead_hears_on_slack_before_the_form_is_done(
    browser: Browser, playground: Running
) -> None:
    seen = await open_page(browser, f"{playground.address}#U1/teams", size=PHONE)
    page, window = seen.page, seen.page.locator("#teams-dialog[open]")
    await page.locator("#chat [data-action=start_report]").last.click()
    await window.locator("[data-field=harm_now]").wait_for()
    await expect(window.locator(".card")).to_contain_text("999")
    await answer(window, V05)
    await is_fine(page)
    await window.locator("[data-action=next_page]").click()
    await expect(window).to_contain_text("Call 999 now")
    await is_fine(page)
    told = await playground.screen("U2", lambda screen: "Call 999 now" in str(screen["messages"]))
    assert all("Call 999 now" not in message["text"] for message in told["messages"])

    await window.locator("[data-action=next_page]").click()
    await window.locator("[data-field=content_shown]").wait_for()
    await to_the_end(page, window, V05)
    await window.get_by_role("heading", name="Call 999 now").wait_for()
    await is_fine(page)
    await window.get_by_role("button", name="Close the window").click()
    await page.locator("#chat").get_by_role("heading", name="Call 999 now").last.wait_for()
    await is_fine(page)
    assert (seen.troubles, seen.hosts) == ([], {"127.0.0.1"})


async def test_begun_on_slack_and_sent_from_teams_by_the_same_person_then_read_on_both(
    browser: Browser, playground: Running
) -> None:
    seen = await open_page(browser, playground.address, size=WIDE)
    page = seen.page
    await page.locator("#raise").click()
    window = page.locator("#window[open]")
    await window.locator("[data-field=harm_now]").wait_for()
    await answer(window, V01)
    await window.locator("[data-action=submit]").click()
    await window.locator("[data-field=content_shown]").wait_for()
    await window.get_by_role("button", name="Close the window").click()
    await page.get_by_role("button", name="Close it").click()

    await page.get_by_role("button", name="report", exact=True).click()
    await page.locator("#chat [data-action=start_report]").last.click()
    window = page.locator("#teams-dialog[open]")
    await window.locator("[data-action=continue_draft]").wait_for()
    await is_fine(page)
    await window.locator("[data-action=continue_draft]").click()
    await window.locator("[data-field=content_shown]").wait_for()
    await window.locator("[data-action=previous_page]").click()
    await expect(window.locator("[data-field=relationship] input[value=partners]")).to_be_checked()
    await to_the_end(page, window, V01)
    await window.get_by_role("heading", name=IN_SCHOOL).wait_for()
    await window.get_by_role("button", name="Close the window").click()
    await page.locator("#chat").get_by_role("heading", name=IN_SCHOOL).wait_for()  # where it was sent from
    await is_fine(page)

    await page.locator("[data-person=U2]").click()
    await page.locator("#conversation").get_by_role("heading", name=IN_SCHOOL).wait_for()
    await page.get_by_role("button", name="cases", exact=True).click()
    await page.locator("#chat [data-action=open_case]").last.click()
    await expect(page.locator("#teams-dialog[open]")).to_contain_text("in a relationship")
    await is_fine(page)
    assert (seen.troubles, seen.hosts) == ([], {"127.0.0.1"})
