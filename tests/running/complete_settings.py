"""An environment that `serve` is content with, and what it says of one that it is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import BadSettings, load
from bot.store.vault import new_key

BOT_TOKEN = "xoxb-1234-5678-abcdefgh"
SIGNING_SECRET = "0123456789abcdef0123456789abcdef"


@pytest.fixture(autouse=True)
def complete(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An environment that `serve` is content with; each test takes something out or breaks it."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("SIGNPOST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SIGNPOST_KEYS", new_key())
    monkeypatch.setenv("SIGNPOST_SLACK_BOT_TOKEN", BOT_TOKEN)
    monkeypatch.setenv("SIGNPOST_SLACK_SIGNING_SECRET", SIGNING_SECRET)


def refusal() -> str:
    with pytest.raises(BadSettings) as refused:
        load()
    return "\n".join(refused.value.sentences)
