"""In a real browser, on both sides: an adult who may be staff, and the one question before anybody is told."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.play.browser import PHONE, browser, open_page
from tests.play.playground import Running, playground
from tests.play.test_real_two_sides import answer, is_fine
from tests.play.two_sides import library

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["browser", "library", "playground"]
pytestmark = pytest.mark.usefixtures("library")
STAFF = {"harm_now": "no", "adult_involved": "yes", "adult_role": "staff_or_trust"}


@pytest.mark.parametrize("side", ["slack", "teams"])
async def test_who_is_not_to_be_told_is_asked_first(browser: Browser, playground: Running, side: str) -> None:
    seen = await open_page(browser, f"{playground.address}#U1/{side}", size=PHONE)
    page, window = seen.page, seen.page.locator("dialog[open]")
    if side == "slack":
        await page.locator("#raise").click()
    else:
        await page.locator("#chat [data-action=start_report]").last.click()
    await window.locator("[data-field=harm_now]").wait_for()
    await answer(window, STAFF)
    await window.locator("[data-action=recommend_now]").click()
    await window.locator("[data-field=leave_out]").wait_for()
    await expect(window).to_contain_text("Nobody has been told yet, and nobody is until you press Send.")
    await is_fine(page)
    if shots := os.environ.get("SHOTS"):
        await page.screenshot(path=f"{shots}/ask-{side}.png")
    await window.locator("[data-field=leave_out] input").first.check()
    await window.get_by_role("button", name="Send and see the advice").click()
    await expect(window).to_contain_text("Refer now: police and/or children's social care")
    await expect(window).not_to_contain_text("Priya Nair is being told")
    await is_fine(page)


@pytest.mark.parametrize("side", ["slack", "teams"])
async def test_in_danger_the_choice_stands_below_999(browser: Browser, playground: Running, side: str) -> None:
    seen = await open_page(browser, f"{playground.address}#U1/{side}", size=PHONE)
    page, window = seen.page, seen.page.locator("dialog[open]")
    if side == "slack":
        await page.locator("#raise").click()
    else:
        await page.locator("#chat [data-action=start_report]").last.click()
    await window.locator("[data-field=harm_now]").wait_for()
    await answer(window, {**STAFF, "harm_now": "not_known"})
    await window.locator("[data-field=harm_now] input[value=in_danger_now]").click()  # on Slack the window changes
    if side == "teams":
        await window.locator("[data-action=next_page]").click()
    await window.locator("[data-field=leave_out]").wait_for()
    await expect(window).to_contain_text("Call 999 now")
    await is_fine(page)
    if shots := os.environ.get("SHOTS"):
        await page.screenshot(path=f"{shots}/danger-{side}.png")
