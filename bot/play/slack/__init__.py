"""A stand-in for Slack on this machine, for tests and for the playground. See `SlackStandIn`."""

from bot.play.slack.answers import NotPossibleError
from bot.play.slack.carrier import Carrier, Reply, Sent
from bot.play.slack.core import BadBlockKitError, Call
from bot.play.slack.reading import button, buttons, fields, offered, words
from bot.play.slack.sign import sign, signed_headers
from bot.play.slack.standin import SlackStandIn
from bot.play.slack.world import SCOPES, Channel, Group, Message, Person, View, Workspace

__all__ = [
    "SCOPES",
    "BadBlockKitError",
    "Call",
    "Carrier",
    "Channel",
    "Group",
    "Message",
    "NotPossibleError",
    "Person",
    "Reply",
    "Sent",
    "SlackStandIn",
    "View",
    "Workspace",
    "button",
    "buttons",
    "fields",
    "offered",
    "sign",
    "signed_headers",
    "words",
]
