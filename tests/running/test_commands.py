"""The command line: what each command says, where, and with which exit status."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot.store.export import audit_trail
from bot.store.store import open_store
from bot.store.vault import Keys, new_key
from handlers.people import Account, Directory
from handlers.ports import Work
from tests.forked import ROOT
from tests.running.kept_case import SENTINEL, Kept, kept
from tests.running.served import run_bot

__all__ = ["kept"]  # pytest finds the fixture by its name


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
