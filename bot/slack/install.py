"""Installing in a workspace: `GET /slack/install` leads to Slack, `GET /slack/oauth_redirect` takes what it grants.

A token is handed to the store, which seals it, and to nobody else. Only workspaces that configuration names may
install; what another one granted is given back to Slack at once.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, urlsplit

from aiohttp import web
from slack_sdk.oauth import AuthorizeUrlGenerator

from bot import logs
from bot.slack import install_pages as pages
from bot.slack.api import Api, Failed, Json
from bot.slack.grant import Grant, NotGranted, by_whom, granted, scopes_of
from bot.slack.page import Page
from bot.slack.states import COOKIE, LIVES_SECONDS, States
from bot.slack.workspaces import Workspaces
from handlers.people import Account

INSTALL: Final = "/slack/install"
REDIRECT: Final = "/slack/oauth_redirect"
SCOPES: Final = ("commands", "chat:write", "im:write", "users:read", "usergroups:read", "groups:read")
"""What manifest.yml asks for, and no more."""
AT_ONCE: Final = 20
PER_MINUTE: Final = 20.0
"""How often a code may be brought to us: each costs a call to Slack. A whole trust installs within this."""
_SPENT: Final = frozenset({"invalid_code", "code_already_used", "code_expired"})
_SETTINGS: Final = frozenset({"bad_client_secret", "invalid_client_id", "bad_redirect_uri", "invalid_redirect_uri"})
_CANCELLED: Final = "access_denied"
_WORD: Final = re.compile(r"[a-z_]{1,40}")
_BROWSER: Final = re.compile(r"[\w-]{22}", re.ASCII)


@dataclass(frozen=True, slots=True)
class OAuth:
    """How Slack knows the app that is installed in several workspaces. `public_url` has no path."""

    client_id: str
    client_secret: str = field(repr=False)
    public_url: str

    @property
    def redirect_uri(self) -> str:
        """Where Slack sends people back to; it must stand on the app's page in the same words."""
        return self.public_url.rstrip("/") + REDIRECT


class Installing:
    """The two pages."""

    def __init__(
        self,
        oauth: OAuth,
        api: Api,
        workspaces: Workspaces,
        states: States,
        on_refused: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`on_refused` is told a word for the metric; `clock` is for how often a code may be brought."""
        self._oauth, self._api, self._workspaces, self._states = oauth, api, workspaces, states
        self._on_refused, self._clock = on_refused, clock
        self._left, self._at = float(AT_ONCE), clock()
        slack = urlsplit(api.base_url)
        self._to_slack = AuthorizeUrlGenerator(
            client_id=quote(oauth.client_id, safe=""),
            redirect_uri=quote(oauth.redirect_uri, safe=""),
            scopes=SCOPES,
            authorization_url=f"{slack.scheme}://{slack.netloc}/oauth/v2/authorize",
        )

    def routes(self) -> tuple[web.RouteDef, ...]:
        """What the public port answers."""
        return (
            web.get(INSTALL, self._offer, allow_head=False),
            web.get(REDIRECT, self._finish, allow_head=False),
        )

    async def _offer(self, request: web.Request) -> web.Response:
        known = request.cookies.get(COOKIE, "")
        state = self._states.begin(known if _BROWSER.fullmatch(known) else "")
        response = pages.offer(self._to_slack.generate(quote(state.text, safe=""))).response()
        response.set_cookie(
            COOKIE, state.browser, max_age=LIVES_SECONDS, path="/", secure=True, httponly=True, samesite="Lax"
        )
        return response

    async def _finish(self, request: web.Request) -> web.Response:
        asked = request.query
        state = self._states.known(asked.get("state", ""), request.cookies.get(COOKIE, ""))
        if not state:
            return self._stale().response()
        if not self._lets():
            return pages.too_often().response()
        try:
            first = await self._states.take(state)
        except Exception as error:  # noqa: BLE001  # the database is away: then nothing could be kept either
            return self._not_kept(error).response()
        if not first:
            return self._stale().response()
        return (await self._page(asked.get("code", ""), asked.get("error", ""))).response()

    def _stale(self) -> Page:
        self._on_refused("token")
        return pages.stale()

    async def _page(self, code: str, error: str) -> Page:
        if error:
            why = error if _WORD.fullmatch(error) else "other"
            if why != _CANCELLED:
                logs.get_logger().warning("slack_install_refused", why=why)
            return pages.denied() if why == _CANCELLED else pages.not_let(why)
        if not code:
            return pages.spent()
        try:
            answer = await self._api.exchange(
                client_id=self._oauth.client_id,
                client_secret=self._oauth.client_secret,
                code=code,
                redirect_uri=self._oauth.redirect_uri,
            )
        except Failed as failed:
            return _not_exchanged(failed)
        return await self._granted(answer)

    async def _granted(self, answer: Json) -> Page:
        try:
            grant = granted(answer)
        except NotGranted as no:
            logs.get_logger().warning("slack_install_refused", why=no.why)
            return pages.not_fit(no.why, revoked=await self._give_back(str(answer.get("access_token") or "")))
        person = by_whom(answer)
        try:
            if not await self._workspaces.may_install(grant.team):
                return await self._unnamed(grant)
            await self._workspaces.keep(grant, Account("slack", grant.team, person) if person else None)
        except Exception as error:  # noqa: BLE001  # whatever it was, somebody waits for a page
            return self._not_kept(error)
        lacking = sorted(set(SCOPES) - scopes_of(answer)) if "scope" in answer else []
        if lacking:
            logs.get_logger().warning("slack_install_refused", workspace=grant.team, why="scopes_missing")
        return pages.incomplete(grant.name, lacking) if lacking else pages.done(grant.name)

    async def _unnamed(self, grant: Grant) -> Page:
        self._on_refused("workspace")
        logs.get_logger().warning("slack_install_refused", workspace=grant.team, why="not_named")
        revoked = await self._give_back(grant.token)
        try:
            await self._workspaces.forget(grant.team)  # from a time when a site named it: its token is gone now, too
        except Exception as error:  # noqa: BLE001  # then that row stays, and its token opens nothing
            self._not_kept(error)
        return pages.unnamed(grant.name, grant.team, revoked=revoked)

    async def _give_back(self, token: str) -> bool:
        """Have Slack take back a token, and with it the app from the workspace; whether it did."""
        try:
            await self._api.with_token(token).get("auth.revoke", {})
        except Failed as failed:
            logs.get_logger().error("slack_call_failed", method="auth.revoke", why=str(failed))
            return failed.cause == "refused"  # there is no such token any more
        return True

    def _not_kept(self, error: Exception) -> Page:
        logs.get_logger().error("slack_installation_not_kept", kind=logs.kind_of(error), at=logs.places_of(error))
        return pages.not_kept()

    def _lets(self) -> bool:
        now = self._clock()
        self._left = min(float(AT_ONCE), self._left + (now - self._at) * PER_MINUTE / 60)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


def _not_exchanged(failed: Failed) -> Page:
    logs.get_logger().warning("slack_call_failed", method="oauth.v2.access", why=str(failed))
    if failed.code in _SPENT:
        return pages.spent()
    return pages.settings_wrong() if failed.code in _SETTINGS else pages.slack_away()
