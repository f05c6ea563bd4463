"""Addresses that deserve a second look: of secure-mail networks that were switched off, and of free webmail."""

from __future__ import annotations

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
