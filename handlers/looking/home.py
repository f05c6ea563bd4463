"""What the bot shows of itself: its home, help, and what this version does not do yet."""

from __future__ import annotations

from typing import Final

from handlers import words
from handlers.broken import plain
from handlers.clocks import told
from handlers.intents import Intent
from handlers.looking.case_list import as_of, rows_of
from handlers.looking.unopened import not_opened
from handlers.people import Directory
from handlers.ports import Delivery, Work
from handlers.raising import begin, drafts
from handlers.screens import (
    Bullets,
    Button,
    Buttons,
    Caution,
    Heading,
    Line,
    Message,
    Paragraph,
    Part,
    Screen,
    Small,
)
from handlers.setup import checklist
from handlers.setup.state import by_urgency, state
from handlers.unread import led_unread

MOST_SITES: Final = 20
"""Sites whose state an admin reads at once."""
MOST_STEPS: Final = 3
"""The same of what is still to do."""
FOR_ADMINS: Final = (
    "You are an admin of Signpost: /signpost admin in Slack, or admin in Teams, opens sites, leads and contacts."
)
RAISE = Button("start_report", "Raise an incident", opens_form=True, main=True)
"""The one button that matters."""


def show_home(intent: Intent, work: Work) -> Screen:
    """The bot's own page: raise an incident, and what is theirs."""
    if not intent.known.standing.member:
        return Message("Signpost", begin.no_standing(intent.known.standing).parts)
    directory, rows = work.directory, rows_of(intent, work)
    return home(
        rows,
        may_raise=bool(directory.sites_on_offer(intent.by, intent.known)),
        draft_waits=bool(drafts.unsent(intent.by, work)),
        is_lead=bool(directory.sites_led_by(intent.by, intent.known)),
        set_up=set_up_parts(directory, intent.known.groups) if directory.is_admin(intent.by) else (),
        unread=_unread(intent, work),
        unopened=not_opened(intent, work),
        at=told(work.now),
    )


def _unread(intent: Intent, work: Work) -> str:
    """Why the page may lack something: a group could not be read. Empty where it lacks nothing."""
    directory, known = work.directory, intent.known
    if not directory.sites_on_offer(intent.by, known) and directory.sites_unread(intent.by, known):
        return words.could_not_ask(intent.by.platform)
    return led_unread(intent, work)


def set_up_parts(directory: Directory, groups: checklist.Groups = checklist.UNREAD) -> tuple[Part, ...]:
    """For an admin: how sites and contacts stand, and the way to what is still to do. Nothing of a case."""
    _, todo = checklist.of(directory, groups)
    sites = by_urgency(directory.sites, groups, directory)
    lines = tuple(Line(site.name, state(site, groups, directory)) for site in sites[:MOST_SITES])
    if len(sites) > MOST_SITES:
        lines = (*lines, Line(f"And {len(sites) - MOST_SITES} more, which need no more than these."))
    said = Bullets(lines) if lines else Paragraph("Nothing is set up yet: nobody can raise an incident in Signpost.")
    more = (Line(f"And {len(todo) - MOST_STEPS} more to do."),) if len(todo) > MOST_STEPS else ()
    steps = (Bullets((*(Line(f"To do: {one.title}") for one in todo[:MOST_STEPS]), *more)),) if todo else ()
    return (Heading("Set-up"), said, *steps, Buttons((Button("show_admin", "Set up Signpost", opens_form=True),)))


def show_start(intent: Intent, work: Work) -> Screen:
    """The shortest way in: one button. For where a form cannot be opened at once, and as a welcome."""
    if not intent.known.standing.member:
        return Message("Signpost", begin.no_standing(intent.known.standing).parts)
    extra = set_up_parts(work.directory, intent.known.groups) if work.directory.is_admin(intent.by) else ()
    if not work.directory.sites_on_offer(intent.by, intent.known):
        if work.directory.sites_unread(intent.by, intent.known):
            return Message("Signpost", (*plain(words.could_not_ask(intent.by.platform)).parts, *extra))
        return Message("Signpost", (*begin.no_site().parts, *extra))
    return start_card(extra)


