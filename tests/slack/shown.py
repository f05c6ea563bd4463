"""Reads Block Kit back as a reader would: every word in order, and the buttons apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

Json = dict[str, Any]


def seal(token: str) -> str:
    """Stands for a seal where a test does not look into tokens."""
    return f"sealed({token})"


def texts(blocks: list[Json]) -> list[Json]:
    """Every text object that is no button, in the order of the screen."""
    return [text for block in blocks for text in _texts(block)]


def letters(blocks: list[Json]) -> str:
    """All letters and digits of a screen in order, without the marks, links and entities around them."""
    return "".join(kept(_literal(text)) for text in texts(blocks))


def kept(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))


def labels(blocks: list[Json]) -> list[str]:
    """The labels of the buttons in order."""
    found = [element for block in blocks for element in (*block.get("elements", []), block.get("accessory"))]
    return [element["text"]["text"] for element in found if element and element["type"] == "button"]


def _texts(block: Json) -> Iterator[Json]:
    match block["type"]:
        case "section" | "header":
            yield block["text"]
        case "context":
            yield from block["elements"]
        case "input":
            yield block["label"]
            element = block["element"]
            groups = element.get("option_groups", [{"options": element.get("options", [])}])
            for option in (option for group in groups for option in group["options"]):
                yield option["text"]
                if "description" in option:
                    yield option["description"]
            if "initial_value" in element:
                yield {"type": "plain_text", "text": element["initial_value"]}
            if "hint" in block:
                yield block["hint"]
        case _:
            return


def _literal(text: Json) -> str:
    if text["type"] == "plain_text":
        return str(text["text"])
    return unescape(re.sub(r"<[^|>]+\|([^>]*)>", r"\1", text["text"]))
