"""Verified activities, read into one shape. Only what is named here is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.teams import again, fields, said
from bot.teams.addresses import Reference
from bot.teams.arrived import NOTHING, REPLAYED, SURFACES, UNKNOWN, Arrived, Kind
from bot.teams.rooms import Seen
from handlers.intents import INTENTS, Surface
from handlers.people import Account

Json = Mapping[str, Any]

RAISE: Final = "raise_incident"
"""The message extension's command."""
INVOKES: Final = frozenset(
    {
        "task/fetch",
        "task/submit",
        "composeExtension/fetchTask",
        "composeExtension/submitAction",
        "adaptiveCard/action",
    }
)
_PRESSED: Final = INTENTS - {"refuse_message", "refuse_file", "answer_at_once"}
_OBJECT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ID: Final = re.compile(r"[A-Za-z0-9:;@=._~+!$,()*'-]{1,500}")
_LONGEST_TOKEN: Final = 2000


class Malformed(Exception):
    """No client of Teams sends this."""


class UnknownInvoke(Exception):
    """An invoke that is none of ours."""


def read(activity: Json, tenant: str) -> Arrived:
    """What a verified activity of this tenant wants. Raises Malformed and UnknownInvoke."""
    match activity.get("type"):
        case "invoke":
            return _invoke(activity, tenant)
        case "message":
            return _message(activity, tenant)
        case "messageUpdate":
            return _message(activity, tenant, edited=True)
        case "installationUpdate":
            return _installed(activity, tenant)
        case "conversationUpdate":
            where = _where(activity, tenant)
            # It comes when the app is added and when it is removed: whether there is an address, another event says.
            return _arrived("nothing", UNKNOWN, where, own_room=False) if where else NOTHING
        case _:
            return NOTHING


class _Where:
    """Who acted, and where: their account, their id, and the conversation."""

    def __init__(self, activity: Json, tenant: str) -> None:
        sender, conversation = _object(activity.get("from")), _object(activity.get("conversation"))
        self.account = Account("teams", tenant, _object_id(sender.get("aadObjectId")))
        person = sender.get("id")
        self.person = person if isinstance(person, str) and _ID.fullmatch(person) else ""
        self.service_url = str(activity["serviceUrl"])
        self.conversation = _id(conversation.get("id"))
        self.personal = conversation.get("conversationType") == "personal"
        channel = self.conversation.partition(";")[0] if conversation.get("conversationType") == "channel" else ""
        self.room = Account("teams", tenant, channel) if channel else None
        # A message extension is used in teams that we are not in.
        own = not str(activity.get("name", "")).startswith("composeExtension/")
        self.team = _team(activity) if channel and own else ""

    def seen(self) -> Seen:
        return Seen(self.service_url, self.conversation, self.person, self.team)

    def reference(self) -> Reference | None:
        """The personal conversation, if this is one."""
        return Reference(self.service_url, self.conversation, self.person) if self.personal else None


def _where(activity: Json, tenant: str) -> _Where | None:
    """Who acted and where, or None for what nobody did (the service itself, another bot)."""
    sender = activity.get("from")
    if not isinstance(sender, Mapping) or not sender.get("aadObjectId"):
        return None
    return _Where(activity, tenant)


def _arrived(kind: Kind, name: str, where: _Where, *, own_room: bool = True, **more: Any) -> Arrived:  # noqa: ANN401  # fields of Arrived
    return Arrived(
        kind,
        name,
        where.account,
        seen=where.seen(),
        room=where.room,
        personal=where.reference() if own_room else None,
        **{"surface": SURFACES.get(kind, Surface.COMMAND), **more},
    )


def _invoke(activity: Json, tenant: str) -> Arrived:
    name = activity.get("name")
    if not isinstance(name, str) or not name:
        raise Malformed
    if name not in INVOKES:
        raise UnknownInvoke
    value, where = _object(activity.get("value")), _Where(activity, tenant)
    match name:
        case "composeExtension/fetchTask":
            return _from_compose_box(value, where)
        case "adaptiveCard/action":
            data = _object(_object(value.get("action")).get("data"))
            return _pressed("press", data, where, card=_optional_id(activity.get("replyToId")))
        case "task/fetch":
            data = _object(value.get("data"))
            inner = data.get("data")  # some clients wrap the button's data once more
            return _pressed("fetch", inner if "intent" not in data and isinstance(inner, Mapping) else data, where)
        case _:
            # A message extension is used in somebody else's room: that is never this person's own.
            return _pressed("submit", _object(value.get("data")), where, own_room=name == "task/submit")


def _from_compose_box(value: Json, where: _Where) -> Arrived:
    """The command opens the form at once. A message handed over with it is dropped unread, and they are told."""
    brought = "messagePayload" in value or "botActivityPreview" in value
    name = "start_report" if value.get("commandId") == RAISE else UNKNOWN
    surface = Surface.COMMAND
    return _arrived("fetch", name, where, own_room=False, has_file=brought, extra_text=brought, surface=surface)


def _pressed(kind: Kind, data: Json, where: _Where, *, card: str = "", own_room: bool = True) -> Arrived:
    name, token = data.get("intent"), data.get("token", "")
    if not isinstance(name, str) or not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
        raise Malformed
    try:
        asked = again.read(data) if again.PART in data else {"fields": fields.read(data)}
    except (ValueError, TypeError):
        raise Malformed from None
    known = name if name in _PRESSED else UNKNOWN
    return _arrived(kind, known, where, own_room=own_room, sealed=token, card=card, **asked)


def _message(activity: Json, tenant: str, *, edited: bool = False) -> Arrived:
    where = _where(activity, tenant)
    if where is None:
        return NOTHING
    event = _optional_id(activity.get("id"))
    value = activity.get("value")
    if where.personal and isinstance(value, Mapping) and "intent" in value:
        # A button of a card, sent as a message: its answer would stand in the chat for good, so there is none.
        return _arrived("command", REPLAYED, where, event=event)
    what, name = said.what(activity)
    if what == "word" and where.personal and not edited:
        return _arrived("command", name, where, event=event)
    if what == "reference" and where.personal and not edited:
        return _arrived("command", "find_case", where, event=event, reference=name)
    return _arrived(
        "event",
        "refuse_file" if what == "file" else "refuse_message",
        where,
        has_file=what == "file",
        event=f"edit:{event}" if edited and event else event,
    )


def _installed(activity: Json, tenant: str) -> Arrived:
    where = _where(activity, tenant)
    if where is None:
        return NOTHING
    match activity.get("action"):
        case "add" if where.personal:
            return _arrived("installed", "show_home", where, event=_optional_id(activity.get("id")))
        case "remove":
            return _arrived("removed" if where.personal else "nothing", UNKNOWN, where, own_room=False)
        case _:  # an update of the app says `add-upgrade` and `remove-upgrade`
            return _arrived("nothing", UNKNOWN, where)


def _team(activity: Json) -> str:
    """The team in whose channel something happened, by its own id (and not its group's); empty where it is not said."""
    data = activity.get("channelData")
    team = data.get("team") if isinstance(data, Mapping) else None
    found = _optional_id(team.get("id")) if isinstance(team, Mapping) else ""
    return found if "@thread." in found and ".." not in found else ""


def _object(value: object) -> Json:
    if not isinstance(value, Mapping):
        raise Malformed
    return value


def _object_id(value: object) -> str:
    """An Entra object id: it becomes part of an account, and of calls."""
    if not isinstance(value, str) or not _OBJECT.fullmatch(value):
        raise Malformed
    return value


def _id(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value) or ".." in value:
        raise Malformed
    return value


def _optional_id(value: object) -> str:
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""
