"""The five invented people of the playground, what each can do today, and three stories to try."""

from __future__ import annotations

from dataclasses import dataclass

HERE = "T1"
POLICE = "T9"
POLICE_CHANNEL = "C9"


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody to be: their account, what they are at the school, and what they can do so far."""

    id: str
    name: str
    role: str
    note: str
    home_team: str = HERE
    channel: str = ""
    """The one conversation that an outsider has; everybody else talks with the app."""


@dataclass(frozen=True, slots=True)
class Story:
    """Something that happened, told in a few lines, and which answers to give."""

    title: str
    told: str
    steps: tuple[str, ...]
    expect: str


PLAYERS = (
    Player(
        "U1",
        "Amira Khan",
        "Teacher",
        "You teach Year 10. Raise an incident, get the recommendation, and ask a lead to escalate.",
    ),
    Player(
        "U2",
        "Priya Nair",
        "DSL, first lead",
        "You are told first. Open a case to see the answers, then decide: refer, do not refer, or ask for facts. "
        "You see the exact message before it goes, and you hear when it is acknowledged.",
    ),
    Player(
        "U3",
        "Tom Reid",
        "Deputy DSL, second lead",
        "You are told if Priya is left out or does not react. You find every case of your school with "
        "/signpost cases, and can decide as she can: whoever is first decides.",
    ),
    Player(
        "U4",
        "Sam Okafor",
        "IT admin",
        "You run Signpost and see no case of anybody else. Today you configure it with a file; "
        "an admin screen comes in a later version.",
    ),
    Player(
        "U5",
        "Jo Marsh",
        "Police contact",
        "You are in a channel that the school shares with the police. What a lead refers to you arrives here: "
        "press Acknowledge, and the lead hears that you have it. The app's commands are not open to you.",
        home_team=POLICE,
        channel=POLICE_CHANNEL,
    ),
)

STORIES = (
    Story(
        "A girl in the medical room",
        "A girl of 16 is in the medical room. She says that she wants to die, because an image of her is everywhere. "
        "You are Amira.",
        (
            "Press Raise an incident, or type /signpost.",
            "Is anyone in danger? Choose “Yes, in danger right now, or at risk and alone”: the screen changes at once.",
            "Press Get the recommendation now. That is enough.",
            "If you rather go on: a nude or semi-nude image, 16 or 17, no adult, in a relationship, no pressure.",
            "And on page 2: not everyone agreed, and online for others to see.",
            "Then be Priya Nair: the number beside her name says that she was told.",
        ),
        "Call 999 now",
    ),
    Story(
        "Two 15-year-olds, both content",
        "Two 15-year-olds in a relationship swapped topless selfies. Nobody else has seen them, nobody was pressed. "
        "Everything is known, so answer all three pages.",
        (
            "Page 1: no danger; an image of someone under 18; 13 to 15; no adult; in a relationship.",
            "No pressure, and no worry about understanding.",
            "Page 2: nudity only; everyone agreed; no further than meant; on a device elsewhere.",
            "No AI; not seen by staff; the DSL has been told.",
            "Page 3: the other child is 13 to 15, then No to all. Parents: Not yet.",
            "Check your answers, and send them.",
        ),
        "This may be managed in school, if the DSL is confident",
    ),
    Story(
        "Nothing known but that the child is safe",
        "You have hardly heard anything, only that the child is safe with you. That is enough to begin.",
        (
            "Page 1: choose “No, we have checked” for danger, and leave the rest open.",
            "Press Get the recommendation now, at the end of the page.",
            "Then be Priya Nair: she has been told. Open the case to see the answers.",
        ),
        "Hold the initial review meeting now",
    ),
)
