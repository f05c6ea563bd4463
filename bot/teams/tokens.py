"""Our own tokens: for the connector and for Graph, from a secret, a certificate or a managed identity."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import msal  # type: ignore[import-untyped]

from bot import logs
from bot.teams import net
from bot.teams.options import Options

EARLY_SECONDS: Final = 300.0
"""A token is fetched again so long before it ends."""


AGAIN_SECONDS: Final = 5.0
"""How soon Entra is asked again after it could not be reached."""
UNREACHABLE: Final = "unreachable"

_BLOCK: Final = {
    "private": re.compile(r"-----BEGIN ([A-Z ]*PRIVATE KEY)-----.+?-----END \1-----", re.DOTALL),
    "certificate": re.compile(r"-----BEGIN (CERTIFICATE)-----.+?-----END \1-----", re.DOTALL),
}


class NoToken(Exception):
    """Entra gave no token, or could not be reached. `why` is its short code and nothing that it said besides."""

    def __init__(self, why: str) -> None:
        super().__init__("no token")
        self.why = why


class Tokens:
    """Tokens by scope, each kept until shortly before it ends. Nothing is written to disk."""

    def __init__(self, options: Options, clock: Callable[[], float] = time.monotonic) -> None:
        self._options, self._clock = options, clock
        self._held: dict[str, tuple[str, float]] = {}
        self._application: Any = None
        self._not_before = float("-inf")
        self._one_at_a_time = asyncio.Lock()

    async def connector(self) -> str:
        """A token for the connector. Raises NoToken."""
        return await self.for_scope(self._options.token_scope)

    async def graph(self) -> str:
        """A token for Graph. Raises NoToken."""
        parts = urlsplit(self._options.graph)
        return await self.for_scope(f"{parts.scheme}://{parts.netloc}/.default")

    async def for_scope(self, scope: str) -> str:
        """A token for a scope. Raises NoToken."""
        token, until = self._held.get(scope, ("", 0.0))
        if token and self._clock() < until:
            return token
        async with self._one_at_a_time:
            token, until = self._held.get(scope, ("", 0.0))
            if token and self._clock() < until:
                return token
            if self._clock() < self._not_before:
                raise NoToken(UNREACHABLE)
            answer = await asyncio.to_thread(self._ask, scope)
            token = str(answer.get("access_token") or "")
            if not token:
                self._not_before = self._clock() + AGAIN_SECONDS
                self._application = None  # msal would repeat the same refusal for a minute without asking
                raise NoToken(str(answer.get("error") or UNREACHABLE))
            self._held[scope] = (token, self._clock() + float(answer.get("expires_in") or 0) - EARLY_SECONDS)
            return token

    def drop(self) -> None:
        """Forget every token: one was turned down although it should have been good."""
        self._held.clear()
        self._application = None

    def _ask(self, scope: str) -> Mapping[str, Any]:
        """Ask Entra, in a thread: msal does network calls even when it is made."""
        try:
            if self._options.managed_identity:
                resource = scope.removesuffix("/.default")
                answer = self._made().acquire_token_for_client(resource=resource)
            else:
                answer = self._made().acquire_token_for_client([scope])
        except NoToken as failed:
            return {"error": failed.why}
        except Exception as error:  # noqa: BLE001  # msal raises what its transport raises
            logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))
            return {}
        return answer if isinstance(answer, dict) else {}

    def _made(self) -> Any:  # noqa: ANN401  # two unrelated classes of msal
        if self._application is None:
            options, http = self._options, net.for_msal(self._options)
            if options.managed_identity:
                identity = msal.UserAssignedManagedIdentity(client_id=options.app_id)
                self._application = msal.ManagedIdentityClient(identity, http_client=http)
            else:
                self._application = msal.ConfidentialClientApplication(
                    options.app_id,
                    authority=f"{options.authority}/{options.tenant}",
                    client_credential=credential(options),
                    instance_discovery=options.instance_discovery,
                    http_client=http,
                )
        return self._application


def credential(options: Options) -> str | dict[str, Any]:
    """What proves to Entra who we are: the certificate if there is one, else the secret.

    A certificate is a PEM file with its private key, or a PFX file without a password.
    """
    if not options.certificate_file:
        return options.secret
    path = Path(options.certificate_file)
    if path.suffix.lower() in {".pfx", ".p12"}:
        return {"private_key_pfx_path": str(path), "public_certificate": True}
    pem = path.read_text(encoding="ascii")
    private, certificate = _BLOCK["private"].search(pem), _BLOCK["certificate"].search(pem)
    if private is None or certificate is None:
        raise NoToken("certificate_file")
    return {"private_key": private[0], "public_certificate": certificate[0]}
