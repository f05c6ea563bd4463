"""The clock jumps, as in the playground and after a night without power: nobody reads the same message twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.handlers.deciding import DEPUTY, LEAD, TEACHER
from tests.handlers.stories import V05
from tests.running.test_clock_changes import at_school, heard


@pytest.mark.parametrize("hours", [1, 30])
async def test_after_a_jump_nobody_reads_the_same_twice(tmp_path: Path, hours: float) -> None:
    async with at_school(tmp_path, datetime(2026, 11, 24, 12, tzinfo=UTC)) as (there, notes):
        case = await there.raises(TEACHER, V05)
        await there.passes(60)
        await there.refers(LEAD, case, "police", "care", "lado_by_phone")
        await there.passes(60)
        for _ in range(3):
            there.time.now += timedelta(hours=hours)
            await there.passes(0.1)

        for who in (LEAD, DEPUTY, TEACHER):
            read = [one.said for one in notes.at(who)]
            assert len(read) == len(set(read))
        assert len(heard(notes, LEAD, "one of the 3 in this referral has confirmed it")) == 2
        assert len(heard(notes, LEAD, "Still none of the 3")) == 1
        assert len(heard(notes, DEPUTY, "one of the 3 in this referral has confirmed it")) == 1
        assert len(heard(notes, TEACHER, "have not confirmed yet that they have it")) == 1
