"""The command line: what each command says, where, and with which exit status."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot import config_file
from bot.store.export import audit_trail
from bot.store.store import open_store
from bot.store.vault import Keys, new_key
from handlers.case import Case, State, Version
from handlers.people import Account, Directory, Person
from handlers.ports import Work
from handlers.sites import Contact, Numbers, Site
from policy import Facts
from tests.forked import ROOT
from tests.running.post_office import real_store
from tests.running.served import run_bot

TEACHER = Account("slack", "T1", "U1")
SITE = Site("northside", "Northside", "england", ("slack:T1/U2",), serves=frozenset({"slack:T1"}))
SENTINEL = "in the changing room of the sports hall"


class Kept:
    """A database with one case in it, as the commands find it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.key, self.reference = folder, new_key(), ""
        self.settings = {"SIGNPOST_DATA_DIR": str(folder), "SIGNPOST_KEYS": self.key}

    async def fill(self) -> None:
        """Keep a case."""
        store = await real_store(self.folder, Directory((SITE,)), self.key)
        self.reference = await store.run(_keep_case)
        await store.close()


def _keep_case(work: Work) -> str:
    reference = work.chance.reference()
    version = Version(1, Facts.of({"harm_now": "no"}), "england-2024", SENTINEL, TEACHER, work.now)
    case = Case(work.chance.id(), reference, "northside", State.RECOMMENDED, TEACHER, work.now, (version,))
    work.keep_case(case)
    work.record("case.raised", by=TEACHER, case=case.id, site="northside")
    return reference


@pytest.fixture
async def kept(tmp_path: Path) -> Kept:
    made = Kept(tmp_path)
    await made.fill()
    return made


def test_help_loads_nothing_heavy_and_names_every_command() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "bot", "--help"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    assert "argparse" in done.stderr
    assert [heavy for heavy in ("aiohttp", "sqlalchemy", "pydantic", "asyncio") if heavy in done.stderr] == []
    named = ("serve", "play", "migrate", "doctor", "assess", "verify-audit", "export", "rotate-keys", "erase", "docs")
    assert [command for command in named if f"\n    {command}" not in done.stdout] == []


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("dance",),
        ("export",),
        ("export", "SP-1"),
        ("doctor", "--loud"),
        ("doctor", "--json", "--new-key"),
        ("play", "--port", "x"),
        ("docs", "a", "b"),
    ],
)
async def test_bad_usage_is_status_2(arguments: tuple[str, ...]) -> None:
    status, out, err = await run_bot(*arguments)

    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


async def test_migrate_makes_the_database_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    settings = {"SIGNPOST_DATA_DIR": str(tmp_path / "data")}
    for _ in range(2):
        assert (await run_bot("migrate", settings=settings))[0] == 0

    assert (tmp_path / "data" / "signpost.db").stat().st_mode & 0o077 == 0


async def test_the_last_line_of_new_key_is_a_key_that_serve_takes() -> None:
    status, out, _ = await run_bot("doctor", "--new-key")

    assert status == 0
    Keys.parse(out.splitlines()[-1])


