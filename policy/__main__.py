"""`python -m policy`: assess facts from files or a pipe, and print the questions, the criteria and what differs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from policy import show
from policy.editions import DEFAULT, EDITIONS, edition
from policy.entries import LONGEST_FILE, LONGEST_LINE, answer, from_json, from_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from policy.entries import Entry, Refusal

DONE, SAID_NO, BAD_USAGE = 0, 1, 2
ENTRY = 'An entry: {"id": 1, "facts": {"harm_now": "no"}}; the ids are those of python -m policy facts'


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 an entry could not be assessed, 2 bad usage."""
    parser = usage()
    chosen = parser.parse_args(arguments)
    match chosen.command:
        case "assess":
            return _assess(parser, chosen.file, chosen.edition)
        case "facts":
            _print(show.questions())
        case "criteria":
            _print(show.criteria(edition(chosen.edition)))
        case _:
            _print(show.differences(edition(chosen.first), edition(chosen.second)))
    return DONE


def usage() -> argparse.ArgumentParser:
    """What the commands take."""
    ids = [one.id for one in EDITIONS]
    parser = argparse.ArgumentParser(prog="python -m policy", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    told = commands.add_parser(
        "assess",
        allow_abbrev=False,
        help="assess one JSON object, JSON Lines or TOML vignettes",
        epilog=f"Exit status {SAID_NO}: an entry could not be assessed.",
    )
    told.add_argument("--edition", choices=ids, default=DEFAULT.id, help="for entries that name none")
    form = f".json, .jsonl or .toml; else JSON Lines from stdin. {ENTRY}"
    told.add_argument("file", nargs="?", metavar="FILE", help=form)
    commands.add_parser("facts", help="print the questions as JSON")
    told = commands.add_parser("criteria", allow_abbrev=False, help="print an edition's criteria as JSON")
    told.add_argument("--edition", choices=ids, default=DEFAULT.id, help="whose criteria")
    told = commands.add_parser("diff", help="print what differs between two editions as JSON")
    told.add_argument("first", choices=ids, metavar="FIRST", help="an edition's id")
    told.add_argument("second", choices=ids, metavar="SECOND", help="another one's")
    return parser


def _assess(parser: argparse.ArgumentParser, file: str | None, default: str) -> int:
    if file is None or file == "-":
        return _answer_all(_lines(sys.stdin.buffer), default)
    path = Path(file)
    if not path.exists():
        parser.error(f"{file}: there is no such file")
    if path.suffix not in {".json", ".jsonl", ".toml"}:
        parser.error(f"{file}: a file ends in .json, .jsonl or .toml")
    try:
        with path.open("rb") as opened:
            match path.suffix:
                case ".jsonl":
                    return _answer_all(_lines(opened), default)
                case ".json":
                    return _answer_all([from_json(opened.read(LONGEST_LINE + 1))], default)
                case _:
                    return _answer_all(from_toml(opened.read(LONGEST_FILE + 1)), default)
    except BrokenPipeError:
        raise
    except OSError as reason:
        parser.error(f"{path.name}: {reason.strerror}")


def _lines(opened: BinaryIO) -> Iterator[Entry | Refusal]:
    """Entries, one a line, each as soon as its line is there; no line is held that is longer than an entry can be."""
    while line := opened.readline(LONGEST_LINE + 1):
        if line.strip():
            yield from_json(line)
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = opened.readline(LONGEST_LINE + 1)


def _answer_all(entries: Iterable[Entry | Refusal], default: str) -> int:
    status = DONE
    for entry in entries:
        told = answer(entry, default)
        if "error" in told:
            status = SAID_NO
        print(json.dumps(told), flush=True)  # a line at a time, so that the next step of a pipe need not wait
    return status


def _print(shown: object) -> None:
    print(json.dumps(shown, indent=2))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # whoever read us has heard enough; keep the interpreter from complaining as it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(SAID_NO)
