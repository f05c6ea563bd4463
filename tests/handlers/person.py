"""A person at a window, for tests: presses what is on the screen and types into what is on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account, Known
from handlers.route import route
from handlers.screens import (
    Bullets,
    Button,
    Caution,
    Field,
    Form,
    Heading,
    Item,
    Links,
    Paragraph,
    People,
    Question,
    Rows,
    Screen,
    Small,
    TextBox,
    buttons_of,
)
from tests.handlers.memory import MEMBER, TEACHER, MemoryWork


@dataclass
class Someone:
    """One account with a window (or message) in front of it. What cannot be pressed on the screen raises."""

    work: MemoryWork
    account: Account = TEACHER
    known: Known = MEMBER
    screen: Screen | None = None
    typed: dict[str, Value] = field(default_factory=dict)

    def sees(self, screen: Screen) -> Someone:
        """Look at a message that arrived."""
        self.screen = screen
        return self

    def asks(self, name: str, *, surface: Surface = Surface.COMMAND, subject: str = "", **more: object) -> Screen:
        """Send an intent that needs no button: a command, a shortcut."""
        intent = Intent(name, self.account, self.known, surface, Subject.read(subject), **more)  # type: ignore[arg-type]
        answer = route(intent, self.work)
        if answer is not None:
            self.screen = answer
        assert self.screen is not None
        return self.screen

    def opens_form(self) -> Screen:
        """Type /signpost."""
        return self.asks("start_report")

    def answers(self, given: Mapping[str, Value]) -> Someone:
        """Choose answers; those that are not on this page are kept for the pages to come."""
        self.typed.update(given)
        return self

    def presses(self, name: str, *, label: str = "", surface: Surface | None = None) -> Screen:
        """Press the button with this intent (and label) on the screen."""
        button = self.button(name, label)
        where = surface or (Surface.FORM if isinstance(self.screen, Form) else Surface.MESSAGE)
        token = button.token or (self.screen.token if isinstance(self.screen, Form) else "")
        return self.asks(name, surface=where, subject=token, fields=self.fields())

    def button(self, name: str, label: str = "") -> Button:
        """The button on the screen; AssertionError says which there are."""
        assert self.screen is not None
        found = [b for b in buttons_of(self.screen) if b.intent == name and label in b.label]
        assert found, f"no {name} {label} among {[b.intent for b in buttons_of(self.screen)]}"
        return found[0]

    def screen_buttons(self) -> tuple[Button, ...]:
        """Every button on the screen."""
        assert self.screen is not None
        return buttons_of(self.screen)

    def fields(self) -> dict[str, Value]:
        """What stands in the window: chosen now, or drawn as chosen."""
        assert self.screen is not None
        standing: dict[str, Value] = {}
        for part in self.screen.parts:
            if isinstance(part, Question):
                there = {option.value for option in part.options}  # a client ticks no box that was not drawn
                ticked = tuple(one for one in part.chosen if one in there)
                drawn: Value = ticked if part.several else (ticked[0] if ticked else None)
                standing[part.id] = self.typed.get(part.id, drawn)
            elif isinstance(part, TextBox):
                standing[part.id] = self.typed.get(part.id, part.value)
            elif isinstance(part, People):
                ids = tuple(one.value for one in part.chosen)
                standing[part.id] = self.typed.get(part.id, ids if part.several else (ids[0] if ids else None))
        return standing


def text_of(screen: Screen | None) -> str:
    """Every word on a screen, in reading order."""
    assert screen is not None
    words: list[str] = []
    for part in screen.parts:
        match part:
            case Heading(text) | Paragraph(text) | Caution(text) | Small(text):
                words.append(text)
            case Bullets(items):
                words += [f"{line.text} {line.note}" for line in items]
            case Rows(rows):
                words += [f"{label}: {value}" for label, value in rows]
            case Links(links):
                words += [link.title for link in links]
            case Item(label, text, button):
                words += [label, text, button.label]
            case Question() as question:
                words += [question.label, question.help, *(option.label for option in question.options)]
            case TextBox() as box:
                words += [box.label, box.help, box.value]
            case People() as asked:
                words += [asked.label, asked.help]
            case _:
                words += [button.label for button in part.buttons]
    if isinstance(screen, Form) and screen.errors:
        words += [sentence for _, sentence in screen.errors]
    return "\n".join(words)


def questions_on(screen: Screen | None) -> list[str]:
    """The ids of the questions on a screen."""
    assert screen is not None
    return [part.id for part in screen.parts if isinstance(part, Field)]


def whole_form(person: Someone) -> Form:
    """Press *Continue* until the answers stand there to be checked."""
    for _ in range(5):
        if any(button.intent == "submit_report" for button in person.screen_buttons()):
            assert isinstance(person.screen, Form)
            return person.screen
        person.presses("next_page")
    raise AssertionError("no page to check the answers")


def sends_now(person: Someone) -> Screen:
    """The quick way to send; where it asks first who is not to be told, nobody is left out."""
    shown = person.presses("recommend_now")
    asked = any(button.intent == "submit_report" for button in person.screen_buttons())
    return person.presses("submit_report") if asked else shown


def first_text(person: Someone) -> str:
    """The words that stand first on the screen: always a box."""
    assert person.screen is not None
    part = person.screen.parts[0]
    assert isinstance(part, Caution)
    return part.text


def errors_on(screen: Screen | None) -> dict[str, str]:
    """What a form says is wrong, by question id."""
    return dict(screen.errors) if isinstance(screen, Form) else {}
