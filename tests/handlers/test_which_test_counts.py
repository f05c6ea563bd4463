"""One test counts, the newest; its room is looked at when somebody presses; and nobody of the school can press it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.contacts import contacts_of
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Known, Person, Room, Standing
from handlers.ports import Delivery
from handlers.referring import by_mail
from handlers.route import route
from handlers.screens import Form, Message, buttons_of
from handlers.setup.asks import asks
from handlers.setup.watch import differs, watched
from tests.handlers.memory import ADMIN, DEPUTY, LEAD, TEACHER
from tests.handlers.person import Someone, text_of
from tests.handlers.setting_up import Admin, World, with_a_site
from tests.handlers.stories import V18

TENANT = "tenant-northside"
TEAM = "5b1f0c1e-1111-4222-8333-944444444444"
WHERE = {
    "slack": ("T1/C0POLICE1", Account("slack", "T1", "C0POLICE1"), Account("slack", "T9", "UMARSH")),
    "teams": (f"{TENANT}/{TEAM}/19:a@thread.tacv2", Account("teams", TENANT, "19:a@thread.tacv2"),
              Account("teams", "tenant-police", "aad-marsh")),
}  # fmt: skip
ADMINS = {"slack": ADMIN, "teams": Account("teams", TENANT, "aad-admin")}


class Scene:
    """A site with one contact in a channel of one platform, whose test has arrived and waits."""

    def __init__(self, platform: str) -> None:
        world = World()
        world.work.directory = replace(world.work.directory, admins=frozenset(ADMINS.values()))
        with_a_site(world)
        self.admin, self.work = Admin(world, ADMINS[platform]), world.work
        self.where, self.room, self.officer = WHERE[platform]
        self.id = f"police-{platform}"
        self.orgs = self.officer.org
        self.seen: Room | None = Room(name="police-liaison")
        self.admin.to("contact").saves(purpose="police", kind=platform, destination=self.where, organisations=self.orgs)
        self.work.passes(2)

    def tests(self) -> list[Message]:
        """Every test that arrived in the room, oldest first, as it was drawn."""
        return [message for one, message in self.work.arrived if one.kind == "contact_test" and one.to == self.room]

    def presses(
        self, message: Message, by: Account | None = None, standing: Standing | None = None, known: Known | None = None
    ) -> str:
        """Somebody presses the button of a test; the platform says of the room what a test decides."""
        (button,) = [one for one in buttons_of(message) if one.intent == "acknowledge"]
        standing = standing or Standing(member=False, why_not="outside", home=str(self.officer).partition("/")[0])
        known = known or Known(standing, names={self.officer: "Jo Marsh"})
        subject = Subject.read(button.token)
        plain = Intent("acknowledge", by or self.officer, known, Surface.MESSAGE, subject, room=self.room)
        rooms = {one: self.seen for one in asks(plain, self.work.directory).rooms if self.seen is not None}
        answer = route(replace(plain, known=replace(plain.known, rooms=rooms)), self.work)
        self.work.passes()
        return text_of(answer)

    def sends_another(self) -> None:
        """An admin sends the test again, a while later."""
        self.work.passes(2)
        self.admin.to("contact", self.id)
        self.admin.presses("test_contact")
        self.work.passes()

    def looks(self, room: Room) -> None:
        """The bot looks at the channel, as it does every minute."""
        if differs("northside", self.id, room, self.work):
            watched("northside", self.id, room, self.work)
        self.work.passes()

    @property
    def on_offer(self) -> bool:
        """Whether leads can choose it."""
        return self.id in {one.id for one in contacts_of(self.admin.site)}


@pytest.fixture(params=["slack", "teams"])
def scene(request: pytest.FixtureRequest) -> Scene:
    return Scene(request.param)


def test_only_the_newest_test_counts_and_those_before_it_lose_their_button(scene: Scene) -> None:
    scene.sends_another()
    old, new = scene.tests()
    stands = [message for one, message in scene.work.arrived if one.kind == "contact_test_over"]
    assert ["A newer test was sent here" in text_of(one) for one in stands] == [True]
    assert [one for message in stands for one in buttons_of(message)] == []
    assert "A newer test was sent here" in scene.presses(old)
    assert not scene.on_offer
    assert "acknowledged" in scene.presses(new)
    assert scene.on_offer


def test_on_the_day_of_its_acknowledgement_nobody_is_sent_a_thank_you_in_the_place_of_a_test(scene: Scene) -> None:
    scene.presses(scene.tests()[-1])
    before = len(scene.tests())
    scene.sends_another()

    assert "acknowledged today, and holds until" in text_of(scene.admin.screen)
    assert len(scene.tests()) == before
    scene.work.passes(24 * 60)
    scene.sends_another()
    assert len(scene.tests()) == before + 1
    assert "Acknowledge" in [one.label for one in buttons_of(scene.tests()[-1])]


def test_a_test_that_waited_in_the_queue_is_not_sent_once_there_is_a_newer_one(scene: Scene) -> None:
    scene.sends_another()
    scene.work.outbox = {key: one for key, one in scene.work.outbox.items() if one[0].kind != "contact_test"}
    first = scene.work.enqueue(Delivery("contact_test", scene.room, extra=f"northside:{scene.id}"))
    scene.work.now += timedelta(minutes=2)
    scene.admin.to("contact", scene.id)
    scene.admin.presses("test_contact")
    assert scene.work.outbox[first][0].state == "dropped"


@pytest.mark.parametrize(
    "room", [Room("not_private"), Room("outside_organisation"), Room(name="lunch")], ids=["public", "shared", "renamed"]
)
def test_what_is_out_of_use_does_not_come_back_by_a_test_from_before_whoever_presses(scene: Scene, room: Room) -> None:
    scene.sends_another()
    _, used = scene.tests()
    scene.presses(used)
    scene.work.now += timedelta(days=80)
    scene.sends_another()  # it waits still when the channel changes
    waiting = scene.tests()[-1]
    scene.looks(room)
    assert not scene.on_offer
    for test in (used, waiting):
        for by in (None, TEACHER):
            assert "does not count any more" in scene.presses(test, by)
            assert not scene.on_offer
    scene.seen = Room(name=room.name or "police-liaison")
    scene.admin.world.rooms[scene.room] = scene.seen
    scene.sends_another()
    assert "acknowledged" in scene.presses(scene.tests()[-1])
    assert scene.on_offer


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (Room("not_private"), "The channel was made public."),
        (Room("outside_organisation", organisations=("T8",)), "Another organisation was let into the channel."),
        (Room(name="lunch"), "The channel was given another name"),
        (None, "could not be looked at just now"),
    ],
    ids=["public", "shared", "renamed", "not read"],
)
def test_a_press_in_a_room_that_would_be_refused_proves_nothing_and_can_be_repeated(
    scene: Scene, room: Room | None, said: str
) -> None:
    (test,) = scene.tests()
    scene.seen = room
    assert said in scene.presses(test)
    assert not scene.on_offer
    scene.seen = Room(name="police-liaison")
    assert "acknowledged" in scene.presses(test)
    assert scene.on_offer


def test_nobody_makes_us_look_at_another_room_or_for_a_test_that_does_not_count(scene: Scene) -> None:
    (message,) = scene.tests()
    (button,) = buttons_of(message)
    subject = Subject.read(button.token)
    known = Known(Standing(member=True))

    def looked(of: Subject, room: Account | None) -> dict[Account, tuple[str, ...]]:
        return asks(Intent("acknowledge", TEACHER, known, Surface.MESSAGE, of, room=room), scene.work.directory).rooms

    assert looked(subject, scene.room) == {scene.room: (scene.orgs,)}
    assert looked(subject, replace(scene.room, user="other")) == {}
    assert looked(replace(subject, place="another"), scene.room) == {}
    assert looked(replace(subject, place=""), scene.room) == {}
    assert looked(Subject("case", "c1"), scene.room) == {}


def test_a_contact_for_another_agency_proves_itself_anew(scene: Scene) -> None:
    (test,) = scene.tests()
    scene.presses(test)
    scene.admin.to("contact", scene.id).saves(purpose=("lado",))
    assert scene.admin.site.contacts[0].purpose == "lado"
    assert not scene.on_offer
    assert "newer test" in scene.presses(test)
    assert not scene.on_offer
    scene.work.passes()
    scene.presses(scene.tests()[-1])
    assert scene.on_offer


def of_the_school() -> dict[str, Callable[[Scene], Account]]:
    """Who is none of those whom the notices are for, by what makes them so."""

    def owner(scene: Scene) -> Account:
        wren = Account("slack", "T1", "UWREN")
        contact = replace(scene.admin.site.contacts[0], owner_account=str(wren))
        scene.work.keep_site(replace(scene.admin.site, contacts=(contact,)))
        return wren

    def raiser(scene: Scene) -> Account:
        teacher = Someone(scene.work, TEACHER)
        teacher.opens_form()
        teacher.answers(V18).presses("recommend_now")
        scene.work.keep_site(replace(scene.admin.site, staff=("slack:T1/UOTHER",)))
        return TEACHER

    def linked(scene: Scene) -> Account:
        other = Account("slack", "T1", "UPRIYA2")
        scene.work.keep_persons((Person((LEAD, other)),))
        return other

    return {
        "an admin": lambda _: ADMIN,
        "a lead": lambda _: DEPUTY,
        "another account of a lead": linked,
        "whoever looks after it": owner,
        "whoever raised a case": raiser,
        "staff": lambda _: Account("slack", "T1", "UTEACHER2"),
    }


@pytest.mark.parametrize("who", of_the_school().values(), ids=of_the_school())
def test_a_press_of_the_schools_own_side_proves_nothing(scene: Scene, who: Callable[[Scene], Account]) -> None:
    (test,) = scene.tests()
    by = who(scene)
    said = scene.presses(test, by, Standing(member=True))
    assert "You are on the school's side, so your press does not count" in said
    assert not scene.on_offer
    assert "acknowledged" in scene.presses(test)
    assert scene.on_offer


def test_somebody_of_the_other_organisation_may_be_a_full_member_here_and_still_proves_it() -> None:
    scene = Scene("teams")
    (test,) = scene.tests()
    guest = Account("teams", TENANT, "aad-marsh-here")
    scene.work.keep_site(replace(scene.admin.site, serves=frozenset({f"teams:{TENANT}"})))
    assert "school's side" in scene.presses(test, guest, Standing(member=True))
    scene.presses(test, guest, Standing(member=True, home="teams:tenant-police"))
    assert scene.on_offer


def test_the_page_of_an_older_mail_says_that_a_newer_one_was_sent_and_has_no_button() -> None:
    admin = with_a_site()
    work = admin.work
    admin.to("contact").saves(purpose="police", kind="mail", destination="desk@force.police.uk")
    work.passes(2)
    admin.to("contact", "police-mail")
    admin.presses("test_contact")
    work.passes()
    old, new = (one for one, _ in work.arrived if one.kind == "contact_test")

    def presses(mail: Delivery) -> None:
        known = Known(Standing(member=False, why_not="unknown"))
        subject = by_mail.subject_of(mail)
        route(Intent("acknowledge", mail.to, known, Surface.FORM, subject, room=mail.to), work)

    def page(mail: Delivery) -> Form:
        shown = by_mail.page_behind(mail, work)
        assert shown is not None
        return shown

    assert "A newer test was sent here" in text_of(page(old))
    assert page(old).submit is None
    presses(old)
    assert [one.verified for one in admin.site.contacts] == [False]
    assert page(new).submit is not None
    presses(new)
    assert [one.verified for one in admin.site.contacts] == [True]
    assert "Thank you" in text_of(page(old))


def test_the_link_of_a_mail_from_before_the_address_moved_to_and_fro_proves_nothing() -> None:
    admin = with_a_site()
    work = admin.work
    admin.to("contact").saves(purpose="police", kind="mail", destination="a@force.police.uk")
    work.passes(2)
    first = next(one for one, _ in work.arrived if one.kind == "contact_test")
    for address in ("b@force.police.uk", "a@force.police.uk"):
        admin.to("contact", "police-mail").saves(destination=address)
        work.passes(2)
    known = Known(Standing(member=False, why_not="unknown"))
    subject = by_mail.subject_of(first)
    assert "newer test" in text_of(by_mail.page_behind(first, work))
    route(Intent("acknowledge", first.to, known, Surface.FORM, subject, room=first.to), work)
    assert not admin.site.contacts[0].verified
