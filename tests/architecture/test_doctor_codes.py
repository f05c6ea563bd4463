"""Each code that the doctor can print is explained, and each that is explained can be printed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import bot.doctor
from bot.doctor import mail, teams
from bot.store.away import Why
from handlers.setup.words import OUT_OF_USE
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "reference" / "doctor.md").read_text(encoding="utf-8")
EXPLAINED = set(re.findall(r"`(…?[a-z]\w+|…\w+)`", "\n".join(re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE))))
MADE = {"Finding": "", "_red": "", "Trouble": "…_"}
"""What is called with a code first; a trouble's stands behind the role that somebody has."""
OF_A_ROOM = ("archived", "not_private", "not_in_channel", "outside_organisation", "not_shared_as_expected")


def written() -> Iterator[str]:
    """Codes that stand as they are where something is found."""
    for path in Path(bot.doctor.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MADE and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield f"{MADE[node.func.id]}{first.value}"


def composed() -> Iterator[str]:
    """Codes that are put together of a word and a reason."""
    yield from (f"database_{why}" for why in get_args(Why))
    yield from (f"mail_{why}" for why in mail._TROUBLE)
    yield from (f"contact_{why}" for why in mail._DOUBT)
    yield from (f"…_{teams._CODES.get(why, why)}" for why in teams._WRONG)
    yield from (f"contact_{why}" for why in (*OF_A_ROOM, "elsewhere", "unreadable", "not_there", "empty", "not_asked"))
    yield from ("contact_not_verified", "contact_out_of_reach", "contact_out_of_use", "contact_due", "contact_overdue")
    yield from ("setting_wrong", "setting_missing", "…_good")


def test_every_code_is_explained_and_no_other() -> None:
    assert {*written(), *composed()} == EXPLAINED


def test_the_reasons_of_a_channel_are_those_of_chat() -> None:
    assert set(OF_A_ROOM) <= set(OUT_OF_USE)
