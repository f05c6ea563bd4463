"""The message to a contact, word for word.

What it may hold is listed in one place, here: never a name of a child, an image, a link to one, a user name, words that
somebody typed, or another case. It is drawn from a version of the facts and a decision alone, so that what a lead was
shown is what is sent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from handlers.case import Case, Decision, Version
from handlers.clocks import told
from handlers.contact_names import called_outside
from handlers.contacts import about
from handlers.intents import Subject
from handlers.people import Account, Directory
from handlers.raising.pages import label_of
from handlers.raising.reasons import place
from handlers.referring.kept_words import as_kept, to_keep
from handlers.screens import Bullets, Button, Buttons, Caution, Heading, Line, Message, Paragraph, Part, Rows, Small
from handlers.sites import Site
from policy import Facts, Outcome, Urgency, edition, fact

NOT_THE_REFERRAL: Final = (
    "This notice is not the statutory referral. Names follow by phone or through your own form. "
    "Never reply with images."
)
URGENT: Final = {
    Urgency.NOW: "Now",
    Urgency.TODAY: "Today",
    Urgency.ROUTINE: "As soon as possible",
}
IN_DANGER: Final = "999 now"
DANGER: Final = "A child is in danger right now, or at risk and alone. The school was told to call 999."
"""What comes before anything else where that is so: the fact itself is one of many."""
ROWS: Final = {
    "harm_now": "In danger, or at risk of suicide or self-harm",
    "what_was_shared": "What was made or shared",
    "image_location": "Where it is now",
    "staff_viewed": "Seen or copied by staff",
    "parents_informed": "Parents or carers told",
    "other_setting_involved": "A child from another school, college or club",
}
"""What stands beside an answer in a message: the question was put to a teacher."""
ACKNOWLEDGE: Final = "Acknowledge"
WHAT_IT_DOES: Final = f"{ACKNOWLEDGE} tells the school's safeguarding lead that you have this notice."
UPDATE: Final = "Update {number}: it replaces what was sent before."
AGAIN: Final = "Sent again: you may have had this before. The facts are the same."
UPDATE_DUE: Final = (
    "Those who were told know the facts as they were. 'Send update {number}' shows you the new message before it goes."
)
"""What a lead reads where facts came after a referral."""


@dataclass(frozen=True, slots=True)
class Sender:
    """How the message names who it comes from."""

    site_line: str
    lead_line: str


def sender_of(site: Site, by: Account, by_name: str, directory: Directory) -> Sender:
    """What configuration, and the platform at this moment, say of the school and the lead."""
    person = directory.person(by)
    role = f", {person.role}" if person.role else ""
    phone = person.phone or site.phone or "by the switchboard"
    reachable = f", reachable {person.reachable}" if person.reachable else ""
    return Sender(f"{site.name}, switchboard {site.phone or 'not given'}", f"{by_name}{role}, {phone}{reachable}")


def sent_by(decision: Decision) -> Sender:
    """What the lead was shown when they decided."""
    return Sender(decision.site_line, decision.lead_line)


@dataclass(frozen=True, slots=True)
class Round:
    """Where a message stands among the decisions of its case: what went before it, and who else is told."""

    updates: tuple[int, ...] = ()
    """Which update this is to whoever gets it; none for whoever was told nothing. The window shows all that occur."""
    also: tuple[str, ...] = ()
    """Contacts that are told as well, as they are called."""
    again: bool = False
    """Whoever gets it was told of these facts before. The window shows it where that is so of anybody."""


def round_of(case: Case, decision: Decision, contact: str, site: Site) -> Round:
    """For a message that was approved: whoever was told before or is told with it."""
    earlier = earlier_referrals(case, decision.number)
    chosen_by = {one: each for each in (*earlier, decision) for one in each.contacts if one != contact}
    number = update_number(earlier, decision.version, contact)
    names = dict.fromkeys(called_outside(site, each, one) for one, each in chosen_by.items())
    return Round((number,) if number else (), tuple(names), again=contact in decision.again)


def earlier_referrals(case: Case, number: int) -> tuple[Decision, ...]:
    """The referrals of a case that were approved before the decision with that number."""
    return tuple(one for one in case.decisions if one.kind == "refer" and one.number < number)


def update_number(earlier: tuple[Decision, ...], version: int, contact: str) -> int:
    """Which update of the facts this is to what a contact was told before; 0 where they were told nothing."""
    return len({one.version for one in earlier if one.version < version and contact in one.contacts})


def behind(case: Case) -> tuple[str, ...]:
    """The contacts who were told, and do not know the newest facts."""
    told_of: dict[str, int] = {}
    for one in case.decisions:
        for contact in one.contacts:
            told_of[contact] = max(told_of.get(contact, 0), one.version)
    return tuple(contact for contact, version in told_of.items() if version < case.latest.number)


def update_due(case: Case) -> int:
    """The number of the update that those who were told before do not have yet; 0 where there is none to send.

    There is none where all of them know the newest facts, or where a lead judged on these facts not to send one.
    """
    if case.decided is not None and case.decided.kind == "do_not_refer":
        return 0
    earlier = earlier_referrals(case, len(case.decisions) + 1)
    return max((update_number(earlier, case.latest.number, one) for one in behind(case)), default=0)


def refer_label(case: Case) -> str:
    """What the button to refer is called, by what was decided before."""
    if number := update_due(case):
        return f"Send update {number}"
    if earlier_referrals(case, len(case.decisions) + 1):
        return "Refer to a further agency"
    return "Refer after all" if case.decided else "Refer"


def referral(case: Case, version: Version, sender: Sender, around: Round) -> list[Part]:
    """Every word of the message that a contact gets, whoever the contact is.

    `around` may name more contacts than are told in the end: the window shows all that can be chosen.
    """
    result = version.recommendation()
    met = tuple(Line(finding.told, place(finding)) for finding in result.met if finding.told)
    still_open = tuple(Line(f"{one.told[0].upper()}{one.told[1:]}") for one in result.possible)
    danger = result.outcome is Outcome.EMERGENCY
    parts: list[Part] = [
        Heading(f"Safeguarding notice {case.reference}"),
        *((Caution(DANGER),) if danger else ()),
        *(Paragraph(UPDATE.format(number=number)) for number in around.updates),
        *((Paragraph(AGAIN),) if around.again else ()),
        Rows(
            (
                ("From", sender.site_line),
                ("Safeguarding lead", sender.lead_line),
                ("Raised", told(case.raised_at)),
                ("Urgency", IN_DANGER if danger else URGENT[result.urgency]),
                *_asked(version.facts.heard(), "harm_now", "what_was_shared"),
                *_children(version.facts.heard()),
                *_adult(version.facts.heard()),
                *_done(version.facts.heard()),
            )
        ),
    ]
    if met:
        parts += [Heading("Criteria met"), Bullets(met)]
    if still_open:
        parts += [Heading("Not known yet"), Bullets(still_open)]
    if around.also:
        parts += [Heading("Who else is told"), Bullets(tuple(Line(one) for one in around.also))]
    guidance = edition(version.edition)
    parts.append(Paragraph(NOT_THE_REFERRAL))
    parts.append(Small(f"Facts version {version.number}. Assessed under: {guidance.title}."))
    return parts


def approved(case: Case, decision: Decision, contact: str, site: Site) -> list[Part]:
    """Every word of the message to a contact of a decision: as it was approved, wherever that was kept."""
    if kept := decision.words_to(contact):
        return as_kept(kept)
    return referral(case, case.version(decision.version), sent_by(decision), round_of(case, decision, contact, site))


def with_words(case: Case, decision: Decision, site: Site) -> Decision:
    """A decision with the message of each of its contacts, as a lead has just approved it."""
    return replace(
        decision, words=tuple((one, to_keep(approved(case, decision, one, site))) for one in decision.contacts)
    )


def reasons_told(version: Version) -> str:
    """Why, in the words that an agency is told; empty where no criterion is met, or only that too little is known."""
    return " ".join(finding.told for finding in version.recommendation().met if finding.told)


def ahead(case: Case, sender: Sender) -> Message:
    """What is posted first, and all that a notification shows: neutral, with whom to ring if nothing follows."""
    return Message(
        f"{case.reference}: a notice from a school.",
        (
            Paragraph(f"{case.reference}: a notice from a school."),
            Small(f"If nothing follows here, ring {sender.lead_line}."),
        ),
    )


def referral_message(case: Case, decision: Decision, contact: str, site: Site) -> Message:
    """The message as it stands in the contact's room, with its one button."""
    version = case.version(decision.version)
    token = Subject("case", case.id, "", version.number, about(decision.number, contact)).write()
    return Message(
        ahead(case, sent_by(decision)).summary,
        (
            *approved(case, decision, contact, site),
            Small(WHAT_IT_DOES),
            Buttons((Button("acknowledge", ACKNOWLEDGE, token, main=True),)),
        ),
    )


