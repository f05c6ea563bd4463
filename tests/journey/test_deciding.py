"""Raised on one platform, decided on the other, acknowledged in a channel on each, with a kill in between."""

from __future__ import annotations

from tests.handlers.stories import V18
from tests.journey.client import Client
from tests.journey.conftest import Both, World


async def raises(people: Client) -> None:
    """The teacher raises something in which an adult is involved."""
    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")


async def refers(people: Client, contacts: tuple[str, ...]) -> str:
    """The lead opens it, reads, ticks and presses; returns what the window said before."""
    await people.until("lead", "Refer now")
    await people.presses_in_chat("lead", "open_case")
    await people.presses("lead", "refer")
    shown = people.window("lead")
    await people.answers("lead", {"contact": contacts, "consequences_read": ("yes",)})
    await people.presses("lead", "confirm_refer")
    return shown


async def test_raised_decided_and_acknowledged_on_one_platform(world: World) -> None:
    people = world.people
    contact = ("police",) if 'id = "police"' in world.bot.config() else ("care",)
    await raises(people)
    said = await people.until("lead", "Refer now")
    assert "raised by Amira Khan" in said, "both platforms say what she is called"
    shown = await refers(people, contact)
    assert "None of this is a reason to hold back" in shown
    assert "You decided at" in people.window("lead")
    await people.closes("lead")

    message = await people.until_room("Safeguarding notice")
    assert len(people.room()) == 1
    assert all(line in shown for line in message.splitlines() if line.strip())
    assert "Amira" not in message
    await people.until("teacher", "A safeguarding lead decided to refer this")
    await people.acknowledges()
    await people.until_room("Acknowledged by")
    await people.until("lead", "Acknowledged by")
    await people.presses_in_chat("lead", "open_case")
    assert "Acknowledged by" in people.window("lead")


async def test_raised_on_one_decided_on_the_other_with_a_kill_after_each_step(both: Both) -> None:
    raising, deciding = both.raising, both.deciding
    await raises(raising)
    await both.bot.kill()
    await both.bot.start()
    await deciding.until("lead", "Refer now")
    await refers(deciding, ("police", "care", "police_by_phone"))
    await both.bot.kill()
    await both.bot.start()

    for people in (raising, deciding):
        await people.until_room("Safeguarding notice")
    await deciding.until("lead", "Ring now")
    for people in (raising, deciding):
        await people.acknowledges()
        await both.bot.kill()
        await both.bot.start()
        await people.until_room("Acknowledged by")
        assert len(people.room()) == 1
    await raising.until("teacher", "decided to refer")


async def test_a_decline_needs_a_reason_and_leaves_the_raiser_their_own_route(world: World) -> None:
    people = world.people
    await raises(people)
    await people.until("lead", "Refer now")
    await people.presses_in_chat("lead", "open_case")
    await people.presses("lead", "do_not_refer")
    await people.presses("lead", "confirm_do_not_refer")
    assert "Write the reason" in people.window("lead")
    await people.answers("lead", {"reason": "We rang the police ourselves."})
    await people.presses("lead", "confirm_do_not_refer")
    assert "You decided at" in people.window("lead")

    said = await people.until("teacher", "decided not to refer this for now")
    assert "You may contact the police or children's social care yourself" in said
    assert "999" in said
    assert "rang" not in said
