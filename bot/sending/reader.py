"""Whether the reader may still be told: asked of their platform right before a message about a case goes to them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.sending.needs import Reads
from handlers.people import Account, Known, Standing
from handlers.ports import Delivery, Drawn
from handlers.setup.words import NO_ROLE
from handlers.telling.still_leads import has_left


class Readers:
    """What the platforms say of those to whom something is about to be sent."""

    def __init__(
        self,
        store: Reads,
        known: Callable[[], Awaitable[Known]],
        standing: Callable[[Account], Awaitable[Standing]],
    ) -> None:
        """As `Sender`."""
        self._store, self._known, self._standing = store, known, standing

    async def no_role(self, to: Account) -> Standing | None:
        """What is said of a reader who is no full member any more: nothing of a case goes to them."""
        said = await self._standing(to)
        if not said.member and said.why_not not in NO_ROLE:  # nobody can say just now: what was noted last counts
            noted = (await self._store.read(lambda work: work.directory)).not_members
            said = Standing(member=False, why_not=noted.get(to, "unknown"))  # type: ignore[arg-type]  # from a Standing
        return said if said.why_not in NO_ROLE else None

    async def has_left(self, delivery: Delivery, drawn: Drawn) -> bool:
        """Whether the reader was a lead by a group when it was queued, and is in none of the site's now."""
        known = await self._known()
        return await self._store.read(lambda work: has_left(delivery.to, drawn.member_of, known, work))
