"""The Teams side of the page in a real browser, with a small app behind it: chat, dialogs, cards, files, and axe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from bot.play.teams.world import personal
from bot.play.web import PlayPage
from tests.play import small_teams_bot
from tests.play.browser import PHONE, SMALL, WIDE, accessibility, browser, open_page, too_wide
from tests.play.small_teams_bot import advice, card, put, submit, text
from tests.play.two_sides import TwoSides, library, two_sides

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

__all__ = ["browser", "library", "two_sides"]
pytestmark = pytest.mark.usefixtures("library")
AMIRA = "aad-amira"


async def teams_side(
    browser: Browser, two_sides: TwoSides, *, size: tuple[int, int] = WIDE, dark: bool = False
) -> Page:
    page = (await open_page(browser, f"{two_sides.address}#U1/teams", size=size, dark=dark)).page
    await page.locator("#people button").first.wait_for()
    return page


async def open_form(page: Page) -> None:
    await page.get_by_role("button", name="report", exact=True).click()
    await page.locator("#chat [data-action=start_report]").last.click()
    await page.get_by_role("heading", name="A small form").wait_for()


async def test_what_is_written_stays_in_the_chat_and_a_card_answers_it(browser: Browser, two_sides: TwoSides) -> None:
    page = await teams_side(browser, two_sides)
    await page.get_by_label("Write to Signpost", exact=True).fill("a <b>sentence</b>")
    await page.locator("#chat-form button").click()

    await expect(page.locator("#chat .mine")).to_have_text("a <b>sentence</b>")
    await expect(page.locator("#chat .message").last).to_contain_text("In danger now? Call 999.")
    await expect(page.locator(".toast")).to_have_count(0)  # whoever writes has the chat in front of them
    said = two_sides.seen.last("message")
    assert said["text"] == "a <b>sentence</b>"
    assert said["attachments"][0]["content"] == "<div><p>a &lt;b&gt;sentence&lt;/b&gt;</p></div>"


async def test_a_dialog_goes_on_with_what_was_chosen_and_typed(browser: Browser, two_sides: TwoSides) -> None:
    page = await teams_side(browser, two_sides)
    await open_form(page)
    await page.get_by_role("radio", name="No").check()
    await page.get_by_role("checkbox", name="In school").check()
    await page.get_by_role("checkbox", name="Elsewhere").check()
    await page.get_by_label("Notes").fill("In a chat, they say.")
    await page.locator("[data-action=next_page]").click()

    await page.get_by_text("Step 2.").wait_for()
    assert two_sides.seen.last("task/submit")["value"]["data"] == {
        "intent": "next_page",
        "safe": "no",
        "places": "in_school,elsewhere",
        "notes": "In a chat, they say.",
    }
    await page.get_by_role("button", name="Back").click()
    await page.get_by_role("button", name="Say something").click()
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await expect(page.locator("#chat-problem")).to_have_text("That is done.")
    await page.locator("#chat [data-action=start_report]").last.click()
    await page.get_by_role("button", name="Finish").click()
    await expect(page.locator("dialog[open]")).to_have_count(0)


async def test_what_was_typed_stays_when_the_app_does_not_answer(browser: Browser, two_sides: TwoSides) -> None:
    page = await teams_side(browser, two_sides)
    await open_form(page)
    await page.get_by_label("Notes").fill("Kept.")
    two_sides.seen.broken = True
    await page.locator("[data-action=next_page]").click()

    await expect(page.locator("dialog[open] [role=alert]")).to_have_text("Something went wrong. Try again.")
    await expect(page.get_by_label("Notes")).to_have_value("Kept.")


async def test_a_button_answers_in_place_and_a_notification_shows_the_summary_alone(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = await teams_side(browser, two_sides)
    put(two_sides.teams, AMIRA, advice())
    await expect(page.locator(".toast")).to_contain_text("from Teams")
    await expect(page.locator(".toast")).to_contain_text("SP-7K4M-2Q: ready to read.")
    assert "Ring your lead" not in await page.locator(".toast").inner_text()

    message = page.locator("#chat .message")
    await expect(message.get_by_role("heading", name="Ring your lead now")).to_be_visible()
    await message.get_by_role("button", name="Open").click()
    await page.get_by_role("heading", name="The case").wait_for()
    await page.get_by_role("button", name="Close the window").click()  # no fields: nothing to ask
    await message.get_by_role("button", name="Clear from chat").click()
    await expect(message).to_contain_text("SP-7K4M-2Q: cleared.")


async def test_a_message_waits_for_whoever_is_not_looked_at_and_on_the_side_that_is_not_in_sight(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = await teams_side(browser, two_sides, size=PHONE)
    put(two_sides.teams, "aad-priya", advice())
    await expect(page.locator("[data-person=U2] .waiting")).to_have_text("1 new")
    await page.get_by_role("button", name="Slack-like").click()
    put(two_sides.teams, AMIRA, advice())
    await expect(page.locator("[data-place=teams] .waiting")).to_have_text("1 new")
    await page.locator("[data-place=teams]").click()
    await expect(page.locator("#chat").get_by_role("heading", name="Ring your lead now")).to_be_in_viewport()
    await expect(page.locator("[data-place=teams] .waiting")).to_have_count(0)


async def test_the_form_opens_from_a_chat_of_colleagues_that_sees_nothing_of_it(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = await teams_side(browser, two_sides)
    await page.get_by_role("button", name="Year 10 team").click()
    await page.get_by_label("Write to the team").fill("Look at this")
    await page.locator("#group-form button").click()
    await expect(page.locator("#chat-problem")).to_contain_text("Nobody reads messages written here.")
    await page.locator("#compose").click()
    await page.get_by_role("heading", name="A small form").wait_for()

    opened = two_sides.seen.last("composeExtension/fetchTask")
    assert opened["conversation"]["conversationType"] == "groupChat"
    assert opened["value"]["commandId"] == "raise_incident"
    assert "Look at this" not in str(two_sides.seen.activities)
    await page.locator("[data-action=next_page]").click()
    await page.get_by_text("Step 2.").wait_for()
    assert two_sides.seen.last("composeExtension/submitAction")
    assert [one for one in two_sides.teams.world.messages if one.conversation != personal(AMIRA)] == []


DROP = """name => {
  const data = new DataTransfer();
  data.items.add(new File(["sentinel-bytes"], name, { type: "image/png" }));
  const event = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data });
  document.querySelector("#chat").dispatchEvent(event);
  return event.defaultPrevented;
}"""


async def test_a_dropped_file_stays_where_it_is_and_the_app_hears_that_one_came(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = await teams_side(browser, two_sides)
    assert await page.evaluate(DROP, "sentinel-name.png")
    await expect(page.locator("#chat .mine")).to_have_text("(a file)")
    await page.get_by_role("button", name="A file").click()
    await expect(page.locator("#chat .mine")).to_have_count(2)

    for said in two_sides.seen.activities:
        assert said["attachments"][-1]["contentType"] == "application/vnd.microsoft.teams.file.download.info"
        assert "sentinel" not in str(said)


async def test_everything_works_by_keyboard_alone(browser: Browser, two_sides: TwoSides) -> None:
    page = await teams_side(browser, two_sides)
    await page.get_by_label("Write to Signpost", exact=True).focus()
    await page.keyboard.type("report")
    await page.keyboard.press("Enter")
    start = page.locator("#chat [data-action=start_report]").last
    await start.wait_for()
    await start.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="A small form")).to_be_focused()
    for _ in range(2):  # the cross, the first question
        await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("radio", name="No")).to_be_checked()
    for _ in range(15):  # round and round: the focus never leaves the dialog
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("button", name="Keep it open")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("dialog[open]")).to_have_count(0)
    await expect(start).to_be_focused()


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (WIDE, True), (PHONE, False), (SMALL, True)])
async def test_axe_finds_nothing_and_no_screen_is_too_wide(
    browser: Browser, two_sides: TwoSides, size: tuple[int, int], dark: bool
) -> None:
    page = await teams_side(browser, two_sides, size=size, dark=dark)

    async def is_fine() -> None:
        assert await accessibility(page) == []
        assert not await too_wide(page)

    await is_fine()
    await open_form(page)
    await page.get_by_role("radio", name="No").check()
    await is_fine()
    await page.locator("[data-action=next_page]").click()
    await page.get_by_text("Step 2.").wait_for()
    await is_fine()
    await page.get_by_role("button", name="Close the window").click()
    put(two_sides.teams, AMIRA, advice())
    await page.get_by_role("heading", name="Ring your lead now").wait_for()
    await is_fine()
    await page.get_by_role("button", name="Year 10 team").click()
    await is_fine()
    if size != WIDE:
        await page.get_by_role("button", name="What to try").click()
        await is_fine()
    await page.locator("[data-person=U5]").click()
    await page.get_by_text("You are Jo Marsh").wait_for()
    await is_fine()


HOSTILE = (
    "<img src=x onerror=alert(1)> **<b>bold</b>** [press](javascript:alert`1`) [fine](https://example.org) "
    '[odd](https://example.org/"onclick="alert`1`) \\*not\\*'
)


async def test_nothing_that_the_app_sends_becomes_markup(browser: Browser, two_sides: TwoSides) -> None:
    seen = await open_page(browser, f"{two_sides.address}#U1/teams")
    put(two_sides.teams, AMIRA, card(text(HOSTILE), text("- one\n- **two**"), text("1. first")))
    message = seen.page.locator("#chat .message")
    await expect(message.locator(".card strong").first).to_have_text("<b>bold</b>")
    await expect(message.locator("img, b, script, [onclick], [onerror]")).to_have_count(0)
    await expect(message.get_by_role("link")).to_have_count(2)
    await expect(message.get_by_role("link", name="fine")).to_have_attribute("rel", "noreferrer noopener")
    await expect(message).to_contain_text("press (javascript:alert`1`)")
    await expect(message).to_contain_text("*not*")
    await expect(message.get_by_role("listitem")).to_have_text(["one", "two", "first"])
    assert (seen.troubles, seen.hosts) == ([], {"127.0.0.1"})


async def test_what_teams_would_not_draw_is_a_visible_warning(browser: Browser, two_sides: TwoSides) -> None:
    page = await teams_side(browser, two_sides)
    put(two_sides.teams, AMIRA, card({"type": "Carousel"}, text("and the rest"), actions=(submit("x", "X"),)))
    await expect(page.locator("#chat .unknown")).to_contain_text("not drawn by this simulator")
    await expect(page.locator("#chat .message")).to_contain_text("and the rest")


async def test_an_outsider_has_the_shared_channel_alone(browser: Browser, two_sides: TwoSides) -> None:
    page = await teams_side(browser, two_sides)
    await page.locator("[data-person=U5]").click()
    await expect(page.locator("#teams-rooms button")).to_have_text(["# schools-officer"])
    await expect(page.locator("#chat-composer")).to_be_hidden()


async def test_without_the_library_the_slack_side_works_and_the_other_says_so(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = PlayPage(two_sides.slack, two_sides.teams, library=Path("nowhere"))
    await page.start()
    seen = await open_page(browser, page.address)
    await expect(seen.page.locator("#chat")).to_contain_text("What draws Teams' cards is not on this computer")
    put(two_sides.teams, AMIRA, small_teams_bot.start())
    await seen.page.locator("#raise").click()
    await seen.page.get_by_role("heading", name="A small form").wait_for()
    assert seen.troubles == []
    await page.close()
