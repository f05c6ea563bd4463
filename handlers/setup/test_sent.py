"""How a contact's last test went: one that never arrived is acknowledged by nobody, and only an admin can mend that."""

from __future__ import annotations

from handlers.ports import Delivery, Work
from handlers.referring.trouble import STATES, WHY
from handlers.setup.test_message import newest_test
from handlers.sites import Contact, Site

TROUBLE = ("failed", "unsure", "dropped")


def trouble_with_test(site: Site, contact: Contact, work: Work) -> str:
    """What is wrong with the test that was sent last, in a sentence; empty where nothing is, as far as is known."""
    newest = newest_test(site, contact, work)
    return "" if newest is None else said(newest)


def said(test: Delivery) -> str:
    """How a test stands, where somebody can do something about it."""
    if test.state not in TROUBLE and not (test.state == "queued" and test.why):
        return ""
    why = WHY.get(test.why, "")
    return f"The last test: {STATES[test.state]}{f' {why}' if why else ''}"
