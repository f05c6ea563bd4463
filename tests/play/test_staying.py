"""What a person looks at stays where it is, and what a press led to is in sight; in a real browser with small apps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.play.cast import POLICE_CHANNEL, POLICE_TEAMS_CHANNEL
from bot.play.slack import Message as SlackMessage
from bot.play.teams import Message
from tests.play.browser import PHONE, WIDE, accessibility, browser, open_page
from tests.play.small_teams_bot import CARD, card, execute, put, text
from tests.play.two_sides import TwoSides, library, two_sides

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["browser", "library", "two_sides"]
pytestmark = pytest.mark.usefixtures("library")
AMIRA, LONG = "aad-amira", [text(f"Line {number}") for number in range(60)]
SIZES = pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])


@SIZES
async def test_the_answer_to_a_press_is_in_sight_however_long_the_message_is(
    browser: Browser, two_sides: TwoSides, size: tuple[int, int]
) -> None:
    page = (await open_page(browser, f"{two_sides.address}#U1/teams", size=size)).page
    put(two_sides.teams, AMIRA, card(*LONG, actions=(execute("clear_from_chat", "Clear from chat"),)))
    await page.get_by_role("button", name="Clear from chat").click()
    await expect(page.get_by_text("SP-7K4M-2Q: cleared.")).to_be_in_viewport()
    await expect(page.locator("#chat article")).to_be_focused()  # the button that had the focus has gone


@SIZES
async def test_whoever_reads_stays_where_they_are_when_something_above_is_filled(
    browser: Browser, two_sides: TwoSides, size: tuple[int, int]
) -> None:
    page = (await open_page(browser, f"{two_sides.address}#U1/teams", size=size)).page
    put(two_sides.teams, AMIRA, card(text("A receipt")))
    put(two_sides.teams, AMIRA, card(text("What is read now"), *LONG))
    reading = page.get_by_text("What is read now")
    await expect(reading).to_be_in_viewport()
    before = await reading.bounding_box()

    first = two_sides.teams.messages(AMIRA)[0]
    first.activity = {"summary": "", "attachments": [{"contentType": CARD, "content": card(text("Filled"), *LONG)}]}
    two_sides.teams.changed()
    await page.get_by_text("Filled").wait_for(state="attached")
    await expect(reading).to_be_in_viewport()
    after = await reading.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


@SIZES
async def test_an_outsider_reads_what_came_of_a_press_on_both_sides(
    browser: Browser, two_sides: TwoSides, size: tuple[int, int]
) -> None:
    page = (await open_page(browser, f"{two_sides.address}#U5/slack", size=size)).page
    button = {"type": "button", "action_id": "acknowledge", "text": {"type": "plain_text", "text": "Acknowledge"}}
    slack = two_sides.slack
    blocks = [{"type": "actions", "block_id": "b", "elements": [button]}]
    slack.workspace().messages.append(SlackMessage(POLICE_CHANNEL, slack.new_ts(), "SP-1", blocks))
    shown = {"contentType": CARD, "content": card(text("SP-1"), actions=(execute("clear_from_chat", "Acknowledge"),))}
    held = Message(two_sides.teams.new_id(), POLICE_TEAMS_CHANNEL, {"summary": "SP-1", "attachments": [shown]})
    two_sides.teams.world.messages.append(held)
    two_sides.teams.changed()

    slack.bot_url = "http://127.0.0.1:9/"  # nobody there, as while the plug is out
    await page.locator("#conversation").get_by_role("button", name="Acknowledge").click()
    await expect(page.locator("#command-problem")).to_have_text(
        "The app did not answer in time. Nothing is known to be saved."
    )
    await expect(page.locator("#command-problem")).to_be_in_viewport()
    assert await accessibility(page) == []
    if size == PHONE:
        await page.locator("[data-place=teams]").click()
    await page.locator("#chat").get_by_role("button", name="Acknowledge").click()
    await expect(page.locator("#chat")).to_contain_text("SP-7K4M-2Q: cleared.")
    assert two_sides.seen.last("adaptiveCard/action")["conversation"]["conversationType"] == "channel"
