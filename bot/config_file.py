"""The CONFIG file: sites, their leads and contacts, and who is one person, in TOML.

One thing wrong and the whole file is refused, with the line and what is expected: a site that was left out by a slip
is a site whose incidents nobody hears of.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from bot.config_lines import Place, line_of
from bot.config_tables import File, directory_of
from handlers.people import Account, Directory

MOST_BYTES: Final = 1_000_000


class BadConfig(Exception):
    """The file cannot be used. The text says where and why, and quotes no value but a site's id."""


def load(path: Path, admins: frozenset[Account] = frozenset()) -> Directory:
    """The directory that the file declares. Raises BadConfig with a sentence for the first thing that is wrong."""
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        # Its message ends in "(at line 3, column 7)"; what stands before may quote the file.
        raise BadConfig(f"{path.name}: this is no TOML{_position(str(wrong))}.") from None
    try:
        file = File.model_validate(raw)
    except ValidationError as wrong:
        problem = wrong.errors(include_input=False, include_url=False)[0]
        raise BadConfig(_sentence(path, text, tuple(problem["loc"]), problem["type"], problem.get("ctx", {}))) from None
    _no_repeats(path, text, file)
    return directory_of(file, admins)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadConfig(f"{path.name}: this is larger than a list of sites can be.")
        return path.read_text(encoding="utf-8")
    except OSError:
        raise BadConfig(f"{path.name}: the file is not there, or this user may not read it.") from None
    except UnicodeDecodeError:
        raise BadConfig(f"{path.name}: this is no text in UTF-8.") from None


def _position(message: str) -> str:
    at, _, rest = message.rpartition("(at line ")
    return f" (line {rest.split(',')[0]})" if at and rest[:1].isdigit() else " (it ends too early)"


def _sentence(path: Path, text: str, place: Place, kind: str, context: Mapping[str, Any]) -> str:
    known_type = {
        "extra_forbidden": "is no setting that we know: check how it is spelt",
        "missing": "is missing",
        "value_error": str(context.get("error", "")),
        "literal_error": f"must be {context.get('expected', '')}",
        "too_short": "needs at least one entry",
        "string_too_short": "is empty",
        "string_too_long": f"is longer than {context.get('max_length', '')} characters",
        "greater_than": "must be more than 0",
        "greater_than_equal": f"must be at least {context.get('ge', '')}",
        "int_type": "must be a whole number",
        "less_than_equal": f"must be at most {context.get('le', '')}",
        "string_type": "must be a text in quotes",
        "list_type": "must be a list in square brackets",
        "bool_type": "must be true or false",
        "float_type": "must be a number",
        "model_type": "must be a table",
        "date_type": "must be a date without quotes, such as 2026-12-01",
    }.get(kind, "has a value that does not fit")
    return f"{path.name}{_line(text, place)}: {_spoken(place)} {known_type}."


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


def _no_repeats(path: Path, text: str, file: File) -> None:
    """What each table cannot see by itself: the same id twice, the same account in two persons."""
    seen: set[str] = set()
    for number, site in enumerate(file.site):
        if site.id in seen:
            raise BadConfig(f"{path.name}{_line(text, ('site', number, 'id'))}: the site '{site.id}' is there twice.")
        seen.add(site.id)
        for each, one in enumerate(site.stand_in):
            if one.away not in site.leads:
                where = _line(text, ("site", number, "stand_in", each, "away"))
                raise BadConfig(f"{path.name}{where}: away names nobody who stands in leads of '{site.id}'.")
        contacts = [contact.id for contact in site.contact]
        if len(set(contacts)) < len(contacts):
            where = _line(text, ("site", number, "contact"))
            raise BadConfig(f"{path.name}{where}: the site '{site.id}' has two contacts with one id.")
    owners: set[str] = set()
    for number, person in enumerate(file.person):
        if owners & set(person.accounts):
            where = _line(text, ("person", number, "accounts"))
            raise BadConfig(f"{path.name}{where}: an account belongs to two persons; keep it in one of them.")
        owners.update(person.accounts)
