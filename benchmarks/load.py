"""Sends requests that were made beforehand over connections that stay open, and keeps every answer for later.

It is as bare as it can be: what it takes from its core must not decide how fast the server looks.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from benchmarks.figures import Void

ANSWER_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for the request at the same place."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What a load did: an answer and the seconds that it took for each request, and the seconds for all of them."""

    answers: tuple[Answer, ...]
    took: tuple[float, ...]
    seconds: float

    @classmethod
    def joined(cls, several: Sequence[Sent]) -> Sent:
        """Several bursts as one."""
        answers = tuple(answer for one in several for answer in one.answers)
        return cls(answers, tuple(took for one in several for took in one.took), sum(one.seconds for one in several))

    @property
    def per_second(self) -> float:
        """Answers a second."""
        return len(self.answers) / self.seconds

    def percentile(self, share: int) -> float:
        """So many percent were answered within this many milliseconds."""
        return quantiles(self.took, n=100, method="inclusive")[share - 1] * 1000


async def send(port: int, requests: Sequence[bytes], *, connections: int, seconds: float = 0.0) -> Sent:
    """Send every request, `connections` of them at a time; with `seconds` stop after that long.

    Raises Void where the server went away or hangs.
    """
    began = time.perf_counter()
    waiting = iter(enumerate(requests))
    answers: dict[int, Answer] = {}
    took: dict[int, float] = {}

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for place, request in waiting:
            sent = time.perf_counter()
            writer.write(request)
            async with asyncio.timeout(ANSWER_WITHIN):
                answers[place] = await _answer(reader)
            done = time.perf_counter()
            took[place] = done - sent
            if seconds and done - began > seconds:
                break
        writer.close()

    try:
        await asyncio.gather(*(one_connection() for _ in range(connections)))
    except (OSError, TimeoutError, EOFError) as trouble:
        raise Void(f"a request got no answer ({type(trouble).__name__})") from trouble
    order = sorted(answers)
    return Sent(tuple(answers[at] for at in order), tuple(took[at] for at in order), time.perf_counter() - began)


async def until(holds: Callable[[], Awaitable[bool]], *, within: float, every: float = 0.05) -> None:
    """Wait for something in another process. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110  # another process has no event
            await asyncio.sleep(every)


async def ask(port: int, request: bytes) -> Answer | None:
    """Send one request over a connection of its own; None where nothing answers, or not to the end."""
    writer = None
    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request)
            return await _answer(reader)
    except (OSError, TimeoutError, EOFError):
        return None
    finally:
        if writer is not None:
            writer.close()


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    _, named, rest = head.partition(b"content-length:")
    length = int(rest.split(b"\r\n", 1)[0]) if named else 0
    return Answer(status, await reader.readexactly(length))
