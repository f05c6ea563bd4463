"""A real Chromium for tests. `from tests.play.browser import browser` gives a test file the fixture.

It is started once for all of them: starting it takes longer than most tests. So whoever uses it runs in the loop of the
session, as `in_one_loop` has it; each test has profiles of its own.
Without a browser on the machine its tests are skipped with one line that says so; on CI a skip counts as a failure.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import async_playwright, expect

from tests.play.in_one_loop import fixture

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-first-run"),
)
PATIENCE = 60_000  # milliseconds; a machine that runs all tests at once is slow
expect.set_options(timeout=PATIENCE)
WIDE, PHONE, SMALL = (1280, 860), (390, 844), (360, 740)


def find_browser() -> str:
    """Return the path of Chromium or Chrome, from SIGNPOST_TEST_BROWSER or PATH; empty if there is none."""
    given = os.environ.get("SIGNPOST_TEST_BROWSER", "")
    return given or next((found for name in NAMES if (found := shutil.which(name))), "")


class Started:
    """The browser of this run, started when it is first asked for, and again if it has ended."""

    def __init__(self) -> None:
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None

    async def browser(self, path: str) -> Browser:
        if self._playwright is None:
            self._playwright = await async_playwright().start()
        if self._browser is None or not self._browser.is_connected():
            self._browser = await self._playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        return self._browser

    async def end(self) -> None:
        if self._browser is not None:
            await self._browser.close()
        if self._playwright is not None:
            await self._playwright.stop()


@fixture(scope="session")
async def started() -> AsyncIterator[Started]:
    held = Started()
    yield held
    await held.end()


@fixture
async def browser(started: Started) -> AsyncIterator[Browser]:
    """A browser that talks to nobody by itself, with no profile open."""
    path = find_browser()
    if not path:
        pytest.skip("no Chromium or Chrome on this machine: install one, or set SIGNPOST_TEST_BROWSER")
    one = await started.browser(path)
    yield one
    for context in one.contexts:
        await context.close()


class Watched:
    """A page with a record of what went wrong on it and which hosts it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.troubles: list[str] = []
        self.hosts: set[str] = set()
        page.on("pageerror", lambda error: self.troubles.append(str(error)))
        page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2].split(":")[0]))


async def open_page(browser: Browser, address: str, *, size: tuple[int, int] = WIDE, dark: bool = False) -> Watched:
    """Open an address in a fresh profile of this size, in British English."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    watched = Watched(await context.new_page())
    await watched.page.goto(address)
    return watched


async def accessibility(page: Page) -> list[str]:
    """Return what axe-core finds on the page as it stands, best practices included; empty when it finds nothing."""
    results: Any = await Axe().run(page)
    return [
        f"{found['id']} ({found['impact']}): {found['nodes'][0]['html']}" for found in results.response["violations"]
    ]


async def too_wide(page: Page) -> bool:
    """Return whether the page must be scrolled sideways."""
    return bool(await page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))
