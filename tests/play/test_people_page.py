"""People are chosen on the page, on both sides: found by name, kept in order, by keyboard, small, and with axe."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest
from playwright.async_api import expect

from bot.play.slack import views
from bot.play.teams import Dialog
from bot.slack import render as slack
from bot.teams import render as teams
from handlers.screens import Button, Caution, Form, Option, People, TextBox
from tests.play.browser import PHONE, WIDE, accessibility, browser, open_page, too_wide
from tests.play.two_sides import TwoSides, library, two_sides

if TYPE_CHECKING:
    from playwright.async_api import Browser, Locator, Page

__all__ = ["browser", "library", "two_sides"]


def form(one: str, first: str) -> Form:
    """A window with everything that an admin fills in; `one` stands as the owner and `first` as a lead."""
    return Form(
        "Signpost",
        (
            Caution("In danger now? Call 999."),
            TextBox("name", "Name of the site", value="Northside", max_length=80, single=True),
            People("leads", "Safeguarding leads", "In order.", (Option(first, ""),), several=True),
            People("owner", "Who looks after it", chosen=(Option(one, "Somebody"),)),
        ),
        Button("next_page", "Save", main=True),
    )


async def on_slack(browser: Browser, sides: TwoSides, size: tuple[int, int] = WIDE) -> Page:
    page = (await open_page(browser, f"{sides.address}#U1/slack", size=size)).page
    await page.locator("#people button").first.wait_for()
    view = views.accepted(sides.slack, "views.open", slack.form(form("U1", "U2"), str), kind="modal")
    views.put_on_top(sides.slack, sides.slack.workspace(), "U1", view)
    await page.get_by_label("Name of the site").wait_for()
    return page


def field(page: Page, name: str) -> Locator:
    return page.locator(f"dialog[open] [data-field={name}]")


async def saved_on_slack(page: Page, sides: TwoSides) -> dict[str, Any]:
    await page.get_by_role("button", name="Save").click()
    await sides.slack.until(
        lambda: b"view_submission" in sides.slack.carrier.sent[-1].body if sides.slack.carrier.sent else False
    )
    sent = json.loads(parse_qs(sides.slack.carrier.sent[-1].body.decode())["payload"][0])
    return {name: held[name] for name, held in sent["view"]["state"]["values"].items()}


async def test_people_are_found_by_name_and_sent_in_the_order_in_which_they_were_chosen(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = await on_slack(browser, two_sides)
    leads, owner = field(page, "leads"), field(page, "owner")
    await expect(leads.get_by_role("checkbox", name="Priya Nair")).to_be_checked()
    await leads.get_by_role("searchbox").fill("oka")
    await expect(leads.get_by_role("checkbox")).to_have_count(1)
    await leads.get_by_role("checkbox", name="Sam Okafor").check()
    await leads.get_by_role("searchbox").fill("tom")
    await leads.get_by_role("checkbox", name="Tom Reid").check()
    await leads.get_by_role("searchbox").fill("")
    await leads.get_by_role("checkbox", name="Priya Nair").uncheck()
    await expect(leads.get_by_role("status")).to_have_text("Chosen: Sam Okafor, Tom Reid.")
    await owner.get_by_role("radio", name="Tom Reid").check()
    await page.get_by_label("Name of the site").fill("Southside")

    sent = await saved_on_slack(page, two_sides)
    assert sent["leads"] == {"type": "multi_users_select", "selected_users": ["U4", "U3"]}
    assert sent["owner"] == {"type": "users_select", "selected_user": "U3"}
    assert sent["name"]["value"] == "Southside"


async def test_nobody_can_be_chosen_and_a_search_without_a_find_says_so(browser: Browser, two_sides: TwoSides) -> None:
    page = await on_slack(browser, two_sides)
    owner = field(page, "owner")
    await owner.get_by_role("searchbox").fill("nobody of that name")
    await expect(owner.get_by_role("radio")).to_have_count(0)
    await expect(owner.get_by_role("status")).to_have_text("Nobody has that name. Chosen: Amira Khan.")
    await owner.get_by_role("searchbox").fill("")
    await owner.get_by_role("radio", name="Nobody").check()
    await field(page, "leads").get_by_role("checkbox", name="Priya Nair").uncheck()
    await expect(field(page, "leads").get_by_role("status")).to_have_text("Chosen: nobody.")

    sent = await saved_on_slack(page, two_sides)
    assert sent["owner"]["selected_user"] is None
    assert sent["leads"]["selected_users"] == []


async def test_people_can_be_chosen_by_keyboard_and_enter_in_the_search_sends_nothing(
    browser: Browser, two_sides: TwoSides
) -> None:
    page = await on_slack(browser, two_sides, PHONE)
    leads = field(page, "leads")
    await leads.get_by_role("searchbox", name="Safeguarding leads: find by name").focus()
    await page.keyboard.type("amira")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(leads.get_by_role("status")).to_have_text("Chosen: Priya Nair, Amira Khan.")
    await expect(leads).to_have_accessible_description("In order.")

    assert not two_sides.slack.carrier.sent
    assert await accessibility(page) == []
    assert not await too_wide(page)


@pytest.mark.usefixtures("library")
async def test_the_cards_of_teams_offer_everybody_in_the_tenant(browser: Browser, two_sides: TwoSides) -> None:
    page = (await open_page(browser, f"{two_sides.address}#U1/teams")).page
    await page.locator("#people button").first.wait_for()
    card = teams.form(form("aad-sam", "aad-priya"), str)
    two_sides.teams.world.dialogs["aad-amira"] = Dialog("Signpost", card)
    two_sides.teams.changed()
    leads, owner = field(page, "leads"), field(page, "owner")

    await expect(leads.get_by_role("checkbox")).to_have_count(4)
    await expect(leads.get_by_role("checkbox", name="Priya Nair")).to_be_checked()
    await leads.get_by_role("checkbox", name="Tom Reid").check()
    await expect(owner.get_by_role("combobox")).to_have_value("aad-sam")
    assert await accessibility(page) == []
    await owner.get_by_role("combobox").select_option("Nobody")
    await page.get_by_label("Name of the site").fill("Southside")
    await page.get_by_role("button", name="Save").click()
    await page.get_by_text("Step 2.").wait_for()

    data = two_sides.seen.last("task/submit")["value"]["data"]
    assert data == {"intent": "next_page", "several": ["leads"], "name": "Southside", "leads": "aad-priya,aad-tom"}
    assert "choices.data" in json.dumps(card)  # what the bot drew stays as it was
