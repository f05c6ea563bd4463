"""Marks that stand for what is private, and every way of writing one that somebody may have used without a thought."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from urllib.parse import quote, quote_plus

SHORTEST = 10


def found(marks: Iterable[str], data: bytes) -> list[str]:
    """The marks that stand in some bytes: plain, escaped, in base64 at each shift, in hex, in UTF-16, or packed."""
    seen = {*_in(marks, data)}
    for opened in _unpacked(data):
        seen |= {f"{mark} (packed)" for mark in _in(marks, opened)}
    return sorted(seen)


def _in(marks: Iterable[str], data: bytes) -> Iterator[str]:
    for mark in marks:
        if any(way in data for way in ways(mark)):
            yield mark


def ways(mark: str) -> list[bytes]:
    """A mark as it may stand in a file or on a wire. It has ten letters or more: what is left of less is everywhere."""
    assert len(mark) >= SHORTEST, mark
    plain = mark.encode()
    shifted = [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
    url_safe = [base64.urlsafe_b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
    return [
        plain,
        *(mark.encode(code) for code in ("utf-16-le", "utf-16-be")),
        *(quoted(mark).encode() for quoted in (quote, quote_plus)),
        json.dumps(mark)[1:-1].encode(),
        plain.hex().encode(),
        *shifted,
        *url_safe,
    ]


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What a file as a whole holds if it is packed."""
    with suppress(OSError, EOFError, zlib.error):
        yield gzip.decompress(data)
    with suppress(zlib.error):
        yield zlib.decompress(data)
