"""What somebody is told in a workspace that configuration names and where we hold no token: what needs none to say."""

from __future__ import annotations

import json
from typing import Any, Final

from slack_bolt.response import BoltResponse

from bot.slack import render
from handlers.screens import Caution, Form, Paragraph

_EMERGENCY: Final = "In danger now? Call 999, and stay with the child."
_NEXT: Final = (
    "Ring your safeguarding lead now, or the police on 101: Signpost is not connected to this workspace just now, and"
    " nothing was saved. Ask your IT to install it again (the address ends in /slack/install)."
)
TEXT: Final = f"{_EMERGENCY} {_NEXT}"
_FORM: Final = Form("Signpost", (Caution(_EMERGENCY), Paragraph(_NEXT)))


def reply(body: dict[str, Any]) -> BoltResponse:
    """The answer to a request: words where a reply can carry them, else an empty one."""
    if "command" in body:
        return _said({"response_type": "ephemeral", "text": TEXT})
    if body.get("type") == "view_submission":
        return _said({"response_action": "update", "view": render.form(_FORM, lambda token: token)})
    return BoltResponse(status=200, body="")


def _said(what: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(what), headers={"content-type": "application/json;charset=utf-8"})
