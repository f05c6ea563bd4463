"""Each part of a screen as Block Kit.

Decoration is only ever put around text that Slack's markup shows as it stands (`mrkdwn.decorable`); any other text is
drawn as `plain_text`. Long texts are split between sentences or words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final, assert_never

from bot.slack import inputs, limits
from bot.slack.blocks import Block, Seal, actions, button, context, header, marked, plain, section
from bot.slack.mrkdwn import clean, decorable, escape
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Heading,
    Item,
    Line,
    Links,
    Paragraph,
    Part,
    People,
    Question,
    Rows,
    Small,
    TextBox,
)

SIGN: Final = "⚠️"
_ROOM: Final = 2800
"""Of a section, so that marks and bullets fit beside the words."""


def draw(part: Part, seal: Seal) -> list[Block]:
    """The blocks of one part; none for a part without words."""
    match part:
        case Heading(text):
            return _heading(_one_line(text))
        case Paragraph(text):
            return [section(plain(piece)) for piece in limits.pieces(clean(text), limits.SECTION)]
        case Caution(text):
            return caution(text)
        case Small(text):
            return [context([plain(piece)]) for piece in limits.pieces(clean(text), limits.CONTEXT)]
        case Bullets(items, boxed):
            return _texts(_bullets(items, box=">" if boxed else ""))
        case Rows(rows):
            return _texts(line for label, value in rows for line in _row(_one_line(label), clean(value).strip()))
        case Links(links):
            return _texts(line for link in links for line in _link(_one_line(link.title), link.url))
        case Item(label, text, pressed):
            return _item(_one_line(label), clean(text).strip(), button(pressed, seal))
        case Buttons(buttons):
            return [actions(row) for row in _rows_of(buttons, seal)]
        case Question() | TextBox() | People():
            return inputs.field(part)
        case _:
            assert_never(part)


def caution(text: str) -> list[Block]:
    """A box of its own: a bar at the side, a sign, and the first line in bold."""
    blocks: list[Block] = []
    for number, piece in enumerate(limits.pieces(clean(text), _ROOM)):
        sign = f"{SIGN} " if number == 0 else ""
        first, *more = piece.split("\n")
        lines = [f">{sign}*{escape(first.strip())}*", *(f">{escape(line.strip())}" for line in more)]
        if decorable(piece) and limits.length(boxed := "\n".join(lines)) <= limits.SECTION:
            blocks.append(section(marked(boxed)))
        else:
            blocks.append(section(plain(f"{sign}{piece}")))
    return blocks


def _heading(text: str) -> list[Block]:
    if not text:
        return []
    if limits.length(text) <= limits.HEADER:
        return [header(text)]
    return _texts((_bold(piece), True) if _boldable(piece) else (piece, False) for piece in _lined(text))


def _bullets(items: tuple[Line, ...], box: str) -> Iterator[tuple[str, bool]]:
    for item in items:
        text, note = clean(item.text).strip(), _one_line(item.note)
        if not (text or note):
            continue
        whole = f"• {escape(text)}" + (f" _{escape(note)}_" if note else "")
        if decorable(f"{text}\n{note}") and limits.length(whole) < _ROOM:
            yield "\n".join(f"{box}{line}" for line in whole.split("\n")), True
        else:
            yield from ((line, False) for line in _lined(f"• {text} {note}".rstrip()))


def _row(label: str, value: str) -> Iterator[tuple[str, bool]]:
    bold, beside = f"*{escape(label)}*" if label else "", escape(value)
    if decorable(f"{label}\n{value}") and limits.length(bold) + limits.length(beside) < _ROOM:
        yield f"{bold}\n{beside}".strip(), True
        return
    yield from ((_bold(line), True) if _boldable(line) else (line, False) for line in _lined(label))
    yield from ((line, False) for line in _lined(value))


def _link(title: str, url: str) -> Iterator[tuple[str, bool]]:
    """A link to a fixed https address; anything else is only written out."""
    linked = f"• <{escape(url)}|{escape(title or url).replace('|', '¦')}>"
    if url.startswith("https://") and not set(url) & set(" <>|\n") and limits.length(linked) < _ROOM:
        yield linked, True
    else:
        yield from ((line, False) for line in _lined(f"• {title} {clean(url)}"))


def _item(label: str, text: str, pressed: Block) -> list[Block]:
    """Label, line and button in one section; what does not go into it follows below."""
    if label:  # many such buttons bear the same word: whoever hears them is told which is which
        named = f"{pressed['text']['text']}: {label}"
        pressed = {**pressed, "accessibility_label": limits.shortened(named, limits.BUTTON)}
    both = (f"{_bold(label)}\n{escape(text)}" if label else escape(text)).strip() or "…"
    if decorable(f"{label}\n{text}") and limits.length(both) <= limits.SECTION:
        return [section(marked(both), pressed)]
    heads = limits.pieces(label or "…", _ROOM)
    first = marked(_bold(heads[0])) if _boldable(heads[0]) else plain(heads[0])
    more = [section(plain(piece)) for piece in (*heads[1:], *limits.pieces(text, limits.SECTION))]
    return [section(first, pressed), *more]


def _rows_of(buttons: tuple[Button, ...], seal: Seal) -> list[list[Block]]:
    """Buttons in rows in which no intent stands twice: inside a block Slack wants each `action_id` once."""
    rows: list[list[Block]] = []
    for pressed in buttons:
        drawn = button(pressed, seal)
        full = not rows or len(rows[-1]) >= limits.BUTTONS
        if full or any(other["action_id"] == drawn["action_id"] for other in rows[-1]):
            rows.append([])
        rows[-1].append(drawn)
    return rows


def _bold(line: str) -> str:
    return f"*{escape(line)}*"


def _boldable(line: str) -> bool:
    """Whether a line can stand in bold: nothing in it is markup, it is one line, and it fits."""
    return decorable(line) and "\n" not in line and limits.length(_bold(line)) <= limits.SECTION


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _lined(text: str) -> list[str]:
    return limits.pieces(text, _ROOM)


def _texts(lines: Iterable[tuple[str, bool]]) -> list[Block]:
    """Lines as sections, as few as keep their order. The flag says whether a line is in Slack's markup."""
    blocks: list[Block] = []
    for with_marks, group in groupby((line for line in lines if line[0].strip()), key=lambda line: line[1]):
        texts = limits.lines_in((text for text, _ in group), limits.SECTION)
        blocks.extend(section(marked(text) if with_marks else plain(text)) for text in texts)
    return blocks
