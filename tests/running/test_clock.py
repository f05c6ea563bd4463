"""A clock that runs ahead: read from a file, never back, and never beside anything that is not on this machine."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MOST, Ahead
from bot.metrics import Metrics
from bot.serving.running import Running
from bot.settings import BadSettings, load
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.store.vault import Keys, new_key
from handlers.people import Account, Directory

HERE = {
    "SLACK_BOT_TOKEN": "xoxb-1234-5678-abcdefgh",
    "SLACK_SIGNING_SECRET": "0123456789abcdef0123456789abcdef",
    "SLACK_API_URL": "http://127.0.0.1:9000/api/",
    "TEAMS_APP_ID": "app",
    "TEAMS_TENANT_ID": "tenant",
    "TEAMS_CLIENT_SECRET": "secret",
    "TEAMS_AUTHORITY": "https://localhost:9001",
    "TEAMS_OPENID_METADATA_URL": "https://localhost:9001/v1/.well-known/openidconfiguration",
    "TEAMS_GRAPH_URL": "https://localhost:9001/graph",
    "TEAMS_SERVICE_HOSTS": "localhost",
    "SMTP_URL": "smtp://127.0.0.1:2525",
    "MAIL_FROM": "signpost@school.example",
    "PUBLIC_URL": "http://127.0.0.1:3978",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the clock goes by, in an environment that never leaves this machine."""
    for name in list(os.environ):
        if name.startswith("SIGNPOST_"):
            monkeypatch.delenv(name)
    written = tmp_path / "clock"
    written.write_text("600")
    given = {**HERE, "KEYS": new_key(), "CLOCK_FILE": str(written)}
    for name, value in given.items():
        monkeypatch.setenv(f"SIGNPOST_{name}", value)
    return written


def test_on_this_machine_alone_a_clock_can_be_moved(file: Path) -> None:
    assert load().clock_file == file


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "0.0.0.0"),
        ("HOST", "::"),
        ("OPS_HOST", "192.0.2.1"),
        ("PUBLIC_URL", "https://signpost.example"),
        ("DATABASE_URL", "postgresql://signpost:secret@127.0.0.1/signpost"),
        ("SMTP_URL", "smtps://mail.example:465"),
        ("SLACK_API_URL", "https://slack.com/api/"),
        ("SLACK_API_URL", ""),
        ("TEAMS_AUTHORITY", ""),
        ("TEAMS_AUTHORITY", "https://login.microsoftonline.com"),
        ("TEAMS_OPENID_METADATA_URL", ""),
        ("TEAMS_GRAPH_URL", ""),
        ("TEAMS_SERVICE_HOSTS", ""),
        ("TEAMS_SERVICE_HOSTS", "localhost,smba.trafficmanager.net"),
        ("TEAMS_MANAGED_IDENTITY", "true"),
    ],
)
def test_a_clock_cannot_be_moved_where_anything_leads_elsewhere(
    file: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    assert file.exists()
    monkeypatch.setenv(f"SIGNPOST_{name}", value)

    with pytest.raises(BadSettings) as refused:
        load()
    [said] = refused.value.sentences
    assert said.startswith("SIGNPOST_CLOCK_FILE moves the clock")
    assert f"SIGNPOST_{name}" in said
    assert said.endswith("take it out.")
    assert not value or value not in said


def test_half_of_a_platform_that_is_not_used_is_no_matter(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file.exists()
    for name in HERE:
        if name.startswith("TEAMS_"):
            monkeypatch.delenv(f"SIGNPOST_{name}")
    assert not load().wants_teams


def test_the_clock_follows_the_file_and_never_goes_back(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    ahead = Ahead(file)
    assert ahead() == timedelta(0)  # no file yet
    for text, seconds in (("600", 600), ("4200\n", 4200), ("600", 4200), ("", 4200), ("-1", 4200), ("soon", 4200)):
        file.write_text(text)
        assert ahead() == timedelta(seconds=seconds)
    for text in ("9" * 30, "9" * 6000):
        file.write_text(text)
        assert ahead() in {timedelta(seconds=4200), MOST}
    file.unlink()
    assert ahead() >= timedelta(seconds=4200)


async def test_who_stands_in_goes_by_the_moved_clock_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'signpost.db'}"
    await migrate(url)
    moved = [timedelta()]
    store = await open_store(url, keys=Keys.parse(new_key()), directory=Directory, ahead=lambda: moved[0])
    desk = Running(store, Metrics(), None, await store.secret()).desk
    who = Account("slack", "T1", "U1")
    before = (await desk.known(who)).day
    assert before is not None
    moved[0] = timedelta(days=9)

    assert (await desk.known(who)).day == (await desk.leads()).day == before + timedelta(days=9)
    await store.close()
