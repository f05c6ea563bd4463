"""How it comes to each entry of the trail that is about setting up, where a press is one."""

from __future__ import annotations

from collections.abc import Callable

from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Room, Standing
from handlers.route import route
from handlers.screens import buttons_of
from tests.handlers.deciding import LEAD, TEACHER, a_work
from tests.handlers.memory import ADMIN, MEMBER
from tests.handlers.setting_up import POLICE, ROOM, World, with_a_site
from tests.handlers.trail_stories import Told, Trail


def sets_up() -> Told:
    admin = with_a_site()
    admin.to("rules")
    trail = Trail(admin.work)
    admin.saves(two_people=("yes",))
    return trail, ADMIN


def contact_there() -> tuple[Trail, Callable[..., object]]:
    admin = with_a_site(World())
    admin.to("contact").saves(purpose=("police",), kind=("slack",), destination=POLICE)
    admin.work.passes(5)
    (contact,) = admin.site.contacts
    admin.to("contact", contact.id)
    return Trail(admin.work), admin.presses


def sends_a_test() -> Told:
    trail, presses = contact_there()
    presses("test_contact")
    return trail, ADMIN


def removes() -> Told:
    trail, presses = contact_there()
    presses("remove_setup")
    return trail, ADMIN


def proves(who: Account, *, seen: bool) -> Told:
    """Somebody presses the button of a test to a contact; `seen` says whether the channel could be looked at."""
    admin = with_a_site(World())
    admin.to("contact").saves(purpose=("police",), kind=("slack",), destination=POLICE, organisations="T9")
    admin.work.passes()
    (button,) = [one for one in buttons_of(admin.work.at(ROOM)[-1]) if one.intent == "acknowledge"]
    rooms = {ROOM: Room(name="police-liaison")} if seen else {}
    known = Known(Standing(member=who == LEAD, why_not="" if who == LEAD else "outside"), rooms=rooms)
    trail = Trail(admin.work)
    subject = Subject.read(button.token)
    route(Intent("acknowledge", who, known, Surface.MESSAGE, subject, room=ROOM), admin.work)
    return trail, who


def is_no_admin() -> Told:
    work = a_work()
    trail = Trail(work)
    route(Intent("save_setup", TEACHER, MEMBER, Surface.FORM, Subject("site", "northside", "rules")), work)
    return trail, TEACHER
