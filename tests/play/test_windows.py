"""Windows: triggers, the stack, the hash, what stays typed, and how the bot's answers are carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.play.slack import BadBlockKitError, NotPossibleError, views, words
from tests.play.small_bot import actions, ask, first, plain, second, section, window

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from bot.play.slack import SlackStandIn
    from tests.play.conftest import Clock, Played


def client_of(slack: SlackStandIn) -> AsyncWebClient:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    client.retry_handlers = []
    return client


async def refused(call: Awaitable[Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


def trigger(slack: SlackStandIn, user: str = "U1") -> str:
    return slack.new_trigger(slack.workspace(), user)


async def test_a_trigger_opens_one_window_within_three_seconds(slack: SlackStandIn, clock: Clock) -> None:
    slack.clock = clock
    client = client_of(slack)
    good, late = trigger(slack), trigger(slack)
    await client.views_open(trigger_id=good, view=first())
    assert await refused(client.views_open(trigger_id=good, view=first())) == "exchanged_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.x", view=first())) == "invalid_trigger_id"
    clock.ahead = views.TRIGGER_SECONDS + 0.1
    assert await refused(client.views_open(trigger_id=late, view=first())) == "expired_trigger_id"


async def test_a_bad_view_does_not_use_the_trigger_up(slack: SlackStandIn) -> None:
    client, once = client_of(slack), trigger(slack)
    assert await refused(client.views_open(trigger_id=once, view={"type": "modal"})) == "invalid_arguments"
    await client.views_open(trigger_id=once, view=first())
    assert (slack.view("U1") or {})["callback_id"] == "first"


async def test_a_stale_hash_is_a_conflict_and_a_new_one_is_not(slack: SlackStandIn) -> None:
    client = client_of(slack)
    opened = (await client.views_open(trigger_id=trigger(slack), view=first()))["view"]
    changed = (await client.views_update(view_id=opened["id"], hash=opened["hash"], view=second()))["view"]
    assert (
        await refused(client.views_update(view_id=opened["id"], hash=opened["hash"], view=first())) == "hash_conflict"
    )
    await client.views_update(view_id=opened["id"], hash=changed["hash"], view=first())
    assert await refused(client.views_update(view_id="V404", view=first())) == "not_found"


async def test_at_most_three_windows_lie_on_each_other(slack: SlackStandIn) -> None:
    client = client_of(slack)
    view = (await client.views_open(trigger_id=trigger(slack), view=first()))["view"]
    for _ in range(2):
        inside = slack.new_trigger(slack.workspace(), "U1", view=view["id"])
        on_top = (await client.views_push(trigger_id=inside, view=second()))["view"]
        assert on_top["root_view_id"] == view["id"]
    inside = slack.new_trigger(slack.workspace(), "U1", view=view["id"])
    assert await refused(client.views_push(trigger_id=inside, view=second())) == "push_limit_reached"
    assert await refused(client.views_push(trigger_id=trigger(slack), view=second())) == "not_found"


async def test_a_command_given_again_replaces_the_window(played: Played) -> None:
    await played.slack.command("U1")
    await played.slack.command("U1")
    assert len(played.slack.workspace().stacks["U1"]) == 1


async def test_an_external_id_is_there_once(slack: SlackStandIn) -> None:
    client = client_of(slack)
    named = {**first(), "external_id": "only"}
    await client.views_open(trigger_id=trigger(slack), view=named)
    assert await refused(client.views_open(trigger_id=trigger(slack, "U2"), view=named)) == "duplicate_external_id"
    await client.views_update(external_id="only", view={**second(), "external_id": "only"})
    assert (slack.view("U1") or {})["callback_id"] == "second"


async def test_unanswered_fields_travel_as_empty_values_of_their_kind(played: Played) -> None:
    await played.slack.command("U1")
    await played.slack.submit("U1")
    assert played.seen.payloads[-1]["view"]["state"]["values"] == {
        "safe": {"safe": {"type": "radio_buttons", "selected_option": None}},
        "places": {"places": {"type": "checkboxes", "selected_options": []}},
        "notes": {"notes": {"type": "plain_text_input", "value": None}},
        "day": {"day": {"type": "datepicker", "selected_date": None}},
    }


async def test_answers_travel_in_slacks_shapes(played: Played) -> None:
    await played.slack.command("U1")
    answers = {"safe": "no", "places": ["elsewhere"], "notes": "It is in a chat.", "day": "2026-11-24"}
    await played.slack.submit("U1", answers)
    values = played.seen.payloads[-1]["view"]["state"]["values"]
    assert values["safe"]["safe"]["selected_option"] == {"text": plain("No"), "value": "no"}
    assert values["places"]["places"]["selected_options"] == [{"text": plain("Elsewhere"), "value": "elsewhere"}]
    assert values["notes"]["notes"]["value"] == "It is in a chat."
    assert values["day"]["day"]["selected_date"] == "2026-11-24"


async def test_what_was_typed_stays_where_the_ids_stay_and_goes_where_they_do_not(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    await slack.submit("U1", {"safe": "no", "notes": "kept"})
    assert (slack.view("U1") or {})["state"]["values"]["notes"]["notes"]["value"] == "kept"
    await slack.press("U1", "previous_page")
    values = (slack.view("U1") or {})["state"]["values"]
    assert values["notes"]["notes"]["value"] == "kept"
    assert values["safe"]["safe"]["selected_option"] is None  # page two did not have it, so the client forgot it


async def test_an_option_that_is_no_longer_offered_is_forgotten(slack: SlackStandIn) -> None:
    client = client_of(slack)
    view = (await client.views_open(trigger_id=trigger(slack), view=first()))["view"]
    slack.fill("U1", {"safe": "yes"})
    fewer = window(
        "first",
        [ask("safe", "x", {"type": "radio_buttons", "options": [first()["blocks"][1]["element"]["options"][0]]})],
    )
    await client.views_update(view_id=view["id"], view=fewer)
    assert (slack.view("U1") or {})["state"]["values"]["safe"]["safe"]["selected_option"] is None


async def test_errors_stand_at_their_field_and_the_window_keeps_everything(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    reply = await slack.submit("U1", {"safe": "no", "notes": "Alex sent it"})
    assert (reply.action, slack.errors("U1")) == ("errors", {"notes": "This looks like a name. Leave names out."})
    assert (slack.view("U1") or {})["state"]["values"]["notes"]["notes"]["value"] == "Alex sent it"
    await slack.submit("U1", {"notes": "Somebody sent it"})
    assert slack.errors("U1") == {}


async def test_a_button_in_a_window_carries_the_whole_form(played: Played) -> None:
    await played.slack.command("U1")
    await played.slack.press("U1", "recommend_now", answers={"notes": "half a sent"})
    sent = played.seen.payloads[-1]
    assert sent["view"]["state"]["values"]["notes"]["notes"]["value"] == "half a sent"
    assert (sent["container"]["type"], sent["actions"][0]["value"]) == ("view", "draft-1")
    assert "Ring your lead" in words((played.slack.view("U1") or {})["blocks"])


async def test_only_a_field_that_asks_for_it_tells_the_bot_at_once(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    before = len(played.seen.payloads)
    assert await slack.choose("U1", "safe", "no") is None
    assert len(played.seen.payloads) == before
    reply = await slack.choose("U1", "places", ["in_school"])
    assert reply is not None
    assert reply.ok
    assert played.seen.payloads[-1]["actions"][0]["selected_options"][0]["value"] == "in_school"


async def test_a_person_cannot_choose_what_is_not_there_but_a_hostile_client_can(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    with pytest.raises(NotPossibleError, match="does not offer 'perhaps'"):
        await slack.submit("U1", {"safe": "perhaps"})
    with pytest.raises(NotPossibleError, match="U1 sees no 'colour'"):
        await slack.submit("U1", {"colour": "red"})
    with pytest.raises(NotPossibleError, match="the buttons they see: recommend_now=draft-1"):
        await slack.press("U1", "launch")
    values = {
        "safe": {"safe": {"type": "radio_buttons", "selected_option": {"value": "perhaps"}}},
        "notes": {"notes": {"value": "x"}},
    }
    assert (await slack.submit("U1", values=values)).ok
    assert played.seen.payloads[-1]["view"]["state"]["values"] == values


async def test_the_client_itself_stops_an_empty_required_field_and_a_text_that_is_too_long(slack: SlackStandIn) -> None:
    must = window("must", [ask("a", "A", {"type": "plain_text_input", "max_length": 5}, optional=False)])
    await client_of(slack).views_open(trigger_id=trigger(slack), view=must)
    with pytest.raises(NotPossibleError, match="needs an answer"):
        await slack.submit("U1")
    with pytest.raises(NotPossibleError, match="at most 5"):
        await slack.submit("U1", {"a": "too long"})


async def test_the_cross_clears_all_and_tells_the_bot_if_asked(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    await slack.close_view("U1", everything=True)
    assert slack.view("U1") is None
    told = played.seen.payloads[-1]
    assert (told["type"], told["is_cleared"], "trigger_id" in told) == ("view_closed", True, False)


async def test_a_bad_window_in_the_bots_answer_fails_the_test_and_stays_away(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    with pytest.raises(BadBlockKitError, match="response_action update: callback_id: 256 characters"):
        await slack.submit("U1", {"notes": "spoil"})
    assert (slack.view("U1") or {})["callback_id"] == "first"
    assert slack.notices["U1"] == ["Slack would refuse the app's answer: invalid_arguments."]


async def test_an_answer_other_than_2xx_leaves_a_notice_and_the_window(played: Played) -> None:
    slack = played.slack
    await slack.command("U1")
    slack.workspace().stacks["U1"][0].body["callback_id"] = "unheard_of"  # the app has no listener: 404
    reply = await slack.submit("U1")
    assert (reply.status, reply.ok) == (404, False)
    assert slack.notices["U1"] == ["The app answered with status 404."]
    assert slack.view("U1") is not None


async def test_an_error_at_a_place_that_has_no_field_is_a_finding(played: Played) -> None:
    slack = played.slack
    await client_of(slack).views_open(
        trigger_id=trigger(slack), view=window("first", [section("x"), ask("other", "O", {"type": "plain_text_input"})])
    )
    values = {"notes": {"notes": {"type": "plain_text_input", "value": "Alex"}}}
    with pytest.raises(BadBlockKitError, match=r"errors\.notes: is not the block_id of an input block"):
        await slack.submit("U1", values=values)


async def test_the_home_tab_is_published_and_pressed(played: Played) -> None:
    slack = played.slack
    await slack.open_home("U1")
    assert "Welcome." in words((slack.home("U1") or {})["blocks"])
    await slack.press("U1", "start_report", place="home")
    assert played.seen.payloads[-1]["container"]["type"] == "view"
    assert (slack.view("U1") or {})["callback_id"] == "first"


async def test_ids_that_the_app_leaves_out_are_made_up(slack: SlackStandIn) -> None:
    bare = {"type": "actions", "elements": [{"type": "button", "text": plain("Go")}]}
    await client_of(slack).chat_postMessage(channel="U1", text="x", blocks=[bare, actions(("a", "A", "1"))])
    blocks = slack.messages("U1")[0].blocks
    assert len({block["block_id"] for block in blocks}) == 2
    assert blocks[0]["elements"][0]["action_id"]
