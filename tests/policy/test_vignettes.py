"""The stories in `tests/vignettes`: what is recommended for each, complete."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from policy import EDITIONS, Facts, assess, edition
from tests.policy.plainly import ids

HERE = Path(__file__).parent.parent / "vignettes"


def stories() -> list[dict[str, Any]]:
    found = []
    for file in sorted(HERE.glob("*/*.toml")):
        told = tomllib.loads(file.read_text(encoding="utf-8"))
        for story in told["vignette"]:
            lent = {} if story.get("only") else told.get("baseline", {})
            found.append({**story, "facts": {**lent, **story["facts"]}, "folder": file.parent.name})
    return found


STORIES = stories()


@pytest.mark.parametrize("story", STORIES, ids=[f"{one['id']} {one['title']}" for one in STORIES])
def test_the_story_gets_its_recommendation(story: dict[str, Any]) -> None:
    found = assess(Facts.of(story["facts"]), edition(story["edition"]))

    assert found.outcome.id == story["outcome"]
    assert found.variant == story.get("variant")
    assert set(ids(found.met)) == set(story["met"])
    assert set(ids(found.possible)) == set(story["possible"])
    assert [agency.value for agency in found.agencies] == story["agencies"]


def test_all_stories_of_the_specification_are_there_once_and_in_their_edition_s_folder() -> None:
    told = [story["id"] for story in STORIES]

    assert {f"V{number:02}" for number in range(1, 33)} <= set(told)
    assert len(told) == len(set(told))
    assert all(story["folder"] == story["edition"] for story in STORIES)


@pytest.mark.parametrize("one", EDITIONS[0].criteria, ids=lambda one: one.id)
def test_each_criterion_is_met_in_one_story_and_absent_from_another(one: Any) -> None:
    met = [story["id"] for story in STORIES if one.id in story["met"]]
    absent = [story["id"] for story in STORIES if one.id not in story["met"] + story["possible"]]

    assert met
    assert absent
