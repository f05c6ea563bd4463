"""Faults that a test orders in advance: what goes wrong, at which method, how many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["drop_reply", "rate_limit", "server_error", "refuse", "delay"]
ALL = "*"


@dataclass(slots=True)
class Fault:
    """One ordered fault. `accepted` says whether Slack did what was asked before it went wrong."""

    method: str
    kind: Kind
    left: int
    code: str = ""
    seconds: float = 0.0
    status: int = 200
    accepted: bool = False


class Faults:
    """The faults still to come, used up in the order in which they were ordered."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def drop_reply(self, method: str, *, times: int = 1) -> None:
        """Do what is asked, then close the connection without an answer: the caller cannot know."""
        self._ordered.append(Fault(method, "drop_reply", times, accepted=True))

    def rate_limit(self, method: str, *, retry_after: int = 1, times: int = 1) -> None:
        """Answer 429 with `Retry-After` in seconds and do nothing."""
        self._ordered.append(Fault(method, "rate_limit", times, seconds=retry_after))

    def server_error(self, method: str, *, status: int = 500, times: int = 1, accepted: bool = False) -> None:
        """Answer a 5xx that is not JSON, having done what was asked only if `accepted`."""
        self._ordered.append(Fault(method, "server_error", times, status=status, accepted=accepted))

    def refuse(self, method: str, code: str, *, times: int = 1) -> None:
        """Answer `ok: false` with this error code and do nothing."""
        self._ordered.append(Fault(method, "refuse", times, code=code))

    def delay(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Answer rightly, but only after so many seconds."""
        self._ordered.append(Fault(method, "delay", times, seconds=seconds, accepted=True))

    def next_for(self, method: str) -> Fault | None:
        """Take the next fault ordered for this method, if there is one. `*` stands for every method."""
        for fault in self._ordered:
            if fault.left > 0 and fault.method in {method, ALL}:
                fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        """Order nothing any more."""
        self._ordered.clear()
