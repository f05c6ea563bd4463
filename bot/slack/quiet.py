"""Bolt and the SDK print whole requests below INFO, and some warnings carry one too: here they lose their words."""

from __future__ import annotations

import logging
from typing import Final

LIBRARY: Final = "slack_bolt.signpost"
"""The logger that bolt, the SDK's clients and the socket are given; bolt makes its own after this one."""


class _Withhold(logging.Filter):
    """Keeps of a record whose it is, how bad, and the class of the exception; never a message or a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        record.msg = f"withheld ({type(error).__name__})" if error else "withheld"
        record.args, record.exc_info, record.exc_text, record.stack_info = None, None, None, None
        return record.levelno >= logging.WARNING


_WITHHOLD: Final = _Withhold()


def tame_loggers() -> logging.Logger:
    """Silence bolt and the SDK below WARNING, take the words out of the rest, and return the logger to hand to them.

    A repeat is harmless. `bot.logs.set_up` withholds the same again for the process as a whole.
    """
    for name in ("slack_bolt", "slack_sdk", LIBRARY):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))
        if _WITHHOLD not in logger.filters:
            logger.addFilter(_WITHHOLD)
    return logging.getLogger(LIBRARY)
