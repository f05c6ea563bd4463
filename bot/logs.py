"""The log: JSON lines on standard error, made from a list of allowed events and nothing else.

An event is a name from `EVENTS` with the keys listed there; any other key is dropped, and so is a value that could be
somebody's words. Lines of other libraries keep their logger's name and level and lose their text, because a library
may print a request's body into an exception. Tracebacks keep the class and the places, never a message or a local.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

import structlog

EVENTS: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset(keys.split())
    for name, keys in {
        # running
        "starting": "",
        "ready": "port ops_port platforms",
        "not_ready": "parts",
        "stopping": "",
        "stopped": "seconds",
        "housekeeping": "expired",
        "housekeeping_failed": "kind",
        "task_failed": "task kind at",
        # configuration
        "staff_is_everybody": "site",
        "leads_out_of_reach": "site",
        "leads_too_few": "site",
        "clocks_slow": "site",
        "number_doubtful": "site place",
        "setting_unknown": "setting",
        "clock_can_be_moved": "",
        "contact_not_offered": "site contact why",
        "contact_address_doubtful": "site contact why",
        # answering
        "not_saved": "intent reference kind at",
        "not_drawn_again": "intent kind",
        "case_unreadable": "kind at",
        "slowed": "intent",
        "admin_refused": "platform named",
        "lookup_failed": "platform kind",
        "request_refused": "reason status",
        "request_failed": "kind at",
        # delivering
        "delivery": "delivery attempt result channel why",
        "delivery_failed": "kind at",
        # Slack
        "slack_connected": "mode",
        "slack_call_failed": "method why",
        "slack_installed": "workspace",
        "slack_uninstalled": "workspace",
        "slack_not_installed": "workspace kind",
        "slack_token_refused": "workspace kind",
        "slack_install_refused": "workspace why",
        "slack_installation_not_read": "workspace kind",
        "slack_installation_not_kept": "kind at",
        "slack_installations_not_read": "kind",
        # Teams
        "teams_connected": "",
    }.items()
}
"""Every event that we log, with the keys that it may carry. `kind` is an exception's class, `at` our lines of code."""

ALWAYS: Final = frozenset({"event", "level", "at_time", "logger"})
"""Keys that every line has."""

_CLOSED: Final = re.compile(r"[A-Za-z0-9_.:/,\-]{0,120}\Z")
"""A value that can be no sentence: no space, no line break, no other alphabet."""
_HERE: Final = Path(__file__).resolve().parent.parent

Logger = structlog.typing.FilteringBoundLogger


def get_logger() -> Logger:
    """The logger for our own code: `log.info("delivery", result="sent")`, with an event of `EVENTS`."""
    logger: Logger = structlog.get_logger()
    return logger


def set_up(level: str = "info", stream: TextIO | None = None) -> None:
    """Send every log of the process to `stream` (standard error) as JSON lines. Call it first; a repeat is harmless.

    `level` is `debug`, `info`, `warning` or `error`. Also catches what would otherwise print a traceback by itself.
    """
    out = stream or sys.stderr
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[structlog.processors.add_log_level, allowed_only, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = _Withheld(out)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.INFO))
    for name in list(logging.root.manager.loggerDict):
        _tame(logging.getLogger(name))
    for name in ("slack_bolt", "slack_sdk", "sqlalchemy", "alembic", "asyncio", "aiohttp"):
        # Below INFO bolt and the SDK print whole requests: their level stays up whatever LOG_LEVEL says.
        logging.getLogger(name).setLevel(max(number, logging.WARNING))
    access = logging.getLogger("aiohttp.access")
    access.disabled = True
    logging.captureWarnings(capture=True)
    warnings.simplefilter("default")
    _hook_tracebacks()


def _tame(logger: logging.Logger) -> None:
    """Take a library's own handlers away, so that its lines reach ours alone."""
    logger.handlers[:] = []
    logger.propagate = True


def allowed_only(_logger: object, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """The structlog processor that keeps what `EVENTS` allows, and counts what it left out."""
    event = line.get("event")
    keys = EVENTS.get(event) if isinstance(event, str) else None
    kept: dict[str, Any] = {
        "at_time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "level": line.get("level", "info"),
        "event": event if keys is not None else "unlisted",
    }
    wanted = {key: value for key, value in line.items() if key not in ALWAYS}
    allowed = {key: value for key, value in wanted.items() if key in (keys or ()) and _harmless(value)}
    kept.update(allowed)
    if len(allowed) < len(wanted):
        kept["withheld"] = len(wanted) - len(allowed)
    return kept


def _harmless(value: object) -> bool:
    if isinstance(value, str):
        return _CLOSED.match(value) is not None
    return value is None or isinstance(value, bool | int | float)


def kind_of(error: BaseException) -> str:
    """The class of an exception, which is all of it that may be logged."""
    return type(error).__name__


def places_of(error: BaseException, most: int = 6) -> str:
    """Where in our own code an exception came from, innermost last: `bot/desk.py:93,handlers/route.py:20`."""
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_HERE) and "site-packages" not in path.parts:
            places.append(f"{path.relative_to(_HERE).as_posix()}:{frame.lineno}")
    return ",".join(places[-most:])[-120:]


class _Withheld(logging.Handler):
    """Prints that a library had something to say, and not what."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def emit(self, record: logging.LogRecord) -> None:
        line: dict[str, Any] = {
            "at_time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": "library",
            "logger": record.name if _CLOSED.match(record.name) else "unnamed",
            "message": "withheld",
        }
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"kind": kind_of(error), "at": places_of(error)}
        try:
            self._stream.write(json.dumps(line) + "\n")
            self._stream.flush()
        except (OSError, ValueError):  # standard error is closed: nobody is left to tell
            return


def _hook_tracebacks() -> None:
    """Python's own reports of uncaught exceptions, turned into one line without their message."""

    def report(where: str, error: BaseException | None) -> None:
        if error is not None:
            get_logger().error("task_failed", task=where, kind=kind_of(error), at=places_of(error))

    def from_main(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        report("main", error)

    sys.excepthook = from_main
    threading.excepthook = lambda args: report("thread", args.exc_value)
    sys.unraisablehook = lambda args: report("unraisable", args.exc_value)


def watch_loop(loop: asyncio.AbstractEventLoop) -> None:
    """Have exceptions that nobody awaited logged by class and place."""

    def report(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            get_logger().error("task_failed", task="loop", kind=kind_of(error), at=places_of(error))
        else:
            get_logger().error("task_failed", task="loop", kind="none", at="")

    loop.set_exception_handler(report)
