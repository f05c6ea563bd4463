"""Reaching people on Teams: a receipt in their personal conversation with the bot, then its content."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Iterator
from typing import Final

from bot.channel import NotSent, Refused, Result, Sent, Unsure
from bot.teams.activities import SealFor, activities_of, activity_of
from bot.teams.addresses import Reference
from bot.teams.channels import Channels, not_fit
from bot.teams.connector import FORBIDDEN, NOT_FOUND, Connector, Failed
from bot.teams.fit import TooLarge
from bot.teams.options import Options
from bot.teams.rooms import Rooms
from handlers.people import Account
from handlers.screens import Message

NOT_INSTALLED: Final = "not_installed"
"""Why a message was refused for somebody who does not have the app: it has to be added for them."""
NOT_THERE: Final = "BotNotInConversationRoster"
"""What Teams says where the app is not in a conversation. Any other 403 may as well be about the app itself."""
ANSWER_SECONDS: Final = 60.0
"""How long we try to post an answer that somebody waits for; after that they have written again, or gone."""
FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 8.0
"""Seconds between two attempts, if Teams does not ask for more."""


def is_room(to: Account) -> bool:
    """Whether an account is a channel of a team and not a person: their ids look different."""
    return "@thread." in to.user


class TeamsChannel:
    """The `bot.channel.Channel` of one app. An address is the conversation and the message, with a space between."""

    def __init__(self, options: Options, connector: Connector, rooms: Rooms, channels: Channels, seal: SealFor) -> None:
        self._options, self._connector, self._rooms, self._seal = options, connector, rooms, seal
        self._channels = channels
        self._inside: dict[Account, tuple[Account, ...]] = {}

    async def post(self, to: Account, receipt: Message) -> Result:
        """Post the receipt in the person's personal conversation; it is made by their object id if there is none."""
        if to.platform != "teams":
            return Refused("other_platform")
        if is_room(to):
            return await self._begin(to, receipt)
        try:
            return await self._post(to, receipt)
        except (Failed, PermissionError) as failed:
            if not isinstance(failed, Failed) or failed.status != NOT_FOUND:
                return _ended(failed)
        try:  # the conversation that we knew is gone, so nothing was posted: make it again, once
            return await self._post(to, receipt, anew=True)
        except (Failed, PermissionError) as failed:
            return _ended(failed)

    async def fill(self, to: Account, address: str, content: Message) -> Result:
        """Overwrite the message at `address`."""
        conversation, _, message = address.partition(" ")
        if not (conversation and message):
            return Refused("malformed")
        service_url = await self._service_url(to, conversation)
        try:
            activity = activity_of(content, to, conversation, self._options, self._seal)
            activity.id = message
            await self._connector.update(service_url, conversation, message, activity)
        except (Failed, PermissionError, TooLarge) as failed:
            if isinstance(failed, Failed) and failed.status in CANNOT_CHANGE:
                if failed.status == FORBIDDEN and not is_room(to):
                    self._rooms.absent(to)  # unless the reply gets through
                return Refused("cannot_edit")  # then the content follows once, below the receipt
            return _ended(failed)
        self._rooms.reached(to)
        return Sent(address)

    async def reply(self, to: Account, address: str, content: Message) -> Result:
        """Post the content below the receipt."""
        conversation, _, message = address.partition(" ")
        if not (conversation and message):
            return Refused("malformed")
        service_url = await self._service_url(to, conversation)
        try:
            activity = activity_of(content, to, conversation, self._options, self._seal)
            posted = await self._heard(to, self._connector.post(service_url, conversation, activity, under=message))
        except (Failed, PermissionError, TooLarge) as failed:
            return _ended(failed)
        return _posted(conversation, posted)

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        """Why nothing may be posted in a channel just now: asked of Teams right before.

        Who is in a channel it always tells. What kind of channel it is, only once something has happened in its team.
        """
        if to.platform != "teams" or not is_room(to):
            return Refused("other_platform")
        try:
            service_url = await self._rooms.service_url(to.org)
            members = await self._connector.members(service_url, to.user)
            about = await self._channels.about(service_url, to)
        except (Failed, PermissionError) as failed:
            ended = _ended(failed)
            if isinstance(failed, Failed) and _is_of_the_channel(failed):
                return Refused("not_in_channel")
            return ended if isinstance(ended, NotSent | Refused) else NotSent("room_not_read")
        self._inside[to] = tuple(
            Account("teams", one.tenant_id or to.org, one.aad_object_id) for one in members if one.aad_object_id
        )
        tenants = frozenset(member.tenant_id for member in members if member.tenant_id)
        return not_fit(about, tenants, to.org, organisations)

    def called(self, to: Account) -> str:
        """What a channel was called when it was last looked at, empty where nobody knows."""
        return self._channels.called(to)

    def inside(self, to: Account) -> tuple[Account, ...]:
        """Who was in a channel when it was last looked at."""
        return self._inside.get(to, ())

    async def _begin(self, to: Account, receipt: Message) -> Result:
        """Begin a thread in a channel with the receipt."""
        activity = activity_of(receipt, to, to.user, self._options, self._seal)
        try:
            service_url = await self._rooms.service_url(to.org)
            thread, message = await self._connector.begin_thread(service_url, to.org, to.user, activity)
        except (Failed, PermissionError) as failed:
            if isinstance(failed, Failed) and failed.status == FORBIDDEN:
                return Refused("not_in_channel")
            return _ended(failed)
        return _posted(thread, message)

    async def answer(self, to: Account, screen: Message) -> str:
        """Post an answer that somebody waits for, for as long as `ANSWER_SECONDS`. Raises Failed when it stays away.

        Teams is not asked again before it wants to be. What is too large for one message becomes several; the address
        that is returned is that of a single one, else empty.
        """
        until = time.monotonic() + ANSWER_SECONDS
        posted: list[str] = []
        for wait in _waits():
            try:
                room = await self._room(to)
                for activity in activities_of(screen, to, room.conversation, self._options, self._seal)[len(posted) :]:
                    message = await self._heard(to, self._connector.post(room.service_url, room.conversation, activity))
                    posted.append(f"{room.conversation} {message}" if message else "")
            except Failed as failed:
                pause = max(failed.retry_after or 0.0, wait)
                if failed.cause in {"refused", "timed_out"} or time.monotonic() + pause > until:
                    raise
                await asyncio.sleep(pause)
            else:
                break
        return posted[0] if len(posted) == 1 else ""

    async def _post(self, to: Account, screen: Message, *, anew: bool = False) -> Result:
        room = await self._room(to, anew=anew)
        activity = activity_of(screen, to, room.conversation, self._options, self._seal)
        posting = self._connector.post(room.service_url, room.conversation, activity)
        return _posted(room.conversation, await self._heard(to, posting))

    async def _heard(self, to: Account, posting: Awaitable[str]) -> str:
        """What a post returns; and that the app is there for that person, or is not."""
        try:
            posted = await posting
        except Failed as failed:
            if failed.status == FORBIDDEN and not is_room(to):
                await self._rooms.removed(to)
            raise
        self._rooms.reached(to)
        return posted

    async def _room(self, to: Account, *, anew: bool = False) -> Reference:
        try:
            return await self._rooms.of(to, anew=anew)
        except Failed as failed:
            if failed.cause in {"timed_out", "dropped", "server_error", "unreadable"}:
                # No message was under way yet, and a conversation is made once however often it is asked for.
                raise Failed("unreachable", failed.status) from None
            raise

    async def _service_url(self, to: Account, conversation: str) -> str:
        """Where the conversation is kept: as its owner's reference says, else as the tenant's."""
        known = await self._rooms.known(to)
        if known is not None and known.conversation == conversation:
            return known.service_url
        return await self._rooms.service_url(to.org)


