"""A field of the set-up that is said to be needed is refused when it is empty: at that field, and always."""

from __future__ import annotations

import pytest

from handlers.screens import Field, Form
from tests.handlers.setting_up import Admin, with_a_site

NEEDED = {
    "site": {"name", "nation"},
    "leads": set[str](),  # people or a group: neither is needed by itself
    "lead": {"move"},
    "stand_in": {"away", "who", "first_day", "last_day"},
    "staff": set[str](),
    "rules": {
        "two_people", "chat_detail", "retention", "lead_urgent", "lead_today", "decide_urgent", "decide_today",
        "contact_urgent",
    },
    "contact": {"purpose", "kind", "destination"},
    "admin": {"people"},
}  # fmt: skip


def _opened(section: str) -> tuple[Admin, set[str]]:
    admin = with_a_site()
    admin.to(section, admin.site.leads[0] if section == "lead" else "")
    assert isinstance(admin.screen, Form)
    return admin, {part.id for part in admin.screen.parts if isinstance(part, Field) and part.needed}


@pytest.mark.parametrize("section", NEEDED)
def test_what_is_needed_is_said_to_be_and_refused_when_empty(section: str) -> None:
    admin, said = _opened(section)
    assert said == NEEDED[section]
    if not said:
        return

    answer = admin.saves(**dict.fromkeys(said, ""))

    assert isinstance(answer, Form)
    assert said <= {name for name, _ in answer.errors}
