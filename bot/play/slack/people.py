"""Who and where: `users.info`, user groups, `conversations.*`, `auth.test`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.slack.world import Refusal

if TYPE_CHECKING:
    from bot.play.slack.core import Core
    from bot.play.slack.world import Channel, Json, Workspace

PAGE = 100


def auth_test(core: Core, ws: Workspace, args: Json) -> Json:
    """`auth.test`: who we are here."""
    del args
    where = {"url": f"{core.base_url}/", "team": ws.name, "team_id": ws.id}
    return {**where, "user": "signpost", "user_id": ws.bot_user, "bot_id": ws.bot_id, "is_enterprise_install": False}


def auth_revoke(core: Core, ws: Workspace, args: Json) -> Json:
    """`auth.revoke`: the token ends, and with it the installation."""
    del args
    ws.bot_token = ""
    core.changed()
    return {"revoked": True}


def user_info(core: Core, ws: Workspace, args: Json) -> Json:
    """`users.info`: one person with the flags of their account."""
    del core
    person = ws.people.get(str(args.get("user", "")))
    if person is None:
        raise Refusal("user_not_found")
    return {"user": person.info()}


def group_members(core: Core, ws: Workspace, args: Json) -> Json:
    """`usergroups.users.list`: the ids of a group's members."""
    del core
    if not ws.user_groups_allowed:
        raise Refusal("plan_upgrade_required")
    group = ws.groups.get(str(args.get("usergroup", "")))
    if group is None or (group.disabled and not _true(args.get("include_disabled"))):
        raise Refusal("no_such_subteam")
    return {"users": list(group.members)}


def groups(core: Core, ws: Workspace, args: Json) -> Json:
    """`usergroups.list`: the groups of the workspace."""
    del core
    if not ws.user_groups_allowed:
        raise Refusal("plan_upgrade_required")
    with_disabled, with_users = _true(args.get("include_disabled")), _true(args.get("include_users"))
    listed = [group for group in ws.groups.values() if with_disabled or not group.disabled]
    return {
        "usergroups": [
            {
                "id": group.id,
                "team_id": ws.id,
                "handle": group.handle,
                "name": group.handle,
                "date_delete": int(group.disabled),
            }
            | ({"users": list(group.members)} if with_users else {})
            for group in listed
        ]
    }


def open_conversation(core: Core, ws: Workspace, args: Json) -> Json:
    """`conversations.open`: the direct conversation with one person."""
    users = str(args.get("users") or "")
    if args.get("channel"):
        return {"channel": {"id": core.known_channel(ws, str(args["channel"])).id}}
    if not users:
        raise Refusal("users_list_not_supplied")
    person = ws.people.get(users)
    if person is None:
        raise Refusal("users_not_found" if "," not in users else "method_not_supported_for_channel_type")
    if person.deleted:
        raise Refusal("user_disabled")
    return {"channel": {"id": ws.direct_channel(users).id}}


def conversation_info(core: Core, ws: Workspace, args: Json) -> Json:
    """`conversations.info`: what the app may know of a channel. Each kind of channel needs its own scope."""
    channel = _channel_that_scopes_allow(core, ws, args)
    shown = {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.user and not channel.is_private,
        "is_group": not channel.user and channel.is_private,
        "is_im": bool(channel.user),
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_frozen": channel.is_frozen,
        "is_member": ws.bot_user in channel.members,
        "is_shared": channel.is_ext_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_org_shared": False,
        "context_team_id": ws.id,
        "shared_team_ids": [ws.id, *channel.connected_team_ids],
        "connected_team_ids": list(channel.connected_team_ids),
        "pending_connected_team_ids": list(channel.pending_connected_team_ids),
    }
    if channel.user:
        shown |= {"user": channel.user}
    if _true(args.get("include_num_members")):
        shown |= {"num_members": len(channel.members)}
    return {"channel": shown}


def conversation_members(core: Core, ws: Workspace, args: Json) -> Json:
    """`conversations.members`: ids, a page at a time."""
    channel = _channel_that_scopes_allow(core, ws, args)
    size = int(args.get("limit") or PAGE)
    start = int(str(args.get("cursor") or "0").removeprefix("from:"))
    following = f"from:{start + size}" if start + size < len(channel.members) else ""
    return {"members": channel.members[start : start + size], "response_metadata": {"next_cursor": following}}


def _channel_that_scopes_allow(core: Core, ws: Workspace, args: Json) -> Channel:
    channel = ws.channels.get(str(args.get("channel", "")))
    if channel is not None:
        needed = "im:read" if channel.user else "groups:read" if channel.is_private else "channels:read"
        if needed not in ws.scopes:
            raise Refusal("missing_scope", needed=needed, provided=",".join(sorted(ws.scopes)))
    return core.known_channel(ws, str(args.get("channel", "")))


def _true(value: object) -> bool:
    return value is True or str(value).lower() in {"true", "1"}
