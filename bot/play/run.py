"""`make play`: stand-ins for Slack and Teams, the page, and the real bot behind them; nothing is kept."""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.play.cast import STORIES, TENANT
from bot.play.clock import PlayClock
from bot.play.mail_screen import MailScreens
from bot.play.mailbox import Mailbox
from bot.play.process import BotDiedError, BotProcess, free_port, new_key
from bot.play.school import CLOCK, bot_settings, fill, fill_teams, install, mail_settings, real_settings
from bot.play.slack import SlackStandIn
from bot.play.stage import Stage
from bot.play.teams import TeamsStandIn
from bot.play.web import LIBRARY, PlayPage

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence

T = TypeVar("T")
PORT = 8808
NEXT_PORTS = 20
TAKEN = "Port {port} is in use. Choose another one with --port, or leave it out."


class PortTakenError(Exception):
    """Somebody else listens on the port that was asked for; the message says what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the playground until it is stopped. Returns 0, or 1 if it could not start or the bot died."""
    parser = argparse.ArgumentParser(prog="bot play", description="Signpost in your browser, without an account.")
    parser.add_argument("--port", type=int, help=f"where the page is to be (else {PORT}, or the next free one)")
    asked = parser.parse_args(arguments)
    real = real_settings(os.environ)
    if real:
        say(
            f"The playground does not start here: {', '.join(real)} is set, which belongs to a real installation.",
            "Open a terminal without these settings, and try again.",
        )
        return 1
    if asked.port and _is_taken(asked.port):  # before a school is made for nothing
        say(TAKEN.format(port=asked.port))
        return 1
    with suppress(KeyboardInterrupt):
        return asyncio.run(play(port=asked.port))
    return 0


def _is_taken(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return True
    return False


async def play(*, port: int | None = None) -> int:
    """Start everything, say where it is, and wait for Ctrl-C, SIGTERM or the end of the terminal.

    Removes every trace at the end.
    """
    stop = _stop_signal()
    folder = Path(tempfile.mkdtemp(prefix="signpost-play-"))
    try:
        async with AsyncExitStack() as running:
            return await _run(running, folder, port, stop)
    except (BotDiedError, PortTakenError) as why:
        say("", str(why))
        return 1
    except OSError as why:
        say("", f"The playground could not start: {why.strerror or why}.")
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)


async def _run(running: AsyncExitStack, folder: Path, port: int | None, stop: asyncio.Event) -> int:
    began = time.monotonic()
    say("Signpost playground: invented people, and nothing leaves this computer.", "Making a school for this run…")
    slack, teams = await _stand_ins(running, folder)
    mailbox = Mailbox()
    smtp, authority = await mailbox.start(folder)
    running.push_async_callback(mailbox.stop)
    bot_port, ops_port = free_port(), free_port()
    slack.bot_url = f"http://127.0.0.1:{bot_port}/slack/events"
    teams.bot_url = f"http://127.0.0.1:{bot_port}/api/messages"
    settings = bot_settings(slack, teams, folder, port=bot_port, ops_port=ops_port, key=await new_key())
    settings = mail_settings(smtp, authority, settings, folder)
    bot = BotProcess(settings, folder / "bot.log", ops_port=ops_port)
    running.push_async_callback(bot.stop)
    say("Starting the bot…")
    await _or_stop(bot.start(), stop)
    if stop.is_set():
        return 0
    await install(teams)

    def moved(ahead: int) -> None:
        slack.ahead = teams.ahead = float(ahead)

    clock = PlayClock(folder / CLOCK, moved)
    stage = Stage(clock, bot)
    running.push_async_callback(stage.stop)
    mail = MailScreens(mailbox, lambda: clock.now().timestamp())
    page = await open_page(port, lambda number: PlayPage(slack, teams, mail=mail, stage=stage, port=number))
    running.push_async_callback(page.close)
    _say_where(page.address, time.monotonic() - began)
    last_words = await _or_stop(bot.ended(), stop)
    if last_words is not None:
        say("", last_words)
        return 1
    say("", "Stopping. Everything of this run is thrown away.")
    return 0


async def _stand_ins(running: AsyncExitStack, folder: Path) -> tuple[SlackStandIn, TeamsStandIn]:
    """Both platforms with the school's people in them."""
    slack = SlackStandIn(strict=False)
    await slack.start()
    running.push_async_callback(slack.close)
    fill(slack)
    teams = TeamsStandIn(strict=False, tenant=TENANT, folder=folder)
    await teams.start()
    running.push_async_callback(teams.close)
    fill_teams(teams)
    return slack, teams


async def open_page(port: int | None, make: Callable[[int], PlayPage]) -> PlayPage:
    """Serve the page on the port that was asked for, or on the first free one from 8808. Raises `PortTakenError`."""
    for number in [port] if port is not None else [*range(PORT, PORT + NEXT_PORTS), 0]:
        page = make(number)
        try:
            await page.start()
        except OSError:
            await page.close()
        else:
            return page
    raise PortTakenError(TAKEN.format(port=port))


async def _or_stop(work: Coroutine[Any, Any, T], stop: asyncio.Event) -> T | None:
    """Wait for the work or for the signal to stop, whichever comes first. Raises what the work raises."""
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if doing.done() and not stop.is_set():
        return doing.result()
    doing.cancel()
    return None


def _stop_signal() -> asyncio.Event:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C arrives as an exception there
            loop.add_signal_handler(number, stop.set)

    def hung_up() -> None:
        _to_nobody()
        stop.set()

    if sys.platform != "win32" and signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # as `nohup` leaves it
        loop.add_signal_handler(signal.SIGHUP, hung_up)
    return stop


def _to_nobody() -> None:
    """Let what is still said go nowhere: what a closed terminal does not take would make the end a failure."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number in (1, 2):
        os.dup2(nowhere, number)
    os.close(nowhere)


def _say_where(address: str, seconds: float) -> None:
    say(f"Ready after {seconds:.0f} s.", "", f"  Open {address}", "", "What to try there:")
    say(*(f"  {number}. {story.title}: {story.expect}" for number, story in enumerate(STORIES, 1)))
    if not LIBRARY.is_file():
        say("", "The Teams side is not drawn: what draws its cards could not be fetched. make play tries it again.")
    say("", "Press Ctrl-C to stop.")


def say(*lines: str) -> None:
    """Print lines for a person, at once; nobody may be there any more, once the terminal is closed."""
    with suppress(OSError):
        print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
