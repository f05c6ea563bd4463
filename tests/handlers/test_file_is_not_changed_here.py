"""What the CONFIG file says of a site is changed in the file alone, whatever window somebody still has open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.handlers.setting_up import Admin, with_a_site

TYPED = {
    "site": {"name": "Southside"},
    "staff": {},
    "leads": {"people": ("UWREN",)},
    "contact": {"purpose": "police", "kind": "slack", "destination": "https://northside.slack.com/archives/C0POLICE2"},
    "rules": {},
}
"""What an admin types into each window of a site."""


def is_in_the_file_now(admin: Admin) -> None:
    sites = tuple(replace(one, declared=True) for one in admin.work.directory.sites)
    admin.work.directory = replace(admin.work.directory, sites=sites)


@pytest.mark.parametrize("section", list(TYPED))
def test_a_window_that_was_open_when_the_site_came_into_the_file_keeps_nothing(section: str) -> None:
    """It would be told to the leads and stand in the record, and have no effect: the file says otherwise."""
    admin = with_a_site().to(section)
    is_in_the_file_now(admin)
    before, kept, told = admin.work.directory, list(admin.work.kept), len(admin.work.outbox)
    admin.saves(**TYPED[section])

    assert admin.work.directory == before
    assert admin.work.kept == kept
    assert len(admin.work.outbox) == told
    assert admin.work.audit[-1] == ("setup.refused", "")
