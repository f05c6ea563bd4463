"""The connector: where Teams is called. One client a service URL, shared by all turns, with our own transport."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Final, Literal, TypeVar

import aiohttp
from microsoft_agents.activity import Activity, ChannelAccount, ConversationParameters
from microsoft_agents.activity.teams import ChannelInfo, TeamsChannelAccount
from microsoft_agents.hosting.core.connector.teams import TeamsConnectorClient
from pydantic import ValidationError

from bot.teams import net
from bot.teams.options import Options
from bot.teams.tokens import NoToken, Tokens

Cause = Literal[
    "unreachable", "no_token", "rate_limited", "busy", "timed_out", "dropped", "server_error", "unreadable", "refused"
]
UNAUTHORISED: Final = 401
FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
NO_CONVERSATION: Final = "ConversationNotFound"
"""Teams' own word with a 404 where the conversation that we remember is gone."""
PAGE: Final = 250
"""Members asked for at once: between 50 and 500."""
MOST_PAGES: Final = 25
MOST_SERVICES: Final = 32
"""Service URLs that we keep connections to."""
T = TypeVar("T")
_SECONDS: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


class Failed(Exception):
    """A call did not go through. `cause` is a closed word; of an answer only its status and its own code are kept."""

    def __init__(self, cause: Cause, status: int = 0, retry_after: float | None = None, code: str = "") -> None:
        super().__init__(cause)
        self.cause, self.status, self.retry_after, self.code = cause, status, retry_after, code

    def __str__(self) -> str:
        return f"{self.cause} {self.status}" if self.status else self.cause


class Client(TeamsConnectorClient):
    """The SDK's client over a session that outlives the turn."""

    async def close(self) -> None:
        """The session is closed when we stop, not after each turn."""


class Connector:
    """Calls to the connector. Each raises Failed when it does not go through."""

    def __init__(self, options: Options, tokens: Tokens) -> None:
        self._options, self._tokens = options, tokens
        self._clients: dict[str, tuple[Client, aiohttp.ClientSession]] = {}

    def client(self, service_url: str) -> Client:
        """The client for a service URL. Raises PermissionError for one that is not on the list (SR-5)."""
        if not self._options.may_call(service_url):
            raise PermissionError("this service URL is not allowed")
        base = f"{service_url.rstrip('/')}/"
        if base not in self._clients:
            if len(self._clients) >= MOST_SERVICES:
                raise PermissionError("too many service URLs")
            session = net.session(self._options, base_url=base, bearer=self._tokens.connector, codes=True)
            self._clients[base] = (Client(endpoint=base, token="", session=session), session)
        return self._clients[base][0]

    async def create(self, service_url: str, tenant: str, user: str) -> str:
        """The personal conversation with somebody, by their Entra object id; it is made if there is none."""
        wanted = ConversationParameters(
            is_group=False,
            bot=ChannelAccount(id=self._options.bot),
            members=[ChannelAccount(id=user)],
            tenant_id=tenant,
            channel_data={"tenant": {"id": tenant}},
        )
        made = await self._call(lambda: self.client(service_url).conversations.create_conversation(wanted))
        if not made.id:
            raise Failed("unreadable")
        return made.id

    async def begin_thread(self, service_url: str, tenant: str, channel: str, activity: Activity) -> tuple[str, str]:
        """Post a message that begins a thread in a channel; return the thread's id and the message's, empty if none."""
        wanted = ConversationParameters(
            is_group=True,
            bot=ChannelAccount(id=self._options.bot),
            tenant_id=tenant,
            channel_data={"channel": {"id": channel}, "tenant": {"id": tenant}},
            activity=activity,
        )
        made = await self._call(lambda: self.client(service_url).conversations.create_conversation(wanted))
        return made.id or "", made.activity_id or ""

    async def post(self, service_url: str, conversation: str, activity: Activity, *, under: str = "") -> str:
        """Post a message and return its id, empty if Teams gave none. With `under` it replies to that message."""
        where = self.client(service_url).conversations
        if under:
            posted = await self._call(lambda: where.reply_to_activity(_id(conversation), _id(under), activity))
        else:
            posted = await self._call(lambda: where.send_to_conversation(_id(conversation), activity))
        return posted.id or ""

    async def update(self, service_url: str, conversation: str, message: str, activity: Activity) -> None:
        """Overwrite one of our own messages."""
        where = self.client(service_url).conversations
        try:
            await self._call(lambda: where.update_activity(_id(conversation), _id(message), activity))
        except Failed as failed:
            if failed.cause != "unreadable":  # it was accepted; nobody needs the answer's body
                raise

    async def member(self, service_url: str, conversation: str, user: str) -> TeamsChannelAccount | None:
        """One member of a conversation, or None if they are not in it. That it is not there says nothing of them."""
        client = self.client(service_url)
        try:
            return await self._call(lambda: client.get_conversation_member(_id(conversation), _id(user)))
        except Failed as failed:
            if failed.status == NOT_FOUND and failed.code != NO_CONVERSATION:
                return None
            raise

    async def members(self, service_url: str, conversation: str) -> list[TeamsChannelAccount]:
        """All members of a team's channel, page by page."""
        client = self.client(service_url)
        found: list[TeamsChannelAccount] = []
        following = ""
        for _ in range(MOST_PAGES):
            token = following
            page = await self._call(lambda: client.get_conversation_paged_member(_id(conversation), PAGE, token))  # noqa: B023  # called at once
            found.extend(page.members or ())
            following = page.continuation_token or ""
            if not following:
                return found
        raise Failed("unreadable")

    async def channels(self, service_url: str, team: str) -> list[ChannelInfo]:
        """All channels of a team that we are in, by the team's own id."""
        client = self.client(service_url)
        try:
            return await self._call(lambda: client.fetch_channel_list(_id(team)))
        except (AttributeError, TypeError):  # the SDK takes the answer for an object with a list in it
            raise Failed("unreadable") from None

    async def close(self) -> None:
        """Close every connection."""
        for _, session in self._clients.values():
            await session.close()
        self._clients.clear()

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        """Make a call; once more with a new token where the old one was turned down, since then nothing was done."""
        try:
            return await _told(call)
        except Failed as failed:
            if failed.status != UNAUTHORISED:
                raise
        self._tokens.drop()
        return await _told(call)


