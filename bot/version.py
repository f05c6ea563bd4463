"""Which version of Signpost this is."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path
from typing import Final

_DECLARED: Final = Path(__file__).parents[1] / "pyproject.toml"


def version() -> str:
    """The project's version: as declared in a clone, else as installed."""
    if _DECLARED.exists():
        return str(tomllib.loads(_DECLARED.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("signpost")
