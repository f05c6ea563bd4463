"""A small bolt app to test the stand-in with: a window of three steps, a home tab, a message, a refused answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from bot.play.slack import SlackStandIn

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def options(*values: str) -> list[Json]:
    return [{"text": plain(value.replace("_", " ").capitalize()), "value": value} for value in values]


def ask(block_id: str, label: str, element: Json, **more: Any) -> Json:
    whole = {"type": "input", "block_id": block_id, "label": plain(label), "optional": True, **more}
    return {**whole, "element": {"action_id": block_id, **element}}


def actions(*buttons: tuple[str, str, str]) -> Json:
    elements = [
        {"type": "button", "action_id": action, "text": plain(text), "value": value} for action, text, value in buttons
    ]
    return {"type": "actions", "elements": elements}


def window(callback_id: str, blocks: list[Json], submit: str = "Continue", **more: Any) -> Json:
    titled = {"type": "modal", "callback_id": callback_id, "title": plain("A small form"), "close": plain("Close")}
    return {**titled, "submit": plain(submit), "blocks": blocks, **more}


def first() -> Json:
    return window(
        "first",
        [
            section(
                "In danger now? *Call 999*. Do not look at the image. <https://example.org/a|Read more> &amp; rest."
            ),
            ask("safe", "Is anyone in danger?", {"type": "radio_buttons", "options": options("no", "yes")}),
            ask(
                "places",
                "Where is it?",
                {"type": "checkboxes", "options": options("in_school", "elsewhere")},
                dispatch_action=True,
                hint=plain("Choose all that apply."),
            ),
            ask("notes", "Notes", {"type": "plain_text_input", "multiline": True, "max_length": 1000}),
            ask("day", "Which day?", {"type": "datepicker", "placeholder": plain("Choose a day")}),
            actions(("recommend_now", "Get the recommendation now", "draft-1")),
        ],
        notify_on_close=True,
        private_metadata="draft-1",
    )


def second() -> Json:
    age = {"type": "static_select", "placeholder": plain("Choose one"), "options": options("under_13", "older")}
    who = {"type": "multi_static_select", "options": options("priya", "tom", "sam")}
    blocks = [
        section("Step 2. If someone is in danger, call 999."),
        ask("notes", "Notes", {"type": "plain_text_input", "multiline": True, "max_length": 1000}),
        ask("age", "How old?", age),
        ask("who", "Who should know?", who),
        actions(("previous_page", "Back", "draft-1")),
    ]
    return window("second", blocks, submit="Finish")


def result() -> Json:
    return {
        "type": "modal",
        "title": plain("Result"),
        "blocks": [section("*Ring your lead now.*")],
        "close": plain("Done"),
    }


@dataclass
class Seen:
    """What reached the listeners, in order."""

    payloads: list[Json]


async def finish(user: str, client: AsyncWebClient) -> None:
    sent = await client.chat_postMessage(channel=user, text="SP-7K4M-2Q: your result is coming.", unfurl_links=False)
    blocks = [
        {"type": "header", "text": plain("Ring your lead now")},
        section("Hello <@U1>. *Why*: ~nothing~ _known_. `SP-7K4M-2Q`\n• one\n• two"),
        actions(("open_case", "Open", "c1"), ("clear_from_chat", "Clear from chat", "c1")),
    ]
    await client.chat_update(
        channel=sent["channel"], ts=sent["ts"], text="SP-7K4M-2Q: your result is ready.", blocks=blocks
    )


def make_app(client: AsyncWebClient, secret: str) -> tuple[AsyncApp, Seen]:
    bolt = AsyncApp(client=client, signing_secret=secret, process_before_response=True)
    seen = Seen([])

    @bolt.use
    async def note(body: Json, next: Any) -> None:  # noqa: A002 - bolt finds its arguments by name
        seen.payloads.append(body)
        await next()

    listen_for_starts(bolt)
    listen_to_windows(bolt)
    listen_to_messages(bolt)
    return bolt, seen


def listen_for_starts(bolt: AsyncApp) -> None:
    @bolt.command("/signpost")
    async def start(ack: Any, body: Json, client: AsyncWebClient) -> None:
        if body["text"] == "help":
            await ack("Type `/signpost` to begin.")
            return
        await client.views_open(trigger_id=body["trigger_id"], view=first())
        await ack()

    @bolt.shortcut("raise_incident")
    async def shortcut(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=first())
        await ack()

    @bolt.event("app_home_opened")
    async def home(event: Json, client: AsyncWebClient) -> None:
        blocks = [section("Welcome."), actions(("start_report", "Raise an incident", "home"))]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @bolt.action("start_report")
    async def start_report(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=first())
        await ack()


def listen_to_windows(bolt: AsyncApp) -> None:
    @bolt.view("first")
    async def take_first(ack: Any, body: Json) -> None:
        values = body["view"]["state"]["values"]
        if values["notes"]["notes"]["value"] == "spoil":
            await ack(response_action="update", view={**second(), "callback_id": "x" * 256})
        elif "Alex" in (values["notes"]["notes"]["value"] or ""):
            await ack(response_action="errors", errors={"notes": "This looks like a name. Leave names out."})
        else:
            await ack(response_action="update", view=second())

    @bolt.view("second")
    async def take_second(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await finish(body["user"]["id"], client)
        await ack(response_action="update", view=result())

    @bolt.action("places")
    async def places(ack: Any) -> None:
        await ack()

    @bolt.action("recommend_now")
    async def recommend_now(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=result())
        await ack()

    @bolt.action("previous_page")
    async def back(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=first())
        await ack()

    @bolt.view_closed("first")
    async def closed(ack: Any) -> None:
        await ack()


def listen_to_messages(bolt: AsyncApp) -> None:
    @bolt.action("open_case")
    async def open_case(ack: Any, body: Json, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=result())
        await ack()

    @bolt.action("clear_from_chat")
    async def clear(ack: Any, body: Json, client: AsyncWebClient) -> None:
        at = body["container"]
        await client.chat_update(channel=at["channel_id"], ts=at["message_ts"], text="SP-7K4M-2Q: cleared.", blocks=[])
        await ack()


async def serve(slack: SlackStandIn) -> tuple[web.AppRunner, Seen]:
    """Serve the small app on a free port and tell the stand-in where it is."""
    bolt, seen = make_app(AsyncWebClient(token=slack.bot_token, base_url=slack.api_url), slack.signing_secret)

    async def events(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))

    app = web.Application()
    app.router.add_post("/slack/events", events)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    return runner, seen
