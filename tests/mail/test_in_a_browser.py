"""The page behind a mail's link as a person meets it: on a phone, in the dark, with a keyboard, without a script."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.store.vault import new_key
from tests.mail.cases import School
from tests.mail.pages import on_a_port
from tests.play.browser import PHONE, SMALL, WIDE, Watched, accessibility, browser, open_page, started, too_wide
from tests.play.in_one_loop import fixture

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["browser", "started"]
pytestmark = pytest.mark.asyncio(loop_scope="session")  # where the browser is
PICTURES = os.environ.get("SIGNPOST_TEST_PICTURES", "")
"""A folder for pictures of each page, for whoever wants to look at them."""


@dataclass
class Site:
    school: School
    link: str
    reference: str


@fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    school = await School.open(tmp_path, new_key())
    sent = await school.refers()
    async with on_a_port(school) as address:
        yield Site(school, address + await school.path(sent), (await school.case()).reference)
    await school.store.close()


async def is_well(shown: Watched, name: str) -> None:
    """Nothing for axe to find, nothing to scroll sideways, nothing blocked or broken, nobody else asked."""
    if PICTURES:
        await shown.page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    assert await accessibility(shown.page) == []
    assert not await too_wide(shown.page)
    assert shown.hosts == {"127.0.0.1"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, SMALL, WIDE], ids=["phone", "small", "wide"])
async def test_it_is_read_and_pressed_on_every_screen(
    browser: Browser, site: Site, size: tuple[int, int], *, dark: bool
) -> None:
    shown = await open_page(browser, site.link, size=size, dark=dark)
    page, kind = shown.page, f"{size[0]}-{'dark' if dark else 'light'}"
    await expect(page).to_have_title(f"{site.reference} · Signpost")
    await expect(page.get_by_role("heading", level=1)).to_have_text(site.reference)
    await is_well(shown, f"ask-{kind}")
    button = page.get_by_role("button", name="Acknowledge")
    box = await button.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= size[1], "the button is seen without scrolling"

    await page.get_by_label("Your name or collar number").fill("PC 1234 Marsh")
    await button.click()
    await expect(page.get_by_text("Acknowledged by PC 1234 Marsh at")).to_be_visible()
    await is_well(shown, f"done-{kind}")
    assert shown.troubles == []
    assert len((await site.school.case()).acknowledged) == 1


async def test_with_a_keyboard_alone_it_is_two_presses(browser: Browser, site: Site) -> None:
    shown = await open_page(browser, site.link)
    for _ in range(2):
        await shown.page.keyboard.press("Tab")
    assert await shown.page.evaluate("document.activeElement.textContent") == "Acknowledge"
    await shown.page.keyboard.press("Enter")

    await expect(shown.page.get_by_text("somebody who gave no name")).to_be_visible()


async def test_it_works_without_scripts_and_keeps_nothing_in_the_browser(browser: Browser, site: Site) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(site.link)
    await page.get_by_role("button", name="Acknowledge").click()
    await expect(page.get_by_text("You can close this page.")).to_be_visible()

    assert await context.storage_state() == {"cookies": [], "origins": []}


async def test_a_reload_and_the_way_back_acknowledge_nothing_again(browser: Browser, site: Site) -> None:
    shown = await open_page(browser, site.link)
    await shown.page.get_by_role("button", name="Acknowledge").click()
    await expect(shown.page.get_by_text("Acknowledged by")).to_be_visible()
    await shown.page.reload()
    await expect(shown.page.get_by_text("Acknowledged by")).to_be_visible()
    await shown.page.goto(site.link)
    await expect(shown.page.get_by_role("button")).to_have_count(0)

    assert len((await site.school.case()).acknowledged) == 1


async def test_a_link_that_leads_nowhere_says_so_in_plain_words(browser: Browser, site: Site) -> None:
    shown = await open_page(browser, site.link[:-3], size=PHONE)
    await expect(shown.page.get_by_role("heading", level=1)).to_have_text("There is nothing here")
    await is_well(shown, "gone")
