"""The Slack workspaces that configuration names: where Signpost may be installed over OAuth, and is heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from handlers.people import Directory

SLACK: Final = "slack:"


def workspaces_of(directory: Directory) -> frozenset[str]:
    """The ids of those that a site serves, or where a lead, staff, a stand-in, a contact's channel or an admin is."""
    refs: set[str] = {f"slack:{one.org}/" for one in directory.admins if one.platform == "slack"}
    for site in directory.sites:
        refs |= {*site.serves, *site.leads, *site.staff, *(one.who for one in site.stand_ins)}
        refs |= {f"{SLACK}{one.destination}" for one in site.contacts if one.kind == "slack"}
    return _teams(refs)


def _teams(refs: Iterable[str]) -> frozenset[str]:
    return frozenset(ref.removeprefix(SLACK).partition("/")[0] for ref in refs if ref.startswith(SLACK))


class Named:
    """Whether configuration names a workspace, by its id; worked out anew when the directory is another one."""

    def __init__(self, directory: Callable[[], Directory]) -> None:
        self._directory = directory
        self._seen = Directory()
        self._teams: frozenset[str] = frozenset()

    def __call__(self, team: str) -> bool:
        """Whether it does now."""
        return team in self.all()

    def all(self) -> frozenset[str]:
        """Every one of them."""
        directory = self._directory()
        if directory is not self._seen:
            self._seen, self._teams = directory, workspaces_of(directory)
        return self._teams
