"""All reference pages with their pictures, by the name of their file."""

from __future__ import annotations

import argparse

from bot.documents.reference.actions import actions_page
from bot.documents.reference.commands import commands_page
from bot.documents.reference.criteria import criteria_page
from bot.documents.reference.differences import differences_page
from bot.documents.reference.named import ACTIONS_PAGE, QUESTIONS_PAGE, criteria_file, picture_file
from bot.documents.reference.picture import picture
from bot.documents.reference.questions import questions_page
from bot.documents.reference.roles import roles_page
from policy import EDITIONS
from policy.__main__ import usage


def pages(signpost: argparse.ArgumentParser) -> dict[str, str]:
    """Each page's text. The same program gives the same pages, on any day and any machine."""
    return {
        **{criteria_file(edition): criteria_page(edition) for edition in EDITIONS},
        **{picture_file(edition): picture(edition) for edition in EDITIONS},
        QUESTIONS_PAGE: questions_page(),
        ACTIONS_PAGE: actions_page(),
        "differences.md": differences_page(),
        "roles.md": roles_page(),
        "commands.md": commands_page(signpost, usage()),
    }
