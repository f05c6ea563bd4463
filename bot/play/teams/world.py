"""What the stand-in remembers: people, groups, teams with their channels, conversations, messages and open dialogs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Person:
    """Somebody with an Entra account. `home` is the tenant that the account belongs to, which may be elsewhere."""

    id: str
    name: str
    home: str
    is_guest: bool = False
    deleted: bool = False
    has_app: bool = True
    """Whether the app is installed for them; without it they have no conversation with the bot."""

    @property
    def towards_bot(self) -> str:
        """Their id towards this bot."""
        return f"29:1{self.id.replace('-', '')}"

    def account(self) -> Json:
        """The entry of a roster."""
        first, _, last = self.name.partition(" ")
        handle = self.name.lower().replace(" ", ".")
        own = f"{handle}@northside.example"
        return {
            "id": self.towards_bot,
            "name": self.name,
            "aadObjectId": self.id,
            "givenName": first,
            "surname": last,
            "email": own,
            "userPrincipalName": f"{own.replace('@', '_')}#EXT#@northside.example" if self.is_guest else own,
            "tenantId": self.home,
            "userRole": "guest" if self.is_guest else "user",
        }


@dataclass(slots=True)
class Group:
    """An Entra group, groups inside it already opened."""

    id: str
    members: list[str]
    name: str = ""


@dataclass(slots=True)
class Channel:
    """A channel of a team. Its members are those of the team unless it has its own."""

    id: str
    name: str
    members: list[str] = field(default_factory=list)
    kind: str = "standard"
    """standard, private or shared."""
    archived: bool = False
    has_app: bool = True


@dataclass(slots=True)
class Team:
    """A team with its channels. Its `id` is its group's, which is in links; towards a bot it has another."""

    id: str
    name: str
    channels: dict[str, Channel] = field(default_factory=dict)

    @property
    def towards_bot(self) -> str:
        """Its id towards a bot: that of its first channel."""
        return f"19:{self.id}@thread.tacv2"


@dataclass(slots=True)
class Message:
    """A message of the bot in a conversation."""

    id: str
    conversation: str
    activity: Json
    reply_to: str = ""
    edited: bool = False
    views: dict[str, Json] = field(default_factory=dict)
    """The card that one person sees in place of the message's own, after an answer to their press."""
    at: float = 0.0
    """When it was posted, in seconds since 1970."""

    @property
    def summary(self) -> str:
        """All that a notification shows."""
        return str(self.activity.get("summary", ""))

    @property
    def card(self) -> Json:
        """The message's own card, which stays in the chat's history."""
        attachments = self.activity.get("attachments") or [{}]
        content = attachments[0].get("content")
        return content if isinstance(content, dict) else {}

    def shown_to(self, user: str) -> Json:
        """The card that this person sees."""
        return self.views.get(user, self.card)


@dataclass(slots=True)
class Dialog:
    """A dialog in front of somebody. `compose` says that it was opened from the message extension, and where."""

    title: str
    card: Json
    values: Json = field(default_factory=dict)
    compose: str = ""
    height: str = ""
    width: str = ""


@dataclass(slots=True)
class World:
    """One tenant with its people, and those of other tenants whom it knows."""

    tenant: str
    people: dict[str, Person] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    dialogs: dict[str, Dialog] = field(default_factory=dict)

    def person(self, identity: str) -> Person | None:
        """Somebody by object id or by their id towards the bot."""
        return next((p for p in self.people.values() if identity in {p.id, p.towards_bot}), None)

    def findable(self) -> dict[str, str]:
        """Those whom a search in the tenant finds, with their names: everybody but who has left, guests included."""
        return {p.id: p.name for p in self.people.values() if not p.deleted and (p.home == self.tenant or p.is_guest)}

    def channel(self, identity: str) -> Channel | None:
        """A channel by id; the id of a thread in it counts."""
        team = self.team_of(identity)
        return team.channels[identity.partition(";")[0]] if team else None

    def team_of(self, channel: str) -> Team | None:
        """The team that a channel is in; the id of a thread in it counts."""
        bare = channel.partition(";")[0]
        return next((team for team in self.teams.values() if bare in team.channels), None)

    def owner(self, conversation: str) -> Person | None:
        """The person whose personal conversation with the bot this is."""
        return next((p for p in self.people.values() if personal(p.id) == conversation), None)

    def message(self, conversation: str, identity: str) -> Message | None:
        """The message with this id in this conversation."""
        return next((m for m in self.messages if (m.conversation, m.id) == (conversation, identity)), None)


def personal(user: str) -> str:
    """The id of the personal conversation of somebody with the bot."""
    return f"a:1{user.replace('-', '')}chat"
