"""SR-43: what the image promises, read from the Dockerfile. `make image-check` carries its steps out."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.architecture.dockerfile import context, stages
from tests.architecture.tree import ROOT, tracked

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILD, FINAL = stages()


def test_both_stages_start_from_one_pinned_slim_python() -> None:
    assert {BUILD.base, FINAL.base} == {"python:3.13-slim-bookworm"}


def test_it_runs_as_a_numbered_user_who_is_not_root() -> None:
    (user,) = FINAL.all("USER")

    assert user.rest == "10001:10001"
    assert FINAL.instructions.index(user) < FINAL.instructions.index(FINAL.all("CMD")[0])


def test_every_package_comes_from_a_lock_with_hashes_and_leaves_no_cache() -> None:
    steps = [
        step for run in BUILD.all("RUN") for step in run.rest.split("&&") if "pip" in step and "venv --" not in step
    ]

    assert steps
    for step in steps:
        assert "--no-cache-dir" in step
        assert "--require-hashes" in step or "--no-index" in step


def test_the_last_stage_installs_nothing() -> None:
    assert not [run for run in FINAL.all("RUN") if "pip" in run.rest or "apt" in run.rest]
    assert [copy.flags for copy in FINAL.all("COPY")] == [("--from=build",)]


def test_it_serves_and_keeps_its_data_in_a_volume() -> None:
    assert FINAL.all("CMD")[0].words == ["python", "-m", "bot", "serve"]
    assert FINAL.all("VOLUME")[0].rest == FINAL.environment["SIGNPOST_DATA_DIR"] == "/data"
    assert FINAL.environment["SIGNPOST_HOST"] == "0.0.0.0"


def test_the_build_sees_the_three_packages_two_locks_and_nothing_else() -> None:
    seen = {str(path.relative_to(ROOT)) for path in context()}
    code = {str(path.relative_to(ROOT)) for path in tracked("policy", "handlers", "bot")}

    assert seen == code | {"LICENSE", "README.md", "pyproject.toml", "requirements/run.txt", "requirements/build.txt"}


def test_every_copied_path_is_there() -> None:
    wanted = [word for copy in BUILD.all("COPY") for word in copy.words[:-1]]

    assert wanted
    assert [word for word in wanted if not (ROOT / word).exists()] == []


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False), (404, False)])
def test_the_health_check_asks_whether_it_is_ready(status: int, healthy: bool) -> None:
    with answering("/readyz", status) as port:
        assert check_health(port) is healthy


def test_the_health_check_fails_when_nobody_answers() -> None:
    with answering("/readyz", 200) as port:
        pass

    assert check_health(port) is False


def test_the_health_check_asks_at_the_address_that_the_settings_name() -> None:
    """As where the second port is opened to whoever collects figures, on the container's own address."""
    with answering("/readyz", 200, "127.0.0.2") as port:
        assert check_health(port, SIGNPOST_OPS_HOST="127.0.0.2") is True
        assert check_health(port) is False


def check_health(port: int, **settings: str) -> bool:
    """Run the Dockerfile's HEALTHCHECK; a proxy in the environment must not get in its way."""
    environment = os.environ | {"SIGNPOST_OPS_PORT": str(port), "http_proxy": "http://127.0.0.1:9"} | settings
    command = [sys.executable, *FINAL.health[1:]]
    return subprocess.run(command, env=environment, check=False, capture_output=True).returncode == 0


@contextmanager
def answering(path: str, status: int, host: str = "127.0.0.1") -> Iterator[int]:
    """A server on loopback that answers one path with a status and any other with 404; gives its port."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == path else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer((host, 0), Answer) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()
