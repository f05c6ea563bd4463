"""Teams forms as people send them in: a real dialog of ours, filled in, then made anew for other people and drafts."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.drafts import PAGE_1, Draft
from bot.play.teams import TeamsStandIn, button, forms
from bot.seals import Seals

ORG: Final = "teams:tenant-northside"
OPENER: Final = "OPENER0"
ACTIVITY: Final = "f:0000000000000000"
"""The id of the activity, which is another one in each request."""


@dataclass(frozen=True, slots=True)
class Dialog:
    """The first page as it comes back: the raw JSON, and the token in it."""

    body: bytes
    token: str

    def of(self, draft: Draft, seals: Seals) -> bytes:
        """The same page of another person's draft."""
        token = seals.seal(draft.at("page/1", 0), draft.holder)
        body = self.body.replace(self.token.encode(), token.encode()).replace(OPENER.encode(), draft.user.encode())
        return body.replace(ACTIVITY.encode(), f"f:{secrets.randbelow(10**16):016d}".encode())


def request(body: bytes, bearer: str, port: int) -> bytes:
    """The whole HTTP request. One token serves many, as with Teams."""
    headers = {
        "Host": f"127.0.0.1:{port}",
        "User-Agent": "Microsoft-SkypeBotApi (Microsoft-BotFramework/3.0)",
        "Content-Type": "application/json; charset=utf-8",
        "Authorization": f"Bearer {bearer}",
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /api/messages HTTP/1.1\r\n{head}\r\n".encode() + body


def people(teams: TeamsStandIn, count: int) -> tuple[str, ...]:
    """Members of the tenant."""
    users = tuple(f"S{number:06d}" for number in range(count))
    for user in users:
        teams.add_person(user, "Robin Field")
    return users


async def take_dialog(teams: TeamsStandIn, seals: Seals) -> Dialog:
    """The first page, filled in. The bot must be running."""
    teams.add_person(OPENER, "Robin Field")
    await teams.install(OPENER)
    await teams.message(OPENER, "report")
    await teams.until(lambda: any(button(held.shown_to(OPENER), "start_report") for held in teams.messages(OPENER)))
    await teams.press(OPENER, "start_report", place="message")
    teams.fill(OPENER, PAGE_1)
    dialog = teams.dialog(OPENER)
    action = button(dialog.card, "next_page") if dialog else None
    if dialog is None or action is None:
        raise RuntimeError("no dialog is open that goes on")
    token = str(action["data"]["token"])
    seals.open(token, f"{ORG}/{OPENER}")
    value = {"data": forms.merged(action, forms.inputs(dialog.card, dialog.values)), "context": {"theme": "default"}}
    activity = teams.activity(OPENER, "invoke") | {"id": ACTIVITY, "name": "task/submit", "value": value}
    return Dialog(json.dumps(activity, separators=(",", ":")).encode(), token)


def card_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The card of a dialog that goes on. Raises KeyError."""
    card: dict[str, Any] = answer["task"]["value"]["card"]["content"]
    return card
