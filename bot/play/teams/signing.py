"""How Bot Framework signs what it sends: RS256 with published keys, each endorsed for the channels it may speak for."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING, Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.play.teams.world import Json

ISSUER = "https://api.botframework.com"


class Signing:
    """The keys of the service. `clock` gives seconds since 1970."""

    def __init__(self, app_id: str, clock: Callable[[], float]) -> None:
        self._app_id, self._clock = app_id, clock
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.endorsements: dict[str, list[str]] = {}
        self.kid = ""
        self.rotate()

    def rotate(self, *, endorsements: tuple[str, ...] = ("msteams",), publish: bool = True) -> str:
        """Sign with a new key from now on and return its id; `publish=False` keeps it out of the published set."""
        self.kid = secrets.token_hex(8)
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.keys[self.kid] = key
        self.endorsements[self.kid] = list(endorsements) if publish else ["unpublished"]
        return self.kid

    def jwks(self) -> Json:
        """Return the published keys."""
        return {
            "keys": [
                {
                    **json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())),
                    "kid": kid,
                    "use": "sig",
                    "endorsements": self.endorsements[kid],
                }
                for kid, key in self.keys.items()
                if self.endorsements[kid] != ["unpublished"]
            ]
        }

    def token(self, service_url: str, *, headers: Json | None = None, without: str = "", **changed: Any) -> str:  # noqa: ANN401 - claims of any kind
        """Return a token as Teams sends it; `changed` replaces claims and `without` leaves one out."""
        now = int(self._clock())
        claims: Json = {
            "serviceurl": service_url,
            "nbf": now - 60,
            "exp": now + 3600,
            "iss": ISSUER,
            "aud": self._app_id,
            **changed,
        }
        claims.pop(without, None)
        kid = (headers or {}).get("kid", self.kid)
        key = self.keys.get(kid, self.keys[self.kid])
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": self.kid, **(headers or {})})
