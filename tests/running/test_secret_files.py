"""Secrets that stand in files: read, or refused with what is wrong, and never repeated."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import load
from tests.running.complete_settings import BOT_TOKEN, complete, refusal

__all__ = ["complete"]  # pytest finds the fixture by its name


def secret_file(tmp_path: Path, text: str, mode: int = 0o600) -> str:
    file = tmp_path / "secret"
    file.write_text(text, encoding="utf-8")
    file.chmod(mode)
    return str(file)


def test_a_secret_can_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SIGNPOST_SLACK_BOT_TOKEN")
    monkeypatch.setenv("SIGNPOST_SLACK_BOT_TOKEN_FILE", secret_file(tmp_path, BOT_TOKEN + "\n"))

    assert load().slack_bot_token.get_secret_value() == BOT_TOKEN


@pytest.mark.parametrize(
    ("text", "mode", "words"),
    [(BOT_TOKEN, 0o604, "chmod 600"), ("", 0o600, "empty"), ("hunter2", 0o600, "xoxb-")],
    ids=["readable by all", "empty", "a wrong secret"],
)
def test_a_secret_file_that_will_not_do_is_named(  # SR-35
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, mode: int, words: str
) -> None:
    monkeypatch.delenv("SIGNPOST_SLACK_BOT_TOKEN")
    monkeypatch.setenv("SIGNPOST_SLACK_BOT_TOKEN_FILE", secret_file(tmp_path, text, mode))

    said = refusal()
    assert said.startswith("SIGNPOST_SLACK_BOT_TOKEN")
    assert words in said
    assert len(said.splitlines()) == 1
    assert "hunter2" not in said


def test_a_secret_in_both_places_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SIGNPOST_SLACK_BOT_TOKEN_FILE", secret_file(tmp_path, BOT_TOKEN))

    assert "both" in refusal()


def test_a_secret_file_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGNPOST_KEYS")
    monkeypatch.setenv("SIGNPOST_KEYS_FILE", "/nowhere/at/all")

    assert refusal().startswith("SIGNPOST_KEYS_FILE")


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o666])
def test_a_private_key_that_everybody_may_read_is_refused(  # SR-35
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int
) -> None:
    monkeypatch.setenv("SIGNPOST_TEAMS_CERTIFICATE_FILE", secret_file(tmp_path, "a key", mode))
    said = refusal()
    assert said.startswith("SIGNPOST_TEAMS_CERTIFICATE_FILE names a file that every user of this machine can read")
    assert "chmod 600" in said

    monkeypatch.setenv("SIGNPOST_TEAMS_CERTIFICATE_FILE", secret_file(tmp_path, "a key", 0o440))
    assert "SIGNPOST_TEAMS_CERTIFICATE_FILE names" not in refusal(), "what is lacking now is the app's id"
