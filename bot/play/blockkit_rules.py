"""What Slack allows in a view or a message, as data. `blockkit.py` reads these tables.

The figures are the platform's published limits; where two sources differ, the smaller one stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PLAIN = ("plain_text",)
EITHER = ("plain_text", "mrkdwn")
VIEW_BYTES = 250_000
VIEW_BLOCKS = 100
MESSAGE_BLOCKS = 50
MESSAGE_TEXT = 40_000
ID = 255


@dataclass(frozen=True, slots=True)
class Text:
    """A text object of one of `kinds` with at most `limit` characters, never empty."""

    kinds: tuple[str, ...]
    limit: int


@dataclass(frozen=True, slots=True)
class Str:
    """A plain JSON string with at most `limit` characters, and of the form `pattern` if there is one."""

    limit: int
    pattern: str = ""
    empty: bool = True


@dataclass(frozen=True, slots=True)
class Bool:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Int:
    """A whole number from `low` to `high`."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `low` to `high` things that each follow `item`."""

    item: Rule
    high: int
    low: int = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with exactly these keys, of which `must` have to be there, and one at least of each `any_of` group."""

    keys: Mapping[str, Rule]
    must: tuple[str, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    not_both: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose `type` picks its shape from `shapes`; `allowed` says which types this place takes."""

    shapes: Mapping[str, Shape]
    allowed: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Anything:
    """A value that this linter does not look into."""


Rule = Text | Str | Bool | Int | OneOf | Many | Shape | Typed | Anything

CONFIRM = Shape(
    {
        "title": Text(PLAIN, 100),
        "text": Text(EITHER, 300),
        "confirm": Text(PLAIN, 30),
        "deny": Text(PLAIN, 30),
        "style": OneOf(("primary", "danger")),
    },
    must=("title", "text", "confirm", "deny"),
)
# Older documentation says 75 for an option's value, newer says 150: what fits the smaller figure fits both.
PLAIN_OPTION = Shape(
    {"text": Text(PLAIN, 75), "value": Str(75, empty=False), "description": Text(PLAIN, 75)}, must=("text", "value")
)
RICH_OPTION = Shape(
    {"text": Text(EITHER, 75), "value": Str(75, empty=False), "description": Text(EITHER, 75)}, must=("text", "value")
)
LINK_OPTION = Shape({**PLAIN_OPTION.keys, "url": Str(3000)}, must=("text", "value"))
OPTION_GROUP = Shape({"label": Text(PLAIN, 75), "options": Many(PLAIN_OPTION, 100)}, must=("label", "options"))
DISPATCH = Shape({"trigger_actions_on": Many(OneOf(("on_enter_pressed", "on_character_entered")), 2)})

_BASE: dict[str, Rule] = {"type": Str(64), "action_id": Str(ID, empty=False)}
_FOCUS: dict[str, Rule] = {"focus_on_load": Bool()}
_ASK: dict[str, Rule] = {**_BASE, **_FOCUS, "confirm": CONFIRM}
_MENU: dict[str, Rule] = {**_ASK, "placeholder": Text(PLAIN, 150)}
_TYPED_IN: dict[str, Rule] = {
    **_BASE,
    **_FOCUS,
    "placeholder": Text(PLAIN, 150),
    "initial_value": Str(3000),
    "dispatch_action_config": DISPATCH,
}
_PICTURE: dict[str, Rule] = {
    "type": Str(64),
    "image_url": Str(3000),
    "slack_file": Anything(),
    "alt_text": Str(2000, empty=False),
}
_STATIC: dict[str, Rule] = {"options": Many(PLAIN_OPTION, 100), "option_groups": Many(OPTION_GROUP, 100)}
_LISTS = ("options", "option_groups")
_MOST: dict[str, Rule] = {"max_selected_items": Int(1, 100)}


