"""`make bank-holidays`: writes handlers/bank_holidays.py anew, from 2024 to nine years ahead."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

from holidays import country_holidays

FIRST_YEAR = 2024
AHEAD = 9
PLACE = Path(__file__).parents[2] / "handlers" / "bank_holidays.py"
TABLES = {"england_and_wales": ("ENG", "WLS"), "scotland": ("SCT",), "northern_ireland": ("NIR",)}
HEAD = '''\
"""The bank holidays of the United Kingdom's nations, days given instead included. Written by `make bank-holidays`.

They are those of https://www.gov.uk/bank-holidays for the years that were announced, and worked out for later ones,
both as version {version} of the Python library `holidays` has them. A test compares this table with the library, and
fails when less than two whole years are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LAST_YEAR: Final = {last}

BANK_HOLIDAYS: Final[Mapping[str, Mapping[int, str]]] = {{
'''


def written(last: int) -> str:
    """The whole module, up to and including that year."""
    lines = [HEAD.format(version=version("holidays"), last=last)]
    for name, parts in TABLES.items():
        lines.append(f'    "{name}": {{\n')
        lines += [f'        {year}: "{days(parts, year)}",\n' for year in range(FIRST_YEAR, last + 1)]
        lines.append("    },\n")
    return "".join([*lines, "}\n", '"""By table and year, each day as month and day."""\n'])


def in_library(part: str, year: int) -> set[date]:
    """What the library says of a part of the kingdom: ENG, WLS, SCT or NIR."""
    return set(country_holidays("GB", subdiv=part, years=year))


def days(parts: tuple[str, ...], year: int) -> str:
    """The days of a year: `01-01 03-29`."""
    found = {" ".join(f"{day:%m-%d}" for day in sorted(in_library(part, year))) for part in parts}
    if len(found) != 1:
        raise ValueError(f"in {year} {' and '.join(parts)} differ: give each a table of its own")
    return found.pop()


if __name__ == "__main__":
    PLACE.write_text(written(datetime.now(UTC).year + AHEAD), encoding="utf-8")
    sys.stdout.write(f"Written: {PLACE.name}. Look at what changed, and say so in CHANGELOG.md.\n")
