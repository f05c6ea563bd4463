"""The doctor looks at what was set up in chat as it does at the CONFIG file, and says where each thing is put right."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.play.slack import SlackStandIn
from bot.store.vault import new_key
from handlers.people import Directory
from handlers.ports import Work
from handlers.sites import Clocks, Contact, Site, StandIn, Watched
from tests.running.post_office import real_store
from tests.running.served import CONFIG, run_bot

STALE = Site(
    "southside", "Southside", "wales", ("slack:T1/U2",), serves=frozenset({"slack:T1"}),
    contacts=(
        Contact("police-slack", "police", "slack", "T1/C9", verified=True),
        Contact("social-care-mail", "social_care", "mail", "duty@council.example"),
        Contact("lado", "lado", "by_hand", "01632 960012", verified=True, review_by=date(2020, 1, 1)),
    ),
    stand_ins=(StandIn("slack:T1/U2", "slack:T1/U3", date(2020, 1, 1), date(2020, 1, 2)),), clocks=Clocks(45),
)  # fmt: skip


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(strict=False) as standin:
        standin.add_person("U2", "Priya Nair")
        yield standin


def settings(slack: SlackStandIn, folder: Path, key: str, **more: str) -> dict[str, str]:
    return {
        "SIGNPOST_DATA_DIR": str(folder),
        "SIGNPOST_KEYS": key,
        "SIGNPOST_SLACK_API_URL": slack.api_url,
        "SIGNPOST_SLACK_BOT_TOKEN": slack.bot_token,
        "SIGNPOST_SLACK_SIGNING_SECRET": slack.signing_secret,
        **more,
    }


async def look(given: dict[str, str]) -> list[tuple[str, str, str, str]]:
    _, out, err = await run_bot("doctor", "--json", settings=given)
    assert err == ""
    return [(one["matter"], one["state"], one["found"], one["do"]) for one in json.loads(out)]


async def set_up_in_chat(folder: Path, key: str, site: Site = STALE) -> None:
    store = await real_store(folder, Directory(), key)

    def work(work: Work) -> None:
        work.keep_site(site)
        work.keep_watched(site.id, "police-slack", Watched("archived"))

    await store.run(work)
    await store.ping()
    await store.close()


async def test_a_site_of_chat_is_looked_at_and_it_says_where_in_chat_it_is_put_right(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    key = new_key()
    await set_up_in_chat(tmp_path, key)
    slack.add_person("U2", "Priya Nair", deleted=True)
    found = await look(settings(slack, tmp_path, key))

    assert ("Sites", "green", "1 set up in chat", "") in found
    for matter, state, words, do in (
        ("Contacts", "red", "'police-slack' of 'southside' is out of use (The channel is archived)", "test again"),
        ("Contacts", "amber", "'social-care-mail' of 'southside' is not verified", "presses Acknowledge"),
        ("Contacts", "amber", "'lado' of 'southside' was to be checked", "'admin'"),
        ("Leads", "amber", "'southside' has one lead", "'Add leads'"),
        ("Leads", "amber", "stand-ins of 'southside' are over", "'Take out'"),
        ("Who may raise", "amber", "at 'southside' every full member", "'Who may raise'"),
        ("Phone", "amber", "'southside' has no phone number", "'Name and numbers'"),
        ("Clocks", "amber", "hears only after 45 minutes; the default is 10 minutes", "'Clocks and rules'"),
        ("Leads", "red", "slack:T1/U2, of southside, is deactivated", "took over"),
    ):
        assert [one for one in found if one[:2] == (matter, state) and words in one[2] and do in one[3]], (words, found)
    assert not any("`" in do for matter, _, said, do in found if "southside" in said)


async def test_what_keeps_the_bot_from_looking_at_contacts_is_one_red(slack: SlackStandIn, tmp_path: Path) -> None:
    key = new_key()
    await set_up_in_chat(tmp_path, key)
    store = await real_store(tmp_path, Directory(), key)
    await store.run(lambda work: work.keep_blind("teams:TENANT", "not_installed"))
    await store.run(lambda work: work.keep_blind("slack:T1", "no_groups_read"))  # which the scopes say already
    await store.close()
    slack.workspace().scopes.discard("groups:read")
    found = await look(settings(slack, tmp_path, key))

    ((_, _, said, do),) = [one for one in found if "cannot be looked at" in one[2]]
    assert "teams:TENANT" in said
    assert "Teams forbids it" in do


async def test_file_and_chat_are_looked_at_together(slack: SlackStandIn, tmp_path: Path) -> None:
    key = new_key()
    await set_up_in_chat(tmp_path, key)
    (tmp_path / "sites.toml").write_text(CONFIG, encoding="utf-8")
    found = await look(settings(slack, tmp_path, key, SIGNPOST_CONFIG=str(tmp_path / "sites.toml")))
    assert ("Sites", "green", "1 in the CONFIG file, 1 set up in chat", "") in found
    assert [do for matter, _, said, do in found if matter == "Who may raise" and "northside" in said] == [
        "If pupils share the workspace, set `staff` to a group of your staff."
    ]


async def test_with_nothing_set_up_it_says_how_to_begin(slack: SlackStandIn, tmp_path: Path) -> None:
    key = new_key()
    await (await real_store(tmp_path, Directory(), key)).close()
    (nobody,) = [one for one in await look(settings(slack, tmp_path, key)) if one[0] == "Sites"]
    assert (nobody[1], "SIGNPOST_ADMINS" in nobody[3]) == ("amber", True)
    given = settings(slack, tmp_path, key, SIGNPOST_ADMINS="slack:T1/U2")
    (named,) = [one for one in await look(given) if one[0] == "Sites"]
    assert "write 'admin'" in named[3]


async def test_what_cannot_be_read_is_said_and_nothing_is_claimed_of_it(slack: SlackStandIn, tmp_path: Path) -> None:
    await set_up_in_chat(tmp_path, new_key())
    for key in (new_key(), "changeme"):
        found = await look(settings(slack, tmp_path, key))
        assert [one[2] for one in found if one[0] == "Sites"] == ["what was set up in chat could not be looked at"]
