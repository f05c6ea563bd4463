"""A small app to test the Teams side of the page with: a start card, a dialog of two steps, a message with buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.play.teams import Message
from bot.play.teams.world import personal

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"


def text(words: str, **more: Any) -> Json:
    return {"type": "TextBlock", "text": words, "wrap": True, **more}


def submit(intent: str, title: str, *, opens: bool = False, **more: Any) -> Json:
    held = {"intent": intent, **({"msteams": {"type": "task/fetch"}} if opens else {}), **more}
    return {"type": "Action.Submit", "title": title, "data": held}


def execute(intent: str, title: str) -> Json:
    return {"type": "Action.Execute", "title": title, "verb": intent, "data": {"intent": intent}}


def choices(name: str, label: str, *values: str, several: bool = False) -> Json:
    options = [{"title": value.replace("_", " ").capitalize(), "value": value} for value in values]
    asked = {"type": "Input.ChoiceSet", "id": name, "label": label, "style": "expanded", "choices": options}
    return asked | ({"isMultiSelect": True} if several else {})


def card(*body: Json, actions: tuple[Json, ...] = ()) -> Json:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), "actions": list(actions)}


def start() -> Json:
    return card(text("In danger now? Call 999."), actions=(submit("start_report", "Raise an incident", opens=True),))


def first() -> Json:
    warned = {"type": "Container", "style": "attention", "items": [text("Call 999.", weight="Bolder")]}
    notes = {"type": "Input.Text", "id": "notes", "label": "Notes", "isMultiline": True, "maxLength": 1000}
    return card(
        warned,
        text("Step 1", style="heading", size="Medium", weight="Bolder"),
        choices("safe", "Is anyone in danger?", "no", "yes"),
        choices("places", "Where is it?", "in_school", "elsewhere", several=True),
        notes,
        actions=(submit("next_page", "Continue"), submit("hang_up", "Finish"), submit("say", "Say something")),
    )


def second() -> Json:
    return card(text("Step 2. If someone is in danger, call 999."), actions=(submit("previous_page", "Back"),))


def advice() -> Json:
    return card(
        text("Ring your lead now", style="heading", weight="Bolder"),
        actions=(execute("clear_from_chat", "Clear from chat"), submit("open_case", "Open", opens=True)),
    )


def dialog(shown: Json, title: str = "A small form") -> Json:
    value = {"title": title, "height": "large", "width": "medium", "card": {"contentType": CARD, "content": shown}}
    return {"task": {"type": "continue", "value": value}}


REPLIES: dict[str, Json] = {
    "composeExtension/fetchTask": dialog(first()),
    "start_report": dialog(first()),
    "next_page": dialog(second()),
    "previous_page": dialog(first()),
    "open_case": dialog(second(), "The case"),
    "hang_up": {},
    "say": {"task": {"type": "message", "value": "That is done."}},
    "clear_from_chat": {"statusCode": 200, "type": CARD, "value": card(text("SP-7K4M-2Q: cleared."))},
}


@dataclass
class Seen:
    """What reached the app, in order; `broken` makes it answer nothing that Teams could use."""

    activities: list[Json] = field(default_factory=list)
    broken: bool = False

    def last(self, kind: str) -> Json:
        return next(one for one in reversed(self.activities) if kind in {one["type"], one.get("name")})


def put(teams: TeamsStandIn, user: str, shown: Json, summary: str = "SP-7K4M-2Q: ready to read.") -> None:
    """Put a message of the app into somebody's chat, as the connector does."""
    activity = {"summary": summary, "attachments": [{"contentType": CARD, "content": shown}]}
    teams.world.messages.append(Message(teams.new_id(), personal(user), activity, at=teams.clock()))
    teams.changed()


async def serve(teams: TeamsStandIn) -> tuple[web.AppRunner, Seen]:
    """Serve the small app on a free port and tell the stand-in where it is."""
    seen = Seen()

    async def messages(request: web.Request) -> web.Response:
        activity = await request.json()
        seen.activities.append(activity)
        if seen.broken:
            return web.Response(status=500)
        if activity["type"] == "invoke":
            value = activity["value"]
            held = (value.get("action") or value).get("data") or {}
            return web.json_response(REPLIES[held.get("intent") or activity["name"]])
        if activity["type"] == "message":
            put(teams, activity["from"]["aadObjectId"], start(), "Signpost")
        return web.Response(status=202)

    app = web.Application()
    app.router.add_post("/api/messages", messages)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    teams.bot_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    return runner, seen
