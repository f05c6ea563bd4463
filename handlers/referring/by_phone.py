"""What a lead says on the phone, in the order in which an operator asks, and the box for what comes of it.

Whoever picks up hears what is the matter: no order that was meant for a teacher, and nothing of how sure a lead is.
"""

from __future__ import annotations

from typing import Final

from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import known_as
from handlers.contacts import about
from handlers.intents import Subject
from handlers.looking.compare import compared
from handlers.raising.pages import label_of
from handlers.referring.referral import approved, reasons_told
from handlers.screens import Bullets, Button, Buttons, Heading, Line, Message, Paragraph, Part, Small
from handlers.sites import Contact, Site
from policy import Facts, fact

NO_CRITERION: Final = "What is known so far meets no criterion; I ask for advice."
IT_IS_ABOUT: Final = {
    "text_only": "sexual messages that involve a child; no image is known of",
    "adult_image": "pornography or an image of an adult, seen or sent by under-18s",
    "all_adults": "a nude image of an adult",
    "not_known": "what may be a nude image of a child",
}
"""What a call is about, where that is not known to be a nude image of a child."""
LADO: Final = "lado"
IN_TRUST: Final = (
    "I report a concern about an adult who works or volunteers with children or is in a position of trust."
)
MAY_BE_IN_TRUST: Final = "I ask for advice about an adult who may work or volunteer with children."


def by_hand(case: Case, decision: Decision, contact: Contact, site: Site) -> Message:
    """For the lead who rings: what to say, the text for a form, and a button."""
    token = Subject("case", case.id, "", decision.version, about(decision.number, contact.id)).write()
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            *script(case, decision, contact, site),
            Buttons((Button("write_down_call", "Write down the call", token, opens_form=True, main=True),)),
            Heading("Text for a form"),
            *_as_decided(case, decision),
            *approved(case, decision, contact.id, site),
            Small(f"Decided at {told(decision.at)}. Nothing is sent by itself: this one is yours to ring."),
        ),
    )


def _force(contact: Contact, site: Site) -> tuple[str, ...]:
    """Which force to ask for, where the number is everybody's."""
    if contact.purpose != "police" or not site.force:
        return ()
    return (f"Ask for {site.force}.",)


def script(case: Case, decision: Decision, contact: Contact, site: Site) -> list[Part]:
    """Whom to ring, and what to say on the phone in the order in which an operator asks."""
    steps = (f"Ring {contact.destination}. In danger now: 999.", *_force(contact, site))
    lines = (*(Line(step) for step in steps), *to_say(case, decision, contact.purpose))
    return [Heading(f"Ring now: {known_as(contact, site)}"), Bullets(lines), *news(case, decision)]


def news(case: Case, decision: Decision) -> list[Part]:
    """What changed since the decision, old and new: whoever was told knows the old."""
    if decision.version == case.latest.number:
        return []
    _, rows = compared(case.version(decision.version), case.latest)
    return [Heading(f"What changed since the decision of {told(decision.at)} (before → now)"), rows]


def _as_decided(case: Case, decision: Decision) -> tuple[Part, ...]:
    """That the text for a form has the facts of the decision, where they have changed."""
    if decision.version == case.latest.number:
        return ()
    return (Paragraph("It has the facts as they were decided on. Add what changed since then."),)


def to_say(case: Case, decision: Decision, *purposes: str) -> tuple[Line, ...]:
    """What to say on the phone to whoever is rung: the LADO hears another first sentence than the rest.

    It goes by the newest facts, also where an older version was decided on.
    """
    version = case.latest
    facts, others = version.facts.heard(), [one for one in purposes if one != LADO]
    steps = (
        *_openings(decision, facts, others, lado=LADO in purposes),
        f"Say where: '{decision.site_line}. Our reference is {case.reference}.'",
        f"Say why: '{reasons_told(version) or NO_CRITERION}'",
        *((f"Say who the adult is: '{role}.'",) if (role := _role(facts)) else ()),
        "Give the names, dates of birth and addresses now, by voice. They go nowhere else.",
        *_questions(others, lado=LADO in purposes),
        "Ask for the log or incident number and the name of the person you speak to, and write both down.",
    )
    return tuple(Line(step) for step in steps)


def _openings(decision: Decision, facts: Facts, others: list[str], *, lado: bool) -> tuple[str, ...]:
    me, what = f"I am {decision.lead_line}.", IT_IS_ABOUT.get(str(facts.what_was_shared), "a nude image of a child")
    report = (f"Say: '{me} I report for a school about {what}.'",) if others or not lado else ()
    if not lado:
        return report
    if facts.adult_role == "staff_or_trust" and facts.asked("adult_role"):
        concern = (
            "I report a concern about an adult who works or volunteers with children or is in a position of trust."
        )
    else:
        concern = "I ask for advice about an adult who may work or volunteer with children."
    say = "To the LADO say" if others else "Say"
    return (*report, f"{say}: '{me} {concern} It is about {what}.'")


def _role(facts: Facts) -> str:
    """Who the adult is, where one is involved and somebody said who."""
    said = facts.adult_involved == "yes" and facts.asked("adult_role") and facts.answered("adult_role")
    return label_of(fact("adult_role"), facts) if said else ""


def _questions(others: list[str], *, lado: bool) -> tuple[str, ...]:
    """What to ask; the LADO has no use for a device, and says what the adult may hear."""
    adult = "Ask what may be said to the adult, to parents and to others involved, and when."
    if lado and not others:
        return (adult,)
    usual = "Ask what may be said to parents and to others involved, and when. Ask who wants the device."
    return (usual, "Ask the LADO what may be said to the adult, and when.") if lado else (usual,)
