"""The clocks as an admin sets them: name, label, help."""

from __future__ import annotations

from typing import Final

CLOCKS: Final = (
    ("lead_urgent", "Urgent: the next lead hears after", "Minutes. At all hours."),
    ("lead_today", "Of today: the next lead hears after", "Minutes. At all hours."),
    ("lead_routine", "Routine: the next lead hears after", "Minutes. Empty: one working day."),
    ("decide_urgent", "Urgent: a decision is due after", "Minutes since a lead opened it."),
    ("decide_today", "Of today: a decision is due after", "Minutes since a lead opened it."),
    ("contact_urgent", "Urgent: a contact acknowledges within", "Minutes; then the lead is told to ring."),
    ("contact_routine", "Else a contact acknowledges within", "Minutes. Empty: 10:00 on the next working day."),
)  # fmt: skip
