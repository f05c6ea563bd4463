"""Free text, files, pictures and links: refused, never fetched, never read further, in no record (SR-29)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from bot.play.teams.payloads import file_attachment, picture_attachment
from bot.teams import said
from tests.teams.conftest import AMIRA, LEADS

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

SENTINEL = "ZEBRA-7Q"

FILES: dict[str, dict[str, Any]] = {
    "a file": {"text": "", "attachments": [file_attachment(f"{SENTINEL}.jpg")]},
    "a file beside one of our words": {"text": "report", "attachments": [file_attachment(f"{SENTINEL}.pdf")]},
    "a pasted picture": {"text": "", "attachments": [picture_attachment("PICTURE")]},
    "a picture in the rich text": {"text": "see", "html": '<p>see <img src="PICTURE" alt="x"></p>'},
    "a picture in capitals": {"text": "see", "html": '<P><IMG SRC="PICTURE"></P>'},
    "a picture as data": {"text": "data:image/png;base64,AAAA"},
    "a link": {"text": f"https://northside.sharepoint.example/{SENTINEL}.jpg"},
    "a link without a scheme": {"text": f"www.files.example/{SENTINEL}"},
    "a link in the rich text": {"text": "here", "html": '<a href="PICTURE">here</a>'},
    "a forwarded message": {"text": "", "html": '<attachment id="1"></attachment>'},
    "a quoted message": {"text": "", "attachments": [{"contentType": "messageReference", "content": SENTINEL}]},
    "a card": {"text": "", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": {}}]},
}


@pytest.mark.parametrize("sent", FILES.values(), ids=FILES)
async def test_whatever_can_hold_a_picture_is_refused_unread(
    sent: dict[str, Any], teams: TeamsStandIn, bot: Bot
) -> None:
    picture = f"{teams.base_url}/picture"
    attachments = [
        {**one, "contentUrl": picture} if one.get("contentUrl") == "PICTURE" else one
        for one in sent.get("attachments", ())
    ]
    before = len(teams.calls)

    reply = await teams.message(
        AMIRA, sent["text"], html=sent.get("html", "").replace("PICTURE", picture), attachments=attachments
    )

    assert reply.status == 202
    intent = bot.desk.last
    assert (intent.name, intent.has_file, intent.by) == ("refuse_file", True, bot.account())
    assert intent.event == teams.carrier.sent[-1].activity["id"]
    assert dict(intent.fields) == {}
    assert SENTINEL not in repr(intent)
    assert [call for call in teams.calls[before:] if call.what not in {"metadata", "keys"}] == []


@pytest.mark.parametrize("text", [f"a boy called {SENTINEL}", "report a boy", "reports", "help me", "", "x" * 20_000])
async def test_free_text_is_refused_and_kept_nowhere(text: str, teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, text)

    assert bot.desk.names() == ["refuse_message"]
    assert SENTINEL not in repr(bot.desk.last)
    assert teams.messages(AMIRA) == []


@pytest.mark.parametrize(
    "unit",
    ["x", "a-", "<at", "<at>", "<at>x</at>", "https:/", "www", "<a", "sp-", " ", "\n", "\u200b", "\ufdfa"],
    ids=ascii,
)
def test_time_grows_with_the_length_of_a_text_and_no_faster(unit: str) -> None:
    """Of one that is sixteen times as long. With the square of the length it would be 256 times the time."""

    def cost(size: int) -> float:
        text, took = (unit * (size // len(unit) + 1))[:size], []
        for _ in range(3):
            began = time.process_time()
            said.what({"text": text, "attachments": [{"contentType": "text/html", "content": text}]})
            said.what({"text": text})
            took.append(time.process_time() - began)
        return min(took)

    assert cost(48_000) < 80 * max(cost(3_000), 0.001)


async def test_a_refusal_delivered_twice_is_the_same_event(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "free text")
    await teams.redeliver(teams.carrier.sent[-1])

    assert {intent.event for intent in bot.desk.intents} == {teams.carrier.sent[-1].activity["id"]}


async def test_a_picture_that_is_edited_in_is_refused_too(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report", kind="messageUpdate", attachments=[picture_attachment("https://x.example/p")])

    assert bot.desk.last.name == "refuse_file"
    assert bot.desk.last.event.startswith("edit:")


async def test_a_file_in_a_channel_is_refused_in_private(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "<at>Signpost</at>", where=LEADS, attachments=[file_attachment("x.png")])

    assert bot.desk.last.name == "refuse_file"
    assert teams.in_channel(LEADS) == []


async def test_what_other_bots_and_the_service_send_is_left_alone(teams: TeamsStandIn, bot: Bot) -> None:
    for kind in ("typing", "messageReaction", "messageDelete", "event", "endOfConversation"):
        assert (await teams.message(AMIRA, "report", kind=kind)).status == 202
    nobody = {**teams.activity(AMIRA, "message"), "text": "report", "from": {"id": "28:another-bot"}}
    assert (await teams.send_activity(nobody)).status == 202

    assert bot.desk.intents == []
