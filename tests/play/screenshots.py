"""`make screenshots`: the pictures in docs/images, drawn from the playground with the real bot behind it."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.async_api import async_playwright

from bot.play.process import without_ours
from tests.play.browser import ARGUMENTS, PHONE, WIDE, find_browser, open_page
from tests.play.screenshots_setup import setting_up

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

LEFT_OUT = {"playground-cases", "playground-by-hand", "phone-refer", "phone-contact"}
"""One size shows these well enough."""
IMAGES = Path(__file__).parents[2] / "docs" / "images"


def main() -> int:
    """Draw every picture; return 1 if there is no browser or the playground does not start."""
    if not find_browser():
        sys.stderr.write("There is no Chromium or Chrome here: install one, or set SIGNPOST_TEST_BROWSER.\n")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_draw())


async def _draw() -> int:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "play", "--port", "0"),
        stdout=asyncio.subprocess.PIPE,
        env=without_ours(os.environ),
    )
    try:
        address = await _address(process)
        if not address:
            return 1
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
            for name, size in (("playground", WIDE), ("phone", PHONE)):
                await _on_slack(browser, address, name, size)
                await _on_teams(browser, address, f"{name}-teams", size)
                await _deciding(browser, address, name, size)
            await setting_up(browser, address, _take)  # last: of two schools, each report asks for one
            await browser.close()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    return 0


async def _address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    while line := (await process.stdout.readline()).decode():
        if line.startswith("  Open "):
            return line.removeprefix("  Open ").strip()
        sys.stdout.write(line)
    return ""


async def _on_slack(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """The first page, the recommendation as a message, and what the lead sees."""
    page = (await open_page(browser, address, size=size)).page
    page.set_default_timeout(20_000)
    await page.locator("#raise").click()
    await page.locator("dialog[open] [data-field=harm_now]").wait_for()
    await _take(page, f"{name}-first-page")
    await page.locator("[data-field=harm_now] input[value=no]").check()
    await page.locator("[data-action=recommend_now]").click()
    await page.locator("dialog[open]").get_by_text("Reference SP-").wait_for()
    await page.locator("dialog[open] footer button").first.click()
    await page.locator("#conversation .message h3").first.wait_for()
    await _take(page, f"{name}-recommendation")
    await page.locator("[data-person=U2]").click()
    await page.locator("#conversation .message h3").first.wait_for()
    await _take(page, f"{name}-lead")


async def _on_teams(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """The first page in a dialog, and the recommendation as a card."""
    page = (await open_page(browser, f"{address}#U1/teams", size=size)).page
    page.set_default_timeout(20_000)
    await page.locator("#chat [data-action=start_report]").last.click()
    await page.locator("#teams-dialog [data-field=harm_now]").wait_for()
    await _take(page, f"{name}-first-page")
    await page.locator("#teams-dialog [data-field=harm_now] input[value=no]").check()
    await page.locator("#teams-dialog [data-action=recommend_now]").click()
    await page.locator("#teams-dialog").get_by_text("Reference SP-").wait_for()
    await page.get_by_role("button", name="Close the window").click()
    await page.locator("#chat [data-action=clear_from_chat]").last.wait_for()
    await _take(page, f"{name}-recommendation")


async def _deciding(browser: Browser, address: str, name: str, size: tuple[int, int]) -> None:
    """The list of cases, what a lead reads before they refer, the words for the phone, and where the notice arrives."""
    page = (await open_page(browser, f"{address}#U2/teams", size=size)).page
    page.set_default_timeout(20_000)
    window = page.locator("#teams-dialog[open]")
    await page.get_by_role("button", name="cases", exact=True).click()
    await page.locator("#chat [data-action=open_case]").last.wait_for()
    await _take(page, f"{name}-cases")
    await page.locator("#chat [data-action=open_case]").nth(-2).click()  # the last may be decided: of the wide pictures
    await window.locator("[data-action=refer]").click()
    await window.locator("[data-field=contact]").wait_for()
    for contact in await window.locator("[data-field=contact] input").all():
        await contact.check()
    await window.locator("[data-field=consequences_read] input").check()
    await window.get_by_role("heading", name="Where it goes").evaluate("heading => heading.scrollIntoView()")
    await _take(page, f"{name}-refer")
    await window.locator("[data-action=confirm_refer]").click()
    await window.get_by_text("You decided at").wait_for()
    await page.get_by_role("button", name="Close the window").click()
    await page.locator("#chat").get_by_role("heading", name="Ring now").last.wait_for()
    await _take(page, f"{name}-by-hand")
    await page.locator("[data-person=U5]").click()
    await page.locator("#inbox article").first.wait_for(state="attached")
    await page.locator("#conversation [data-action=acknowledge]").last.wait_for(state="attached")
    await _take(page, f"{name}-contact")


async def _take(page: Page, name: str) -> None:
    if name in LEFT_OUT:
        return
    await page.wait_for_timeout(500)  # what moves has come to rest
    toast = page.locator(".toast .cross")
    while await toast.count() and await toast.first.is_visible():
        await toast.first.click()
    await page.mouse.move(0, 0)
    await page.screenshot(path=IMAGES / f"{name}.png")
    sys.stdout.write(f"docs/images/{name}.png\n")


if __name__ == "__main__":
    sys.exit(main())
