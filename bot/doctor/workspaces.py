"""Slack over OAuth: where the app is installed, where it is missing, and whether each token still works."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.workspaces import SLACK, workspaces_of
from handlers.people import Directory

LookAtOne = Callable[[str, Directory], Awaitable[tuple[Finding, ...]]]
"""Looks at one token and at what a directory says of its workspace."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database says: the token of each workspace (empty: none of SIGNPOST_KEYS opens it), and every site."""

    tokens: Mapping[str, str]
    directory: Directory


async def look(settings: Settings, directory: Directory, one: LookAtOne) -> tuple[Finding, ...]:
    """Ask about every installation, and name those that are missing with the address to open."""
    try:
        kept = await _read(settings, directory)
    except _NotRead:
        said, do = "the database was not read", "See to the database first."
        return (Finding("workspaces_unread", "Slack workspaces", "amber", said, do),)
    address = f"{settings.public_url.rstrip('/')}/slack/install"
    named = workspaces_of(kept.directory)
    found = [*_installed(kept.tokens, address), *_missing(named - kept.tokens.keys(), kept.directory, address)]
    found += _unnamed(kept.tokens.keys() - named)
    for team in sorted(kept.tokens.keys() & named):
        if token := kept.tokens[team]:
            about = await one(token, _only(team, kept.directory))
            # The clock is the same for all of them.
            found += [_of(team, each, address) for each in about if each.matter != "Clock" or each not in found]
    return tuple(found)


def _installed(tokens: Mapping[str, str], address: str) -> Iterable[Finding]:
    if not tokens:
        yield Finding(
            "workspaces_none",
            "Slack workspaces",
            "amber",
            "the app is installed nowhere yet",
            f"Open {address} for each workspace.",
        )
        return
    yield Finding("workspaces_installed", "Slack workspaces", "green", f"installed in {', '.join(sorted(tokens))}")
    if sealed := [team for team, token in sorted(tokens.items()) if not token]:
        yield Finding(
            "workspace_token_sealed", "Slack workspaces", "red",
            f"none of SIGNPOST_KEYS opens the token of {', '.join(sealed)}",
            f"Put the earlier key back behind the newest one, or install again: {address}",
        )  # fmt: skip


def _missing(teams: Iterable[str], directory: Directory, address: str) -> Iterable[Finding]:
    for team in sorted(teams):
        alone = (replace(directory, sites=(site,), admins=frozenset()) for site in directory.sites)
        sites = [one.sites[0].id for one in alone if team in workspaces_of(one)]
        whose = f"named by {', '.join(sites)}" if sites else "where an admin is"
        yield Finding(
            "workspace_missing", "Slack workspaces", "red",
            f"{team}, {whose}, has no Signpost: nobody there can raise or be told anything",
            f"Open {address} and choose that workspace.",
        )  # fmt: skip


def _unnamed(teams: Iterable[str]) -> Iterable[Finding]:
    for team in sorted(teams):
        yield Finding(
            "workspace_unnamed", "Slack workspaces", "amber",
            f"{team} is installed and no site names it, so nobody there is heard",
            f"Name slack:{team} at a site, or remove the app there (Manage apps).",
        )  # fmt: skip


def _only(team: str, directory: Directory) -> Directory:
    """What the directory says of one workspace: the rest is for the others' tokens."""
    ours = f"{SLACK}{team}/"
    return replace(
        directory,
        sites=tuple(
            replace(
                site,
                leads=tuple(ref for ref in site.leads if ref.startswith(ours)),
                staff=tuple(ref for ref in site.staff if ref.startswith(ours)),
                stand_ins=tuple(one for one in site.stand_ins if one.who.startswith(ours)),
                contacts=tuple(one for one in site.contacts if one.destination.startswith(f"{team}/")),
            )
            for site in directory.sites
        ),
        admins=frozenset(one for one in directory.admins if str(one).startswith(ours)),
    )


def _of(team: str, finding: Finding, address: str) -> Finding:
    """A finding about a token as one of several, which are put right by installing again."""
    if finding.matter == "Clock":
        return finding
    again = finding.matter in ("Slack token", "Slack scopes") and finding.state != "green"
    return replace(finding, found=f"{team}: {finding.found}", do=f"Install again: {address}" if again else finding.do)


class _NotRead(Exception):
    """The database is not there, is away, or is not up to date: `database.look` says which."""


async def _read(settings: Settings, directory: Directory) -> Kept:
    from bot.store.away import StoreAway  # noqa: PLC0415  # loaded when it is needed
    from bot.store.installations import Installations  # noqa: PLC0415
    from bot.store.place import PlaceRefused, SqliteFile, parse_place  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Keys, KeysRefused, Unreadable  # noqa: PLC0415

    try:
        place = parse_place(settings.database)
        if isinstance(place, SqliteFile) and not place.path.exists():
            return Kept({}, directory)  # `serve` makes it: nothing is installed yet
        keys = Keys.parse(settings.keys.get_secret_value())
        store = await open_store(settings.database, keys=keys, directory=lambda: directory)
    except (PlaceRefused, KeysRefused, StoreAway):
        raise _NotRead from None
    tokens: dict[str, str] = {}
    try:
        whole = await store.read(lambda work: work.directory)
        installations = Installations(store)
        for org in await installations.all():
            try:
                found = await installations.of(org)
            except Unreadable:
                tokens[org.removeprefix(SLACK)] = ""
            else:
                # As `bot/slack/grant.py` writes it.
                tokens[org.removeprefix(SLACK)] = str(json.loads(found.secret)["token"]) if found else ""
    except (StoreAway, Unreadable, ValueError, KeyError):
        raise _NotRead from None
    finally:
        await store.close()
    return Kept(tokens, whole)
