"""The few Adaptive Card shapes that we use, as plain dictionaries, and how words are put into them.

Teams reads a subset of Markdown in a TextBlock. A text that holds anything of it is drawn as a RichTextBlock, where
nothing is read: so whatever somebody typed is shown as they typed it, and runs nothing (SR-34).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, TypeAlias

from handlers.screens import Button

Element: TypeAlias = dict[str, Any]
Seal: TypeAlias = Callable[[str], str]
"""Seals a token for the one account that the screen is drawn for."""

VERSION: Final = "1.5"
"""The newest schema that Teams draws in messages and dialogs."""
CARD_TYPE: Final = "application/vnd.microsoft.card.adaptive"

_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
"""Control characters, and marks that turn the direction of what follows: they could make a text read as another."""
_BROKEN: Final = re.compile("[\ud800-\udfff]")
_MARKUP: Final = re.compile(
    r"[*_~`\[\]<>#\\&|{}@$]|//|www\.|:[\w+-]+:|^\s*(?:[-+\u2013\u2022]|\d+[.)])\s|^(?:=+|-+)\s*$|^\s{3,}", re.MULTILINE
)
"""Marks, entities, addresses, template braces, list signs at the start of a line: what could be more than words."""


def clean(text: str) -> str:
    """The text without what no reader can see: control characters, turned directions, halves of characters."""
    if text.isascii() and text.isprintable():
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _BROKEN.sub("\ufffd", _HIDDEN.sub("", plain))


def decorable(text: str) -> bool:
    """Whether Markdown would show this text as it stands."""
    return _MARKUP.search(text) is None


def run(text: str, **look: object) -> Element:
    """Words inside a RichTextBlock."""
    return {"type": "TextRun", "text": text, **look}


def rich(runs: Iterable[Element], **place: object) -> Element:
    """Words that nothing reads as markup. Braces stand in runs of their own, so that they call no date function."""
    inlines = [{**one, "text": piece} for one in runs for piece in re.split(r"(?<=\{)(?=\{)", one["text"]) if piece]
    return {"type": "RichTextBlock", "inlines": inlines, **place}


def lines(text: str, *, spacing: str = "", **look: object) -> list[Element]:
    """A text line by line: as TextBlocks, or as rich text where a line holds what Markdown would read.

    `look` is weight, size, colour, isSubtle; the first line keeps the usual distance to what stands before it, or
    `spacing`. Empty lines are left out.
    """
    drawn: list[Element] = []
    for line in (line.strip() for line in clean(text).split("\n")):
        if not line:
            continue
        near = {"spacing": "Small"} if drawn else ({"spacing": spacing} if spacing else {})
        if decorable(line):
            drawn.append({"type": "TextBlock", "text": line, "wrap": True, **look, **near})
        else:
            drawn.append(rich([run(line, **look)], **near))
    return drawn


def container(items: Sequence[Element], style: str) -> Element:
    """A box of its own."""
    return {"type": "Container", "style": style, "items": list(items)}


def action_set(actions: Sequence[Element]) -> Element:
    """Buttons in a row."""
    return {"type": "ActionSet", "actions": list(actions)}


def card(body: Sequence[Element], actions: Sequence[Element] = ()) -> Element:
    """A card. `actions` stand at its foot."""
    drawn: Element = {"type": "AdaptiveCard", "version": VERSION, "body": list(body)}
    if actions:
        drawn["actions"] = list(actions)
    return drawn


def attachment(content: Element) -> Element:
    """A card as it travels."""
    return {"contentType": CARD_TYPE, "content": content}


def data(pressed: Button, seal: Seal, *, token: str = "", several: Sequence[str] = ()) -> Element:
    """What comes back when a button is pressed: its intent and the sealed token.

    `several` names the questions of the same form that take more than one answer: Teams sends those as one text with
    commas, which only the drawer can tell from a text with a comma in it.
    """
    held: Element = {"intent": pressed.intent}
    if about := pressed.token or token:
        held["token"] = seal(about)
    if several:
        held["several"] = list(several)
    return held


def asked_first(action: Element, question: str) -> Element:
    """A press to be confirmed: Teams asks nothing by itself, so the button unfolds the question and the press.

    Two of the same name below each other would leave open which of them asks.
    """
    title = action["title"]
    ask = card(lines(question), [{**action, "title": f"Yes, {title[:1].lower()}{title[1:]}"}])
    return {"type": "Action.ShowCard", "title": title, "card": ask}
