"""The CONFIG file: sites, their leads and contacts, and who is one person, in TOML.

One thing wrong and the whole file is refused, with the line and what is expected: a site that was left out by a slip
is a site whose incidents nobody hears of.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bot.config.checks import first_problem
from bot.config.lines import Place, line_of
from bot.config.slips import first_slip
from bot.config.tables import File, directory_of
from bot.config.toml import why_no_toml
from handlers.people import Account, Directory

MOST_BYTES: Final = 1_000_000
_ENDLESS: Final = re.compile(r"[0-9_]{4000,}")
EMPTY: Final = (
    "this declares no site: it is empty, or all of it is commented out. Put your sites back, from version control or a "
    "copy; where all of them are set up in chat, take SIGNPOST_CONFIG out."
)


class BadConfig(Exception):
    """The file cannot be used. The text says where and why, and quotes no value but a site's id."""

    def __init__(self, sentence: str, *, empty: bool = False) -> None:
        super().__init__(sentence)
        self.empty = empty


def load(path: Path, admins: frozenset[Account] = frozenset()) -> Directory:
    """The directory that the file declares. Raises BadConfig with a sentence for the first thing that is wrong."""
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise BadConfig(f"{path.name}: this is no TOML: {why_no_toml(str(wrong), text)}.") from None
    except ValueError:  # Python reads no number of more than some thousand digits, and says no place
        raise BadConfig(f"{path.name}{_line_with_digits(text)}: a number here has far too many digits.") from None
    except RecursionError:
        raise BadConfig(f"{path.name}: this is no list of sites: too many brackets stand within each other.") from None
    if not raw:
        raise BadConfig(f"{path.name}: {EMPTY}", empty=True)
    try:
        file = File.model_validate(raw)
    except ValidationError as wrong:
        problem = wrong.errors(include_input=False, include_url=False)[0]
        place = tuple(problem["loc"])
        if problem["type"] == "list_type" and (table := _one_bracket(raw, place)):
            said = f"write [[{table}]] with two brackets on each side: there may be several"
            raise BadConfig(f"{path.name}{_line(text, place)}: {said}.") from None
        raise BadConfig(_sentence(path, text, place, problem["type"], problem.get("ctx", {}))) from None
    if found := first_problem(file) or first_slip(file):
        place, said = found
        raise BadConfig(f"{path.name}{_line(text, place)}: {_spoken(place)} {said}.")
    return directory_of(file, admins)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadConfig(f"{path.name}: this is larger than a list of sites can be.")
        data = path.read_bytes()
    except OSError:
        raise BadConfig(f"{path.name}: the file is not there, or this user may not read it.") from None
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")  # Notepad puts a mark first
    except UnicodeDecodeError as wrong:
        number = data.count(b"\n", 0, wrong.start) + 1
        said = "a character is not written in UTF-8: save the file as UTF-8 in your editor"
        raise BadConfig(f"{path.name}, line {number}: {said}.") from None


def _sentence(path: Path, text: str, place: Place, kind: str, context: Mapping[str, Any]) -> str:
    known_type = {
        "extra_forbidden": "is no setting that we know: check how it is spelt",
        "missing": "is missing",
        "value_error": str(context.get("error", "")),
        "literal_error": f"must be {context.get('expected', '')}",
        "too_short": "needs at least one entry",
        "too_long": f"has more than {context.get('max_length', '')} entries",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {context.get('max_length', '')} characters",
        "greater_than": "must be more than 0",
        "greater_than_equal": f"must be at least {context.get('ge', '')}",
        "int_type": "must be a whole number",
        "less_than_equal": f"must be at most {context.get('le', 0):g}",
        "string_type": "must be a text in quotes",
        "list_type": "must be a list in square brackets",
        "bool_type": "must be true or false",
        "float_type": "must be a number",
        "model_type": "must be a table",
        "date_type": "must be a date without quotes, such as 2026-12-01",
    }.get(kind, "has a value that does not fit")
    return f"{path.name}{_line(text, place)}: {_spoken(place)} {known_type}."


def _one_bracket(raw: object, place: Place) -> str:
    """The name of a table that stands where a list of them belongs; empty where it is something else."""
    for part in place:
        if isinstance(raw, dict) and isinstance(part, str):
            raw = raw.get(part)
        elif isinstance(raw, list) and isinstance(part, int):
            raw = raw[part]
        else:
            return ""
    return ".".join(part for part in place if isinstance(part, str)) if isinstance(raw, dict) else ""


def _line_with_digits(text: str) -> str:
    numbers = (number for number, line in enumerate(text.splitlines(), 1) if _ENDLESS.search(line))
    return "".join(f", line {number}" for number in islice(numbers, 1))


def _line(text: str, place: Place) -> str:
    number = line_of(text, place)
    return f", line {number}" if number else ""


def _spoken(place: Place) -> str:
    """`("site", 0, "leads", 1)` as a person says it: `leads of site 1, entry 2`."""
    words: list[str] = []
    for part in place:
        if isinstance(part, int):
            words[-1:] = [f"{words[-1]} {part + 1}"] if words else [str(part + 1)]
        else:
            words.append(part)
    return " → ".join(words)
