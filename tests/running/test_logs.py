"""Nothing that a person typed can get into the log: not through us, not through a library, not through a traceback."""

from __future__ import annotations

import ast
import asyncio
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import logs
from bot.serving.warn import warn
from handlers.people import Account, Directory
from handlers.sites import Clocks, Site

SENTINEL = "SENTINEL-a-child-called-Robin"


@pytest.fixture
def out(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """A log at its most talkative, with everything that it replaces put back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up("debug", stream)
    yield stream
    root.handlers[:], root.level = before, level
    logging.captureWarnings(capture=False)


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_the_keys_that_it_may_have(out: io.StringIO) -> None:
    logs.get_logger().info("delivery", delivery="abc", attempt=2, result="sent", channel="slack", why="")

    (line,) = lines(out)
    assert line.pop("at_time").endswith("+00:00")
    assert line == {
        "level": "info", "event": "delivery", "delivery": "abc", "attempt": 2, "result": "sent", "channel": "slack",
        "why": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"notes": SENTINEL},
        {"result": SENTINEL + " and more"},
        {"result": {"text": SENTINEL}},
        {"result": [SENTINEL]},
        {"result": "line\nbreak " + SENTINEL},
        {"result": "Robín-" + SENTINEL},
        {"exc_info": ValueError(SENTINEL)},
        {"stack_info": SENTINEL},
    ],
    ids=[
        "a key that is not on the list",
        "words",
        "a mapping",
        "a list",
        "a line break",
        "letters",
        "an error",
        "a stack",
    ],
)
def test_what_could_be_somebodys_words_is_left_out(out: io.StringIO, given: dict[str, Any]) -> None:
    logs.get_logger().error("delivery", delivery="abc", **given)

    (line,) = lines(out)
    assert SENTINEL not in out.getvalue()
    assert line["delivery"] == "abc"
    assert line["withheld"] == 1


def test_an_event_that_is_not_on_the_list_says_nothing(out: io.StringIO) -> None:
    logs.get_logger().error(f"it failed: {SENTINEL}", delivery="abc")

    (line,) = lines(out)
    assert line["event"] == "unlisted"
    assert SENTINEL not in out.getvalue()
    assert "delivery" not in line


LIBRARIES = [
    "slack_bolt.AsyncApp",
    "slack_sdk.web.async_client",
    "sqlalchemy.engine.Engine",
    "aiohttp.server",
    "asyncio",
]


@pytest.mark.parametrize("name", [*LIBRARIES, "something.new"])
def test_a_library_shows_that_it_spoke_and_not_what_it_said(out: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    try:
        failing()
    except RuntimeError:
        logger.exception("body: %s", SENTINEL, extra={"notes": SENTINEL})
    logger.debug("body: %s", SENTINEL)

    (line,) = lines(out)
    assert (line["event"], line["logger"], line["kind"]) == ("library", name, "RuntimeError")
    assert line["at"].startswith("tests/running/test_logs.py:")
    assert SENTINEL not in out.getvalue()


def test_a_handler_that_a_library_has_set_is_taken_away(out: io.StringIO, capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("talkative.library")
    logger.addHandler(logging.StreamHandler(sys.stderr))
    logger.propagate = False
    logs.set_up("debug", out)

    logger.warning(SENTINEL)

    assert SENTINEL not in capsys.readouterr().err
    assert lines(out)[-1]["logger"] == "talkative.library"


def test_addresses_are_not_logged_at_all(out: io.StringIO) -> None:
    logging.getLogger("aiohttp.access").error("GET /a/%s", SENTINEL)

    assert out.getvalue() == ""


def failing() -> None:
    """Raises with words in its message and in a local."""
    notes = SENTINEL
    raise RuntimeError(f"could not save {notes}")


def test_an_exception_that_nobody_caught_is_its_class_and_place(out: io.StringIO) -> None:
    try:
        failing()
    except RuntimeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()

    main, other = lines(out)
    assert (main["task"], main["kind"], other["task"]) == ("main", "RuntimeError", "thread")
    assert "tests/running/test_logs.py" in main["at"]
    assert SENTINEL not in out.getvalue()


async def test_a_task_that_nobody_awaited_is_its_class_and_place(out: io.StringIO) -> None:
    async def lost() -> None:
        failing()

    logs.watch_loop(asyncio.get_running_loop())
    task = asyncio.create_task(lost())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    del task
    for _ in range(3):
        await asyncio.sleep(0)

    assert lines(out)[-1]["kind"] == "RuntimeError"
    assert SENTINEL not in out.getvalue()


def test_a_warning_keeps_its_words_to_itself(out: io.StringIO) -> None:
    import warnings  # noqa: PLC0415  # after logs took them over

    warnings.warn(SENTINEL, stacklevel=1)

    assert SENTINEL not in out.getvalue()
    assert lines(out)[-1]["logger"] == "py.warnings"


def test_the_level_decides_what_is_written() -> None:
    stream = io.StringIO()
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        logs.set_up("warning", stream)
        logs.get_logger().info("ready", port=1)
        logs.get_logger().warning("staff_is_everybody", site="north")
    finally:
        root.handlers[:], root.level = before, level

    assert [line["event"] for line in lines(stream)] == ["staff_is_everybody"]


def test_a_start_names_the_sites_whose_reminders_come_later_than_by_default(out: io.StringIO) -> None:
    sites = (
        Site("usual", "Usual", "england", ("slack:T1/U1",)),
        Site("slow", "Slow", "england", ("slack:T1/U1",), clocks=Clocks(lead_urgent=45)),
        Site("wrong-way-round", "Wrong way round", "england", ("slack:T1/U1",), clocks=Clocks(lead_today=5)),
    )
    warn(Directory(sites), frozenset({"slack:T1"}))
    assert [one["site"] for one in lines(out) if one["event"] == "clocks_slow"] == ["slow", "wrong-way-round"]


def test_a_start_names_the_sites_where_two_people_have_to_decide_and_one_leads(out: io.StringIO) -> None:
    both = ("slack:T1/U1", "slack:T1/U2")
    sites = (
        Site("alone", "Alone", "england", both[:1], requires_two_people=True),
        Site("two", "Two", "england", both, requires_two_people=True),
        Site("one-decides", "One decides", "england", both[:1]),
        Site("group", "Group", "england", ("slack:T1/S1",), requires_two_people=True),
    )
    warn(Directory(sites), frozenset({"slack:T1"}))
    warn(Directory(sites[3:], announced={"slack:T1/S1": (Account.parse(both[0]),)}), frozenset({"slack:T1"}))
    assert [one["site"] for one in lines(out) if one["event"] == "leads_too_few"] == ["alone", "group"]


def calls_of_the_log() -> list[tuple[str, str, set[str]]]:
    """Each place in the code that logs: where, the event, and the keys."""
    found = []
    for path in sorted(Path(logs.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            of = node.func.value
            is_ours = "get_logger()" in ast.unparse(of) or (isinstance(of, ast.Name) and of.id == "log")
            first = node.args[0]
            if is_ours and node.func.attr in LEVELS and isinstance(first, ast.Constant):
                keys = {keyword.arg or "**" for keyword in node.keywords}
                found.append((f"{path.name}:{node.lineno}", str(first.value), keys))
    return found


@pytest.mark.parametrize("name", ["slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "asyncio", "aiohttp"])
def test_libraries_that_would_print_whole_requests_stay_quiet_at_the_most_talkative(
    out: io.StringIO, name: str
) -> None:
    """SR-27."""
    for each in (logging.getLogger(name), logging.getLogger(f"{name}.inner")):
        assert each.getEffectiveLevel() == logging.WARNING
        each.debug("sending a request - body: %s", SENTINEL)
        each.info("sending a request - body: %s", SENTINEL)
    assert out.getvalue() == ""


LEVELS = {"debug", "info", "warning", "error"}


def test_everything_that_our_code_logs_is_on_the_list() -> None:
    calls = calls_of_the_log()

    assert len(calls) > 15
    for where, event, keys in calls:
        assert event in logs.EVENTS, f"{where} logs {event}"
        assert keys <= logs.EVENTS[event], f"{where}: {event} has {keys - logs.EVENTS[event]}"
