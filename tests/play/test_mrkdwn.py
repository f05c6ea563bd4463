"""Slack's markup as the page reads it, checked in the browser: what becomes bold, what stays text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.slack import SlackStandIn
from bot.play.web import PlayPage
from tests.play.browser import browser, open_page

if TYPE_CHECKING:
    from playwright.async_api import Browser

__all__ = ["browser"]

DRAW = """async (texts) => {
  const { textNodes } = await import("/page/mrkdwn.js");
  const { el } = await import("/page/dom.js");
  const names = { U2: "Priya Nair" };
  return texts.map((text) => el("p", {}, ...textNodes({ type: "mrkdwn", text }, names)).innerHTML
    .replaceAll(/<span class="line">|(?<=[^>]*)<\\/span>$/g, ""));
}"""
CASES = {
    "*bold* _slanted_ ~gone~": "<strong>bold</strong> <em>slanted</em> <s>gone</s>",
    "*bold _and slanted_ words*": "<strong>bold <em>and slanted</em> words</strong>",
    "2*3*4 and snake_case_name": "2*3*4 and snake_case_name",
    "* not bold * and *": "* not bold * and *",
    "(*in brackets*), done": "(<strong>in brackets</strong>), done",
    "`*code*` stays": "<code>*code*</code> stays",
    "&lt;b&gt; &amp; co": "&lt;b&gt; &amp; co",
    "&amp;lt; is escaped once": "&amp;lt; is escaped once",
    "hello <@U2>": 'hello <span class="mention">@Priya Nair</span>',
    "<!channel> and <#C9|police>": '<span class="mention">@channel</span> and <span class="mention">#police</span>',
    "*<javascript:alert(1)|press>*": "<strong><span>press</span></strong>",
    ":warning: and :no_such_sign:": "⚠️ and :no_such_sign:",
    "<b>not markup</b>": "<span>b</span>not markup<span>/b</span>",
}


async def test_marks_links_and_mentions_are_drawn_and_everything_else_is_text(browser: Browser) -> None:
    async with SlackStandIn() as slack:
        served = PlayPage(slack)
        await served.start()
        page = (await open_page(browser, served.address)).page
        drawn = await page.evaluate(DRAW, list(CASES))
        link = await page.evaluate(DRAW, ["<https://example.org/a?b=1&amp;c=2|words>"])
        quote = await page.evaluate(DRAW, ["&gt;*first*\n&gt;second\nafter"])
        await served.close()
    assert dict(zip(CASES, drawn, strict=True)) == CASES
    assert 'href="https://example.org/a?b=1&amp;c=2"' in link[0]
    assert 'rel="noreferrer noopener"' in link[0]
    assert quote[0].startswith("<blockquote><strong>first</strong>")
    assert quote[0].index("</blockquote>") < quote[0].index("after")
