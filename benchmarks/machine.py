"""The machine: which core serves and which one loads, what a process has used, and how busy everything is."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil


@dataclass(frozen=True, slots=True)
class Cores:
    """The core of the process that is measured and that of everything else; None where they cannot be chosen."""

    server: int | None
    load: int | None

    @classmethod
    def choose(cls) -> Cores:
        """Two of the cores that we may use."""
        ours = sorted(os.sched_getaffinity(0)) if sys.platform == "linux" else []
        return cls(ours[-1], ours[0]) if len(ours) > 1 else cls(None, None)

    def stay_off(self) -> None:
        """Keep this process away from the core of those that are measured."""
        pin(self.load)

    @contextmanager
    def for_children(self) -> Iterator[None]:
        """Start a process inside of this, and it runs on the measured core from its first instruction on."""
        pin(self.server)
        try:
            yield
        finally:
            pin(self.load)


def pin(core: int | None) -> None:
    """Keep this thread, and what it starts, on one core."""
    if sys.platform == "linux" and core is not None:
        os.sched_setaffinity(0, {core})


@dataclass(frozen=True, slots=True)
class Used:
    """What a process has used so far."""

    cpu: float
    """Seconds, user and system, all threads."""
    rss: int
    """Bytes in memory now."""

    @classmethod
    def by(cls, pid: int) -> Used:
        """Look at a process. Raises psutil.NoSuchProcess."""
        process = psutil.Process(pid)
        times = process.cpu_times()
        return cls(times.user + times.system, process.memory_info().rss)


def described(cores: Cores) -> str:
    """The machine in one line, for the head of the figures."""
    pinned = (
        f"served on core {cores.server}, loaded from core {cores.load}"
        if cores.server is not None
        else "not pinned: this machine has one core or does not let us choose"
    )
    cores_here = f"{os.cpu_count()} cores ({pinned})"
    return f"{platform.system()}, {platform.machine()}, {cores_here}, Python {platform.python_version()}"


def busy() -> str:
    """How much else runs here, and what that means for the figures; empty on a quiet machine."""
    waiting = os.getloadavg()[0]
    if waiting <= (os.cpu_count() or 1):
        return ""
    told = f"Busy machine: {waiting:.1f} processes want to run on {os.cpu_count()} cores"
    return f"{told}. Trust CPU time more than requests a second, p50 and p99."
