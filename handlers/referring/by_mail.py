"""What a contact gets who is reached by mail: the mail, and the page behind the link in it.

The page names the reference and nothing else of the case: whoever has the link need not be whom it was sent to.
"""

from __future__ import annotations

from typing import Final

from handlers.case import Acknowledgement, Case, State
from handlers.clocks import told
from handlers.contacts import read_about
from handlers.intents import Subject
from handlers.ports import Delivery, Work
from handlers.screens import Button, Form, Heading, Message, Paragraph, Small, TextBox
from handlers.setup import test_message
from handlers.sites import Contact, Site

TITLE: Final = "Signpost"
NAME_LIMIT: Final = 80
NO_REPLIES: Final = (
    "Opening the link changes nothing, the button behind it does. Nobody reads replies to this address: ring the "
    "safeguarding lead."
)
NOT_KEPT: Final = "What stood in the box was not kept: a link or a file name may not stand there."


def mail(reference: str, drawn: Message) -> Message:
    """The message to a contact as a mail: its subject is the reference alone."""
    return Message(reference, (*drawn.parts, Small(NO_REPLIES)))


def page_behind(delivery: Delivery, work: Work) -> Form | None:
    """The page behind the link in a mail; None where there is nothing any more, or never was."""
    if delivery.kind == "contact_test":
        return test_page(delivery, work)
    case = work.case(delivery.case) if is_mail(delivery) else None
    number, contact = read_about(delivery.extra)
    if case is None or case.decision(number) is None or case.state in (State.CLOSED, State.ERASED):
        return None
    said = case.acknowledgement(number, contact)
    return done_page(case, said) if said else ask_page(case, delivery)


def is_mail(delivery: Delivery) -> bool:
    """Whether this is a message to a contact that went by mail."""
    return delivery.kind == "referral" and delivery.to.platform == "mail"


def test_page(delivery: Delivery, work: Work) -> Form | None:
    """The page behind the link in a test: the site's name and one button; None once the contact is another one."""
    found = test_message.site_and_contact(delivery, work)
    if found is None:
        return None
    site, contact = found
    if test_message.counts(site, contact, delivery.id):
        return tested_page(site, delivery)
    done = site.declared or (test_message.in_use(contact) and not contact.test)
    return proved_page(site) if done else over_page(site, contact)


def tested_page(site: Site, delivery: Delivery) -> Form:
    """A test: there is no case."""
    token = subject_of(delivery).write()
    said = (
        f"{site.name} would like to send safeguarding notices here. Press Acknowledge, so that the school knows that "
        "they arrive. Nothing else happens."
    )
    unknown = f"If you do not know {site.name}, press nothing and tell them: {site.phone or 'the switchboard'}."
    parts = (Heading(f"A test from {site.name}: there is no case"), Paragraph(said), Small(unknown))
    return Form(TITLE, parts, Button("acknowledge", "Acknowledge", token, main=True), token)


def proved_page(site: Site) -> Form:
    """The test was acknowledged."""
    said = Paragraph("Thank you: the school knows that it arrives. You can close this page.")
    return Form(TITLE, (Heading(f"A test from {site.name}: acknowledged"), said))


def over_page(site: Site, contact: Contact) -> Form:
    """The link of a test that does not count any more: a newer one was sent, or something changed."""
    said = Paragraph(test_message.over_said(site, contact))
    return Form(TITLE, (Heading(f"A test from {site.name}: there is no case"), said))


def subject_of(delivery: Delivery) -> Subject:
    """What the press on that page is about."""
    if delivery.kind == "contact_test":
        site, _, contact = delivery.extra.partition(":")
        return Subject("site", site, delivery.id, 0, contact)
    return Subject("case", delivery.case, "", delivery.version, delivery.extra)


def ask_page(case: Case, delivery: Delivery) -> Form:
    """The one button, and who presses it, if they like to say."""
    token = subject_of(delivery).write()
    return Form(
        TITLE,
        (
            Heading(case.reference),
            Paragraph("Press Acknowledge, and the safeguarding lead sees that you have this notice."),
            TextBox(
                "name",
                "Your name or collar number",
                "Leave it empty if you like. The lead sees it.",
                max_length=NAME_LIMIT,
                single=True,
            ),
        ),
        Button("acknowledge", "Acknowledge", token, main=True),
        token,
    )


def done_page(case: Case, said: Acknowledgement, *, not_kept: bool = False) -> Form:
    """Who acknowledged it, and when."""
    parts = (
        Heading(case.reference),
        Paragraph(f"Acknowledged by {said.name} at {told(said.at)}."),
        *((Paragraph(NOT_KEPT),) if not_kept else ()),
        Paragraph("The safeguarding lead is told. You can close this page."),
    )
    return Form(TITLE, parts)


def gone() -> Form:
    """The same for a link that never was one, and for one whose case is closed or erased."""
    return Form(
        TITLE,
        (
            Heading("There is nothing here"),
            Paragraph("This link leads nowhere, or not any more. If you had a notice with it, ring the number in it."),
        ),
    )


def not_now() -> Form:
    """The records cannot be reached."""
    return Form(
        TITLE,
        (
            Heading("Not just now"),
            Paragraph("Nothing was acknowledged. Open the link again in a minute, or ring the number in the notice."),
        ),
    )


def too_often() -> Form:
    """One link was opened again and again."""
    return Form(
        TITLE,
        (
            Heading("One moment"),
            Paragraph("This link was opened many times just now. Wait a minute, then open it again."),
        ),
    )
