"""What one person of the playground has on the Teams side of the screen, as JSON for the page."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.play.cast import GROUP_CHAT, PLAYERS, POLICE_TEAMS_CHANNEL, SAID_THERE, Player
from bot.play.teams_people import with_people

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.play.teams import Dialog, Message, TeamsStandIn
    from bot.play.teams.world import Json


@dataclass(frozen=True, slots=True)
class Written:
    """Something that a person wrote to the bot, which stays in their chat whatever the bot makes of it."""

    id: str
    text: str
    at: float


class TeamsScreens:
    """Draws screens from the stand-in. It remembers what people wrote, and which messages they had in front of them."""

    def __init__(self, teams: TeamsStandIn) -> None:
        self._teams = teams
        self._written: dict[str, list[Written]] = {}
        self._seen: dict[str, set[str]] = {}
        self._dialogs: dict[str, tuple[int, Dialog]] = {}
        self._talking: set[str] = set()

    def screen(self, user: str) -> Json:
        """Return everything that this person sees. Their messages count as seen from now on; `fresh` names the new."""
        messages = self._messages(user)
        seen = self._seen.setdefault(user, set())
        fresh = [m.id for m in messages if m.id not in seen]
        seen.update(fresh)
        if user in self._talking:
            fresh = []  # who writes has the chat in front of them: no phone announces what answers them
        account = account_of(user)
        entries = [_message(m, account) for m in messages] + [_own(w) for w in self._written.get(user, [])]
        return {
            "messages": sorted(entries, key=lambda entry: int(entry["id"])),
            "fresh": fresh,
            "dialog": self._dialog(user),
            "notices": self._teams.notices.get(account, []),
        }

    def unread(self, user: str) -> int:
        """How many messages this person has not had in front of them yet."""
        return sum(1 for m in self._messages(user) if m.id not in self._seen.get(user, set()))

    def all_seen(self) -> None:
        """Count everything that is there as seen: the welcome that everybody got before anybody came."""
        for player in PLAYERS:
            self._seen.setdefault(player.id, set()).update(m.id for m in self._messages(player.id))

    @contextmanager
    def talking(self, user: str, text: str) -> Iterator[None]:
        """Keep what this person writes to the bot, and count what comes meanwhile as seen."""
        said = Written(self._teams.new_id(), text, self._teams.shown_time())
        self._written.setdefault(user, []).append(said)
        self._teams.changed()
        self._talking.add(user)
        try:
            yield
        finally:
            self._talking.discard(user)
            self._seen.setdefault(user, set()).update(m.id for m in self._messages(user))

    def dialog_number(self, user: str) -> int:
        """The number of the dialog in front of this person, another one for each that the bot has drawn; 0 for none."""
        held = self._teams.dialog(account_of(user))
        if held is None:
            return 0
        number, before = self._dialogs.get(user, (0, None))
        if before is not held:
            number += 1
            self._dialogs[user] = (number, held)
        return number

    def _messages(self, user: str) -> list[Message]:
        """The one conversation that the page shows: an outsider's channel, else the personal one with the app."""
        if player_of(user).outside:
            return self._teams.in_channel(POLICE_TEAMS_CHANNEL)
        return self._teams.messages(account_of(user))

    def _dialog(self, user: str) -> Json | None:
        held = self._teams.dialog(account_of(user))
        if held is None:
            return None
        card = with_people(held.card, self._teams.world.findable())
        return {"number": self.dialog_number(user), "title": held.title, "card": card}


def player_of(user: str) -> Player:
    """Somebody of the cast."""
    return next(player for player in PLAYERS if player.id == user)


def account_of(user: str) -> str:
    """The object id of somebody of the cast."""
    return player_of(user).teams


def teams_cast() -> Json:
    """Return what the page needs to know of Teams before anybody does anything."""
    said = [{"who": who, "text": text} for who, text in SAID_THERE]
    return {"group": {"name": GROUP_CHAT, "said": said}}


def _message(held: Message, account: str) -> Json:
    return {
        "id": held.id,
        "mine": False,
        "card": held.shown_to(account),
        "text": held.summary,
        "edited": held.edited,
        "at": held.at,
    }


def _own(said: Written) -> Json:
    return {"id": said.id, "mine": True, "text": said.text, "at": said.at}
