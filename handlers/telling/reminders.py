"""What is said when something was decided, or when time is up: to the raiser, and to the leads.

To the raiser every one of these has the line that they may report it themselves, and 999; never a reason, and no word
that could hold somebody back.
"""

from __future__ import annotations

from handlers import words
from handlers.case import Case, Decision
from handlers.clocks import told
from handlers.contact_names import agency, called, has, is_rung
from handlers.contacts import about, police_and_care, read_about
from handlers.intents import Subject
from handlers.looking.so_far import by_raiser, decided_for_raiser, decided_so_far, is_update, the_update
from handlers.looking.whom_first import NOBODY, Whom, first_to_lead, first_to_raiser
from handlers.raising.left_to_ring import ALL, NO_LEAD_TOLD, Left, nobody_left
from handlers.raising.left_to_ring import ring as ring_left
from handlers.referring.acknowledge import call_line
from handlers.referring.ring_for import ring
from handlers.referring.since import Since, nobody_known
from handlers.referring.to_ring import acknowledged_before, open_still, to_ring
from handlers.referring.which_message import names_by_phone, not_the_newest
from handlers.screens import Bullets, Button, Buttons, Caution, Heading, Item, Line, Message, Paragraph, Part, Small
from handlers.sites import Site
from policy import fact


def own_route(case: Case, site: Site, why: str, left: Left = ALL) -> Message:
    """What the raiser hears when nobody has reacted: whom to ring, and that they may act themselves.

    `why` is `unopened`, `undecided`, `nobody`; or, with the number of a decision to refer behind a colon, `contact`
    (somebody there has not acknowledged it) or `unheard` (and no lead could be told that).
    """
    kind, _, number = why.partition(":")
    them = f"You can ring too: {police_and_care(site)}."
    stands = who_has_it(case, site, read_about(number)[0])
    update = ("your" if by_raiser(case) else "the") + the_update(case).removeprefix("the") if is_update(case) else ""
    read = (
        f"read {update} and has not decided on it" if update and case.decisions else "opened this and has not decided"
    )
    reach = f" with {update}" if update else ""
    what = {
        "unopened": f"No safeguarding lead has {f'read {update}' if update else 'opened this'} yet. All of them are "
        "being told once more.",
        "undecided": f"A safeguarding lead has {read} yet. All of them are being reminded.",
        "nobody": f"Signpost could not reach a safeguarding lead{reach}. Tell one now, by phone or in person.",
        "contact": f"A lead decided to refer this. {stands} {them}",
        "unheard": f"A lead decided to refer this. {stands} Signpost could not reach a lead about that. Tell one now, "
        f"by phone or in person. {them}",
    }[kind]
    if left.nobody and kind in ("unopened", "undecided", "nobody"):
        return _to_raiser(case, NO_LEAD_TOLD + ".", nobody_left(site))
    before = decided_for_raiser(case) if kind in ("unopened", "undecided", "nobody") else ""
    return _to_raiser(case, what, ring_left(left, site), before)


def who_has_it(case: Case, site: Site, number: int) -> str:
    """Who has confirmed a referral and who has not yet, by agency, for whoever raised it."""
    decision = case.decision(number)
    if decision is None:
        return ""
    has_it: dict[str, bool] = {}
    for one in decision.contacts:
        who = agency(site, decision, one)
        has_it[who] = has_it.get(who, False) or case.acknowledgement(number, one) is not None
    have, have_not = [one for one in has_it if has_it[one]], [one for one in has_it if not has_it[one]]
    if not have:
        return _sentence(f"{' and '.join(have_not)} {_verb(have_not)} not confirmed yet that they have it.")
    if not have_not:  # two are told at one agency, and one of them has it
        return _sentence(
            f"{' and '.join(have)} {_verb(have)} confirmed it, but not everybody who was to be told there."
        )
    rest = f"{' and '.join(have_not)} {_verb(have_not)} not yet"
    return _sentence(f"{' and '.join(have)} {_verb(have)} confirmed that they have it; {rest}.")


def _verb(agencies: list[str]) -> str:
    return has(agencies[0]) if len(agencies) == 1 else "have"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def facts_asked(case: Case, asked: tuple[str, ...]) -> Message:
    """What a lead would like the raiser to add, if they know it."""
    token = Subject("case", case.id, "", case.latest.number).write()
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            *first_to_raiser(case),
            Heading(f"{case.reference}: a lead asks"),
            Paragraph("If you already know, add it. Do not ask the child."),
            Bullets(tuple(Line(fact(name).question) for name in asked)),
            Buttons((Button("update_facts", "Update the facts", token, opens_form=True, main=True),)),
            Paragraph(words.YOURSELF),
        ),
    )


def reminder(  # what it shows, each by name
    case: Case, site: Site, why: str, *, again: bool = False, since: Since = nobody_known, whom: Whom = NOBODY
) -> Message:
    """What a lead hears when time is up. After `phone:` stand the decision and contact: then whom to ring.

    `again` says that they were reminded of that decision before: nobody reads the same message twice. `whom` they can
    ring besides a contact.
    """
    what, _, which = why.partition(":")
    if what == "phone":
        return _ring_them(case, site, which, since, whom, again=again)
    if what == "unopened":
        said = f"Nobody has {f'read {the_update(case)}' if is_update(case) else 'opened this'} yet. Open it now."
    else:
        said = _undecided(case, whom)
    before = decided_so_far(case)
    parts = (*((Paragraph(before),) if before else ()), Buttons((_open(case),)))
    return _remind(case, site, said, parts, whom)


