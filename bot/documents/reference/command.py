"""`docs`: writes the reference pages. Needs no settings, no database and no network."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from bot.documents.reference.pages import pages

TICKED: Final = "- [x]"


def docs(folder: str, signpost: argparse.ArgumentParser) -> int:
    """Write the pages and print a line for each. Returns 0, or 1 with a sentence that says what to do instead.

    A page with a box that somebody has ticked is somebody's review: then nothing at all is written.
    """
    place = Path(folder)
    made = {place / name: text for name, text in pages(signpost).items()}
    try:
        place.mkdir(parents=True, exist_ok=True)
        for path in made:
            if path.exists() and TICKED in path.read_text(encoding="utf-8", errors="replace").lower():
                sys.stderr.write(f"{path} has ticked boxes, so nothing was written: move it away first.\n")
                return 1
        for path, text in made.items():
            path.write_text(text, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{path}\n")
    except OSError as reason:
        sys.stderr.write(f"The pages cannot be written to {folder} ({reason.strerror}): name another folder.\n")
        return 1
    return 0
