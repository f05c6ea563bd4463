"""Whether Microsoft lets us in, and whether each site's leads on Teams can be written to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

from bot.doctor import clock, public, served, shared_rooms
from bot.doctor.contacts import LEADS_RING
from bot.doctor.finding import Finding, State
from bot.doctor.people import Trouble, entries
from bot.doctor.people import look as look_at_people
from bot.settings import Settings
from handlers.contacts import not_offered
from handlers.people import Directory
from handlers.sites import Contact, Site

SHARED: Final = "shared"
_REGISTRATION: Final = "the app registration in the Entra admin centre"
_NO_TOKEN: Final = {
    "unreachable": (
        "Let this machine reach Entra over https (behind an inspecting proxy set SIGNPOST_CA_FILE), and check "
        "SIGNPOST_TEAMS_TENANT_ID: for an unknown tenant Entra answers nothing of use."
    ),
    "certificate_file": (
        "Write the private key and the certificate into one PEM file at SIGNPOST_TEAMS_CERTIFICATE_FILE, or name a "
        ".pfx file without a password."
    ),
    "invalid_client": (
        f"The secret or certificate is not that app's, or has run out: make a new one in {_REGISTRATION} (of a secret "
        "copy the value, not its id), and check SIGNPOST_TEAMS_APP_ID."
    ),
    "unauthorized_client": (
        f"Entra knows no such app in that tenant: copy SIGNPOST_TEAMS_APP_ID and SIGNPOST_TEAMS_TENANT_ID from "
        f"{_REGISTRATION}."
    ),
}
_OTHERWISE: Final = (
    f"Compare SIGNPOST_TEAMS_APP_ID, SIGNPOST_TEAMS_TENANT_ID and the secret or certificate with {_REGISTRATION}."
)
_IDENTITY: Final = (
    "A managed identity is there on a machine in Azure alone, where one was assigned: set SIGNPOST_TEAMS_APP_ID to its "
    "client id. Anywhere else take SIGNPOST_TEAMS_MANAGED_IDENTITY out, and set a secret or a certificate."
)
_WRONG: Final = {
    "not_added": (
        "does not have Signpost in Teams, so no message reaches them",
        "Install it for them with a setup policy, or have them open Apps in Teams, search for Signpost and choose Add.",
    ),
    "nobody": ("is nobody in that tenant", "Copy the Object ID again: Entra admin centre, Users."),
    "empty": ("is empty", "Put people in, or name another group."),
    "403": (
        "cannot be read",
        "For an Entra group grant the application permission GroupMember.Read.All; for a channel add Signpost to it.",
    ),
    SHARED: (
        "is shared with another organisation: its people read there, and count for nothing here",
        "Name a channel of your own people alone.",
    ),
    "404": ("is not there", "Check its id, and for a channel that Signpost is added to its team."),
}


_OURS: Final = frozenset({"not_added", "403"})
"""What speaks of the app and its rights, and not of the id that was asked about."""
_CODES: Final = {"403": "unreadable", "404": "not_there"}


class Asks(Protocol):
    """What is asked of Microsoft. An answer is a short word, empty where all is well."""

    async def token(self) -> str:
        """Why there is none."""

    async def date(self) -> str:
        """The `Date` of an answer of Microsoft's; empty where none came."""

    async def person(self, org: str, user: str) -> str:
        """Why they cannot be written to."""

    async def group(self, identity: str) -> str:
        """Why an Entra group is of no use."""

    async def channel(self, identity: str, ours: str = "") -> str:
        """Why a channel's roster is of no use. `ours`: our tenant, where nobody else is to be in it."""

    async def tenants(self, identity: str) -> frozenset[str] | str:
        """Whose people are in a channel, or why its roster is of no use."""


Open = Callable[[Settings, str], AbstractAsyncContextManager[Asks]]
"""Opens it for a service URL, which may be empty."""


