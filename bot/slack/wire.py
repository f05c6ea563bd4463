"""What Slack sends, read into one shape: who wants what, where they are, and how an answer reaches them.

Only what is named here is read. Of a message that somebody wrote, its words, names, addresses and previews are never
looked at: only that it came, and whether a file came with it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from bot.slack import fields
from bot.slack.arrived import UNKNOWN, Arrived, Us
from bot.slack.checked import Json, Malformed, identity, mapping, must, timestamp, token
from handlers import typed
from handlers.intents import INTENTS
from handlers.people import Account

COMMAND: Final = "/signpost"
SHORTCUT: Final = "raise_incident"
WORDS: Final[Mapping[str, str]] = {"": "start_report", "report": "start_report", **typed.WORDS}
"""What may stand behind the command, besides the reference of a case. Whatever else does begins a report, unread:
somebody who wrote down what happened is to have the form at once, and not to look for a word first."""
_PRESSED: Final = INTENTS - {"refuse_message", "refuse_file", "answer_at_once"}
_MESSAGES: Final = frozenset({None, "file_share", "thread_broadcast", "me_message"})
"""The kinds of message event that are somebody writing to the bot."""


def team_of(body: Json) -> str:
    """The workspace in which we are installed and this happened; empty if the request does not say."""
    view = body.get("view")
    if isinstance(view, Mapping) and view.get("app_installed_team_id"):
        return identity(view["app_installed_team_id"])  # in a shared channel `team` may be the other side's
    authorizations = body.get("authorizations")
    if isinstance(authorizations, list) and authorizations and isinstance(authorizations[0], Mapping):
        return identity(authorizations[0].get("team_id") or body.get("team_id"))
    team = body.get("team")
    return identity(team.get("id") if isinstance(team, Mapping) else body.get("team_id"))


def taken_out(body: Json) -> float | None:
    """When a workspace took us out, or our token back, in seconds since 1970; None where the event says neither."""
    event = body.get("event")
    if body.get("type") != "event_callback" or not isinstance(event, Mapping):
        return None
    tokens = event.get("tokens")
    ours = isinstance(tokens, Mapping) and bool(tokens.get("bot"))
    if event.get("type") != "app_uninstalled" and not (event.get("type") == "tokens_revoked" and ours):
        return None
    at = body.get("event_time")
    return float(at) if isinstance(at, int) else math.inf


def read(body: Json, us: Us) -> Arrived | None:
    """What a verified request wants; None for what is not for us. Raises Malformed."""
    if "command" in body:
        return _command(body, us)
    match body.get("type"):
        case "shortcut":
            return _shortcut(body, us)
        case "view_submission":
            return _submission(body, us)
        case "block_actions":
            return _action(body, us)
        case "event_callback":
            return _event(body, us)
        case _:  # a message shortcut, whose payload holds somebody's message, among others: dropped unread
            return None


def _command(body: Json, us: Us) -> Arrived | None:
    if body["command"] != COMMAND:
        return None
    text = body.get("text")
    word = typed.plain(text) if isinstance(text, str) else "more"
    reference = typed.reference(word)
    team = team_of(body)
    return Arrived(
        "command",
        "open_case" if reference else WORDS.get(word, "start_report"),
        Account("slack", team, must(body.get("user_id"))),
        outside=_another_company(body, us),
        extra_text=not reference and word not in WORDS,
        reference=reference,
        trigger=token(body.get("trigger_id")),
    )


def _shortcut(body: Json, us: Us) -> Arrived | None:
    if body.get("callback_id") != SHORTCUT:
        return None
    account, outside = _who(body, us)
    return Arrived("shortcut", "start_report", account, outside, trigger=token(body.get("trigger_id")))


def _submission(body: Json, us: Us) -> Arrived:
    view = mapping(body.get("view"))
    account, outside = _who(body, us)
    values, with_file = fields.read(view.get("state"))
    return Arrived(
        "submission",
        _pressed(view.get("callback_id")),
        account,
        outside,
        sealed=token(view.get("private_metadata")),
        fields=values,
        has_file=with_file,
        trigger=token(body.get("trigger_id")),
        view_id=must(view.get("id")),
        view_hash=token(view.get("hash")),
        blocks=_blocks(view),
    )


def _action(body: Json, us: Us) -> Arrived | None:
    actions = body.get("actions")
    if not isinstance(actions, list) or not actions:
        raise Malformed
    action = mapping(actions[0])
    account, outside = _who(body, us)
    button = action.get("type") == "button"
    view = body.get("view")
    if isinstance(view, Mapping):
        home = view.get("type") == "home"
        if not button and home:
            return None
        values, with_file = fields.read(view.get("state"))
        return Arrived(
            "home" if home else "form",
            _pressed(action.get("action_id")) if button else "answer_at_once",
            account,
            outside,
            sealed=(token(action.get("value")) if button else "") or token(view.get("private_metadata")),
            fields=values,
            has_file=with_file,
            trigger=token(body.get("trigger_id")),
            view_id=must(view.get("id")),
            view_hash=token(view.get("hash")),
        )
    if not button:  # a choice in a message: nothing of ours
        return None
    where = mapping(body.get("container"))
    channel = identity(where.get("channel_id"))
    return Arrived(
        "message",
        _pressed(action.get("action_id")),
        account,
        outside,
        sealed=token(action.get("value")),
        trigger=token(body.get("trigger_id")),
        channel=channel,
        ts=timestamp(where.get("message_ts")) if not where.get("is_ephemeral") else "",
        room=Account("slack", team_of(body), channel) if channel else None,
    )


def _event(body: Json, us: Us) -> Arrived | None:
    event = mapping(body.get("event"))
    if event.get("type") == "app_home_opened" and event.get("tab") == "home":
        name, with_file = "show_home", False
    elif event.get("type") == "message" and _written_to_us(event, us):
        with_file = _brings_file(event)
        name = "refuse_file" if with_file else "refuse_message"
    else:
        return None
    team = team_of(body)
    home = identity(event.get("user_team") or event.get("team") or team)
    return Arrived(
        "home_opened" if name == "show_home" else "event",
        name,
        Account("slack", home, must(event.get("user"))),
        outside=home != team or _another_company(body, us) or body.get("is_ext_shared_channel") is True,
        has_file=with_file,
        event=identity(body.get("event_id")),
    )


def _written_to_us(event: Json, us: Us) -> bool:
    by_a_person = not event.get("bot_id") and event.get("user") not in (None, "", us.bot_user)
    return event.get("channel_type") == "im" and event.get("subtype") in _MESSAGES and by_a_person


def _brings_file(event: Json) -> bool:
    """Whether a file or a preview of one came along. Only the names of keys are looked at."""
    if event.get("files") or event.get("subtype") == "file_share" or event.get("upload"):
        return True
    attachments = event.get("attachments")
    pictures = {"files", "image_url", "thumb_url", "image_bytes"}
    return isinstance(attachments, list) and any(
        isinstance(one, Mapping) and pictures & one.keys() for one in attachments
    )


def _who(body: Json, us: Us) -> tuple[Account, bool]:
    user = mapping(body.get("user"))
    team = team_of(body)
    home = identity(user.get("team_id")) or team
    outside = home != team or bool(user.get("is_stranger")) or _another_company(body, us)
    return Account("slack", home, must(user.get("id"))), outside


def _another_company(body: Json, us: Us) -> bool:
    """Whether the request comes through an organisation of workspaces that ours does not belong to."""
    enterprise = body.get("enterprise")
    named = enterprise.get("id") if isinstance(enterprise, Mapping) else body.get("enterprise_id")
    return bool(named) and named != us.enterprise_id


def _pressed(name: object) -> str:
    return name if isinstance(name, str) and name in _PRESSED else UNKNOWN


def _blocks(view: Json) -> tuple[Json, ...]:
    blocks = view.get("blocks")
    return tuple(block for block in blocks if isinstance(block, Mapping)) if isinstance(blocks, list) else ()
