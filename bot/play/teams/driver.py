"""What a person does in Teams: each action becomes the activity that Teams would send, its answer is carried out."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Literal

from bot.play.teams import forms, payloads
from bot.play.teams.core import Core, NotPossibleError
from bot.play.teams.reading import button, buttons, intent_of
from bot.play.teams.world import Dialog, Json, Message, Person, personal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.play.teams.carrier import Carrier, Reply, Sent
    from bot.play.teams.forms import Value
    from bot.play.teams.linting import Linter

Place = Literal["dialog", "message"]
NO_ANSWER = "Something went wrong. Try again."
"""What Teams' client says when the app's answer is none."""
TEXT = "application/vnd.microsoft.activity.message"
CARD = "application/vnd.microsoft.card.adaptive"


class Driver(Core):
    """The people's side of the stand-in. Every method takes the object id of the person who acts."""

    carrier: Carrier
    linter: Linter
    app_id: str
    service_url: str
    blank_fields = False
    """Whether the client sends a field that was left alone as an empty text, instead of not at all."""

    # --- starting something ----------------------------------------------------------------------------------------
    async def install(self, user: str, *, action: str = "add") -> Reply:
        """Add the app for this person (or remove it): Teams says so twice, in two ways."""
        person = self.person(user)
        person.has_app = action != "remove"
        joined = {"membersAdded": [{"id": f"28:{self.app_id}"}, {"id": person.towards_bot, "aadObjectId": user}]}
        await self.carrier.carry({**self.activity(user, "conversationUpdate"), **(joined if person.has_app else {})})
        reply = await self.carrier.carry({**self.activity(user, "installationUpdate"), "action": action})
        return self._done(reply)

    async def add_to_team(self, user: str, channel: str) -> Reply:
        """Somebody adds the app to the team that this channel is in: Teams says so from there, in two ways."""
        where = {"where": channel}
        joined = {"membersAdded": [{"id": f"28:{self.app_id}"}]}
        await self.carrier.carry({**self.activity(user, "conversationUpdate", **where), **joined})
        return self._done(
            await self.carrier.carry({**self.activity(user, "installationUpdate", **where), "action": "add"})
        )

    async def message(
        self,
        user: str,
        text: str,
        *,
        html: str = "",
        attachments: Sequence[Json] = (),
        where: str = "",
        kind: str = "message",
        **more: Any,  # noqa: ANN401 - further keys of the activity
    ) -> Reply:
        """Write to the bot, in the personal chat unless a room is named; `attachments` come along."""
        said = payloads.written(text, html)
        said["attachments"] = [*said["attachments"], *copy.deepcopy(list(attachments))]
        return self._done(await self.carrier.carry({**self.activity(user, kind, where=where), **said, **more}))

    async def compose(
        self,
        user: str,
        command: str = "raise_incident",
        *,
        where: str = payloads.GROUP_CHAT,
        context: str = "compose",
        payload: Json | None = None,
    ) -> Reply:
        """Pick the message extension's command in some chat; `payload` is a message that is handed over with it."""
        value: Json = {"commandId": command, "commandContext": context, "context": {"theme": "default"}}
        if payload is not None:
            value["messagePayload"] = payload
        return await self._invoke(user, "composeExtension/fetchTask", value, where=where)

    async def send_activity(self, activity: Json, *, token: str | None = None) -> Reply:
        """Send any activity, with any token (an empty one: none). Nothing of the answer is carried out."""
        return await self.carrier.carry(activity, token=token)

    async def redeliver(self, sent: Sent, *, new_id: bool = False) -> Reply:
        """Deliver an activity again, as Teams does after 15 s, under the same id or a new one; with a fresh token."""
        activity = copy.deepcopy(sent.activity)
        if new_id:
            activity["id"] = self.new_id("f:" if activity["type"] == "invoke" else "")
        return await self.carrier.carry(activity)

    # --- in a dialog or a message ----------------------------------------------------------------------------------
    def fill(self, user: str, answers: Mapping[str, Value]) -> None:
        """Type and choose in the dialog in front, by field, without sending anything. None empties a field."""
        dialog = self._dialog(user)
        for name, value in answers.items():
            dialog.values[name] = forms.answer(dialog.card, name, value, people=self.world.findable())

    async def press(
        self,
        user: str,
        intent: str,
        *,
        label: str = "",
        token: str | None = None,
        answers: Mapping[str, Value] | None = None,
        place: Place | None = None,
        message: str = "",
        channel: str = "",
    ) -> Reply:
        """Press a button: in the dialog in front, else in the newest message that has it. `answers` are typed first.

        With `channel` it is a message of that channel. Raises `NotPossibleError` if the person sees no such button.
        """
        dialog = self.world.dialogs.get(user)
        if dialog is not None and place != "message" and not message and not channel:
            found = button(dialog.card, intent, label=label, token=token)
            if found is not None or place == "dialog":
                self.fill(user, answers or {})
                return await self._in_dialog(user, dialog, self._there(found, user, intent))
        there = [one for one in self.world.messages if one.conversation.partition(";")[0] == channel]
        for held in reversed(there if channel else self.messages(user)):
            found = button(held.shown_to(user), intent, label=label, token=token)
            if found is not None and message in {"", held.id}:
                return await self._in_message(user, held, found)
        raise NotPossibleError(f"{user} sees no {intent!r}; the buttons they see: {', '.join(self._seen(user))}")

    async def submit(self, user: str, answers: Mapping[str, Value] | None = None, *, data: Json | None = None) -> Reply:
        """Press the dialog's main button, after typing `answers`; the bot's answer is carried out.

        `data` goes out word for word, whatever the card offers: a hostile client.
        """
        dialog = self._dialog(user)
        if data is not None:
            return await self._send_dialog(user, dialog, data)
        self.fill(user, answers or {})
        main = (dialog.card.get("actions") or [None])[0]
        return await self._in_dialog(user, dialog, self._there(main, user, "main button"))

    def close_dialog(self, user: str) -> None:
        """Press the cross. The bot hears nothing of it."""
        self._dialog(user)
        del self.world.dialogs[user]
        self.changed()

    # --- inside ----------------------------------------------------------------------------------------------------
    def person(self, user: str) -> Person:
        """Return somebody by object id."""
        return self.world.people[user]

    def messages(self, user: str) -> list[Message]:
        """Return the bot's messages in this person's own chat with it, oldest first."""
        return [held for held in self.world.messages if held.conversation == personal(user)]

    def activity(self, user: str, kind: str, *, where: str = "") -> Json:
        """Return the beginnings of an activity of this person."""
        return payloads.activity(self, self.app_id, self.person(user), kind, service_url=self.service_url, where=where)

    async def _in_message(self, user: str, held: Message, action: Json) -> Reply:
        data = action.get("data") or {}
        if action["type"] == "Action.Execute":
            value = {
                "action": {"type": "Action.Execute", "verb": action.get("verb"), "data": data},
                "trigger": "manual",
            }
            reply = await self._carry(user, "adaptiveCard/action", value, where=held.conversation, reply_to=held.id)
            self._after_execute(user, held, reply)
            return self._done(reply)
        if (data.get("msteams") or {}).get("type") != "task/fetch":
            raise NotPossibleError(f"{intent_of(action)!r} would be sent as a message in the person's name")
        value = {"data": data, "context": {"theme": "default"}}
        return await self._invoke(user, "task/fetch", value, where=held.conversation, reply_to=held.id)

    async def _in_dialog(self, user: str, dialog: Dialog, action: Json) -> Reply:
        if action["type"] != "Action.Submit":
            raise NotPossibleError(f"{intent_of(action)!r} is a {action['type']}, which sends nothing from a dialog")
        stopped = (
            {}
            if action.get("associatedInputs") == "none"
            else forms.what_the_client_would_stop(dialog.card, dialog.values)
        )
        if stopped:
            raise NotPossibleError(f"Teams' client would not send this: {stopped}", stopped)
        typed = forms.inputs(dialog.card, dialog.values, blank=self.blank_fields)
        return await self._send_dialog(user, dialog, forms.merged(action, typed))

    async def _send_dialog(self, user: str, dialog: Dialog, data: Json) -> Reply:
        value: Json = {"data": data, "context": {"theme": "default"}}
        if not dialog.compose:
            return await self._invoke(user, "task/submit", value)
        value |= {"commandId": "raise_incident", "commandContext": "compose"}
        return await self._invoke(user, "composeExtension/submitAction", value, where=dialog.compose)

    async def _invoke(self, user: str, name: str, value: Json, *, where: str = "", reply_to: str = "") -> Reply:
        """Send an invoke that is answered by a dialog, and carry the answer out."""
        reply = await self._carry(user, name, value, where=where, reply_to=reply_to)
        self._after_task(user, reply, compose=where if name.startswith("composeExtension/") else "")
        return self._done(reply)

    async def _carry(self, user: str, name: str, value: Json, *, where: str, reply_to: str) -> Reply:
        where = "" if where == personal(user) else where
        sent = {**self.activity(user, "invoke", where=where), "name": name, "value": value}
        if reply_to:
            sent["replyToId"] = reply_to
        reply = await self.carrier.carry(json.loads(json.dumps(sent)))
        if not reply.ok or reply.body is None:
            self.notice(user, NO_ANSWER)
        return reply

    def _after_task(self, user: str, reply: Reply, *, compose: str) -> None:
        """Open the dialog that the bot answers with, go on with it, or close it."""
        if not reply.ok or not isinstance(reply.body, dict):
            return
        if "composeExtension" in reply.body:
            self.found("reply", ["a card for the compose box: it could be sent into somebody else's chat"])
        task = reply.body.get("task")
        if task is None:
            self.world.dialogs.pop(user, None)
        elif task.get("type") == "message":
            self.world.dialogs.pop(user, None)
            self.notice(user, str(task.get("value")))
        else:
            self.found("reply", self.linter.dialog(task))
            value = task["value"]
            self.world.dialogs[user] = Dialog(
                str(value.get("title")),
                value["card"]["content"],
                compose=compose,
                height=str(value.get("height", "")),
                width=str(value.get("width", "")),
            )
        self.changed()

    def _after_execute(self, user: str, held: Message, reply: Reply) -> None:
        """Show the card in place of the message's own, for this person, or what the bot has to say."""
        body = reply.body
        if not reply.ok or not isinstance(body, dict):
            return
        if body.get("type") == CARD:
            self.found("reply", self.linter.card(body.get("value"), in_dialog=False))
            if held in self.world.messages:
                held.views[user] = body["value"]
        elif body.get("type") == TEXT:
            self.notice(user, str(body.get("value")))
        else:
            self.notice(user, NO_ANSWER)
        self.changed()

    def _dialog(self, user: str) -> Dialog:
        dialog = self.world.dialogs.get(user)
        if dialog is None:
            raise NotPossibleError(f"{user} has no dialog open")
        return dialog

    def _there(self, action: Json | None, user: str, what: str) -> Json:
        if action is None:
            raise NotPossibleError(f"{user} sees no {what!r}; the buttons they see: {', '.join(self._seen(user))}")
        return action

    def _seen(self, user: str) -> list[str]:
        cards = [held.shown_to(user) for held in self.messages(user)]
        if user in self.world.dialogs:
            cards.append(self.world.dialogs[user].card)
        return sorted({intent_of(action) for card in cards for action in buttons(card)}) or ["none"]

    def _done(self, reply: Reply) -> Reply:
        self.check()
        return reply
