"""Gives a person their answer.

| came as | a Form | a Message | nothing |
|---|---|---|---|
| a button that opens a dialog, the message extension | the reply: a dialog | the reply: a dialog with the same parts | a dialog |
| a dialog's button | the reply: the dialog goes on | the same | the same |
| a button that answers in place | the reply: a card in its place, for this person | that, and the message is changed | a word |
| a word written to the bot, the app being installed | a message with the same parts | a message | nothing |
| a message or a file that is refused | a message | a message | the worker answers |
"""  # noqa: E501  # a table

from __future__ import annotations

import asyncio
from collections import OrderedDict
from functools import partial
from typing import Any, Final, TypeAlias, assert_never

from bot import logs
from bot.later import Later
from bot.teams import again, render
from bot.teams.activities import activity_of
from bot.teams.arrived import Arrived
from bot.teams.ask import Asking, Sealing
from bot.teams.cards import CARD_TYPE, Seal
from bot.teams.connector import Connector, Failed
from bot.teams.lists import Lists
from bot.teams.options import Options
from bot.teams.send import TeamsChannel
from handlers import broken
from handlers.people import Account
from handlers.screens import Form, Message, Screen

POST_SECONDS: Final = 5.0
"""How long Teams waits while an answer is being posted: after 15 s it would send the same again."""
CHANGES: Final = 5
"""Attempts at changing a message whose button was pressed; only then does what was cleared leave the chat."""
CHANGE_SECONDS: Final = 1.0
"""How long the reply waits for that: what somebody cleared is then gone before they are told so."""
MOST_REMEMBERED: Final = 2000

Reply: TypeAlias = dict[str, Any] | None
"""The body of the answer to an invoke; None for anything else."""


class Answers:
    """Answers what arrived."""

    def __init__(
        self,
        asking: Asking,
        channel: TeamsChannel,
        connector: Connector,
        later: Later,
        options: Options,
        seals: Sealing,
    ) -> None:
        self._asking, self._channel, self._connector = asking, channel, connector
        self._later, self._options, self._seals = later, options, seals
        self._lists = Lists(self._list, channel.fill)
        self._answered: OrderedDict[tuple[str, str], None] = OrderedDict()

    async def give(self, arrived: Arrived) -> Reply:
        """Answer, and return the reply to an invoke. Never raises."""
        account = arrived.account
        if account is None:
            return None
        match arrived.kind:
            case "fetch" | "submit":
                reply = self._dialog(await self._asking.screen(arrived, account), arrived, account)
                self._later.start(self._lists.changed(account, arrived.name))
                return reply
            case "press":
                return await self._in_place(await self._asking.screen(arrived, account), arrived, account)
            case "command" | "event":
                await self._in_chat(arrived, account)
                return None
            case "installed":
                if await self._asking.installed(arrived, account):
                    await self._in_chat(arrived, account)
                return None
            case "removed":
                await self._asking.removed(account)
                return None
            case "nothing":
                await self._asking.noted(arrived, account)
                return None
            case _:
                assert_never(arrived.kind)

    def _dialog(self, screen: Screen | None, arrived: Arrived, account: Account) -> Reply:
        form = broken.done() if screen is None else screen if isinstance(screen, Form) else render.as_form(screen)
        seal, more = self._seal_for(account), partial(again.more, arrived)
        try:
            return render.dialog(form, seal, more, arrived.part)
        except Exception as error:  # noqa: BLE001  # a screen that cannot be drawn must not be a click without answer
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            return render.dialog(broken.failed(), seal, more)

    async def _in_place(self, screen: Screen | None, arrived: Arrived, account: Account) -> Reply:
        if screen is None:
            return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": broken.DONE}
        shown = screen if isinstance(screen, Message) else render.as_message(screen)
        try:
            card = render.message(shown, self._seal_for(account))
        except Exception as error:  # noqa: BLE001  # a screen that cannot be drawn must not be a click without answer
            logs.get_logger().error("request_failed", kind=logs.kind_of(error), at=logs.places_of(error))
            card = render.message(render.as_message(broken.failed()), self._seal_for(account))
        else:
            if isinstance(screen, Message):
                # The reply changes only what this person sees; the message itself is what stays in the chat's history.
                change = self._later.start(self._change(arrived, account, screen))
                await asyncio.wait({change}, timeout=CHANGE_SECONDS)
        return {"statusCode": 200, "type": CARD_TYPE, "value": card}

    async def _change(self, arrived: Arrived, account: Account, screen: Message) -> None:
        """Overwrite the message whose button was pressed."""
        room = arrived.personal or (arrived.seen if arrived.room else None)
        if room is None or not arrived.card:
            return
        activity = activity_of(screen, account, room.conversation, self._options, self._seals.seal)
        activity.id = arrived.card
        for attempt in range(1, CHANGES + 1):
            try:
                await self._connector.update(room.service_url, room.conversation, arrived.card, activity)
            except (Failed, PermissionError) as failed:
                if attempt == CHANGES or not isinstance(failed, Failed) or failed.cause == "refused":
                    logs.get_logger().warning("lookup_failed", platform="teams", kind="message_not_changed")
                    return
                await asyncio.sleep(failed.retry_after or 0.5 * 2**attempt)
            else:
                return

    async def _in_chat(self, arrived: Arrived, account: Account) -> None:
        """Post the answer in the personal chat, once for each thing that was written."""
        once = (str(account), arrived.event)
        if arrived.event and once in self._answered:
            return
        self._answered[once] = None
        while len(self._answered) > MOST_REMEMBERED:
            self._answered.popitem(last=False)
        screen = await self._asking.screen(arrived, account)
        if screen is None:
            return
        message = screen if isinstance(screen, Message) else render.as_message(screen)
        posting = self._later.start(self._post(account, message, once, arrived.name))
        await asyncio.wait({posting}, timeout=POST_SECONDS)  # and it goes on behind the reply

    async def _list(self, account: Account, name: str) -> Message | None:
        """What somebody would be answered if they asked for a list now."""
        screen = await self._asking.listed(name, account)
        return screen if screen is None or isinstance(screen, Message) else render.as_message(screen)

    async def _post(self, account: Account, message: Message, once: tuple[str, str], name: str) -> None:
        """Post it, or log that it stayed away: then the same thing, delivered again, is answered anew."""
        try:
            address = await self._channel.answer(account, message)
            self._lists.posted(account, name, address)
            await self._asking.posted(name, account, address)
        except (Failed, PermissionError) as error:
            self._answered.pop(once, None)
            kind = str(error) if isinstance(error, Failed) else logs.kind_of(error)
            logs.get_logger().warning("request_failed", kind=kind.replace(" ", "_"), at="bot/teams/answer.py")

    def _seal_for(self, account: Account) -> Seal:
        return lambda token: self._seals.seal(token, str(account))
