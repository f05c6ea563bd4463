"""Sites and people as plain tables of the CONFIG file: to keep what was set in chat, and to write it as that file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from bot.config.tables import Entry, PersonTable, SiteTable, person_of, site_of
from handlers.people import Person
from handlers.ports import Unfit
from handlers.sites import Clocks, Contact, Numbers, Site

Plain = dict[str, Any]
T = TypeVar("T")


class _StoredSite(SiteTable):
    """A site that is being set up: it may have no lead yet."""

    leads: list[Entry] = []  # noqa: RUF012  # pydantic copies it


def site_to_plain(site: Site) -> Plain:
    """The keys that differ from their defaults, in the order of the reference page. Dates stay dates."""
    plain: Plain = {"id": site.id, "name": site.name, "nation": site.nation, "leads": list(site.leads)}
    plain["serves"] = sorted(site.serves)
    bare = Site(site.id, site.name, site.nation, ())
    for name in ("phone", "requires_two_people", "chat_detail", "force", "retention_months"):
        if getattr(site, name) != getattr(bare, name):
            plain[name] = getattr(site, name)
    if site.staff:
        plain["staff"] = list(site.staff)
    if site.mail_domains:
        plain["mail_domains"] = list(site.mail_domains)
    if site.links:
        plain["links"] = [{"title": title, "url": url} for title, url in site.links]
    for name, held, unset in (("numbers", site.numbers, Numbers()), ("clocks", site.clocks, Clocks())):
        if differs := _differing(held, unset):
            plain[name] = differs
    if site.contacts:
        plain["contact"] = [_contact(contact) for contact in site.contacts]
    if site.stand_ins:
        plain["stand_in"] = [
            {"away": one.away, "who": one.who, "first_day": one.first, "last_day": one.last} for one in site.stand_ins
        ]
    return plain


def site_from_plain(plain: Mapping[str, Any]) -> Site:
    """The site that `site_to_plain` wrote. Raises pydantic's ValidationError for anything else."""
    return site_of(_StoredSite.model_validate(plain))


def person_to_plain(person: Person) -> Plain:
    """The keys of a person that are set."""
    plain: Plain = {"accounts": [str(account) for account in person.accounts]}
    for name in ("name", "role", "phone", "reachable"):
        if getattr(person, name):
            plain[name] = getattr(person, name)
    return plain


def person_from_plain(plain: Mapping[str, Any]) -> Person:
    """The person that `person_to_plain` wrote."""
    return person_of(PersonTable.model_validate(plain))


def fit(plain: Plain, read: Callable[[Plain], T]) -> Plain:
    """The same table, once it was read back as it will be. Raises Unfit, so that nothing is kept that cannot be read.

    The error that says what is wrong holds the value, and so goes no further.
    """
    try:
        read(from_json(json.loads(json.dumps(to_json(plain)))))
    except ValidationError as wrong:
        keys = [one for one in wrong.errors()[0]["loc"] if isinstance(one, str)]
        unfit = Unfit(keys[-1] if keys else "")
    else:
        return plain
    raise unfit


def to_json(value: Any) -> Any:  # noqa: ANN401 - any value of a plain table
    """A plain table with its dates as text, fit for JSON."""
    match value:
        case date():
            return {"date": value.isoformat()}
        case dict():
            return {key: to_json(one) for key, one in value.items()}
        case list():
            return [to_json(one) for one in value]
        case _:
            return value


def from_json(value: Any) -> Any:  # noqa: ANN401 - as above
    """What `to_json` wrote."""
    match value:
        case {"date": str(text)} if len(value) == 1:
            return date.fromisoformat(text)
        case dict():
            return {key: from_json(one) for key, one in value.items()}
        case list():
            return [from_json(one) for one in value]
        case _:
            return value


def _contact(contact: Contact) -> Plain:
    plain: Plain = {one: getattr(contact, one) for one in ("id", "purpose", "kind", "destination", "verified")}
    for name in ("owner", "owner_account", "out_of_hours", "review_by"):
        if getattr(contact, name):
            plain[name] = getattr(contact, name)
    if contact.organisations:
        plain["organisations"] = list(contact.organisations)
    if contact.hours is not None:
        plain["hours"] = contact.hours.words
    return plain


def _differing(held: Clocks | Numbers, unset: Clocks | Numbers) -> Plain:
    names = (one.name for one in fields(held))
    return {name: getattr(held, name) for name in names if getattr(held, name) != getattr(unset, name)}
