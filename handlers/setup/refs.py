"""What an admin pastes for a group, a channel or an account, read as configuration writes it."""

from __future__ import annotations

import re
from typing import Final

from handlers.people import Account, is_group

_SLACK_GROUP: Final = re.compile(r"(?:<!subteam\^)?(S[A-Z0-9]{6,})(?:\|[^>]*)?>?\Z")
_SLACK_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{6,}\Z")
_GUID: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\Z")
_HTTPS: Final = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}(?::[0-9]+)?(?:/[!-;=?-~]*)?\Z")
_SLACK_LINK: Final = re.compile(r"https://[\w.-]+\.slack\.com/(?:archives|client/[TE][A-Z0-9]+)/([CG][A-Z0-9]+)")
"""What 'Copy link' gives, and what stands in a browser's address bar."""
_TEAMS_LINK: Final = re.compile(r"https://[\w.-]+/l/channel/([^/?]+)/[^?]*\?(.*)\Z")
ROOM: Final = re.compile(r"19:[\w\-@.]+\Z", re.ASCII)
_GROUP: Final = re.compile(r"(?:slack:[\w.-]+/[SCG]\w+|teams:[\w.-]+/(?:group|channel):[\w:@.-]+)\Z", re.ASCII)
"""As the CONFIG file writes a group, and as it stands in the window."""
_PERSON: Final = re.compile(r"(?:slack|teams):[\w.-]+/[\w-]+\Z", re.ASCII)

GROUP_ID: Final = {
    "slack": "a user group's id (in Slack under People, User groups, the three dots, 'Copy group ID')",
    "teams": "an Entra group's object id (in the Entra admin centre, on the group's overview)",
}
"""What a group is pasted as, and where that is found."""
CHANNEL_LINK: Final = {
    "slack": "A private channel's link (click its name at the top, then 'Copy', 'Copy link')",
    "teams": "A channel's link (the three dots beside it, 'Get link to channel')",
}
"""What a channel is pasted as, and where that is found."""


def channel(text: str, by: Account) -> tuple[str, str]:
    """The destination of a contact (`T1/C9`, `TENANT/TEAM/CHANNEL`) and what is wrong with the text, one of them empty.

    A channel's own link is read, its id alone, or what stands in a CONFIG file.
    """
    text = text.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    return _slack_channel(text, by) if by.platform == "slack" else _teams_channel(text, by)


def group(text: str, by: Account) -> tuple[str, str]:
    """A group of `leads` or `staff` as configuration writes it, and what is wrong with the text, one of them empty."""
    if by.platform == "slack" and (found := _SLACK_GROUP.match(text.strip())):
        return f"slack:{by.org}/{found[1]}", ""
    if by.platform == "teams" and _GUID.match(text.strip()):
        return f"teams:{by.org}/group:{text.strip()}", ""
    if _GROUP.match(text.strip()):
        return text.strip(), ""
    where, wrong = channel(text, by)
    if wrong:
        return (
            "",
            f"This is no group that Signpost can read. Paste {GROUP_ID[by.platform]}, or a private channel's link.",
        )
    room = where.rpartition("/")[2]
    return (f"slack:{by.org}/{room}" if by.platform == "slack" else f"teams:{by.org}/channel:{room}"), ""


def is_person(text: str) -> bool:
    """Whether a text is an account as the CONFIG file writes one: `slack:TEAM/USER`, `teams:TENANT/OBJECT`."""
    return _PERSON.match(text) is not None and not is_group(text)


def https(text: str) -> bool:
    """Whether a text is an address that begins with https:// and holds nothing odd."""
    return _HTTPS.match(text) is not None


def _slack_channel(text: str, by: Account) -> tuple[str, str]:
    if found := _SLACK_LINK.match(text):
        text = found[1]
    org, _, room = text.rpartition("/")
    if _SLACK_CHANNEL.match(room) and org in ("", by.org):
        return f"{by.org}/{room}", ""
    return "", "Paste the channel's link: in Slack, the channel's name at the top, 'Copy', 'Copy link'."


def _teams_channel(text: str, by: Account) -> tuple[str, str]:
    wrong = "Paste the channel's link: in Teams, the three dots beside the channel, 'Get link to channel'."
    if found := _TEAMS_LINK.match(text):
        room, asked = _decoded(found[1]), dict(one.partition("=")[::2] for one in found[2].split("&"))
        if asked.get("tenantId") != by.org:
            return "", "That channel belongs to another organisation's Teams. Paste the link of one of yours."
        team = asked.get("groupId", "")
        return (f"{by.org}/{team}/{room}", "") if _GUID.match(team) and ROOM.match(room) else ("", wrong)
    tenant, _, rest = text.partition("/")
    team, _, room = rest.partition("/")
    return (text, "") if tenant == by.org and team and ROOM.match(room) else ("", wrong)


def _decoded(text: str) -> str:
    """A piece of an address with `%3A` and its kin as the characters that they stand for."""
    return re.sub(r"%([0-9a-fA-F]{2})", lambda found: chr(int(found[1], 16)), text)
