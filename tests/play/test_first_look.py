"""What somebody finds who has never seen the playground: what to do first, and always the way to the other people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.play.cast import PLAYERS, STORIES
from bot.play.slack import Message
from tests.play import small_bot
from tests.play.browser import PHONE, SMALL, WIDE, browser, open_page
from tests.play.two_sides import TwoSides, library, two_sides

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["browser", "library", "two_sides"]
pytestmark = pytest.mark.usefixtures("library")


async def test_each_person_is_told_what_to_do_first(browser: Browser, two_sides: TwoSides) -> None:
    page = (await open_page(browser, two_sides.address)).page
    for player in PLAYERS:
        await page.locator(f"[data-person={player.id}]").click()
        await expect(page.locator("#conversation .nothing")).to_have_text(player.waits)
    await expect(page.locator("#chat .nothing")).to_have_text(PLAYERS[-1].waits)
    assert len({player.waits for player in PLAYERS}) == len(PLAYERS)


async def test_a_story_is_read_without_scrolling_sideways_and_ends_with_one_full_stop(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = (await open_page(browser, two_sides.address)).page
    for number in range(1, len(STORIES)):
        await page.locator(".story summary").nth(number).click()
    assert await page.locator(".left").evaluate("left => left.scrollWidth <= left.clientWidth")
    said = await page.locator(".story .expect").all_inner_texts()
    assert len(said) == len(STORIES)
    assert [text for text in said if not text.endswith(".") or text.endswith("..")] == []


@pytest.mark.parametrize("size", [WIDE, PHONE, SMALL], ids=["desk", "phone", "small phone"])
async def test_one_can_be_somebody_else_however_far_one_has_read(
    browser: Browser, two_sides: TwoSides, size: tuple[int, int]
) -> None:
    ws = two_sides.slack.workspace()
    for number in range(12):
        blocks = [{**small_bot.section(f"{number}. A line."), "block_id": "a"}]
        ws.messages.append(Message(ws.direct_channel("U1").id, two_sides.slack.new_ts(), f"{number}", blocks))
    page = (await open_page(browser, two_sides.address, size=size)).page
    last = page.locator("#conversation article").last
    await expect(last).to_contain_text("11. A line.")
    await expect(last).to_be_in_viewport()
    await expect(page.locator("[data-person=U2] .name")).to_be_in_viewport()
    await expect(page.locator(".toast")).to_have_count(1)
    await page.locator("[data-person=U2]").click()  # and what was announced does not lie over it
    await expect(page.locator("#note")).to_contain_text("You are Priya Nair")
