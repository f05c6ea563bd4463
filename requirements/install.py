"""Put the packages of one lock into `.venv`, once: `python requirements/install.py run|play|dev|bench|lock|node`.

A mark in `.venv` holds the lock's hash, so a second call ends at once and a changed lock is installed again.
Every package is checked against the lock's hash, and only wheels are taken: no package runs code of its own meanwhile.
"""

import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterable, Iterator
from pathlib import Path

STOPPED = 130  # what a shell says of somebody's Ctrl-C
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
HOLDS = {
    "run": ("run", "play", "dev", "bench"),
    "play": ("play", "dev", "bench"),
    "dev": ("dev", "bench"),
    "bench": ("bench",),
    "lock": ("lock",),
    "node": ("node",),
}
"""For each lock those that hold all of it: who ran the tests has what the playground needs."""
COMMAND = VENV / "bin" / "signpost"
STARTS = """#!/bin/sh
# The command `signpost` of this clone, from whichever folder it is called.
here=$(cd "$(dirname "$0")" && pwd)
PYTHONSAFEPATH=1 PYTHONPATH=${here%/*/*} exec "$here/python" -m bot "$@"
"""
FAILED = """
The packages of requirements/{lock} could not be installed; above are pip's last words.
It needs a way to the package index. Behind a proxy, set HTTPS_PROXY or pip's own settings, and try again."""


def main(arguments: list[str]) -> int:
    """Install what is named; return the exit status: 0 done, 1 pip said no, 2 bad usage."""
    if len(arguments) != 1 or arguments[0] not in HOLDS:
        print(f"Usage: install.py {'|'.join(HOLDS)}", file=sys.stderr)
        return 2
    name = arguments[0]
    try:
        return put(name)
    except KeyboardInterrupt:
        print("\nStopped. The same command goes on from here.", file=sys.stderr)
        return STOPPED


def put(name: str) -> int:
    """Install a lock where it is not installed already; return the exit status."""
    if usable() and any(is_current(lock) for lock in HOLDS[name]):
        write_command(name)
        return 0
    if not usable():
        print(f"Making .venv with Python {sys.version_info.major}.{sys.version_info.minor} …", flush=True)
        venv.create(VENV, clear=True, with_pip=True, symlinks=True)
    status = install(lock_file(name))
    if status == 0:
        write_command(name)
        mark(name).write_text(fingerprint(name))
    return status


def write_command(name: str) -> None:
    """Put the command `signpost` beside the Python that it runs with, where that has all that it needs."""
    if name not in HOLDS["run"]:
        return
    if not COMMAND.exists() or COMMAND.read_text() != STARTS:
        COMMAND.write_text(STARTS)
        COMMAND.chmod(0o755)


def lock_file(name: str) -> Path:
    """Return where a lock is kept."""
    return ROOT / "requirements" / f"{name}.txt"


def usable() -> bool:
    """Say whether `.venv` has a Python that is new enough and has pip (an upgrade of the machine can take it away)."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", check], check=False, capture_output=True).returncode == 0


def mark(name: str) -> Path:
    """Return the file that says which version of a lock is installed."""
    return VENV / f".signpost-{name}"


def fingerprint(name: str) -> str:
    """Return the hash of a lock's text."""
    return hashlib.sha256(lock_file(name).read_bytes()).hexdigest()


def is_current(name: str) -> bool:
    """Say whether this lock, as it is now, is installed."""
    return mark(name).exists() and mark(name).read_text() == fingerprint(name)


def install(lock: Path) -> int:
    """Run pip on the lock, show how far it is, and print its last words if it fails."""
    total = sum(1 for line in lock.read_text().splitlines() if "==" in line)
    print(
        f"Installing {total} package{'s'[: total != 1]} of requirements/{lock.name}; it can take a minute …", flush=True
    )
    command = [str(PYTHON), "-I", "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:", "-r", str(lock)]
    environment = os.environ | {"PIP_USER": "0", "PIP_NO_INPUT": "1", "PYTHONUNBUFFERED": "1"}
    pipe, merged = subprocess.PIPE, subprocess.STDOUT
    said: list[str] = []
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=merged, text=True) as process:
        for progress in follow(process.stdout or [], said, total):
            print(progress, end="", flush=True)
    print(end="\n" if sys.stdout.isatty() else "", flush=True)
    if process.returncode:
        print("\n".join(said[-25:]), FAILED.format(lock=lock.name), sep="\n", file=sys.stderr)
    return process.returncode


def follow(lines: Iterable[str], said: list[str], total: int) -> Iterator[str]:
    """Turn pip's lines into a short progress: one line that moves on a terminal, a few lines elsewhere."""
    moving = sys.stdout.isatty()
    found = 0
    for line in lines:
        said.append(line.rstrip())
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            found += 1
            if moving or found % 20 == 0:
                package = line.split(": " if line.startswith("R") else " ", 1)[1].split()[0].split("==")[0]
                yield f"\r  {found} of {total}  {package:<40}" if moving else f"  {found} of {total}\n"
        elif line.startswith("Installing collected packages"):
            yield f"\r  {'unpacking …':<55}" if moving else "  unpacking …\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
