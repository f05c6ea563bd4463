"""The app's two icons, drawn here so that the package needs no picture files: a post with two boards."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Final

COLOUR_SIZE: Final = 192
OUTLINE_SIZE: Final = 32
_BLUE: Final = (0x1D, 0x35, 0x57, 0xFF)
_WHITE: Final = (0xFF, 0xFF, 0xFF, 0xFF)
_NOTHING: Final = (0xFF, 0xFF, 0xFF, 0x00)
_SOFT: Final = (0xA8, 0xC5, 0xDA, 0xFF)

Pixel = tuple[int, int, int, int]


def colour() -> bytes:
    """A PNG of 192 by 192 pixels, in the app's colours."""

    def paint(x: float, y: float) -> Pixel:
        if _board(x, y, top=0.26, left=0.24, right=0.78, points_right=True):
            return _WHITE
        if _board(x, y, top=0.48, left=0.22, right=0.76, points_right=False):
            return _SOFT
        return _WHITE if _post(x, y) else _BLUE

    return _png(COLOUR_SIZE, paint)


def outline() -> bytes:
    """A PNG of 32 by 32 pixels: white on nothing, as Teams wants it."""

    def paint(x: float, y: float) -> Pixel:
        first = _board(x, y, top=0.16, left=0.14, right=0.88, points_right=True)
        second = _board(x, y, top=0.45, left=0.12, right=0.86, points_right=False)
        return _WHITE if first or second or _post(x, y, low=0.94, high=0.06) else _NOTHING

    return _png(OUTLINE_SIZE, paint)


def _post(x: float, y: float, *, high: float = 0.18, low: float = 0.84) -> bool:
    return abs(x - 0.5) < 0.035 and high <= y <= low  # noqa: PLR2004  # half of its width


def _board(x: float, y: float, *, top: float, left: float, right: float, points_right: bool) -> bool:
    """A board 0.18 high whose one end is an arrow's."""
    height = 0.18
    if not top <= y <= top + height:
        return False
    tip = 0.5 * height - abs(y - top - 0.5 * height)  # how far the arrow reaches at this height
    if points_right:
        return left <= x <= right - 0.5 * height + tip
    return left + 0.5 * height - tip <= x <= right


def _png(size: int, paint: Callable[[float, float], Pixel]) -> bytes:
    """A picture as PNG: eight bits a channel, with transparency."""
    rows = bytearray()
    for row in range(size):
        rows.append(0)  # no filter
        for column in range(size):
            rows.extend(paint((column + 0.5) / size, (row + 0.5) / size))
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(rows), 9)) + _chunk(b"IEND")
    )


def _chunk(kind: bytes, content: bytes = b"") -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
