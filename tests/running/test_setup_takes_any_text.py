"""Whatever is typed into a window of setting up, it is kept, or what is wrong stands at a field: never "no records"."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from traceback import format_exception

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.asking.rooms import Looks
from bot.asking.setup import AskSetup
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.store.store import Store
from handlers.contacts import contacts_of
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Directory, Known, Standing
from handlers.ports import Unfit
from handlers.screens import Field, Form, People, Screen, TextBox
from handlers.setup.route import SAVES, UNFIT, not_kept
from handlers.sites import Contact, Site
from tests.handlers.person import text_of
from tests.running.post_office import real_store
from tests.running.test_ask_setup import Rooms

ORG = {"slack": "T1", "teams": "tenant-northside"}
ADMINS = [Account("slack", "T1", "UADMIN"), Account("teams", ORG["teams"], "aad-admin")]
ROOM = {"slack": "T1/C0POLICE1", "teams": f"{ORG['teams']}/5b1f0c1e-1111-4222-8333-944444444444/19:a@thread.tacv2"}
NAME = f"Wren \u202e\ud83dOkafor\n{'x' * 100}"
"""A display name as nobody should have one."""


class Everybody:
    """A platform that takes everything for one of its own: what is typed is checked by us alone."""

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:
        _ = account, fresh
        return Standing(member=True)

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:
        _ = group, fresh
        return (Account("slack", "T1", "ULEAD"),)

    async def name(self, account: Account) -> str:
        _ = account
        return NAME


@dataclass
class Office:
    """A desk on a real database, and how often it said that something is wrong with that."""

    loop: asyncio.AbstractEventLoop
    store: Store
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        lookups = {"slack": Everybody(), "teams": Everybody()}
        asking = AskSetup(lambda: lookups, Looks(lambda: {"slack": Rooms(), "teams": Rooms()}), "a.sch.uk")
        self.desk = FrontDesk(
            self.store, self.store.configured.last, Metrics(), lookups=lambda: lookups, ask_setup=asking,
            trouble=lambda: self.troubles.append("trouble"), answer_seconds=30,
        )  # fmt: skip

    def begins(self, admin: Account) -> Site:
        """One site with a lead, as it was before anybody typed."""
        self.troubles.clear()
        site = Site(
            "northside", "Northside", "england", (f"{admin.platform}:{admin.org}/ULEAD",), phone="01632 960001",
            serves=frozenset({f"{one}:{org}" for one, org in ORG.items()}),
        )  # fmt: skip

        async def anew() -> Site:
            found = await self.store.read(lambda work: work.directory)
            for one in found.sites:
                await self.store.run(lambda work, which=one.id: work.drop_site(which))  # type: ignore[misc]
            await self.store.run(lambda work: work.keep_persons(()))
            await self.store.run(lambda work: work.keep_site(site))
            return (await self.store.read(lambda work: work.directory)).sites[0]

        return self.loop.run_until_complete(anew())

    def asks(self, by: Account, name: str, subject: Subject, fields: dict[str, Value]) -> Screen | None:
        """As a platform does."""
        known = Known(Standing(member=True))
        return self.loop.run_until_complete(self.desk.answer(Intent(name, by, known, Surface.FORM, subject, fields)))

    def reads(self) -> Directory:
        """What is kept, read anew as another process would."""
        return self.loop.run_until_complete(self.store.read(lambda work: work.directory))


@pytest.fixture(scope="module")
def office() -> Iterator[Office]:
    loop = asyncio.new_event_loop()
    with tempfile.TemporaryDirectory() as folder:
        admins = Directory(admins=frozenset(ADMINS), first_admins=frozenset(ADMINS))
        store = loop.run_until_complete(real_store(Path(folder), admins))
        yield Office(loop, store)
        loop.run_until_complete(store.close())
    loop.close()


def usual(section: str, admin: Account, kind: str) -> dict[str, Value]:
    """What would be kept as it stands: one field of it is then typed anew."""
    lead = f"{admin.platform}:{admin.org}/ULEAD"
    where = {"mail": "desk@force.police.uk", "by_hand": "101", **ROOM}
    return {
        "site": {"name": "Southside", "nation": "england", "serves": (f"slack:{ORG['slack']}",)},
        "staff": {"people": ("UWREN",)},
        "leads": {"people": ("UWREN",)},
        "lead": {"move": "first"},
        "stand_in": {"away": lead, "who": "UWREN", "first_day": "14/12/2090", "last_day": "18/12/2090"},
        "contact": {"purpose": "police", "kind": kind, "destination": where[kind], "owner": "UWREN"},
        "rules": {
            "two_people": "yes",
            "chat_detail": "full",
            "retention": "12",
            "lead_urgent": "10",
            "lead_today": "60",
            "decide_urgent": "30",
            "decide_today": "240",
            "contact_urgent": "15",
        },
        "person": {"who": "UWREN", "name": "Wren"},
        "admin": {"people": ("UWREN",)},
    }[section]  # type: ignore[return-value]  # texts and tuples of them


NEARLY = (
    "mailto:desk@force.police.uk", "desk@force.police.uk.", "<desk@force.police.uk>", "a@b@c.d", "x..y@force.police.uk",
    f"{'x' * 70}@force.police.uk", f"desk@{'a.' * 140}uk", "desk@-force.police.uk", "désk@force.police.uk",
    "T1/C0POLICE1", "T1/C0POLICE1/", "https://northside.slack.com/archives/C0POLICE1",
    f"{ORG['teams']}/a\ud83db/19:a@thread.tacv2", f"{ORG['teams']}/{'x' * 400}/19:a@thread.tacv2", "01632 960001",
    f"Guidance https://school.example/{'x' * 300}", f"{'x' * 76} https://school.example/a", "A https://school.example:٣/",
    "North\ud83dside", "x" * 41, "x" * 76, "x" * 301, "slack:T1/S0GROUP01", "slack:T1/U\ud83d", "teams:T/group:x",
    "nan", "inf", "1e-320", "1e308", "-1", "9" * 5000, "٣", "²", "31/12/9999", "9999-12-31", "٣١/12/2090",
    "Mon-Fri 08:00-16:00", "Mon-Fri 08:00+01:00-16:00", "Mon-Fri 08:00:00.5-16:00", "Fri-Mon 08:00-16:00", "\x00", "~",
)  # fmt: skip
CHARACTERS = st.characters(exclude_categories=())
"""Any at all: halves of emoji, controls, letters that turn the line around."""
TEXTS = st.one_of(
    st.sampled_from(NEARLY),
    st.text(CHARACTERS, max_size=30),
    st.builds(lambda one, count: one * count, st.text(CHARACTERS, min_size=1, max_size=4), st.integers(1, 400)),
    st.builds(lambda text, one: f"{text}{one}", st.sampled_from(NEARLY), CHARACTERS),
    st.builds(lambda text, one: f"{text[:3]}{one}{text[3:]}", st.sampled_from(NEARLY), CHARACTERS),
)
WINDOWS = st.sampled_from([("contact", "mail"), ("contact", "by_hand"), ("contact", "here"),
                           *((one, "mail") for one in sorted(SAVES) if one != "contact")])  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(admin=st.sampled_from(ADMINS), window=WINDOWS, number=st.integers(0, 20), text=TEXTS)
@example(admin=ADMINS[0], window=("contact", "mail"), number=0, text="mailto:duty@force.police.uk")
@example(admin=ADMINS[0], window=("site", "mail"), number=7, text=f"Ours https://school.example/{'x' * 300}")
@example(admin=ADMINS[1], window=("person", "mail"), number=1, text="x" * 76)
@example(admin=ADMINS[0], window=("rules", "mail"), number=0, text="9" * 5000)
def test_any_text_is_kept_or_refused_at_a_field(
    office: Office, admin: Account, window: tuple[str, str], number: int, text: str
) -> None:
    section, kind = window
    site = office.begins(admin)
    subject = Subject("site", "" if section in ("person", "admin") else site.id, section, site.rev if section not in
                      ("person", "admin") else 0, site.leads[0] if section == "lead" else "")  # fmt: skip
    drawn = office.asks(admin, "edit_setup", subject, {})
    assert isinstance(drawn, Form)
    boxes = [part.id for part in drawn.parts if isinstance(part, TextBox)]
    fields = dict(usual(section, admin, admin.platform if kind == "here" else kind))
    if boxes:
        fields[boxes[number % len(boxes)]] = text

    shown = office.asks(admin, "save_setup", Subject.read(drawn.token), fields)

    assert isinstance(shown, Form)
    assert office.troubles == []
    assert UNFIT not in text_of(shown)
    assert UNFIT not in dict(shown.errors).values(), "the field's own check is to say what is wrong"
    at = {part.id for part in shown.parts if isinstance(part, Field)}
    assert {name for name, _ in shown.errors} <= at
    if not shown.errors:
        assert not at, "it was kept, and what is there is shown"
    for one in office.reads().sites:
        assert contacts_of(one)


def test_what_a_window_does_not_catch_is_said_on_it_and_is_no_trouble_with_the_records(office: Office) -> None:
    site = office.begins(ADMINS[0])
    subject = Subject("site", site.id, "leads", site.rev, "")
    shown = office.asks(ADMINS[0], "save_setup", subject, {"people": ("XODD",), "groups": ""})
    assert isinstance(shown, Form)
    assert UNFIT in text_of(shown)
    assert [part.chosen[0].value for part in shown.parts if isinstance(part, People)] == ["XODD"], "nothing is lost"
    assert office.troubles == []
    assert office.reads().sites == (site,)


def test_a_key_that_has_a_field_is_named_there_and_the_value_stands_in_no_error(office: Office) -> None:
    site = office.begins(ADMINS[0])
    odd = replace(site, contacts=(Contact("police", "police", "by_hand", "SENTINEL" * 50),))
    with pytest.raises(Unfit) as unfit:
        office.loop.run_until_complete(office.store.run(lambda work: work.keep_site(odd)))
    assert unfit.value.key == "destination"
    assert "SENTINEL" not in "".join(format_exception(unfit.value))
    intent = Intent("save_setup", ADMINS[0], Known(Standing(member=True)), Surface.FORM,
                    Subject("site", site.id, "contact", site.rev, ""), {"destination": "SENTINEL"})  # fmt: skip
    shown = office.loop.run_until_complete(office.store.run(lambda work: not_kept(intent, unfit.value.key, work)))
    assert isinstance(shown, Form)
    assert dict(shown.errors) == {"destination": UNFIT}
