"""The keys with which Bot Framework signs: fetched from its metadata, kept for a day, fetched anew for a new key."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import jwt

from bot import logs

FRESH_SECONDS: Final = 24 * 3600.0
"""How long keys are kept before they are fetched again."""
AGAIN_SECONDS: Final = 60.0
"""An unknown key id causes one download at once, then at most one in this time: forged tokens cost nothing."""
UNREACHABLE_SECONDS: Final = 5.0
"""How soon we ask again while we have no key at all."""

Get = Callable[[str], Awaitable[bytes]]
"""Fetches a document. Raises OSError, aiohttp.ClientError or TimeoutError when it cannot."""


class NoKeys(Exception):
    """No key could be fetched, so nothing can be said about a token."""


@dataclass(frozen=True, slots=True)
class Key:
    """One published key, and the channels that it vouches for."""

    key: jwt.PyJWK
    endorsements: frozenset[str]


class PublishedKeys:
    """The keys of one OpenID metadata document."""

    def __init__(self, metadata_url: str, get: Get, clock: Callable[[], float] = time.monotonic) -> None:
        self._metadata_url, self._get, self._clock = metadata_url, get, clock
        self._keys: dict[str, Key] = {}
        self._fetched = self._tried = self._asked_for_unknown = float("-inf")
        self._one_at_a_time = asyncio.Lock()

    async def find(self, kid: str) -> Key | None:
        """The key with this id, or None if nobody publishes it. Raises NoKeys while there are none at all."""
        known = self._keys.get(kid)
        if known is not None and self._clock() - self._fetched < FRESH_SECONDS:
            return known
        async with self._one_at_a_time:
            if self._may_ask(kid):
                await self._fetch()
                if kid not in self._keys:
                    self._asked_for_unknown = self._clock()
        if not self._keys:
            raise NoKeys("the published keys cannot be fetched")
        return self._keys.get(kid)

    def _may_ask(self, kid: str) -> bool:
        """Whether to download now: for lack of any key, for keys that are a day old, or for one that we do not know.

        A key published a moment after our first download must work at once, so that download does not count.
        """
        now = self._clock()
        if not self._keys:
            return now - self._tried >= UNREACHABLE_SECONDS
        if kid in self._keys:
            return now - self._fetched >= FRESH_SECONDS and now - self._tried >= AGAIN_SECONDS
        return now - self._asked_for_unknown >= AGAIN_SECONDS

    async def _fetch(self) -> None:
        """Take over what is published now. When that fails the keys that we have stay good."""
        self._tried = self._clock()
        try:
            address = _address_in(await self._get(self._metadata_url))
            found = dict(_keys_in(await self._get(address)))
        except Exception as error:  # noqa: BLE001  # whatever it was: no new keys
            logs.get_logger().warning("lookup_failed", platform="teams", kind=logs.kind_of(error))
            return
        if found:
            self._keys, self._fetched = found, self._clock()


def _address_in(metadata: bytes) -> str:
    address = str(json.loads(metadata)["jwks_uri"])
    if urlsplit(address).scheme != "https":
        raise ValueError("the keys would travel unprotected")
    return address


def _keys_in(document: bytes) -> Iterator[tuple[str, Key]]:
    for entry in json.loads(document)["keys"]:
        if entry.get("kty") != "RSA" or not isinstance(entry.get("kid"), str):
            continue
        try:
            key = jwt.PyJWK(entry, "RS256")
        except jwt.PyJWTError:
            continue  # one broken entry must not cost us the others
        endorsements = entry.get("endorsements")
        vouched = frozenset(map(str, endorsements)) if isinstance(endorsements, list) else frozenset[str]()
        yield entry["kid"], Key(key, vouched)
