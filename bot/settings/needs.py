"""What `serve` cannot start without, once each value is good: what is missing, what does not go together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from bot.settings.here import elsewhere
from bot.settings.key_trouble import UNSET, Kept
from bot.settings.rules import missing, variable_of

if TYPE_CHECKING:
    from bot.settings import Settings

LAST_PORT: Final = 65535
_PROOF: Final = (
    "one of SIGNPOST_TEAMS_CLIENT_SECRET, SIGNPOST_TEAMS_CERTIFICATE_FILE or SIGNPOST_TEAMS_MANAGED_IDENTITY=true"
)


def demands(settings: Settings, kept: Kept = "unknown") -> tuple[str, ...]:
    """What `serve` cannot start without, as sentences. Empty when it can."""
    said: list[str] = []
    if not settings.keys.get_secret_value():
        said.append(missing("keys", do=UNSET[kept]))
    if settings.port == settings.ops_port:
        other = settings.port + 1 if settings.port < LAST_PORT else settings.port - 1
        do = f"set it to another number than SIGNPOST_PORT, such as {other}"
        said.append(missing("ops_port", "is the same as SIGNPOST_PORT, and health must not be public", do=do))
    if settings.wants_slack and not settings.socket_mode and not settings.slack_signing_secret.get_secret_value():
        said.append(missing("slack_signing_secret"))
    said += _over_oauth(settings)
    if settings.half_teams:
        said.append(_rest_of_teams(settings))
    if settings.half_mail:
        said.append(
            "Mail is only half configured: set SIGNPOST_SMTP_URL, SIGNPOST_MAIL_FROM and SIGNPOST_PUBLIC_URL, where the"
            " link in a mail leads (docs/how-to/send-by-mail.md), or take SIGNPOST_SMTP_URL and SIGNPOST_MAIL_FROM out."
        )
    if not (settings.wants_slack or settings.half_oauth or settings.wants_teams or settings.half_teams):
        said.append(_no_platform(settings))
    if settings.clock_file is not None and (away := elsewhere(settings)):
        # A school whose clock is wrong would be reminded of nothing in time.
        because = f"moves the clock, which is for tests on one machine, and {variable_of(away[0])} is not of this one"
        said.append(missing("clock_file", because))
    return tuple(said)


def _rest_of_teams(settings: Settings) -> str:
    """What is missing beside the half that is there."""
    there = {
        "SIGNPOST_TEAMS_APP_ID": bool(settings.teams_app_id),
        "SIGNPOST_TEAMS_TENANT_ID": bool(settings.teams_tenant_id),
        _PROOF: settings.proves_teams,
    }
    lacking = " and ".join(name for name, is_set in there.items() if not is_set)
    return (
        f"Microsoft Teams is only half configured: set {lacking} (Entra admin centre, App registrations), or take the"
        " SIGNPOST_TEAMS_… settings out."
    )


def _over_oauth(settings: Settings) -> Iterable[str]:
    """What is wrong with the ways to connect Slack: there is one for one workspace, and one for several."""
    if settings.half_oauth:
        yield (
            "Slack over OAuth is only half configured: set SIGNPOST_SLACK_CLIENT_ID and SIGNPOST_SLACK_CLIENT_SECRET"
            " (your app's page at https://api.slack.com/apps, under Basic Information), or take both out."
        )
    elif settings.wants_oauth and settings.wants_one_workspace:
        yield (
            "Slack is configured in two ways: for one workspace take SIGNPOST_SLACK_CLIENT_ID and"
            " SIGNPOST_SLACK_CLIENT_SECRET out, for several take SIGNPOST_SLACK_BOT_TOKEN out and install in each from"
            " SIGNPOST_PUBLIC_URL/slack/install (docs/how-to/connect-slack.md)."
        )
    elif settings.wants_oauth and not settings.public_url:
        yield missing("public_url", "is not set, and it is where Slack sends people back to who install over OAuth")


def _no_platform(settings: Settings) -> str:
    if settings.slack_signing_secret.get_secret_value() or settings.socket_mode:
        return missing("slack_bot_token")
    return (
        "Neither Slack nor Microsoft Teams is connected, so nobody could reach Signpost: for Slack set"
        " SIGNPOST_SLACK_BOT_TOKEN (docs/how-to/connect-slack.md), for Teams SIGNPOST_TEAMS_APP_ID and what belongs to"
        " it (docs/how-to/connect-teams.md); to look at it without any account run `make play`."
    )
