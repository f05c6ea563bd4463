"""Everybody whom the set-up names: leads, who stands in, who may raise, admins. Each is asked about live, and once.

A lead who left is a message that nobody reads; a group of staff that cannot be read is a school where nobody can raise.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Literal

from bot.doctor.finding import Finding, State
from bot.doctor.where import READS_THEIR_ACCOUNT, WRITE_ADMIN
from handlers.clocks import today
from handlers.people import Account, Directory, is_group

Role = Literal["lead", "stand_in", "staff", "admin"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One account or group, in one role, and the sites that name it in that role."""

    role: Role
    ref: str
    sites: tuple[str, ...] = ()
    by_setting: bool = False
    """An admin whom SIGNPOST_ADMINS names."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with an entry, as the rest of a sentence, and what to do.

    `unsure`: it could not be asked. `works`: it does what it is for, and a person should look all the same. `ours`: it
    speaks of Signpost's own rights, so what to do is the same whoever was asked about.
    """

    code: str
    said: str
    do: str
    unsure: bool = False
    works: bool = False
    ours: bool = False


AskAbout = Callable[[str], Awaitable[Trouble | None]]
"""Asks the platform about one account or group; None where all is well."""

_MATTER: Final = {"lead": "Leads", "stand_in": "Leads", "staff": "Who may raise", "admin": "Admins"}
_WHO: Final = {
    "lead": "{ref}, of {sites}, ", "stand_in": "{ref}, who stands in at {sites}, ",
    "staff": "{ref}, who may raise at {sites}, ", "admin": "{ref}, an admin, ",
}  # fmt: skip
_GOOD: Final = {
    "lead": ("the only entry", "all {many} entries", "can be reached"),
    "stand_in": ("the only one who stands in", "all {many} who stand in", "can be reached"),
    "staff": ("the only entry", "all {many} entries", "can be asked about"),
    "admin": ("the only admin", "all {many} admins", "can be reached"),
}
_ADMIN: Final = f"Correct SIGNPOST_ADMINS: {READS_THEIR_ACCOUNT}."
_ADMIN_OF_CHAT: Final = f"Take them out: {WRITE_ADMIN}, 'People and admins'."
_OF_AN_ADMIN: Final = {"guest": "is a guest, and no guest sets anything up"}
"""What is wrong with an admin, where it is not what is wrong with a lead: an admin sees no case anyway."""


def entries(directory: Directory, platform: str) -> tuple[Entry, ...]:
    """Every entry of one platform; of stand-ins those of today."""
    day = today(datetime.now(UTC))
    named: dict[tuple[Role, str], list[str]] = {}
    for site in directory.sites:
        standing_in = tuple(one.who for one in site.stand_ins if one.on(day))
        roles: tuple[tuple[Role, tuple[str, ...]], ...] = (
            ("lead", site.leads), ("stand_in", standing_in), ("staff", site.staff),
        )  # fmt: skip
        for role, refs in roles:
            for ref in dict.fromkeys(refs):
                named.setdefault((role, ref), []).append(site.id)
    found = [Entry(role, ref, tuple(sites)) for (role, ref), sites in named.items()]
    found += [Entry("admin", str(one), by_setting=one in directory.first_admins) for one in sorted(directory.admins)]
    return tuple(one for one in found if Account.parse(one.ref).platform == platform)


async def look(found: Iterable[Entry], ask: AskAbout, where: str = "") -> tuple[Finding, ...]:
    """Ask about each account and group once. `where` says on which platform, where there could be two."""
    asked: dict[str, Trouble | None] = {}
    wrong: list[Finding] = []
    well: dict[Role, int] = {}
    ill: set[Role] = set()
    for entry in found:
        if entry.ref not in asked:
            asked[entry.ref] = await ask(entry.ref)
        if (trouble := asked[entry.ref]) is None:
            well[entry.role] = well.get(entry.role, 0) + 1
        else:
            ill.add(entry.role)
            wrong.append(_finding(entry, trouble))
    good = [
        Finding(f"{role}_good", _MATTER[role], "green", _good(role, many, where))
        for role, many in well.items()
        if role not in ill
    ]
    return (*wrong, *good)


def _good(role: Role, many: int, where: str) -> str:
    one, several, can = _GOOD[role]
    return f"{one if many == 1 else several.format(many=many)}{where} {can}"


def _finding(entry: Entry, trouble: Trouble) -> Finding:
    who = _WHO[entry.role].format(ref=entry.ref, sites=", ".join(entry.sites))
    do, said = trouble.do, trouble.said
    if entry.role == "admin":
        said = _OF_AN_ADMIN.get(trouble.code, said)
    if entry.role == "admin" and not (trouble.unsure or trouble.ours):
        do = _ADMIN if entry.by_setting else _ADMIN_OF_CHAT
    return Finding(f"{entry.role}_{trouble.code}", _MATTER[entry.role], _state(entry, trouble), f"{who}{said}", do)


def _state(entry: Entry, trouble: Trouble) -> State:
    if trouble.unsure or trouble.works:
        return "amber"
    # One of several who may raise is missed by nobody else; a whole group is.
    return "amber" if entry.role == "staff" and not is_group(entry.ref) else "red"
