"""What somebody reads who installs Signpost in a workspace, or who could not: what is so, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.slack.page import Page

_AGAIN: Final = "Begin again at the address that you were given, which ends in /slack/install."
_REMOVE: Final = "In Slack, open Manage apps and remove Signpost: we could not tell Slack to take back what it granted."


def offer(where: str) -> Page:
    """The first page: its button leads to Slack."""
    said = (
        "Slack asks you which workspace, and shows what Signpost may do there. It reads no messages and no files.",
        "You need to be somebody who may install apps. The button works for ten minutes, in this browser.",
    )
    return Page("Install Signpost in a Slack workspace", said, button=("Go on to Slack", where))


def done(name: str) -> Page:
    """It is installed."""
    said = (
        "Type /signpost in Slack. You see the form, or a sentence that says what is still missing.",
        "Where leads or a contact are named by a private channel, invite the bot there: /invite @Signpost.",
        "Whoever runs Signpost can have everything checked: signpost doctor.",
        "You can close this page.",
    )
    return Page(f"Signpost is installed in {name}" if name else "Signpost is installed", said)


def incomplete(name: str, lacking: Sequence[str]) -> Page:
    """It is installed, and Slack granted less than Signpost needs."""
    said = (
        f"Slack did not grant: {', '.join(lacking)}. Without that people are not told, or nobody is let in.",
        "On the app's page at Slack, under OAuth & Permissions, set the bot token scopes as in manifest.yml.",
        _AGAIN,
    )
    return Page(f"Not complete yet in {name}" if name else "Not complete yet", said, 409)


def not_let(why: str) -> Page:
    """Slack itself said no; `why` is its own word."""
    said = (
        f"Slack's word for why: {why}. Nothing was changed.",
        "Ask whoever runs Signpost to compare the app's page at Slack, OAuth & Permissions, with manifest.yml.",
        "The redirect URL and the scopes have to be the same, and public distribution has to be on.",
        _AGAIN,
    )
    return Page("Not installed: Slack did not allow it", said, 409)


def denied() -> Page:
    """They pressed Cancel at Slack."""
    return Page(
        "Not installed: it was stopped at Slack",
        (f"Nothing was changed. If you want it after all: {_AGAIN[0].lower()}{_AGAIN[1:]}",),
    )


def stale() -> Page:
    """The state is not one of this browser, is too old, or was used."""
    said = (
        _AGAIN,
        "This page was opened a second time, came more than ten minutes later, or was begun in another browser.",
    )
    return Page("Not installed: begin once more", said, 400)


def spent() -> Page:
    """Slack no longer takes the code."""
    return Page(
        "Not installed: begin once more", (_AGAIN, "Slack no longer takes what it gave you to bring along."), 400
    )


def unnamed(name: str, team: str, *, revoked: bool) -> Page:
    """A workspace that no site names."""
    said = (
        f"The workspace {name or team} ({team}) is none of those that this Signpost works for. Nothing of it was kept.",
        f"If it should be one of them, ask whoever runs Signpost to name slack:{team} at a site. Then begin again.",
    )
    return Page("Not installed: no school here works in that workspace", (*said, *([] if revoked else [_REMOVE])), 403)


def not_fit(why: str, *, revoked: bool) -> Page:
    """What Slack granted is nothing that we can work with; `why` as in `bot.slack.grant`."""
    said = {
        "several_workspaces": "Choose one workspace at Slack, not the whole organisation: Signpost is installed in each"
        " workspace by itself.",
        "renewed_tokens": "Make the Slack app anew from manifest.yml: in this one token rotation is switched on, which"
        " Slack lets nobody switch off.",
    }.get(why, "Make the Slack app anew from manifest.yml: this one gave us no bot token.")
    return Page("Not installed", (said, *([] if revoked else [_REMOVE])), 409)


def settings_wrong() -> Page:
    """Slack does not know us by what is set."""
    said = (
        "Ask whoever runs Signpost to compare its settings with the app's page at Slack:",
        "SIGNPOST_SLACK_CLIENT_ID and SIGNPOST_SLACK_CLIENT_SECRET with Basic Information,",
        "SIGNPOST_PUBLIC_URL with the redirect URL under OAuth & Permissions.",
    )
    return Page("Not installed: Slack does not know this Signpost", said, 502)


def slack_away() -> Page:
    """Slack did not answer."""
    return Page("Not installed: Slack did not answer", (f"Wait a minute. {_AGAIN}",), 503)


def not_kept() -> Page:
    """The database did not take it."""
    said = (
        f"Wait a minute. {_AGAIN}",
        "Slack agreed, and our database did not take it down. If it stays so, tell whoever runs Signpost.",
    )
    return Page("Not installed yet", said, 503)


def too_often() -> Page:
    """More attempts than anybody makes."""
    return Page("Wait a minute", ("Many installations were begun just now. Then begin again.",), 429)
