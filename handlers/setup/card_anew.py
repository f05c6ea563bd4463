"""Draws the set-up that stands in an admin's chat as it would be answered now."""

from __future__ import annotations

from handlers.intents import Intent, Surface
from handlers.people import Account, Known, Standing
from handlers.ports import Delivery, Drawn, Work
from handlers.raising.pages import TITLE
from handlers.screens import Message
from handlers.setup.at import At
from handlers.setup.no_admin import no_admin
from handlers.setup.overview import home


def draw_card(delivery: Delivery, work: Work, known: Known | None = None) -> Drawn:
    """The card. Whoever is no admin any more reads that, and nothing of the set-up."""
    intent = Intent("show_admin", delivery.to, known or Known(Standing(member=False)), Surface.COMMAND)
    drawn = shown(At(intent, work, "")) if work.directory.is_admin(delivery.to) else not_yours(delivery.to)
    return Drawn(drawn, drawn, to_name=known is None)


def shown(at: At) -> Message:
    """What is still to do, the sites and the last changes, as a message."""
    return Message(TITLE, home(at).parts)


def not_yours(account: Account) -> Message:
    """What stands in its place for whoever is no admin any more."""
    return Message(TITLE, no_admin(str(account)).parts)
