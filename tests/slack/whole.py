"""All of Signpost in this process, over OAuth, before a Slack with several workspaces: real HTTP, a real database."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from html import unescape
from http.cookies import SimpleCookie
from typing import Any

import aiohttp

from bot.metrics import Metrics
from bot.play.slack import SlackStandIn, words
from bot.play.slack.oauth import DistributedStandIn
from bot.seals import Seals
from bot.serving.running import Running, WithinReach
from bot.serving.web import Port, public_app
from bot.slack import OAuth, Several, SlackPlatform, SlackSettings
from bot.store.installations import Installations
from bot.store.store import Store, open_store
from bot.store.vault import Keys, new_key
from bot.workspaces import Named
from handlers.people import Directory
from handlers.sites import Site
from tests.running.ports import free_port

KEY = new_key()


def a_site(team: str, **changed: Any) -> Site:
    """A school in a workspace of its own, with one lead."""
    given: dict[str, Any] = {
        "leads": (f"slack:{team}/U2",),
        "serves": frozenset({f"slack:{team}"}),
        "phone": "01632 960001",
    }
    return Site(f"site-{team.lower()}", f"School {team}", "england", **(given | changed))


def populate(slack: DistributedStandIn, *teams: str) -> None:
    """Add workspaces with a teacher and a lead in each, and no app."""
    for team in teams:
        slack.add_team(team, name=f"School {team}")
        slack.add_person("U1", f"Teacher {team}", team=team)
        slack.add_person("U2", f"Lead {team}", team=team)


@dataclass
class Browser:
    """Somebody's browser, which keeps its cookies."""

    url: str
    cookie: str = ""
    set_cookie: str = ""

    async def get(self, address: str, **how: Any) -> tuple[int, str]:
        """Status and text of a page of ours; redirects are not followed."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        async with (
            aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client,
            client.request(how.get("method", "GET"), address, headers=headers, allow_redirects=False) as reply,
        ):
            if self.url in address and (given := reply.headers.get("Set-Cookie")):
                self.set_cookie = given
                (name, morsel), *_ = SimpleCookie(given).items()
                self.cookie = f"{name}={morsel.value}"
            return reply.status, await reply.text()

    async def begin(self) -> str:
        """Open the first page; where its button leads."""
        status, text = await self.get(f"{self.url}/slack/install")
        assert status == 200, text
        return button_of(text)

    async def install(self, slack: DistributedStandIn, team: str, *, user: str = "U9") -> tuple[int, str]:
        """The whole way, pressing *Allow* at Slack; status and text of the last page."""
        return await self.get(slack.approve(await self.begin(), team=team, user=user))


def button_of(text: str) -> str:
    """Where a page's one button leads."""
    (found,) = re.findall(r'<a href="([^"]+)"', text)
    return unescape(found)


@dataclass
class Whole:
    """A Signpost that runs."""

    slack: DistributedStandIn
    url: str
    running: Running
    store: Store
    platform: SlackPlatform

    def browser(self) -> Browser:
        """Somebody new."""
        return Browser(self.url)

    async def install(self, *teams: str) -> None:
        """Have it installed in these workspaces."""
        for team in teams:
            status, text = await self.browser().install(self.slack, team)
            assert status == 200, text

    def told(self, user: str, team: str) -> str:
        """Every word that somebody can see in their conversations."""
        return "\n".join(f"{m.text} {words(m.blocks)}" for m in self.slack.messages(user, team=team))

    async def until(self, seen: Callable[[], Any], seconds: float = 60.0) -> None:
        """Wait until it holds."""
        async with asyncio.timeout(seconds):
            while not seen():  # noqa: ASYNC110  # both sides change it
                await asyncio.sleep(0.02)


@asynccontextmanager
async def signpost(
    slack: DistributedStandIn,
    url: str,
    directory: Directory,
    *,
    socket: bool = False,
    clock: Callable[[], float] | None = None,
) -> AsyncIterator[Whole]:
    """One replica on that database; the stand-in sends to the one that was started last."""
    async with AsyncExitStack() as things:
        reach = WithinReach()
        store = await open_store(url, keys=Keys.parse(KEY), directory=lambda: directory, connected=reach.now)
        things.push_async_callback(store.close)
        running = Running(store, Metrics(), None, await store.secret(), "")
        port = free_port()
        address = f"http://127.0.0.1:{port}"
        slack.public_url = slack.public_url or address
        several = Several(
            OAuth(slack.client_id, slack.client_secret, slack.public_url),
            Installations(store),
            Named(store.configured.last),
            look=lambda: store.read(lambda work: work.directory),
        )
        settings = SlackSettings("", slack.signing_secret, slack.app_token if socket else "", slack.api_url)
        platform = SlackPlatform(
            settings,
            running.desk,
            Seals(running.secret),
            running.metrics.refused,
            clock=clock or slack.clock,
            several=several,
        )
        await platform.start()
        things.push_async_callback(platform.stop)
        running.slack = platform
        reach.running = running
        store.on_enqueued = running.worker.wake
        await store.read(lambda work: work.directory)
        public = Port(public_app(platform.routes(), running.metrics), "127.0.0.1", port)
        await public.open()
        things.push_async_callback(public.close)
        working = asyncio.create_task(running.worker.run())
        things.push_async_callback(_stop, running, working)
        things.push_async_callback(running.desk.drain, 1.0)
        slack.bot_url = f"{address}/slack/events"
        yield Whole(slack, address, running, store, platform)


async def _stop(running: Running, working: asyncio.Task[None]) -> None:
    await running.worker.stop(2.0)
    await asyncio.wait({working})


@asynccontextmanager
async def slack_with(*teams: str) -> AsyncIterator[DistributedStandIn]:
    """A Slack with these workspaces, the app in none of them."""
    async with DistributedStandIn(strict=False) as slack:
        populate(slack, *teams)
        yield slack


def shown(slack: SlackStandIn, user: str, team: str) -> str:
    """The words of the window in front of somebody."""
    view = slack.view(user, team=team)
    return words(view["blocks"]) if view else ""


async def raise_in(bot: Whole, team: str) -> None:
    """An incident, raised by the workspace's teacher."""
    slack = bot.slack
    assert (await slack.command("U1", team=team)).ok
    assert (await slack.press("U1", "recommend_now", answers={"harm_now": "no"}, place="view", team=team)).ok
    await bot.until(lambda: "SP-" in bot.told("U1", team))


def reference(bot: Whole, team: str) -> str:
    """The reference of the incident that the workspace's teacher raised first."""
    told = bot.told("U1", team)
    return told[told.index("SP-") :][:10]


def tokens(bot: Whole) -> dict[str, str]:
    """The token of each workspace, as Slack holds it."""
    return {team: ws.bot_token for team, ws in bot.slack.workspaces.items()}