def start_card(extra: tuple[Part, ...] = ()) -> Message:
    """Draw the one button; for an admin the set-up below it."""
    return Message(
        "Signpost: ready.",
        (
            words.emergency_first(),
            Paragraph("A nude or semi-nude image of a young person may have been shared? Start here. Never the image."),
            Buttons((RAISE,)),
            Small("Describe nothing in this chat: the form asks, in private. What you typed elsewhere is not read."),
            *extra,
        ),
    )


def home(
    cases: tuple[Part, ...],
    *,
    may_raise: bool,
    draft_waits: bool,
    is_lead: bool,
    set_up: tuple[Part, ...] = (),
    unread: str = "",
    unopened: str = "",
    at: str = "",
) -> Message:
    """Draw the bot's own page. `unread` says why something may be missing, `unopened` what is; `at` is as of when."""
    parts: list[Part] = [words.emergency_first(), *(Caution(said) for said in (unread, unopened) if said)]
    if may_raise:
        parts += [
            Paragraph("A nude or semi-nude image of a young person may have been shared? Start here. Never the image."),
            Buttons((RAISE,)),
        ]
    elif not unread:
        parts.extend(begin.no_site().parts[1:])
    if draft_waits:
        parts.append(Paragraph("You have a report that is not sent yet: 'Raise an incident' brings it back."))
    parts.append(Heading("Cases of your sites, and incidents that you raised" if is_lead else "My incidents"))
    parts += as_of(at)
    parts.extend(cases)
    if not cases and not unread and not unopened:
        parts.append(Paragraph("None that are open."))
    parts.extend(set_up)
    parts.append(Small(words.ADVICE_ONLY))
    return Message("Signpost", tuple(parts))


def show_help(intent: Intent, work: Work) -> Screen:
    """What Signpost is for, in ten lines, whoever asks."""
    admin = intent.known.standing.member and work.directory.is_admin(intent.by)
    return help_page(member=intent.known.standing.member, account=str(intent.by), admin=admin)


def help_page(*, member: bool, account: str, admin: bool = False) -> Message:
    """Draw the help: what happens, what never to do, which words it listens to."""
    steps = (
        Line("Answer what you already know: page 1 takes about a minute and is enough."),
        Line("You see at once what to do, what not to do, and why. Your safeguarding leads are told."),
        Line("'Update the facts' when you know more. 'Ask a lead to escalate' when you think that they should refer."),
    )
    return Message(
        "Signpost: help",
        (
            words.emergency_first(),
            Paragraph("Signpost guides staff when a nude or semi-nude image of a young person may have been shared."),
            Bullets(steps),
            Heading("Never"),
            Paragraph(begin.DO_NOTS),
            Paragraph(words.YOURSELF),
            *((Buttons((RAISE,)),) if member else ()),
            begin.OVERVIEW,
            Small(
                "In Slack type /signpost alone to report, or one word behind it: home, cases, who or help. In Teams "
                "write report, home, cases, who or help to Signpost. 'home' shows what is yours, and 'who' which leads "
                "are covering today. A reference such as SP-7K4M-2Q opens that case, if it is yours to see. Anything "
                "else that is typed is not read."
            ),
            *((Small(FOR_ADMINS),) if admin else ()),
            Small(f"For your admin, your account here is {account}."),
        ),
    )


def show_practise(intent: Intent, work: Work) -> Screen:
    """Practice cases come later; the playground does it today."""
    _ = intent, work
    return practise_page()


def practise_page() -> Message:
    """Say where one can practise today."""
    return Message(
        "Signpost: practice",
        (
            words.emergency_first(),
            Paragraph(
                "Practice cases inside chat come with a later version. Until then your IT can run 'make play': the "
                "whole form with invented people, in a browser, with no account."
            ),
        ),
    )


def refuse_message(intent: Intent, work: Work) -> None:
    """Somebody wrote to the bot: answer with the start button, once for each message."""
    _refuse("message", intent, work)


def refuse_file(intent: Intent, work: Work) -> None:
    """Somebody sent a file: say why it is refused and what to do instead. Nothing of it was fetched or kept."""
    _refuse("file", intent, work)


def _refuse(what: str, intent: Intent, work: Work) -> None:
    key = f"event:{intent.by.platform}:{intent.by.org}:{intent.event}"
    if intent.event and work.applied(key) is not None:
        return
    if intent.event:
        work.apply(key, "refused")
    work.record(f"{what}.refused", by=intent.by)
    work.enqueue(Delivery("refusal", intent.by, extra=what))
