"""A page in the browser of somebody who installs Signpost: a heading, sentences, and at most one button."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Final

from aiohttp import web

_STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--act:#0b5cad;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#f4f4f5;--paper:#18181b;--act:#8ec5ff;--on:#0a0a0b}}
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 1rem;overflow-wrap:anywhere}
p{margin:0 0 1rem;overflow-wrap:anywhere}
a{display:inline-block;padding:.7rem 1rem;font-weight:600;color:var(--on);background:var(--act);
text-decoration:none;border-radius:.4rem}
a:focus-visible{outline:3px solid var(--act);outline-offset:3px}
"""
_HASH: Final = b64encode(sha256(_STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
"""The page's own style and nothing else."""


@dataclass(frozen=True, slots=True)
class Page:
    """What somebody reads. `button` is its words and where it leads."""

    heading: str
    said: Sequence[str]
    status: int = 200
    button: tuple[str, str] | None = None

    def response(self) -> web.Response:
        """The page over HTTP."""
        heading = escape(self.heading)
        drawn = "".join(f"<p>{escape(one)}</p>" for one in self.said)
        if self.button is not None:
            drawn += f'<p><a href="{escape(self.button[1])}">{escape(self.button[0])}</a></p>'
        text = (
            '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
            f"<title>{heading} · Signpost</title><style>{_STYLE}</style></head>"
            f"<body><main><h1>{heading}</h1>{drawn}</main></body></html>"
        )
        return web.Response(
            text=text, status=self.status, content_type="text/html", headers={"Content-Security-Policy": POLICY}
        )
