"""Who was chosen in a `People` field, as accounts."""

from __future__ import annotations

import re
from typing import Final

from handlers.intents import Value
from handlers.people import Account

_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""An id of Slack or of Entra. Colons and slashes divide the parts of an account, and begin the name of a group."""


def accounts_chosen(value: Value, by: Account) -> tuple[Account, ...]:
    """The people in a field's value, each once and in their order, in the workspace or tenant of whoever pressed.

    What is no id is left out: a changed client can send anything. Whether somebody exists there, and is a full member,
    only the platform can say.
    """
    ids = (value,) if isinstance(value, str) else value or ()
    return tuple(dict.fromkeys(Account(by.platform, by.org, one) for one in ids if _ID.fullmatch(one)))
