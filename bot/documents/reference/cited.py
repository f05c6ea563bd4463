"""Where a rule comes from, and how far that was checked, in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.documents.reference.markdown import table, text
from policy import Criterion, Edition
from policy.sources import Citation, Document, Mark, Source

TO_CHECK: Final = "to be checked"
REPORTED: Final = "reported"
READ: Final = "read"
OURS: Final = "Signpost's own rule"
MEANING: Final = {
    TO_CHECK: "nobody has re-read this place in the document",
    REPORTED: "known from a source that reports it; the document itself was not read",
    READ: "read in a copy of the document",
    OURS: "no document of this edition is known to say it",
}
"""How far a source was checked, what is left to do in front."""
_SHORT: Final = {Mark.UNVERIFIED: TO_CHECK, Mark.REPORTED: REPORTED, Mark.READ: READ}


def cited(citation: Citation) -> str:
    """Document, edition, place and how far it was checked. A number that nobody has checked is not among them."""
    source = citation.source
    return f"{named(source)}. **{_SHORT[citation.mark].capitalize()}**: {MEANING[_SHORT[citation.mark]]}."


def sources(edition: Edition, cite: Iterable[Citation]) -> list[str]:
    """Every citation of the edition's own documents; where there is none, that the rule is Signpost's."""
    own = [cited(one) for one in cite if one.document in edition.documents]
    return own or [f"**{text(edition.source(()).ref)}**: {MEANING[OURS]}."]


def named(source: Source) -> str:
    """Document, edition and place, as the screen shows them."""
    return f"{source.document} ({text(source.edition)}), {text(source.ref)}"


def standing(criterion: Criterion) -> str:
    """How far the source that staff are shown was checked, in a word or three."""
    return _SHORT[criterion.cite[0].mark] if criterion.cite else OURS


def documents(cites: Iterable[Citation]) -> str:
    """A table of the documents that are cited, each once."""
    found: dict[str, Document] = {one.document.id: one.document for one in cites}
    rows = [(one.id, f"*{text(one.title)}*. {text(one.publisher)}, {text(one.edition)}") for one in found.values()]
    return table(("short name", "document"), rows)
