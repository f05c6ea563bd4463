"""The connector and the one question of Graph that the bot asks, over HTTP."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.play.teams import linting
from bot.play.teams.world import Channel, Json, Message, Person, personal

if TYPE_CHECKING:
    from bot.play.teams.core import Core
    from bot.play.teams.entra import Entra
    from bot.play.teams.serving import Handler, Serving

SCOPE = "https://api.botframework.com/.default"
HARD_LIMIT = 100 * 1024
"""Bytes of a message in UTF-16, above which Teams refuses it."""


class Service:
    """Answers `/{region}/v3/…` and `/graph/…`."""

    def __init__(self, core: Core, entra: Entra, linter: linting.Linter) -> None:
        self._core, self._entra, self._linter = core, entra, linter
        self.graph_page = 999
        self.next_link = ""
        """Where a page of Graph says that the next one is, if a test wants it to be somewhere else."""

    def add_routes(self, app: web.Application, serving: Serving) -> None:
        """Put our addresses into an aiohttp application."""
        v3 = "/{region}/v3/conversations"
        activity = v3 + "/{id}/activities/{activity}"
        for method, path, what, handler in (
            ("POST", v3, "create", self._create),
            ("POST", v3 + "/{id}/activities", "post", self._post),
            ("POST", activity, "post", self._post),
            ("PUT", activity, "update", self._update),
            ("DELETE", activity, "delete", self._delete),
            ("GET", v3 + "/{id}/members/{user}", "member", self._member),
            ("GET", v3 + "/{id}/pagedMembers", "members", self._members),
            ("GET", "/{region}/v3/teams/{id}/conversations", "channels", self._channels),
        ):
            app.router.add_route(method, path, serving.route(what, self._only_ours(handler)))
        app.router.add_get("/graph/v1.0/groups/{id}/transitiveMembers", serving.route("graph", self._graph))
        app.router.add_get("/graph/v1.0/groups/{id}", serving.route("graph_group", self._graph_group))

    def _only_ours(self, handler: Handler) -> Handler:
        async def checked(request: web.Request) -> web.Response:
            if not self._entra.allows(request, SCOPE):
                return _no(401, "Unauthorized")
            return await handler(request)

        return checked

    async def _create(self, request: web.Request) -> web.Response:
        body = await request.json()
        if (
            body.get("bot", {}).get("id") != f"28:{self._entra.app_id}"
            or body.get("tenantId") != self._core.world.tenant
        ):
            return _no(400, "BadArgument")
        if body.get("isGroup"):
            return self._thread(body)
        members = body.get("members") or []
        person = self._core.world.person(members[0].get("id", "")) if len(members) == 1 else None
        if person is None:
            return _no(400, "BadArgument")
        if not self._reachable(person):
            return _no(403, "BotNotInConversationRoster")
        return web.json_response({"id": personal(person.id)}, status=201)

    def _thread(self, body: Json) -> web.Response:
        identity = str(body.get("channelData", {}).get("channel", {}).get("id", ""))
        channel = self._core.world.channel(identity)
        if channel is None or not channel.has_app:
            return _no(403, "BotNotInConversationRoster")
        if channel.archived:
            return _no(403, "ChannelArchived")
        number = self._core.new_id()
        thread = f"{channel.id};messageid={number}"
        refused = self._keep(thread, number, body.get("activity") or {}, "")
        return refused or web.json_response({"id": thread, "activityId": number}, status=201)

    async def _post(self, request: web.Request) -> web.Response:
        where = request.match_info["id"]
        if refused := self._closed(where):
            return refused
        number = self._core.new_id()
        refused = self._keep(where, number, await request.json(), request.match_info.get("activity", ""))
        return refused or web.json_response({"id": number}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        where, identity = request.match_info["id"], request.match_info["activity"]
        if refused := self._closed(where):
            return refused
        held = self._core.world.message(where, identity)
        if held is None:
            return _no(404, "ActivityNotFound")
        activity = await request.json()
        if _too_large(activity):
            return _no(413, "MessageSizeTooBig")
        self._core.found("update", self._linter.message(activity))
        held.activity, held.edited, held.views = copy.deepcopy(activity), True, {}
        self._core.changed()
        return web.json_response({"id": identity})

    async def _delete(self, request: web.Request) -> web.Response:
        held = self._core.world.message(request.match_info["id"], request.match_info["activity"])
        if held is None:
            return _no(404, "ActivityNotFound")
        self._core.world.messages.remove(held)
        self._core.changed()
        return web.json_response({})

    def _keep(self, where: str, number: str, activity: Json, reply_to: str) -> web.Response | None:
        if _too_large(activity):
            return _no(413, "MessageSizeTooBig")
        self._core.found("post", self._linter.message(activity))
        held = Message(number, where, copy.deepcopy(activity), reply_to, at=self._core.shown_time())
        self._core.world.messages.append(held)
        self._core.changed()
        return None

    def _closed(self, where: str) -> web.Response | None:
        """Why the bot may not write there, if it may not."""
        world = self._core.world
        owner, channel = world.owner(where), world.channel(where)
        if owner is not None:
            return None if self._reachable(owner) else _no(403, "BotNotInConversationRoster")
        if channel is None:
            return _no(404, "ConversationNotFound")
        return None if channel.has_app and not channel.archived else _no(403, "BotNotInConversationRoster")

    async def _member(self, request: web.Request) -> web.Response:
        person = self._core.world.person(request.match_info["user"])
        roster = self._roster(request.match_info["id"])
        if roster is None:
            return _no(403, "BotNotInConversationRoster")
        if person is None or person.deleted or person.id not in {one.id for one in roster}:
            return _no(404, "MemberNotFoundInConversation")
        return web.json_response(person.account())

    async def _members(self, request: web.Request) -> web.Response:
        roster = self._roster(request.match_info["id"])
        if roster is None:
            return _no(403, "BotNotInConversationRoster")
        size = min(500, max(50, int(request.query.get("pageSize") or 200)))
        start = int(request.query.get("continuationToken") or 0)
        following = {"continuationToken": str(start + size)} if start + size < len(roster) else {}
        return web.json_response({"members": [one.account() for one in roster[start : start + size]], **following})

    async def _channels(self, request: web.Request) -> web.Response:
        """The channels of a team, the first one without a name."""
        asked = request.match_info["id"]
        team = next((one for one in self._core.world.teams.values() if one.towards_bot == asked), None)
        if team is None:
            return _no(404, "TeamNotFound")
        if not any(channel.has_app for channel in team.channels.values()):
            return _no(403, "BotNotInConversationRoster")
        first: Json = {"id": team.towards_bot, "name": None, "type": "standard"}
        rest = [{"id": one.id, "name": one.name, "type": one.kind} for one in team.channels.values()]
        return web.json_response({"conversations": [first, *(one for one in rest if one["id"] != first["id"])]})

    def _roster(self, where: str) -> list[Person] | None:
        """Who is in a conversation, or None if the bot is not."""
        world = self._core.world
        owner = world.owner(where)
        if owner is not None:
            return [owner] if owner.has_app else None
        channel: Channel | None = world.channel(where)
        if channel is None or not channel.has_app:
            return None
        return [world.people[user] for user in channel.members if not world.people[user].deleted]

    def _reachable(self, person: Person) -> bool:
        return person.has_app and not person.deleted

    async def _graph_group(self, request: web.Request) -> web.Response:
        if not self._entra.allows(request, f"{self._core.base_url}/.default"):
            return _no(401, "InvalidAuthenticationToken")
        group = self._core.world.groups.get(request.match_info["id"])
        if group is None:
            return _no(404, "Request_ResourceNotFound")
        return web.json_response({"displayName": group.name})

    async def _graph(self, request: web.Request) -> web.Response:
        if not self._entra.allows(request, f"{self._core.base_url}/.default"):
            return _no(401, "InvalidAuthenticationToken")
        group = self._core.world.groups.get(request.match_info["id"])
        if group is None:
            return _no(404, "Request_ResourceNotFound")
        start = int(request.query.get("$skiptoken") or 0)
        size = min(self.graph_page, int(request.query.get("$top") or 100))
        page = [{"@odata.type": "#microsoft.graph.user", "id": user} for user in group.members[start : start + size]]
        page += [{"@odata.type": "#microsoft.graph.group", "id": "an-inner-group"}] if start == 0 else []
        following = f"{self._core.base_url}{request.path}?$select=id&$top={size}&$skiptoken={start + size}"
        more = (
            {"@odata.nextLink": self.next_link or following}
            if self.next_link or start + size < len(group.members)
            else {}
        )
        return web.json_response({"value": page, **more})


def _too_large(activity: Json) -> bool:
    return len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le", "surrogatepass")) > HARD_LIMIT


def _no(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": "what the service says"}}, status=status)
