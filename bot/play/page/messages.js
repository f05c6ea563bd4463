// The conversation and the home tab. A message is drawn again only when it has changed, so that nobody loses their place.

import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { collect } from "./fields.js";

const drawn = new Map(); // ts -> {json, node}
let last = "";

/** Show the messages of one conversation, oldest first, and go to the newest if it is new or has changed. */
export function showMessages(place, messages, host) {
  const list = el("ol", { class: "messages" }, ...messages.map((message) => drawnOnce(message, host)));
  const nothing = el("p", { class: "nothing" }, host.begin);
  const focused = document.activeElement?.dataset?.key;
  fill(place, messages.length ? list : nothing);
  if (focused && !place.contains(document.activeElement)) {
    place.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
  const newest = `${host.me}/${JSON.stringify(messages.at(-1))}`; // a receipt that was filled is news too
  if (messages.length && newest !== last) bringIntoView(list.lastElementChild);
  last = newest;
}

/** A long message is read from its top, a short one is seen whole. */
export function bringIntoView(node) {
  node.scrollIntoView({ block: node.offsetHeight > window.innerHeight * 0.6 ? "start" : "nearest" });
}

/** Forget what was drawn: another person reads now, or somebody comes back. */
export function forgetMessages() {
  drawn.clear();
  last = "";
}

/** Show the home tab, or that the app has not drawn one. */
export function showHome(place, home, host) {
  const json = JSON.stringify(home);
  if (place.dataset.home === json) return;
  const inside = surface(host, { place: "home" }, home?.values ?? {}, () => collect(place));
  fill(
    place,
    el(
      "div",
      { class: "home blocks" },
      ...(home ? drawBlocks(home.blocks, inside) : [el("p", { class: "nothing" }, "The app has drawn nothing here yet.")]),
    ),
  );
  place.dataset.home = json;
}

function drawnOnce(message, host) {
  const json = JSON.stringify(message);
  const before = drawn.get(message.ts);
  if (before?.json === json) return before.node;
  const node = el("li", {}, draw(message, host));
  drawn.set(message.ts, { json, node });
  return node;
}

function draw(message, host) {
  const time = new Date(Number(message.ts) * 1000).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const body = el("div", { class: "blocks" });
  const inside = surface(host, { place: "message", ts: message.ts }, message.values, () => collect(body));
  const blocks = message.blocks.length ? message.blocks : [{ type: "section", text: { type: "mrkdwn", text: message.text } }];
  fill(body, ...drawBlocks(blocks, inside));
  return el(
    "article",
    { class: message.private ? "message private" : "message", "aria-label": `Signpost at ${time}` },
    message.private ? el("p", { class: "private-note" }, "Only you can see this. It is not kept.") : null,
    el(
      "p",
      { class: "from" },
      el("span", { class: "avatar app", "aria-hidden": "true" }, "S"),
      el("strong", {}, "Signpost"),
      el("span", { class: "tag" }, "App"),
      el("time", {}, time),
      message.edited ? el("span", { class: "hint" }, "(edited)") : null,
    ),
    body,
  );
}

function surface(host, where, values, answers) {
  return {
    ...host,
    values,
    errors: {},
    typed: {},
    press: (block, element) => host.press(block, element, where, answers),
    changed: (block) => host.choose(block, where, answers),
  };
}
