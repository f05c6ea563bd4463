"""Examples of the screens of deciding: windows, messages to contacts, and what each person hears."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from handlers.access import Granted
from handlers.case import Acknowledgement, Case, Decision, State
from handlers.contact_names import to_keep
from handlers.contacts import contacts_of
from handlers.deciding import contact_history, decided, told_already
from handlers.deciding import windows as decision_windows
from handlers.hours import Hours
from handlers.intents import Intent
from handlers.looking import of_the_case, open_case
from handlers.people import Account, Directory
from handlers.ports import Delivery
from handlers.referring import acknowledge, by_mail, by_phone, referral, trouble
from handlers.referring.withheld import CONTACT_GONE
from handlers.roles import LEAD, RAISER
from handlers.screens import Screen
from handlers.sites import Contact, Site
from handlers.telling import decided_news, reminders
from policy import FACTS

_LEAD: Final = Account.parse("slack:T1/U2")
_MARSH: Final = Account.parse("slack:T9/U5")
_ROOM: Final = Account.parse("slack:T1/C9")
_MAILBOX: Final = Account("mail", "northside", "police-mail.0a1b2c3d")
_SUNDAY: Final = datetime(2026, 11, 22, 12, tzinfo=UTC)
_HOURS: Final = Hours(frozenset(range(5)), time(8), time(16), "Mon-Fri 08:00-16:00")
_TENANT: Final = "2f1c0e5a-7b1d-4c55-9a3e-0d8e6b7a1c2d"
_WHERE: Final = {
    "slack": "T1/C9", "teams": f"{_TENANT}/5b1f0c1e-1111-4222-8333-944444444444/19:a@thread.tacv2",
    "mail": f"{'safeguarding.duty.desk.' * 2}north@safeguarding-hub.northshire.police.example",
}  # fmt: skip
_CONTACTS: Final = tuple(
    Contact(
        f"{purpose}-{kind}",
        purpose,
        kind,
        _WHERE[kind],
        verified=True,
        room="" if kind == "mail" else "northside-and-northshire-police-liaison",
        organisations=() if kind == "mail" else ("T9", _TENANT),
        owner="Office manager",
        hours=_HOURS,
        out_of_hours="ring 101",
        review_by=_SUNDAY.date() - timedelta(days=1),
    )
    for purpose in ("police", "social_care", "lado")
    for kind in ("slack", "mail" if purpose == "social_care" else "teams")
)
_HISTORIES: Final = {
    one.id: "Added by Wilhelmina Featherstonehaugh (entered as W. Featherstonehaugh) on 3 November 2026, changed last "
    f"by Sam Adeyemi on 4 November 2026. Acknowledged by Jo Marsh of {_TENANT} on 5 November 2026. "
    f"{contact_history.NOBODY_KNOWN} {contact_history.RIGHT_ADDRESS}"
    for one in _CONTACTS
}
_PLACE: Final = "/".join(("a" * 20, "b" * 20, "england-2024", "1"))
_REASON: Final = ("An adult is involved, and the child has been asked for more. " * 20)[: decision_windows.REASON_LIMIT]


def deciding_examples(
    site: Site, worst: Case, unknown: Case, directory: Directory, intent: Intent
) -> dict[str, Screen]:
    """Every screen of deciding by a name of its own, drawn for the case with the most and with the least known."""
    site = replace(site, contacts=_CONTACTS)
    found: dict[str, Screen] = {}
    for name, case in (("worst", worst), ("unknown", unknown)):
        granted = Granted(case, site, frozenset({LEAD}))
        sender = referral.sender_of(site, _LEAD, "Wilhelmina Featherstonehaugh", directory)
        errors = (
            ("contact", "Choose at least one."), ("reason", "Write the reason."), ("consequences_read", "Tick this."),
        )  # fmt: skip
        also = tuple(one.id for one in contacts_of(site))
        filled = decision_windows.Filled("The facts changed.", errors, own=True, reason=_REASON, since=1, also=also)
        wrong = decision_windows.Filled("The facts changed.", errors[1:2], own=True, reason=_REASON, since=1)
        left_out = tuple(Account("slack", "T1", f"ULEFTOUT{number}") for number in range(4))
        newer = replace(case.latest, number=2)
        anew = replace(granted, case=replace(case, versions=(unknown.latest, newer), left_out=left_out))
        about = tuple(of_the_case.left_out_parts(anew, directory, intent.known))
        found |= {
            f"refer_{name}": decision_windows.refer_window(granted, sender, _PLACE, _SUNDAY),
            f"refer_{name}_again": decision_windows.refer_window(
                anew, sender, _PLACE, _SUNDAY, filled, histories=_HISTORIES, about=about
            ),
            f"decline_{name}": decision_windows.decline_window(granted, _PLACE),
            f"decline_{name}_again": decision_windows.decline_window(anew, _PLACE, wrong, about),
            f"asks_{name}": decision_windows.asks_window(granted, errors=(("ask", "Choose one."),), about=about),
            **_decided(name, _decided_case(case, sender, site), site, directory, intent),
        }
    return found | {
        "two_people": decided.two_people(),
        "asked": decided.asked_window(worst),
        "facts_asked": reminders.facts_asked(worst, tuple(one.id for one in FACTS)),
        **{
            f"own_route_{why.partition(':')[0]}": reminders.own_route(worst, site, why)
            for why in ("unopened", "undecided", "nobody", "contact:1", "unheard:1")
        },
        **{
            f"reminder_{why}": reminders.reminder(worst, site, f"{why}:1:police-slack")
            for why in ("unopened", "undecided", "phone")
        },
    }


def _decided_case(case: Case, sender: referral.Sender, site: Site) -> Case:
    refer = Decision(
        1, "refer", _LEAD, "Priya Nair", case.raised_at, _REASON, 1, "england-2024", "police-notice-1",
        tuple(contact.id for contact in contacts_of(site)), alone=True,
        site_line=sender.site_line, lead_line=sender.lead_line,
        told=to_keep(site, (contact.id for contact in contacts_of(site))),
    )  # fmt: skip
    decline = replace(refer, number=2, kind="do_not_refer", contacts=())
    at = case.raised_at + timedelta(minutes=4)
    said = (
        Acknowledgement(1, "police-slack", _MARSH, "PC Jo Marsh", "slack:T9", at),
        Acknowledgement(1, "police_by_phone", _LEAD, "Priya Nair", "slack:T1", at, "LOG 77", "Operator 12", "16:59"),
    )
    return replace(case, state=State.REFERRED, decisions=(refer, decline), acknowledged=said)


def _declined(case: Case) -> Case:
    """Nobody referred it, and whoever raised it asked the leads to look again."""
    decline = replace(case.decisions[-1], number=1)
    return replace(case, state=State.NOT_REFERRED, decisions=(decline,), asked_at=decline.at + timedelta(minutes=1))


def _by_sam(_site: Site, _decision: Decision, _contact: str, _now: str) -> str:
    return "changed by Sam Adeyemi at 17:02 on Tuesday 24 November 2026"


def _decided(name: str, case: Case, site: Site, directory: Directory, intent: Intent) -> dict[str, Screen]:
    lead, raiser = Granted(case, site, frozenset({LEAD})), Granted(case, site, frozenset({RAISER}))
    refer, decline = case.decisions
    rung = {contact.purpose: contact for contact in contacts_of(site) if contact.kind == "by_hand"}
    sent = tuple(
        Delivery("referral", _ROOM, case.id, 1, extra=f"1:{one.id}", id=one.id, state="failed", why="contact_changed")
        for one in contacts_of(site)
        if one.kind != "by_hand"
    )
    states = {
        f"trouble_{state}_{name}": trouble.trouble(case, refer, site, "police-slack", replace(sent[0], state=state))
        for state in ("queued", "failed", "unsure")
    }
    gone = replace(sent[0], state="dropped", why=CONTACT_GONE)
    moved = replace(site, numbers=replace(site.numbers, officer="01632 960777 ext 4", mash="01632 960778"))
    states[f"trouble_gone_{name}"] = trouble.trouble(case, refer, site, "police-slack", gone)
    return {
        f"decided_refer_{name}": decided.decided_window(lead, refer, mine=False),
        f"decided_decline_{name}": decided.decided_window(lead, decline, mine=True),
        **_second(name, lead, refer),
        f"decided_case_for_a_lead_{name}": open_case.case_window(lead, directory, intent, sent),
        f"decided_case_for_the_raiser_{name}": open_case.case_window(raiser, directory, intent),
        f"ahead_{name}": referral.ahead(case, referral.sent_by(refer)),
        f"referral_{name}": referral.referral_message(case, refer, "police-slack", site),
        f"acknowledged_{name}": referral.acknowledged_message(case, refer, "police-slack", site),
        f"by_hand_{name}": by_phone.by_hand(case, refer, rung["police"], site),
        f"by_hand_lado_{name}": by_phone.by_hand(case, refer, rung["lado"], site),
        f"phone_{name}": trouble.phone_message(case, refer, site, "police-slack"),
        f"phone_on_its_way_{name}": trouble.phone_message(case, refer, site, "police-slack", on_its_way=True),
        f"phone_gone_{name}": trouble.phone_message(case, refer, site, "gone"),
        f"phone_changed_{name}": trouble.phone_message(case, refer, moved, "police-slack", since=_by_sam),
        f"case_changed_for_a_lead_{name}": open_case.case_window(
            replace(lead, site=moved), directory, intent, sent, since=_by_sam
        ),
        f"reminder_ring_{name}": reminders.reminder(case, site, "phone:1:lado-slack"),
        f"reminder_ring_again_{name}": reminders.reminder(case, site, "phone:1:lado-slack", again=True),
        f"own_route_of_a_decision_{name}": reminders.own_route(case, site, "contact:1"),
        f"not_the_contact_{name}": acknowledge.not_the_contact(case),
        f"not_the_contact_admin_{name}": acknowledge.not_the_contact(case, admin=True),
        f"settled_{name}": trouble.settled(case, refer, site, "police-slack", "It arrived: recorded."),
        f"call_{name}": acknowledge.call_window(lead, refer, "lado-slack", errors=(("log", acknowledge.WRITE_ONE),)),
        f"called_{name}": acknowledge.called_window(lead, refer, "police_by_phone"),
        f"news_refer_{name}": decided_news.decided(case, refer, site),
        f"news_decline_{name}": decided_news.decided(case, decline, site),
        f"news_declined_{name}": decided_news.decided(_declined(case), replace(decline, number=1), site),
        f"notice_decided_{name}": reminders.notice_decided(case, refer),
        f"acknowledged_told_{name}": reminders.acknowledged_told(case, refer, site, "police-slack"),
        **states,
        **_by_mail(name, case, refer, site),
    }


def _second(name: str, lead: Granted, refer: Decision) -> dict[str, Screen]:
    """What a lead reads whose press came after another lead's; and the window for a further agency."""
    late, written = decided.too_late("refer", refer, mine=False), _REASON
    already = {
        one.id: told_already.Already(
            one.id, "Told at 16:55 on Tuesday 24 November 2026, call written down at 16:55 on Tuesday 24 November 2026."
        )
        for one in contacts_of(lead.site)
    }
    filled = decision_windows.Filled(
        f"{late} {decided.GO_ON['refer']}", reason=written, chosen=tuple(already), anew=True, again="0" * 12
    )
    again = replace(filled, note=told_already.asks_once_more(tuple(already), already))
    sender, shown = referral.sent_by(refer), {"already": already}
    further = decision_windows.refer_window
    nothing = f"{late} {told_already.asks_nothing(tuple(already), already)}"
    return {
        f"refer_further_{name}": further(lead, sender, _PLACE, _SUNDAY, **shown),  # type: ignore[arg-type]
        f"refer_second_{name}": further(lead, sender, _PLACE, _SUNDAY, filled, **shown),  # type: ignore[arg-type]
        f"refer_once_more_{name}": further(lead, sender, _PLACE, _SUNDAY, again, **shown),  # type: ignore[arg-type]
        f"decided_second_{name}": decided.decided_window(lead, refer, mine=False, note=nothing, wrote=written),
    }


def _by_mail(name: str, case: Case, refer: Decision, site: Site) -> dict[str, Screen]:
    """What a contact gets who is reached by mail."""
    sent = Delivery("referral", _MAILBOX, case.id, 1, extra="1:police-mail", id="d2", state="sent")
    said = Acknowledgement(1, "police-mail", _MAILBOX, "PC 1234 Marsh", "mail:northside", case.raised_at)
    return {
        f"mail_{name}": by_mail.mail(case.reference, referral.referral_message(case, refer, "police-slack", site)),
        f"mail_page_{name}": by_mail.ask_page(case, sent),
        f"mail_page_done_{name}": by_mail.done_page(case, said, not_kept=True),
        "mail_page_gone": by_mail.gone(),
        "mail_page_not_now": by_mail.not_now(),
        "mail_page_too_often": by_mail.too_often(),
    }
