"""Questions, text boxes and people to choose as Adaptive Card inputs. None is ever required.

A required input would stop every button of the card, *Back* too. What the handler always refuses empty says so.
"""

from __future__ import annotations

import re
from typing import Final, assert_never

from bot.teams.cards import Element, clean
from handlers.screens import Field, People, Question, TextBox

FEW_OPTIONS: Final = 12
"""Answers shown one below the other; more become a menu where one answer is wanted."""
FIND: Final = "Find by name"
NEEDED: Final = "(needed)"
MOST_PEOPLE: Final = 100
NAMED: Final = 25
"""Of those chosen who are named on the card: a hundred long names alone would fill most of it."""
EVERYBODY: Final = {"type": "Data.Query", "dataset": "graph.microsoft.com/users"}
"""Whoever is in the tenant, as the client itself finds them: neither we nor our app may read the directory for it."""
_OBJECT: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""An Entra object id: no comma, which divides several."""


def field(asked: Field) -> Element:
    """The element of one field."""
    match asked:
        case Question():
            return question(asked)
        case TextBox():
            return text_box(asked)
        case People():
            return people(asked)
        case _:
            assert_never(asked)


def question(asked: Question) -> Element:
    """Answers to choose from. Never required: a required input would stop *Back* and *Get the recommendation now*."""
    menu = len(asked.options) > FEW_OPTIONS and not asked.several
    drawn: Element = {
        "type": "Input.ChoiceSet",
        "id": asked.id,
        "label": _label(asked),
        "style": "compact" if menu else "expanded",
        "wrap": True,
        "choices": [
            {"title": clean(option.label).strip() or option.value, "value": option.value} for option in asked.options
        ],
    }
    if asked.several:
        drawn["isMultiSelect"] = True
    offered = {option.value for option in asked.options}
    if chosen := [value for value in asked.chosen if value in offered]:
        drawn["value"] = ",".join(chosen if asked.several else chosen[:1])
    return drawn


def text_box(box: TextBox) -> Element:
    """A box for a few words. What stands in it already is never cut, whatever its limit."""
    begun = " ".join(clean(box.value).split()) if box.single else clean(box.value)
    drawn: Element = {
        "type": "Input.Text",
        "id": box.id,
        "label": _label(box),
        "isMultiline": not box.single,
        "maxLength": max(box.max_length, len(begun.encode("utf-16-le")) // 2, 1),
    }
    if begun:
        drawn["value"] = begun
    return drawn


def people(asked: People) -> Element:
    """A box in which Teams finds people by name, with those chosen standing in it.

    Teams finds the name to an id itself. Those whose name we know are offered too: a client that cannot search then
    still shows them, and sends them back instead of nobody.
    """
    chosen = {one.value: clean(one.label).strip() for one in asked.chosen if _OBJECT.fullmatch(one.value)}
    standing = list(chosen)[: MOST_PEOPLE if asked.several else 1]
    drawn: Element = {
        "type": "Input.ChoiceSet",
        "id": asked.id,
        "label": _label(asked),
        "placeholder": FIND,
        "isMultiSelect": asked.several,
        "choices": [{"title": chosen[one], "value": one} for one in standing[:NAMED] if chosen[one]],
        "choices.data": dict(EVERYBODY),
    }
    if standing:
        drawn["value"] = ",".join(standing)
    return drawn


def _label(asked: Field) -> str:
    """Label and help as the one text that a screen reader reads with the field."""
    label = clean(asked.label).strip()
    needed = f"{label} {NEEDED}" if label and asked.needed else label
    return "\n".join(filter(None, (needed, clean(asked.help).strip()))) or asked.id
