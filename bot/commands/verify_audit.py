"""`verify-audit FILE`: needs the standard library and the file, no settings and no database."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from bot.store.verify import verify_audit

MOST_BYTES: Final = 200_000_000


def verify(file: str, head: str) -> int:
    """Say whether the audit entries of an export are as they were written. Status 0: they are; 1: not; 2: no file."""
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            sys.stderr.write("That file is larger than an export can be.\n")
            return 2
        data = path.read_bytes()
    except OSError:
        sys.stderr.write(f"There is no file to read at {file}.\n")
        return 2
    verdict = verify_audit(data, head)
    if not verdict.good:
        sys.stderr.write(f"{verdict.word}: {verdict.why}.\n")
        return 1
    sys.stdout.write(f"{verdict.word}: {verdict.why}. Last entry: {verdict.head.hash}\n")
    return 0
