"""The libraries log what they should not: the SDK the values of a malformed activity, msal ids. They are silenced."""

from __future__ import annotations

import logging
from typing import Final

LOUD: Final = ("microsoft_agents", "msal", "urllib3", "requests", "opentelemetry", "azure")


def tame_loggers() -> None:
    """Silence the libraries whatever `LOG_LEVEL` says; what goes wrong in them reaches us as an exception."""
    for name in LOUD:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL)
        logger.propagate = False
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
