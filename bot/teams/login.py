"""Who is calling: the check of every request's token, and of the addresses that it names (SR-2, SR-3, SR-5).

The SDK's own check is not used: it leaves issuer, endorsements, expiry and the service URL to goodwill.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import jwt

from bot.teams.keys import NoKeys, PublishedKeys
from bot.teams.options import Options

LEEWAY_SECONDS: Final = 300
"""How far the clocks of two computers may be apart."""
CHANNEL: Final = "msteams"
LONGEST_TOKEN: Final = 16 * 1024
LONGEST_KEY_ID: Final = 256

Why = Literal["no_token", "bad_token", "unknown_key", "endorsement", "service_url", "channel", "no_keys"]


class NotTeams(Exception):
    """The request does not come from Teams, or not for us. `why` is a closed word; `status` the answer to it."""

    def __init__(self, why: Why, status: int = 401) -> None:
        super().__init__(why)
        self.why, self.status = why, status


class Login:
    """Checks requests for one app registration."""

    def __init__(self, options: Options, keys: PublishedKeys) -> None:
        self._options, self._keys = options, keys

    async def claims(self, authorization: Sequence[str]) -> dict[str, Any]:
        """What a token says that is signed by a published key, for us, and in time. Raises NotTeams.

        `authorization` are the values of that header: exactly one is expected.
        """
        token = _bearer(authorization)
        kid = _key_id(token)
        try:
            found = await self._keys.find(kid)
        except NoKeys:
            raise NotTeams("no_keys", 503) from None
        if found is None:
            raise NotTeams("unknown_key")
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                found.key,
                algorithms=["RS256"],
                audience=self._options.app_id,
                issuer=self._options.token_issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud"]},
            )
        except (jwt.PyJWTError, ValueError, TypeError):
            raise NotTeams("bad_token") from None
        if CHANNEL not in found.endorsements:
            raise NotTeams("endorsement")
        return claims

    def check_addresses(self, claims: Mapping[str, Any], activity: Mapping[str, Any]) -> None:
        """The activity names the service URL of its token, on an allowed host, and Teams. Raises NotTeams."""
        stated, claimed = activity.get("serviceUrl"), claims.get("serviceurl")
        if not isinstance(stated, str) or not isinstance(claimed, str) or not claimed:
            raise NotTeams("service_url")
        if stated.rstrip("/") != claimed.rstrip("/"):
            raise NotTeams("service_url")
        if not self._options.may_call(stated):
            raise NotTeams("service_url", 403)
        if activity.get("channelId") != CHANNEL:
            raise NotTeams("channel", 403)


def tenant_of(activity: Mapping[str, Any]) -> str:
    """The tenant that an activity belongs to; an empty text if it names none or two."""
    conversation, channel_data = activity.get("conversation"), activity.get("channelData")
    named = {
        _text(conversation, "tenantId"),
        _text(channel_data.get("tenant") if isinstance(channel_data, dict) else None, "id"),
    } - {""}
    return named.pop() if len(named) == 1 else ""


def _text(holder: object, key: str) -> str:
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, str) else ""


def _bearer(authorization: Sequence[str]) -> str:
    if len(authorization) != 1:
        raise NotTeams("no_token")
    scheme, _, token = authorization[0].partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token or len(token) > LONGEST_TOKEN:
        raise NotTeams("no_token")
    return token


def _key_id(token: str) -> str:
    """The key that a token says it was signed with; its other headers (`jku`, `x5u`, `jwk`) are never followed."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, ValueError, RecursionError):
        raise NotTeams("bad_token") from None
    kid = header.get("kid")
    if header.get("alg") != "RS256" or not isinstance(kid, str) or not 0 < len(kid) <= LONGEST_KEY_ID:
        raise NotTeams("bad_token")
    return kid
