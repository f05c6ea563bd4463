"""The pictures of setting up for `make screenshots`: an admin adds a school, goes wrong once, and a lead hears."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.play.cast import CHANNELS, LEADS, LUNCH_CHANNEL, POLICE, POLICE_CHANNEL
from tests.play.browser import PHONE, WIDE, open_page
from tests.play.test_real_setting_up import SAM, Sam

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from playwright.async_api import Browser, Page

    Take = Callable[[Page, str], Awaitable[None]]


class Hands:
    """What `Sam` needs of a visitor, with nothing looked at on the way."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def becomes(self, person: str, _place: str) -> None:
        await self.page.locator(f"[data-person={person}]").click()

    async def looks(self) -> None:
        return

    async def closes(self) -> None:
        await self.page.get_by_role("button", name="Close the window").click()


async def setting_up(browser: Browser, address: str, take: Take) -> None:
    """Draw them. The playground has one more school afterwards."""
    page = (await open_page(browser, f"{address}#{SAM}/slack", size=WIDE)).page
    page.set_default_timeout(20_000)
    sam = Sam(Hands(page), "slack")  # type: ignore[arg-type] # the same hands, without axe
    await _adds_a_school(sam)
    await _adds_the_police(sam, take)
    await take(page, "playground-setup-site")
    await sam.goes("Back to all sites", "Set up Signpost")
    await take(page, "playground-setup")
    await sam.closes()

    phone = (await open_page(browser, f"{address}#{SAM}/teams", size=PHONE)).page
    phone.set_default_timeout(20_000)
    await phone.get_by_role("button", name="admin", exact=True).click()
    await phone.locator("#chat").get_by_role("heading", name="Set up Signpost").last.wait_for()
    await take(phone, "phone-teams-setup")

    await page.get_by_role("button", name="+10 minutes").click()
    await page.locator("[data-person=U2]").click()
    await page.locator("#conversation").get_by_text("Southside College").last.wait_for()
    await take(page, "playground-setup-told")


async def _adds_a_school(sam: Sam) -> None:
    await sam.opens()
    await sam.goes("Add a site", "Add a site")
    await sam.types("name", "Southside College")
    await sam.types("phone", "01632 960020")
    await sam.types("mail_domains", "trust.example")
    await sam.saves("Still to do here")
    await sam.goes("Add leads", "add leads")
    await sam.types("groups", LEADS)
    await sam.saves("Look at who that is.")
    await sam.field("sure").get_by_label("Yes").check()
    await sam.saves("Add a stand-in")
    await sam.goes("Add a stand-in", "add a stand-in")
    await sam.field("away").get_by_label("Priya Nair").check()
    await sam.finds("who", "Amira Khan")
    for field, days in (("first_day", 7), ("last_day", 11)):
        await sam.types(field, f"{datetime.now(UTC) + timedelta(days=days):%d/%m/%Y}")
    await sam.saves("Amira Khan stands in for Priya Nair")


async def _adds_the_police(sam: Sam, take: Take) -> None:
    """First by a channel that is public, which is caught at its field."""
    await sam.goes("Add a contact", "add a contact")
    await sam.picks("purpose", "police")
    await sam.picks("kind", "slack")
    await sam.types("destination", f"{CHANNELS}{LUNCH_CHANNEL}")
    await sam.saves("That channel is public")
    await take(sam.page, "playground-setup-wrong-turn")
    await sam.types("destination", f"{CHANNELS}{POLICE_CHANNEL}")
    await sam.types("organisations", POLICE)
    await sam.saves("A test is on its way.")
