"""What a person does in Slack: each action becomes the request that Slack would send, and its answer is carried out."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from bot.play.slack import payloads, views
from bot.play.slack.answers import NotPossibleError, Value, answer, what_the_client_would_stop
from bot.play.slack.core import Core
from bot.play.slack.reading import button, buttons
from bot.play.slack.spots import Place, Spot, spots
from bot.play.slack.world import Json, Message, Refusal, View, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.play.slack.carrier import Carrier, Kind, Reply, Sent

NO_ANSWER = "The app did not answer in time. Nothing is known to be saved."


class Driver(Core):
    """The people's side of the stand-in. Every method takes the id of the person who acts."""

    carrier: Carrier

    # --- starting something ----------------------------------------------------------------------------------------
    async def command(
        self, user: str, text: str = "", *, name: str = "/signpost", channel: str = "", team: str = ""
    ) -> Reply:
        """Type a slash command, in the conversation with the app unless a channel is named."""
        ws = self.workspace_of(user, team)
        where = ws.channels[channel] if channel else ws.direct_channel(user)
        payload = payloads.command(ws, ws.people[user], where, name, text)
        payload |= {"trigger_id": self.new_trigger(ws, user)}
        payload |= {"response_url": self.new_response_url(ws, user, where.id)}
        reply = await self._carry("slash_commands", payload, user)
        said = reply.body if isinstance(reply.body, dict) else {"text": reply.text}
        if reply.ok and (said.get("text") or said.get("blocks")):
            only = "" if said.get("response_type") == "in_channel" else user
            blocks = views.with_ids(copy.deepcopy({"blocks": said.get("blocks") or []}))["blocks"]
            ws.messages.append(Message(where.id, self.new_ts(), said.get("text", ""), blocks, ephemeral_to=only))
            self.changed()
        return self._done(reply)

    async def shortcut(self, user: str, callback_id: str = "raise_incident", *, team: str = "") -> Reply:
        """Pick a global shortcut."""
        ws = self.workspace_of(user, team)
        payload = payloads.interaction(ws, ws.people[user], "shortcut")
        payload |= {"callback_id": callback_id, "action_ts": self.new_ts(), "trigger_id": self.new_trigger(ws, user)}
        return self._done(await self._carry("interactive", payload, user))

    async def open_home(self, user: str, *, tab: str = "home", team: str = "") -> Reply:
        """Open the app's home tab (or its messages tab)."""
        ws = self.workspace_of(user, team)
        opened: Json = {"type": "app_home_opened", "user": user, "channel": ws.direct_channel(user).id, "tab": tab}
        if user in ws.homes and tab == "home":
            opened["view"] = payloads.view(ws, ws.homes[user])
        return await self.send_event(opened, team=ws.id)

    async def send_event(self, event: Json, *, team: str = "", event_id: str = "", retry: int = 0) -> Reply:
        """Send an event; `retry` above 0 marks it as the so-manieth repeat of an earlier delivery."""
        ws = self.workspace(team)
        inner = {"event_ts": self.new_ts(), **event}
        payload = payloads.event(ws, inner, event_id or self.new_id("Ev"), int(self.clock()))
        return self._done(await self.carrier.carry("events_api", payload, retry=retry))

    # --- in a window or a message ----------------------------------------------------------------------------------
    def fill(
        self, user: str, answers: Mapping[str, Value], *, place: Place | None = None, ts: str = "", team: str = ""
    ) -> None:
        """Type and choose, by block_id, without sending anything. None empties a field."""
        ws = self.workspace_of(user, team)
        for block_id, value in answers.items():
            spot = self._spot(ws, user, _has(block_id), place, ts, what=block_id)
            key, held = answer(spot.blocks, block_id, value, people=ws.findable())
            spot.answers[key] = held

    async def choose(
        self, user: str, block_id: str, value: Value, *, place: Place | None = None, ts: str = "", team: str = ""
    ) -> Reply | None:
        """Give a field a value, and tell the bot if the field is one that does so at once (`dispatch_action`)."""
        self.fill(user, {block_id: value}, place=place, ts=ts, team=team)
        ws = self.workspace_of(user, team)
        spot = self._spot(ws, user, _has(block_id), place, ts, what=block_id)
        block = next(x for x in spot.blocks if x["block_id"] == block_id)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return None
        key, held = answer(spot.blocks, block_id, value, people=ws.findable())
        action = {"action_id": key[1], "block_id": block_id, **held}
        return await self._act(ws, user, spot, action)

    async def press(
        self,
        user: str,
        action_id: str,
        *,
        value: str | None = None,
        answers: Mapping[str, Value] | None = None,
        place: Place | None = None,
        ts: str = "",
        block_id: str = "",
        team: str = "",
    ) -> Reply:
        """Press a button: in the window in front, else in the newest message that has it, else in the home tab.

        `answers` are typed first. Raises `NotPossibleError` if the person sees no such button.
        """
        ws = self.workspace_of(user, team)
        self.fill(user, answers or {}, place=place, ts=ts, team=team)
        spot = self._spot(ws, user, lambda s: button(s.blocks, action_id, value, block_id), place, ts, what=action_id)
        found = button(spot.blocks, action_id, value, block_id)
        block, element = found or ({}, {})
        action: Json = {key: element[key] for key in ("action_id", "text", "value", "style", "type") if key in element}
        return await self._act(ws, user, spot, {**action, "block_id": block["block_id"]})

    async def submit(
        self, user: str, answers: Mapping[str, Value] | None = None, *, values: Json | None = None, team: str = ""
    ) -> Reply:
        """Press the window's main button, after typing `answers`; the bot's answer is carried out.

        `values` goes out as `state.values` word for word, whatever the form offers: a hostile client.
        """
        ws = self.workspace_of(user, team)
        view = ws.top_view(user)
        if view is None or not (view.body.get("submit") or values is not None):
            raise NotPossibleError("there is no window with a submit button")
        self.fill(user, answers or {}, place="view", team=team)
        shown = payloads.view(ws, view)
        if values is not None:
            shown["state"] = {"values": values}
        elif stopped := what_the_client_would_stop(view.body["blocks"], shown["state"]["values"]):
            raise NotPossibleError(f"Slack's client would not send this: {stopped}", stopped)
        view.errors = {}
        payload = payloads.interaction(ws, ws.people[user], "view_submission")
        payload |= {"trigger_id": self.new_trigger(ws, user, view=view.id), "view": shown, "response_urls": []}
        reply = await self._carry("interactive", payload, user)
        if reply.ok:
            self._after_submit(ws, user, view, reply)
        return self._done(reply)

    async def close_view(self, user: str, *, everything: bool = False, team: str = "") -> Reply | None:
        """Close the window in front, or all at once (the cross). The bot hears of it if the view asks for it."""
        ws = self.workspace_of(user, team)
        stack = ws.stacks.get(user) or []
        if not stack:
            raise NotPossibleError("there is no window to close")
        view = stack[0] if everything else stack[-1]
        if everything or view.body.get("clear_on_close"):
            stack.clear()
        else:
            stack.pop()
        self.changed()
        if not view.body.get("notify_on_close"):
            return None
        payload = payloads.interaction(ws, ws.people[user], "view_closed")
        payload |= {"view": payloads.view(ws, view), "is_cleared": everything}
        return self._done(await self._carry("interactive", payload, user))

    async def replay(self, sent: Sent) -> Reply:
        """Send the very same bytes and signature again, as somebody who recorded them could."""
        return await self.carrier.post(sent)

    # --- inside ----------------------------------------------------------------------------------------------------
    def _spot(
        self,
        ws: Workspace,
        user: str,
        wanted: Callable[[Spot], object],
        place: Place | None,
        ts: str,
        *,
        what: str,
    ) -> Spot:
        for spot in spots(ws, user, place, ts):
            if wanted(spot):
                return spot
        seen = {
            f"{e['action_id']}={e.get('value', '')}" for s in spots(ws, user, place, ts) for _, e in buttons(s.blocks)
        }
        raise NotPossibleError(f"{user} sees no {what!r}; the buttons they see: {', '.join(sorted(seen)) or 'none'}")

    async def _act(self, ws: Workspace, user: str, spot: Spot, action: Json) -> Reply:
        payload = payloads.interaction(ws, ws.people[user], "block_actions")
        payload |= spot.payload(self, ws, user)
        payload |= {"trigger_id": self.new_trigger(ws, user, view=spot.window)}
        payload |= {"actions": [{**action, "action_ts": self.new_ts()}]}
        return self._done(await self._carry("interactive", payload, user))

    async def _carry(self, kind: Kind, payload: Json, user: str) -> Reply:
        reply = await self.carrier.carry(kind, payload)
        if not reply.ok:
            self.notice(user, NO_ANSWER if reply.status == 0 else f"The app answered with status {reply.status}.")
        return reply

    def _after_submit(self, ws: Workspace, user: str, view: View, reply: Reply) -> None:
        """Carry out the bot's `response_action`."""
        stack = ws.stacks[user]
        if view not in stack:
            return
        try:
            match reply.action:
                case "errors":
                    view.errors = {k: str(v) for k, v in reply.errors.items()}
                    self.found("response_action errors", views.misplaced_errors(view.body["blocks"], view.errors))
                case "update":
                    views.replace(
                        self, view, views.accepted(self, "response_action update", reply.body["view"], kind="modal")
                    )
                case "push":
                    views.put_on_top(
                        self, ws, user, views.accepted(self, "response_action push", reply.body["view"], kind="modal")
                    )
                case "clear":
                    stack.clear()
                case _:
                    stack.remove(view)
        except Refusal as no:
            self.notice(user, f"Slack would refuse the app's answer: {no.code}.")
        self.changed()

    def _done(self, reply: Reply) -> Reply:
        self.check()
        return reply


def _has(block_id: str) -> Callable[[Spot], bool]:
    return lambda spot: any(block["block_id"] == block_id for block in spot.blocks)
