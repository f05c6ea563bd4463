"""What is asked of Graph: who is in an Entra group, and its name. Plain HTTP; needs GroupMember.Read.All alone."""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import quote, urlsplit

import aiohttp

from bot.teams import net
from bot.teams.connector import Failed, failure_of
from bot.teams.options import Options
from bot.teams.tokens import NoToken, Tokens

MOST_PAGES: Final = 10
"""Of 999 each: a group of leads with more than that is a mistake, and nobody's."""
_PERSON: Final = "#microsoft.graph.user"


class Graph:
    """Asks Graph with our own token."""

    def __init__(self, options: Options, tokens: Tokens) -> None:
        self._base, self._options, self._tokens = options.graph, options, tokens
        self._http: aiohttp.ClientSession | None = None

    async def members(self, group: str) -> tuple[str, ...]:
        """The object ids of everybody in a group, and in the groups in it. Raises Failed."""
        address = f"{self._base}/v1.0/groups/{quote(group, safe='')}/transitiveMembers?$select=id&$top=999"
        found: list[str] = []
        try:
            for _ in range(MOST_PAGES):
                page = json.loads(await net.read(self._session(), address))
                found += [str(one["id"]) for one in page["value"] if one.get("@odata.type", _PERSON).lower() == _PERSON]
                address = str(page.get("@odata.nextLink") or "")
                if not address:
                    return tuple(found)
                if not self._is_ours(address):
                    raise Failed("unreadable")
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, NoToken) as error:
            raise failure_of(error) from None
        except (KeyError, TypeError, AttributeError):
            raise Failed("unreadable") from None
        raise Failed("unreadable")

    async def name(self, group: str) -> str:
        """What a group is called. Raises Failed."""
        address = f"{self._base}/v1.0/groups/{quote(group, safe='')}?$select=displayName"
        try:
            found = json.loads(await net.read(self._session(), address))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, NoToken) as error:
            raise failure_of(error) from None
        return str(found.get("displayName") or "") if isinstance(found, dict) else ""

    async def close(self) -> None:
        """Close the connection."""
        if self._http is not None:
            await self._http.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = net.session(self._options, bearer=self._tokens.graph)
        return self._http

    def _is_ours(self, address: str) -> bool:
        """Whether the next page is where the first one was: our token goes nowhere else (SR-5)."""
        here, there = urlsplit(self._base), urlsplit(address)
        return (here.scheme, here.netloc) == (there.scheme, there.netloc)
