"""A stand-in for Slack whose app is distributed: people install it in their workspaces and take it out again."""

from __future__ import annotations

import secrets
from base64 import b64decode
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.play.slack.standin import SlackStandIn
from bot.play.slack.world import SCOPES, Refusal, Workspace

if TYPE_CHECKING:
    from bot.play.slack.world import Json

CODE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Code:
    """What somebody brings back from Slack to the app, good for one exchange."""

    team: str
    user: str
    redirect_uri: str
    issued: float


class DistributedStandIn(SlackStandIn):
    """As `SlackStandIn`, with no workspace that has the app from the beginning: `add_workspace`, then install.

    Hand the bot `client_id` and `client_secret` in place of the bot token; `public_url` is where the bot is reached.
    """

    def __init__(self, *, public_url: str = "", strict: bool = True, port: int = 0) -> None:
        super().__init__(strict=strict, port=port)
        self.workspaces.clear()
        self.client_id, self.client_secret = "1234567890.1234567890", secrets.token_hex(16)
        self.public_url = public_url
        self.more: Json = {}
        """What `oauth.v2.access` answers besides, such as a token that has to be renewed."""
        self._codes: dict[str, Code] = {}

    @property
    def redirect_uri(self) -> str:
        """The one redirect URL of the app's page."""
        return f"{self.public_url}/slack/oauth_redirect"

    def add_team(self, team: str, *, name: str = "") -> Workspace:
        """Add a workspace in which the app is not installed."""
        ws = self.add_workspace(team, bot_token="")
        ws.name, ws.bot_user, ws.bot_id = name or team, f"UBOT{team}", f"B{team}"
        return ws

    def approve(self, url: str, *, team: str, user: str) -> str:
        """Press *Allow* on the page at `url`: the address that Slack sends the browser to. Raises ValueError."""
        asked = self._asked(url)
        code = secrets.token_hex(12)
        self._codes[code] = Code(team, user, asked["redirect_uri"], self.clock())
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def deny(self, url: str) -> str:
        """Press *Cancel* there instead."""
        asked = self._asked(url)
        return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"

    async def uninstall(self, team: str, *, told: bool = True) -> None:
        """Remove the app from a workspace, and tell the bot so unless `told` is False."""
        ws = self.workspaces[team]
        ws.bot_token = ""
        if told:
            await self.send_event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [ws.bot_user]}}, team=team)
            await self.send_event({"type": "app_uninstalled"}, team=team)

    def exchange(self, authorization: str, params: Json) -> Json:
        """`oauth.v2.access`: a new token for the workspace in which the code was given. The one before ends."""
        if _client(authorization) != (self.client_id, self.client_secret):
            raise Refusal("bad_client_secret")
        code = self._codes.pop(str(params.get("code", "")), None)
        if code is None or self.clock() - code.issued > CODE_SECONDS:
            raise Refusal("invalid_code")
        if params.get("redirect_uri") != code.redirect_uri:
            raise Refusal("bad_redirect_uri")
        ws = self.workspaces[code.team]
        ws.bot_token = f"xoxb-{secrets.token_hex(12)}"
        return {
            "access_token": ws.bot_token,
            "token_type": "bot",
            "scope": ",".join(SCOPES),
            "bot_user_id": ws.bot_user,
            "app_id": ws.app_id,
            "team": {"id": ws.id, "name": ws.name},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": code.user},
            **self.more,
        }

    def _asked(self, url: str) -> dict[str, str]:
        """The query of the authorise page, which Slack would show. Raises ValueError where Slack would not."""
        parts = urlsplit(url)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        fits = {
            "address": f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{self.base_url}/oauth/v2/authorize",
            "client_id": asked.get("client_id") == self.client_id,
            "redirect_uri": asked.get("redirect_uri") == self.redirect_uri,
            "scope": set(asked.get("scope", "").split(",")) == set(SCOPES),
            "state": bool(asked.get("state")),
        }
        wrong = [name for name, fit in fits.items() if not fit]
        if wrong:
            raise ValueError(f"Slack would not show this page: {', '.join(wrong)}")
        return asked


def _client(authorization: str) -> tuple[str, str]:
    kind, _, proof = authorization.partition(" ")
    name, _, secret = b64decode(proof).decode().partition(":") if kind == "Basic" else ("", "", "")
    return name, secret
