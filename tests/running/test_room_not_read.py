"""SR-25: on doubt nothing is posted. A look at a contact's channel that fails or never ends lets nothing go out."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from bot.channel import NotSent, Refused
from bot.sending import one as sender
from bot.sending.one import MOST_ATTEMPTS
from bot.store.store import Store
from handlers.people import Account
from handlers.ports import Delivery, Drawn, Work
from tests.running import post_office
from tests.running.post_office import PostOffice, at_work, ends, one, queue, quick, states, store, until, worker

__all__ = ["quick", "store"]


@dataclass
class Unlooked(PostOffice):
    """The channel cannot be looked at: the look raises, or never ends, until `seen` is set."""

    how: str = "raises"
    looks: int = 0
    seen: asyncio.Event = field(default_factory=asyncio.Event)

    async def withheld(self, to: Account, organisations: tuple[str, ...]) -> NotSent | Refused | None:
        self.looks += 1
        if self.seen.is_set():
            return await super().withheld(to, organisations)
        if self.how == "raises":
            raise KeyError("SENTINEL")
        await asyncio.Event().wait()
        raise AssertionError("nobody sets it")


def to_a_room(delivery: Delivery, work: Work) -> Drawn | None:
    drawn = post_office.draw(delivery, work)
    return replace(drawn, organisations=("T9",)) if drawn else None


@pytest.fixture
def quick_looks(quick: None, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001  # beside what is quick anyway
    """Looks too that a test can wait for."""
    monkeypatch.setattr(sender, "SEND_SECONDS", 0.05)


@pytest.mark.usefixtures("quick_looks")
@pytest.mark.parametrize("how", ["raises", "hangs"])
async def test_what_could_not_be_looked_at_waits_unposted_and_goes_when_it_can(store: Store, how: str) -> None:
    office = Unlooked(how=how)

    async def twice() -> bool:
        return office.looks > 2

    async with at_work(worker(store, office, draw=to_a_room)):
        await queue(store, one("a"))
        await until(twice)
        assert office.calls == [], "nothing was posted"
        assert (await states(store))["a"] in ("queued", "sending")
        office.seen.set()
        assert await ends(store) == {"a": "sent"}

    assert office.contents() == {"content recommendation a": 1}


@pytest.mark.usefixtures("quick_looks")
async def test_what_can_never_be_looked_at_is_given_to_a_person_and_was_never_posted(store: Store) -> None:
    office = Unlooked()
    async with at_work(worker(store, office, draw=to_a_room)):
        await queue(store, one("a"))
        assert await ends(store) == {"a": "failed"}

    assert office.calls == []
    assert office.looks == MOST_ATTEMPTS
