"""What a person does in a chat, whatever the platform: the journeys are told in these words alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

Answer = str | tuple[str, ...] | None


class Client(Protocol):
    """People at their chat. `who` is teacher, lead, deputy, admin or guest."""

    async def starts(self, who: str) -> None:
        """Raise an incident: a command or a shortcut that opens the form."""

    async def cases(self, who: str) -> str:
        """Ask for the list of cases, and return its words."""

    async def answers(self, who: str, given: Mapping[str, Answer]) -> None:
        """Choose and type into the window in front; what is not asked there is left for another page."""

    async def presses(self, who: str, intent: str, *, label: str = "") -> None:
        """Press a button (the main one too) in the window in front."""

    async def presses_in_chat(self, who: str, intent: str) -> None:
        """Press a button on the newest message that has it."""

    async def closes(self, who: str) -> None:
        """Close the window without another word."""

    def window(self, who: str) -> str:
        """Every word in the window in front, or nothing."""

    def asked(self, who: str) -> list[str]:
        """The questions in the window in front, by id."""

    def chosen(self, who: str) -> dict[str, Answer]:
        """What stands in the window in front, by question id."""

    def intents(self, who: str) -> list[str]:
        """Every button in the window in front."""

    def chat(self, who: str) -> list[str]:
        """The words of each message that this person sees, oldest first."""

    def notified(self, who: str) -> list[str]:
        """What each notification showed, oldest first."""

    def room(self) -> list[str]:
        """The words of each message in the contact's channel, oldest first."""

    async def acknowledges(self) -> None:
        """Somebody in the contact's channel presses its button."""

    async def until_room(self, words: str, *, within: float = 60.0) -> str:
        """Wait for a message in the contact's channel that holds these words, and return the newest one."""

    async def until(self, who: str, words: str, *, within: float = 60.0) -> str:
        """Wait for a message that holds these words, and return all of it."""
