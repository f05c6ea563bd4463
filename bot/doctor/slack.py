"""Whether Slack knows us: tokens, scopes, the clock, and whether it can reach us."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor import clock, public, served, signed, workspaces
from bot.doctor.answer import ITS_TROUBLE, NOT_REACHED, NOT_SLACK, NOT_TRUSTED, Answer
from bot.doctor.finding import Finding
from bot.doctor.slack_people import look_at_contacts, look_at_people
from bot.doctor.slack_refused import SCOPES
from bot.settings import Settings
from bot.settings.rules import is_loopback
from handlers.people import Directory

NEEDED: Final = frozenset({"commands", "chat:write", "im:write", "users:read"})
FOR_GROUPS: Final = frozenset({"usergroups:read", "groups:read"})
"""Needed once a user group or a private channel is named."""
_SECONDS: Final = aiohttp.ClientTimeout(total=8)
_SERVER_TROUBLE: Final = 500
_TOO_MANY: Final = 429
_NOT_ASKED: Final = {
    NOT_REACHED: "Let this machine reach Slack over https: open the way there, or set HTTPS_PROXY where a proxy is. If "
    "SIGNPOST_SLACK_API_URL is set, look at it too.",
    NOT_TRUSTED: "Behind an inspecting proxy set SIGNPOST_CA_FILE to its authority's certificate.",
    NOT_SLACK: "Something on the way answers for it, such as the login page of a proxy: let this machine reach Slack "
    "directly. Where SIGNPOST_SLACK_API_URL is set, correct it or take it out.",
    ITS_TROUBLE: "Try again in a few minutes; https://status.slack.com says whether it is known.",
}
"""What to do where Slack itself gave no answer."""
_REFUSED: Final = {
    "invalid_auth": "Copy the Bot User OAuth Token again (OAuth & Permissions).",
    "token_revoked": "Reinstall the app to the workspace and copy its new token.",
    "account_inactive": "The app was taken out of the workspace: install it again and copy its token.",
    "ratelimited": "Try again in a minute.",
    "token_expired": "The app has token rotation, which nobody can switch off again: make a new app from manifest.yml, "
    "which leaves it off, and copy that one's token.",
    "not_allowed_token_type": "It is another kind of token: copy the Bot User OAuth Token, which begins with xoxb-.",
}
"""What to do where it refused our token."""


async def look(settings: Settings, directory: Directory) -> tuple[Finding, ...]:
    """Ask Slack about the token, the clock, the leads, and whether it can reach us."""
    if not settings.wants_slack:
        if settings.wants_teams:
            return ()
        return (
            Finding(
                "slack_not_configured", "Slack", "amber", "not configured", "docs/how-to/connect-slack.md says how."
            ),
        )
    connector = aiohttp.TCPConnector(ssl=settings.tls())
    proxied = not is_loopback(urlsplit(settings.slack_api_url).hostname or "")
    async with aiohttp.ClientSession(connector=connector, timeout=_SECONDS, trust_env=proxied) as client:
        one = partial(_one, client, settings)
        if settings.wants_oauth:
            findings = [*await workspaces.look(settings, directory, one)]
        else:
            findings = [*await one(settings.slack_bot_token.get_secret_value(), directory)]
        if settings.socket_mode:
            findings.append(_socket(await call(client, settings, "apps.connections.open", token=_app_token(settings))))
        else:
            reached = await public.look(
                settings, signed.PATH, whose="Slack", given="your Slack app's request URLs begin"
            )
            findings.append(reached)
            findings += await signed.look(settings, reached=reached.state == "green")
    return tuple(findings)


async def _one(
    client: aiohttp.ClientSession, settings: Settings, token: str, directory: Directory
) -> tuple[Finding, ...]:
    """Look at one token, and at the people and channels in its workspace."""
    answer = await call(client, settings, "auth.test", token=token)
    findings = [_token(answer)]
    if answer.body.get("ok"):
        findings += [*_scopes(answer, directory), *clock.look(answer.headers.get("date", ""), "Slack")]
        if answer.body.get("bot_id") is None:
            said, do = "it belongs to a person", "Use the Bot User OAuth Token."
            findings.append(Finding("slack_token_of_a_person", "Slack token", "red", said, do))
        ask, team = partial(call, client, settings, token=token), str(answer.body.get("team_id") or "")
        findings += await look_at_people(ask, directory, team)
        findings += await look_at_contacts(ask, directory, team)
        if not settings.wants_oauth:
            tenant = {f"teams:{settings.teams_tenant_id}"} if settings.wants_teams else set[str]()
            findings += served.look(directory, frozenset({f"slack:{team}"} | tenant))
    return tuple(findings)


def _app_token(settings: Settings) -> str:
    return settings.slack_app_token.get_secret_value()


async def call(client: aiohttp.ClientSession, settings: Settings, method: str, *, token: str, **asked: str) -> Answer:
    """Ask Slack one thing. Never raises."""
    url = settings.slack_api_url.rstrip("/") + "/" + method
    headers = {"Authorization": f"Bearer {token}"}
    try:
        # A redirect would carry the token to whoever it names.
        async with client.post(url, headers=headers, data=asked, allow_redirects=False) as reply:
            if reply.status >= _SERVER_TROUBLE:
                return Answer(trouble=ITS_TROUBLE)
            if reply.status == _TOO_MANY:
                return Answer({"ok": False, "error": "ratelimited"})
            body = await reply.json(content_type=None)
            if not isinstance(body, dict) or "ok" not in body:  # a redirect, a login page: Slack always says `ok`
                return Answer(trouble=NOT_SLACK)
            return Answer(body, {k.lower(): v for k, v in reply.headers.items()})
    except aiohttp.ClientConnectorCertificateError:
        return Answer(trouble=NOT_TRUSTED)
    except (aiohttp.ClientError, TimeoutError):
        return Answer(trouble=NOT_REACHED)
    except ValueError:  # no JSON, or no text at all
        return Answer(trouble=NOT_SLACK)


def _token(answer: Answer) -> Finding:
    if answer.trouble:
        said = f"Slack was not asked: {answer.trouble}"
        return Finding("slack_not_asked", "Slack token", "red", said, _NOT_ASKED[answer.trouble])
    if answer.body.get("ok"):
        return Finding("slack_token_good", "Slack token", "green", "Slack knows it")
    why = str(answer.body.get("error", "no reason"))
    do = _REFUSED.get(why, "Look the word up at https://docs.slack.dev/reference/methods/auth.test")
    return Finding("slack_token_refused", "Slack token", "red", f"Slack refuses it ({why[:40]})", do)


def _scopes(answer: Answer, directory: Directory) -> Iterable[Finding]:
    given = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    if not given:
        yield Finding("slack_scopes_unknown", "Slack scopes", "amber", "Slack did not list them", SCOPES)
        return
    uses_groups = any(ref.startswith("slack:") for ref in directory.groups()) or any(
        contact.kind == "slack" for site in directory.sites for contact in site.contacts
    )
    if lacking := NEEDED - given:
        said = f"missing: {', '.join(sorted(lacking))}"
        yield Finding("slack_scopes_missing", "Slack scopes", "red", said, SCOPES)
    if lacking := FOR_GROUPS - given:
        state: Any = "red" if uses_groups else "amber"
        yield Finding(
            "slack_scopes_missing",
            "Slack scopes",
            state,
            f"missing, for groups and private channels: {', '.join(sorted(lacking))}",
            SCOPES,
        )
    if too_many := given - NEEDED - FOR_GROUPS:
        said = f"more than Signpost uses: {', '.join(sorted(too_many))}"
        yield Finding("slack_scopes_too_many", "Slack scopes", "amber", said, SCOPES)
    if given == NEEDED | FOR_GROUPS:
        yield Finding("slack_scopes_good", "Slack scopes", "green", "exactly those that Signpost uses")


def _socket(answer: Answer) -> Finding:
    if answer.body.get("ok"):
        return Finding("slack_socket_good", "Socket Mode", "green", "the app token opens connections")
    why = answer.trouble or f"Slack refuses the app token ({str(answer.body.get('error', 'no reason'))[:40]})"
    return Finding(
        "slack_socket_refused", "Socket Mode", "red", why,
        "Switch Socket Mode on, and generate an app-level token with connections:write (Basic Information).",
    )  # fmt: skip
