"""`healthy`: whether the Signpost of this machine is ready, by its second port: for a container's health check."""

from __future__ import annotations

import http.client
import json
import sys
from typing import Final

from bot.settings import Loaded, Settings
from bot.settings.second_port import address_of, host_of

_NEEDED: Final = ("ops_host", "ops_port")
_SECONDS: Final = 3.0
_PAGE: Final = "/readyz"


def healthy() -> int:
    """Say it. Status 0: ready; 1: not; 2: the settings do not say where to ask."""
    loaded = Loaded.from_environment()
    if wrong := [sentence for name, sentence in loaded.troubles.items() if name in _NEEDED]:
        sys.stderr.write("".join(f"{sentence}\n" for sentence in wrong))
        return 2
    why_not = _ask(loaded.settings)
    sys.stdout.write(f"Not ready: {why_not}.\n" if why_not else "Ready.\n")
    return 1 if why_not else 0


def _ask(settings: Settings) -> str:
    """Why it is not ready; empty where it is. No proxy is asked: it is this machine."""
    asked = http.client.HTTPConnection(host_of(settings), settings.ops_port, timeout=_SECONDS)
    address = address_of(settings, _PAGE)
    try:
        asked.request("GET", _PAGE)
        answer = asked.getresponse()
        text = answer.read(10_000)
    except (OSError, http.client.HTTPException):
        return f"nothing answers at {address}"
    finally:
        asked.close()
    return "" if answer.status == http.client.OK else _broken(text) or f"{address} answers {answer.status}"


def _broken(text: bytes) -> str:
    """What does not work, as it says itself; empty where what answers is something else."""
    try:
        return ", ".join(str(part) for part in json.loads(text)["broken"])
    except (ValueError, KeyError, TypeError):
        return ""
