"""The app's manifest. A right that is not listed here is one that the bot does not have.

No `groupChat` scope, no permission to read messages, no web page of ours inside Teams, no command on messages: its
payload would hand us a message that somebody else wrote.
"""

from __future__ import annotations

from typing import Any, Final

SCHEMA: Final = "https://developer.microsoft.com/en-us/json-schemas/teams/v1.25/MicrosoftTeams.schema.json"
VERSION: Final = "1.25"
"""The first with `supportsChannelFeatures`, which lets the app into private and shared channels."""

COMMANDS: Final = (
    ("report", "Raise an incident, or go on with one"),
    ("home", "What is yours, on one card"),
    ("cases", "What is yours to see"),
    ("who is covering?", "Which leads are there today"),
    ("help", "What Signpost is for"),
    ("practise", "Try it with invented cases"),
    ("admin", "Set-up, for those who run Signpost"),
)


def manifest(
    app_id: str, *, publisher: str, website: str, privacy: str, terms: str, name: str, version: str
) -> dict[str, Any]:
    """The manifest of one deployment. The addresses are https; `version` is three numbers with dots."""
    return {
        "$schema": SCHEMA,
        "manifestVersion": VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": publisher,
            "websiteUrl": website,
            "privacyUrl": privacy,
            "termsOfUseUrl": terms,
        },
        "name": {"short": name, "full": f"{name}: guided safeguarding steps"},
        "description": {
            "short": "Guided steps when an image of a young person has been shared.",
            "full": (
                "Signpost asks school staff a few questions, tells the school's safeguarding leads, and shows at once "
                "what to do, what not to do, and why. It takes facts and never an image. Signpost advises; a person "
                "decides. In danger now: call 999."
            ),
        },
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#1d3557",
        "bots": [
            {
                "botId": app_id,
                "scopes": ["personal", "team"],
                "supportsFiles": False,
                "isNotificationOnly": False,
                "commandLists": [
                    {
                        "scopes": ["personal"],
                        "commands": [{"title": title, "description": said} for title, said in COMMANDS],
                    }
                ],
            }
        ],
        "composeExtensions": [
            {
                "botId": app_id,
                "commands": [
                    {
                        "id": "raise_incident",
                        "type": "action",
                        "title": "Raise an incident",
                        "description": "Answer a few questions in private",
                        "context": ["compose", "commandBox"],
                        "fetchTask": True,
                    }
                ],
            }
        ],
        "permissions": ["identity", "messageTeamMembers"],
        "validDomains": [],
        "supportsChannelFeatures": "tier1",
        "defaultInstallScope": "personal",
    }
