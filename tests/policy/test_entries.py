"""Whatever somebody writes into a file or a pipe becomes an answer or a sentence, never a crash."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from policy.entries import LONGEST_LINE, Entry, Refusal, answer, from_json, from_toml
from tests.policy.given import any_answers

SECRET = "Jo Bloggs of 9B"


def refused(raw: bytes) -> dict[str, Any]:
    told = answer(from_json(raw), "england-2024")
    json.loads(json.dumps(told, allow_nan=False))
    assert set(told) == {"id", "error"}
    assert set(told["error"]) == {"fact", "message"}
    assert told["error"]["message"].endswith(".")
    assert len(json.dumps(told["error"])) < 400
    return told


@pytest.mark.parametrize(
    ("raw", "id_", "fact"),
    [
        (b"", None, None),
        (b"{", None, None),
        (b"[]", None, None),
        (b"null", None, None),
        (b'"facts"', None, None),
        (b"7", None, None),
        (b"\xff\xfe", None, None),
        (b'{"id": 1, "facts": null}', 1, None),
        (b'{"id": 1, "facts": []}', 1, None),
        (b'{"id": 1, "facts": {"harm_now": null}}', 1, "harm_now"),
        (b'{"id": 1, "facts": {"harm_now": {"no": 1}}}', 1, "harm_now"),
        (b'{"id": 1, "facts": {"image_location": "deleted"}}', 1, "image_location"),
        (b'{"id": 1, "facts": {"image_location": [["deleted"]]}}', 1, "image_location"),
        (b'{"id": 1, "facts": {"harm_now": "no", "harm_now": "at_risk"}}', 1, "harm_now"),
        (b'{"id": 1, "facts": {}, "facts": {"harm_now": "no"}}', 1, None),
        (b'{"id": 1, "id": 2, "facts": {}}', 2, None),
        (b'{"id": 1, "facts": {"harm_now": NaN}}', 1, None),
        (b'{"id": NaN, "facts": {}}', None, None),
        (b'{"id": 1, "facts": {"harm_now": 1e999}}', 1, None),
        (b'{"id": 1, "facts": {"harm_now": ' + b"9" * 5000 + b"}}", None, None),
        (b'{"id": 1, "edition": 2024, "facts": {}}', 1, None),
        (b'{"id": 1, "edition": "\\ud800", "facts": {}}', 1, None),
        (b'{"id": 1, "facts": {"\\ud800": "no"}}', 1, "?"),
        (b'{"id": 1, "facts": {"self": "no"}}', 1, "self"),
        (b'{"id": 1, "harm_now": "in_danger_now"}', 1, "harm_now"),
        (b'{"id": 1, "facts": {}, "harm_now": "in_danger_now"}', 1, "harm_now"),
        (b'{"id": 1, "fact": {"harm_now": "in_danger_now"}}', 1, None),
        (b"[" * 100_000, None, None),
        (b'{"a":' * 100_000, None, None),
        (b'{"id": "' + b"x" * LONGEST_LINE + b'"}', None, None),
    ],
    ids=lambda value: str(value)[:40] if isinstance(value, bytes) else None,
)
def test_what_cannot_be_read_is_refused_in_a_sentence(raw: bytes, id_: object, fact: str | None) -> None:
    told = refused(raw)

    assert told["id"] == id_
    assert told["error"]["fact"] == fact


def test_a_refusal_never_repeats_an_answer() -> None:
    for raw in (
        {"id": 1, "facts": {"harm_now": SECRET}},
        {"id": 1, "facts": {"image_location": [SECRET]}},
        {"id": 1, "facts": SECRET},
        {"id": 1, "edition": SECRET, "facts": {}},
    ):
        assert SECRET not in json.dumps(refused(json.dumps(raw).encode()))


def test_a_repeated_name_among_very_many_takes_hardly_longer_to_find_than_to_read() -> None:
    names = ",".join(f'"a{number}":0' for number in range(60_000))
    raw = f'{{{names},"a59999":0}}'.encode()

    assert cost(lambda: refused(raw)) < 50 * cost(lambda: json.loads(raw))  # each with each: a thousand times


def cost(of: Callable[[], object]) -> float:
    """Seconds of this processor, whatever else it does: the best of three."""
    took = []
    for _ in range(3):
        began = time.process_time()
        of()
        took.append(time.process_time() - began)
    return min(took)


def test_other_keys_of_a_vignette_and_a_byte_order_mark_are_no_matter() -> None:
    told = answer(from_json(b'\xef\xbb\xbf{"id": 1, "title": "x", "outcome": "?", "facts": {}}\r\n'), "england-2024")

    assert told["outcome"] == "dsl_review"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=20), inner),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(raw=st.binary() | st.text().map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(raw=b'{"facts": {}}')
def test_any_bytes_become_an_answer_or_a_sentence(raw: bytes) -> None:
    json.dumps(answer(from_json(raw), "england-2024"), allow_nan=False)
    for entry in from_toml(raw):
        json.dumps(answer(entry, "england-2024"), allow_nan=False)


@settings(max_examples=100, deadline=None)
@given(value=st.fixed_dictionaries({}, optional={"id": json_values, "edition": json_values, "facts": json_values}))
def test_any_json_becomes_an_answer_or_a_sentence(value: dict[str, Any]) -> None:
    json.dumps(answer(from_json(json.dumps(value).encode()), "england-2024"), allow_nan=False)


@given(answers=any_answers)
def test_any_answers_that_are_on_offer_are_assessed(answers: dict[str, object]) -> None:
    told = answer(from_json(json.dumps({"id": 1, "facts": answers}).encode()), "england-2024")

    assert "outcome" in told


def entries(text: str) -> list[Entry | Refusal]:
    return list(from_toml(text.encode()))


BASELINE = '[baseline]\nharm_now = "no"\nagreed = "yes"\n'


def test_the_baseline_lends_its_facts_to_stories_that_are_not_only_their_own() -> None:
    lent, own, bare = entries(
        BASELINE
        + '[[vignette]]\nid = 1\nfacts = { agreed = "no" }\n'
        + '[[vignette]]\nid = 2\nonly = true\nfacts = { agreed = "no" }\n'
        + "[[vignette]]\nid = 3\n"
    )

    assert lent == Entry(1, None, {"harm_now": "no", "agreed": "no"})
    assert own == Entry(2, None, {"agreed": "no"})
    assert bare == Entry(3, None, {"harm_now": "no", "agreed": "yes"})


def test_a_baseline_may_also_keep_its_facts_under_that_name() -> None:
    (one,) = entries('baseline.facts = { harm_now = "no" }\n[[vignette]]\nfacts = {}\n')

    assert one == Entry(None, None, {"harm_now": "no"})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "vignette = 3",
        "vignette = [3]",
        "[vignette]\nid = 1",
        "baseline = 3\n[[vignette]]\nid = 1",
        "baseline.facts = 3\n[[vignette]]\nid = 1",
        '[[vignette]]\nid = 1\nonly = "yes"',
        "[[vignette]]\nfacts = 3",
        "[[vignette]]\nfacts = { harm_now = 2026-01-01 }",
        "[[vignette]]\nfacts = { harm_now = nan }",
        '[[vignette]]\nfacts = { harm_now = "no", harm_now = "no" }',
        "not toml",
        'a = "\\ud800"',
        "a = " + "[" * 10_000,
    ],
)
def test_toml_that_holds_no_story_is_refused_in_a_sentence(text: str) -> None:
    told = [answer(entry, "england-2024") for entry in entries(text)]

    assert told
    assert all("error" in one for one in told)


@pytest.mark.parametrize("id_", ["2026-01-01", "nan", "inf", "07:30:00", "0x" + "f" * 20_000, "[1, nan]", "'''x'''"])
def test_an_id_that_json_has_not_is_printed_all_the_same(id_: str) -> None:
    (one,) = entries(f"[[vignette]]\nid = {id_}\nfacts = {{}}\n")

    json.dumps(answer(one, "england-2024"), allow_nan=False)


def test_where_toml_breaks_is_said_and_what_stands_there_is_not() -> None:
    (one,) = entries(f'[[vignette]]\nid = 1\nid = "{SECRET}" "')

    assert isinstance(one, Refusal)
    assert "line 3" in one.message
    assert SECRET not in one.message
