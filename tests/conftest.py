"""On CI a test that is skipped counts as failed: nobody would see that it had not run."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING, TypeVar

import pytest
import structlog

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.fixture(autouse=True)
def _logs_as_they_were() -> Iterator[None]:
    """A test that sets up logging does so for itself alone."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture(autouse=True, scope="session")
def _nobody_is_late() -> Iterator[None]:
    """How fast this machine is decides nothing: the stand-ins wait for the bot. A test about being late says so."""
    from bot.play.slack import carrier, views  # noqa: PLC0415 - not while tests are collected
    from bot.play.teams import carrier as on_teams  # noqa: PLC0415

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(carrier, "PATIENCE", 60.0)
        patch.setattr(on_teams, "PATIENCE", 60.0)
        patch.setattr(views, "TRIGGER_SECONDS", 60.0)
        yield


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: many a test waits for a process, a browser or a clock."""
    return len(os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)) + 1


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one."""
    return _no_skip_on_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a file that skips itself into a failed one."""
    return _no_skip_on_ci((yield))


def _no_skip_on_ci(report: Report) -> Report:
    if os.environ.get("CI") == "true" and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"Skipped, and CI is where every test runs. {reason}"
    return report
