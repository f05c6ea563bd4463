"""Windows and home tabs: `views.open`, `push`, `update`, `publish`, and the stack of at most three."""

from __future__ import annotations

import copy
import json
import secrets
from typing import TYPE_CHECKING

from bot.play.blockkit import Finding, elements_of, lint_view
from bot.play.slack import payloads
from bot.play.slack.answers import keep
from bot.play.slack.core import TRIGGER_SECONDS, Core, Trigger
from bot.play.slack.world import Refusal, View

if TYPE_CHECKING:
    from bot.play.slack.world import Json, Workspace

STACK = 3


def open_view(core: Core, ws: Workspace, args: Json) -> Json:
    """`views.open`: a new window; from inside a window it goes on top of it, like a push."""
    body = accepted(core, "views.open", args.get("view"), kind="modal")
    trigger = _exchange(core, ws, args)
    stack = ws.stacks.setdefault(trigger.user, [])
    if not (trigger.view and any(view.id == trigger.view for view in stack)):
        stack.clear()
    return {"view": payloads.view(ws, put_on_top(core, ws, trigger.user, body))}


def push_view(core: Core, ws: Workspace, args: Json) -> Json:
    """`views.push`: a window on top of the one from which the trigger came."""
    body = accepted(core, "views.push", args.get("view"), kind="modal")
    trigger = _exchange(core, ws, args)
    if not any(view.id == trigger.view for view in ws.stacks.get(trigger.user, [])):
        raise Refusal("not_found")
    return {"view": payloads.view(ws, put_on_top(core, ws, trigger.user, body))}


def update_view(core: Core, ws: Workspace, args: Json) -> Json:
    """`views.update`: new content for an open window; what was typed stays where block_id and action_id stay."""
    open_views = [view for stack in ws.stacks.values() for view in stack] + list(ws.homes.values())
    wanted, external = args.get("view_id"), args.get("external_id")
    held = next(
        (v for v in open_views if v.id == wanted or (external and v.body.get("external_id") == external)),
        None,
    )
    body = accepted(core, "views.update", args.get("view"), kind=held.body["type"] if held else "modal")
    if held is None:
        raise Refusal("not_found")
    if args.get("hash") and args["hash"] != held.hash:
        raise Refusal("hash_conflict")
    _unique_external_id(ws, body, held)
    replace(core, held, body)
    return {"view": payloads.view(ws, held)}


def publish_view(core: Core, ws: Workspace, args: Json) -> Json:
    """`views.publish`: the home tab of one person."""
    body = accepted(core, "views.publish", args.get("view"), kind="home")
    user = str(args.get("user_id", ""))
    if user not in ws.people:
        raise Refusal("user_not_found")
    held = ws.homes.get(user)
    if held is None:
        new = core.new_id("V")
        held = ws.homes[user] = View(new, user, body, core.new_hash(), root=new)
        core.changed()
    elif args.get("hash") and args["hash"] != held.hash:
        raise Refusal("hash_conflict")
    else:
        replace(core, held, body)
    return {"view": payloads.view(ws, held)}


def put_on_top(core: Core, ws: Workspace, user: str, body: Json) -> View:
    """Open a window over what this person has open. Raises `push_limit_reached` at three."""
    stack = ws.stacks.setdefault(user, [])
    if len(stack) >= STACK:
        raise Refusal("push_limit_reached")
    _unique_external_id(ws, body, None)
    new = core.new_id("V")
    root, previous = (stack[0].id, stack[-1].id) if stack else (new, None)
    stack.append(View(new, user, body, core.new_hash(), root, previous))
    core.changed()
    return stack[-1]


def replace(core: Core, held: View, body: Json) -> None:
    """Give an open window new content and a new hash, keeping what was typed where ids stayed the same."""
    held.answers = keep(body["blocks"], held.answers)
    held.body = body
    held.errors = {}
    held.hash = core.new_hash()
    core.changed()


def accepted(core: Core, method: str, view: object, *, kind: str) -> Json:
    """Return a private copy of a view with all ids filled in, or refuse it as Slack does."""
    if isinstance(view, str):
        try:
            view = json.loads(view)
        except ValueError:
            view = None
    findings = lint_view(view)
    core.found(method, findings)
    if any(finding.code == "too_large" for finding in findings):
        raise Refusal("view_too_large")
    if findings:
        raise Refusal("invalid_arguments", response_metadata={"messages": as_messages(findings)})
    body: Json = copy.deepcopy(view) if isinstance(view, dict) else {}
    if body.get("type") != kind:
        raise Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] view is not a {kind}"]})
    return with_ids(body)


def with_ids(surface: Json) -> Json:
    """Fill in the block_ids and action_ids that the app left out, as Slack does."""
    for block in surface.get("blocks", []):
        block.setdefault("block_id", secrets.token_hex(3))
        for _, element in elements_of(block):
            if "action_id" not in element:
                element["action_id"] = secrets.token_hex(3)  # type: ignore[index] # our own copy
    return surface


def as_messages(findings: list[Finding]) -> list[str]:
    """Return findings in the form of `response_metadata.messages`."""
    return [
        f"[ERROR] {f.problem} [json-pointer:/{f.path.replace('.', '/').replace('[', '/').replace(']', '')}]"
        for f in findings
    ]


def misplaced_errors(blocks: list[Json], errors: dict[str, str]) -> list[Finding]:
    """Return a finding for each error that Slack could show nowhere: its block_id is not that of an input block."""
    inputs = {block["block_id"] for block in blocks if block["type"] == "input"}
    return [
        Finding(f"errors.{key}", "is not the block_id of an input block", "unknown")
        for key in errors
        if key not in inputs
    ]


def _exchange(core: Core, ws: Workspace, args: Json) -> Trigger:
    trigger = core.triggers.get(str(args.get("trigger_id", "")))
    if trigger is None or trigger.team != ws.id:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if core.clock() - trigger.issued > TRIGGER_SECONDS:
        raise Refusal("expired_trigger_id")
    trigger.used = True
    return trigger


def _unique_external_id(ws: Workspace, body: Json, but: View | None) -> None:
    external = body.get("external_id")
    taken = (view for stack in ws.stacks.values() for view in stack)
    if external and any(view is not but and view.body.get("external_id") == external for view in taken):
        raise Refusal("duplicate_external_id")
