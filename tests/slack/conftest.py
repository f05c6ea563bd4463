"""The platform over HTTP and over Socket Mode."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.slack import answer
from tests.slack.bench import Bench, running


@pytest.fixture(autouse=True)
def _nobody_hurries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The platform waits for the desk and for Slack: how fast this machine is decides nothing."""
    for name in ("OPEN_SECONDS", "UPDATE_SECONDS", "REPLY_SECONDS", "LAST_SECONDS", "LATE_SECONDS"):
        monkeypatch.setattr(answer, name, 60.0)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with running() as made:
        yield made


@pytest.fixture
async def lenient() -> AsyncIterator[Bench]:
    """The same where a test has Slack refuse something."""
    async with running(strict=False) as made:
        yield made


@pytest.fixture(params=[False, True], ids=["http", "socket"])
async def either(request: pytest.FixtureRequest) -> AsyncIterator[Bench]:
    """Once over HTTP, once over Socket Mode."""
    async with running(socket=request.param) as made:
        yield made
