"""SR-9 over the wire: by typing references nobody learns which are real, also while the group that leads is unread."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.play.slack.standin import SlackStandIn
from bot.store.verify import verify_audit
from handlers.intents import Subject
from handlers.people import Account
from tests.handlers.stories import V18
from tests.journey.running import ROOT
from tests.journey.test_joins_a_group import World, world  # noqa: F401 - a fixture
from tests.running.twenty_sites import PUPIL, SITES, Trust, lead, teacher, trust

MADE_UP = "SP-ZZZZ-ZZ"
NOTHING = "There is nothing here for you"
NOT_ASKED = "could not be asked just now who may do this"
IDS = re.compile(r'"(id|block_id|hash|root_view_id|private_metadata|timestamp|ts|activity|external_id)": "[^"]*"')
"""What a platform or a seal makes anew for each answer."""
EVERYWHERE = ["slack-sqlite", "slack-postgresql", "teams-sqlite", "teams-postgresql"]


async def types(world: World, who: str, reference: str) -> str:  # noqa: F811 - the same name as a fixture's
    """What somebody is shown who types a reference, as it came over the wire."""
    user = world.user(who)
    shown: object
    if isinstance(world.core, SlackStandIn):
        slack = world.core
        await slack.command(user, reference)
        await slack.until(lambda: (view := slack.view(user)) and ("nothing here" in repr(view) or "999" in repr(view)))
        shown = slack.view(user)
        await slack.close_view(user, everything=True)
    else:
        teams = world.core
        before = len(teams.messages(user))
        await teams.message(user, reference)
        await teams.until(lambda: len(teams.messages(user)) > before)
        shown = teams.messages(user)[-1].card
    return IDS.sub("", json.dumps(shown, sort_keys=True, default=str)).replace(reference, "TYPED")


def export(world: World) -> bytes:  # noqa: F811 - as above
    """The trail of what belongs to no case, as the command line prints it."""
    own = {
        "SIGNPOST_DATA_DIR": str(world.bot.folder / "data"),
        "SIGNPOST_CONFIG": str(world.bot.folder / "signpost.toml"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SIGNPOST_")}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "export", "setup"],
        cwd=ROOT, env={**kept, **world.bot.settings, **own}, capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout


@pytest.mark.parametrize("world", EVERYWHERE, indirect=True)
async def test_a_real_reference_is_answered_as_an_invented_one_before_and_after_the_group_is_gone(
    world: World,  # noqa: F811 - as above
) -> None:
    await world.people.starts("teacher")
    await world.people.answers("teacher", {**V18, "coercion": "yes"})
    await world.people.presses("teacher", "recommend_now")
    await world.people.closes("teacher")
    found = re.search(r"SP-\w{4}-\w\w", await world.people.until("lead", "Refer now"))
    assert found is not None
    real = found.group()

    opened = await types(world, "lead", real)
    assert "TYPED" in opened
    assert NOTHING not in opened
    before = await types(world, "admin", real)
    assert NOTHING in before
    assert before == await types(world, "admin", MADE_UP)

    groups = world.core.workspace().groups if isinstance(world.core, SlackStandIn) else world.core.world.groups
    groups.clear()
    assert await types(world, "admin", real) == await types(world, "admin", MADE_UP) == before
    assert NOT_ASKED in await types(world, "lead", real)
    assert NOT_ASKED in await types(world, "lead", MADE_UP)

    exported = export(world)
    assert verify_audit(exported).good
    entries = json.loads(exported)["audit"]["entries"]
    refused = [(one["by"], one["detail"].get("why", "")) for one in entries if one["event"] == "case.refused"]
    admin, lead = world.account("admin"), world.account("lead")
    assert refused == [(admin, "")] * 4 + [(lead, "not_asked")] * 2
    assert real not in repr(entries)


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "never read"])
async def test_among_twenty_sites_a_try_costs_the_same_and_says_the_same_for_a_real_reference(
    tmp_path: Path, *, announced: bool
) -> None:
    async with trust(tmp_path) as schools:
        if announced:
            groups = {f"slack:T1/SLEADS{one:02}": (lead(one),) for one in range(SITES)}
            await schools.desk._store.run(lambda work: work.keep_announced(groups))  # as the watch does
        found = re.search(r"SP-\w{4}-\w\w", await schools.raises(teacher(3)))
        assert found is not None

        async def tries(who: Account, reference: str) -> tuple[str, int]:
            schools.counting.now += 61
            before = _questions(schools)
            said = await schools.asks(who, "open_case", Subject("reference", reference).write())
            return repr(said).replace(reference, "TYPED"), _questions(schools) - before

        for gone in (False, True):
            if gone:
                del schools.slack.workspace().groups["SLEADS03"]
            for who in (PUPIL, lead(5), teacher(4)):
                real, invented = await tries(who, found.group()), await tries(who, MADE_UP)
                assert real == invented
                assert (NOTHING in real[0]) is (announced or not gone)
        assert NOT_ASKED in (await tries(lead(3), found.group()))[0]
        assert NOT_ASKED in (await tries(lead(3), MADE_UP))[0]


def _questions(schools: Trust) -> int:
    return sum(len(schools.slack.calls_of(one)) for one in ("usergroups.users.list", "usergroups.list"))
