"""Examples of what somebody reads who is made a lead or a stand-in, or is taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from handlers.changes import Change
from handlers.people import Account
from handlers.screens import Screen
from handlers.setup import to_them, told
from handlers.setup.alone import ALONE, NEW
from handlers.setup.anyway import BEGINS, ENDS, LEADS, STANDS_IN, UNREAD
from handlers.setup.tell import BY_AN_ADMIN, YOU

_ADMIN: Final = Account.parse("slack:T1/UADMIN01")
_LEAD: Final = Account.parse("slack:T1/ULEAD001")
_SITE: Final = "The Northside Academy and Sixth Form Centre, Upper Wallop Campus"
_ADDED: Final = Change(
    "lead_added", datetime(2026, 11, 24, 16, 55, tzinfo=UTC), "northside", "", _ADMIN, "Sam Adeyemi",
    "Wilhelmina Featherstonehaugh a lead", site_name=_SITE, whom=(str(_LEAD),),
)  # fmt: skip
_SELF: Final = replace(_ADDED, what="lead_self", about_name=f"and {_ADDED.about_name}", whom=(str(_ADMIN), str(_LEAD)))
_REMOVED: Final = replace(_ADDED, what="lead_removed", about_name="Wilhelmina Featherstonehaugh")
_STANDS_IN: Final = replace(
    _ADDED, what="stand_in_added", about_name="Wilhelmina Featherstonehaugh stands in for Tom Reid on 7 December 2026",
    in_place="for Tom Reid on 7 December 2026",
)  # fmt: skip
_JOINED: Final = replace(
    _ADDED, what="lead_joined", by=None, by_name="",
    about_name=f"Wilhelmina Featherstonehaugh is now in user group @safeguarding-leads and so leads {_SITE}",
)  # fmt: skip
_LEFT: Final = replace(
    _JOINED, what="lead_left",
    about_name="Wilhelmina Featherstonehaugh is not in user group @safeguarding-leads any more and so does not lead "
    f"{_SITE}",
)  # fmt: skip
_OF_THE_FILE: Final = replace(_ADDED, by=None, by_name="The configuration file")
_BY_FILE: Final = "Wilhelmina Featherstonehaugh (entered as Priya Nair, slack:T1/ULEAD001, an admin of Signpost)"
_FILE_SELF: Final = replace(_OF_THE_FILE, what="lead_self", about_name=f"made {_BY_FILE} a lead")
_FILE_STANDS_IN: Final = replace(
    _FILE_SELF, about_name=f"made an admin a stand-in: {_BY_FILE} stands in for Tom Reid on 7 December 2026",
    in_place=_STANDS_IN.in_place,
)  # fmt: skip
_JOIN: Final = replace(
    _ADDED, what="person_joined", whom=("slack:T1/ULEAD001", "teams:TENANT/0f8fad5b-d9cb-469f-a165-70867728950e"),
    about_name="Wilhelmina Featherstonehaugh (slack:T1/ULEAD001) and Sam Adeyemi "
    "(teams:TENANT/0f8fad5b-d9cb-469f-a165-70867728950e, an admin of Signpost). Priya Nair, DSL, 01632 960002",
)  # fmt: skip
_FILE_REPLACED: Final = replace(
    _OF_THE_FILE, what="lead_removed", about_name="Tom Reid (slack:T1/U2) and Jo Marsh (slack:T1/U3)",
    whom=("slack:T1/U2", "slack:T1/U3"), instead=_BY_FILE,
)  # fmt: skip


def to_them_examples() -> dict[str, Screen]:
    """Every such message by a name of its own, and what the others read of the same."""
    said = "as a stand-in: Sam Adeyemi stands in for Tom Reid on 7 December 2026"
    themselves = replace(_STANDS_IN, what="lead_self", about_name=said, whom=(str(_ADMIN),))
    in_place, out = _STANDS_IN.in_place, replace(_STANDS_IN, what="stand_in_removed")
    changes = {
        "lead": (_ADDED, YOU, _LEAD), "lead_of_the_file": (_OF_THE_FILE, YOU, _LEAD), "self": (_SELF, YOU, _ADMIN),
        "self_of_the_file": (_FILE_SELF, YOU, _LEAD), "stand_in_self_of_the_file": (_FILE_STANDS_IN, YOU, _LEAD),
        "out_all_of_the_file": (_FILE_REPLACED, YOU, _LEAD),
        "group_with_an_admin_of_the_file": (replace(_OF_THE_FILE, why=BY_AN_ADMIN), YOU, _LEAD),
        "self_alone": (replace(_SELF, why=ALONE), YOU, _ADMIN), "self_new": (replace(_SELF, why=NEW), YOU, _ADMIN),
        "with_an_admin": (_SELF, YOU, _LEAD), "out": (_REMOVED, YOU, _LEAD),
        **{f"out_{why}": (replace(_REMOVED, why=why), YOU, _LEAD) for why in to_them.STILL_LEADS},
        "stand_in": (_STANDS_IN, YOU, _LEAD), "stand_in_self": (themselves, YOU, _ADMIN),
        "stand_in_begins": (_STANDS_IN, BEGINS, _LEAD), "stand_in_ends": (_STANDS_IN, ENDS, _LEAD),
        "joined": (_JOINED, YOU, _LEAD), "joined_admin": (replace(_JOINED, why=BY_AN_ADMIN), YOU, _LEAD),
        "left": (_LEFT, YOU, _LEAD), "joined_stand_in": (replace(_JOINED, in_place=in_place), YOU, _LEAD),
        "left_stand_in": (replace(_LEFT, in_place=in_place), YOU, _LEAD),
        "accounts_joined": (_JOIN, YOU, _LEAD), "accounts_joined_by_them": (_JOIN, YOU, _ADMIN),
        "accounts_joined_with_an_admin": (replace(_JOIN, why=BY_AN_ADMIN), YOU, _LEAD),
        "accounts_parted_of_the_file": (
            replace(_JOIN, what="person_parted", by=None, by_name="The configuration file"), YOU, _LEAD,
        ),
        "stand_in_out": (out, YOU, _LEAD),
    }  # fmt: skip
    beside = replace(_STANDS_IN, in_place="beside the user group @safeguarding-leads on 7 December 2026")
    anyway = {
        "stand_in": (_STANDS_IN, f"{YOU}:{LEADS}"), "stand_in_beside": (beside, f"{YOU}:{LEADS}"),
        "stand_in_begins": (_STANDS_IN, f"{BEGINS}:{LEADS}"), "stand_in_out": (out, f"{YOU}:{LEADS}"),
        **{f"stand_in_ends_{one}": (_STANDS_IN, f"{ENDS}:{one}") for one in (LEADS, STANDS_IN, UNREAD)},
    }  # fmt: skip
    drawn = {name: to_them.message(one, about, to, _SITE) for name, (one, about, to) in changes.items()}
    others = {name: told.message((one,), _SITE) for name, (one, about, _) in changes.items() if about == YOU}
    return {
        "setup_told_to_them_ahead": to_them.ahead(drawn["lead"]),
        **{f"setup_told_to_them_{name}": screen for name, screen in drawn.items()},
        **{f"setup_told_to_a_lead_{name}": to_them.message(*one, _LEAD, _SITE) for name, one in anyway.items()},
        **{f"setup_told_of_{name}": screen for name, screen in others.items()},
    }
