"""An authority that the tests' servers and our own side agree on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.mail.servers import Trust


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    """An authority with a folder of its own."""
    folder = tmp_path / "authority"
    folder.mkdir()
    return Trust(folder)
