"""An adult who may be staff, on both platforms: who is left out before anything is sent never hears of it."""

from __future__ import annotations

from tests.journey.client import Answer
from tests.journey.conftest import World
from tests.journey.running import LEADS

STAFF: dict[str, Answer] = {"harm_now": "no", "adult_involved": "yes", "adult_role": "staff_or_trust"}
REFER = "Refer now: police and/or children's social care"


async def test_the_quick_way_asks_one_question_and_then_tells_who_is_left(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", STAFF)
    await people.presses("teacher", "recommend_now")
    shown = people.window("teacher")
    assert "999" in shown.splitlines()[0]
    assert "Nobody has been told yet" in shown
    assert people.asked("teacher") == ["leave_out"]

    first, _ = LEADS[world.bot.leads_on]
    await people.answers("teacher", {"leave_out": (first,)})
    await people.presses("teacher", "submit_report")
    assert REFER in people.window("teacher")
    await people.until("deputy", REFER)
    assert not any("SP-" in said for said in people.chat("lead"))
    assert "SP-" not in await people.cases("lead")