async def _told(call: Callable[[], Awaitable[T]]) -> T:
    try:
        return await call()
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError, NoToken) as error:
        raise failure_of(error) from None


def failure_of(error: Exception) -> Failed:
    """What an exception of the transport says about the call: whether it may have been carried out."""
    match error:
        case NoToken():
            return Failed("no_token")
        case net.Redirected():
            return Failed("refused", 302)
        case aiohttp.ClientResponseError():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError() | aiohttp.InvalidURL():
            return Failed("unreachable")
        case asyncio.TimeoutError():
            return Failed("timed_out")
        case ValidationError() | ValueError():
            return Failed("unreadable")
        case _:
            return Failed("dropped")


def _answered(error: aiohttp.ClientResponseError) -> Failed:
    match error.status:
        case status if status < 300:  # noqa: PLR2004  # accepted, and the answer's body is none
            return Failed("unreadable", status)
        case 429:
            return Failed("rate_limited", 429, _seconds(error))
        case 412:
            return Failed("busy", 412, _seconds(error))
        case status if status >= 500:  # noqa: PLR2004
            return Failed("server_error", status)
        case status:
            return Failed("refused", status, code=error.word if isinstance(error, net.Said) else "")


def _seconds(error: aiohttp.ClientResponseError) -> float | None:
    """`Retry-After` in seconds, if it is a number: Graph says `2.128`."""
    stated = error.headers.get("Retry-After", "") if error.headers is not None else ""
    return float(stated) if _SECONDS.fullmatch(stated) else None


def _id(identity: str) -> str:
    """An id that goes into a path. Raises Failed for one that would lead to another path: nothing was called then."""
    if not identity or set(identity) & set("/\\?#% \n\r\t") or ".." in identity:
        raise Failed("refused", 400)
    return identity
