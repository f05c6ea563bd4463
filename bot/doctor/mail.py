"""Whether mail to contacts would go out: the server is asked as it would be for a mail, and nothing is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

from bot.doctor.finding import Finding, State
from bot.settings import Settings
from handlers.mail_domains import doubt, of_one_house
from handlers.people import Directory

_TROUBLE: Final[dict[str, tuple[State, str, str]]] = {
    "unreachable": (
        "red", "nothing answers there",
        "Check host and port of SIGNPOST_SMTP_URL, and that this machine may reach them.",
    ),
    "too_slow": ("red", "it does not answer in time", "Try again; behind a firewall, open the way to its port."),
    "disconnected": (
        "red", "it hangs up on us",
        "Check the port: smtp:// is for 587, smtps:// for 465. If it stays, ask your mail provider.",
    ),
    "no_starttls": (
        "red", "it offers no encryption, so nothing would be sent",
        "Use smtps:// and port 465, or another server of your provider.",
    ),
    "tls_failed": (
        "red", "no connection of TLS 1.2 or newer comes about, so nothing would be sent",
        "Check the port: smtp:// is for 587, smtps:// for 465. An old server has to be brought up to date.",
    ),
    "certificate_refused": (
        "red", "its certificate has run out, is for another name, or comes from nobody whom we trust",
        "Write the host as its certificate has it; for an authority of your own set SIGNPOST_CA_FILE.",
    ),
    "not_welcome": ("red", "it turns us away", "Ask your mail provider whether this machine may send there."),
    "login_refused": (
        "red", "it refuses the login",
        "Check user and password in SIGNPOST_SMTP_URL; many providers want a password made for programs.",
    ),
    "login_not_offered": (
        "red", "it offers no login with a password", "Take user and password out, or use another server.",
    ),
    "login_needed": (
        "red", "it takes no mail without a login, and SIGNPOST_SMTP_URL names none",
        "Set it to smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465, as your mail provider says.",
    ),
    "sender_refused": (
        "red", "it refuses mail from SIGNPOST_MAIL_FROM",
        "Set SIGNPOST_MAIL_FROM to an address that this login may send from, or have your mail provider allow it.",
    ),
    "busy": ("amber", "it is busy just now", "Try again in a few minutes."),
    "no_name": ("red", "SIGNPOST_SMTP_URL holds no name that a computer could have", "Correct its host."),
}  # fmt: skip
_UNKNOWN: Final[tuple[State, str, str]] = ("red", "what answers there is no mail server", "Check host and port.")
_DOUBT: Final = {
    "retired_domain": (
        "is of a secure-mail network that was switched off", "Ask them for the address that they read today.",
    ),
    "webmail": (
        "is of a free mail service, which anybody can open an account with",
        "Ask them for an address of their force or council.",
    ),
}  # fmt: skip


async def look(settings: Settings, directory: Directory) -> tuple[Finding, ...]:
    """Ask the server, and look at the addresses of the contacts."""
    found = list(_addresses(directory, settings.mail_from))
    if settings.wants_mail:
        found.append(await _server(settings))
    return tuple(found)


async def _server(settings: Settings) -> Finding:
    """Connect, encrypt, log in and say who would write, as for a mail; then take it back."""
    from bot import smtp  # noqa: PLC0415  # a deployment without mail loads none of its libraries

    server, domain = settings.mail_server(), settings.mail_from.rpartition("@")[2]
    try:
        async with asyncio.timeout(smtp.TALK_SECONDS), smtp.talking(server, settings.tls(), domain) as conversation:
            await conversation.try_sender(settings.mail_from)
            login = "takes our login" if server.user else "wants no login"
            said = f"the server answers, encrypted, {login} and takes SIGNPOST_MAIL_FROM; nothing was sent"
            return Finding("mail_good", "Mail", "green", said)
    except TimeoutError:
        why = "too_slow"
    except smtp.MailFailed as failed:
        why = failed.why.removeprefix("mail_")
    except UnicodeError:  # a name that no computer can have
        why = "no_name"
    state, what, do = _TROUBLE.get(why, _UNKNOWN)
    return Finding(f"mail_{why}", "Mail", state, what, do)


def _addresses(directory: Directory, own: str) -> Iterable[Finding]:
    for site in directory.sites:
        for contact in site.contacts:
            if contact.kind != "mail":
                continue
            whose = f"the address of '{contact.id}' of '{site.id}'"
            if why := doubt(contact.destination):
                what, do = _DOUBT[why]
                yield Finding(f"contact_{why}", "Contacts", "amber", f"{whose} {what}", do, f"'{site.id}'")
            elif own and of_one_house(contact.destination, own):
                yield Finding(
                    "contact_own_address", "Contacts", "amber",
                    f"{whose} is of your own school, like SIGNPOST_MAIL_FROM",
                    "Name the one that the police or the council gave you.", f"'{site.id}'",
                )  # fmt: skip
