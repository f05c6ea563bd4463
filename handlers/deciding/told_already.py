"""Who was told of these very facts already, and how that stands: nobody is told twice because a box was ticked for it.

A lead may send it there again. They tick it themselves, and are asked once more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from handlers.access import Granted
from handlers.case import Acknowledgement, Case, Decision
from handlers.clocks import today, told
from handlers.contact_names import shown_as
from handlers.contacts import about, contacts_of, suggested
from handlers.ports import Delivery, Work
from handlers.referring.referral import behind
from handlers.referring.withheld import CONTACT_GONE, why_of
from handlers.sites import Site

REPEAT: Final = (
    "Not sent yet: {name} was told of these facts already ({how}). Untick it; or press the button once more, and it "
    "goes there again."
)
REPEATS: Final = (
    "Not sent yet: some were told of these facts already. {each}. Untick them; or press the button once more, and it "
    "goes there again."
)
STANDS: Final = {
    "queued": "on its way",
    "sending": "on its way",
    "sent": "not acknowledged yet",
    "acknowledged": "acknowledged",
    "unsure": "and it may not have arrived",
    "dropped": "to be rung by a lead",
}
"""How a message stands that is not known to have failed."""
ARRIVED: Final = ("sent", "acknowledged", "unsure")
NOT_TICKED: Final = "Whoever was told of these facts already is not ticked."


@dataclass(frozen=True, slots=True)
class Already:
    """How it stands with one contact whom a lead chose for the newest facts."""

    name: str
    """How they are called: where they were reached then."""
    said: str
    told: bool = True
    """Not where the message is known not to have reached them."""


def told_already(granted: Granted, work: Work) -> Mapping[str, Already]:
    """Everybody who was chosen for the newest facts, by id, with when that was and what came of it."""
    case, site, sent = granted.case, granted.site, work.deliveries(granted.case.id)
    return {contact: _stands(case, site, one, contact, sent, work.now) for contact, one in _chosen(case).items()}


def of_these_facts(case: Case) -> frozenset[str]:
    """The contacts whom somebody decided to tell of the newest facts, whatever came of it."""
    return frozenset(_chosen(case))


def _chosen(case: Case) -> dict[str, Decision]:
    """By which decision, the newest, each contact was to be told of the newest facts."""
    return {
        contact: one
        for one in case.decisions
        if one.kind == "refer" and one.version == case.latest.number
        for contact in one.contacts
    }


def to_tick(case: Case, site: Site, now: datetime, already: Mapping[str, Already]) -> tuple[str, ...]:
    """The contacts to have ticked beforehand: for no agency that knows these facts; where a way failed, another."""
    late, contacts = behind(case), {one.id: one for one in contacts_of(site)}
    has = {contacts[one].purpose for one, stands in already.items() if stands.told and one in contacts}
    failed = {one for one, stands in already.items() if not stands.told}
    ticked: list[str] = []
    for one in suggested(site, case.latest.recommendation(), now, late):
        purpose = contacts[one].purpose
        if one not in late and purpose in has:
            continue
        others = (other.id for other in contacts.values() if other.purpose == purpose and other.id not in failed)
        ticked.append(next(others, one) if one in failed else one)
    return tuple(dict.fromkeys(ticked))


def repeats(chosen: Collection[str], already: Mapping[str, Already]) -> tuple[str, ...]:
    """Whom a lead ticked who knows these facts."""
    return tuple(one for one in chosen if one in already and already[one].told)


def asks_once_more(again: Sequence[str], already: Mapping[str, Already]) -> str:
    """What is said before the same goes to the same contacts once more."""
    if len(again) == 1:
        (one,) = again
        return REPEAT.format(name=already[one].name, how=_small(already[one].said))
    return REPEATS.format(each=_each(again, already))


def asks_nothing(chosen: Sequence[str], already: Mapping[str, Already]) -> str:
    """What is said where everybody whom they ticked knows these facts by now."""
    return f"Whom you ticked had these facts before. {_each(chosen, already)}."


def _each(those: Sequence[str], already: Mapping[str, Already]) -> str:
    return "; ".join(f"{already[one].name}: {_small(already[one].said)}" for one in those)


def _small(said: str) -> str:
    return f"{said[0].lower()}{said[1:]}".removesuffix(".")


def _stands(
    case: Case, site: Site, decision: Decision, contact: str, sent: Sequence[Delivery], now: datetime
) -> Already:
    name, at = shown_as(site, decision, contact), _at(decision.at, now)
    if (said := _acknowledged(case, contact)) is not None:
        of = case.decision(said.decision) or decision
        how = "call written down" if said.log or said.spoke_to else "acknowledged"
        return Already(name, f"Told at {_at(of.at, now)}, {how} at {_at(said.at, now)}.")
    of_it = [one for one in sent if one.kind == "referral" and one.extra == about(decision.number, contact)]
    if not of_it:
        return Already(name, f"Decided at {at}, no call is written down yet.")
    newest = of_it[-1]
    if newest.state == "failed" or (newest.state == "dropped" and why_of(case, decision, newest) == CONTACT_GONE):
        return Already(name, f"Tried at {at}: it was not delivered.", told=False)
    return Already(name, f"{'Told' if newest.state in ARRIVED else 'Decided'} at {at}, {STANDS[newest.state]}.")


def _acknowledged(case: Case, contact: str) -> Acknowledgement | None:
    """The first of a contact for any referral of the newest facts."""
    numbers = {one.number for one in case.decisions if one.version == case.latest.number}
    return next((one for one in case.acknowledged if one.decision in numbers and one.contact == contact), None)


def _at(moment: datetime, now: datetime) -> str:
    """A moment; of today the time alone."""
    return told(moment).partition(" on ")[0] if today(moment) == today(now) else told(moment)
