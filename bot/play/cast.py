"""The five invented people of the playground, what each can do today, and stories to try."""

from __future__ import annotations

from dataclasses import dataclass

HERE = "T1"
POLICE = "T9"
POLICE_CHANNEL = "C0POLICE9"
TENANT = "northside-tenant"
POLICE_TENANT = "police-tenant"
TEAM = "7d1f2c3b-1111-4222-8333-944445555666"
POLICE_TEAMS_CHANNEL = "19:schools-officer@thread.tacv2"
POLICE_ROOM, POLICE_TEAMS_ROOM = "northside-police", "schools-officer"
"""How the two channels are called."""
STAFF, STAFF_ON_TEAMS = "S0STAFF01", "5b1f0f3e-2222-4333-8444-a55556666777"
"""The group of staff on each side: Amira, Priya and Tom."""
LEADS, LEADS_ON_TEAMS = "S0LEADS01", "8c2e7a90-3333-4444-8555-b66667777888"
"""The group of the safeguarding leads on each side: Priya and Tom."""
LUNCH_CHANNEL = "C0LUNCH01"
"""A public channel, which no contact can have."""
CHANNELS = "https://northside.slack.com/archives/"
"""How the link of a channel begins."""
TEAMS_LINK = (
    f"https://teams.microsoft.com/l/channel/{POLICE_TEAMS_CHANNEL.replace(':', '%3A').replace('@', '%40')}/room"
    f"?groupId={TEAM}&tenantId={TENANT}"
)
"""The link of the police's channel, as Teams copies it."""
MAILBOX = "duty@mash.example"
"""Where the duty desk of police and children's social care reads its mail."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody to be: their two accounts, what they are at the school, and what they can do so far."""

    id: str
    """Their account in the Slack-like workspace; the page calls them by it."""
    teams: str
    """Their object id in the Teams-like client."""
    name: str
    role: str
    note: str
    waits: str
    """What stands in a conversation in which nothing has happened yet: the first thing to do."""
    home_team: str = HERE
    home_tenant: str = TENANT
    channel: str = ""
    """The one conversation that an outsider has in Slack; everybody else talks with the app."""
    room: str = ""
    """How that conversation is called, and the one of Teams."""
    teams_room: str = ""
    mailbox: str = ""
    """The address of a mailbox that they read, if they do."""

    @property
    def outside(self) -> bool:
        """Whether their accounts belong to another organisation."""
        return self.home_tenant != TENANT


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
        "aad-amira",
        "Amira Khan",
        "Teacher",
        "You teach Year 10. Raise an incident, get the recommendation, and ask a lead to escalate.",
        "No messages yet. Press Raise an incident to begin.",
    ),
    Player(
        "U2",
        "aad-priya",
        "Priya Nair",
        "DSL, first lead",
        "You are told first, on Slack. Open a case on either side, then decide: refer, do not refer, or ask for facts. "
        "You see the exact message before it goes, and you hear when it is acknowledged.",
        "No messages yet. Be Amira Khan and raise an incident: you are told here at once.",
    ),
    Player(
        "U3",
        "aad-tom",
        "Tom Reid",
        "Deputy DSL, second lead",
        "You are told next, on Teams, if Priya is left out or does not react. You find every case of your school with "
        "cases, and can decide as she can: whoever is first decides.",
        "No messages yet, and on this side hardly any will come: you are told on Teams.",
    ),
    Player(
        "U4",
        "aad-sam",
        "Sam Okafor",
        "IT admin",
        "You set Signpost up and see no case of anybody else. Northside works already. Write /signpost admin on Slack, "
        "or admin on Teams, and add another school.",
        "No messages yet. Write /signpost admin below to set up another school.",
    ),
    Player(
        "U5",
        "aad-jo",
        "Jo Marsh",
        "Police contact",
        "You sit at a duty desk, with a channel on Slack, one on Teams, and a mailbox. What a lead refers to you "
        "arrives there. Acknowledge it, and the lead hears that you have it.",
        "No messages yet. What a lead refers to you arrives here.",
        home_team=POLICE,
        home_tenant=POLICE_TENANT,
        channel=POLICE_CHANNEL,
        room=POLICE_ROOM,
        teams_room=POLICE_TEAMS_ROOM,
        mailbox=MAILBOX,
    ),
)

GROUP_CHAT = "Year 10 team"
SAID_THERE = (
    ("Tom Reid", "Can somebody take my lunch duty on Thursday?"),
    ("Amira Khan", "I can. You owe me a coffee."),
)
"""What stands in the chat of colleagues that Signpost is no member of."""

