"""The documents say what is so: their links lead somewhere, and every setting and dependency has its line."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import file as config_file
from bot.config import tables as config_tables
from bot.documents.reference.markdown import MADE
from bot.settings import SECRETS
from bot.settings.rules import RULES, variable_of
from handlers.roles import MAY, Role
from tests.architecture.tree import ROOT, tracked

PAGES = [path for path in tracked("*.md") if path.is_relative_to(ROOT / "docs") or path.parent == ROOT]
REFERENCE = ROOT / "docs" / "reference"
LINK = re.compile(r"\]\(([^)\s]+)\)")


def headings(page: Path) -> set[str]:
    """What a link behind a # may name, as GitHub makes it from a heading's words."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {"".join(re.findall(r"[\w -]", title.lower())).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_heading_of_ours_leads_to_one(page: Path) -> None:
    targets = [one.split("#") for one in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in one]
    named = [(page.parent / to[0] if to[0] else page, to[1]) for to in targets if len(to) > 1]

    assert [(path.name, heading) for path, heading in named if heading not in headings(path)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_of_ours_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [
        target.split("#")[0] for target in LINK.findall(text) if "://" not in target and not target.startswith("#")
    ]

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_that_the_code_names_is_there() -> None:
    named = {
        name
        for path in tracked("*.py", "*.yml", "Makefile", "Dockerfile")
        if path.parent != ROOT / "tests" / "architecture"
        for name in re.findall(r"docs/[\w./-]+\.md", path.read_text(encoding="utf-8"))
    }

    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_decision_has_its_line_in_the_list() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))

    assert listed == sorted(path.name for path in folder.glob("0*.md"))


def test_every_dependency_has_its_reason() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(chain(project["project"]["dependencies"], *project["dependency-groups"].values()))
    names = {re.split(r"[^A-Za-z0-9._-]", each)[0] for each in wanted}

    assert [name for name in sorted(names) if not name.startswith("types-") and name not in page] == []


def test_every_setting_is_explained_and_no_other() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(SIGNPOST_\w+)`", page, re.MULTILINE))

    assert explained == {variable_of(name) for name in RULES}


def test_every_secret_is_said_to_have_a_file() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    secret = set(re.findall(r"^\| `(SIGNPOST_\w+)` \(secret\)", page, re.MULTILINE))

    assert secret == {variable_of(name) for name in SECRETS}


def test_every_key_of_the_config_file_is_explained() -> None:
    page = (ROOT / "docs" / "reference" / "config-file.md").read_text(encoding="utf-8")
    held = vars(config_tables).values()
    tables = [one for one in held if isinstance(one, type) and issubclass(one, config_tables._Table)]
    keys = {key for table in tables for key in table.model_fields} - {"site", "contact", "person", "stand_in"}

    assert [key for key in sorted(keys) if f"`{key}`" not in page and f"{key} = " not in page] == []


@pytest.mark.parametrize(
    "name",
    ["reference/config-file.md", "how-to/connect-slack.md", "how-to/connect-teams.md", "how-to/name-your-sites.md"],
)
def test_every_example_of_a_config_file_is_accepted(name: str, tmp_path: Path) -> None:
    examples = re.findall(
        r"^ *```toml\n(.*?)^ *```", (ROOT / "docs" / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )

    assert examples
    for example in examples:
        file = tmp_path / "signpost.toml"
        file.write_text(example)
        assert config_file.load(file).sites[0].leads


def test_the_pages_that_are_made_from_what_runs_are_up_to_date(tmp_path: Path) -> None:
    assert main(["docs", str(tmp_path)]) == 0
    old = [
        made.name
        for made in tmp_path.iterdir()
        if not (kept := REFERENCE / made.name).exists() or kept.read_bytes() != made.read_bytes()
    ]

    assert old == [], "make docs, and look at what changed"


def test_no_page_is_left_of_an_edition_that_is_gone(tmp_path: Path) -> None:
    main(["docs", str(tmp_path)])
    ours = {path.name for path in REFERENCE.iterdir() if MADE in path.read_text(encoding="utf-8")}

    assert ours == {path.name for path in tmp_path.glob("*.md")}


def test_the_list_of_reference_pages_names_each_of_them() -> None:
    listed = LINK.findall((REFERENCE / "README.md").read_text(encoding="utf-8"))

    assert sorted(listed) == sorted(path.name for path in REFERENCE.glob("*.md") if path.name != "README.md")


def test_the_table_of_who_may_do_what_is_the_one_that_runs() -> None:
    page = (REFERENCE / "roles.md").read_text(encoding="utf-8")
    answers = {name: ["yes" if role in allowed else "no" for role in Role] for name, allowed in MAY.items()}
    rows = [f"| `{name}` | {' | '.join(said)} |" for name, said in answers.items()]

    assert [row for row in page.splitlines() if row.startswith("| `")] == rows
