"""A form as a page in a browser: a heading, sentences, a box and a button. No script, nothing to load."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import escape
from typing import Final, assert_never

from bot.mail.shown import line
from handlers.screens import (
    Bullets,
    Buttons,
    Caution,
    Form,
    Heading,
    Item,
    Links,
    Paragraph,
    Part,
    People,
    Question,
    Rows,
    Screen,
    Small,
    TextBox,
)

STYLE: Final = """
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--quiet:#52525b;--edge:#71717a;--act:#0b5cad;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#f4f4f5;--paper:#18181b;--quiet:#c4c4cc;--edge:#a1a1aa;--act:#8ec5ff;
--on:#0a0a0b}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.5 system-ui,sans-serif}
main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 1rem;overflow-wrap:anywhere}
h2{font-size:1.25rem;margin:1.5rem 0 .5rem}
p,ul,dl{margin:0 0 1rem;overflow-wrap:anywhere}
.caution{border-left:.35rem solid var(--act);padding-left:.75rem;font-weight:600}
.small{color:var(--quiet);font-size:1rem}
label{display:block;font-weight:600}
.help{display:block;color:var(--quiet);font-size:1rem;font-weight:400}
input{width:100%;margin:.5rem 0 1.25rem;padding:.7rem;font:inherit;color:inherit;background:var(--paper);
border:2px solid var(--edge);border-radius:.4rem}
button{width:100%;min-height:3.25rem;padding:.7rem 1rem;font:inherit;font-weight:600;color:var(--on);
background:var(--act);border:2px solid transparent;border-radius:.4rem;cursor:pointer}
input:focus-visible,button:focus-visible{outline:3px solid var(--act);outline-offset:3px}
"""
HASH: Final = b64encode(sha256(STYLE.encode()).digest()).decode()
POLICY: Final = (
    f"default-src 'none'; style-src 'sha256-{HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The page's own style and its own form; everything else is forbidden."""


def page(screen: Screen) -> str:
    """The screen as a whole page: its first heading is what the page is about. Posted to where it came from."""
    heading = next((part for part in screen.parts if isinstance(part, Heading)), Heading("Signpost"))
    drawn = "".join(tag for part in screen.parts if part is not heading for tag in _drawn(part))
    if isinstance(screen, Form) and screen.submit is not None:
        button = f'<button type="submit">{_text(screen.submit.label)}</button>'
        drawn = f'<form method="post" autocomplete="off">{drawn}{button}</form>'
    title = _text(heading.text)
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>{title} · Signpost</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{drawn}</main></body></html>"
    )


def _drawn(part: Part) -> Iterable[str]:
    match part:
        case Heading(text):
            return [f"<h2>{_text(text)}</h2>"]
        case Paragraph(text):
            return [f"<p>{_text(text)}</p>"]
        case Caution(text):
            return [f'<p class="caution">{_text(text)}</p>']
        case Small(text):
            return [f'<p class="small">{_text(text)}</p>']
        case Bullets(items):
            return ["<ul>", *(f"<li>{_text(f'{one.text} {one.note}')}</li>" for one in items), "</ul>"]
        case Rows(rows):
            return ["<dl>", *(f"<dt>{_text(label)}</dt><dd>{_text(value)}</dd>" for label, value in rows), "</dl>"]
        case Links(links):
            return [f"<p>{_text(one.title)}: {_text(one.url)}</p>" for one in links]
        case Item(label, text, _):
            return [f"<p>{_text(label)}: {_text(text)}</p>"]
        case TextBox():
            return [_box(part)]
        case Buttons() | Question() | People():
            return []  # the page has one button, and asks nothing with answers on offer
        case _:
            assert_never(part)


def _box(box: TextBox) -> str:
    name, most = _text(box.id), box.max_length
    return (
        f'<label for="{name}">{_text(box.label)}<span class="help">{_text(box.help)}</span></label>'
        f'<input id="{name}" name="{name}" type="text" maxlength="{most}" value="{_text(box.value)}" '
        'autocomplete="off" spellcheck="false">'
    )


def _text(text: str) -> str:
    return escape(line(text))
