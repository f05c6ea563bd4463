"""One delivery, from its claim to how it ended.

A chat message is posted as a neutral receipt, whose address is committed, and then filled with its content. Filling
may be repeated, so a crash or a lost answer can leave an empty receipt and never the content twice. No transaction is
open while we wait for a platform.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Literal, assert_never

from bot import logs
from bot.asking.rooms import Names
from bot.channel import OURS, AnyChannel, Channel, NotSent, Refused, Result, Sent, Unsure, WholeChannel
from bot.metrics import DeliveryResult, Metrics
from bot.sending.needs import NOBODY_KNOWN, SEND_SECONDS, Outbox, Reads, called, nobody_asked, nobody_known
from bot.sending.pace import LONGEST_RETRY, Pauses, backoff
from bot.sending.reader import Readers
from bot.sending.whole import REPLYING, WHOLE_AGAIN, WHOLE_AT_ONCE, send_whole
from bot.store.away import StoreAway
from bot.store.outbox import Claim, Then
from handlers.people import Account, Known, Standing
from handlers.ports import TO_LEADS, Delivery, Drawn, Work
from handlers.referring.withheld import why_nothing
from handlers.telling import deliveries
from handlers.telling.chase import chase
from handlers.telling.elsewhere import AFTER_SECONDS, elsewhere
from handlers.telling.not_reached import TO_PEOPLE
from handlers.telling.settle_delivery import LEFT_GROUP, SETTLES, not_a_lead, settle

MOST_ATTEMPTS: Final = 300
"""At five minutes apart that is more than 24 hours; then a person has to know."""
CANNOT_EDIT: Final = "cannot_edit"
"""What a channel says when the platform forbids to overwrite a message."""
PAUSED: Final = "paused"
"""Why a message waits that was not tried: the platform wants to hear nothing just now, or it is not its turn."""
Draw = Callable[[Delivery, Work], Drawn | None]
Ending = Literal["sent", "unsure", "failed", "dropped"]


class Sender:
    """Takes claims as far as they go."""

    def __init__(  # noqa: PLR0913  # what it works with, each by name
        self,
        outbox: Outbox,
        store: Reads,
        channels: Callable[[], Mapping[str, AnyChannel]],
        metrics: Metrics,
        *,
        chance: Callable[[], float],
        trouble: Callable[[], None],
        draw: Draw = deliveries.draw,
        known: Callable[[], Awaitable[Known]] = nobody_known,
        standing: Callable[[Account], Awaitable[Standing]] = nobody_asked,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`channels` by platform; `chance` is from 0 to 1, for jitter; `trouble` hears that the database is away.

        `known` asks who the leads are just now, `standing` whether somebody is a full member; `clock` only grows.
        """
        self._outbox, self._store, self._channels, self._metrics = outbox, store, channels, metrics
        self._chance, self._trouble, self._draw = chance, trouble, draw
        self._known, self._readers, self._pauses = known, Readers(store, known, standing), Pauses(clock)
        self._whole = 0

    async def deliver(self, claim: Claim) -> None:
        """Take one delivery as far as it goes: sent, or queued again, or given to a person."""
        delivery = claim.delivery
        if delivery.kind == "chase":
            return await self._time_is_up(claim)
        channel = self._channels().get(delivery.to.platform)
        if channel is None:
            return await self.again(claim, "not_configured", LONGEST_RETRY)
        if (pause := self._pauses.left(delivery)) > 0:
            return await self.again(claim, PAUSED, pause)
        address = claim.address
        if address is not None and address.startswith(REPLYING):
            return await self._ended(claim, "unsure", "reply_interrupted")
        drawn = await self._drawn(claim)
        if drawn is None:
            return None
        if isinstance(channel, WholeChannel):
            return await self._at_once(claim, channel, drawn)
        if address is None and delivery.replaces:
            address = await self._outbox.address_of(delivery.replaces)
            if address is None:
                return await self._ended(claim, "dropped", "nothing_to_replace")
            address = address.removeprefix(REPLYING)
        if drawn.organisations is not None and await self._withheld(claim, channel, drawn):
            return None
        if address is None:
            address = await self._post(claim, channel, drawn)
        if address is not None:
            await self._fill(claim, channel, address, drawn)
        return None

    async def _at_once(self, claim: Claim, channel: WholeChannel, drawn: Drawn) -> None:
        """Send the content by itself, once, where nothing can be filled or changed afterwards."""
        if self._whole >= WHOLE_AT_ONCE:
            return await self.again(claim, PAUSED, WHOLE_AGAIN)
        self._whole += 1
        try:
            if await self._withheld(claim, channel, drawn):
                return None
            await self._after_one(claim, await send_whole(self._outbox, claim, channel, drawn.content))
        finally:
            self._whole -= 1
        return None

    async def _drawn(self, claim: Claim) -> Drawn | None:
        """What to send; None where that has ended, since there is nothing to say, or its reader is no lead any more."""
        delivery = claim.delivery
        if delivery.kind in TO_LEADS and (said := await self._readers.no_role(delivery.to)) is not None:
            await self._ended(claim, "dropped", said.why_not, said)
            return None
        drawn = await self._store.read(lambda work: self._draw(delivery, work))
        if drawn is None:
            await self._ended(claim, "dropped", await self._store.read(lambda work: why_nothing(delivery, work)))
        elif drawn.member_of and await self._readers.has_left(delivery, drawn):
            await self._ended(claim, "dropped", LEFT_GROUP)
            return None
        elif drawn.to_name:
            known = await self._known()
            drawn = await self._store.read(lambda work: deliveries.with_names(delivery, known, work))
        return drawn

    async def _time_is_up(self, claim: Claim) -> None:
        """Answer a clock, in the transaction that ends it. Nothing is sent by that itself."""
        known = await self._known()
        await self._outbox.sent(claim, lambda work: chase(claim.delivery, known, work))

    async def _withheld(self, claim: Claim, channel: AnyChannel, drawn: Drawn) -> bool:
        """Read the room again right before the post (SR-25). True: it goes no further now."""
        to = claim.delivery.to
        try:
            async with asyncio.timeout(SEND_SECONDS):
                found = await channel.withheld(to, drawn.organisations or ())
        except Exception as error:  # noqa: BLE001  # nothing was posted, whatever it was
            logs.get_logger().error("delivery_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            found = NotSent("room_not_read")
        known = channel.called(to) if found is None and drawn.called and isinstance(channel, Names) else ""
        if known not in ("", drawn.called):
            found = Refused("renamed")
        match found:
            case None:
                return False
            case NotSent(why, retry_after):
                await self.again(claim, why, retry_after, "not_sent")
            case Refused(why):
                await self._refused(claim, why)
        return True

    async def _post(self, claim: Claim, channel: Channel, drawn: Drawn) -> str | None:
        """Post the receipt and commit where it stands. None: it goes no further now."""
        match await called(channel.post(claim.delivery.to, drawn.receipt)):
            case Sent(address):
                return address if await self._noted(claim, address) else None
            case NotSent(why, retry_after):
                await self.again(claim, why, retry_after, "not_sent")
            case Unsure(why):  # only an empty receipt may be there: another one does no harm
                await self.again(claim, why, None, "unsure")
            case Refused(why):
                await self._refused(claim, why)
        return None

    async def _noted(self, claim: Claim, address: str) -> bool:
        """Commit where the receipt stands, and try hard: what is not noted is posted again."""
        for wait in (0.2, 0.5, 1.0):
            try:
                return await self._outbox.posted(claim, address)
            except StoreAway:
                self._trouble()
                await asyncio.sleep(wait)
        return await self._outbox.posted(claim, address)

    async def _fill(self, claim: Claim, channel: Channel, address: str, drawn: Drawn) -> None:
        """Overwrite the receipt with the content. The same again does no harm, so doubt is no trouble here."""
        if drawn.content == drawn.receipt and not claim.delivery.replaces:
            return await self._ended(claim, "sent")
        result = await called(channel.fill(claim.delivery.to, address, drawn.content))
        match result:
            case Sent():
                await self._ended(claim, "sent")
            case NotSent(why, retry_after):
                await self.again(claim, why, retry_after, "not_sent")
            case Unsure(why):
                await self.again(claim, why, None, "unsure")
            case Refused(why) if why == CANNOT_EDIT and not claim.delivery.replaces:
                await self._reply(claim, channel, address, drawn)
            case Refused(why):
                await self._refused(claim, why)
            case _:
                assert_never(result)
        return None

    async def _reply(self, claim: Claim, channel: Channel, address: str, drawn: Drawn) -> None:
        """Post the content below the receipt: once. That we began is committed first, so a crash cannot repeat it."""
        if not await self._outbox.posted(claim, REPLYING + address):
            return
        result = await called(channel.reply(claim.delivery.to, address, drawn.content))
        if isinstance(result, NotSent | Refused):
            await self._outbox.posted(claim, address)
        await self._after_one(claim, result)

    async def _after_one(self, claim: Claim, result: Result) -> None:
        """What follows a call that must not be made twice."""
        match result:
            case Sent():
                await self._ended(claim, "sent")
            case NotSent(why, retry_after):
                await self.again(claim, why, retry_after, "not_sent")
            case Unsure(why):
                await self._ended(claim, "unsure", why)
            case Refused(why):
                await self._refused(claim, why)
            case _:
                assert_never(result)

    async def _refused(self, claim: Claim, why: str) -> None:
        if why in OURS:
            return await self.again(claim, why, None, "refused")
        return await self._ended(claim, "failed", why)

    async def _ended(self, claim: Claim, how: Ending, why: str = "", said: Standing | None = None) -> None:
        outbox, then = self._outbox, await self._what_follows(claim.delivery, how, why, said)
        mark = {"unsure": outbox.unsure, "failed": outbox.failed, "dropped": outbox.dropped}.get(how)
        await (mark(claim, why, then) if mark else outbox.sent(claim, then))
        self._note(claim, how, why)

    async def _what_follows(self, delivery: Delivery, how: Ending, why: str, said: Standing | None) -> Then:
        """What somebody must be told of this ending, as a handler of the same transaction.

        `said` is what a platform says of a lead to whom it was not sent for that.
        """
        if said is not None:
            leads = await self._known()
            return lambda work: not_a_lead(delivery, said, leads, work)
        if delivery.kind not in SETTLES:
            return None
        known = NOBODY_KNOWN if how == "sent" else await self._known()
        return lambda work: settle(delivery, how, known, work, why)

    async def again(self, claim: Claim, why: str, after: float | None, how: DeliveryResult = "not_sent") -> None:
        """Queue it again, later each time, and not before the platform wants to hear from us."""
        then = self._elsewhere(claim, after or 0.0)
        if why == PAUSED and after is not None:  # nobody was asked: that is no attempt
            await self._outbox.later(claim, backoff(1, after, self._chance()), why, counted=False, then=then)
            return self._note(claim, how, why)
        if claim.attempts >= MOST_ATTEMPTS:
            return await self._ended(claim, "failed", "gave_up")
        if after is not None and why != "not_configured":
            self._pauses.begin(claim.delivery, after)
        await self._outbox.later(claim, backoff(claim.attempts, after, self._chance()), why, then=then)
        return self._note(claim, how, why)

    def _elsewhere(self, claim: Claim, after: float) -> Then:
        """What is to be done about a message that has waited for long, as a handler of the same transaction.

        Where the platform says itself that it takes nothing for `after` seconds, nobody waits first to see it.
        """
        delivery = claim.delivery
        if delivery.kind not in TO_PEOPLE or claim.waited + after < AFTER_SECONDS:
            return None
        return lambda work: elsewhere(delivery, work)

    def _note(self, claim: Claim, how: DeliveryResult, why: str) -> None:
        channel = claim.delivery.to.platform
        self._metrics.delivered(channel, how)
        log = logs.get_logger()
        say = {"sent": log.info, "dropped": log.info, "failed": log.error}.get(how, log.warning)
        say("delivery", delivery=claim.delivery.id, attempt=claim.attempts, result=how, channel=channel, why=why)
