"""Sentences that more than one screen says. Kept together so that they are said the same way everywhere."""

from __future__ import annotations

from typing import Final

from handlers.screens import Caution, Field, Form, Part, Small
from handlers.sites import Numbers, Site

CALL_999: Final = "In danger now? Call 999, and stay with the child. The form can wait."
"""The first sentence of every page (policy-spec.md §3a)."""

FIRST_WORDS: Final = (
    f"{CALL_999}\nSay what you already know; you do not have to ask the child anything. Do not look at, copy or send "
    "the image. Give no names here: give them to your lead by phone."
)
"""The first words of page 1 (policy-spec.md §3a)."""

DANGER: Final = "Call 999 now. Do not wait for this form, for a lead or for an approval. Stay with the child."

YOURSELF: Final = (
    "You may contact the police or children's social care yourself, at any time. Nobody may stop you, and you need "
    "nobody's approval. In danger now: call 999."
)
"""The line that stands on everything a raiser sees after the form, whatever a lead does or does not decide."""

ANY_TIME: Final = "You need nobody's approval to report it yourself. In danger now: call 999."
"""Stands at the end of a recommendation, among whose actions is that they may report themselves."""

ADVICE_ONLY: Final = "Signpost advises; a person decides. It is not legal advice."

CLOSE_LATER: Final = "Kept for 24 hours after each step. If you must close this window, starting again brings it back."

NOT_ASKED: Final = (
    "{platform} could not be asked just now who may do this, so it was not done. In danger: call 999. Otherwise tell a "
    "safeguarding lead by phone now, or call 101. Press the button again in a minute. "
    "If it stays so, tell your IT that a group of staff or leads cannot be read."
)
LIST_LACKS: Final = (
    "{platform} could not be asked just now who leads, so cases of sites that you lead may be missing here. In danger: "
    "call 999. Ask for the list again in a minute; what cannot wait, settle by phone."
)


def could_not_ask(platform: str) -> str:
    """Why something was not done: a group could not be read."""
    return NOT_ASKED.format(platform="Teams" if platform == "teams" else "Slack")


def list_lacks(platform: str) -> str:
    """Why a list of cases may not be whole."""
    return LIST_LACKS.format(platform="Teams" if platform == "teams" else "Slack")


def marked(form: Form) -> str:
    """What stands near the top of a form that was not taken: which fields to look at, which may be out of sight."""
    wrong = {name for name, _ in form.errors}
    labels = [f"'{part.label}'" for part in form.parts if isinstance(part, Field) and part.id in wrong]
    which = f": {', '.join(labels)}" if labels else ""
    return f"Look at what is marked below{which}. What you wrote is still there."


def emergency_first() -> Part:
    """The box that opens every window."""
    return Caution(CALL_999)


def whom_to_ring(site: Site, lead_title: str = "") -> str:
    """Whom to ring at this site, in one sentence; `lead_title` where the nation's word is neither DSL nor DSP."""
    title = lead_title or ("DSP" if site.nation == "wales" else "DSL")
    if not site.phone:
        return f"Ring the {title} or a deputy, or go to them. In danger now: call 999."
    return f"Ring the {title} or a deputy through {site.name}: {site.phone}. In danger now: call 999."


def ring_the_school(site: Site) -> str:
    """The same without a role: somebody who has it may have been left out."""
    return f"Ring {site.name}: {site.phone}. In danger now: call 999." if site.phone else "In danger now: call 999."


def number_for(action: str, numbers: Numbers) -> str:
    """The site's own number that belongs behind an action's text, or an empty text."""
    match action:
        case "refer_police" if numbers.officer:
            return f"Your safer schools officer: {numbers.officer}."
        case "refer_social_care" if numbers.mash or numbers.out_of_hours:
            day = f"MASH: {numbers.mash}." if numbers.mash else ""
            night = f"Out of hours: {numbers.out_of_hours}." if numbers.out_of_hours else ""
            return f"{day} {night}".strip()
        case "tell_lado" if numbers.lado:
            return f"LADO: {numbers.lado}."
        case _:
            return ""


def reference_line(reference: str) -> Part:
    """The reference to quote, in small print."""
    return Small(f"Quote this reference: {reference}. It says nothing about the incident.")
