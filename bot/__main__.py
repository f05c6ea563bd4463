"""The command line: `python -m bot COMMAND`, installed as `signpost`.

Exit status: 0 done, 1 said no, 2 bad usage or settings. Nothing heavy is imported before a command is chosen, so that
`--help` and a wrong setting are answered at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.teams.checkup import Checkup

DONE, SAID_NO, BAD_USAGE = 0, 1, 2
LATER: Final = "Coming in a later version: docs (reference pages)."


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["assess"]:  # has usage of its own, and so has `play`
        from policy.__main__ import main as policy_main  # noqa: PLC0415

        return policy_main(given)
    if given[:1] == ["play"]:
        from bot.play.run import main as play_main  # noqa: PLC0415

        return play_main(given[1:])
    chosen = _parser().parse_args(given)
    match chosen.command:
        case "serve":
            from bot.serve import serve_until_stopped  # noqa: PLC0415

            return serve_until_stopped()
        case "doctor":
            from bot.doctor.command import doctor  # noqa: PLC0415

            return doctor(_ask_teams, json=chosen.json, new_key=chosen.new_key, links=chosen.links)
        case "teams-app":
            from bot.teams.package.command import teams_app  # noqa: PLC0415

            return teams_app(chosen.file, website=chosen.website, publisher=chosen.publisher)
        case "config":
            from bot.commands.config import export  # noqa: PLC0415

            return export()
        case "verify-audit":
            from bot.commands.verify_audit import verify  # noqa: PLC0415

            return verify(chosen.file, chosen.head)
        case _:
            from bot.commands.database import run  # noqa: PLC0415

            return run(chosen.command, case=getattr(chosen, "case", ""), even_open=getattr(chosen, "open", False))


def _ask_teams(settings: Settings, service_url: str) -> Checkup:
    from bot.teams.checkup import Checkup  # noqa: PLC0415
    from bot.teams.options import Options  # noqa: PLC0415

    return Checkup(Options.of(settings), service_url)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="signpost",
        description="Guided triage in chat when a nude or semi-nude image of a young person has been shared.",
        epilog=LATER,
        allow_abbrev=False,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("serve", help="run the bot until it is stopped")
    commands.add_parser("play", help="open the playground in a browser: five invented people, no account")
    commands.add_parser("migrate", help="bring the database up to date (serve does it too)")
    told = commands.add_parser("doctor", help="look at settings, database, Slack, Teams and mail, and say what to do")
    told.add_argument("--json", action="store_true", help="for a program to read")
    told.add_argument("--new-key", action="store_true", help="print a new key for SIGNPOST_KEYS on the last line")
    told.add_argument("--links", action="store_true", help="also ask whether the guidance that we link to is there")
    commands.add_parser("assess", help="assess facts from a file or a pipe, without any database (--help for more)")
    told = commands.add_parser("verify-audit", help="check that the audit entries of an export were not altered")
    told.add_argument("file", metavar="FILE", help="what `export` printed")
    told.add_argument("--head", default="", metavar="HASH", help="the hash of the case's last entry, if you kept it")
    told = commands.add_parser("teams-app", help="write the Microsoft Teams app package, a zip to upload")
    told.add_argument("file", metavar="FILE", nargs="?", default="signpost-teams.zip", help="where to (%(default)s)")
    told.add_argument("--website", default="", metavar="URL", help="your school's page about it (SIGNPOST_PUBLIC_URL)")
    told.add_argument("--publisher", default="Signpost", metavar="NAME", help="your school or trust, 32 characters")
    told = commands.add_parser("config", help="print today's sites, people and contacts as a CONFIG file")
    told.add_argument("what", choices=["export"], help="export: what the file says and what was set up in chat")
    told = commands.add_parser("export", help="print a case with its audit entries as JSON")
    told.add_argument("case", metavar="CASE", help="its reference, SP-XXXX-XX")
    commands.add_parser("rotate-keys", help="wrap every case's key with the newest of SIGNPOST_KEYS")
    told = commands.add_parser("erase", help="destroy a closed case for good")
    told.add_argument("case", metavar="CASE", help="its reference, SP-XXXX-XX")
    told.add_argument("--open", action="store_true", help="although it is not closed")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