def _waits() -> Iterator[float]:
    """How long to wait after each attempt: longer each time."""
    wait = FIRST_WAIT
    while True:
        yield wait
        wait = min(2 * wait, LONGEST_WAIT)


def _posted(conversation: str, message: str) -> Result:
    return Sent(f"{conversation} {message}") if message else Unsure("no_address")


def _is_of_the_channel(failed: Failed) -> bool:
    """Whether a no speaks of the channel, and not of our app or of somebody between us and Teams."""
    return failed.code == NOT_THERE or (failed.status == NOT_FOUND and bool(failed.code))


def _ended(failed: Failed | PermissionError | TooLarge) -> Result:
    if isinstance(failed, PermissionError):
        return Refused("service_url")
    if isinstance(failed, TooLarge):
        return Refused("too_large")
    match failed.cause:
        case "unreachable" | "no_token":
            return NotSent(failed.cause)
        case "rate_limited" | "busy":
            return NotSent(failed.cause, failed.retry_after)
        case "timed_out" | "dropped" | "server_error" | "unreadable":
            return Unsure(failed.cause)
        case "refused":
            return Refused(_WHY.get(failed.status, "refused"))


CANNOT_CHANGE: Final = frozenset({FORBIDDEN, NOT_FOUND, 405})
"""What Teams answers where a message of ours can no longer be changed, or is not there any more."""
_WHY: Final = {
    400: "malformed",
    401: "not_authorised",
    FORBIDDEN: NOT_INSTALLED,
    NOT_FOUND: "not_found",
    413: "too_large",
}
