"""`teams-app`: which address it shows to everybody, and that a bad one is refused in a sentence."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from tests.running.served import run_bot

APP = {"SIGNPOST_TEAMS_APP_ID": "11111111-2222-3333-4444-555555555555"}
WRONG: dict[str, tuple[list[str], dict[str, str], str]] = {
    "a public address without encryption": ([], {"SIGNPOST_PUBLIC_URL": "http://a.example"}, "SIGNPOST_PUBLIC_URL"),
    "a public address on this machine": ([], {"SIGNPOST_PUBLIC_URL": "http://127.0.0.1:3978"}, "SIGNPOST_PUBLIC_URL"),
    "a public address that is none": ([], {"SIGNPOST_PUBLIC_URL": "a.example"}, "SIGNPOST_PUBLIC_URL"),
    "a website without encryption": (["--website", "http://a.example"], {}, "--website does not begin with https://"),
    "a website that is none": (["--website", "https://a b"], {}, "--website has a space"),
    "a website with a password": (["--website", "https://me:pw@a.example"], {}, "--website has a user name"),
}


@pytest.mark.parametrize(("flags", "settings", "words"), WRONG.values(), ids=WRONG)
async def test_an_address_that_nobody_should_be_shown_is_refused(
    flags: list[str], settings: dict[str, str], words: str, tmp_path: Path
) -> None:
    package = tmp_path / "app.zip"
    status, out, said = await run_bot("teams-app", str(package), *flags, settings=APP | settings)

    assert (status, out) == (2, "")
    assert words in said
    assert "Traceback" not in said
    assert not package.exists()


async def test_a_good_website_counts_whatever_the_public_address_is(tmp_path: Path) -> None:
    package = tmp_path / "app.zip"
    told = APP | {"SIGNPOST_PUBLIC_URL": "http://127.0.0.1:3978"}
    status, _, _ = await run_bot("teams-app", str(package), "--website", "https://school.example/safe", settings=told)

    assert status == 0
    with zipfile.ZipFile(package) as opened:
        shown = json.loads(opened.read("manifest.json"))["developer"]["websiteUrl"]
    assert shown == "https://school.example/safe"
