"""Faults that a test orders in advance: what goes wrong, at which call, how many times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["drop_reply", "refuse", "delay", "redirect"]
ALL = "*"


@dataclass(slots=True)
class Fault:
    """One ordered fault. `accepted` says whether Teams did what was asked before it went wrong."""

    what: str
    kind: Kind
    left: int
    status: int = 200
    seconds: float = 0.0
    retry_after: str = ""
    code: str = "Ordered"
    location: str = ""
    accepted: bool = False


class Faults:
    """The faults still to come, used up in the order in which they were ordered. `what` is a call's kind, or `*`."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def drop_reply(self, what: str, *, times: int = 1) -> None:
        """Do what is asked, then close the connection without an answer: the caller cannot know."""
        self._ordered.append(Fault(what, "drop_reply", times, accepted=True))

    def refuse(
        self,
        what: str,
        status: int,
        *,
        times: int = 1,
        retry_after: str = "",
        code: str = "Ordered",
        accepted: bool = False,
    ) -> None:
        """Answer with this status (403, 404, 412, 413, 429, 5xx) and `code`, having done it only if `accepted`."""
        self._ordered.append(Fault(what, "refuse", times, status, 0.0, retry_after, code, accepted=accepted))

    def delay(self, what: str, seconds: float, *, times: int = 1) -> None:
        """Answer rightly, but only after so many seconds."""
        self._ordered.append(Fault(what, "delay", times, seconds=seconds, accepted=True))

    def redirect(self, what: str, location: str, *, times: int = 1) -> None:
        """Answer 302 with another address and do nothing."""
        self._ordered.append(Fault(what, "redirect", times, status=302, location=location))

    def next_for(self, what: str) -> Fault | None:
        """Take the next fault ordered for this kind of call, if there is one."""
        for fault in self._ordered:
            if fault.left > 0 and fault.what in {what, ALL}:
                fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        """Order nothing any more."""
        self._ordered.clear()
