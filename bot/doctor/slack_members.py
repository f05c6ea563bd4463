"""Whether the people in a Slack group that leads can lead: one by one, since a group is as good as who is in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.doctor.people import Trouble
from bot.doctor.slack_refused import Ask

MOST: Final = 40
"""Members who are asked about: Slack answers a hundred such questions a minute."""
NAMED: Final = 5
Judges = Callable[[Mapping[str, Any], str], Trouble | None]
"""What is wrong with a person as Slack describes them, who should be of this workspace."""


async def look(ask: Ask, group: str, team: str, judges: Judges) -> Trouble | None:
    """Ask about the members of `S…` or `C…`; None where nothing is known against any of them."""
    members = await _members(ask, group)
    wrong: list[str] = []
    others = max(0, len(members) - MOST)
    for user in members[:MOST]:
        person = (await ask("users.info", user=user)).body.get("user")
        known = person if isinstance(person, dict) else {}
        if known.get("is_bot") is True:
            continue
        trouble = judges(known, team)
        if trouble is None:
            others += 1
        else:
            wrong.append(f"{user} {trouble.said}")
    if not wrong:
        return None
    said = "; ".join(wrong[:NAMED]) + (f"; and {len(wrong) - NAMED} more" if len(wrong) > NAMED else "")
    if not others:
        return Trouble("nobody", f"has nobody in it who can lead: {said}", "Put the DSL and the deputies into it.")
    do = "Take them out of it, and put in who took over: they are told of no incident."
    return Trouble("members", f"has people in it who cannot lead: {said}", do, works=True)


async def _members(ask: Ask, group: str) -> list[str]:
    if group.startswith("S"):
        listed = (await ask("usergroups.users.list", usergroup=group)).body.get("users")
    else:
        listed = (await ask("conversations.members", channel=group)).body.get("members")
    us = (await ask("auth.test")).body.get("user_id")
    return [one for one in listed if isinstance(one, str) and one != us] if isinstance(listed, list) else []