async def test_assess_is_the_policys_own_command(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text('{"id": 1, "facts": {"harm_now": "in_danger_now"}}', encoding="utf-8")
    status, out, _ = await run_bot("assess", str(tmp_path / "case.json"))

    assert status == 0
    assert json.loads(out)["outcome"] == "emergency"


async def test_an_export_is_whole_verifies_and_an_altered_one_does_not(kept: Kept, tmp_path: Path) -> None:
    status, out, err = await run_bot("export", kept.reference.lower(), settings=kept.settings)
    assert (status, err) == (0, "")
    assert SENTINEL in out
    file = tmp_path / "export.json"
    file.write_text(out, encoding="utf-8")
    assert (await run_bot("verify-audit", str(file)))[0] == 0

    file.write_text(out.replace("case.exported", "case.imported"), encoding="utf-8")
    status, _, err = await run_bot("verify-audit", str(file))
    assert status == 1
    assert "Altered" in err


async def test_who_set_up_what_and_who_was_refused_is_exported_without_any_case_and_verifies(
    kept: Kept, tmp_path: Path
) -> None:
    store = await open_store(f"sqlite:///{kept.folder / 'signpost.db'}", keys=Keys.parse(kept.key), directory=Directory)

    def some(work: Work) -> None:
        work.record(
            "setup.lead_added", by=Account("slack", "T1", "U4"), site="northside", detail={"who": "slack:T1/U9"}
        )
        work.record("setup.refused", by=Account("slack", "T1", "U1"))

    await store.run(some)
    await store.close()
    status, out, err = await run_bot("export", "setup", settings=kept.settings)

    assert (status, err) == (0, "")
    events = {one["event"]: one for one in json.loads(out)["audit"]["entries"]}
    assert events["setup.lead_added"]["detail"] == {"who": "slack:T1/U9"}
    assert {"setup.refused", "setup.exported"} <= set(events)
    assert not any(one.startswith("case.") and one != "case.refused" for one in events)
    assert kept.reference not in out
    assert SENTINEL not in out
    file = tmp_path / "setup.json"
    file.write_text(out, encoding="utf-8")
    assert (await run_bot("verify-audit", str(file)))[0] == 0
    file.write_text(out.replace("slack:T1/U9", "slack:T1/U8"), encoding="utf-8")
    status, _, err = await run_bot("verify-audit", str(file))
    assert (status, err[:7]) == (1, "Altered")


async def test_what_cannot_be_verified_is_not_called_altered(kept: Kept, tmp_path: Path) -> None:
    """A file that is no export was altered by nobody; nor was the trail, where somebody took another one's head."""
    (tmp_path / "sites.toml").write_text("[[site]]", encoding="utf-8")
    status, _, err = await run_bot("verify-audit", str(tmp_path / "sites.toml"))
    assert (status, err) == (1, "Not verified: this file is no export of Signpost's, or it was damaged.\n")

    _, out, _ = await run_bot("export", kept.reference, settings=kept.settings)
    (tmp_path / "case.json").write_text(out, encoding="utf-8")
    status, _, err = await run_bot("verify-audit", str(tmp_path / "case.json"), "--head", "0" * 64)
    assert status == 1
    assert err.startswith("Not verified: the trail does not hold the entry that the given head names")
    assert "the head is another export's, or the trail was cut off or rewritten" in err


async def test_a_file_that_is_not_there_is_status_2_and_no_export_is_status_1(tmp_path: Path) -> None:
    assert (await run_bot("verify-audit", str(tmp_path / "nothing")))[0] == 2
    (tmp_path / "text").write_text("hello", encoding="utf-8")
    assert (await run_bot("verify-audit", str(tmp_path / "text")))[0] == 1


async def test_a_case_that_does_not_exist_is_status_1_and_a_sentence(kept: Kept) -> None:
    for command in ("export", "erase"):
        status, out, err = await run_bot(command, "SP-0000-00", settings=kept.settings)
        assert (status, out) == (1, "")
        assert "SP-0000-00" in err


async def test_an_open_case_is_erased_only_when_that_is_said_and_then_for_good(kept: Kept) -> None:
    status, _, err = await run_bot("erase", kept.reference, settings=kept.settings)
    assert status == 1
    assert "--open" in err

    assert (await run_bot("erase", kept.reference, "--open", settings=kept.settings))[0] == 0
    assert (await run_bot("export", kept.reference, settings=kept.settings))[0] == 1


async def test_keys_are_rotated_and_the_old_one_is_not_needed_any_more(kept: Kept) -> None:
    newer = new_key()
    both = {**kept.settings, "SIGNPOST_KEYS": f"{newer},{kept.key}"}
    assert (await run_bot("rotate-keys", settings=both))[0] == 0

    status, out, _ = await run_bot("export", kept.reference, settings={**kept.settings, "SIGNPOST_KEYS": newer})
    assert status == 0
    assert SENTINEL in out


async def test_the_wrong_key_is_a_sentence_without_a_traceback(kept: Kept) -> None:
    status, out, err = await run_bot("export", kept.reference, settings={**kept.settings, "SIGNPOST_KEYS": new_key()})

    assert (status, out) == (1, "")
    assert "SIGNPOST_KEYS" in err
    assert "Traceback" not in err
    assert SENTINEL not in err


async def test_a_database_without_tables_is_a_sentence(tmp_path: Path) -> None:
    settings = {"SIGNPOST_DATA_DIR": str(tmp_path), "SIGNPOST_KEYS": new_key()}
    status, _, err = await run_bot("export", "SP-0000-00", settings=settings)

    assert status == 1
    assert "not_migrated" in err


async def test_what_commands_did_is_in_the_audit_trail(kept: Kept) -> None:
    await run_bot("export", kept.reference, settings=kept.settings)
    url = f"sqlite:///{kept.folder / 'signpost.db'}"
    store = await open_store(url, keys=Keys.parse(kept.key), directory=Directory)
    events = [entry["event"] for entry in await audit_trail(store)]
    await store.close()

    assert "case.exported" in events


async def test_teams_app_writes_a_package_or_says_what_to_set(tmp_path: Path) -> None:
    package = tmp_path / "app.zip"
    told = {"SIGNPOST_TEAMS_APP_ID": "11111111-2222-3333-4444-555555555555", "SIGNPOST_PUBLIC_URL": "https://a.example"}
    status, out, _ = await run_bot("teams-app", str(package), settings=told)
    assert (status, "Upload it" in out) == (0, True)
    with zipfile.ZipFile(package) as opened:
        assert sorted(opened.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert json.loads(opened.read("manifest.json"))["developer"]["websiteUrl"] == "https://a.example"

    status, _, said = await run_bot("teams-app", str(package), settings={"SIGNPOST_TEAMS_APP_ID": "not-an-id"})
    assert (status, "SIGNPOST_TEAMS_APP_ID" in said) == (2, True)


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
