"""Whether the Signpost that runs takes Slack's signatures: asked with a request that we sign as Slack would.

Slack asks the same when an address is entered (`url_verification`): it is answered with its own word and nothing more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Iterable
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor.finding import Finding
from bot.setting_rules import is_loopback
from bot.settings import Settings

PATH: Final = "/slack/events"
_SECONDS: Final = aiohttp.ClientTimeout(total=8)


async def look(settings: Settings) -> Iterable[Finding]:
    """Ask at the public address, where Signpost was found a moment ago. Nothing to say where it does not answer."""
    secret = settings.slack_signing_secret.get_secret_value()
    if not secret:
        return ()
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
            taken = reply.ok and word in await reply.text()
            refused = reply.status == HTTPStatus.UNAUTHORIZED
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return ()
    if taken:
        said = "the Signpost that runs takes what is signed with it"
        return (Finding("slack_signing_secret_good", "Slack signing secret", "green", said),)
    if not refused:
        return ()
    return (
        Finding(
            "slack_signing_secret_differs", "Slack signing secret", "red",
            "the Signpost that runs refuses what is signed with SIGNPOST_SLACK_SIGNING_SECRET: it has another one",
            "Copy the Signing Secret from your app's page (Basic Information, App Credentials) into the settings, and "
            "start `serve` again with them.",
        ),
    )  # fmt: skip
