"""Carries out the Dockerfile's steps in a temporary folder and looks at what comes of it: `make image-check`.

It needs no container engine and is no substitute for one: the base is this machine's Python, and no user, mount or
capability is set. It shows that each step works, that the locks and .dockerignore bring all that the bot imports, and
that what is built starts from there, is ready, stops when told to, and writes nowhere but in its data folder.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.play.slack.standin import SlackStandIn
from tests.architecture.dockerfile import Instruction, Stage, context, stages
from tests.architecture.tree import ROOT, tracked

START_SECONDS = 60
STOP_SECONDS = 10


class Image:
    """A folder that stands for the image's file system."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.work = root
        self.environment = {
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PATH": f"{root}/base/bin:/usr/bin:/bin",
            "HOME": f"{root}/home",
            "PIP_QUIET": "1",
        }
        for name in ("PIP_CERT", "PIP_INDEX_URL", "SSL_CERT_FILE", "HTTPS_PROXY", "https_proxy"):
            if name in os.environ:
                self.environment[name] = os.environ[name]  # how this machine reaches its package index
        subprocess.run([sys.executable, "-m", "venv", root / "base"], check=True)

    def place(self, text: str) -> str:
        """Put the image's own absolute paths into the folder."""
        return re.sub(r"(?<![\w./}-])/(src|venv|wheel|data|srv)\b", lambda found: f"{self.root}/{found[1]}", text)

    def build(self, stage: Stage) -> None:
        """Carry out a stage."""
        for instruction in stage.instructions:
            self.do(instruction)

    def do(self, instruction: Instruction) -> None:
        """Carry out an instruction; those that only describe the image do nothing here."""
        match instruction.word:
            case "WORKDIR":
                self.work = Path(self.place(instruction.rest))
                self.work.mkdir(parents=True, exist_ok=True)
            case "COPY" if not instruction.flags:
                *sources, target = instruction.words
                for source in sources:
                    self.copy(source, target)
            case "RUN":
                command = self.place(instruction.rest)
                if os.geteuid():
                    command = re.sub(r"-[og] 10001 ", "", command)  # only root may give a folder away
                subprocess.run(["/bin/sh", "-ec", command], cwd=self.work, env=self.environment, check=True)
            case _:
                pass

    def copy(self, source: str, target: str) -> None:
        """Copy what .dockerignore lets through."""
        for path in context():
            name = path.relative_to(ROOT)
            if str(name) == source or str(name).startswith(f"{source}/"):
                to = self.work / target / (name.relative_to(source) if str(name) != source else name.name)
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, to)


def look_at(image: Image) -> list[str]:
    """Say what is in the image and should not be, or the other way round."""
    (packages,) = image.root.glob("venv/lib/python*/site-packages")
    wrong = [
        f"not in the wheel: {path.relative_to(ROOT)}" for path in context_of_code() if not installed(packages, path)
    ]
    sources = packages.rglob("*.py")
    bare = [source for source in sources if not list((source.parent / "__pycache__").glob(f"{source.stem}.*.pyc"))]
    wrong += [f"no bytecode: {source.relative_to(image.root)}" for source in bare]
    wrong += [f"a package manager: {name}" for name in ("pip", "setuptools", "uv") if (packages / name).exists()]
    wrong += [f"a cache: {path}" for path in (image.root / "home").rglob("*") if path.is_file()]
    return wrong


def context_of_code() -> list[Path]:
    """The three packages' tracked files."""
    return tracked("policy", "handlers", "bot")


def installed(packages: Path, path: Path) -> bool:
    """Say whether a file of ours arrived unchanged."""
    copy = packages / path.relative_to(ROOT)
    return copy.exists() and copy.read_bytes() == path.read_bytes()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def start(image: Image, final: Stage) -> list[str]:
    """Start CMD beside a stand-in for Slack, wait for HEALTHCHECK, stop it; say what went wrong."""
    port, ops_port = free_port(), free_port()
    async with SlackStandIn(bot_url=f"http://127.0.0.1:{port}/slack/events") as slack:
        environment = image.environment | {name: image.place(value) for name, value in final.environment.items()}
        environment |= {
            "PATH": f"{image.root}/venv/bin",
            "SIGNPOST_HOST": "127.0.0.1",
            "SIGNPOST_PORT": str(port),
            "SIGNPOST_OPS_PORT": str(ops_port),
            "SIGNPOST_SLACK_API_URL": slack.api_url,
            "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
            "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
        }
        return await asyncio.to_thread(start_and_stop, image, final, environment)


def start_and_stop(image: Image, final: Stage, environment: dict[str, str]) -> list[str]:
    """Run CMD until HEALTHCHECK is content, then end it politely; say what went wrong."""
    python, work = f"{image.root}/venv/bin/python", image.root / "srv"
    made = subprocess.run(
        [python, "-m", "bot", "doctor", "--new-key"],
        env=environment,
        cwd=work,
        check=True,
        capture_output=True,
        text=True,
    )
    environment["SIGNPOST_KEYS"] = made.stdout.splitlines()[-1]
    before = listing(image)
    with subprocess.Popen([python, *final.all("CMD")[0].words[1:]], env=environment, cwd=work) as bot:
        healthy = wait_for_health([python, *final.health[1:]], environment, work, bot)
        bot.send_signal(signal.SIGTERM)
        try:
            status = bot.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            bot.kill()
            status = -signal.SIGKILL
    wrong = [] if healthy else [f"not ready in {START_SECONDS} s"]
    wrong += [f"ended with status {status}"] if status else []
    return wrong + [f"written outside /data: {path}" for path in sorted(listing(image) ^ before)]


def wait_for_health(check: list[str], environment: dict[str, str], work: Path, bot: subprocess.Popen[bytes]) -> bool:
    """Ask as an engine would, until it is healthy, has ended, or time is up."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and bot.poll() is None:
        if subprocess.run(check, env=environment, cwd=work, check=False, capture_output=True).returncode == 0:
            return True
        time.sleep(0.3)
    return False


def listing(image: Image) -> set[str]:
    """Return every file outside the data folder, with the moment it was last written."""
    files = (path for path in image.root.rglob("*") if not path.is_relative_to(image.root / "data"))
    return {f"{path.relative_to(image.root)} {path.lstat().st_mtime_ns}" for path in files if not path.is_dir()}


def main() -> int:
    """Build, look, start; print what is wrong and return 1 if anything is."""
    build, final = stages()
    with tempfile.TemporaryDirectory(prefix="signpost-image-") as folder:
        image = Image(Path(folder))
        for stage in (build, final):
            image.build(stage)
        wrong = look_at(image) + asyncio.run(start(image, final))
    sys.stdout.write(
        "".join(f"{line}\n" for line in wrong) or "The image's steps work, and what they build starts and stops.\n"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