def _undecided(case: Case, whom: Whom) -> str:
    """That nobody has decided, who has it open, and how to ring them: also where that is the reader, or nobody."""
    on = f" on {the_update(case)}" if is_update(case) and case.decisions else ""
    nobody = f"obody has decided{on} yet. Decide now"
    if case.opened_at is None:
        return f"N{nobody}."
    opened = "You opened it" if whom.is_holder else f"{whom.holder or 'A safeguarding lead'} opened it"
    return f"{opened}, and n{nobody}{f', or {whom.ring_holder}' if whom.ring_holder else ''}."


def _ring_them(case: Case, site: Site, which: str, since: Since, whom: Whom, *, again: bool) -> Message:
    """All contacts of the decision who have not confirmed by now, each with its number; and who has."""
    number, contact = read_about(which)
    decision = case.decision(number)
    if decision is None:
        return _remind(case, site, "Look at what was decided, and ring.", (Buttons((_open(case),)),), whom)
    waiting = [name for one, name in to_ring(case) if one.number == number] or [contact]
    still = "Still " if again else ""
    if len(waiting) == 1:
        (only,) = waiting
        nobody = "no call is written down" if is_rung(site, decision, only) else "nobody has acknowledged it"
        said = f"{_sentence(f'{still}{nobody}')}: {called(site, decision, only)}. Ring now, and write it down."
        press = Buttons((_open(case), _call(case, about(number, only))))
        parts: tuple[Part, ...] = (Paragraph(_how(case, site, decision, only, since)), press)
    else:
        of_all = f"of the {len(decision.contacts)} {_of_which(case, decision)}"
        everybody = len(waiting) == len(decision.contacts) and not case.acknowledged
        many = f"none {of_all} has confirmed it" if everybody else f"{len(waiting)} {of_all} have not confirmed it"
        said = f"{_sentence(f'{still}{many}')}. Ring each now, and write it down."
        rows = tuple(
            Item(
                called(site, decision, one),
                f"{open_still(site, decision, one)}. {_how(case, site, decision, one, since)}",
                _call(case, about(number, one)),
            )
            for one in waiting
        )
        parts = (*rows, Buttons((_open(case),)))
    open_again = {contact for one, contact in to_ring(case) if one.number != number}  # told again, and not confirmed
    have = [
        called(site, decision, one)
        for one in decision.contacts
        if case.acknowledgement(number, one) and one not in open_again
    ]
    done = (Paragraph(f"Confirmed: {'; '.join(have)}."),) if have else ()
    return _remind(case, site, said, (*done, *parts), whom)


def _how(case: Case, site: Site, decision: Decision, contact: str, since: Since) -> str:
    """Whom to ring for a contact, and whether they have acknowledged an earlier message."""
    return f"{acknowledged_before(case, decision, contact)} {ring(site, decision, contact, since)}".strip()


def _of_which(case: Case, decision: Decision) -> str:
    """Which referral, where there are several: one has been confirmed by whom another has not."""
    several = sum(one.kind == "refer" for one in case.decisions) > 1
    return f"told by the decision of {told(decision.at)}" if several else "in this referral"


def _remind(case: Case, site: Site, said: str, parts: tuple[Part, ...], whom: Whom) -> Message:
    foot = Small(f"{site.name} · raised {told(case.raised_at)}.")
    about = Caution(f"{case.reference}: {said}")
    return Message(f"{case.reference}: look at this in Signpost.", (*first_to_lead(case, whom), about, *parts, foot))


def _open(case: Case) -> Button:
    return Button("open_case", "Open", _newest(case), opens_form=True, main=True)


def _call(case: Case, which: str) -> Button:
    token = Subject("case", case.id, "", case.latest.number, which).write()
    return Button("write_down_call", "Write down the call", token, opens_form=True)


def notice_decided(case: Case, decision: Decision) -> Message:
    """What takes the place of a lead's notice once one of them has decided."""
    what = "refer" if decision.kind == "refer" else "do not refer"
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Paragraph(f"{case.reference}: {decision.by_name} decided at {told(decision.at)}: {what}."),
            Buttons((Button("open_case", "Open", _newest(case), opens_form=True),)),
        ),
    )


def acknowledged_told(case: Case, decision: Decision, site: Site, contact: str) -> Message:
    """What the lead who decided hears when a contact has it."""
    said = case.acknowledgement(decision.number, contact)
    rung = said is None or bool(said.log or said.spoke_to)
    more = (not_the_newest(case, decision, contact), names_by_phone(decision, contact, site, rung=rung))
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            Paragraph(f"{case.reference}: {called(site, decision, contact)}."),
            Paragraph(call_line(said, site) if said else "Not acknowledged yet."),
            *(Paragraph(one) for one in more if one),
            Buttons((Button("open_case", "Open", _newest(case), opens_form=True),)),
        ),
    )


def _to_raiser(case: Case, what: str, more: str, before: str = "") -> Message:
    token = _newest(case)
    return Message(
        f"{case.reference}: ready to read in Signpost.",
        (
            *first_to_raiser(case),
            Heading(f"{case.reference}: news"),
            Paragraph(what),
            *((Paragraph(before),) if before else ()),
            Paragraph(more),
            Paragraph(words.YOURSELF),
            Buttons(
                (
                    Button("open_case", "Open", token, opens_form=True),
                    Button("update_facts", "Update the facts", token, opens_form=True),
                )
            ),
        ),
    )


def _newest(case: Case) -> str:
    return Subject("case", case.id, "", case.latest.number).write()
