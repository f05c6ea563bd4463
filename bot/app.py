"""`serve`: joins settings, store, desk, platforms, worker and ports, runs them, and stops them in order."""

from __future__ import annotations

import asyncio
import errno
import socket
import time
from contextlib import AsyncExitStack
from typing import Final

from aiohttp import web

from bot import logs
from bot.clock import ahead_of
from bot.database_trouble import sentence
from bot.metrics import Metrics
from bot.seals import Seals
from bot.serving import collector
from bot.serving.background import end_at_the_latest, in_background, keep_house, stop_signal
from bot.serving.health import File
from bot.serving.running import Running, WithinReach
from bot.serving.starting import before_serving
from bot.serving.warn import warn
from bot.serving.web import Port, ops_app, public_app
from bot.settings import Settings
from bot.store.addresses import StoredAddresses
from bot.store.away import StoreAway
from bot.store.migrate import migrate
from bot.store.outbox import Outbox
from bot.store.place import SqliteFile, parse_place
from bot.store.store import Store, open_store
from bot.store.vault import Keys, Unreadable
from bot.store.work import Secret
from bot.watching.leads import LeadWatch
from bot.watching.rooms import Watch
from bot.workspaces import Named, workspaces_of
from handlers.people import Directory

STOP_SECONDS: Final = 9.5
"""The contract allows ten: whatever still hangs then is ended with the process. Every commit is durable by itself."""
DRAIN_SECONDS: Final = 4.0
"""How long answers and sends that are under way may take to finish."""


class CannotServe(Exception):
    """Something that `serve` needs is not there. The text is a sentence for whoever runs Signpost."""


