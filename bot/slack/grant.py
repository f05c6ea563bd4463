"""What Slack grants when somebody installs the app in a workspace: a token, and who we are there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.slack.arrived import Us
from bot.slack.checked import identity
from bot.slack.mrkdwn import clean

_NAME: Final = 80


class NotGranted(Exception):
    """What Slack sent is no installation that Signpost can work with; `why` is a closed word."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Grant:
    """An installation in one workspace. Written and read as JSON, which is sealed before it is kept."""

    us: Us
    token: str = field(repr=False)
    name: str = ""
    """What the workspace calls itself, for the page that says it is done."""

    @property
    def team(self) -> str:
        """The workspace's id."""
        return self.us.team_id

    def written(self) -> str:
        """The text that is kept, sealed."""
        us = self.us
        kept = {
            "team": us.team_id, "token": self.token, "bot_user": us.bot_user, "bot": us.bot_id,
            "enterprise": us.enterprise_id, "name": self.name,
        }  # fmt: skip
        return json.dumps(kept)

    @classmethod
    def read(cls, text: str) -> Grant:
        """What `written` wrote. Raises ValueError for anything else."""
        kept = json.loads(text)
        if not isinstance(kept, dict) or not all(isinstance(one, str) for one in kept.values()):
            raise ValueError("this is no installation")
        try:
            us = Us(kept["team"], kept["bot_user"], kept["bot"], kept["enterprise"])
            return cls(us, kept["token"], kept["name"])
        except KeyError:
            raise ValueError("this is no installation") from None


def granted(answer: Mapping[str, Any]) -> Grant:
    """What `oauth.v2.access` answered. Raises NotGranted.

    `several_workspaces`: the app was installed for a whole organisation. `renewed_tokens`: its tokens expire.
    """
    team, enterprise = answer.get("team"), answer.get("enterprise")
    given = team if isinstance(team, Mapping) else {}
    token = answer.get("access_token")
    if answer.get("is_enterprise_install") is True:
        raise NotGranted("several_workspaces")
    if answer.get("refresh_token") or answer.get("expires_in"):
        raise NotGranted("renewed_tokens")
    team_id, bot_user = identity(given.get("id")), identity(answer.get("bot_user_id"))
    if not (team_id and bot_user and isinstance(token, str) and token.startswith("xoxb-")):
        raise NotGranted("no_bot_token")
    return Grant(
        Us(team_id, bot_user, enterprise_id=identity(enterprise.get("id")) if isinstance(enterprise, Mapping) else ""),
        token,
        " ".join(clean(str(given.get("name") or "")).split())[:_NAME],
    )


def scopes_of(answer: Mapping[str, Any]) -> frozenset[str]:
    """The scopes that Slack granted."""
    return frozenset(scope.strip() for scope in str(answer.get("scope") or "").split(","))


def by_whom(answer: Mapping[str, Any]) -> str:
    """The id of the person who installed it, or an empty text."""
    person = answer.get("authed_user")
    return identity(person.get("id")) if isinstance(person, Mapping) else ""
