"""More cases than one list holds: the way to the rest, over the wire of both platforms."""

from __future__ import annotations

import pytest

from tests.handlers.stories import V18
from tests.journey.conftest import World

LIST_LIMIT = 30


@pytest.mark.parametrize("world", ["slack-sqlite", "teams-postgresql"], indirect=True)
async def test_a_lead_turns_to_the_rest_of_the_list_and_back(world: World) -> None:
    people = world.people
    for _ in range(LIST_LIMIT + 1):
        await people.starts("teacher")
        await people.answers("teacher", V18)
        await people.presses("teacher", "recommend_now")
        await people.closes("teacher")

    assert f"1 to {LIST_LIMIT} of {LIST_LIMIT + 1}" in await people.cases("lead")
    if people.window("lead"):  # on Slack the list is a window, on Teams it stands in the chat
        await people.presses("lead", "list_cases", label="Next page")
    else:
        await people.presses_in_chat("lead", "list_cases")
    last = people.window("lead")
    assert f"{LIST_LIMIT + 1} to {LIST_LIMIT + 1} of {LIST_LIMIT + 1}" in last
    assert last.count("Raised") == 1
    await people.presses("lead", "list_cases", label="Page before")
    assert f"1 to {LIST_LIMIT} of" in people.window("lead")
    await people.presses("lead", "open_case")
    assert "What was answered" in people.window("lead")
