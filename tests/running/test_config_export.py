"""`config export`: today's set-up as the file that would declare it, and what it cannot say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.config import file as config_file
from handlers.people import Directory, Person
from handlers.sites import Contact, Numbers
from tests.running.kept_case import SITE, TEACHER, Kept, kept
from tests.running.post_office import real_store
from tests.running.served import run_bot

__all__ = ["kept"]  # pytest finds the fixture by its name


async def test_config_export_writes_the_file_that_declares_what_was_set_up(kept: Kept, tmp_path: Path) -> None:
    store = await real_store(kept.folder, Directory(), kept.key)
    made = replace(
        SITE, id="southside", phone="01632 960002", numbers=Numbers(mash="01632 960010"),
        contacts=(
            Contact("police", "police", "slack", "T1/C0000001", verified=True),
            Contact("waits", "police", "slack", "T1/C0000002"),
        ),
    )  # fmt: skip
    await store.run(lambda work: work.keep_site(made))
    await store.run(lambda work: work.keep_site(replace(SITE, id="empty", leads=())))
    await store.run(lambda work: work.keep_persons((Person((TEACHER,), "Sam Adeyemi"),)))
    await store.close()
    config = tmp_path / "now.toml"
    config.write_text('[[site]]\nid = "eastside"\nname = "East"\nnation = "wales"\nleads = ["slack:T1/U2"]\n')
    settings = {**kept.settings, "SIGNPOST_CONFIG": str(config)}
    status, out, err = await run_bot("config", "export", settings=settings)
    again = tmp_path / "again.toml"
    again.write_text(out)
    found = config_file.load(again)

    assert (status, "'empty' has no lead yet" in err) == (0, True)
    assert {site.id for site in found.sites} == {"eastside", "southside"}
    unproved = tuple(replace(one, verified=False) for one in made.contacts)
    assert found.site("southside") == replace(made, contacts=unproved, declared=True)
    assert "'police' of 'southside' acknowledged a test in chat" in err
    assert found.person(TEACHER).name == "Sam Adeyemi"


async def test_an_export_says_whom_it_leaves_out_and_keeps_what_the_file_vouched_for(
    kept: Kept, tmp_path: Path
) -> None:
    store = await real_store(kept.folder, Directory(), kept.key)
    await store.run(lambda work: work.keep_admins(frozenset({TEACHER})))
    await store.close()
    config = tmp_path / "now.toml"
    config.write_text(
        '[[site]]\nid = "eastside"\nname = "East"\nnation = "wales"\nleads = ["slack:T1/U2"]\n[[site.contact]]\n'
        'id = "p"\npurpose = "police"\nkind = "slack"\ndestination = "T1/C9"\nverified = true\n',
        encoding="utf-8",
    )
    settings = {**kept.settings, "SIGNPOST_CONFIG": str(config), "SIGNPOST_ADMINS": "slack:T1/U7"}
    status, out, err = await run_bot("config", "export", settings=settings)

    assert status == 0
    assert "verified = true" in out.partition("[[site]]")[2]
    for text in (out, err):
        assert "SIGNPOST_ADMINS=slack:T1/U1,slack:T1/U7" in text


@pytest.mark.parametrize(
    ("file", "words"),
    [(None, "SIGNPOST_CONFIG names a file that is not there"), ("", "empties FILE"), ("[[site]\n", "no TOML")],
    ids=["not there", "emptied by the shell", "with a slip"],
)
async def test_an_export_that_cannot_read_the_file_prints_nothing_and_says_why(
    kept: Kept, tmp_path: Path, file: str | None, words: str
) -> None:
    config = tmp_path / "now.toml"
    if file is not None:
        config.write_text(file, encoding="utf-8")
    status, out, err = await run_bot("config", "export", settings={**kept.settings, "SIGNPOST_CONFIG": str(config)})
    assert (status, out) == (2, "")
    assert words in err


async def test_an_export_of_nothing_is_nothing(kept: Kept) -> None:
    status, out, err = await run_bot("config", "export", settings=kept.settings)
    assert (status, out, "no site to write down" in err) == (1, "", True)
