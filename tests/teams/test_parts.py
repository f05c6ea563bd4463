"""A dialog in several parts, over the wire: each part asks for the very same thing again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.play.teams import buttons, fields, words
from bot.play.teams.payloads import GROUP_CHAT
from bot.teams import net
from handlers.screens import Button, Caution, Form, Paragraph, TextBox
from tests.teams.conftest import AMIRA, options_for
from tests.teams.desk import CASE, not_yours, recommendation
from tests.teams.steps import open_form, posted

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from handlers.intents import Intent
    from handlers.screens import Part
    from tests.teams.conftest import Bot


def large(*parts: Part, **more: Any) -> Form:
    """More than one card holds."""
    said = tuple(Paragraph(f"Paragraph {n}. " + "words " * 60) for n in range(200))
    return Form("Signpost", (Caution("In danger now? Call 999."), *said, *parts), **more)


async def read_on(teams: TeamsStandIn) -> list[str]:
    """Press *Read on* to the end; the words of each part."""
    read = [words(teams.card(AMIRA))]
    while (way := buttons(teams.card(AMIRA))[-2:]) and any(one["title"] == "Read on" for one in way):
        await teams.press(AMIRA, way[0]["data"]["intent"], label="Read on")
        read.append(words(teams.card(AMIRA)))
    return read


def the_same(intents: list[Intent]) -> bool:
    """Whether these intents are one and the same."""
    return all(one == intents[0] for one in intents)


async def test_an_opened_case_is_read_part_by_part(teams: TeamsStandIn, bot: Bot) -> None:
    bot.desk.screens["open_case"] = large()
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())
    await teams.press(AMIRA, "open_case")
    bot.desk.intents[:-1] = []

    read = await read_on(teams)

    assert len(read) > 3
    assert all(f"Paragraph {n}." in "\n".join(read) for n in range(200))
    assert the_same(bot.desk.intents)
    await teams.press(AMIRA, "open_case", label="Part before")
    assert words(teams.card(AMIRA)) == read[-2]


async def test_what_was_typed_goes_along_so_that_the_same_press_is_answered_the_same_way(
    teams: TeamsStandIn, bot: Bot
) -> None:
    bot.desk.screens["next_page"] = large()
    await open_form(teams)
    await teams.submit(AMIRA, {"harm_now": "no", "seen_by": ("a", "b"), "notes": "typed, so far"})
    bot.desk.intents[:-1] = []

    await read_on(teams)

    assert the_same(bot.desk.intents)
    assert dict(bot.desk.last.fields) == {"harm_now": "no", "seen_by": ("a", "b"), "notes": "typed, so far"}


async def test_from_the_compose_box_too_and_a_handed_over_message_stays_one(teams: TeamsStandIn, bot: Bot) -> None:
    bot.desk.screens["start_report"] = large()
    await teams.compose(AMIRA, where=GROUP_CHAT, payload={"body": {"content": "ZEBRA"}})

    await read_on(teams)

    assert len(bot.desk.intents) > 3
    assert the_same(bot.desk.intents)
    assert bot.desk.last.has_file
    assert [message.conversation for message in teams.world.messages] == []


async def test_fields_are_sent_from_the_last_part_as_from_any_form(teams: TeamsStandIn, bot: Bot) -> None:
    submit = Button("confirm_refer", "Send", CASE, main=True)
    bot.desk.screens["open_case"] = large(TextBox("reason", "Why?"), submit=submit, token=CASE)
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())
    await teams.press(AMIRA, "open_case")
    await read_on(teams)
    assert list(fields(teams.card(AMIRA))) == ["reason"]

    await teams.submit(AMIRA, {"reason": "Because."})

    assert (bot.desk.last.name, dict(bot.desk.last.fields)) == ("confirm_refer", {"reason": "Because."})


async def test_who_lost_their_role_reads_no_further(teams: TeamsStandIn, bot: Bot) -> None:
    bot.desk.screens["open_case"] = large()
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())
    await teams.press(AMIRA, "open_case")
    bot.desk.screens["open_case"] = not_yours()

    await teams.press(AMIRA, "open_case", label="Read on")

    assert "not yours" in words(teams.card(AMIRA))
    assert "Paragraph" not in words(teams.card(AMIRA))


GOOD: dict[str, Any] = {"fields": {"notes": "x"}, "several": [], "surface": "form", "brought": False}


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": 0, "again": GOOD},
        {"part": "2", "again": GOOD},
        {"part": True, "again": GOOD},
        {"part": 10**6, "again": GOOD},
        {"part": 2},
        {"part": 2, "again": []},
        {"part": 2, "again": {**GOOD, "fields": None}},
        {"part": 2, "again": {**GOOD, "surface": "lead"}},
        {"part": 2, "again": {**GOOD, "several": "x"}},
        {"part": 2, "again": {**GOOD, "fields": {"notes": "x" * 10_001}}},
    ],
)
async def test_what_no_button_of_ours_sends_is_malformed(wrong: dict[str, Any], teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    before = list(bot.desk.intents)
    token = bot.seals.seal(CASE, str(bot.account()))

    reply = await teams.submit(AMIRA, data={"intent": "open_case", "token": token, **wrong})

    assert (reply.status, reply.text) == (400, "")
    assert bot.desk.intents == before


# --- how it travels --------------------------------------------------------------------------------------------------
async def test_a_dialog_travels_with_every_letter_as_itself(teams: TeamsStandIn, bot: Bot) -> None:
    bot.desk.screens["next_page"] = Form("Signpost", (Caution("999"), Paragraph("Zoë \u2014 \u201enaïve\u201d")))
    await open_form(teams)

    reply = await teams.submit(AMIRA)

    assert "Zoë \u2014 \u201enaïve\u201d" in reply.text


async def test_a_message_travels_with_every_letter_as_itself(teams: TeamsStandIn) -> None:
    bodies: list[bytes] = []

    async def keep(request: web.Request) -> web.Response:
        bodies.append(await request.read())
        return web.Response()

    app = web.Application()
    app.router.add_post("/", keep)
    async with TestServer(app) as server, net.session(options_for(teams)) as http:
        await http.post(server.make_url("/"), json={"text": "Zoë", "more": [1, 2]})

    assert bodies == ['{"text":"Zoë","more":[1,2]}'.encode()]
