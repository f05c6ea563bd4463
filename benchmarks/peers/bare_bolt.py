"""A Slack app that does nothing: bolt as its documentation starts it, with one listener that answers at once.

`python -m benchmarks.peers.bare_bolt PORT API_URL [--default]`. Without `--default` it answers when the listener ends
(`process_before_response=True`), as Signpost does; with it, as bolt does when nothing is said.
"""

from __future__ import annotations

import os
import re
import sys

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

PATH = "/slack/events"


def made(api_url: str, *, default: bool) -> AsyncApp:
    """Make it. The secrets are in the environment, under Signpost's names."""
    app = AsyncApp(
        client=AsyncWebClient(os.environ["SIGNPOST_SLACK_BOT_TOKEN"], api_url),
        signing_secret=os.environ["SIGNPOST_SLACK_SIGNING_SECRET"],
        process_before_response=not default,
    )

    @app.view(re.compile(".*"))
    async def nothing(ack: AsyncAck) -> None:
        await ack()

    return app


if __name__ == "__main__":
    app = made(sys.argv[2], default="--default" in sys.argv)
    app.server(port=int(sys.argv[1]), path=PATH, host="127.0.0.1").start()
