"""Mail addresses: what one looks like, and which deserve a second look.

Those are addresses of secure-mail networks that were switched off, of free webmail, and of the school itself.
"""

from __future__ import annotations

import re
from typing import Final, Literal

Doubt = Literal["", "retired_domain", "webmail"]

_RETIRED: Final = frozenset({"pnn", "gsi", "gcsx", "gse", "gsx"})
"""The labels of `….pnn.police.uk`, `….gsi.gov.uk` and their kin. Some forward what still comes, others lose it."""
_WEBMAIL: Final = frozenset(
    {
        "aol", "btinternet", "btopenworld", "fastmail", "gmail", "gmx", "googlemail", "hotmail", "icloud", "live",
        "mac", "mail", "me", "msn", "ntlworld", "outlook", "pm", "proton", "protonmail", "rocketmail", "sky",
        "talktalk", "tiscali", "tutanota", "virginmedia", "yahoo", "yandex", "ymail", "zoho",
    }
)  # fmt: skip
"""The label before the ending, so that yahoo.co.uk counts as yahoo.com does."""
_ENDINGS: Final = frozenset({"co", "com", "de", "fr", "ie", "me", "net", "org", "ru", "uk"})
_BODIES: Final = frozenset({"gov", "police", "sch", "ac", "nhs"})
"""Second-level endings that only an authority or a school is given."""
_SHARED: Final = _BODIES | {"co", "org", "ltd", "plc", "net", "me", "com", "edu", "nom"}
"""Second-level endings below which everybody has a name of their own."""
_LOCAL, _HOST = r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}", r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}"
_ADDRESS: Final = re.compile(f"{_LOCAL}@{_HOST}", re.ASCII | re.IGNORECASE)
LONGEST: Final = 254
"""Characters of an address: what mail servers agree on."""


_DOMAIN: Final = re.compile(_HOST, re.ASCII | re.IGNORECASE)
_OF_AUTHORITIES: Final = frozenset({"gov", "police", "nhs"})


def is_address(text: str) -> bool:
    """Whether a text is one plain mail address, in ASCII: others need what not every mail server can do."""
    return len(text) <= LONGEST and _ADDRESS.fullmatch(text) is not None and ".." not in text


def bare(text: str) -> str:
    """An address without what comes along when it is copied: `mailto:`, a name and brackets, a full stop behind it."""
    text = text.strip().rstrip(".,;")
    if text.endswith(">") and "<" in text:
        text = text[text.rindex("<") + 1 : -1].strip().rstrip(".,;")
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    return text.strip().rstrip(".,;")


def of_one_house(address: str, own: str) -> bool:
    """Whether an address belongs to whoever has the domain `own`: that domain, one below it, or one beside it.

    Below an authority's name (`….gov.uk`) only what is below `own` counts: a school whose mail is the council's must
    still be able to name the council.
    """
    domain, own = (one.rpartition("@")[2].lower().strip(".") for one in (address, own))
    if not own or not domain:
        return False
    if domain == own or domain.endswith(f".{own}"):
        return True
    house = _registered(own)
    return house == _registered(domain) and not _OF_AUTHORITIES & set(house.split(".")[1:])


def bare_domain(text: str) -> str:
    """A domain without what people write around it: an address's name and @, `www.`, a full stop, capitals."""
    return bare(text).rpartition("@")[2].lower().removeprefix("www.").strip(".")


def domain_wrong(domain: str) -> str:
    """Why a domain cannot be a school's own, as the rest of a sentence; empty if it can.

    What a whole council, force or country shares is nobody's own: every contact there would be refused.
    """
    if len(domain) > LONGEST or not _DOMAIN.fullmatch(domain) or ".." in domain:
        return "is not a mail domain: write what stands behind the @, such as northside.sch.uk"
    labels = domain.split(".")
    if domain == _registered(domain) and _OF_AUTHORITIES & set(labels):
        return "is a whole authority's, and contacts may have mailboxes there: write the part that is yours alone"
    if len(labels) == 2 and labels[0] in _SHARED:  # noqa: PLR2004  # co.uk, sch.uk
        return "is the end of many people's addresses: write all that stands behind the @"
    if doubt(f"x@{domain}") == "webmail":
        return "is a free mail service, where nobody's addresses are taken for a contact's anyway"
    return ""


def _registered(domain: str) -> str:
    """The part of a domain that somebody has registered: `school.example` of `mail.school.example`."""
    labels = domain.split(".")
    if labels[-2:] == ["sch", "uk"]:  # name.council.sch.uk
        return ".".join(labels[-4:])
    shared = len(labels) > 2 and labels[-2] in _SHARED  # noqa: PLR2004  # name.sch.example, name.co.uk
    return ".".join(labels[-3:] if shared else labels[-2:])


def doubt(address: str) -> Doubt:
    """What is doubtful about a contact's address, as a closed word; empty if nothing is."""
    labels = address.rpartition("@")[2].lower().rstrip(".").split(".")
    if _RETIRED & set(labels[:-1]) and labels[-1] == "uk":
        return "retired_domain"
    if _BODIES & set(labels):
        return ""
    while len(labels) > 1 and labels[-1] in _ENDINGS:
        labels.pop()
    return "webmail" if len(labels) == 1 and labels[0] in _WEBMAIL else ""
