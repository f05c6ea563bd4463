"""Who may do what: the table that the program runs, with what a reader needs to know beside it."""

from __future__ import annotations

from typing import Final

from bot.documents.reference.markdown import page, table
from handlers.roles import MAY, Role

_BEFORE: Final = """\
One person can be several of these, for one case or site. A guest, a deactivated account and somebody of another
organisation have no role, *contact* aside: that is whoever is in the room to which a lead's message was sent. A lead
whom the raiser left out has no role for that case, with no account that was theirs then. What one account raised is
also another's of the same person, unless one of them is an admin's. Roles are asked of the platform anew before
anything is shown, changed or decided; what cannot be asked is denied. Whoever may not gets the same answer for a real
case and for an invented one, also while a group that leads cannot be read: who led by a group that is unread is told
that the platform could not be asked, whatever they asked for.

Whoever is named as a lead and has no role is told nothing of a case, by whichever way they are named: their account, a
user group, a channel, an Entra group, a roster, as a stand-in. They hold no place in the order: the next lead hears in
their place, and the raiser whom to ring where nobody is left. Their platform is asked right before a message goes out,
and of every lead again and again; admins and the other leads hear of it once. Where it cannot be asked, what it said
last counts, and where it never said anything they are told: a lead too few is worse."""
_AFTER: Final = """\
*Raiser* of a draft is whoever began it. `list_cases` answers everyone with what is theirs: for an admin or an outsider
that is nothing."""


def roles_page() -> str:
    """Each intent and each role, every "no" included."""
    rows = ((f"`{name}`", *("yes" if role in allowed else "no" for role in Role)) for name, allowed in MAY.items())
    return page(
        "Who may do what",
        _BEFORE,
        "The table is the one that the program runs.",
        table(("intent", *(role.value for role in Role)), rows),
        _AFTER,
    )
