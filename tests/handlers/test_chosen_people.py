"""People who were chosen become accounts of the place where they were chosen, and nothing else does."""

from __future__ import annotations

import pytest

from handlers.chosen_people import accounts_chosen
from handlers.intents import Value
from handlers.people import Account, is_group

ON_SLACK = Account.parse("slack:T1/U4")
ON_TEAMS = Account.parse("teams:tenant/sam")


def test_one_person_or_several_belong_to_the_workspace_or_tenant_of_whoever_pressed() -> None:
    assert accounts_chosen("U2", ON_SLACK) == (Account.parse("slack:T1/U2"),)
    assert accounts_chosen(("tom", "priya"), ON_TEAMS) == (
        Account.parse("teams:tenant/tom"),
        Account.parse("teams:tenant/priya"),
    )


@pytest.mark.parametrize("value", [None, "", ()])
def test_nobody_chosen_is_nobody(value: Value) -> None:
    assert accounts_chosen(value, ON_SLACK) == ()


def test_somebody_chosen_twice_is_one_person() -> None:
    assert accounts_chosen(("U2", "U3", "U2"), ON_SLACK) == (
        Account.parse("slack:T1/U2"),
        Account.parse("slack:T1/U3"),
    )


@pytest.mark.parametrize(
    "odd", ["group:all-staff", "channel:19:x@thread.tacv2", "a/b", "slack:T1/U2", "U 2", "U2\n", "é", "x" * 65, "../x"]
)
def test_what_is_no_id_is_left_out_so_that_no_group_and_no_other_workspace_can_be_smuggled_in(odd: str) -> None:
    assert accounts_chosen(odd, ON_TEAMS) == ()
    kept = accounts_chosen((odd, "tom"), ON_TEAMS)
    assert kept == (Account.parse("teams:tenant/tom"),)
    assert not any(is_group(str(account)) for account in kept)
