"""An agent for Teams that does nothing: the SDK's `AgentApplication` behind its own check of tokens.

`python -m benchmarks.peers.bare_agents PORT KEYS_URL`. Two things are not as its documentation has them: the address of
the published keys, which the SDK knows by heart, and its own tokens, which are made up, since nothing is ever sent. The
issuer is checked, which the SDK only does if it is told to.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from aiohttp import web
from microsoft_agents.activity import Activity
from microsoft_agents.hosting.aiohttp import CloudAdapter, jwt_authorization_decorator, start_agent_process
from microsoft_agents.hosting.core import AgentApplication, MemoryStorage, TurnContext, TurnState
from microsoft_agents.hosting.core.authorization import AgentAuthConfiguration
from microsoft_agents.hosting.core.authorization import _entra_issuers as issuers

PATH = "/api/messages"
ISSUER = "https://api.botframework.com"


class MadeUpTokens:
    """The SDK's connections and their one token provider."""

    def __init__(self, configuration: AgentAuthConfiguration) -> None:
        self.configuration = configuration

    def get_connection(self, _name: str) -> MadeUpTokens:
        return self

    def get_default_connection(self) -> MadeUpTokens:
        return self

    def get_token_provider(self, _identity: object, _service_url: str) -> MadeUpTokens:
        return self

    def get_token_provider_from_activity(self, _identity: object, _activity: object) -> MadeUpTokens:
        return self

    def get_default_connection_configuration(self) -> AgentAuthConfiguration:
        return self.configuration

    async def get_access_token(self, *_asked: object, **_more: object) -> str:
        return "made-up"


def add_to(app: web.Application, keys_url: str) -> None:
    """Serve the agent in an aiohttp application. Its id and tenant are in the environment, under Signpost's names."""
    issuers.BOTFRAMEWORK_JWKS_URIS[ISSUER] = keys_url
    configuration = AgentAuthConfiguration(
        client_id=os.environ["SIGNPOST_TEAMS_APP_ID"],
        tenant_id=os.environ["SIGNPOST_TEAMS_TENANT_ID"],
        issuers=[ISSUER],
        validate_issuer=True,
    )
    tokens: Any = MadeUpTokens(configuration)
    adapter = CloudAdapter(connection_manager=tokens)
    agent = AgentApplication[TurnState](storage=MemoryStorage(), connection_manager=tokens)

    @agent.activity("invoke")
    async def nothing(context: TurnContext, _state: TurnState) -> None:
        await context.send_activity(Activity(type="invokeResponse", value={"status": 200}))

    @jwt_authorization_decorator  # type: ignore[untyped-decorator]
    async def messages(request: web.Request) -> web.StreamResponse | None:
        return await start_agent_process(request, agent, adapter)

    app["agent_configuration"] = configuration
    app.router.add_post(PATH, messages)


def main(port: int, keys_url: str) -> None:
    """Serve until stopped."""
    app = web.Application()
    add_to(app, keys_url)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
