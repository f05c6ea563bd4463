"""One press, made many times at the same moment, on whichever process gets it: signed, and each with ids of its own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

import aiohttp

from bot.play.slack import payloads, reading
from bot.play.slack.standin import SlackStandIn
from bot.play.teams import TeamsStandIn, forms, words
from tests.journey.on_slack import PEOPLE as ON_SLACK
from tests.journey.on_teams import PEOPLE as ON_TEAMS

PATIENCE = aiohttp.ClientTimeout(total=60)


@dataclass(frozen=True)
class Answer:
    """What came back for one press: the words in the window, and how long it took in seconds."""

    words: str
    took: float


class SlackPress:
    """The main button of the window in front of somebody in Slack."""

    def __init__(self, slack: SlackStandIn, who: str) -> None:
        self._slack, self._user = slack, ON_SLACK[who]

    async def press(self, client: aiohttp.ClientSession, port: int) -> Answer:
        """Press it, with a signature and a trigger that no other press has."""
        slack, ws = self._slack, self._slack.workspace()
        view = ws.top_view(self._user)
        assert view is not None
        payload = payloads.interaction(ws, ws.people[self._user], "view_submission")
        payload |= {"trigger_id": slack.new_trigger(ws, self._user, view=view.id), "response_urls": []}
        sent = slack.carrier.signed("interactive", {**payload, "view": payloads.view(ws, view)})
        began = time.monotonic()
        url = f"http://127.0.0.1:{port}/slack/events"
        async with client.post(url, data=sent.body, headers=sent.headers) as reply:
            assert reply.status == 200, reply.status
            body = await reply.json()
        assert body["response_action"] == "update", body
        return Answer(reading.words(body["view"]["blocks"]), time.monotonic() - began)


class TeamsPress:
    """The main button of the dialog in front of somebody in Teams."""

    def __init__(self, teams: TeamsStandIn, who: str) -> None:
        self._teams, self._user = teams, ON_TEAMS[who]

    async def press(self, client: aiohttp.ClientSession, port: int) -> Answer:
        """Press it, as an activity with an id that no other press has."""
        teams, dialog = self._teams, self._teams.dialog(self._user)
        assert dialog is not None
        data = forms.merged(dialog.card["actions"][0], forms.inputs(dialog.card, dialog.values))
        value = {"data": data, "context": {"theme": "default"}}
        sent = teams.carrier.signed({**teams.activity(self._user, "invoke"), "name": "task/submit", "value": value})
        began = time.monotonic()
        url = f"http://127.0.0.1:{port}/api/messages"
        async with client.post(url, data=sent.body, headers=sent.headers) as reply:
            assert reply.status == 200, reply.status
            body = await reply.json()
        return Answer(words(body["task"]["value"]["card"]["content"]), time.monotonic() - began)


Press = SlackPress | TeamsPress


async def all_at_once(presses: Sequence[tuple[Press, int]]) -> list[Answer]:
    """Make every press, each at a port, at the same moment."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=PATIENCE) as client:
        return await asyncio.gather(*(one.press(client, port) for one, port in presses))
