"""Every screen is within each platform's limits, neutral where it can be seen by others, and has an example."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

import handlers
from bot.play import blockkit
from bot.play.slack import reading
from bot.slack import render
from handlers.examples import examples
from handlers.screens import Form, Message, Screen, buttons_of
from tests.handlers.person import text_of

EXAMPLES = examples()
NOT_NEUTRAL = re.compile(
    r"\b(nudes?|semi-nudes?|images?|pictures?|photos?|police|abuse|sexual|child|children|refer|danger|999)\b",
    re.IGNORECASE,
)
OPEN_FORMS = {
    "start_report", "continue_draft", "open_case", "update_facts", "refer", "do_not_refer", "ask_for_facts",
    "write_down_call", "show_admin", "edit_setup", "list_cases",
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_slack_takes_every_screen(name: str) -> None:
    blocks, findings = _on_slack(EXAMPLES[name])

    assert findings == []
    assert _squeezed(reading.words(blocks)).startswith(_squeezed(_first_words(EXAMPLES[name])))


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_word_is_lost_on_slack(name: str) -> None:
    blocks, _ = _on_slack(EXAMPLES[name])
    shown = _squeezed(json.dumps(blocks, ensure_ascii=False) + reading.words(blocks))

    missing = [word for word in set(text_of(EXAMPLES[name]).split()) if _squeezed(word) not in shown]
    assert missing == []


@pytest.mark.parametrize("name", [name for name, screen in EXAMPLES.items() if isinstance(screen, Message)])
def test_notifications_show_neutral_words(name: str) -> None:
    """SR-30: what a locked phone or a shared whiteboard shows."""
    screen = EXAMPLES[name]
    assert isinstance(screen, Message)

    assert not NOT_NEUTRAL.search(screen.summary)


@pytest.mark.parametrize("name", [name for name, screen in EXAMPLES.items() if isinstance(screen, Form)])
def test_titles_and_main_buttons_fit_and_are_neutral(name: str) -> None:
    screen = EXAMPLES[name]
    assert isinstance(screen, Form)

    assert len(screen.title) <= 24
    assert not NOT_NEUTRAL.search(screen.title)
    assert screen.submit is None or len(screen.submit.label) <= 24


def test_a_button_that_opens_a_form_says_so_wherever_it_stands_on_a_message() -> None:
    """Teams has to draw such a button differently."""
    wrong = [
        (name, button.intent)
        for name, screen in EXAMPLES.items()
        if isinstance(screen, Message)
        for button in buttons_of(screen)
        if button.opens_form != (button.intent in OPEN_FORMS)
    ]
    assert wrong == []


def test_every_function_that_draws_a_screen_has_an_example() -> None:
    folder = Path(handlers.__file__).parent
    source = "".join(path.read_text() for path in (folder / "examples").glob("*.py"))
    drawn = {
        function.name
        for path in Path(handlers.__file__).parent.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text()))
        if isinstance(function, ast.FunctionDef) and _draws(function)
    }
    assert {name for name in drawn if not re.search(rf"\.{name}\(", source)} == set()


def _draws(function: ast.FunctionDef) -> bool:
    """Whether it makes a Form or a Message from plain data: it has no Work, and is no one else's helper."""
    returns = ast.unparse(function.returns) if function.returns else ""
    has_work = any(arg.arg == "work" for arg in (*function.args.args, *function.args.kwonlyargs))
    return returns in ("Form", "Message") and not has_work and not function.name.startswith("_")


def _on_slack(screen: Screen) -> tuple[list[dict[str, Any]], list[blockkit.Finding]]:
    if isinstance(screen, Form):
        view = render.form(screen, str)
        return view["blocks"], blockkit.lint_view(view)
    message = render.message(screen, str)
    return message["blocks"], blockkit.lint_message(message)


def _first_words(screen: Screen) -> str:
    return text_of(screen).split("\n")[0][:20]


def _squeezed(text: str) -> str:
    """Letters and digits alone: marks for bold and lists, and escapes, are the platform's own."""
    plain = text.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">")
    return "".join(char for char in plain.lower() if char.isalnum())
