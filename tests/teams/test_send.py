"""Reaching people: receipt, content, and what each way of going wrong means for whether it is there (SR-5, SR-22)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.channel import OURS, NotSent, Refused, Result, Sent, Unsure
from bot.play.teams import words
from bot.teams import net
from handlers.people import Account
from handlers.screens import Message, Paragraph
from tests.teams.conftest import AMIRA, PRIYA
from tests.teams.desk import recommendation

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

RECEIPT = Message("SP-7K4M-2Q: ready to read in Signpost.", (Paragraph("SP-7K4M-2Q: press Open to read it."),))


async def post(bot: Bot, user: str = AMIRA) -> Result:
    return await bot.platform.channel.post(bot.account(user), RECEIPT)


async def test_a_receipt_is_posted_and_then_filled_as_often_as_need_be(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")

    result = await post(bot)
    assert isinstance(result, Sent)
    for _ in range(2):
        filled = await bot.platform.channel.fill(bot.account(), result.address, recommendation())
        assert filled == result

    (_, message) = teams.messages(AMIRA)
    assert message.summary == "SP-7K4M-2Q: ready to read in Signpost."
    assert "Call the police." in words(message.card)
    assert message.edited
    assert "text" not in message.activity


async def test_somebody_who_never_wrote_is_reached_by_their_object_id(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")

    assert isinstance(await post(bot, PRIYA), Sent)

    (call,) = teams.calls_of("create")
    assert call.body["members"] == [{"id": PRIYA}]
    assert call.body["isGroup"] is False
    assert len(teams.messages(PRIYA)) == 1
    assert (await bot.addresses.of(bot.account(PRIYA))) is not None
    await post(bot, PRIYA)
    assert len(teams.calls_of("create")) == 1


async def test_where_editing_is_forbidden_the_content_follows_as_a_reply(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    result = await post(bot)
    assert isinstance(result, Sent)

    replied = await bot.platform.channel.reply(bot.account(), result.address, recommendation())

    assert isinstance(replied, Sent)
    assert replied != result
    assert result.address.endswith(teams.messages(AMIRA)[-1].reply_to)


OUTCOMES: dict[str, tuple[int, str, Result]] = {
    "rate limited": (429, "7", NotSent("rate_limited", 7.0)),
    "rate limited without a time": (429, "", NotSent("rate_limited")),
    "busy": (412, "", NotSent("busy")),
    "bad gateway": (502, "", Unsure("server_error")),
    "gateway timeout": (504, "", Unsure("server_error")),
    "their failure": (500, "", Unsure("server_error")),
    "unavailable": (503, "", Unsure("server_error")),
    "too large": (413, "", Refused("too_large")),
    "not installed": (403, "", Refused("not_installed")),
    "malformed": (400, "", Refused("malformed")),
}


@pytest.mark.parametrize(("status", "wait", "expected"), OUTCOMES.values(), ids=OUTCOMES)
@pytest.mark.parametrize("what", ["post", "update"])
async def test_each_refusal_says_whether_it_may_be_there(
    what: str, status: int, wait: str, expected: Result, teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, "help")
    sent = await post(bot)
    assert isinstance(sent, Sent)
    count = len(teams.calls_of(what))
    teams.faults.refuse(what, status, retry_after=wait)

    if what == "post":
        got = await post(bot)
    else:
        got = await bot.platform.channel.fill(bot.account(), sent.address, recommendation())

    if (what, status) == ("update", 403):
        expected = Refused("cannot_edit")  # the content follows below
    assert got == expected
    assert len(teams.calls_of(what)) == count + 1, "the worker decides about repeats, not we"


async def test_a_lost_answer_is_unsure_and_not_sent_again_by_us(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    before = len(teams.messages(AMIRA))
    teams.faults.drop_reply("post")

    assert await post(bot) == Unsure("dropped")
    assert len(teams.messages(AMIRA)) == before + 1


async def test_a_slow_answer_is_unsure(teams: TeamsStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(net, "SECONDS", 0.3)
    await teams.message(AMIRA, "help")
    teams.faults.delay("post", 2.0)

    assert await post(bot) == Unsure("timed_out")


async def test_a_service_that_is_not_there_was_surely_not_reached(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.service_url = "https://localhost:9/teams/"
    await teams.message(AMIRA, "free text")

    assert await post(bot) == NotSent("unreachable")


async def test_a_message_that_is_gone_cannot_be_filled(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    sent = await post(bot)
    assert isinstance(sent, Sent)
    teams.world.messages.clear()

    assert await bot.platform.channel.fill(bot.account(), sent.address, recommendation()) == Refused("cannot_edit")


@pytest.mark.parametrize("status", [403, 404, 405])
async def test_where_the_update_is_refused_the_content_can_follow_below(
    status: int, teams: TeamsStandIn, bot: Bot
) -> None:
    """The worker then replies once (tests/running): design, "posted as a receipt and then filled"."""
    await teams.message(AMIRA, "help")
    sent = await post(bot)
    assert isinstance(sent, Sent)
    teams.faults.refuse("update", status)

    assert await bot.platform.channel.fill(bot.account(), sent.address, recommendation()) == Refused("cannot_edit")
    assert isinstance(await bot.platform.channel.reply(bot.account(), sent.address, recommendation()), Sent)


async def test_a_credential_that_is_not_taken_is_ours_to_put_right(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.faults.refuse("post", 401, times=5)
    refused = await post(bot)

    assert isinstance(refused, Refused)
    assert refused.why in OURS


async def test_a_conversation_that_is_gone_is_made_again_once(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.faults.refuse("post", 404)

    assert isinstance(await post(bot), Sent)
    assert len(teams.calls_of("create")) == 1

    teams.faults.refuse("post", 404, times=2)
    assert await post(bot) == Refused("not_found")


async def test_somebody_without_the_app_is_refused_and_not_asked_for_all_the_time(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, "help")
    teams.person(PRIYA).has_app = False

    assert await post(bot, PRIYA) == Refused("not_installed")
    assert await post(bot, PRIYA) == Refused("not_installed")
    assert len(teams.calls_of("create")) == 1

    teams.person(PRIYA).has_app = True
    bot.clock.ahead += 301
    assert isinstance(await post(bot, PRIYA), Sent)


async def test_no_token_means_not_sent(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    bot.platform._tokens.drop()
    teams.faults.refuse("token", 503)

    assert await post(bot) == NotSent("no_token")
    bot.clock.ahead += 6
    assert isinstance(await post(bot), Sent)


async def test_a_token_that_is_turned_down_is_replaced_once(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.entra.tokens.clear()

    assert isinstance(await post(bot), Sent)

    teams.faults.refuse("post", 401, times=5)
    assert await post(bot) == Refused("not_authorised")


async def test_a_redirect_is_not_followed_and_carries_no_token(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    sent = await post(bot)
    assert isinstance(sent, Sent)
    teams.faults.redirect("post", f"{teams.base_url}/elsewhere/v3/conversations/x/activities")
    teams.faults.redirect("update", "https://evil.example/")

    assert await post(bot) == Refused("refused")
    assert await bot.platform.channel.fill(bot.account(), sent.address, RECEIPT) == Refused("refused")
    assert not [call for call in teams.calls if call.path.startswith("/elsewhere")]


async def test_a_message_without_an_id_cannot_be_filled(
    teams: TeamsStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await teams.message(AMIRA, "help")
    monkeypatch.setattr(teams, "new_id", lambda _prefix="": "")

    assert isinstance(await post(bot), Unsure)


async def test_an_account_of_another_platform_is_not_ours(bot: Bot) -> None:
    assert await bot.platform.channel.post(Account("slack", "T1", "U1"), RECEIPT) == Refused("other_platform")


async def test_an_address_that_leads_elsewhere_is_not_called(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    before = len(teams.calls)
    for address in ("a:1/../../x 1", "a:1 ../1", "a:1?x 1", "", "a:1"):
        result = await bot.platform.channel.fill(bot.account(), address, RECEIPT)
        assert isinstance(result, Unsure | Refused)
    assert len(teams.calls) == before


async def test_many_posts_share_one_connection_and_one_token(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    for _ in range(20):
        await post(bot)

    assert len(teams.calls_of("token")) == 1
