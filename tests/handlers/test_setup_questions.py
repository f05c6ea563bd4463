"""A question before something is taken out names it; a wrong entry is said in words that Slack can set in bold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.slack.mrkdwn import decorable
from handlers.people import Account, Person
from handlers.screens import buttons_of
from handlers.setup.clock_fields import AT_LEAST, MINUTES
from tests.handlers.memory import ADMIN
from tests.handlers.person import errors_on
from tests.handlers.setting_up import Admin, with_a_site

OTHER = Account.parse("slack:T1/UWREN")


def asked(admin: Admin, label: str) -> list[str]:
    assert admin.screen is not None
    return [one.ask_first for one in buttons_of(admin.screen) if one.label == label]


def test_what_is_taken_out_stands_in_the_question() -> None:
    admin = with_a_site()
    admin.work.directory = replace(
        admin.work.directory, admins=frozenset({ADMIN, OTHER}), persons=(Person((OTHER,), "Wren Okafor"),)
    )
    admin.to("people", site="")
    assert asked(admin, "Take out") == ["Take Wren Okafor (on Slack) out of the admins?"]
    admin.to("person", str(OTHER), site="")
    assert asked(admin, "Take out") == ["Forget what was said of Wren Okafor? Their accounts are several people again."]
    admin.to("contact").saves(purpose="police", kind="by_hand", destination="01632 960099")
    admin.to("contact", admin.site.contacts[0].id)
    assert asked(admin, "Remove") == ["Remove Police, by phone: 01632 960099? Leads are told."]


@pytest.mark.parametrize(("section", "site", "fields", "field"), [
    ("site", "northside", {"name": "Northside", "nation": ("england",), "officer": "Ask <@U1>"}, "officer"),
    ("site", "northside", {"name": "Northside", "nation": ("england",), "links": "javascript:alert(1)"}, "links"),
    ("site", "northside", {"name": "Northside", "nation": ("england",), "links": "*Ours* http://a.example"}, "links"),
    ("person", "", {"name": "Wren", "accounts": "https://a.example/*x*"}, "accounts"),
])  # fmt: skip
def test_an_error_repeats_nothing_that_keeps_slack_from_showing_it_as_one(
    section: str, site: str, fields: dict[str, object], field: str
) -> None:
    admin = with_a_site()
    said = errors_on(admin.to(section, site=site).saves(**fields))[field]
    assert decorable(said), said


@pytest.mark.parametrize(("typed", "said"), [("0", AT_LEAST), ("-5", AT_LEAST), ("soon", MINUTES), ("nan", MINUTES)])
def test_no_minutes_are_told_apart_from_no_number(typed: str, said: str) -> None:
    shown = with_a_site().to("rules").saves(lead_urgent=typed)
    assert errors_on(shown)["lead_urgent"] == said
