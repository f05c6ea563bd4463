"""The apps that are measured, each started as a process of its own against the same stand-ins."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, closing
from pathlib import Path
from typing import Final, Self

from benchmarks.machine import Cores
from benchmarks.processes import Ready, Server, answers_200, free_port, listens, serving
from bot.play.slack.standin import SlackStandIn
from bot.play.teams.standin import TeamsStandIn
from bot.seals import Seals
from bot.store.migrate import migrate
from bot.store.store import open_store
from bot.store.vault import Keys, new_key
from handlers.people import Directory

EMPTY: Final = "empty.db"
CONFIG: Final = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["slack:T1/ULEAD001", "slack:T1/ULEAD002"]
serves = ["slack:T1", "teams:tenant-northside"]
phone = "01632 960001"

[[person]]
accounts = ["slack:T1/ULEAD001"]
name = "Priya Nair"
role = "DSL"
phone = "01632 960002"
"""


class Apps:
    """Signpost and its peers. `folder` is for databases and logs; `made` makes one.

    Every Signpost begins with a copy of one empty database: the secret in it seals what travels through windows, so a
    form that was drawn by one of them can be sent to another.
    """

    def __init__(
        self, slack: SlackStandIn, teams: TeamsStandIn, cores: Cores, folder: Path, key: str, seals: Seals
    ) -> None:
        self.slack, self.teams, self.folder, self.seals, self.key = slack, teams, folder, seals, key
        self._cores = cores
        (folder / "signpost.toml").write_text(CONFIG)
        self._own = {"SIGNPOST_CONFIG": str(folder / "signpost.toml"), "SIGNPOST_KEYS": key}
        self.for_slack = {
            "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
            "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
            "SIGNPOST_SLACK_API_URL": slack.api_url,
        }
        self.for_teams = teams.settings
        for user in ("ULEAD001", "ULEAD002"):
            slack.add_person(user, "Sam Green")

    @classmethod
    async def made(cls, slack: SlackStandIn, teams: TeamsStandIn, cores: Cores, folder: Path) -> Self:
        """Make the empty database, and everything else."""
        key, url = new_key(), f"sqlite:///{folder / EMPTY}"
        await migrate(url)
        store = await open_store(url, keys=Keys.parse(key), directory=lambda: Directory(()))
        seals = Seals(await store.secret())
        await store.close()
        return cls(slack, teams, cores, folder, key, seals)

    def signpost(
        self, name: str, platforms: Mapping[str, str], ready: Ready | None = None
    ) -> AbstractAsyncContextManager[Server]:
        """`serve` as in production, on a SQLite database in a folder of this name, ready when it says so.

        Started again under its name it finds that database as it was left. `platforms` may name another database.
        """
        self._lay_down(self.database(name))
        port, ops_port = free_port(), free_port()
        ports = {"SIGNPOST_PORT": str(port), "SIGNPOST_OPS_PORT": str(ops_port)}
        return serving(
            ["bot", "serve"],
            port=port,
            ready=ready or (lambda _port: answers_200(f"http://127.0.0.1:{ops_port}/readyz")),
            cores=self._cores,
            log=self.folder / "signpost.log",
            settings={**self._own, **ports, **platforms, "SIGNPOST_DATA_DIR": str(self.folder / name)},
        )

    def database(self, name: str) -> Path:
        """Where the Signpost of this name keeps its rows."""
        return self.folder / name / "signpost.db"

    def _lay_down(self, database: Path) -> None:
        if database.exists():
            return
        database.parent.mkdir(mode=0o700)
        with closing(sqlite3.connect(self.folder / EMPTY)) as empty, closing(sqlite3.connect(database)) as copy:
            empty.backup(copy)

    def bolt(self, *more: str) -> AbstractAsyncContextManager[Server]:
        """Bolt that does nothing; with `--default` in the mode that it has when nothing is said."""
        return self._peer("bare_bolt", self.slack.api_url, *more)

    def agents(self) -> AbstractAsyncContextManager[Server]:
        """An agent for Teams that does nothing."""
        return self._peer("bare_agents", self._keys_url())

    def both(self) -> AbstractAsyncContextManager[Server]:
        """Both of them in one process."""
        return self._peer("bare_both", self.slack.api_url, self._keys_url())

    def bolt_with_store(self, ready: Ready = listens) -> AbstractAsyncContextManager[Server]:
        """Bolt that does nothing, with our database layer opened beside it."""
        return self._peer("bolt_with_store", self.slack.api_url, f"sqlite:///{self.folder / 'bolt.db'}", ready=ready)

    def _keys_url(self) -> str:
        return f"{self.teams.base_url}/v1/.well-known/keys"

    def _peer(self, name: str, *arguments: str, ready: Ready = listens) -> AbstractAsyncContextManager[Server]:
        port = free_port()
        trust = {"SSL_CERT_FILE": self.for_teams["SIGNPOST_CA_FILE"]}
        return serving(
            [f"benchmarks.peers.{name}", str(port), *arguments],
            port=port,
            ready=ready,
            cores=self._cores,
            log=self.folder / f"{name}.log",
            settings={**self._own, **self.for_slack, **self.for_teams, **trust},
        )