STORIES = (
    Story(
        "Begun on Slack, sent from Teams",
        "Amira begins at her desk, on Slack. Then the bell rings, and on her phone she has Teams. Both accounts are "
        "hers: the school's configuration says so.",
        (
            "As Amira on the Slack side: press Raise an incident, and choose “No, we have checked” for danger.",
            "Press Continue, then close the window with the cross: page 1 is kept.",
            "On the Teams side: press report, then Raise an incident in the card. Press Go on with it.",
            "Press Get the recommendation now. It stands there at once, and in your Teams chat as a message.",
            "Be Priya Nair: she was told on Slack. On the Teams side press cases: there it stands as well.",
        ),
        "Hold the initial review meeting now",
    ),
    Story(
        "A girl in the medical room",
        "A girl of 16 is in the medical room. She says that she wants to die, because an image of her is everywhere. "
        "You are Amira.",
        (
            "On either side: Raise an incident. On Teams it stands in a card; write report if you see none.",
            "Is anyone in danger? Choose “Yes, in danger right now, or at risk and alone”.",
            "Slack changes the screen at once; Teams tells us nothing before you press a button.",
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
        "Referred in four ways",
        "A man who says that he is 25 has asked a girl of 14 for images. Amira raises it on Slack, Priya decides on "
        "Teams. The school has a Slack channel, a Teams channel and a mailbox to refer to, and the phone.",
        (
            "As Amira on the Slack side: Raise an incident. No danger; somebody aged 18 or over is involved: Yes.",
            "Press Get the recommendation now.",
            "Be Priya Nair. On the Teams side press cases, then Open, then Refer. All that is sent stands there first.",
            "Tick the Slack channel, the Teams channel, the e-mail, and the police by phone: 101.",
            "Tick that you have read it, and press Refer.",
            "Be Jo Marsh: it came in two channels and by mail. Acknowledge each; in the mail, open the link and press.",
            "Be Priya again: the words for 101 are in her Teams chat. Press Write down the call.",
            "Press Pull the plug wherever you like. Nothing is lost, and nothing comes twice.",
        ),
        "Refer now: police and/or children's social care",
    ),
    Story(
        "Nobody reacts",
        "It is urgent, and the leads are not looking at their phones. Nobody has to wait for what Signpost does then: "
        "the clock of this page can be moved.",
        (
            "As Amira on the Slack side: Raise an incident. No danger; somebody aged 18 or over is involved: Yes.",
            "Press Get the recommendation now, and close the window.",
            "Move the clock by 10 minutes: Tom Reid is told, on Teams.",
            "And by 10 minutes more: both leads are told once more, and Amira reads whom she can ring herself.",
            "Be Tom, press Open, and move the clock by an hour: whoever opened it is asked to decide.",
        ),
        "Refer now: police and/or children's social care",
    ),
    Story(
        "Another school, set up in chat",
        "Sam looks after Signpost for the trust. Southside College joins: who leads there, who may raise, and whom "
        "they refer to. Sam sees no case.",
        (
            "As Sam on the Slack side: write /signpost admin. On the Teams side: press admin.",
            "Press Add a site: Southside College, switchboard 01632 960020. Its own page comes next.",
            f"Press Add leads and paste their group: {LEADS} on Slack, {LEADS_ON_TEAMS} on Teams. Look who is in it.",
            "Press Add a stand-in: Amira, for Priya, all of next week.",
            f"Beside Who may raise press Change. The group of staff is {STAFF} on Slack, {STAFF_ON_TEAMS} on Teams.",
            f"Add a contact. On Slack the police read {CHANNELS}{POLICE_CHANNEL}, shared with workspace {POLICE}.",
            f"On Teams they read {TEAMS_LINK} instead, shared with tenant {POLICE_TENANT}.",
            f"And two more: children's social care read {MAILBOX}, and the LADO is rung at 01632 960012.",
            f"Go wrong on purpose: {CHANNELS}{LUNCH_CHANNEL} is public, and office@northside.example your own mailbox.",
            "Be Jo Marsh: acknowledge the test in the channel and in the mailbox. Now leads can choose both.",
            "Move the clock by 10 minutes and be Priya Nair: she reads all that changed in one message.",
        ),
        "Green: works.",
    ),
    Story(
        "A picture comes to the bot",
        "Somebody wants to show what it is about. Signpost takes facts, never files: it looks at nothing, fetches "
        "nothing and keeps nothing.",
        (
            "On the Teams side: press A file, or drop any file on the chat.",
            "The file itself stays where it is: the simulator only says that one came.",
            "Write a sentence to Signpost: it answers with the way to start, and reads nothing of it.",
            "In the Year 10 team chat: press Raise an incident. The form opens, and nobody in that chat sees it.",
        ),
        "a refusal with the reason, and the way to start",
    ),
)
