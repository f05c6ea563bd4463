"""What a platform offers the rest of the bot, and what it is offered: the seams between `bot/<platform>` and `bot`.

A platform imports this file, never the store or another platform; `bot/app.py` joins them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, TypeAlias, runtime_checkable

from handlers.intents import Intent, Subject
from handlers.people import Account, Known, Standing
from handlers.screens import Message, Screen


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there. `address` is where (opaque to everybody else), so that it can be filled, changed or cleared."""

    address: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """It is surely not there, and may be tried again, `retry_after` seconds from now at the earliest if they said."""

    why: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may be there: the answer was lost."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """It is not there and no retry will help: a person must know."""

    why: str
    organisations: tuple[str, ...] = field(default=(), compare=False)
    """Of a room: workspaces or tenants in it that nobody expects, where that is why."""
    missing: tuple[str, ...] = field(default=(), compare=False)
    """And those that are expected there and are not."""


Result: TypeAlias = Sent | NotSent | Unsure | Refused
"""How a send ended. `why` is a closed word such as `rate_limited`, fit for a log and a metric."""
OURS: Final = frozenset(
    {
        "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope",
        "no_groups_read",
        "team_access_not_granted", "other_workspace", "not_authorised", "service_url",
        "no_starttls", "tls_failed", "certificate_refused", "not_encrypted", "not_welcome", "login_refused",
        "login_not_offered", "login_needed", "sender_refused",
    }
)  # fmt: skip
"""Refusals of our installation, not of the recipient: an admin puts it right, and then the message goes out."""


class Channel(Protocol):
    """A way to reach people: a message is posted as a neutral receipt and then filled; filling may be repeated."""

    async def post(self, to: Account, receipt: Message) -> Result:
        """Post the receipt in the person's private conversation with the bot."""

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        """Overwrite the message at `address` with the content; the same call again does no harm."""

    async def reply(self, to: Account, address: str, content: Message) -> Result:
        """Post the content as a reply to the receipt: once, where the platform forbids to overwrite it."""

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        """Why nothing may be posted in a room just now; None if all is well.

        Read again right before a post: is it private, are we in it, and is nobody there but us and `organisations`?
        """


@runtime_checkable
class WholeChannel(Protocol):
    """A way to reach people where a message can be neither filled nor changed once it is sent: mail."""

    async def send_whole(
        self, to: Account, delivery_id: str, content: Message, begin: Callable[[], Awaitable[bool]]
    ) -> Result:
        """Send all of it. Right before its first word leaves, `begin` is asked, and False means: let it be.

        After `begin` only a clear answer is `NotSent` or `Refused`; whatever is in doubt is `Unsure`.
        """

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        """Why nothing may be sent there just now; None if all is well."""


AnyChannel: TypeAlias = Channel | WholeChannel


class Lookup(Protocol):
    """Questions to a platform about its people. Answers are cached briefly; a failed question is a denial."""

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:
        """Whether the account is a full member right now; `fresh` asks again whatever the cache says."""

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:
        """The members of a group as configuration writes it, or None if they cannot be read."""

    async def name(self, account: Account) -> str:
        """The display name, or an empty text."""


_NOTHING: Final = Subject()


class Desk(Protocol):
    """The front desk: takes an Intent and answers with a Screen. The only way from a platform into the handlers."""

    async def known(
        self, account: Account, *, fresh: bool = False, name: str = "", subject: Subject = _NOTHING
    ) -> Known:
        """What the platforms say about this account, and about the groups and leads' names that its wish needs.

        The wish is the intent's `name` and what it is about; without a name everything that can matter is asked about.
        `fresh` asks anew who the account is.
        """

    async def answer(self, intent: Intent) -> Screen | None:
        """Carry the intent out and return what to show; None: nothing to change.

        Never raises and never takes longer than its time limit (2.5 s): when the database is away it returns a screen
        that says 999, that nothing was saved, gives back what was typed and a reference to quote.
        """

    async def drawn_again(self, intent: Intent) -> Screen | None:
        """What this would show now, for a list that stands in a chat; None where that cannot be said.

        Nobody waits for it, so a failure has no words. Never raises.
        """

    async def posted(self, account: Account, name: str, address: str) -> None:
        """A list that answers `name` stands in somebody's chat since a moment ago: note where. Never raises."""

    async def reachable(self, account: Account) -> None:
        """Somebody can be written to from now on: what they missed is sent again. Never raises."""

    def serves(self, org: str) -> bool:
        """Whether a workspace or tenant (`slack:T1`) is configured here. Any other is refused unheard (SR-3)."""
