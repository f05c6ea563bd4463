"""Screens as Adaptive Cards: a Form is a dialog, a Message stands in the personal chat.

What is too large for one card goes on in the next: a dialog has a button that leads on, an answer in the chat becomes
several messages, and a message that is changed later points to *Open*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from bot.teams.cards import Element, Seal, action_set, attachment, card, clean, lines
from bot.teams.fit import ROOM, TooLarge, buttons_in, fit, plainly, split
from bot.teams.parts import WRONG, Pen, action, caution, draw, wrong
from bot.teams.written import size
from handlers.screens import Button, Buttons, Field, Form, Heading, Message, Part, People, Question, buttons_of
from handlers.words import marked

TITLE: Final = "Signpost"
READ_ON: Final = "Read on"
READ_BACK: Final = "Part before"
SMALL_WAY: Final = 4_000
"""Bytes of a button up to which a part has one for the part before too: it holds what was typed."""
PART: Final = "Part {number} of {count}."
NEXT_BELOW: Final = f"'{READ_ON}' at the end shows the next."
NEXT_MESSAGE: Final = "The next message goes on."
REST: Final = "This is more than one message holds. Press Open: all of it stands there."

More: TypeAlias = Callable[[int], Element]
"""The data of a button that leads to a part of the same screen, by its number."""


def form(screen: Form, seal: Seal) -> Element:
    """The card of a dialog, whatever its size. `seal` seals tokens for the one account that it is drawn for.

    Errors stand above their fields, and a line near the top says so: below the first words, which are about 999.
    """
    several = tuple(part.id for part in screen.parts if isinstance(part, Question | People) and part.several)
    pen = Pen(seal, in_form=True, token=token_of(screen), several=several, errors=dict(screen.errors))
    body = _drawn(screen.parts, pen)
    if screen.errors:
        fields = {part.id for part in screen.parts if isinstance(part, Field)}
        homeless = [one for name, said in screen.errors if name not in fields for one in wrong(said)]
        body[1:1] = [*caution(marked(screen)), *homeless]
    submit = [action(screen.submit, pen)] if screen.submit else []
    return card(body, submit)


def dialog(screen: Form, seal: Seal, more: More, part: int = 1) -> Element:
    """The answer to `task/fetch`, `task/submit` and their like: a dialog goes on with a card, always.

    Where the screen is too large for one, `part` of it; `more` gives what a press for another part sends.
    """
    title = clean(screen.title).strip() or TITLE
    shown = _in_parts(form(screen, seal), more, part)
    value = {"title": title, "height": "large", "width": "medium", "card": attachment(shown)}
    return {"task": {"type": "continue", "value": value}}


def _in_parts(whole: Element, more: More, part: int) -> Element:
    small = fit(whole)
    if small is not None:
        return small
    way = size(more(part))
    parts = split(whole, foot=2 * way if way < SMALL_WAY else way)
    count = len(parts)
    number = max(1, min(part, count))
    here = _numbered(parts, number, NEXT_BELOW)
    ways = [_way(READ_ON, more(number + 1))] if number < count else []
    fields = any(one["type"].startswith("Input.") for one in here["body"])
    if number > 1 and not fields and way < SMALL_WAY:  # back from fields would lose what was typed
        ways.append(_way(READ_BACK, more(number - 1)))
    return {**here, "body": [*here["body"], action_set(ways)]} if ways else here


def _way(title: str, held: Element) -> Element:
    return {"type": "Action.Submit", "title": title, "data": held}


def _numbered(parts: Sequence[Element], number: int, how: str) -> Element:
    """One of several parts, saying which it is below its first box, and `how` to reach the next if there is one."""
    here, count = parts[number - 1], len(parts)
    said = PART.format(number=number, count=count)
    body = here["body"]
    at = 1 if body and body[0]["type"] == "Container" else 0
    return {**here, "body": [*body[:at], *lines(f"{said} {how}" if number < count else said), *body[at:]]}


def message(screen: Message, seal: Seal) -> Element:
    """The one card of a message. Its `summary`, all that a notification shows, travels beside it: see `summary_of`.

    Where it is too large for one, it says that all of it stands behind its *Open*; raises TooLarge if it has none.
    """
    drawn = _of_a_message(screen, seal)
    small = fit(drawn)
    if small is not None:
        return small
    if not any(button.intent == "open_case" for button in buttons_of(screen)):
        raise TooLarge
    first, *rest = split(drawn, foot=sum(size(one) + 2 for one in buttons_in((plainly(drawn),))))
    body = [*first["body"], *lines(REST, weight="Bolder"), *buttons_in(tuple(rest))]
    if size({**first, "body": body}) > ROOM:
        raise TooLarge
    return {**first, "body": body}


def messages(screen: Message, seal: Seal) -> tuple[Element, ...]:
    """The cards of a message that is posted and never changed: as many as it takes."""
    drawn = _of_a_message(screen, seal)
    small = fit(drawn)
    if small is not None:
        return (small,)
    parts = split(drawn)
    return tuple(_numbered(parts, number, NEXT_MESSAGE) for number in range(1, len(parts) + 1))


def _of_a_message(screen: Message, seal: Seal) -> Element:
    return {**card(_drawn(screen.parts, Pen(seal, in_form=False))), "msteams": {"width": "Full"}}


def summary_of(screen: Message) -> str:
    """What a notification shows of a message: one line."""
    return " ".join(clean(screen.summary).split()) or TITLE


def as_form(screen: Message) -> Form:
    """A message as a dialog, for where no message can be put into the chat."""
    return Form(TITLE, screen.parts)


def as_message(screen: Form) -> Message:
    """A form without questions as a message, for where no dialog can be opened: its main button at the end."""
    words: list[Part] = [part for part in screen.parts if not isinstance(part, Field)]
    said = [Heading(sentence) for _, sentence in screen.errors]
    end = [Buttons((_standing_alone(screen.submit, screen.token),))] if screen.submit else []
    return Message(TITLE, (*said, *words, *end))


def token_of(screen: Form) -> str:
    """The token that travels with the form: its own, or its main button's where it has none."""
    return screen.token or (screen.submit.token if screen.submit else "")


def _standing_alone(submit: Button, token: str) -> Button:
    return Button(submit.intent, submit.label, submit.token or token, opens_form=True, main=submit.main)


def _drawn(parts: Iterable[Part], pen: Pen) -> list[Element]:
    drawn: list[Element] = [element for part in parts for element in draw(part, pen)]
    return _apart(drawn)


def _apart(drawn: Sequence[Element]) -> list[Element]:
    """A little more room above a question than between lines, so that one is told from the next."""
    apart: list[Element] = []
    for one in drawn:
        belongs = bool(apart) and apart[-1].get("color") == WRONG
        wide = one["type"].startswith("Input.") or one.get("color") == WRONG
        apart.append({**one, "spacing": "Large"} if wide and not belongs else one)
    return apart
