"""Why Slack did not answer a question about somebody, and what each reason asks for."""

from __future__ import annotations

from typing import Final, Protocol

from bot.doctor.answer import ITS_TROUBLE, NOT_REACHED, Answer
from bot.doctor.people import Trouble

LATER: Final = frozenset(
    {"ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout", NOT_REACHED, ITS_TROUBLE}
)
"""Why a question was not answered, where another try may be."""
SCOPES: Final = "On the app's page, OAuth & Permissions: set the scopes as in manifest.yml, then reinstall the app."
_COPY: Final = "Copy the member ID again: View full profile, three dots, Copy member ID."


class Ask(Protocol):
    """Asks Slack one thing with our token."""

    async def __call__(self, method: str, **asked: str) -> Answer:
        """The answer."""


def refused(why: str, said: str, do: str = _COPY) -> Trouble:
    """What a refusal means. `said` and `do` are for those that speak of the id that was asked about."""
    if why in LATER:
        return Trouble("not_asked", f"could not be asked about ({why})", "Try again in a few minutes.", unsure=True)
    ours = why == "missing_scope"  # it speaks of the app, whoever was asked about
    return Trouble("unreadable", f"{said} ({why})", SCOPES if ours else do, ours=ours)


def of_a_public_channel(answer: Answer) -> bool:
    """Whether the answer means that a channel is public: we may look at private ones alone."""
    return answer.why_not == "missing_scope" and "channels:read" in str(answer.body.get("needed", ""))
