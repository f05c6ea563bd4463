"""Questions and text boxes as input blocks. `block_id` and `action_id` are the question's id.

Slack writes "(optional)" behind every label that it does not require, and lets an empty field that it does require not
through, with everything typed still there. So those that the handler always refuses empty are required, and no others.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, assert_never

from bot.slack import limits
from bot.slack.blocks import Block, context, plain, section
from bot.slack.checked import person
from bot.slack.mrkdwn import clean
from handlers.screens import Field, Option, People, Question, TextBox

FIND: Final = "Find by name"


def field(asked: Field) -> list[Block]:
    """The blocks of one field."""
    match asked:
        case Question():
            return question(asked)
        case TextBox():
            return text_box(asked)
        case People():
            return people(asked)
        case _:
            assert_never(asked)


def question(asked: Question) -> list[Block]:
    """Radio buttons or checkboxes; a menu when there are more than ten answers."""
    options, in_full = _drawn(asked.options)
    element: Block = {"type": _kind(asked), "action_id": asked.id, **_offered(options)}
    chosen = [option for option in options if option["value"] in asked.chosen]
    if chosen and asked.several:
        element["initial_options"] = chosen
    elif chosen:
        element["initial_option"] = chosen[0]
    blocks = _input(asked, element)
    if asked.tells_at_once:
        blocks[-1]["dispatch_action"] = True
    return [*in_full, *blocks]


def text_box(box: TextBox) -> list[Block]:
    """A box for a few words. What stands in it already is never cut, whatever its limit."""
    begun = " ".join(clean(box.value).split()) if box.single else clean(box.value)
    most = min(limits.TEXT_BOX, max(box.max_length, limits.length(begun), 1))
    element: Block = {"type": "plain_text_input", "action_id": box.id, "multiline": not box.single, "max_length": most}
    before: list[Block] = []
    if limits.length(begun) > most:  # longer than Slack lets a box hold: what does not fit stands above it
        parts = limits.pieces(begun, most)
        before = [section(plain(part)) for part in parts[:-1]]
        begun = parts[-1]
    if begun:
        element["initial_value"] = begun
    return [*before, *_input(box, element)]


def people(asked: People) -> list[Block]:
    """A menu in which Slack finds people by name, with those chosen standing in it.

    Slack shows their names itself. What is no person's id is left out: the whole window could be refused for it.
    """
    chosen = list(dict.fromkeys(one.value for one in asked.chosen if person(one.value)))
    element: Block = {"type": "users_select", "action_id": asked.id, "placeholder": plain(FIND)}
    if asked.several:
        element |= {"type": "multi_users_select", "max_selected_items": limits.PEOPLE}
        if chosen:
            element["initial_users"] = chosen[: limits.PEOPLE]
    elif chosen:
        element["initial_user"] = chosen[0]
    return _input(asked, element)


def _input(asked: Field, element: Block) -> list[Block]:
    """An input block; what of its label or hint is too long for it stands in blocks of their own above."""
    labels = limits.pieces(clean(asked.label), limits.INPUT_TEXT) or [asked.id]
    hints = limits.pieces(clean(asked.help), limits.INPUT_TEXT)
    block: Block = {
        "type": "input",
        "block_id": asked.id,
        "optional": not asked.needed,
        "label": plain(labels[-1]),
        "element": element,
    }
    above = [section(plain(part)) for part in labels[:-1]]
    if len(hints) == 1:
        block["hint"] = plain(hints[0])
    else:
        above += [context([plain(part)]) for part in hints]
    return [*above, block]


def _kind(asked: Question) -> str:
    few = len(asked.options) <= limits.FEW_OPTIONS
    if asked.several:
        return "checkboxes" if few else "multi_static_select"
    return "radio_buttons" if few else "static_select"


def _offered(options: list[Block]) -> Block:
    """The options as a list, or in groups when a list cannot hold them."""
    if len(options) <= limits.MENU:
        return {"options": options}
    groups = [options[start : start + limits.MENU] for start in range(0, len(options), limits.MENU)]
    first = range(1, len(options) + 1, limits.MENU)
    labels = [f"{start} to {start + len(group) - 1}" for start, group in zip(first, groups, strict=True)]
    return {
        "option_groups": [
            {"label": plain(label), "options": group} for label, group in zip(labels, groups, strict=True)
        ]
    }


@lru_cache(maxsize=256)
def _drawn(options: tuple[Option, ...]) -> tuple[list[Block], list[Block]]:
    """The options, and what stands above the question. Nearly always the guidance's own: drawn once, changed never."""
    return [_option(option) for option in options], _in_full(options)


def _option(option: Option) -> Block:
    """An option; a label that is too long for its text goes on in its description."""
    label = clean(option.label).strip() or option.value
    if limits.length(label) <= limits.OPTION:
        return {"text": plain(label), "value": option.value}
    head, rest = limits.two(label, limits.OPTION)
    return {
        "text": plain(head),
        "value": option.value,
        "description": plain(limits.shortened(rest, limits.OPTION)),
    }


def _in_full(options: tuple[Option, ...]) -> list[Block]:
    """The labels that no option can show whole, above the question."""
    labels = [clean(option.label).strip() for option in options]
    long = [
        label
        for label in labels
        if limits.length(label) > limits.OPTION and limits.length(limits.two(label, limits.OPTION)[1]) > limits.OPTION
    ]
    if not long:
        return []
    lines = [piece for label in long for piece in limits.pieces(f"• {label}", limits.SECTION)]
    return [section(plain(text)) for text in limits.lines_in(["These answers in full:", *lines], limits.SECTION)]
