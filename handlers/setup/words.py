"""The first words of every window of setting up; and what is said of a contact that cannot be used, and why."""

from __future__ import annotations

from typing import Final

from handlers.people import Room
from handlers.screens import Caution, Part
from handlers.sites import Nation

CALL_999: Final = "In danger now? Call 999, and stay with the child. Setting up can wait."
"""Stands first in every window of setting up. No form is being filled in there."""
SOCIAL_CARE: Final[dict[Nation, str]] = {
    "england": "Children's social care", "wales": "Social services", "scotland": "Social work",
    "northern_ireland": "Social services",
}  # fmt: skip
"""What children's social care is called in each nation."""

WRONG_ROOM: Final = {
    "not_private": "That channel is public: everybody in the workspace could read it. Name a private one.",
    "not_in_channel": "Signpost is not in that channel. Type /invite @Signpost there, then press the button again.",
    "channel_not_found": "Signpost is not in that channel. Type /invite @Signpost there, then press the button again.",
    "archived": "That channel is archived. Name one that is in use.",
    "outside_organisation": (
        "Another organisation is in that channel: {who}. Do not copy it from here: ask the police or the council for "
        "the id of their workspace (it begins with T, and stands in the address of Slack in a browser), and write that "
        "below. If theirs is another one, name another channel."
    ),
    "not_shared_as_expected": (
        "That channel is not shared with the organisation below. Share it first, or take the organisation out."
    ),
    "guest": (
        "A guest is in that channel, and guests are often pupils. Take them out. The police and the council come with "
        "an account of their own: share the channel with their organisation."
    ),
    "nobody_left": "Nobody of the organisation below is in that channel yet. Ask them to join, then press again.",
    "other_workspace": "That channel is in another workspace or tenant. Name one of yours.",
    "no_groups_read": (
        "Slack does not let Signpost look at that channel: its app lacks the scope groups:read. Install it again with "
        "the scopes of manifest.yml, then press the button again."
    ),
    "other": "Signpost cannot post in that channel. Invite it there, look at the link, then press the button again.",
}
"""Why a channel will not do, with what to do instead."""

ON_TEAMS: Final = {
    "outside_organisation": (
        "Another organisation is in that channel: {who}. Do not copy it from here: ask the police or the council for "
        "the id of their tenant (on the overview of their Entra admin centre), and write that below. If theirs is "
        "another one, name another channel."
    ),
    "not_private": "That is a standard channel: everybody in its team could read it. Name a private or a shared one.",
    "not_in_channel": (
        "Signpost is not in that channel. Add it to the channel's team (the three dots beside the team, Manage team, "
        "Apps), then press the button again."
    ),
}
"""The same, where something else has to be done on Teams."""

OUT_OF_USE: Final = {
    "not_private": "The channel was made public.",
    "not_in_channel": "Signpost was taken out of the channel.",
    "channel_not_found": "The channel is gone, or Signpost was taken out of it.",
    "archived": "The channel is archived.",
    "outside_organisation": "Another organisation was let into the channel.",
    "not_shared_as_expected": "The channel is no longer shared with the organisation that it was for.",
    "guest": "A guest was let into the channel, and guests are often pupils.",
    "nobody_left": "Nobody of the organisation that the channel was for is in it any more.",
    "no_such_mailbox": "Their mail server says that there is no such mailbox.",
    "renamed": "The channel was given another name: is it still the same people?",
    "lapsed": "Nobody has checked it in time.",
    "other": "Signpost cannot post there any more.",
}
"""Why a contact that was in use is not any more."""
SUSPENDS: Final = frozenset(OUT_OF_USE) - {"other"}
"""What takes a contact out of use: it speaks of their channel or mailbox. Anything else speaks of us, and does not."""
NOT_CONNECTED: Final = {
    "slack": "Signpost is not connected to that Slack workspace. Have the app installed there, then send the test.",
    "teams": "Signpost is not connected to that Teams tenant. Whoever runs Signpost connects it; then send the test.",
    "mail": "Signpost sends no mail: have SIGNPOST_SMTP_URL and SIGNPOST_MAIL_FROM set, then send the test.",
}
"""Why nothing reaches a contact, whatever is wrong with its channel besides, and what to do."""
BY_A_TEST: Final = frozenset({"renamed", "no_such_mailbox"})
"""What a test that is acknowledged puts right for a contact of the CONFIG file too: no look shows that it is over."""

