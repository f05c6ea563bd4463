"""The stand-in's Web API, called with Slack's own client: what it takes, and what it refuses as Slack does."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.slack import BadBlockKitError, Channel, SlackStandIn
from tests.play.conftest import with_people
from tests.play.small_bot import first, section

if TYPE_CHECKING:
    from collections.abc import Awaitable


def client_of(slack: SlackStandIn, token: str = "") -> AsyncWebClient:
    client = AsyncWebClient(token=token or slack.bot_token, base_url=slack.api_url, timeout=60)
    client.retry_handlers = []
    return client


async def refused(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_json_forms_and_queries_all_reach_their_method(slack: SlackStandIn) -> None:
    client = client_of(slack)
    sent = await client.chat_postMessage(channel="U1", text="hello")  # JSON
    opened = await client.conversations_open(users="U1")  # form
    who = await client.users_info(user="U1")  # query

    assert sent["channel"] == opened["channel"]["id"] == "D1"
    assert who["user"]["real_name"] == "Amira Khan"
    assert [(call.method, call.ok) for call in slack.calls] == [
        ("chat.postMessage", True),
        ("conversations.open", True),
        ("users.info", True),
    ]


async def test_blocks_may_come_as_json_text_in_a_form(slack: SlackStandIn) -> None:
    form = {"token": slack.bot_token, "channel": "U1", "text": "x", "blocks": json.dumps([section("y")])}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}chat.postMessage", data=form) as answer,
    ):
        assert (await answer.json())["ok"]
    assert slack.messages("U1")[0].blocks[0]["text"]["text"] == "y"
    assert "token" not in slack.calls[0].params  # a log of calls keeps no token


async def test_a_call_without_a_token_or_with_a_wrong_one_is_refused(slack: SlackStandIn) -> None:
    async with aiohttp.ClientSession() as session, session.post(f"{slack.api_url}auth.test") as answer:
        assert (await answer.json())["error"] == "not_authed"
    assert await refused(client_of(slack, "xoxb-other").auth_test()) == "invalid_auth"
    assert await refused(client_of(slack, slack.app_token).auth_test()) == "not_allowed_token_type"
    assert await refused(client_of(slack).api_call("chat.shout")) == "unknown_method"


async def test_a_scope_that_was_not_granted_is_named(slack: SlackStandIn) -> None:
    slack.workspace().scopes.discard("chat:write")
    client = client_of(slack)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U1", text="x")
    assert (caught.value.response["error"], caught.value.response["needed"]) == ("missing_scope", "chat:write")


async def test_a_public_channel_needs_a_scope_that_the_bot_does_not_ask_for(slack: SlackStandIn) -> None:
    slack.add_channel(Channel("C1", "staffroom", is_private=False))
    assert await refused(client_of(slack).conversations_info(channel="C1")) == "missing_scope"


async def test_a_private_channel_without_the_app_cannot_be_seen(slack: SlackStandIn) -> None:
    slack.add_channel(Channel("C2", "leads", ["U2"]), with_app=False)
    client = client_of(slack)
    assert await refused(client.conversations_info(channel="C2")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel="C2", text="x")) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel="U404", text="x")) == "channel_not_found"


async def test_an_archived_channel_takes_no_message(slack: SlackStandIn) -> None:
    slack.workspace().channels["C9"].is_archived = True
    assert await refused(client_of(slack).chat_postMessage(channel="C9", text="x")) == "is_archived"


async def test_a_shared_channel_says_with_whom_it_is_shared_and_its_members_come_in_pages(slack: SlackStandIn) -> None:
    client = client_of(slack)
    told = (await client.conversations_info(channel="C9", include_num_members=True))["channel"]
    assert (told["is_private"], told["is_ext_shared"], told["connected_team_ids"]) == (True, True, ["T9"])
    assert told["num_members"] == 3

    page = await client.conversations_members(channel="C9", limit=2)
    rest = await client.conversations_members(channel="C9", limit=2, cursor=page["response_metadata"]["next_cursor"])
    assert [*page["members"], *rest["members"]] == ["U2", "U5", "UBOT"]
    assert rest["response_metadata"]["next_cursor"] == ""


async def test_people_guests_and_outsiders_carry_their_flags(slack: SlackStandIn) -> None:
    slack.add_person("U8", "Guest", is_restricted=True)
    slack.add_person("U9", "Gone", deleted=True)
    client = client_of(slack)
    assert (await client.users_info(user="U8"))["user"]["is_restricted"]
    assert (await client.users_info(user="U9"))["user"]["deleted"]
    outsider = (await client.users_info(user="U5"))["user"]
    assert (outsider["team_id"], outsider["is_stranger"], "deleted" in outsider) == ("T9", True, False)
    assert await refused(client.users_info(user="U404")) == "user_not_found"
    assert await refused(client.conversations_open(users="U404")) == "users_not_found"
    assert await refused(client.conversations_open(users="U9")) == "user_disabled"


async def test_user_groups_need_a_paid_plan(slack: SlackStandIn) -> None:
    client = client_of(slack)
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == ["U2"]
    assert (await client.usergroups_list())["usergroups"][0]["id"] == "S1"
    assert await refused(client.usergroups_users_list(usergroup="S9")) == "no_such_subteam"
    slack.workspace().user_groups_allowed = False
    assert await refused(client.usergroups_users_list(usergroup="S1")) == "plan_upgrade_required"


async def test_an_update_with_text_alone_takes_the_blocks_away(slack: SlackStandIn) -> None:
    client = client_of(slack)
    sent = await client.chat_postMessage(channel="U1", text="one", blocks=[section("two")])
    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="three")
    [message] = slack.messages("U1")
    assert (message.text, message.blocks, message.edited) == ("three", [], True)


async def test_only_our_own_messages_in_known_conversations_are_changed_or_deleted(slack: SlackStandIn) -> None:
    client = client_of(slack)
    sent = await client.chat_postMessage(channel="U1", text="one")
    assert await refused(client.chat_update(channel="U1", ts=sent["ts"], text="x")) == "channel_not_found"
    assert await refused(client.chat_update(channel="D1", ts="1.000001", text="x")) == "message_not_found"
    slack.messages("U1")[0].ours = False
    assert await refused(client.chat_update(channel="D1", ts=sent["ts"], text="x")) == "cant_update_message"
    assert await refused(client.chat_delete(channel="D1", ts=sent["ts"])) == "cant_delete_message"
    slack.messages("U1")[0].ours = True
    await client.chat_delete(channel="D1", ts=sent["ts"])
    assert slack.messages("U1") == []


async def test_an_ephemeral_message_is_seen_by_one_person_and_found_by_no_call(slack: SlackStandIn) -> None:
    client = client_of(slack)
    sent = await client.chat_postEphemeral(channel="C9", user="U2", text="only you")
    assert [m.text for m in slack.messages("U2")] == ["only you"]
    assert slack.messages("U5") == []
    assert await refused(client.chat_update(channel="C9", ts=sent["message_ts"], text="x")) == "message_not_found"
    assert await refused(client.chat_postEphemeral(channel="C9", user="U1", text="x")) == "user_not_in_channel"


async def test_what_slack_would_refuse_is_refused_with_the_place(slack: SlackStandIn) -> None:
    client = client_of(slack)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U1", text="x", blocks=[section("x" * 3001)])
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["errors"] == [
        "[ERROR] 3001 characters, at most 3000 [json-pointer:/blocks/0/text/text]"
    ]
    assert await refused(client.chat_postMessage(channel="U1", text="x" * 40_001)) == "msg_too_long"
    assert await refused(client.chat_postMessage(channel="U1")) == "no_text"
    bad = {**first(), "callback_id": "x" * 256}
    assert await refused(client.views_open(trigger_id="1.2.x", view=bad)) == "invalid_arguments"
    big = {**first(), "blocks": [section("x" * 3000)] * 90}
    assert await refused(client.views_open(trigger_id="1.2.x", view=big)) == "view_too_large"


async def test_a_strict_stand_in_fails_on_leaving_when_nobody_looked() -> None:
    async def post_without_text() -> None:
        async with SlackStandIn() as slack:
            with_people(slack)
            await client_of(slack).chat_postMessage(channel="U1", blocks=[section("x")])

    with pytest.raises(BadBlockKitError, match=r"chat\.postMessage: text: a message needs a text"):
        await post_without_text()


async def test_ordered_faults_go_wrong_once_each_and_then_it_works(slack: SlackStandIn) -> None:
    client = client_of(slack)
    slack.faults.refuse("chat.postMessage", "internal_error")
    slack.faults.server_error("chat.postMessage", status=503)
    assert await refused(client.chat_postMessage(channel="U1", text="1")) == "internal_error"
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U1", text="2")
    assert caught.value.response.status_code == 503
    assert slack.messages("U1") == []
    await client.chat_postMessage(channel="U1", text="3")
    assert [m.text for m in slack.messages("U1")] == ["3"]


async def test_a_dropped_reply_leaves_the_message_there(slack: SlackStandIn) -> None:
    slack.faults.drop_reply("chat.postMessage")
    with pytest.raises(aiohttp.ClientError):
        await client_of(slack).chat_postMessage(channel="U1", text="once")
    assert [m.text for m in slack.messages("U1")] == ["once"]


async def test_slacks_default_client_posts_twice_when_the_reply_is_lost(slack: SlackStandIn) -> None:
    """The reason why the bot must not use that client for writing: worth noticing if it ever changes."""
    slack.faults.drop_reply("chat.postMessage")
    await AsyncWebClient(token=slack.bot_token, base_url=slack.api_url).chat_postMessage(channel="U1", text="twice")
    assert [m.text for m in slack.messages("U1")] == ["twice", "twice"]


async def test_a_rate_limit_names_the_seconds_and_a_patient_client_gets_through(slack: SlackStandIn) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=1)
    client = client_of(slack)
    client.retry_handlers = [AsyncRateLimitErrorRetryHandler(max_retry_count=1)]
    await client.chat_postMessage(channel="U1", text="later")
    assert [call.error for call in slack.calls] == ["rate_limit", ""]
