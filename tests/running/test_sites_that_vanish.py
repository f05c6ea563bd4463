"""A site that leaves the CONFIG file with open cases: `serve` does not start, and the doctor says so."""

from __future__ import annotations

import json
import signal
from pathlib import Path

import pytest

from bot.play.slack import SlackStandIn
from tests.running.served import CONFIG, Served, run_bot, wait_for

HEADING = "Hold the initial review meeting now"


async def _raised(bot: Served) -> None:
    """A case of the site `northside`, with its lead told."""
    await bot.start()
    assert (await bot.slack.command("U1")).ok
    assert (await bot.slack.press("U1", "recommend_now", answers={"harm_now": "no"}, place="view")).ok

    async def told() -> bool:
        return any(HEADING in each for each in bot.told("U2"))

    await wait_for(told)
    assert await bot.stop() == 0


@pytest.mark.parametrize("way", ["renamed", "no file"])
async def test_a_start_that_would_orphan_open_cases_is_refused_until_the_site_is_back(tmp_path: Path, way: str) -> None:
    async with SlackStandIn(strict=False) as slack:
        for user, name in (("U1", "Anna Teacher"), ("U2", "Priya Nair")):
            slack.add_person(user, name)
        bot = Served(tmp_path, slack)
        await _raised(bot)

        file, bot.settings["SIGNPOST_DATA_DIR"] = tmp_path / "sites.toml", str(tmp_path / "data")
        changed = {**bot.settings, **({"SIGNPOST_CONFIG": ""} if way == "no file" else {})}
        if way == "renamed":
            file.write_text(CONFIG.replace('"northside"', '"northside2"'), encoding="utf-8")
        status, _, err = await run_bot("serve", settings=changed)
        assert status == 2
        assert "'northside' (1 open case)" in err
        assert "back under the same id" in err
        assert "SP-" not in err

        status, out, _ = await run_bot("doctor", "--json", settings=changed)
        (red,) = [one for one in json.loads(out) if one["code"] == "sites_orphaned"]
        assert (status, red["state"], "'northside'" in red["found"]) == (1, "red", True)

        file.write_text(CONFIG, encoding="utf-8")
        await bot.start()
        assert await bot.stop(signal.SIGTERM) == 0


async def test_leads_hear_from_a_start_that_they_are_in_the_file_no_more(tmp_path: Path) -> None:
    async with SlackStandIn(strict=False) as slack:
        for user, name in (("U2", "Priya Nair"), ("U6", "Sam Okafor")):
            slack.add_person(user, name)
        bot = Served(tmp_path, slack)
        await bot.start()
        assert await bot.stop() == 0
        assert bot.told("U2") == []

        (tmp_path / "sites.toml").write_text(CONFIG.replace("slack:T1/U2", "slack:T1/U6"), encoding="utf-8")
        await bot.start()

        async def told() -> bool:
            gone = "The configuration file took this lead out: Priya Nair (slack:T1/U2)"
            read = {"U2": "You are not a lead of", "U6": gone}
            return all(words in str(bot.told(one)) for one, words in read.items())

        await wait_for(told)
        assert await bot.stop() == 0
