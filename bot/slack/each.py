"""The `Lookup` and the `Channel` of all workspaces: each question and each message goes to its own, with its token."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Final

from bot.channel import NotSent, Refused, Result
from bot.slack.workspace import Workspace
from bot.slack.workspaces import Workspaces
from handlers.people import Account, Group, Standing
from handlers.screens import Message

HERE: ContextVar[str] = ContextVar("HERE", default="")
"""The workspace whose request is being answered; empty where nobody asked."""

NOT_THERE: Final = NotSent("not_configured")
"""We are not installed there, yet or any more: it waits."""


class EachLookup:
    """Asks the workspace that a person or a group belongs to, and no other."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:
        """Whether the account is a full member of its workspace right now."""
        there = await self._of(account)
        if there is None:
            return Standing(member=False, why_not="unknown")
        return await there.lookup.standing(account, fresh=fresh)

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:
        """The members of `slack:T1/S…` or `slack:T1/C…`, or None if they cannot be read."""
        there = await self._workspaces.at(group.removeprefix("slack:").partition("/")[0])
        return await there.lookup.members(group, fresh=fresh) if there else None

    async def about(self, group: str, *, fresh: bool = False) -> Group:
        """What a group is called, and why nobody can be told to be in it, for an admin."""
        there = await self._workspaces.at(group.removeprefix("slack:").partition("/")[0])
        return await there.lookup.about(group, fresh=fresh) if there else Group(why_not="other_workspace")

    async def name(self, account: Account) -> str:
        """The display name, or an empty text.

        Of somebody whose own workspace we are not in, what the workspace says where they just pressed something.
        """
        there = await self._of(account)
        if there is None and HERE.get() and account.platform == "slack":
            there = await self._workspaces.of(HERE.get())
        return await there.lookup.name(account) if there else ""

    async def _of(self, account: Account) -> Workspace | None:
        return await self._workspaces.at(account.org) if account.platform == "slack" else None


class EachChannel:
    """Reaches a person or a room with the token of its workspace, and no other."""

    def __init__(self, workspaces: Workspaces) -> None:
        self._workspaces = workspaces

    async def post(self, to: Account, receipt: Message) -> Result:
        """Post the receipt in the person's private conversation with the bot."""
        there = await self._of(to)
        return await there.channel.post(to, receipt) if there else NOT_THERE

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        """Overwrite the message at `address`."""
        there = await self._of(to)
        return await there.channel.fill(to, address, content) if there else NOT_THERE

    async def reply(self, to: Account, address: str, content: Message) -> Result:
        """Post the content in the receipt's thread."""
        there = await self._of(to)
        return await there.channel.reply(to, address, content) if there else NOT_THERE

    def called(self, to: Account) -> str:
        """What a channel was called when it was last looked at."""
        there = self._workspaces.known(to.org) if to.platform == "slack" else None
        return there.channel.called(to) if there else ""

    def inside(self, to: Account) -> tuple[Account, ...]:
        """Who was in a channel when it was last looked at."""
        there = self._workspaces.known(to.org) if to.platform == "slack" else None
        return there.channel.inside(to) if there else ()

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        """Why nothing may be posted in a channel just now: asked of Slack right before."""
        there = await self._of(to)
        return await there.channel.withheld(to, organisations) if there else NOT_THERE

    async def _of(self, to: Account) -> Workspace | None:
        return await self._workspaces.at(to.org) if to.platform == "slack" else None
