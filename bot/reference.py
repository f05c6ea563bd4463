"""Where a person is reached in a personal conversation: what a platform remembers, and the store keeps."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """One person's personal conversation with the bot."""

    service_url: str
    conversation: str
    person: str = ""
    """Their id towards this bot (`29:…`); empty until they wrote themselves."""