def acknowledged_message(case: Case, decision: Decision, contact: str, site: Site) -> Message:
    """The same words, and who acknowledged it in place of the button."""
    said = case.acknowledgement(decision.number, contact)
    who = f"Acknowledged by {said.name} at {told(said.at)}." if said else "Not acknowledged yet."
    return Message(ahead(case, sent_by(decision)).summary, (*approved(case, decision, contact, site), Paragraph(who)))


def _adult(facts: Facts) -> list[tuple[str, str]]:
    """Whether an adult is involved, and who: the one fact for which there is a LADO."""
    if not facts.asked("adult_involved"):
        return []
    role = label_of(fact("adult_role"), facts) if facts.asked("adult_role") and facts.answered("adult_role") else ""
    known = f"{role[:1].lower()}{role[1:]}"
    said = label_of(fact("adult_involved"), facts)
    if facts.adult_involved == "yes":
        said = f"{said}: {known}" if known else f"{said}. Who it is, is not known"
    elif known:
        said = f"{said}. If so: {known}"
    return [("An adult (18 or over) involved", said)]


def _children(facts: Facts) -> list[tuple[str, str]]:
    rows = []
    if facts.asked("age_depicted"):
        rows.append(("Child A, shown (the youngest)", label_of(fact("age_depicted"), facts)))
    if facts.asked("age_others"):
        rows.append(("Child B, otherwise involved (the youngest)", label_of(fact("age_others"), facts)))
    under = "under_13" in (facts.age_depicted, facts.age_others)
    rows.append(("Any child under 13", "Yes" if under else _under_13_known(facts)))
    return rows


def _under_13_known(facts: Facts) -> str:
    asked = [name for name in ("age_depicted", "age_others") if facts.asked(name)]
    return "No" if asked and all(facts.answered(name) for name in asked) else "Not known"


def _done(facts: Facts) -> list[tuple[str, str]]:
    """What was done about it, as far as the facts say: the device, who looked, who was told."""
    return _asked(facts, "image_location", "staff_viewed", "parents_informed", "other_setting_involved")


def _asked(facts: Facts, *wanted: str) -> list[tuple[str, str]]:
    return [(ROWS[name], label_of(fact(name), facts)) for name in wanted if facts.asked(name)]
