"""A whole journey in a real browser, against the real bot: the form's three pages, the advice, the lead, with axe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

from tests.play.browser import PHONE, accessibility, browser, open_page, too_wide
from tests.play.playground import Running, playground

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

__all__ = ["browser", "playground"]

PAGES = (
    {
        "harm_now": "no",
        "what_was_shared": "image_under_18",
        "age_depicted": "13_to_15",
        "adult_involved": "no",
        "relationship": "partners",
        "coercion": "no",
        "capacity_concern": "no",
    },
    {
        "content_shown": "nudity_only",
        "agreed": "yes",
        "spread": "intended_only",
        "image_location": "device_elsewhere",
        "ai_generated": "no",
        "staff_viewed": "no",
        "dsl_informed": "yes",
    },
    {
        "age_others": "13_to_15",
        "age_or_power_gap": "no",
        "intent_to_harm": "no",
        "profit_motive": "no",
        "repeat_behaviour": "no",
        "vulnerability": "no",
        "other_setting_involved": "no",
        "parents_informed": "not_yet",
    },
)
HEADING = "This may be managed in school, if the DSL is confident"


async def is_fine(page: Page) -> None:
    """Nothing for axe, nothing to scroll sideways, and the way to help in danger in the first words of a form."""
    assert await accessibility(page) == []
    assert not await too_wide(page)


async def test_two_content_fifteen_year_olds_from_the_first_click_to_the_lead(
    browser: Browser, playground: Running
) -> None:
    seen = await open_page(browser, playground.address, size=PHONE)
    page = seen.page
    await page.locator("#raise").click()
    for answers in PAGES:
        await page.locator(f"dialog[open] [data-field={next(iter(answers))}]").wait_for()
        await expect(page.locator(".window-body > :first-child")).to_contain_text("999")
        for question, answer in answers.items():
            await page.locator(f"[data-field={question}] input[value='{answer}']").check()
        await is_fine(page)
        await page.locator("[data-action=submit]").click()
    await page.get_by_role("heading", name="Check your answers").wait_for()
    await is_fine(page)
    await page.locator("[data-action=submit]").click()
    await page.locator("dialog[open]").get_by_role("heading", name=HEADING).wait_for()
    await is_fine(page)
    await page.locator("dialog[open] footer button").first.click()
    await page.locator(".message").get_by_role("heading", name=HEADING).wait_for()
    await is_fine(page)

    await page.locator("[data-person=U2]").click()
    await page.locator(".message").get_by_role("heading", name=HEADING).wait_for()
    await page.get_by_role("button", name="Open", exact=True).click()
    await expect(page.locator("dialog[open] .window-body")).to_contain_text("They are in a relationship")
    await is_fine(page)
    assert (seen.troubles, seen.hosts) == ([], {"127.0.0.1"})
