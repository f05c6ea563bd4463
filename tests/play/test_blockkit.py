"""The linter against broken samples, one fault each, and against Slack's own models as a second opinion."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.play.blockkit import lint_message, lint_view
from tests.play import small_bot
from tests.play.small_bot import actions, ask, plain, section
from tests.play.spoilt import SPOILT, good

if TYPE_CHECKING:
    from collections.abc import Callable

Json = dict[str, Any]
HOME: Json = {"type": "home", "blocks": [section("Welcome.")]}


@pytest.mark.parametrize(("spoil", "path", "code"), [row[1:] for row in SPOILT], ids=[row[0] for row in SPOILT])
def test_a_window_spoilt_in_one_place_gets_one_finding_at_that_place(
    spoil: Callable[[Json], None], path: str, code: str
) -> None:
    view = good()
    spoil(view)
    path = path.replace("…", "blocks[12].element.")

    assert [(finding.path, finding.code) for finding in lint_view(view)] == [(path, code)]


@pytest.mark.parametrize(
    "view",
    [good(), small_bot.first(), small_bot.second(), small_bot.result(), HOME],
    ids=["everything", "first", "second", "result", "home"],
)
def test_a_good_view_has_no_findings_and_slacks_own_models_agree(view: Json) -> None:
    assert lint_view(view) == []
    again = View(**copy.deepcopy(view))
    again.validate_json()
    assert again.to_dict() == view  # the models drop silently what they do not know


def test_an_empty_home_tab_is_a_finding() -> None:
    assert [(f.path, f.code) for f in lint_view({**HOME, "blocks": []})] == [("blocks", "empty")]


def test_what_is_not_a_view_at_all_is_one_finding() -> None:
    assert [f.code for f in lint_view(None)] == [f.code for f in lint_view([])] == ["wrong_type"]


def test_a_title_is_for_windows_and_not_for_the_home_tab() -> None:
    assert [(f.path, f.code) for f in lint_view({**HOME, "title": plain("x")})] == [("title", "unknown")]


MESSAGES: list[tuple[str, Json, str, str]] = [
    ("blocks without a text", {"blocks": [section("x")]}, "text", "missing"),
    ("nothing at all", {}, "text", "missing"),
    ("51 blocks", {"text": "x", "blocks": [{"type": "divider"}] * 51}, "blocks", "too_many"),
    ("a text of 40001", {"text": "x" * 40_001}, "text", "too_long"),
    ("an unknown block", {"text": "x", "blocks": [{"type": "x"}]}, "blocks[0].type", "unknown"),
    (
        "a markdown block of 12001",
        {"text": "x", "blocks": [{"type": "markdown", "text": "x" * 12_001}]},
        "blocks[0].text",
        "too_long",
    ),
    (
        "a file box",
        {"text": "x", "blocks": [ask("a", "x", {"type": "file_input"})]},
        "blocks[0].element",
        "not_allowed",
    ),
    ("metadata without a payload", {"text": "x", "metadata": {"event_type": "a"}}, "metadata.event_payload", "missing"),
]


@pytest.mark.parametrize(("message", "path", "code"), [m[1:] for m in MESSAGES], ids=[m[0] for m in MESSAGES])
def test_a_message_spoilt_in_one_place_gets_one_finding_there(message: Json, path: str, code: str) -> None:
    assert [(finding.path, finding.code) for finding in lint_message(message)] == [(path, code)]


def test_a_good_message_has_no_findings_and_slacks_own_models_agree() -> None:
    blocks = [section("x"), actions(("open_case", "Open", "1")), actions(("open_case", "Open", "2"))]
    assert lint_message({"text": "SP-7K4M-2Q: ready.", "blocks": blocks, "channel": "C1", "unfurl_links": False}) == []
    assert [Block.parse(block).to_dict() for block in copy.deepcopy(blocks)] == blocks  # type: ignore[union-attr]


def test_a_finding_reads_as_one_line_that_says_where_and_what() -> None:
    finding = lint_view({**good(), "title": plain("x" * 30)})[0]
    assert str(finding) == "title.text: 30 characters, at most 24"
