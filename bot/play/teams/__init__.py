"""A stand-in for Teams on this machine, for tests and for the playground. See `TeamsStandIn`."""

from bot.play.teams.carrier import Carrier, Reply, Sent
from bot.play.teams.core import BadCardError, Call, NotPossibleError
from bot.play.teams.reading import button, buttons, fields, offered, words
from bot.play.teams.standin import TeamsStandIn
from bot.play.teams.world import Channel, Dialog, Group, Message, Person, Team

__all__ = [
    "BadCardError",
    "Call",
    "Carrier",
    "Channel",
    "Dialog",
    "Group",
    "Message",
    "NotPossibleError",
    "Person",
    "Reply",
    "Sent",
    "Team",
    "TeamsStandIn",
    "button",
    "buttons",
    "fields",
    "offered",
    "words",
]
