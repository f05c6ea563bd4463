"""A press of setting up that is delivered twice is answered like the first time, and changes nothing again.

A platform that missed our answer sends the same press once more, and so does a finger that taps twice. A window that
adds something carries a word that is drawn anew each time it is opened, so that a second one is meant as a second one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from handlers.screens import Screen
from handlers.setup import leads, leaving, overview, stand_ins, who
from handlers.setup.at import At
from handlers.setup.test_message import JUST_SENT, SENT, SENT_AGAIN

REMOVED: Final = "The site is removed. Its cases stay."
NOTES: Final = {"": "", "removed": REMOVED, "sent": SENT, "sent_again": SENT_AGAIN, "just_sent": JUST_SENT}
"""What stands above the answer, by a closed word: what was carried out is remembered in clear."""
GOOD: Final = frozenset(NOTES.values()) - {""}
"""What went well, and bears no warning sign."""


def before(at: At) -> Screen | None:
    """The answer to a press that was carried out before; None for one that is new."""
    done = at.work.applied(_key(at))
    if done is None:
        return None
    at.work.look_again()  # whoever carried it out may have done so since this transaction began
    word, _, site = done.place.partition("/")
    at = replace(at, site=at.directory.site(site), note=NOTES.get(word, ""))
    if (at.intent.name, at.section) == ("save_setup", "stand_in"):
        at = replace(at, note=stand_ins.said_of_added(replace(at, typed=at.intent.fields)))
    if (at.intent.name, at.section) == ("save_setup", "leads"):
        at = replace(at, note=leads.said_of_added(replace(at, typed=at.intent.fields)))
    return answer(at)


def carried_out(at: At, done: At) -> Screen:
    """Remember that this press was carried out, and answer it."""
    words = {text: word for word, text in NOTES.items()}
    at.work.apply(_key(at), f"{words.get(done.note, '')}/{done.site.id if done.site else ''}")
    return answer(replace(at, site=done.site, note=done.note))


def answer(at: At) -> Screen:
    """Where an admin is after a change."""
    at = replace(at, well=at.note in GOOD)
    if at.section in ("person", "admin"):
        return who.people(at)
    if at.site is None:
        return overview.home(at)
    at = replace(at, site=at.directory.site(at.site.id))
    return overview.one_site(leaving.still_leading(at) if at.section == "lead" else at)


def _key(at: At) -> str:
    """What was meant, by whom: the press, what it was about as it stood then, and what was typed."""
    fields = {f"field {name}": value for name, value in at.intent.fields.items()}
    pressed = {"by": str(at.by), "press": at.intent.name, "about": at.intent.subject.write(), **fields}
    return f"setup:{at.work.digest(pressed)}"
