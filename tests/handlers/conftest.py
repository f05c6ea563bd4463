"""What most tests of deciding begin with."""

from __future__ import annotations

import pytest

from tests.handlers.deciding import a_work
from tests.handlers.memory import MemoryWork


@pytest.fixture
def work() -> MemoryWork:
    """Everything in memory: one site, with its contacts."""
    return a_work()
