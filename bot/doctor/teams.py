"""Whether Microsoft lets us in, and whether each site's leads on Teams can be written to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager
from typing import Final, Protocol

from bot.doctor import public
from bot.doctor.finding import Finding
from bot.doctor.leads import sites_by_lead
from bot.settings import Settings
from handlers.people import Directory

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
_LEAD: Final = {
    "not_added": (
        "does not have Signpost in Teams, so no message reaches them",
        "Install it for them with a setup policy, or have them open Apps in Teams, search for Signpost and choose Add.",
    ),
    "nobody": ("is nobody in that tenant", "Copy the Object ID again: Entra admin centre, Users."),
    "empty": ("is empty", "Put the leads in."),
    "403": (
        "cannot be read",
        "For an Entra group grant the application permission GroupMember.Read.All; for a channel add Signpost to it.",
    ),
    "404": ("is not there", "Check its id, and for a channel that Signpost is added to its team."),
}


class Asks(Protocol):
    """What is asked of Microsoft. An answer is a short word, empty where all is well."""

    async def token(self) -> str:
        """Why there is none."""

    async def person(self, org: str, user: str) -> str:
        """Why they cannot be written to."""

    async def group(self, identity: str) -> str:
        """Why an Entra group is of no use."""

    async def channel(self, identity: str) -> str:
        """Why a channel's roster is of no use."""


Open = Callable[[Settings, str], AbstractAsyncContextManager[Asks]]
"""Opens it for a service URL, which may be empty."""


async def look(settings: Settings, directory: Directory, open_it: Open) -> tuple[Finding, ...]:
    """Get a token, then ask about every lead once."""
    if not settings.wants_teams:
        return ()
    async with open_it(settings, await _last_met(settings)) as asks:
        if why := await asks.token():
            said = "Entra does not answer" if why == "unreachable" else f"Entra gives no token ({why[:40]})"
            return (Finding("Teams", "red", said, _NO_TOKEN.get(why, _OTHERWISE)),)
        leads = [finding async for finding in _leads(asks, directory)]
    there = await public.look(
        settings, "/api/messages", whose="Teams", given="your Azure Bot's messaging endpoint begins"
    )
    return (Finding("Teams", "green", "Entra knows us and gives a token"), *leads, there)


async def _leads(asks: Asks, directory: Directory) -> AsyncIterator[Finding]:
    reached, found = 0, 0
    for ref, sites in sites_by_lead(directory).items():
        if not ref.startswith("teams:"):
            continue
        why = await _ask(asks, ref)
        if not why:
            reached += 1
            continue
        found += 1
        yield _about(ref, sites, why)
    if reached and not found:
        yield Finding("Leads", "green", f"all {reached} entries on Teams can be reached")


async def _ask(asks: Asks, ref: str) -> str:
    org, _, rest = ref.removeprefix("teams:").partition("/")
    kind, colon, identity = rest.partition(":")
    if kind == "group" and colon:
        return await asks.group(identity)
    if kind == "channel" and colon:
        return await asks.channel(identity)
    return await asks.person(org, rest)


def _about(ref: str, sites: Iterable[str], why: str) -> Finding:
    whose = f"{ref}, of {', '.join(sites)},"
    if why in _LEAD:
        said, do = _LEAD[why]
        return Finding("Leads", "red", f"{whose} {said}", do)
    return Finding("Leads", "amber", f"{whose} could not be asked about ({why})", "Try again in a few minutes.")


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
