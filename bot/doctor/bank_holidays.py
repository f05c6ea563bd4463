"""Whether next year's bank holidays are known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bot.doctor.finding import Finding
from handlers.bank_holidays import LAST_YEAR


def look(today: date) -> Iterable[Finding]:
    """Nothing to say while they are."""
    if today.year >= LAST_YEAR:
        yield Finding(
            "bank_holidays_end",
            "Bank holidays",
            "amber",
            f"known to the end of {LAST_YEAR}; later ones count as working days",
            "Install a newer version of Signpost, which knows more of them.",
        )
