"""The apps that are measured on Slack, each started as a process of its own against the same stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Final

from benchmarks.machine import Cores
from benchmarks.processes import Server, answers_200, free_port, listens, serving
from benchmarks.slack_forms import OPENER, Form, take_forms
from bot.play.slack.standin import SlackStandIn
from bot.seals import Seals
from bot.store.vault import Keys, new_key

CONFIG: Final = """
[[site]]
id = "northside"
name = "Northside Academy"
nation = "england"
leads = ["slack:T1/ULEAD001", "slack:T1/ULEAD002"]
phone = "01632 960001"

[[person]]
accounts = ["slack:T1/ULEAD001"]
name = "Priya Nair"
role = "DSL"
phone = "01632 960002"
"""


class Apps:
    """Signpost, and bolt with nothing on it. `folder` is for databases and logs."""

    def __init__(self, slack: SlackStandIn, cores: Cores, folder: Path) -> None:
        key = new_key()
        self.slack, self._cores, self._folder, self._key = slack, cores, folder, key
        self.seals = Seals(Keys.parse(key))
        self._config = folder / "signpost.toml"
        self._config.write_text(CONFIG)
        for user in (OPENER, "ULEAD001", "ULEAD002"):
            slack.add_person(user, "Sam Green")

    def signpost(self, name: str) -> AbstractAsyncContextManager[Server]:
        """`serve` as in production, on an empty SQLite database in a folder of this name."""
        port, ops_port = free_port(), free_port()
        settings = {
            "SIGNPOST_DATA_DIR": str(self._folder / name),
            "SIGNPOST_CONFIG": str(self._config),
            "SIGNPOST_KEYS": self._key,
            "SIGNPOST_PORT": str(port),
            "SIGNPOST_OPS_PORT": str(ops_port),
            **self._secrets(),
        }
        ready = answers_200(f"http://127.0.0.1:{ops_port}/readyz")
        return serving(
            ["bot", "serve"], port=port, ready=ready, cores=self._cores, log=self._log("signpost"), settings=settings
        )

    def database(self, name: str) -> Path:
        """Where the Signpost of this name keeps its rows."""
        return self._folder / name / "signpost.db"

    def bolt(self, *more: str) -> AbstractAsyncContextManager[Server]:
        """Bolt that does nothing; with `--default` in the mode that it has when nothing is said."""
        port = free_port()
        command = ["benchmarks.peers.bare_bolt", str(port), self.slack.api_url, *more]
        return serving(
            command, port=port, ready=listens(port), cores=self._cores, log=self._log("bolt"), settings=self._secrets()
        )

    async def forms(self) -> tuple[Form, Form]:
        """Page 1, filled in, and *Check your answers*, taken from a Signpost that runs for this alone."""
        async with self.signpost("forms") as server:
            self.slack.bot_url = f"http://127.0.0.1:{server.port}/slack/events"
            return await take_forms(self.slack, self.seals)

    def _secrets(self) -> Mapping[str, str]:
        return {
            "SIGNPOST_SLACK_BOT_TOKEN": self.slack.bot_token,
            "SIGNPOST_SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SIGNPOST_SLACK_API_URL": self.slack.api_url,
        }

    def _log(self, name: str) -> Path:
        return self._folder / f"{name}.log"
