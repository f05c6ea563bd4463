"""Slack forms as people send them in: a real window of ours, filled in, then made anew for other people and drafts.

The window is opened by `/signpost` against the running bot, and what Slack would post when its main button is pressed
is taken from the stand-in. For each further request the person and the sealed token (the draft's id, which the bot
would have drawn itself) are put in its place; then it is signed.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote_plus, urlencode

from benchmarks.drafts import PAGE_1, Draft
from bot.play.slack import payloads
from bot.play.slack.sign import signed_headers
from bot.play.slack.standin import SlackStandIn
from bot.seals import Seals
from handlers.intents import Subject

ORG: Final = "slack:T1"
FORM: Final = "application/x-www-form-urlencoded"
OPENER: Final = "UOPENER0"
"""Who opens the window that all the others are made of. As long as any other id here."""


@dataclass(frozen=True, slots=True)
class Form:
    """A window as it comes back when its main button is pressed. `token` is what it was sealed with."""

    body: bytes
    token: str
    place: str
    rev: int

    def of(self, draft: Draft, seals: Seals) -> bytes:
        """The same form of another person's draft: the raw body of the request."""
        token = seals.seal(draft.at(self.place, self.rev), draft.holder)
        return self.body.replace(_encoded(self.token), _encoded(token)).replace(OPENER.encode(), draft.user.encode())


def request(body: bytes, secret: str, port: int) -> bytes:
    """The whole HTTP request, signed now."""
    headers = {
        "Host": f"127.0.0.1:{port}",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "Content-Length": str(len(body)),
        **signed_headers(secret, int(time.time()), body, FORM),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n".encode() + body


def people(slack: SlackStandIn, count: int, letter: str) -> tuple[str, ...]:
    """Members of the workspace: a limit for each account, and what is remembered of it, must not decide a figure."""
    users = tuple(f"U{letter}{number:06d}" for number in range(count))
    for user in users:
        slack.add_person(user, "Robin Field")
    return users


async def take_forms(slack: SlackStandIn, seals: Seals) -> tuple[Form, Form]:
    """The first page, filled in, and *Check your answers* of the same report. The bot must be running."""
    await slack.command(OPENER)
    await slack.until(lambda: slack.view(OPENER), within=10)
    slack.fill(OPENER, PAGE_1, place="view")
    first = _taken(slack, seals)
    for _ in range(3):
        await slack.submit(OPENER)
    check = _taken(slack, seals)
    if (first.place, check.place) != ("page/1", "check"):
        raise RuntimeError(f"three pages do not lead from the first one to the check: {check.place}")
    return first, check


def _taken(slack: SlackStandIn, seals: Seals) -> Form:
    ws = slack.workspace_of(OPENER)
    shown = ws.top_view(OPENER)
    if shown is None:
        raise RuntimeError("no window is open")
    payload = payloads.interaction(ws, ws.people[OPENER], "view_submission")
    payload |= {"trigger_id": slack.new_trigger(ws, OPENER, view=shown.id)}
    payload |= {"view": payloads.view(ws, shown), "response_urls": []}
    token = str(shown.body["private_metadata"])
    subject = Subject.read(seals.open(token, f"{ORG}/{OPENER}"))  # Forged: `seals` are not this bot's
    # Slack's JSON has no spaces between its signs.
    body = urlencode({"payload": json.dumps(payload, separators=(",", ":"))}).encode()
    return Form(body, token, subject.place, subject.rev)


def _encoded(text: str) -> bytes:
    return quote_plus(text).encode()
