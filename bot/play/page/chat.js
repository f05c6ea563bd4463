// The chats of the Teams-like side. A message is drawn again only when it has changed, so that nobody loses their place.

import { drawCard } from "./cards.js";
import { el, fill } from "./dom.js";
import { follower } from "./follow.js";
import { reachable } from "./modal.js";
import { timeOf } from "./when.js";

const drawn = new Map(); // id -> {json, node}
const look = follower();
let standing = null; // what stands in the chat now, if it is the chat that stands there

/** Show the chat of one person with the app, oldest first, and go to the newest if it is new or has changed. */
export function showChat(place, messages, host) {
  const json = `${host.me}/${JSON.stringify(messages)}`;
  if (json === standing) return; // moving what has the focus would take it away
  standing = json;
  const was = look.before(place);
  const list = el("ol", { class: "messages" }, ...messages.map((message) => drawnOnce(message, host)));
  const begin = host.outside ? host.waits : "Nothing yet. Write report to begin.";
  fill(place, messages.length ? list : el("p", { class: "nothing" }, begin));
  look.after(place, was, messages.map((message) => [message.id, `${host.me}/${JSON.stringify(message)}`]));
  reachable(place, "teams-title", place.scrollHeight > place.clientHeight);
}

/** Show the chat of colleagues, of which the app is no member. */
export function showGroup(place, group) {
  const rows = group.said.map(({ who, text }) =>
    el("li", {}, el("article", { class: "message", "aria-label": who }, el("p", { class: "from" }, el("strong", {}, who)), text)),
  );
  const note = "A chat of colleagues. Signpost is not in it, and nothing that you do with Signpost from here is seen here.";
  fill(place, el("p", { class: "room-note" }, note), el("ol", { class: "messages" }, ...rows));
}

/** Forget what was drawn: another person reads now, or somebody comes back. */
export function forgetChat() {
  drawn.clear();
  look.forget();
  standing = null;
}

function drawnOnce(message, host) {
  const json = JSON.stringify(message);
  const before = drawn.get(message.id);
  if (before?.json === json) return before.node;
  const node = el("li", { class: message.mine ? "from-me" : null }, message.mine ? own(message) : fromApp(message, host));
  drawn.set(message.id, { json, node });
  return node;
}

function own(message) {
  return el("article", { class: "message mine", "aria-label": `You at ${timeOf(message.at)}` }, message.text);
}

function fromApp(message, host) {
  const press = (pressed) => {
    look.press(message.id);
    return host.does({ do: "press", message: message.id, ...pressed });
  };
  return el(
    "article",
    { class: "message", "aria-label": `Signpost at ${timeOf(message.at)}`, tabindex: "-1" },
    el(
      "p",
      { class: "from" },
      el("span", { class: "avatar app", "aria-hidden": "true" }, "S"),
      el("strong", {}, "Signpost"),
      el("span", { class: "tag" }, "App"),
      el("time", {}, timeOf(message.at)),
      message.edited ? el("span", { class: "hint" }, "Edited") : null,
    ),
    drawCard(message.card, press),
  );
}
