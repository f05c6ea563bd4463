"""The bolt app and the agent that do nothing, in one process: `python -m benchmarks.peers.bare_both PORT API KEYS`."""

from __future__ import annotations

import sys

from aiohttp import web

from benchmarks.peers import bare_agents, bare_bolt


def main(port: int, api_url: str, keys_url: str) -> None:
    """Serve until stopped."""
    app = bare_bolt.made(api_url, default=False).web_app(path=bare_bolt.PATH, port=port)
    bare_agents.add_to(app, keys_url)
    web.run_app(app, host="127.0.0.1", port=port, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
