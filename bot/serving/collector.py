"""Python's garbage collector, in a process that loads much at its start and then gives small answers for weeks.

The collector looks through what lives, over and over, and here nearly all of that came with the start and stays until
the end. To look at it again and again took a sixth of the time of an answer.
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 10_000
"""New objects before it looks at those: what a few answers leave. Python's own figure is far below one answer's."""


def hold_off() -> None:
    """Collect nothing while everything is loaded: hardly any of it is garbage. `begin` must follow."""
    gc.disable()


def begin() -> None:
    """Leave what is there now alone for good, and collect what comes from here on."""
    gc.freeze()
    gc.set_threshold(YOUNG)
    gc.enable()
