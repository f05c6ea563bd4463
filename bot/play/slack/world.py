"""What the stand-in remembers: workspaces with their people, groups, channels, messages and open windows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Answers = dict[tuple[str, str], Json]
"""What was typed or chosen so far, by block_id and action_id, in the shapes of `view.state.values`."""

SCOPES = ("commands", "chat:write", "im:write", "users:read", "usergroups:read", "groups:read")
"""The scopes that a workspace grants unless told otherwise: those of the bot's own manifest."""


class Refusal(Exception):
    """Slack says no: the error code, and whatever else belongs in the answer."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


@dataclass(slots=True)
class Person:
    """Somebody with an account; `team_id` is where the account belongs, which may be elsewhere (Slack Connect)."""

    id: str
    name: str
    team_id: str
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_admin: bool = False
    deleted: bool = False

    def info(self) -> Json:
        """Return the `user` object of `users.info`."""
        profile = {"real_name": self.name, "display_name": self.name.split(" ", maxsplit=1)[0]}
        flags = {
            "deleted": self.deleted,
            "is_bot": False,
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
        }
        if self.is_stranger:
            flags = {"is_bot": False, "is_stranger": True}  # absent is not false: Slack says less of outsiders
        who = {"id": self.id, "team_id": self.team_id, "name": self.handle, "real_name": self.name}
        return {**who, **flags, "profile": profile, "tz": "Europe/London"}

    @property
    def handle(self) -> str:
        """The name as it stands in payloads: lower case with dots."""
        return self.name.lower().replace(" ", ".")


@dataclass(slots=True)
class Group:
    """A user group."""

    id: str
    handle: str
    members: list[str]
    disabled: bool = False


@dataclass(slots=True)
class Channel:
    """A channel, or the direct conversation between the app and one person (`user`)."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    user: str = ""
    is_private: bool = True
    is_archived: bool = False
    is_frozen: bool = False
    is_mpim: bool = False
    is_ext_shared: bool = False
    connected_team_ids: list[str] = field(default_factory=list)
    pending_connected_team_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    """A message, the app's own unless `ours` is false; `ephemeral_to` names the one person who sees it."""

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    ephemeral_to: str = ""
    thread_ts: str = ""
    edited: bool = False
    metadata: Json | None = None
    ours: bool = True
    answers: Answers = field(default_factory=dict)


@dataclass(slots=True)
class View:
    """An open window or a home tab: what the app sent, what was typed since, and the errors shown at its fields."""

    id: str
    user: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    answers: Answers = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Workspace:
    """One workspace in which the app is installed."""

    id: str
    bot_token: str
    scopes: set[str]
    domain: str = "northside"
    name: str = "Northside"
    app_id: str = "A0SIGNPOST"
    bot_id: str = "B0SIGNPOST"
    bot_user: str = "UBOT"
    user_groups_allowed: bool = True
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    stacks: dict[str, list[View]] = field(default_factory=dict)
    homes: dict[str, View] = field(default_factory=dict)

    def top_view(self, user: str) -> View | None:
        """Return the window that this person has in front of them."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def findable(self) -> list[str]:
        """The ids of those whom a menu of people finds: everybody but who has left, strangers included."""
        return [person.id for person in self.people.values() if not person.deleted]

    def direct_channel(self, user: str) -> Channel:
        """Return the direct conversation between the app and this person, opening it if need be."""
        channel_id = f"D{user.removeprefix('U')}"
        if channel_id not in self.channels:
            name = "directmessage"
            self.channels[channel_id] = Channel(channel_id, name, [user, self.bot_user], user=user)
        return self.channels[channel_id]

    def find_message(self, channel: str, ts: str) -> Message | None:
        """Return the message with this timestamp in this channel."""
        return next((m for m in self.messages if m.channel == channel and m.ts == ts), None)

    def messages_seen_by(self, user: str) -> list[Message]:
        """Return the messages that this person can see, oldest first."""
        mine = {c.id for c in self.channels.values() if user in c.members}
        return [m for m in self.messages if m.ephemeral_to == user or (m.channel in mine and not m.ephemeral_to)]
