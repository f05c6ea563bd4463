"""One loop for all tests of a run that share a browser, and for the fixtures that they use."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

fixture = partial(pytest_asyncio.fixture, loop_scope="session")
"""What an asynchronous fixture of such tests is marked with."""


def run_in_one_loop(items: Iterable[pytest.Item], here: Path) -> None:
    """Have the tests in a folder or a file do so: for `pytest_collection_modifyitems`."""
    for item in items:
        if item.path.is_relative_to(here) and pytest_asyncio.is_async_test(item):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)
