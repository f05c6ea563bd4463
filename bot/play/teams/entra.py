"""Entra and the published keys: what msal asks before it trusts us, a token for a secret or a certificate, the JWKS."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import jwt
from aiohttp import web

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import rsa

    from bot.play.teams.core import Core
    from bot.play.teams.serving import Serving
    from bot.play.teams.signing import Signing

LIFETIME = 3599


class Entra:
    """The authority of one tenant, for one app. With `certificate_key` it accepts that certificate, not the secret."""

    def __init__(self, core: Core, signing: Signing, app_id: str, secret: str) -> None:
        self._core, self._signing = core, signing
        self.app_id, self.secret = app_id, secret
        self.certificate_key: rsa.RSAPublicKey | None = None
        self.tokens: dict[str, str] = {}
        """Tokens that were given out, with their scope."""

    def add_routes(self, app: web.Application, serving: Serving) -> None:
        """Put our addresses into an aiohttp application."""
        app.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", serving.route("discovery", self._about))
        app.router.add_post("/{tenant}/oauth2/v2.0/token", serving.route("token", self._token))
        app.router.add_get("/v1/.well-known/openidconfiguration", serving.route("metadata", self._metadata))
        app.router.add_get("/v1/.well-known/keys", serving.route("keys", self._keys))

    async def _about(self, request: web.Request) -> web.Response:
        base = f"{self._core.base_url}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "issuer": f"{base}/v2.0",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("client_id") != self.app_id or not self._proven(form.get("client_secret"), form):
            return web.json_response({"error": "invalid_client", "error_description": "no"}, status=401)
        token = f"tok-{secrets.token_hex(16)}"
        self.tokens[token] = str(form.get("scope", ""))
        return web.json_response({"token_type": "Bearer", "expires_in": LIFETIME, "access_token": token})

    def _proven(self, secret: object, form: object) -> bool:
        if self.certificate_key is None:
            return secret == self.secret
        assertion = str(form.get("client_assertion", "")) if hasattr(form, "get") else ""
        try:
            jwt.decode(assertion, self.certificate_key, algorithms=["PS256"], options={"verify_aud": False})
        except jwt.PyJWTError:
            return False
        return True

    def allows(self, request: web.Request, scope: str) -> bool:
        """Whether a call carries a token that we gave out for this scope."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return scope in self.tokens.get(token, "").split()

    async def _metadata(self, _request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self._core.base_url}/v1/.well-known/keys"})

    async def _keys(self, _request: web.Request) -> web.Response:
        return web.json_response(self._signing.jwks())
