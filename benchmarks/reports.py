"""People who raise incidents on Slack and press again until they are answered, whatever dies meanwhile."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from benchmarks.apps import Apps
from benchmarks.drafts import Draft
from benchmarks.figures import Void
from benchmarks.load import ask, until
from benchmarks.slack_forms import ORG, Form, request
from bot.seals import Seals

AT_ONCE: Final = 3
"""People who raise something at the same time."""
AGAIN_AFTER: Final = 0.1
GIVES_UP: Final = 120.0
_REFERENCE: Final = re.compile(rb"SP-[0-9A-Z]{4}-[0-9A-Z]{2}")


@dataclass
class Reports:
    """Raises as many as `wanted` says. `ports` are those where a Signpost may listen just now."""

    apps: Apps
    seals: Seals
    page: Form
    check: Form
    people: Sequence[str]
    ports: Callable[[], Sequence[int]]
    wanted: int = 0
    begun: int = 0
    pressed_again: int = 0
    raised: dict[str, str] = field(default_factory=dict)
    """The person of each report that was acknowledged, by its reference."""

    async def raise_for_ever(self) -> None:
        """Until cancelled. Raises Void where somebody is not answered for two minutes."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(self._one_after_the_other())

    async def until_all_are_raised(self) -> None:
        """Wait until everything that is wanted is acknowledged. Raises TimeoutError."""

        async def all_of_them() -> bool:
            return len(self.raised) >= self.wanted

        await until(all_of_them, within=GIVES_UP)

    async def _one_after_the_other(self) -> None:
        while True:
            if self.begun >= self.wanted:
                await asyncio.sleep(0.02)
                continue
            user = self.people[self.begun % len(self.people)]
            self.begun += 1
            draft = Draft.new(ORG, user)
            await self._pressed(self.page, draft, b'"next_page"')
            answer = await self._pressed(self.check, draft, b"SP-")
            found = _REFERENCE.search(answer)
            if found is None:
                raise Void("a report was acknowledged without a reference")
            self.raised[found[0].decode()] = user

    async def _pressed(self, form: Form, draft: Draft, wanted: bytes) -> bytes:
        """Send a page until the answer is the one that it leads to."""
        body = form.of(draft, self.seals)
        async with asyncio.timeout(GIVES_UP):
            while True:
                for port in self.ports():
                    answer = await ask(port, request(body, self.apps.slack.signing_secret, port))
                    if answer is not None and answer.status == 200 and wanted in answer.body:
                        return answer.body
                self.pressed_again += 1
                await asyncio.sleep(AGAIN_AFTER)
