"""The commands with their options, read from the parsers that read the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping

from bot.documents.reference.markdown import bullets, page, text


def commands_page(signpost: argparse.ArgumentParser, policy: argparse.ArgumentParser) -> str:
    """Every command of `signpost`, then of `python -m policy`. `assess` is the same in both and stands once."""
    ours, theirs = _commands(signpost), _commands(policy)
    ours["assess"] = (ours["assess"][0], theirs.pop("assess")[1])
    return page(
        "Commands",
        "`signpost COMMAND`, or `python -m bot COMMAND`. `--help` behind a command says the same. An option counts only"
        " as it is written here. `signpost --version` says which version it is.",
        "Exit status: 0 done, 1 said no, 2 bad usage or settings.",
        "## The program",
        *_written("signpost", ours),
        "## The policy by itself",
        "`python -m policy COMMAND` needs no settings and no database, and prints JSON. `assess` is the same there.",
        *_written("python -m policy", theirs),
    )


def _commands(parser: argparse.ArgumentParser) -> dict[str, tuple[str, argparse.ArgumentParser]]:
    """Each command's name with its line of help and its own parser; argparse has no public way to ask for them."""
    for action in parser._actions:  # noqa: SLF001
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}  # noqa: SLF001
            return {name: (helps[name], own) for name, own in action.choices.items()}
    return {}


def _written(program: str, commands: Mapping[str, tuple[str, argparse.ArgumentParser]]) -> Iterator[str]:
    for name, (said, parser) in commands.items():
        actions = [one for one in parser._actions if not isinstance(one, argparse._HelpAction)]  # noqa: SLF001
        yield f"### `{name}`"
        yield f"{_told(said[0].upper() + said[1:])}."
        yield f"    {' '.join([program, name, *(_usage(one) for one in actions)])}"
        yield bullets(_explained(one) for one in actions)
        yield _told(parser.epilog or "")


def _told(words: str) -> str:
    """Words of ours for the terminal. What stands in backticks there may do so here."""
    return text(words).replace("\\`", "`")


def _usage(one: argparse.Action) -> str:
    if not one.option_strings:
        return f"[{_value(one)}]" if one.nargs == "?" else _value(one)
    option = one.option_strings[0] if one.nargs == 0 else f"{one.option_strings[0]} {_value(one)}"
    return option if one.required else f"[{option}]"


def _value(one: argparse.Action) -> str:
    if isinstance(one.metavar, str):
        return one.metavar
    if one.choices is not None:
        return "|".join(str(choice) for choice in one.choices)
    return one.dest.upper()


def _explained(one: argparse.Action) -> str:
    name = one.option_strings[0] if one.option_strings else _value(one)
    said = (one.help or "") % {"default": one.default}
    parts = [f"`{name}`: {_told(said)}" if said else f"`{name}`"]
    if one.choices is not None and (one.metavar is not None or one.option_strings):
        parts.append(f"one of {', '.join(f'`{choice}`' for choice in one.choices)}")
    if one.default and "%(default)" not in (one.help or ""):
        parts.append(f"without it `{one.default}`")
    return "; ".join(parts)
