"""Where an admin is: which window of which site, what they typed into it, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Final

from handlers.chosen_people import accounts_chosen
from handlers.intents import Intent, Subject, Value
from handlers.people import Account, Directory
from handlers.ports import Work
from handlers.raising.pages import TITLE
from handlers.screens import Button, Buttons, Caution, Form, Heading, Option, Paragraph, Part
from handlers.setup.words import emergency_first, no_role
from handlers.sites import Site

MEANWHILE: Final = "Somebody changed this meanwhile. What you typed stands below: look again, then save."
CHANGED: Final = "Somebody changed this meanwhile, so nothing was taken out. Look again, then press once more."
SITE_GONE: Final = "That site was removed meanwhile, so nothing of it was changed."
ONCE: Final = "#"
"""Stands between what a window is about and the word that is drawn anew each time it is opened."""
BACK: Final = "Back without saving"
Errors = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class At:
    """One window. `section` says which, `item` what it is about (an account, a contact's id, nothing)."""

    intent: Intent
    work: Work
    section: str
    site: Site | None = None
    item: str = ""
    typed: Mapping[str, Value] | None = None
    """What stood in the window when it was sent; a field that is missing was empty. None: nothing was sent yet."""
    errors: Errors = ()
    note: str = ""
    well: bool = False
    """Whether the note says that something went well: then it bears no warning sign."""
    below: tuple[Part, ...] = ()
    """What can be done about the note, right below it."""

    @property
    def directory(self) -> Directory:
        """Everything that is configured."""
        return self.work.directory

    @property
    def by(self) -> Account:
        """The admin."""
        return self.intent.by

    def text(self, name: str, otherwise: str = "") -> str:
        """What was typed into a box, or what stands in it before that; without blanks around it."""
        value = otherwise if self.typed is None else self.typed.get(name)
        return value.strip() if isinstance(value, str) else ""

    def one(self, name: str, otherwise: str = "") -> str:
        """What was chosen, or what is chosen before that."""
        found = self.several(name, (otherwise,))
        return found[0] if found else ""

    def several(self, name: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        """All that were chosen, or that are chosen before that."""
        value = otherwise if self.typed is None else self.typed.get(name)
        return value if isinstance(value, tuple) else (value,) if value else ()

    def lines(self, name: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        """The lines of a box that are not blank."""
        return tuple(line.strip() for line in self.text(name, "\n".join(otherwise)).splitlines() if line.strip())

    def chosen(self, name: str, otherwise: tuple[Account, ...] = ()) -> tuple[Account, ...]:
        """The people who were chosen, or who are chosen before that."""
        return otherwise if self.typed is None else accounts_chosen(self.several(name), self.by)

    def name(self, account: Account) -> str:
        """What to call somebody on this screen: their name, or their account where nobody knows it."""
        return self.directory.person(account).name or self.intent.known.names.get(account, "") or str(account)

    def name_and_role(self, account: Account) -> str:
        """The same of somebody who is named as a lead; where they cannot lead, why."""
        why = self.directory.not_members.get(account, "")
        return f"{self.name(account)} ({no_role(why)})" if why else self.name(account)

    @property
    def read_once(self) -> Mapping[str, tuple[Account, ...]]:
        """Who is in each group as far as it was ever read."""
        return {**self.intent.known.remembered, **self.intent.known.groups}

    def as_option(self, accounts: tuple[Account, ...]) -> tuple[Option, ...]:
        """People of the admin's own workspace or tenant, as they stand chosen in a picker."""
        here = (self.by.platform, self.by.org)
        return tuple(Option(one.user, self.name(one)) for one in accounts if (one.platform, one.org) == here)

    @property
    def noted(self) -> tuple[Part, ...]:
        """The note, as it stands near the top of a window."""
        if not self.note:
            return ()
        return (Paragraph(self.note) if self.well else Caution(self.note),)

    def token(self, section: str, item: str = "", *, site: Site | None = None, changes: bool = False) -> str:
        """What a button carries. One that `changes` something is another one each time it is drawn.

        A site has a number for that, which goes up. What is said of people can be again as it was before.
        """
        site = site or self.site
        rev = self._rev(section, item, site)
        once = f"{ONCE}{self.work.chance.id()}" if changes and site is None else ""
        return Subject("site", site.id if site else "", section, rev, f"{item}{once}").write()

    @property
    def stale(self) -> bool:
        """Whether somebody has changed what this was drawn of."""
        return self.intent.subject.rev != self._rev(self.section, self.item, self.site)

    def _rev(self, section: str, item: str, site: Site | None) -> int:
        """By what a window is known that was drawn before a change: a site counts its own, of people a digest does."""
        if site is not None:
            return site.rev
        match section:
            case "person":
                found = [one for one in self.directory.persons if item in map(str, one.accounts)]
                return _digest(*found) if found else 0
            case "admin":
                return _digest(*sorted(self.directory.admins))
            case _:
                return 0

    def go(self, label: str, section: str, item: str = "", *, main: bool = False, site: Site | None = None) -> Button:
        """A button to another window."""
        return Button("edit_setup", label, self.token(section, item, site=site), opens_form=True, main=main)

    def wrong(self, *errors: tuple[str, str]) -> At:
        """The same window with what is wrong."""
        return replace(self, errors=errors)

    def window(self, heading: str, *parts: Part, save: str = "Save") -> Form:
        """Draw a window to fill in, 999 first."""
        top: tuple[Part, ...] = (emergency_first(), *self.noted)
        token = self.token(self.section, self.item, changes=True)
        button = Button("save_setup", save, token, main=True)
        return Form(TITLE, (*top, self._back(), Heading(heading), *parts), button, token, errors=self.errors)

    def _back(self) -> Buttons:
        """The way back, for whoever came here by mistake."""
        if self.section in ("person", "admin"):
            return Buttons((self.go(BACK, "people"),))
        if self.site is None:
            return Buttons((Button("show_admin", BACK, opens_form=True),))
        return Buttons((self.go(BACK, "overview"),))


def _digest(*stands: object) -> int:
    return int(sha256(repr(stands).encode()).hexdigest()[:8], 16)
