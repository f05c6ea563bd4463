"""An admin who sets up a site from nothing, with what the platforms would say of people and channels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Directory, Group, Known, Room, Standing
from handlers.route import route
from handlers.screens import Part, Question, Screen
from handlers.setup.asks import asks
from handlers.setup.leads import SURE
from handlers.sites import Site
from tests.handlers.memory import ADMIN, MemoryWork
from tests.handlers.person import Someone

GUEST = Account.parse("slack:T1/UGUEST")
LEFT = Account.parse("slack:T1/ULEFT")
NAMES = {"UADMIN": "Sam Adeyemi", "ULEAD": "Priya Nair", "UDEPUTY": "Tom Reid", "UWREN": "Wren Okafor"}
POLICE = "C0POLICE1"
ROOM = Account("slack", "T1", POLICE)


@dataclass
class World:
    """What the platforms answer: people who are no full members, groups that can be read, channels that will not do."""

    work: MemoryWork = field(default_factory=lambda: MemoryWork(directory=nothing()))
    not_members: dict[Account, Standing] = field(
        default_factory=lambda: {
            GUEST: Standing(member=False, why_not="guest"),
            LEFT: Standing(member=False, why_not="deactivated"),
        }
    )
    groups: dict[str, tuple[Account, ...]] = field(default_factory=dict)
    about_groups: dict[str, Group] = field(default_factory=dict)
    rooms: dict[Account, Room] = field(default_factory=dict)
    own_domain: str = "northside.sch.example"
    names: dict[str, str] = field(default_factory=lambda: dict(NAMES))


def nothing() -> Directory:
    """One admin, and nothing set up."""
    return Directory(admins=frozenset({ADMIN}), first_admins=frozenset({ADMIN}))


class Admin(Someone):
    """Presses and types as anybody does; the platforms are asked what `asks` says, as the front desk would."""

    def __init__(self, world: World, account: Account = ADMIN) -> None:
        super().__init__(world.work, account)
        self.world = world

    def asks(self, name: str, *, surface: Surface = Surface.COMMAND, subject: str = "", **more: object) -> Screen:
        """Send an intent with what had to be asked for it."""
        plain = Intent(name, self.account, Known(Standing(member=True)), surface, Subject.read(subject), **more)  # type: ignore[arg-type]
        wanted = asks(plain, self.work.directory)
        known = Known(
            Standing(member=True),
            groups={
                ref: found
                for ref in (*wanted.groups, *wanted.shown)
                if (found := self.world.groups.get(ref)) is not None
            },
            about_groups={
                ref: self.world.about_groups[ref]
                for ref in (*wanted.groups, *wanted.shown)
                if ref in self.world.about_groups
            },
            names={Account("slack", "T1", user): name for user, name in self.world.names.items()},
            standings={one: self.world.not_members.get(one, Standing(member=True)) for one in wanted.accounts},
            rooms={room: self.world.rooms.get(room, Room(name="police-liaison")) for room in wanted.rooms},
            own_domain=self.world.own_domain,
        )
        answer = route(replace(plain, known=known), self.work)
        assert answer is not None
        self.screen = answer
        self.typed = dict(self.typed) if isinstance(answer, object) and getattr(answer, "errors", False) else {}
        return answer

    def opens_setup(self) -> Admin:
        """Type `/signpost admin`."""
        self.asks("show_admin")
        return self

    def goes(self, label: str) -> Admin:
        """Press the button with this label, or the one beside the row with it."""
        self.presses("edit_setup", label=label)
        return self

    def to(self, section: str, item: str = "", site: str = "northside") -> Admin:
        """Open a window as its button would."""
        found = self.work.directory.site(site)
        subject = Subject("site", site if found else "", section, found.rev if found else 0, item)
        self.asks("edit_setup", surface=Surface.FORM, subject=subject.write())
        return self

    def saves(self, **typed: object) -> Screen:
        """Fill in and press Save."""
        self.answers(typed)  # type: ignore[arg-type]  # values of fields
        return self.presses("save_setup")

    def adds_group(self, text: str, **typed: object) -> Screen:
        """Name a group as lead, look at who is in it, and say yes."""
        shown = self.saves(groups=text, **typed)
        (sure,) = [one for one in shown.parts if isinstance(one, Question) and one.id == SURE]
        return self.saves(sure=(sure.options[0].value,))

    @property
    def site(self) -> Site:
        """The site that was set up."""
        found = self.work.directory.site("northside")
        assert found is not None
        return found


def parts_of(admin: Admin) -> tuple[Part, ...]:
    """What stands on the window that the admin sees."""
    assert admin.screen is not None
    return admin.screen.parts


def with_a_site(world: World | None = None) -> Admin:
    """An admin who has added Northside with two leads."""
    admin = Admin(world or World())
    admin.opens_setup().goes("Do it")
    admin.saves(name="Northside", nation=("england",), phone="01632 960001")
    admin.to("leads").saves(people=("ULEAD", "UDEPUTY"))
    return admin