def _menus() -> dict[str, Shape]:
    """Return the menus whose choices come from Slack or from us at the time of asking, one or several at once."""
    menus: dict[str, Shape] = {}
    for what, first in (("users", "user"), ("conversations", "conversation"), ("channels", "channel")):
        extra: dict[str, Rule] = {} if what == "users" else {"response_url_enabled": Bool()}
        if what == "conversations":
            extra |= {"default_to_current_conversation": Bool(), "filter": Anything()}
        one = Str(64, r"[UW][A-Z0-9]+" if what == "users" else "", empty=False)
        menus[f"{what}_select"] = Shape({**_MENU, **extra, f"initial_{first}": one})
        extra.pop("response_url_enabled", None)
        many = Many(one, 100)
        menus[f"multi_{what}_select"] = Shape({**_MENU, **_MOST, **extra, f"initial_{what}": many})
    asked: dict[str, Rule] = {**_MENU, "min_query_length": Int(0, 100)}
    menus["external_select"] = Shape({**asked, "initial_option": PLAIN_OPTION})
    menus["multi_external_select"] = Shape({**asked, **_MOST, "initial_options": Many(PLAIN_OPTION, 100)})
    return menus


ELEMENTS: Mapping[str, Shape] = {
    "button": Shape(
        {
            **_BASE,
            "text": Text(PLAIN, 75),
            "value": Str(2000),
            "url": Str(3000),
            "style": OneOf(("primary", "danger")),
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
        },
        must=("text",),
    ),
    "plain_text_input": Shape(
        {**_TYPED_IN, "multiline": Bool(), "min_length": Int(0, 3000), "max_length": Int(1, 3000)}
    ),
    "email_text_input": Shape(_TYPED_IN),
    "url_text_input": Shape(_TYPED_IN),
    "number_input": Shape(
        {**_TYPED_IN, "is_decimal_allowed": Bool(), "min_value": Str(64), "max_value": Str(64)},
        must=("is_decimal_allowed",),
    ),
    "static_select": Shape({**_MENU, **_STATIC, "initial_option": PLAIN_OPTION}, any_of=(_LISTS,), not_both=(_LISTS,)),
    "multi_static_select": Shape(
        {**_MENU, **_STATIC, **_MOST, "initial_options": Many(PLAIN_OPTION, 100)}, any_of=(_LISTS,), not_both=(_LISTS,)
    ),
    "radio_buttons": Shape(
        {**_ASK, "options": Many(RICH_OPTION, 10), "initial_option": RICH_OPTION}, must=("options",)
    ),
    "checkboxes": Shape(
        {**_ASK, "options": Many(RICH_OPTION, 10), "initial_options": Many(RICH_OPTION, 10)}, must=("options",)
    ),
    "overflow": Shape({**_BASE, "options": Many(LINK_OPTION, 5), "confirm": CONFIRM}, must=("options",)),
    "datepicker": Shape({**_MENU, "initial_date": Str(10, r"\d{4}-\d\d-\d\d")}),
    "timepicker": Shape({**_MENU, "initial_time": Str(5, r"\d\d:\d\d"), "timezone": Str(64)}),
    "datetimepicker": Shape({**_ASK, "initial_date_time": Int(1_000_000_000, 9_999_999_999)}),
    "file_input": Shape({**_BASE, "filetypes": Anything(), "max_files": Int(1, 10)}),
    "rich_text_input": Shape({**_TYPED_IN, "initial_value": Anything()}),
    "image": Shape(_PICTURE, must=("alt_text",), any_of=(("image_url", "slack_file"),)),
    **_menus(),
}

ONE_MENU = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
MANY_MENU = tuple(f"multi_{name}" for name in ONE_MENU)
_PICKERS = ("datepicker", "timepicker")
_CHOICES = ("radio_buttons", "checkboxes")
IN_SECTION = ("button", "image", "overflow", *ONE_MENU, *MANY_MENU, *_PICKERS, *_CHOICES)
IN_ACTIONS = ("button", "overflow", *ONE_MENU, *_PICKERS, "datetimepicker", *_CHOICES)
IN_INPUT = (
    *("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input"),
    *(*ONE_MENU, *MANY_MENU, *_PICKERS, "datetimepicker", *_CHOICES),
)
FOCUSABLE = tuple(name for name, shape in ELEMENTS.items() if "focus_on_load" in shape.keys)

