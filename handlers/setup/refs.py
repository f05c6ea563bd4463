"""What an admin pastes for a group, a channel or an account, read as configuration writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from handlers.people import Account, is_group

_SLACK_GROUP: Final = re.compile(r"(?:<!subteam\^)?(S[A-Z0-9]{6,})(?:\|[^>]*)?>?\Z")
_SLACK_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{6,}\Z")
_SMALL: Final = re.compile(r"(?=[a-z]*[0-9])[a-z][a-z0-9]{1,63}\Z", re.IGNORECASE | re.ASCII)
"""An id of Slack's in whatever letters: without a digit it may as well be a channel's name."""
_GUID: Final = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\Z")
_IN_AN_ADDRESS: Final = re.compile(r"[!-;=?-~]")
_HTTPS: Final = re.compile(r"https://[A-Za-z0-9][A-Za-z0-9.-]*\.[A-Za-z]{2,}(?::[0-9]+)?(?:/[!-;=?-~]*)?\Z")
_SLACK_LINK: Final = re.compile(
    r"https://[\w.-]+\.slack\.com/(?:archives|client/[TE][A-Z0-9]+)/([CG][A-Z0-9]+)", re.IGNORECASE
)
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


OTHER: Final = {
    "slack": "That belongs to Teams. Name it from Teams: write 'admin' to Signpost there.",
    "teams": "That belongs to Slack. Name it from Slack: type /signpost admin there.",
}
"""What is said of a thing of the other platform, by the platform on which it was pasted."""


def channel(text: str, by: Account) -> tuple[str, str]:
    """The destination of a contact (`T1/C9`, `TENANT/TEAM/CHANNEL`) and what is wrong with the text, one of them empty.

    A channel's own link is read, its id alone, or what stands in a CONFIG file.
    """
    text = text.strip().removeprefix("<").removesuffix(">").partition("|")[0]
    where, wrong = _slack_channel(text, by) if by.platform == "slack" else _teams_channel(text, by)
    return where, OTHER[by.platform] if wrong and _of_the_other(text, by) else wrong


def group(text: str, by: Account) -> tuple[str, str]:
    """A group of `leads` or `staff` as configuration writes it, and what is wrong with the text, one of them empty."""
    text = text.strip()
    if by.platform == "slack" and (found := _SLACK_GROUP.match(slack_id(text))):
        return f"slack:{by.org}/{found[1]}", ""
    if by.platform == "teams" and _GUID.match(text):
        return f"teams:{by.org}/group:{text}", ""
    if _GROUP.match(written := in_capitals(text)):
        return written, ""
    where, wrong = channel(text, by)
    if wrong == OTHER[by.platform]:
        return "", wrong
    if wrong:
        return (
            "",
            f"This is not a group that Signpost can read. Paste {GROUP_ID[by.platform]}, or a private channel's link.",
        )
    room = where.rpartition("/")[2]
    return (f"slack:{by.org}/{room}" if by.platform == "slack" else f"teams:{by.org}/channel:{room}"), ""


def slack_id(text: str) -> str:
    """An id of Slack's in capitals, as Slack writes it, where it was typed in small letters; else the text as it is."""
    return text.upper() if _SMALL.match(text) else text


def in_capitals(text: str) -> str:
    """`slack:t1/u2` as Slack writes these ids; any other text as it is."""
    platform, _, rest = text.partition(":")
    return f"slack:{'/'.join(map(slack_id, rest.split('/')))}" if platform == "slack" else text


def organisations(lines: Iterable[str], kind: str) -> tuple[str, ...]:
    """Outside workspaces or tenants as configuration writes them, each once."""
    return tuple(dict.fromkeys(slack_id(one) if kind == "slack" else one for one in lines))


def is_person(text: str) -> bool:
    """Whether a text is an account as the CONFIG file writes one: `slack:TEAM/USER`, `teams:TENANT/OBJECT`."""
    return _PERSON.match(text) is not None and not is_group(text)


def https(text: str) -> bool:
    """Whether a text is an address that begins with https:// and holds nothing odd."""
    return _HTTPS.match(text) is not None


def https_wrong(text: str) -> str:
    """What is wrong with an address, as the end of a sentence; empty if nothing is."""
    if https(text):
        return ""
    if not text.startswith("https://"):
        return "end each line with an address that begins with https, as your browser shows it"
    odd = next((one for one in text if not _IN_AN_ADDRESS.match(one)), "")
    if not odd:
        return "what follows https is not the name of a website. Copy the address again"
    said = "a blank" if odd.isspace() else f"'{odd}'" if odd.isprintable() else "a character that cannot be seen"
    return f"an address cannot hold {said}. Copy it again from the browser"


def _of_the_other(text: str, by: Account) -> bool:
    """Whether a text is an id or a link of the platform that somebody is not on."""
    if by.platform == "slack":
        return any(one.match(text) for one in (_GUID, _TEAMS_LINK, ROOM)) or text.startswith("teams:")
    plain = slack_id(text)
    slacks = any(one.match(plain) for one in (_SLACK_GROUP, _SLACK_CHANNEL, _SLACK_LINK)) and bool(
        re.search(r"\d", text)
    )
    return slacks or text.startswith("slack:")


def _slack_channel(text: str, by: Account) -> tuple[str, str]:
    if found := _SLACK_LINK.match(text):
        text = found[1]
    org, _, room = text.rpartition("/")
    org, room = slack_id(org), slack_id(room)
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
