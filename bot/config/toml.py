"""Why a CONFIG file is no TOML, in words for somebody who has never heard of it. Nothing of the file is repeated."""

from __future__ import annotations

import re
from typing import Final

_REASONS: Final = (
    ("Cannot overwrite a value", "the same key stands twice in one table, or a table bears the name of a key"),
    ("Duplicate inline table key", "the same key stands twice between { and }"),
    ("Cannot declare", "this table was begun before: a list of tables has two brackets, [[site]]"),
    ("Cannot mutate", "this adds to a table that was finished before"),
    ("Unescaped '\\'", "a \\ in a text has to be written twice, \\\\"),
    ("Unterminated string", "a text is not ended: a quotation mark is missing"),
    ("Expected \"'\"", "a text is not ended: a quotation mark is missing"),
    ("Illegal character '\\n'", "a text is not ended on its line: a quotation mark is missing"),
    ("Illegal character '\\r'", "a text is not ended on its line: a quotation mark is missing"),
    ("Illegal character", "there is a character that may not stand here"),
    ("Invalid date", "there is no such day or time"),
    ("Unclosed array", "a list goes wrong here: put a comma between its entries, and ] behind the last"),
    ("Expected ']]'", "the name of a list of tables stands in two brackets on each side: [[site]]"),
    ("Expected ']'", "the name of a table stands in brackets: [name]"),
    ("Expected '='", "a key and its value have to stand as: key = value"),
    ("Invalid statement", "each line has to be a [[table]], or: key = value"),
    ("Invalid initial character for a key part", "a key is missing here; what stands between { and } is on one line"),
    ("Invalid value", "what stands behind the = is no value: a text needs \"…\" around it"),
    ("Expected newline", "a line holds one value, and a text (a phone number too) needs \"…\" around it"),
    ("Unclosed inline table", "what stands between { and } is not ended: } is missing, or a comma"),
)  # fmt: skip
_CURLY: Final = re.compile("[\u2018\u2019\u201c\u201d\u201e]")
_BRITISH: Final = re.compile(r"=\s*\d{1,2}[/.]\d{1,2}[/.]\d{4}")


def why_no_toml(message: str, text: str) -> str:
    """The reason with its line, out of what `tomllib` says of `text`: `a quotation mark is missing (line 3)`."""
    number = _line(message)
    lines = text.splitlines()
    line = lines[number - 1] if number and number <= len(lines) else ""
    said = next((words for start, words in _REASONS if message.startswith(start)), "it cannot be read as TOML")
    if _BRITISH.search(line):
        said = "a date is written as 2026-12-14"
    elif _CURLY.search(line):
        said = "these are curly quotation marks: type straight ones"
    where = f"line {number}" if number else "it was noticed at the end of the file"
    return f"{said} ({where})"


def _line(message: str) -> int:
    """The line that `tomllib` names; 0 where it noticed at the end of the file."""
    found = re.search(r"\(at line (\d+), ", message)
    return int(found[1]) if found else 0
