"""Whether the Signpost that runs takes Slack's signatures: by those that it refused, and by one that we make ourselves.

Slack itself cannot be asked which secret it signs with. So where `serve` and we have the same wrong one, ours is taken
and Slack's is not: only what was refused shows it. Our own request is the one that Slack sends when an address is
entered (`url_verification`): it is answered with its own word and nothing more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor import running
from bot.doctor.finding import Finding, State
from bot.settings import Settings
from bot.settings.rules import is_loopback

PATH: Final = "/slack/events"
_MATTER: Final = "Slack signing secret"
_COPY: Final = "Copy the Signing Secret from your app's page (Basic Information, App Credentials)"
_SECONDS: Final = aiohttp.ClientTimeout(total=8)


async def look(settings: Settings, *, reached: bool) -> tuple[Finding, ...]:
    """Look at what was refused, and ask at the public address where Signpost was `reached` a moment ago."""
    if not settings.slack_signing_secret.get_secret_value():
        return ()
    before = await running.figures(settings)  # what we sign ourselves may be refused too
    taken = await _takes_ours(settings) if reached else None
    if taken is False:
        return (_differs(),)
    if before.refused_signatures:
        return (_refused(before),)
    if taken:
        return (_good(),)
    return () if settings.public_url else (_untried(),)


def _good() -> Finding:
    said = "the Signpost that runs takes what is signed with it, and refused nothing (Slack itself cannot be asked)"
    return Finding("slack_signing_secret_good", _MATTER, "green", said)


def _untried() -> Finding:
    said = "SIGNPOST_PUBLIC_URL is not set, so it was not tried whether the Signpost that runs takes it"
    do = "Set SIGNPOST_PUBLIC_URL to the https address that your Slack app's request URLs begin with."
    return Finding("slack_signing_secret_untried", _MATTER, "amber", said, do)


def _differs() -> Finding:
    return Finding(
        "slack_signing_secret_differs", _MATTER, "red",
        "the Signpost that runs refuses what is signed with SIGNPOST_SLACK_SIGNING_SECRET: it has another one",
        f"{_COPY} into the settings, and start `serve` again with them.",
    )  # fmt: skip


def _refused(found: running.Figures) -> Finding:
    many = found.refused_signatures
    requests = "1 request was" if many == 1 else f"{many} requests were"
    all_of_them = "" if found.answered else ", and nobody was answered"
    state: State = "amber" if found.answered else "red"
    return Finding(
        "slack_signatures_refused", _MATTER, state,
        f"{requests} refused since `serve` was started, since the signature did not fit{all_of_them}",
        f"If Slack sent them, SIGNPOST_SLACK_SIGNING_SECRET is another app's, or an old one. {_COPY}, and start `serve`"
        " again with it. What a stranger sends is counted too.",
    )  # fmt: skip


async def _takes_ours(settings: Settings) -> bool | None:
    """Whether a request that we sign is taken; None where nobody can tell."""
    secret = settings.slack_signing_secret.get_secret_value()
    word = secrets.token_hex(8)
    body = json.dumps({"type": "url_verification", "challenge": word}).encode()
    now = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{now}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": "application/json", "X-Slack-Request-Timestamp": now, "X-Slack-Signature": f"v0={digest}",
    }  # fmt: skip
    proxied = not is_loopback(urlsplit(settings.public_url).hostname or "")
    connector = aiohttp.TCPConnector(ssl=settings.tls())
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=_SECONDS, trust_env=proxied) as client,
            client.post(
                settings.public_url.rstrip("/") + PATH, data=body, headers=headers, allow_redirects=False
            ) as reply,
        ):
            if reply.ok and word in await reply.text():
                return True
            return False if reply.status == HTTPStatus.UNAUTHORIZED else None
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return None
