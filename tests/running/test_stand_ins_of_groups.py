"""The CONFIG file: who is away where a group leads; and what was set up in chat is kept in the same form."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.config.file import BadConfig, load
from bot.config.plain import site_from_plain, site_to_plain
from handlers.people import Directory
from handlers.sites import StandIn

SITE = """[[site]]
id = "a"
name = "A"
nation = "england"
leads = [{leads}]
[[site.stand_in]]
away = "{away}"
who = "slack:T1/U2"
first_day = 2026-12-14
last_day = 2026-12-18
"""
GROUP, PERSON, MEMBER = '"slack:T1/S0LEADS01"', '"slack:T1/U1"', "slack:T1/U7"


def read(folder: Path, leads: str, away: str) -> Directory:
    file = folder / "sites.toml"
    file.write_text(SITE.format(leads=leads, away=away), encoding="utf-8")
    return load(file, frozenset())


@pytest.mark.parametrize(
    ("leads", "away"),
    [(PERSON, "slack:T1/U1"), (GROUP, "slack:T1/S0LEADS01"), (GROUP, MEMBER), (f"{PERSON}, {GROUP}", MEMBER)],
    ids=["a lead", "a group as a whole", "somebody of the group", "somebody of the group beside a lead"],
)
def test_a_lead_a_member_of_a_group_or_the_group_may_be_away(tmp_path: Path, leads: str, away: str) -> None:
    (site,) = read(tmp_path, leads, away).sites
    assert site.stand_ins == (StandIn(away, "slack:T1/U2", date(2026, 12, 14), date(2026, 12, 18)),)
    assert site_from_plain(site_to_plain(site)).stand_ins == site.stand_ins, "and the store keeps it"


@pytest.mark.parametrize(
    ("leads", "away"), [(PERSON, MEMBER), (PERSON, "slack:T1/S0LEADS01"), (GROUP, "slack:T1/S0OTHER1")]
)
def test_somebody_who_cannot_lead_here_is_refused_with_the_line(tmp_path: Path, leads: str, away: str) -> None:
    with pytest.raises(BadConfig, match="names nobody who stands in leads") as refused:
        read(tmp_path, leads, away)
    assert "line 7" in str(refused.value)
