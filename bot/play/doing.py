"""What a person does on the page, done in the stand-in of the side where they did it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

from bot.play import slack as slack_side
from bot.play import teams as teams_side
from bot.play.cast import PLAYERS, POLICE_TEAMS_CHANNEL
from bot.play.stage import CannotDo
from bot.play.teams import fields
from bot.play.teams.payloads import file_attachment
from bot.play.teams_screen import TeamsScreens, account_of, player_of

if TYPE_CHECKING:
    from bot.play.slack import SlackStandIn
    from bot.play.slack.world import Json
    from bot.play.stage import Stage
    from bot.play.teams import Reply, TeamsStandIn

CHANGED = "This window has changed meanwhile. Look at it again."
GONE = "That is not there any more: it has changed meanwhile. Look at it again."
MARKED = "Look at what is marked: it needs another answer before this can be sent."
NO_ANSWER = "The app did not answer. Try again."
A_FILE = "(a file)"


class NotPossible(Exception):
    """It cannot be done here; the message says why in a sentence. `fields` holds what concerns single fields."""

    def __init__(self, why: str, fields: Json | None = None) -> None:
        super().__init__(why)
        self.fields = fields or {}


class NoSuchThing(Exception):
    """Nothing that the page offers."""


async def do(
    asked: Json,
    slack: SlackStandIn,
    teams: TeamsStandIn | None,
    screens: TeamsScreens | None,
    stage: Stage | None = None,
) -> None:
    """Do it. Raises NotPossible, NoSuchThing, and KeyError or TypeError where something is missing."""
    user = str(asked["as"])
    try:
        if asked.get("on") == "stage":
            await on_stage(stage, asked)
        elif asked.get("on") != "teams":
            await on_slack(slack, user, asked)
        elif teams is not None and screens is not None:
            await on_teams(teams, screens, user, asked)
        else:
            raise NotPossible("There is no Teams in this playground.")
    except (slack_side.NotPossibleError, teams_side.NotPossibleError) as why:
        # The stand-ins say it to whoever writes a test; the person at the page needs to know what to do.
        raise NotPossible(MARKED if why.fields else GONE, dict(why.fields)) from None


async def on_stage(stage: Stage | None, asked: Json) -> None:
    """Do something with the playground itself."""
    if stage is None:
        raise NotPossible("There is no clock to move in this playground.")
    by = asked.get("by", 0)
    try:
        await stage.do(str(asked.get("do")), by if isinstance(by, int) else 0)
    except CannotDo as why:
        raise NotPossible(str(why)) from None
    except LookupError:
        raise NoSuchThing from None


async def on_slack(slack: SlackStandIn, user: str, asked: Json) -> None:
    """Do something in the Slack-like workspace."""
    answers: dict[str, Any] = asked.get("answers") or {}
    spot: dict[str, Any] = {"place": asked.get("place"), "ts": str(asked.get("ts") or "")}
    if "window" in asked:
        top = slack.view(user)
        if top is None or top["id"] != asked["window"]:
            raise NotPossible(CHANGED)
    match asked.get("do"):
        case "command":
            name, _, text = str(asked["text"]).strip().partition(" ")
            _check_command(user, name)
            await slack.command(user, text.strip(), name=name)
        case "shortcut":
            _check_command(user, "/signpost")
            await slack.shortcut(user, "raise_incident")
        case "home":
            await slack.open_home(user)
        case "press":
            spot |= {"value": asked.get("value"), "block_id": str(asked.get("block") or "")}
            await slack.press(user, str(asked["action"]), answers=answers, **spot)
        case "choose":
            slack.fill(user, answers, **spot)
            await slack.choose(user, str(asked["block"]), answers[str(asked["block"])], **spot)
        case "submit":
            await slack.submit(user, answers)
        case "close":
            await slack.close_view(user, everything=bool(asked.get("everything")))
        case _:
            raise NoSuchThing


async def on_teams(teams: TeamsStandIn, screens: TeamsScreens, user: str, asked: Json) -> None:
    """Do something in the Teams-like client."""
    account = account_of(user)
    if player_of(user).outside and asked.get("do") != "press":
        raise NotPossible("Your account belongs to another organisation: Teams does not offer you this app.")
    if "dialog" in asked and asked["dialog"] != screens.dialog_number(user):
        raise NotPossible(CHANGED)
    match asked.get("do"):
        case "write":
            text = str(asked["text"]).strip()
            with screens.talking(user, text):
                _answered(await teams.message(account, text, html=f"<div><p>{html.escape(text)}</p></div>"))
        case "file":
            # Whatever was dropped on the page stays there: the bot is told that a file of an invented name came.
            with screens.talking(user, A_FILE):
                _answered(await teams.message(account, "", attachments=[file_attachment("invented.jpg")]))
        case "compose":
            await teams.compose(account)
        case "press":
            await _press(teams, account, asked, channel=POLICE_TEAMS_CHANNEL if player_of(user).outside else "")
        case "close":
            teams.close_dialog(account)
        case _:
            raise NoSuchThing


async def _press(teams: TeamsStandIn, account: str, asked: Json, *, channel: str) -> None:
    """Press a button of a card: the stand-in looks it up in its own card, so that the page can send nothing else."""
    token = asked.get("token")
    typed = dict(asked.get("answers") or {})
    await teams.press(
        account,
        str(asked["action"]),
        label=str(asked.get("label") or ""),
        token=None if token is None else str(token),
        answers=_chosen(teams.card(account), typed) if "dialog" in asked else {},
        place="dialog" if "dialog" in asked else "message",
        message="" if "dialog" in asked else str(asked["message"]),
        channel="" if "dialog" in asked else channel,
    )


def _chosen(card: Json, typed: Json) -> dict[str, str | list[str] | None]:
    """What the library holds, as people mean it: an empty text is no answer, several are one text with commas."""
    known = fields(card)
    chosen: dict[str, str | list[str] | None] = {}
    for name, value in typed.items():
        text = str(value)
        several = known.get(name, {}).get("isMultiSelect")
        chosen[name] = (text.split(",") if several else text) if text else None
    return chosen


def _answered(reply: Reply) -> None:
    if not reply.ok:
        raise NotPossible(NO_ANSWER)


def _check_command(user: str, name: str) -> None:
    if any(player.id == user and player.channel for player in PLAYERS):
        raise NotPossible("Your account belongs to another organisation: Slack does not offer you this command.")
    if name != "/signpost":
        raise NotPossible("Nobody reads messages written here. Type /signpost, or press Raise an incident.")