async def serve(given: Settings, keys: Keys, directory: Directory) -> int:
    """Run until SIGTERM or SIGINT; ends within ten seconds of it. Raises PlaceRefused and CannotServe."""
    logs.watch_loop(asyncio.get_running_loop())
    stop = stop_signal()
    stopped = asyncio.create_task(stop.wait())
    async with AsyncExitStack() as things:
        starting = asyncio.create_task(_start(given, keys, directory, things))
        await asyncio.wait({starting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not stop.is_set():
            running = starting.result()
            await stopped
            running.health.stopping()
        began = time.monotonic()
        end_at_the_latest(STOP_SECONDS)
        logs.get_logger().info("stopping")
        starting.cancel()
    logs.get_logger().info("stopped", seconds=round(time.monotonic() - began, 1))
    return 0


async def _start(given: Settings, keys: Keys, directory: Directory, things: AsyncExitStack) -> Running:
    """Bring everything up, health first and the public port last. What was opened is closed in the opposite order."""
    logs.get_logger().info("starting")
    reach = WithinReach()
    store, secret = await _open_store(given, keys, directory, reach, things)
    place = parse_place(given.database)
    watched = File(place.path) if isinstance(place, SqliteFile) else None
    running = Running(store, Metrics(), watched, secret, given.mail_from.rpartition("@")[2])
    ops = ops_app(running.metrics, running.health.parts, running.refresh)
    things.push_async_callback((await _open_port(ops, given.ops_host, given.ops_port, "SIGNPOST_OPS_PORT")).close)
    routes: tuple[web.RouteDef, ...] = ()
    if given.wants_slack:
        routes += await _start_slack(given, running, things)
    if given.wants_teams:
        routes += await _start_teams(given, running, things)
    if given.wants_mail:
        routes += _start_mail(given, running)
    reach.running = running
    configured = await store.read(lambda work: work.directory)
    warn(configured, running.orgs())
    if running.slack is not None:
        running.slack.say_missing(sorted(workspaces_of(configured)))
    if given.clock_file is not None:
        logs.get_logger().warning("clock_can_be_moved")
    store.on_enqueued = running.worker.wake
    things.push_async_callback(running.desk.drain, 1.0)
    public = await _open_port(public_app(routes, running.metrics), given.host, given.port, "SIGNPOST_PORT")

    async def let_finish() -> None:
        await asyncio.gather(public.close(), running.worker.stop(DRAIN_SECONDS))

    in_background(things, "housekeeping", lambda: keep_house(store))
    in_background(things, "worker", running.worker.run)
    watch = Watch(store, running.looks, running.lookups, seen=running.desk.seen_in_groups)
    in_background(things, "contacts", watch.round)
    in_background(things, "leads", LeadWatch(store, running.desk).round)
    things.push_async_callback(let_finish)
    await running.health.ask()
    in_background(things, "health", running.health.watch)
    collector.begin()
    logs.get_logger().info("ready", port=given.port, ops_port=given.ops_port, platforms=running.platforms())
    return running


async def _open_store(
    given: Settings, keys: Keys, directory: Directory, reach: WithinReach, things: AsyncExitStack
) -> tuple[Store, Secret]:
    try:
        given.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise CannotServe(
            "The folder at SIGNPOST_DATA_DIR cannot be made: set it to one that this user owns."
        ) from None
    try:
        await migrate(given.database)
        store = await open_store(
            given.database, keys=keys, directory=lambda: directory, connected=reach.now, ahead=ahead_of(given)
        )
        things.push_async_callback(store.close)
        secret = await store.secret()
        await before_serving(store, directory)
    except Unreadable:
        raise CannotServe(
            "SIGNPOST_KEYS are not the keys of this database: set those that it was written with. `signpost doctor`"
            " looks at both."
        ) from None
    except StoreAway as gone:
        raise CannotServe(await sentence(gone.why, given)) from None
    return store, secret


async def _start_slack(given: Settings, running: Running, things: AsyncExitStack) -> tuple[web.RouteDef, ...]:
    # Imported here, so that a deployment without Slack loads none of its libraries.
    from bot.serving.reach import Reach  # noqa: PLC0415
    from bot.slack import CannotStart, OAuth, Several, SlackPlatform, SlackSettings  # noqa: PLC0415
    from bot.store.installations import Installations  # noqa: PLC0415

    several = Several(
        OAuth(given.slack_client_id, given.slack_client_secret.get_secret_value(), given.public_url),
        Installations(running.store),
        Named(running.store.configured.last),
        look=lambda: running.store.read(lambda work: work.directory),
    )
    token = given.slack_bot_token.get_secret_value()
    tls = given.tls() if given.ca_file else None
    slack = SlackPlatform(
        SlackSettings(
            bot_token=token,
            signing_secret=given.slack_signing_secret.get_secret_value(),
            app_token=given.slack_app_token.get_secret_value(),
            api_url=given.slack_api_url,
            tls=tls,
        ),
        running.desk,
        Seals(running.secret),
        running.metrics.refused,
        several=several if given.wants_oauth else None,
    )
    try:
        await slack.start()
    except CannotStart as wrong:
        raise CannotServe(str(wrong)) from None
    things.push_async_callback(slack.stop)
    running.slack = slack
    reach = await things.enter_async_context(Reach(given.slack_api_url, token, tls))

    async def works() -> bool:
        return await slack.working() and await reach.works()

    running.health.add("slack", works)
    return slack.routes()


async def _start_teams(given: Settings, running: Running, things: AsyncExitStack) -> tuple[web.RouteDef, ...]:
    # Imported here, so that a deployment without Teams loads none of its libraries.
    from bot.teams.options import Options  # noqa: PLC0415
    from bot.teams.platform import CannotStart, TeamsPlatform  # noqa: PLC0415

    teams = TeamsPlatform(
        Options.of(given),
        running.desk,
        Seals(running.secret),
        running.metrics.refused,
        addresses=StoredAddresses(running.store),
    )
    try:
        await teams.start()
    except CannotStart as wrong:
        raise CannotServe(str(wrong)) from None
    things.push_async_callback(teams.stop)
    running.teams = teams
    running.health.add("teams", teams.working)
    return teams.routes()


def _start_mail(given: Settings, running: Running) -> tuple[web.RouteDef, ...]:
    # Imported here, so that a deployment without mail loads none of its libraries.
    from bot.mail.platform import MailPlatform  # noqa: PLC0415
    from bot.mail.send import MailOptions  # noqa: PLC0415

    running.mail = MailPlatform(
        MailOptions(given.mail_server(), given.mail_from, given.public_url.rstrip("/"), given.tls()),
        running.store.configured.last,
        desk=running.desk,
        store=running.store,
        delivery=Outbox(running.store).delivery,
        seals=Seals(running.secret),
        refused=running.metrics.refused,
    )
    return running.mail.routes()


def _why_no_port(wrong: OSError, setting: str) -> str:
    if isinstance(wrong, socket.gaierror):
        return "nobody knows a computer of that name. Set it to 127.0.0.1 or 0.0.0.0"
    match wrong.errno:
        case errno.EADDRNOTAVAIL:
            return "this machine has no such address. Set it to 127.0.0.1 or 0.0.0.0"
        case errno.EACCES:
            return f"this user may not listen there. Set {setting} to 1024 or more"
        case _:
            again = "Does a Signpost run on this machine already?"
            return f"something else listens there. {again} If not, set {setting} to another number"


async def _open_port(app: web.Application, host: str, number: int, setting: str) -> Port:
    port = Port(app, host, number)
    try:
        await port.open()
    except OSError as wrong:
        raise CannotServe(f"Port {number} on {host} cannot be had: {_why_no_port(wrong, setting)}.") from None
    return port
