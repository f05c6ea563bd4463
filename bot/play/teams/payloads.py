"""The activities that Teams sends, from what is in the world."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from bot.play.teams.world import personal

if TYPE_CHECKING:
    from bot.play.teams.core import Core
    from bot.play.teams.world import Json, Person

GROUP_CHAT = "19:a-chat-of-colleagues@thread.v2"
ONE_TO_ONE = "19:amira_priya@unq.gbl.spaces"
"""A chat of two colleagues. Teams calls it personal too, although the bot is not in it."""


def activity(core: Core, app_id: str, person: Person, kind: str, *, service_url: str, where: str = "") -> Json:
    """Return what every activity has: who, where, when, and the tenant."""
    now = dt.datetime.fromtimestamp(core.clock(), dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    conversation = conversation_of(core, person, where)
    channel = {}
    if conversation["conversationType"] == "channel":
        team = core.world.team_of(where)
        channel = {"channel": {"id": where.partition(";")[0]}, "team": {"id": team.towards_bot if team else ""}}
    return {
        "type": kind,
        "id": core.new_id("f:" if kind == "invoke" else ""),
        "timestamp": now,
        "localTimestamp": now,
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": person.towards_bot, "name": person.name, "aadObjectId": person.id},
        "recipient": {"id": f"28:{app_id}", "name": "Signpost"},
        "conversation": conversation,
        "channelData": {"tenant": {"id": core.world.tenant}, **channel},
        "entities": [{"type": "clientInfo", "locale": "en-GB", "country": "GB", "platform": "Windows"}],
        "locale": "en-GB",
    }


def conversation_of(core: Core, person: Person, where: str) -> Json:
    """Return the `conversation` of an activity: the personal one unless a room is named."""
    base = {"tenantId": core.world.tenant, "id": where or personal(person.id)}
    if not where or where == ONE_TO_ONE:
        return {**base, "conversationType": "personal"}
    if core.world.channel(where) is not None:
        return {**base, "conversationType": "channel", "isGroup": True}
    return {**base, "conversationType": "groupChat", "isGroup": True}


def written(text: str, html: str) -> Json:
    """Return what a message adds. The rich editor sends the text once more as HTML."""
    rich = [{"contentType": "text/html", "content": html or f"<div><p>{text}</p></div>"}]
    return {"text": text, "textFormat": "plain", "attachments": rich}


def file_attachment(name: str) -> Json:
    """Return a file that somebody attached, with the addresses from which it could be had."""
    return {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "contentUrl": f"https://northside.sharepoint.example/personal/{name}",
        "name": name,
        "content": {"downloadUrl": f"https://download.sharepoint.example/{name}", "uniqueId": "1", "fileType": "bin"},
    }


def picture_attachment(address: str) -> Json:
    """Return a picture that somebody pasted; `address` is where it could be had."""
    return {"contentType": "image/png", "contentUrl": address}
