"""A message as an activity: one card and a neutral summary, never text beside it."""

from __future__ import annotations

from collections.abc import Callable

from microsoft_agents.activity import Activity, Attachment, ChannelAccount, ConversationAccount

from bot.teams import render
from bot.teams.cards import CARD_TYPE, Element
from bot.teams.options import Options
from handlers.people import Account
from handlers.screens import Message

SealFor = Callable[[str, str], str]
"""Seals a token for a holder."""


def activity_of(screen: Message, to: Account, conversation: str, options: Options, seal: SealFor) -> Activity:
    """The activity for one account's personal conversation. Only `summary` is shown by a notification.

    Text and a card in one activity would be split in two, and the answer would name neither, so that the message
    could not be changed any more. Raises TooLarge.
    """
    return _of_card(render.message(screen, lambda token: seal(token, str(to))), screen, conversation, options)


def activities_of(
    screen: Message, to: Account, conversation: str, options: Options, seal: SealFor
) -> tuple[Activity, ...]:
    """The activities of an answer that nobody changes afterwards: one for each card that it takes."""
    cards = render.messages(screen, lambda token: seal(token, str(to)))
    return tuple(_of_card(card, screen, conversation, options) for card in cards)


def _of_card(card: Element, screen: Message, conversation: str, options: Options) -> Activity:
    return Activity(
        type="message",
        summary=render.summary_of(screen),
        attachments=[Attachment(content_type=CARD_TYPE, content=card)],
        from_property=ChannelAccount(id=options.bot),
        conversation=ConversationAccount(id=conversation),
    )
