"""The clocks as an admin sets them: their fields, how far each may be put off, and what is said of slow ones."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

from handlers.sites import Clocks

MINUTES: Final = "Write minutes as a number, such as 10."
AT_LEAST: Final = "Write at least 1 minute."
DAY: Final = 60 * 24
MONTH: Final = DAY * 31
_URGENT, _DECIDED, _CONTACT = (
    "until then nobody but the first lead hears of it.",
    "after that all leads hear that nobody has decided.",
    "until then nobody knows whether it has arrived.",
)
_TODAY: Final = "what is for today cannot wait until tomorrow."
_WORKING_DAY, _NEXT_DAY = "one working day", "until 10:00 on the next working day"


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock: its field, and how it is spoken of."""

    name: str
    label: str
    hint: str
    told: str
    """What it is called in a list of changes, before its new and its old value."""
    slow: str
    """How it reads where it is slower than by default; `{}` is the time."""
    most: float
    """Minutes at most, where it is set in chat."""
    why: str
    """Why not longer."""
    unset: str = ""
    """What holds where it is empty; empty for a clock that may not be."""


CLOCKS: Final = (
    Clock("lead_urgent", "Urgent: the next lead hears after", "Minutes, at most 60. At all hours.",
          "the next lead hears of something urgent after", "Urgent: the next lead hears only after {}", 60,
          _URGENT),
    Clock("lead_today", "For today: the next lead hears after", "Minutes, at most 1440. At all hours.",
          "the next lead hears of something for today after", "For today: the next lead hears only after {}",
          DAY, _TODAY),
    Clock("lead_routine", "Routine: the next lead hears after", "Minutes. Empty: one working day.",
          "the next lead hears of something routine after", "Routine: the next lead hears only after {}",
          MONTH, _URGENT, _WORKING_DAY),
    Clock("decide_urgent", "Urgent: a decision is due after", "Minutes, at most 240, since a lead opened it.",
          "a decision on something urgent is due after", "Urgent: a decision is due only after {}", 240,
          _DECIDED),
    Clock("decide_today", "For today: a decision is due after", "Minutes, at most 1440, since a lead opened it.",
          "a decision on something for today is due after", "For today: a decision is due only after {}", DAY,
          _TODAY),
    Clock("contact_urgent", "Urgent: a contact acknowledges within",
          "Minutes, at most 60; then the lead is told to ring.",
          "how long a contact has to acknowledge something urgent",
          "Urgent: the lead is told to ring only after {} in which the contact does not acknowledge", 60, _CONTACT),
    Clock("contact_routine", "Not urgent: a contact acknowledges within",
          "Minutes. Empty: 10:00 on the next working day.",
          "how long a contact has to acknowledge anything else",
          "Not urgent: the lead is told to ring only after {} in which the contact does not acknowledge", MONTH,
          _CONTACT, _NEXT_DAY),
)  # fmt: skip
"""Those of a site, in the order of their fields."""
_FASTER: Final = (
    ("lead_urgent", "lead_today", "what is for today"), ("decide_urgent", "decide_today", "what is for today"),
    ("contact_urgent", "contact_routine", "everything else"),
)  # fmt: skip
"""Which clock may not be slower than which, and what the second one is of."""
URGENT: Final = tuple(name for name, _, _ in _FASTER)
"""Those of what is urgent."""
_UNSET: Final[dict[str, float | None]] = {one.name: getattr(Clocks(), one.name) for one in fields(Clocks)}


def lasting(minutes: float) -> str:
    """Minutes as people say them: `45 minutes`, `4 hours`, `30 seconds`."""
    amount, unit = minutes, "minute"
    if minutes < 1:
        amount, unit = minutes * 60, "second"
    elif minutes >= 2 * DAY and not minutes % DAY:
        amount, unit = minutes / DAY, "day"
    elif minutes >= 120 and not minutes % 60:  # noqa: PLR2004  # two hours
        amount, unit = minutes / 60, "hour"
    return f"{amount:g} {unit}{'' if amount == 1 else 's'}"


def no_minutes(text: str) -> str:
    """What is said at a clock's field in which no time stands."""
    try:
        return AT_LEAST if float(text) <= 0 else MINUTES
    except ValueError:
        return MINUTES


def too_long(clock: Clock, minutes: float) -> str:
    """What is said at its field of a clock that is put off too far; empty where it is not."""
    if minutes <= clock.most:
        return ""
    most = lasting(clock.most)
    in_minutes = "" if "minute" in most else f" ({most})"
    return f"Write at most {clock.most:g} minutes{in_minutes}: {clock.why}"


def out_of_order(clocks: Clocks) -> tuple[tuple[str, str], ...]:
    """The clocks of what is urgent that are slower than those of what is not, each with what is said at its field."""
    found: list[tuple[str, str]] = []
    for name, other, of in _FASTER:
        urgent, less = getattr(clocks, name), getattr(clocks, other)
        if urgent is not None and less is not None and urgent > less:
            said = f"That is slower than {of} ({lasting(less)}). Write at most {less:g} here, or more there."
            found.append((name, said))
    return tuple(found)


def slow(clocks: Clocks) -> tuple[str, ...]:
    """Each clock that is slower than by default, or than one of what is less urgent, in a sentence."""
    late = (*(_slower(one, getattr(clocks, one.name)) for one in CLOCKS), *_late(clocks))
    return tuple(said for said in late if said)


def told(clocks: Clocks) -> dict[str, str]:
    """Each clock in words, as a list of changes shows it."""
    held = {one.name: getattr(clocks, one.name) for one in CLOCKS}
    return {one.name: lasting(minutes) if (minutes := held[one.name]) is not None else one.unset for one in CLOCKS}


def _slower(clock: Clock, minutes: float | None) -> str:
    """Working days are no minutes by the clock: more than a day of minutes counts as slower than one of them."""
    usual = _UNSET[clock.name]
    if minutes is None or minutes <= (DAY if usual is None else usual):
        return ""
    return f"{clock.slow.format(lasting(minutes))}; the default is {clock.unset if usual is None else lasting(usual)}."


def _late(clocks: Clocks) -> list[str]:
    names = {one.name: one for one in CLOCKS}
    wrong = {name for name, _ in out_of_order(clocks)}
    found: list[str] = []
    for name, other, of in _FASTER:
        if name in wrong:
            urgent, less = (lasting(getattr(clocks, one)) for one in (name, other))
            found.append(f"{names[name].slow.format(urgent)}, later than {of} ({less}).")
    return found
