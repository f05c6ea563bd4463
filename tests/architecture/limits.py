"""How long a file and a function may be, and what must not stand in any file. `python -m tests.architecture.limits`."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.architecture.tree import ROOT, tracked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FILE_LINES = 300
FUNCTION_LINES = 60
CODE = ("*.py", "*.js", "*.css", "*.sh", "*.html")


def long_files(paths: Iterable[Path]) -> Iterator[str]:
    """Name each file that has grown past one subject."""
    for path in paths:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            yield f"{path.relative_to(ROOT)}: {lines} lines, at most {FILE_LINES}"


def long_functions(paths: Iterable[Path]) -> Iterator[str]:
    """Name each Python function that does not fit on a screen."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
                lines = node.end_lineno - node.lineno + 1
                if lines > FUNCTION_LINES:
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    yield f"{where}: {node.name} has {lines} lines, at most {FUNCTION_LINES}"


def traces(paths: Iterable[Path], forbidden: re.Pattern[str]) -> Iterator[str]:
    """Name each line that holds a path of one machine or the host of a package registry."""
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        for number, line in enumerate(text.splitlines(), 1):
            found = forbidden.search(line)
            if found:
                yield f"{path.relative_to(ROOT)}:{number}: {found[0]}"


def forbidden_here() -> re.Pattern[str]:
    """Build the pattern from what this machine is set up with, so that no host has to be written down."""
    words = {f"{ROOT}/", *registry_hosts()}
    parent = f"{ROOT.parent}/"
    if not parent.startswith(("/tmp/", f"{tempfile.gettempdir()}/")) and parent.count("/") > 1:  # noqa: S108
        words.add(parent)
    return re.compile("|".join(rf"(?<![\w.-]){re.escape(word)}" for word in sorted(words)))


def registry_hosts() -> set[str]:
    """Return the hosts of the package registries that pip, npm and apt use here."""
    told = [_output([sys.executable, "-c", _PIP_HOSTS])]
    if shutil.which("npm"):
        told.append(_output(["npm", "config", "get", "registry"]))
    for source in Path("/etc/apt").glob("sources.list*/**/*"):
        if source.is_file():
            told += re.findall(r"^\s*(?:deb|URIs:)\s+(?:\[.*?\]\s*)?(\S+)", source.read_text(), re.MULTILINE)
    hosts = {re.sub(r"^[a-z+]*://|[/ ].*", "", word) for word in "\n".join(told).split()}
    return {host for host in hosts if "." in host}


_PIP_HOSTS = """
from pip._internal.models.index import PyPI, TestPyPI
print(PyPI.netloc, PyPI.file_storage_domain, TestPyPI.netloc)
"""


def _output(command: list[str]) -> str:
    return subprocess.run(command, check=False, capture_output=True, text=True).stdout


def main() -> int:
    """Print what is too long or does not belong; return 1 if there is anything."""
    python = tracked("*.py")
    findings = [*long_files(tracked(*CODE)), *long_functions(python), *traces(tracked(), forbidden_here())]
    sys.stdout.write("".join(f"{finding}\n" for finding in findings) or "Sizes and traces: nothing found.\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