_IN_BLOCK: dict[str, Rule] = {"type": Str(64), "block_id": Str(ID, empty=False)}
_CONTEXT: Mapping[str, Shape] = {
    "image": ELEMENTS["image"],
    "plain_text": Shape({"type": Str(64), "text": Str(3000, empty=False), "emoji": Bool()}, must=("text",)),
    "mrkdwn": Shape({"type": Str(64), "text": Str(3000, empty=False), "verbatim": Bool()}, must=("text",)),
}

BLOCKS: Mapping[str, Shape] = {
    "header": Shape({**_IN_BLOCK, "text": Text(PLAIN, 150)}, must=("text",)),
    "section": Shape(
        {
            **_IN_BLOCK,
            "text": Text(EITHER, 3000),
            "fields": Many(Text(EITHER, 2000), 10),
            "accessory": Typed(ELEMENTS, IN_SECTION, "a section"),
            "expand": Bool(),
        },
        any_of=(("text", "fields"),),
    ),
    "context": Shape(
        {**_IN_BLOCK, "elements": Many(Typed(_CONTEXT, tuple(_CONTEXT), "a context block"), 10)}, must=("elements",)
    ),
    "divider": Shape(_IN_BLOCK),
    "actions": Shape(
        {**_IN_BLOCK, "elements": Many(Typed(ELEMENTS, IN_ACTIONS, "an actions block"), 25)}, must=("elements",)
    ),
    "input": Shape(
        {
            **_IN_BLOCK,
            "label": Text(PLAIN, 2000),
            "element": Typed(ELEMENTS, IN_INPUT, "an input block"),
            "hint": Text(PLAIN, 2000),
            "optional": Bool(),
            "dispatch_action": Bool(),
        },
        must=("label", "element"),
    ),
    "image": Shape(
        {**_PICTURE, **_IN_BLOCK, "title": Text(PLAIN, 2000)},
        must=("alt_text",),
        any_of=(("image_url", "slack_file"),),
    ),
    "markdown": Shape({**_IN_BLOCK, "text": Str(12_000, empty=False)}, must=("text",)),
}
IN_VIEW = tuple(name for name in BLOCKS if name != "markdown")
IN_MESSAGE = tuple(BLOCKS)

_IN_ANY_VIEW: dict[str, Rule] = {
    "type": OneOf(("modal", "home")),
    "private_metadata": Str(3000),
    "callback_id": Str(ID),
    "external_id": Str(ID),
}
_VIEW_BLOCKS = Typed(BLOCKS, IN_VIEW, "a view")
HOME = Shape({**_IN_ANY_VIEW, "blocks": Many(_VIEW_BLOCKS, VIEW_BLOCKS)}, must=("type", "blocks"))
MODAL = Shape(
    {
        **_IN_ANY_VIEW,
        "title": Text(PLAIN, 24),
        "submit": Text(PLAIN, 24),
        "close": Text(PLAIN, 24),
        "blocks": Many(_VIEW_BLOCKS, VIEW_BLOCKS),
        "clear_on_close": Bool(),
        "notify_on_close": Bool(),
        "submit_disabled": Bool(),
    },
    must=("type", "title", "blocks"),
)
MESSAGE = Shape(
    {
        "text": Str(MESSAGE_TEXT),
        "blocks": Many(Typed(BLOCKS, IN_MESSAGE, "a message"), MESSAGE_BLOCKS, low=0),
        "metadata": Shape(
            {"event_type": Str(ID, r"[A-Za-z0-9_-]+"), "event_payload": Anything()},
            must=("event_type", "event_payload"),
        ),
    },
)
