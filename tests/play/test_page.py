"""The page in a real browser, with the small bolt app behind it: by mouse, by keyboard, small, dark, and with axe."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.play import school
from bot.play.slack import Message, SlackStandIn, views
from bot.play.web import PlayPage
from tests.play import small_bot
from tests.play.browser import PHONE, SMALL, WIDE, accessibility, browser, open_page, too_wide
from tests.play.in_one_loop import fixture

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Page

__all__ = ["browser"]


class Stage:
    """The stand-in, and the address of its page."""

    def __init__(self, slack: SlackStandIn, address: str) -> None:
        self.slack = slack
        self.address = address


@fixture
async def stage() -> AsyncIterator[Stage]:
    async with SlackStandIn() as slack:
        school.fill(slack)
        runner, _ = await small_bot.serve(slack)
        page = PlayPage(slack)
        await page.start()
        yield Stage(slack, page.address)
        await page.close()
        await runner.cleanup()


async def type_command(page: Page, text: str = "/signpost") -> None:
    await expect(page.locator("dialog[open]")).to_have_count(0)  # behind an open window nobody can type
    await page.get_by_label("Or type a command").fill(text)
    await page.get_by_role("button", name="Send").click()


async def to_the_result(page: Page) -> None:
    await type_command(page)
    await page.get_by_role("radio", name="No").check()
    await page.get_by_role("button", name="Continue").click()
    await page.get_by_text("Step 2.").wait_for()
    await page.get_by_label("How old?").select_option("older")
    await page.get_by_role("checkbox", name="Priya").check()
    await page.get_by_role("button", name="Finish").click()
    await page.get_by_role("heading", name="Result").wait_for()


async def test_a_form_goes_from_page_to_page_and_ends_in_a_message(browser: Browser, stage: Stage) -> None:
    seen = await open_page(browser, stage.address)
    page = seen.page
    await to_the_result(page)

    await expect(page.locator(".toast")).to_contain_text("SP-7K4M-2Q: your result is coming.")
    assert "Ring your lead" not in await page.locator(".toast").inner_text()
    await page.get_by_role("button", name="Done").click()
    message = page.get_by_role("article", name="Signpost at")
    await expect(message.get_by_role("heading", name="Ring your lead now")).to_be_visible()
    await expect(message.locator(".mention")).to_have_text("@Amira Khan")
    await message.get_by_role("button", name="Clear from chat").click()
    await expect(message).to_contain_text("SP-7K4M-2Q: cleared.")
    assert (seen.troubles, seen.hosts) == ([], {"127.0.0.1"})


async def test_an_error_stands_at_its_field_and_has_the_focus_and_nothing_is_lost(
    browser: Browser, stage: Stage
) -> None:
    page = (await open_page(browser, stage.address)).page
    await type_command(page)
    await page.get_by_label("Notes").fill("Alex sent it")
    await page.get_by_role("checkbox", name="Elsewhere").check()
    await page.get_by_role("button", name="Continue").click()

    notes = page.get_by_label("Notes")
    await expect(notes).to_be_focused()
    await expect(notes).to_have_attribute("aria-invalid", "true")
    await expect(notes).to_have_accessible_description("Look at this: This looks like a name. Leave names out.")
    await expect(notes).to_have_value("Alex sent it")
    await expect(page.get_by_role("checkbox", name="Elsewhere")).to_be_checked()
    assert await accessibility(page) == []


async def test_everything_works_by_keyboard_alone(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address)).page
    await page.locator("#people button").first.wait_for()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    for _ in range(3):  # messages, home, and what begins a report
        await page.keyboard.press("Tab")
    await expect(page.get_by_role("button", name="Raise an incident")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="A small form")).to_be_focused()

    for _ in range(3):  # the cross, the link, the first question
        await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("radio", name="No")).to_be_checked()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Yes")).to_be_checked()
    for _ in range(30):  # round and round: the focus never leaves the window
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )

    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Keep it open")).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.locator("#ask[open]")).to_have_count(0)
    await expect(page.get_by_role("heading", name="A small form")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Keep it open")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await expect(page.get_by_role("button", name="Raise an incident")).to_be_focused()


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (WIDE, True), (PHONE, False), (SMALL, True)])
async def test_axe_finds_nothing_and_no_screen_is_too_wide(
    browser: Browser, stage: Stage, size: tuple[int, int], dark: bool
) -> None:
    page = (await open_page(browser, stage.address, size=size, dark=dark)).page

    async def is_fine() -> None:
        assert await accessibility(page) == []
        assert not await too_wide(page)

    await page.locator("#people button").first.wait_for()
    await is_fine()
    await type_command(page)
    await page.get_by_role("heading", name="A small form").wait_for()
    await is_fine()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Close it").wait_for()
    await is_fine()
    await page.get_by_role("button", name="Close it").click()
    await to_the_result(page)
    await is_fine()
    await page.get_by_role("button", name="Done").click()
    await is_fine()
    await page.get_by_role("button", name="Home", exact=True).click()
    await page.get_by_text("Welcome.").wait_for()
    await is_fine()
    if size != WIDE:
        await page.get_by_role("button", name="What to try").click()
        await is_fine()
    await page.locator("[data-person=U5]").click()
    await page.get_by_text("You are Jo Marsh").wait_for()
    await is_fine()


async def test_a_message_for_somebody_else_shows_as_waiting_and_then_to_them(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address)).page
    await page.locator("#people button").first.wait_for()
    ws = stage.slack.workspace()
    ws.messages.append(Message(ws.direct_channel("U2").id, stage.slack.new_ts(), "SP-7K4M-2Q: a new incident.", []))
    stage.slack.changed()
    await expect(page.locator("[data-person=U2] .waiting")).to_have_text("1 new")
    await expect(page.locator(".toast")).to_have_count(0)
    await page.locator("[data-person=U2]").click()
    await expect(page.locator(".toast")).to_contain_text("SP-7K4M-2Q: a new incident.")
    await expect(page.locator("[data-person=U2] .waiting")).to_have_count(0)


async def test_nothing_that_the_app_sends_becomes_markup(browser: Browser, stage: Stage) -> None:
    seen = await open_page(browser, stage.address)
    ws = stage.slack.workspace()
    hostile = (
        "<img src=x onerror=alert(1)> &lt;b&gt;bold&lt;/b&gt; <javascript:alert(1)|press> <https://example.org|fine>"
    )
    for kind in ("mrkdwn", "plain_text"):
        block = {"type": "section", "block_id": kind, "text": {"type": kind, "text": hostile}}
        ws.messages.append(Message(ws.direct_channel("U1").id, stage.slack.new_ts(), "x", [block]))
    stage.slack.changed()
    messages = seen.page.locator(".message")
    await expect(messages).to_have_count(2)
    await expect(messages.locator("img, b, script")).to_have_count(0)
    await expect(messages.first.get_by_role("link")).to_have_count(1)  # the ordinary one; the other is only words
    await expect(messages.first).to_contain_text("<b>bold</b>")
    await expect(messages.last).to_contain_text("<img src=x onerror=alert(1)>")
    assert seen.troubles == []


async def test_an_unknown_block_is_a_visible_warning(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address)).page
    ws = stage.slack.workspace()
    odd = [{"type": "carousel", "block_id": "a"}, small_bot.ask("b", "When?", {"type": "datetimepicker"})]
    ws.messages.append(Message(ws.direct_channel("U1").id, stage.slack.new_ts(), "x", odd))
    stage.slack.changed()
    await expect(page.get_by_text("[carousel: not drawn by this simulator]")).to_be_visible()
    await expect(page.get_by_text("[datetimepicker: not drawn by this simulator]")).to_be_visible()


async def test_what_is_being_typed_survives_a_redrawing_by_the_app(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address)).page
    await type_command(page)
    await page.get_by_label("Notes").fill("half a sent")
    view = stage.slack.workspace().stacks["U1"][0]
    changed = small_bot.first()
    changed["blocks"].insert(1, small_bot.section("*Call 999 now.*"))
    views.replace(stage.slack, view, views.with_ids(changed))
    await page.get_by_text("Call 999 now.", exact=True).wait_for()
    await expect(page.get_by_label("Notes")).to_have_value("half a sent")
    await expect(page.get_by_label("Notes")).to_be_focused()


async def test_the_simulator_says_when_the_app_did_not_answer(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address)).page
    await page.locator("#people button").first.wait_for()
    stage.slack.bot_url = "http://127.0.0.1:1/slack/events"
    await type_command(page)
    await expect(page.get_by_role("alert").first).to_contain_text("The app did not answer in time")


async def test_a_button_that_asks_first_does_nothing_on_no(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address)).page
    ws = stage.slack.workspace()
    block = small_bot.actions(("clear_from_chat", "Clear", "c1"))
    block["elements"][0]["confirm"] = {
        "title": small_bot.plain("Clear it?"),
        "text": small_bot.plain("Only the receipt stays."),
        "confirm": small_bot.plain("Clear it"),
        "deny": small_bot.plain("Keep it"),
    }
    ws.messages.append(Message(ws.direct_channel("U1").id, stage.slack.new_ts(), "x", [{**block, "block_id": "b"}]))
    stage.slack.changed()
    await page.get_by_role("button", name="Clear", exact=True).click()
    await page.get_by_role("button", name="Keep it").click()
    await asyncio.sleep(0.1)
    assert stage.slack.messages("U1")[0].text == "x"
    await page.get_by_role("button", name="Clear", exact=True).click()
    await page.get_by_role("button", name="Clear it").click()
    await expect(page.get_by_text("SP-7K4M-2Q: cleared.")).to_be_visible()


async def test_the_banner_is_there_whatever_one_looks_at(browser: Browser, stage: Stage) -> None:
    page = (await open_page(browser, stage.address, size=SMALL)).page
    banner = page.get_by_text("Local simulator")
    for person in ("U1", "U2", "U3", "U4", "U5"):
        await page.locator(f"[data-person={person}]").click()
        await expect(banner).to_be_in_viewport()
    await page.locator("[data-person=U1]").click()
    await type_command(page)
    await page.get_by_role("heading", name="A small form").wait_for()
    await expect(banner).to_be_in_viewport()