OF_THE_TOKEN: Final = ("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive")
_NOT_TAKEN: Final = "Slack does not take Signpost's token any more. Install the app again and copy its token."
BLIND: Final = {
    "no_groups_read": "the Slack app lacks the scope groups:read. Install it again with the scopes of manifest.yml.",
    **dict.fromkeys(OF_THE_TOKEN, _NOT_TAKEN),
    "not_authorised": "Microsoft does not take the Teams app's registration. Look at its id, secret and tenant.",
    "no_token": "Microsoft does not take the Teams app's secret. Make a new one.",
    "not_installed": "Teams forbids it. Is the app still allowed in the tenant?",
    "other_workspace": "the token is another workspace's. Copy the one of this workspace.",
    "rate_limited": "it asks Signpost to be left alone, again and again.",
    "other": "it does not answer as it should.",
}
"""Why nothing is learnt of the contacts of a workspace or tenant, with what to do."""

NO_ROLE: Final = {
    "guest": ("a guest", "their account is a guest's, and guests have no role."),
    "deactivated": ("has left", "their account is switched off."),
    "outside": ("of another organisation", "their account belongs to another organisation."),
    "no_account": ("no such account", "there is no such account."),
}
"""Why somebody who is named as a lead has no role: behind their name, and in a sentence."""
ONLY: Final = "_only"
"""Behind that word where nobody is left who leads there."""

DOUBTFUL: Final = {
    "": "",
    "retired_domain": "That secure-mail network was switched off. Ask them for the address that they read today.",
    "webmail": "That is a free mail service, where anybody can open an account. Ask for one of their force or council.",
}
"""Why a mail address will not do."""


def emergency_first() -> Part:
    """The box that opens every window of setting up."""
    return Caution(CALL_999)


def terms_of(nation: Nation) -> dict[str, str]:
    """The nation's own terms in labels: `care`, and `by_day`, which is who takes a referral."""
    care = SOCIAL_CARE[nation]
    return {"care": care, "by_day": f"{care} (MASH)" if nation == "england" else care}


def blind(place: str, why: str) -> str:
    """What an admin reads of a workspace or tenant whose contacts' channels cannot be looked at."""
    where = called(place)
    return f"Contacts' channels in {where} cannot be looked at: {why_blind(why)} Until then they stay as they were."


def called(org: str) -> str:
    """A workspace or tenant (`slack:T1`) as people say it."""
    platform, _, which = org.partition(":")
    return f"the {'Slack workspace' if platform == 'slack' else 'Teams tenant'} {which}"


def cannot_lead(why: str) -> str:
    """Why somebody who is named as a lead has no role, what follows from it, and what to do.

    `why` is as a change of the set-up has it.
    """
    reason, only, _ = why.partition(ONLY)
    said = NO_ROLE.get(reason, NO_ROLE["deactivated"])[1]
    if only:
        return f"{said} Nobody else leads here, so nobody hears of an incident: name somebody today."
    return f"{said} They are told of no incident and see no case; the next lead hears in their place. Name another."


def no_role(why: str) -> str:
    """Why a lead has no role, in a word or two to stand behind their name."""
    return NO_ROLE.get(why, NO_ROLE["deactivated"])[0]


def why_blind(why: str) -> str:
    """Why nothing is learnt there, with what to do."""
    return BLIND.get(why, f"{BLIND['other']} ({why})")


def wrong_room(room: Room, platform: str) -> str:
    """Why a channel will not do, with what to do instead."""
    who = ", ".join(room.organisations) or "one that Signpost cannot name"
    said = WRONG_ROOM.get(room.why_not, WRONG_ROOM["other"])
    if room.why_not in BLIND and room.why_not not in WRONG_ROOM:  # that speaks of us, and another channel mends nothing
        said = f"That channel cannot be looked at: {BLIND[room.why_not]}"
    return (ON_TEAMS.get(room.why_not, said) if platform == "teams" else said).format(who=who)
