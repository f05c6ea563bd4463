"""What is still to do stands in an admin's chat, and is drawn anew once anybody has changed what it says.

On Slack it is a window, and gone with it. On Teams it is a card: it stays behind every dialog, while other admins go
on, contacts acknowledge and the bot finds something out. So where it stands is kept, and it is overwritten through
the outbox, whichever process took the press.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from handlers.people import Account
from handlers.ports import Delivery, Work

LIST: Final = "show_admin"
"""What is asked for in the chat to have it."""
TOGETHER: Final = timedelta(seconds=2)
"""How long a change waits for those that come with it: one press may be several."""
MOST_ADMINS: Final = 50


def stands(account: Account, address: str, work: Work) -> None:
    """Keep where it stands since a moment ago. Whoever is no admin was told so, and that does not change."""
    if address and work.directory.is_admin(account):
        work.enqueue(Delivery("setup_list", account, state="sent", address=address))


def draw_anew(work: Work, also: str = "") -> None:
    """Have the newest of each admin drawn anew; and of whoever is none any more by this change."""
    all_of_them = [one for one in work.deliveries("") if one.kind == "setup_list"]
    newest = {one.to: one.id for one in all_of_them if not one.replaces}
    gone = {one.replaces for one in all_of_them if one.state == "failed"}
    waiting = {one.replaces for one in all_of_them if one.state == "queued" and one.due and one.due > work.now}
    admins = [to for to in newest if work.directory.is_admin(to) or str(to) == also]
    for to in admins[:MOST_ADMINS]:
        if newest[to] not in gone | waiting:
            work.enqueue(Delivery("setup_list", to, replaces=newest[to]), due=work.now + TOGETHER)
