"""The calls that show somebody something now: windows, the message they pressed, their home page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, Final

from bot import logs
from bot.slack import render
from bot.slack.api import Api, Failed
from bot.slack.arrived import Arrived
from handlers.people import Account
from handlers.screens import Form, Message

TRIGGERS: Final = 2000
"""Triggers that are remembered: more than arrive in the five minutes for which a request can be sent again."""
_LEAST: Final = 0.3
_USED: Final = "exchanged_trigger_id"

SealFor = Callable[[str, str], str]
"""Seals a token for a holder."""


class Calls:
    """Draws screens for one account and shows them. Every method says whether it was shown; none raises."""

    def __init__(self, api: Api, seal: SealFor) -> None:
        self._api, self._seal = api, seal
        self._told: OrderedDict[str, None] = OrderedDict()

    def view(self, screen: Form, account: Account) -> dict[str, Any]:
        """A window, drawn for this account."""
        return render.form(screen, self._sealer(account))

    def message(self, screen: Message, account: Account) -> dict[str, Any]:
        """Text and blocks of a message, drawn for this account."""
        return render.message(screen, self._sealer(account))

    async def open(self, arrived: Arrived, screen: Form, seconds: float) -> str | None:
        """Open a window and return its id, or None. Empty: this very request had opened one before."""
        view = self.view(screen, arrived.account)
        try:
            answer = await self._now("views.open", {"trigger_id": arrived.trigger, "view": view}, seconds)
        except Failed as failed:
            if failed.code == _USED:  # the same request again, or its first try was heard and the reply was lost
                return ""
            _note("views.open", failed)
            return None
        return str((answer.get("view") or {}).get("id") or "")

    async def update(self, view_id: str, view_hash: str, screen: Form, account: Account, seconds: float) -> bool:
        """Give a window new content. Where it changed meanwhile it is replaced all the same: the server knows best."""
        given: dict[str, object] = {"view_id": view_id, "view": self.view(screen, account)}
        try:
            await self._now("views.update", given | ({"hash": view_hash} if view_hash else {}), seconds)
        except Failed as failed:
            if failed.code == "hash_conflict":
                return await self.update(view_id, "", screen, account, seconds)
            if failed.code == "not_found":  # they closed it
                return True
            _note("views.update", failed)
            return False
        return True

    async def overwrite(self, arrived: Arrived, screen: Message, seconds: float) -> bool:
        """Give the message that was pressed new content; False where it cannot be changed."""
        if not (arrived.channel and arrived.ts):
            return False
        return await self._do(
            "chat.update",
            {"channel": arrived.channel, "ts": arrived.ts, **self.message(screen, arrived.account)},
            seconds,
        )

    async def publish(self, account: Account, screen: Message, seconds: float) -> bool:
        """Draw somebody's home page."""
        view = render.home(screen, self._sealer(account))
        return await self._do("views.publish", {"user_id": account.user, "view": view}, seconds)

    async def tell(self, arrived: Arrived, text: str) -> None:
        """Say a sentence where no window could be opened, for their eyes only if there is a place for that.

        Once for each trigger, so that a request sent again by somebody who recorded it says nothing new.
        """
        if arrived.outside or arrived.trigger in self._told:
            return
        self._told[arrived.trigger] = None
        while len(self._told) > TRIGGERS:
            self._told.popitem(last=False)
        if arrived.channel:
            given = {"channel": arrived.channel, "user": arrived.account.user, "text": text}
            await self._do("chat.postEphemeral", given, 1.0)
        else:
            await self._do("chat.postMessage", {"channel": arrived.account.user, "text": text}, 1.0)

    async def _do(self, method: str, given: Mapping[str, object], seconds: float) -> bool:
        try:
            await self._now(method, given, seconds)
        except Failed as failed:
            _note(method, failed)
            return False
        return True

    async def _now(self, method: str, given: Mapping[str, object], seconds: float) -> dict[str, Any]:
        again = method.startswith("views.")  # a message must not be sent twice; a window can be set twice
        return await self._api.post(method, given, seconds=max(_LEAST, seconds), again=again)

    def _sealer(self, account: Account) -> Callable[[str], str]:
        holder = str(account)
        return lambda token: self._seal(token, holder)


def _note(method: str, failed: Failed) -> None:
    logs.get_logger().warning("slack_call_failed", method=method, why=str(failed))