async def look(settings: Settings, directory: Directory, open_it: Open) -> tuple[Finding, ...]:
    """Get a token, then ask about everybody and every contact's channel once."""
    if not settings.wants_teams:
        if settings.wants_slack:
            return ()
        how = "docs/how-to/connect-teams.md says how."
        return (Finding("teams_not_configured", "Teams", "amber", "not configured", how),)
    async with open_it(settings, await _last_met(settings)) as asks:
        now = tuple(clock.look(await asks.date(), "Microsoft"))
        if why := await asks.token():
            return (*now, _no_token(why, settings))
        people = await look_at_people(entries(directory, "teams"), lambda ref: _about(asks, ref), " on Teams")
        contacts = [finding async for finding in _contacts(asks, directory)]
    found = [
        *now,
        Finding("teams_token_good", "Teams", "green", "Entra knows us and gives a token"),
        *people,
        *contacts,
    ]
    if not settings.wants_slack:
        found += served.look(directory, frozenset({f"teams:{settings.teams_tenant_id}"}))
    found.append(
        await public.look(settings, "/api/messages", whose="Teams", given="your Azure Bot's messaging endpoint begins")
    )
    return tuple(found)


def _no_token(why: str, settings: Settings) -> Finding:
    said = "Entra does not answer" if why == "unreachable" else f"Entra gives no token ({why[:40]})"
    do = _NO_TOKEN.get(why, _OTHERWISE)
    if settings.teams_managed_identity:
        # It is Azure's own machine that is asked then, and not Entra.
        said = "no managed identity answers on this machine" if why == "unreachable" else f"{said}, by managed identity"
        do = _IDENTITY
    return Finding("teams_no_token", "Teams", "red", said, do)


async def _contacts(asks: Asks, directory: Directory) -> AsyncIterator[Finding]:
    """The channel of every contact that leads are offered: whether its roster can be read, as it is before a post."""
    looked = found = 0
    for site in directory.sites:
        for contact in site.contacts:
            if contact.kind != "teams" or not_offered(contact):
                continue
            looked += 1
            if trouble := await _room(asks, contact, site):
                found += 1
                said = f"the channel of '{contact.id}' of '{site.id}' {trouble.said}"
                state: State = "amber" if trouble.unsure else "red"  # as in chat: it is out of use
                yield Finding(
                    f"contact_{trouble.code}", "Contacts", state, said, f"{trouble.do} {LEADS_RING}", f"'{site.id}'"
                )
    if looked and not found:
        which = "the only channel" if looked == 1 else f"all {looked} channels"
        yield Finding("contacts_good", "Contacts", "green", f"{which} on Teams can be read")


async def _room(asks: Asks, contact: Contact, site: Site) -> Trouble | None:
    """What is wrong with a contact's channel, by who is in it."""
    ours, _, _ = contact.destination.partition("/")
    found = await asks.tenants(contact.destination.rpartition("/")[2])
    return (
        _trouble(found)
        if isinstance(found, str)
        else shared_rooms.look(found - {ours.lower()}, contact, site, "tenant")
    )


async def _about(asks: Asks, ref: str) -> Trouble | None:
    org, _, rest = ref.removeprefix("teams:").partition("/")
    kind, colon, identity = rest.partition(":")
    if kind == "group" and colon:
        why = await asks.group(identity)
    elif kind == "channel" and colon:
        why = await asks.channel(identity, org)
    else:
        why = await asks.person(org, rest)
    return _trouble(why) if why else None


def _trouble(why: str) -> Trouble:
    if why in _WRONG:
        return Trouble(_CODES.get(why, why), *_WRONG[why], works=why == SHARED, ours=why in _OURS)
    return Trouble("not_asked", f"could not be asked about ({why})", "Try again in a few minutes.", unsure=True)


async def _last_met(settings: Settings) -> str:
    """Where Teams was last met, as the database has it; empty where it has nothing or cannot be opened."""
    from bot.store.addresses import StoredAddresses  # noqa: PLC0415  # a deployment without Teams need not load it
    from bot.store.away import StoreAway  # noqa: PLC0415
    from bot.store.place import PlaceRefused, SqliteFile, parse_place  # noqa: PLC0415
    from bot.store.store import open_store  # noqa: PLC0415
    from bot.store.vault import Keys, Unreadable, new_key  # noqa: PLC0415

    try:
        place = parse_place(settings.database)
        if isinstance(place, SqliteFile) and not place.path.exists():
            return ""
        # Where Teams is met is not sealed, so any key will do.
        store = await open_store(settings.database, keys=Keys.parse(new_key()), directory=Directory)
    except (StoreAway, PlaceRefused, Unreadable):
        return ""
    try:
        return await StoredAddresses(store).service_url(settings.teams_tenant_id)
    except StoreAway:
        return ""
    finally:
        await store.close()
