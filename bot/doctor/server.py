"""Why a PostgreSQL server is away: asked step by step, since its own errors do not tell them apart."""

from __future__ import annotations

import asyncio
import socket
from typing import Final

from bot.doctor.finding import Finding

PORT: Final = 5432
STEP_SECONDS: Final = 3.0
_MAY_WE_ENCRYPT: Final = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
"""The question that PostgreSQL answers before anybody has said who they are, with one letter."""


async def why_away(host: str, port: int | None) -> Finding | None:
    """What is wrong on the way to it; None where it answers, so that it is about who we are. Never raises."""
    if not host or host.startswith("/"):  # a socket in a folder
        return None
    where = f"{host}:{port or PORT}"
    try:
        async with asyncio.timeout(STEP_SECONDS):
            answers, asks = await asyncio.open_connection(host, port or PORT)
    except (socket.gaierror, UnicodeError):
        return _red(
            "database_name_unknown", f"nobody knows a computer of the name '{host}'",
            "Check the host in SIGNPOST_DATABASE_URL, and whether this machine can look names up.",
        )  # fmt: skip
    except TimeoutError:
        return _red(
            "database_unreachable", f"nothing answers at {where}",
            "Check host and port in SIGNPOST_DATABASE_URL, and open the way there where a firewall is between.",
        )  # fmt: skip
    except OSError:
        return _red(
            "database_not_listening", f"nothing listens at {where}",
            "Start PostgreSQL there, or correct host and port in SIGNPOST_DATABASE_URL.",
        )  # fmt: skip
    try:
        async with asyncio.timeout(STEP_SECONDS):
            asks.write(_MAY_WE_ENCRYPT)
            answer = await answers.read(1)
    except (TimeoutError, OSError):
        answer = b"-"
    finally:
        asks.close()
    if answer in (b"S", b"N"):
        return None
    if answer == b"-":
        return _red(
            "database_hangs", f"{where} takes the connection and says nothing",
            "Look at the PostgreSQL server there, or at the pooler before it: it hangs. Restart it if it stays so.",
        )  # fmt: skip
    return _red(
        "database_is_none", f"what answers at {where} is no PostgreSQL", "Check host and port in SIGNPOST_DATABASE_URL."
    )


def _red(code: str, found: str, do: str) -> Finding:
    return Finding(code, "Database", "red", found, do)
