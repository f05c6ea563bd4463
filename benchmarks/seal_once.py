"""What it costs to encrypt one free text with a new key of its own, in a process of its own. Prints microseconds."""

from __future__ import annotations

import sys
import time

from bot.store.vault import Keys, new_key

TEXT = ("A Year 9 pupil told a teacher that a picture was passed round. " * 20)[:1000].encode()
"""As long as a note may be."""
AT_ONCE = 500


def main(seconds: float) -> None:
    """Make a key, wrap it, seal the text; over and over for so many seconds of CPU."""
    keys = Keys.parse(new_key())
    for _ in range(AT_ONCE):
        _one(keys)
    times, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        for _ in range(AT_ONCE):
            _one(keys)
        times += AT_ONCE
    print(spent / times * 1e6)


def _one(keys: Keys) -> tuple[bytes, bytes]:
    box, wrapped = keys.new_box("northside", "QmFzZTY0IG9mIDIyIHNpZ25z")
    return wrapped, box.seal("draft", 1, TEXT)


if __name__ == "__main__":
    main(float(sys.argv[1]))
