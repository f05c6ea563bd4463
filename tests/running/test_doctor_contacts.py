"""What the doctor says to do about a contact's channel fits what is wrong with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.play.slack import Channel, SlackStandIn
from tests.running.served import CONFIG
from tests.running.test_doctor_live import look, settings

CONTACT = """
[[site.contact]]
id = "p2"
purpose = "police"
kind = "slack"
destination = "T1/C9POLICE"
verified = true
"""


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    async with SlackStandIn(strict=False) as standin:
        standin.add_person("U2", "Priya Nair")
        yield standin


async def said(slack: SlackStandIn, folder: Path, channel: Channel | None, organisations: str = "") -> tuple[str, str]:
    """What was found about that channel, and what to do."""
    if channel is not None:
        slack.add_channel(channel)
    more = f"organisations = [{organisations}]\n" if organisations else ""
    _, found = await look(settings(slack, folder, CONFIG + CONTACT + more))
    (one,) = [one for one in found if one["matter"] == "Contacts"]
    assert one["do"].endswith("Until then leads ring.")
    return one["found"], one["do"]


def a_channel(*others: str, **flags: bool) -> Channel:
    return Channel("C9POLICE", "police", is_ext_shared=bool(others), connected_team_ids=[*others], **flags)


async def test_a_channel_that_is_shared_with_the_police_says_how_to_name_them(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    found, do = await said(slack, tmp_path, a_channel("T1", "T9"))
    assert "it is shared with T9, which the contact does not name" in found
    assert 'write `organisations = ["T9"]` at this contact' in do
    assert "If that is the police's or the council's" in do


async def test_of_several_the_strangers_are_told_and_the_line_names_all(slack: SlackStandIn, tmp_path: Path) -> None:
    found, do = await said(slack, tmp_path, a_channel("T1", "T8", "T9"), '"T8"')
    assert "it is shared with T9, which" in found
    assert 'organisations = ["T8", "T9"]' in do


@pytest.mark.parametrize(
    ("channel", "organisations", "words"),
    [
        (None, "", "write `/invite @Signpost` in it"),
        (a_channel(is_archived=True), "", "a channel that is in use"),
        (a_channel(is_private=False), "", "a private one"),
        (a_channel(), '"T9"', "Have T9 accept the invitation"),
    ],
    ids=["not in it", "archived", "public", "nobody else in it"],
)
async def test_every_other_reason_has_its_own_remedy(
    slack: SlackStandIn, tmp_path: Path, channel: Channel | None, organisations: str, words: str
) -> None:
    _, do = await said(slack, tmp_path, channel, organisations)
    assert words in do
    assert "Put that right" not in do
