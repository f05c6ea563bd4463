"""The command line: `python -m bot COMMAND`, installed as `signpost`.

Exit status: 0 done, 1 said no, 2 bad usage or settings. Nothing heavy is imported before a command is chosen, so that
`--help` and a wrong setting are answered at once.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.teams.checkup import Checkup

DONE, SAID_NO, BAD_USAGE = 0, 1, 2
Command = Callable[..., argparse.ArgumentParser]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == ["assess"]:  # has usage of its own
        from policy.__main__ import main as policy_main  # noqa: PLC0415

        return policy_main(given)
    usage = _usage()
    chosen, too_much = usage.parse_known_args(given)
    if too_much:
        chosen.usage.error(f"unrecognized arguments: {' '.join(too_much)}")  # with the usage of that command
    match chosen.command:
        case "serve":
            from bot.serve import serve_until_stopped  # noqa: PLC0415

            return serve_until_stopped()
        case "play":
            return _play(chosen.port)
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
        case "healthy":
            from bot.commands.healthy import healthy  # noqa: PLC0415

            return healthy()
        case "docs":
            from bot.documents.reference.command import docs  # noqa: PLC0415

            return docs(chosen.folder, usage)
        case _:
            from bot.commands.database import run  # noqa: PLC0415

            return run(chosen.command, case=getattr(chosen, "case", ""), even_open=getattr(chosen, "open", False))


def _play(port: int | None) -> int:
    try:
        from bot.play.run import main as play_main  # noqa: PLC0415
    except ModuleNotFoundError as missing:
        if str(missing.name).startswith("bot"):
            raise
        sys.stderr.write(
            "The playground is not part of this installation. In a clone of Signpost `make play` starts it.\n"
        )
        return SAID_NO
    return play_main([] if port is None else ["--port", str(port)])


def _ask_teams(settings: Settings, service_url: str) -> Checkup:
    from bot.teams.checkup import Checkup  # noqa: PLC0415
    from bot.teams.options import Options  # noqa: PLC0415

    return Checkup(Options.of(settings), service_url)


def _usage() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="signpost",
        description="Guided triage in chat when a nude or semi-nude image of a young person has been shared.",
        epilog=f"Exit status {DONE}: done. {SAID_NO}: it did not work, or the answer is no; each command says when."
        f" {BAD_USAGE}: wrong usage, or settings that cannot work.",
        allow_abbrev=False,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="say which version this is, and end")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help_: str, no: str = "") -> argparse.ArgumentParser:
        """Add a command; `no` says when it ends with status 1."""
        ends = f"Exit status {SAID_NO}: {no}." if no else None
        # An option counts only as it is written: `erase CASE --o` destroyed an open case.
        made = commands.add_parser(name, help=help_, epilog=ends, allow_abbrev=False)
        made.set_defaults(usage=made)
        return made

    _to_run(command)
    _to_write(command)
    _on_cases(command)
    return parser


class _Version(argparse.Action):
    """Read when it is asked for: any other command starts without it."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from bot.version import version  # noqa: PLC0415

        sys.stdout.write(f"{parser.prog} {version()}\n")
        parser.exit()


def _port(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() else -1
    if not 0 <= number <= 65535:  # noqa: PLR2004  # 0: any that is free
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return number


def _to_run(command: Command) -> None:
    command("serve", "run the bot until it is stopped", "it could not start")
    play = "open the playground in a browser: five invented people, no account"
    told = command("play", play, "it could not start, or the bot in it ended")
    told.add_argument(
        "--port", type=_port, metavar="PORT", help="where the page is to be, else 8808 or the next free one"
    )
    command("migrate", "bring the database up to date (serve does it too)", "the database does not do what we ask")
    look = "look at settings, database, Slack, Teams and mail, and say what to do"
    told = command("doctor", look, "something is red, a setting that cannot work included; 0 where the worst is amber")
    either = told.add_mutually_exclusive_group()
    either.add_argument("--json", action="store_true", help="for a program: a list with code, matter, state, found, do")
    either.add_argument("--new-key", action="store_true", help="print a new key for SIGNPOST_KEYS on the last line")
    told.add_argument("--links", action="store_true", help="also ask whether the guidance that we link to is there")
    asked = "say whether the bot that runs here is ready, for a container's health check"
    command("healthy", asked, "it is not ready, or nothing answers where SIGNPOST_OPS_HOST and _PORT say")
    command("assess", "assess facts from a file or a pipe, without any database (--help for more)")


def _to_write(command: Command) -> None:
    package = "write the Microsoft Teams app package, a zip to upload"
    told = command("teams-app", package, "the file could not be written")
    told.add_argument("file", metavar="FILE", nargs="?", default="signpost-teams.zip", help="where to (%(default)s)")
    told.add_argument("--website", default="", metavar="URL", help="your school's page about it (SIGNPOST_PUBLIC_URL)")
    told.add_argument("--publisher", default="Signpost", metavar="NAME", help="your school or trust, 32 characters")
    today = "print today's sites, people and contacts as a CONFIG file"
    told = command("config", today, "there is nothing to write, or the database or its keys do not do what we ask")
    told.add_argument("what", choices=["export"], help="what the file says and what was set up in chat")
    pages = "write the reference pages: the criteria, the questions, the commands"
    told = command("docs", pages, "not all were written; it says why")
    told.add_argument("folder", metavar="FOLDER", nargs="?", default="signpost-docs", help="where to (%(default)s)")


def _on_cases(command: Command) -> None:
    printed = "print a case with its audit entries as JSON, or who set up what"
    told = command("export", printed, "there is no such case, or it cannot be read")
    which = "its reference, SP-XXXX-XX; or `setup`, for the audit entries of no case: setting up, refused attempts"
    told.add_argument("case", metavar="CASE", help=which)
    unaltered = "check that the audit entries of an export were not altered"
    told = command("verify-audit", unaltered, "they were altered, or it is no export")
    told.add_argument("file", metavar="FILE", help="what `export` printed")
    told.add_argument("--head", default="", metavar="HASH", help="the hash of its last entry, if you kept it")
    newest = "wrap every case's key with the newest of SIGNPOST_KEYS"
    command("rotate-keys", newest, "some could not be opened, or the database does not do what we ask")
    gone = "there is no such case, it is not closed, or the database does not do what we ask"
    told = command("erase", "destroy a closed case for good", gone)
    told.add_argument("case", metavar="CASE", help="its reference, SP-XXXX-XX")
    told.add_argument("--open", action="store_true", help="although it is not closed")


if __name__ == "__main__":
    raise SystemExit(main())
