"""What the store's tests put into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bot.store.connection import connect
from bot.store.place import SqliteFile, parse_place
from bot.store.store import Store, open_store
from bot.store.vault import Keys, new_key
from handlers.case import Acknowledgement, Case, Decision, Draft, State, Told, Version
from handlers.people import Account, Directory
from handlers.ports import Delivery
from handlers.sites import Site
from policy import Facts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handlers.ports import Work

TEACHER = Account.parse("slack:T1/UTEACHER")
LEAD = Account.parse("slack:T1/ULEAD")
DEPUTY = Account.parse("teams:TENANT/DEPUTY")
TUESDAY = datetime(2026, 11, 24, 16, 55, 0, 123456, tzinfo=UTC)
NOW = datetime.now(UTC)
SITE = Site("northside", "Northside Academy", "england", leads=(str(LEAD),))
DIRECTORY = Directory((SITE,))
KEY = new_key()
SENTINEL = "a boy named Sentinel"
FACTS = Facts(harm_now="no", what_was_shared="image_under_18", image_location=("device_in_school",))


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = TUESDAY

    def __call__(self) -> datetime:
        return self.now

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)


async def opened(url: str, clock: Callable[[], datetime] | None = None, keys: str = KEY) -> Store:
    """Open a store on a database."""
    return await open_store(url, keys=Keys.parse(keys), directory=lambda: DIRECTORY, clock=clock)


def a_draft(number: int = 1, **changes: Any) -> Draft:
    """A draft with something in every field."""
    draft = Draft(
        id=f"draft{number:027d}",
        owner=TEACHER,
        site="northside",
        place="page/2",
        rev=3,
        saved_at=TUESDAY,
        answers={"harm_now": "no", "image_location": ("device_in_school", "deleted"), "agreed": None},
        notes=SENTINEL,
        notes_warned="what was warned about",
        left_out=(LEAD, DEPUTY),
        case="case1",
        updates=True,
        base=2,
        checking=True,
    )
    return replace(draft, **changes)


def a_fresh_draft(number: int = 1, **changes: Any) -> Draft:
    """The same, saved a moment ago: where the clock is the real one, one of that Tuesday has expired."""
    return a_draft(number, **{"saved_at": NOW, **changes})


def a_version(number: int = 1, **changes: Any) -> Version:
    """A version with something in every field."""
    version = Version(number, FACTS, "england-2024", f"{SENTINEL} {number}", TEACHER, TUESDAY, by_lead=True)
    return replace(version, **changes)


def a_case(number: int = 1, **changes: Any) -> Case:
    """A case with something in every field."""
    case = Case(
        id=f"case{number:028d}",
        reference=f"SP-{number:04d}-2Q",
        site="northside",
        state=State.RECOMMENDED,
        raised_by=TEACHER,
        raised_at=TUESDAY,
        versions=(a_version(),),
        left_out=(DEPUTY,),
        raised_as=(TEACHER, Account.parse("teams:TEN/TEACHER")),
        raised_by_name=f"{SENTINEL} who raised it",
        opened_at=TUESDAY + timedelta(minutes=1),
        first_opened_at=TUESDAY + timedelta(seconds=30),
        opened_by=LEAD,
        asked_at=TUESDAY + timedelta(minutes=2),
        decisions=(
            Decision(
                1,
                "refer",
                LEAD,
                "Priya Nair",
                TUESDAY,
                f"{SENTINEL} reason",
                1,
                "england-2024",
                "police-notice-1",
                ("police",),
                alone=True,
                site_line="Northside",
                lead_line="Priya",
                told=(Told("police", "police", "slack", f"{SENTINEL} channel", f"{SENTINEL} 101", f"{SENTINEL} room"),),
                again=("police",),
                words=(("police", (("heading", f"{SENTINEL} notice"), ("rows", "Urgency", "Now"))),),
            ),
        ),
        acknowledged=(Acknowledgement(1, "police", DEPUTY, "PC Marsh", "TENANT", TUESDAY, "LOG 4", "Op 7", "17:05"),),
    )
    return replace(case, **changes)


def a_notice(number: int = 1, to: Account = LEAD, **changes: Any) -> Delivery:
    """A notice about a case."""
    return replace(Delivery("lead_notice", to, f"case{number:028d}", 1), **changes)


async def keep(store: Store, *things: Case | Draft | Delivery) -> None:
    """Keep cases and drafts and queue deliveries, in one transaction."""

    def all_of_them(work: Work) -> None:
        for thing in things:
            match thing:
                case Case():
                    work.keep_case(thing)
                case Draft():
                    work.keep_draft(thing)
                case Delivery():
                    work.enqueue(thing)

    await store.run(all_of_them)


async def sql(url: str, *statements: str) -> list[tuple[Any, ...]]:
    """Run statements behind the store's back, as somebody with the database in hand would; the rows of the last."""
    place = parse_place(url)
    if isinstance(place, SqliteFile):
        connection = connect(place)
        rows = [connection.execute(statement).fetchall() for statement in statements][-1]
        connection.close()
        return rows
    from bot.store.postgres import postgres_engine  # noqa: PLC0415 - takes long to load, and files need none of it

    engine = postgres_engine(place)
    try:
        async with engine.begin() as session:
            for statement in statements:
                result = await session.execute(text(statement.replace(":", "\\:")))
            return [tuple(row) for row in result.all()] if result.returns_rows else []
    finally:
        await engine.dispose()


def numbers(deliveries: Iterable[Delivery]) -> list[int]:
    """The versions that deliveries speak of: tests number them by it."""
    return [delivery.version for delivery in deliveries]
