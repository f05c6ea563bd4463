"""The words of each delivery, drawn from what is stored at the moment it is sent."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile
from typing import Final, assert_never

from handlers import words
from handlers.access import has_of, is_left_out
from handlers.case import Case, Decision
from handlers.clocks import today
from handlers.contacts import contact_of, newest_referral, read_about, room_of
from handlers.deciding.tell_decision import facts_in
from handlers.intents import Subject
from handlers.looking.whom_first import names_wanted, whom
from handlers.people import Known, is_group
from handlers.ports import TO_LEADS, Delivery, Drawn, Work
from handlers.raising.recommendation import asked_line, recommendation_message
from handlers.raising.who_is_told import left, nobody_left
from handlers.referring import by_mail, referral
from handlers.referring.since import since_of
from handlers.referring.to_ring import to_ring
from handlers.referring.trouble import phone_message, trouble
from handlers.screens import (
    Button,
    Buttons,
    Caution,
    Message,
    Paragraph,
    Small,
)
from handlers.setup.card_anew import draw_card
from handlers.setup.test_message import draw_test
from handlers.setup.told import draw_told
from handlers.sites import Site
from handlers.telling import reminders
from handlers.telling.decided_news import decided
from handlers.telling.lead_notice import lacks_names, notice_for
from handlers.telling.still_leads import NOBODY, by_which, is_named

TO_RAISER: Final = frozenset({"recommendation", "facts_asked", "own_route", "decided"})
"""What goes to whoever raised it, by whichever account: to none that an admin joined to theirs."""


def draw(delivery: Delivery, work: Work, known: Known | None = None) -> Drawn | None:
    """What to send, or None if there is nothing to say any more (a newer version, a lead who has been left out).

    `known` is what the platforms say just now, where they were asked because `Drawn.to_name` says so.
    """
    if delivery.kind == "refusal":
        refused = refusal(delivery.extra)
        return Drawn(refused, refused)
    if delivery.kind in ("contact_test", "contact_proved", "contact_test_over"):
        return draw_test(delivery, work)
    if delivery.kind in ("setup_told", "setup_list"):
        return draw_told(delivery, work) if delivery.kind == "setup_told" else draw_card(delivery, work, known)
    case = work.case(delivery.case)
    site = work.directory.site(case.site) if case else None
    if case is None or site is None:
        return None
    if delivery.kind in TO_LEADS and is_left_out(case, delivery.to, work.directory):
        return None
    if delivery.kind in TO_RAISER and not has_of(case.raised_by, delivery.to, work.directory):
        return None
    by_group: tuple[str, ...] = ()
    if delivery.kind in TO_LEADS and not is_named(delivery.to, site, work):
        by_group = by_which(delivery.to, site, work)
        if not by_group:  # a lead when it was queued, and none now
            return None
    if delivery.kind == "cleared":
        return Drawn(receipt(case, site), cleared(case, site))
    if delivery.kind == "retired":
        return _retired(delivery, case, site, work)
    if delivery.kind in ("referral", "acknowledged"):
        return _to_contact(delivery, case, site)
    neutral = receipt(case, site)
    content = _content(delivery, case, site, known or replace(NOBODY, day=today(work.now)), work)
    if content is None:
        return None
    full = site.chat_detail == "full"
    left_to_name = bool(case.left_out) or any(map(is_group, site.leads))
    names = left_to_name if delivery.kind in ("recommendation", "own_route") else lacks_names(delivery, case, work)
    names = names or (delivery.kind == "reminder" and names_wanted(case, delivery.to, work.directory))
    anew = full and known is None and names
    shown = content if full else _little(delivery, case, site)
    return Drawn(neutral, shown, member_of=by_group, to_name=anew)


def with_names(delivery: Delivery, known: Known, work: Work) -> Drawn | None:
    """The same again, with who is in a group and what the platforms call the people in it."""
    return draw_told(delivery, work, known) if delivery.kind == "setup_told" else draw(delivery, work, known)


def _content(delivery: Delivery, case: Case, site: Site, known: Known, work: Work) -> Message | None:
    match delivery.kind:
        case "recommendation":
            if delivery.version != case.latest.number:
                return None
            return recommendation_message(case, case.latest, site, left=left(case, site, known, work.directory))
        case "lead_notice" | "escalation_asked":
            return notice_for(delivery, case, site, known, work)
        case "facts_asked":
            return reminders.facts_asked(case, facts_in(delivery.extra))
        case "own_route":
            there = left(case, site, known, work.directory)
            return reminders.own_route(case, site, delivery.extra, there) if _still_so(delivery, case) else None
        case "reminder":
            again = _reminded_before(delivery, work)
            ring = whom(delivery.to, case, site, work.directory, known)
            drawn = reminders.reminder(case, site, delivery.extra, again=again, since=since_of(work), whom=ring)
            return drawn if _still_so(delivery, case) else None
        case "by_hand" | "acknowledged_told" | "decided" | "notice_decided" | "trouble":
            return _about_a_decision(delivery, case, site, known, work)
        case "refusal" | "retired" | "cleared" | "referral" | "acknowledged" | "chase":
            return None
        case "contact_test" | "contact_proved" | "contact_test_over" | "setup_told" | "setup_list":
            return None
        case _:
            assert_never(delivery.kind)


def _number_of(delivery: Delivery) -> int:
    """The decision that a reminder to ring, or a word to the raiser, is about; 0 where it is about none."""
    what, _, which = delivery.extra.partition(":")
    return read_about(which)[0] if what in ("phone", "contact", "unheard") else 0


def _still_so(delivery: Delivery, case: Case) -> bool:
    """Whether somebody has yet to confirm the referral that it is about: meanwhile the last of them may have."""
    number = _number_of(delivery)
    return not number or any(one.number == number for one, _ in to_ring(case))


def _reminded_before(delivery: Delivery, work: Work) -> bool:
    """Whether this lead was reminded of that decision already."""
    earlier = takewhile(lambda one: one.id != delivery.id, work.deliveries(delivery.case))
    return any(
        (one.kind, one.to, one.state) == ("reminder", delivery.to, "sent") and _number_of(one) == _number_of(delivery)
        for one in earlier
    )


def _decision_of(delivery: Delivery, case: Case) -> tuple[Decision | None, str]:
    number, contact = read_about(delivery.extra)
    return case.decision(number), contact


def _to_contact(delivery: Delivery, case: Case, site: Site) -> Drawn | None:
    """What was approved, for the contact that was approved, however little the site shows in chat."""
    decision, contact_id = _decision_of(delivery, case)
    contact = contact_of(site, contact_id)
    if decision is None or contact is None or room_of(contact, site) != delivery.to:
        return None
    if delivery.kind == "referral" and decision.version != case.latest.number:
        return None  # an approval that was not used before the facts changed is void: a lead is told why
    ahead = referral.ahead(case, referral.sent_by(decision))
    done = case.acknowledgement(decision.number, contact_id) is not None
    drawn = referral.acknowledged_message if done else referral.referral_message
    content = drawn(case, decision, contact_id, site)
    if contact.kind == "mail":
        content = by_mail.mail(case.reference, content)
    return Drawn(ahead, content, organisations=contact.organisations, called=contact.room)


def _about_a_decision(delivery: Delivery, case: Case, site: Site, known: Known, work: Work) -> Message | None:
    decision, contact_id = _decision_of(delivery, case)
    if decision is None:
        return None
    match delivery.kind:
        case "by_hand":
            return phone_message(case, decision, site, contact_id, since=since_of(work))
        case "decided":
            return decided(case, decision, site, nobody=nobody_left(case, site, known, work.directory))
        case "notice_decided":
            return reminders.notice_decided(case, case.decisions[-1])  # one that waited has been overtaken itself
        case "acknowledged_told":
            return reminders.acknowledged_told(case, decision, site, contact_id)
        case _:
            sent = newest_referral(case, delivery.extra, work)
            ring = whom(delivery.to, case, site, work.directory, known)
            return trouble(case, decision, site, contact_id, sent, since_of(work), whom=ring) if sent else None


def receipt(case: Case, site: Site) -> Message:
    """The neutral message that everything is posted as first: a reference, whom to ring, and *Open*."""
    token = Subject("case", case.id, "", case.latest.number).write()
    whom = words.ring_the_school(site) if case.left_out else words.whom_to_ring(site)
    return Message(
        summary=f"{case.reference}: ready to read in Signpost.",
        parts=(
            Paragraph(f"{case.reference}: press Open to read it."),
            Buttons((Button("open_case", "Open", token, opens_form=True),)),
            Small(f"If nothing opens: {whom}"),
        ),
    )


def _little(delivery: Delivery, case: Case, site: Site) -> Message:
    """What a site shows that wants little in chat: the receipt; to the raiser also that they may report by themselves.

    It names no decision, but not to look would be to miss one: so news is called news.
    """
    empty = receipt(case, site)
    if delivery.kind not in TO_RAISER:
        return empty
    news = (Paragraph(NEWS),) if delivery.kind in ("decided", "own_route") else ()
    return Message(empty.summary, (*news, *empty.parts, Small(words.ANY_TIME)))


NEWS: Final = "There is news that you should read now."


def cleared(case: Case, site: Site) -> Message:
    """The receipt again, and what it means that it was cleared."""
    empty = receipt(case, site)
    said = Small("Cleared from chat. Your workspace may keep its own copy for as long as its retention says.")
    return Message(empty.summary, (*empty.parts, said))


def asked_receipt(case: Case, site: Site) -> Message:
    """The receipt of a site that shows little in chat, after a lead was asked."""
    empty = receipt(case, site)
    return Message(empty.summary, (*empty.parts, *asked_line(case)))


NOTHING_MORE: Final = "There is nothing here for you any more."
NEWER: Final = "There is a newer message about this one."
OF_REMINDERS: Final = {"opened": "A lead has opened this.", "confirmed": "Everyone who was to be told has it."}
RETIRED: Final = {"newer": NEWER, "again": NEWER, **OF_REMINDERS}
"""What is left of a message that has been overtaken, by why it was. `again`: a reminder, by the next one."""


def _retired(delivery: Delivery, case: Case, site: Site, work: Work) -> Drawn:
    """A receipt; of a reminder whose reader leads no more nothing is left of what it was about."""
    groups: tuple[str, ...] = ()
    if delivery.extra in ("again", *OF_REMINDERS) and not is_named(delivery.to, site, work):
        groups = by_which(delivery.to, site, work)
        if not groups:
            nothing = Message("Signpost: changed.", (Small(NOTHING_MORE),))
            return Drawn(nothing, nothing)
    return Drawn(receipt(case, site), retired(case, delivery.extra), member_of=groups)


def retired(case: Case, why: str) -> Message:
    """What is left of a message that has been overtaken: a receipt."""
    said = Small(f"{case.reference}: {RETIRED.get(why, NOTHING_MORE)}")
    token = Subject("case", case.id, "", case.latest.number).write()
    still = (Buttons((Button("open_case", "Open", token, opens_form=True),)),) if why in OF_REMINDERS else ()
    return Message(f"{case.reference}: changed.", (said, *still))


NOT_READ: Final = (
    "Nobody reads messages here, and Signpost kept nothing of this one. It still stands in this chat: if it says "
    "anything of a child, delete it here. Don't describe the incident here."
)
CAME_ALONG: Final = (
    "Files and pictures are not taken here, nor links, and nothing of what came was kept. Keep it where it is; nobody "
    "copies or sends it. Tell your lead by phone or in person where it is. Then delete the message here: that removes "
    "it from this chat."
)


def refusal(what: str) -> Message:
    """The fixed answer to a message or a file that somebody sends the bot. Nothing of it was read or kept."""
    said = CAME_ALONG if what == "file" else NOT_READ
    return Message(
        summary="Signpost: not taken. Here is what to do instead.",
        parts=(
            Caution(words.CALL_999),
            Paragraph(said),
            Buttons((Button("start_report", "Raise an incident", opens_form=True, main=True),)),
        ),
    )
