"""What is asked once more before the bot's home lists the cases that somebody leads: they may lead no longer.

Home opens by itself whenever somebody looks at the bot, so only whoever led a moment ago is asked about, and only the
groups by which they did: Slack answers about a group twenty times a minute, and most people open it for a report.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from bot.channel import Lookup
from handlers.intents import ANEW_FOR_LEADS, Intent
from handlers.people import Directory, Standing, is_group

Ask = Callable[[Mapping[str, Coroutine[Any, Any, Any]]], Awaitable[Mapping[str, Any]]]
"""Asks all at once, and returns what was answered in time."""


async def as_they_are_now(intent: Intent, directory: Directory, lookups: Mapping[str, Lookup], ask: Ask) -> Intent:
    """The intent with what the platforms say now, where it lists led cases. What is not answered is denied."""
    known = intent.known
    led = directory.sites_led_by(intent.by, known) if intent.name in ANEW_FOR_LEADS else ()
    own = lookups.get(intent.by.platform)
    if not led or own is None:
        return intent
    asked: dict[str, Coroutine[Any, Any, Any]] = {"": own.standing(intent.by, fresh=True)}
    for ref in {ref for site in led for ref in site.leads if is_group(ref)}:
        there = any(directory.same_person(intent.by, one) for one in known.groups.get(ref, ()))
        if there and (lookup := lookups.get(ref.partition(":")[0])):
            asked[ref] = lookup.members(ref, fresh=True)
    got = await ask(asked)
    groups = {ref: found for ref, found in known.groups.items() if ref not in asked}
    groups |= {ref: found for ref in asked if isinstance(found := got.get(ref), tuple)}
    standing = got.get("") or Standing(member=False, why_not="unknown")
    return replace(intent, known=replace(known, standing=standing, groups=groups))
