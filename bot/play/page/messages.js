// The conversation and the home tab. A message is drawn again only when it has changed, so that nobody loses their place.

import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { collect } from "./fields.js";
import { follower } from "./follow.js";
import { reachable } from "./modal.js";
import { timeOf } from "./when.js";

const drawn = new Map(); // ts -> {json, node}
const look = follower();

/** Show the messages of one conversation, oldest first, and go to the newest if it is new or has changed. */
export function showMessages(place, messages, host) {
  const was = look.before(place);
  const list = el("ol", { class: "messages" }, ...messages.map((message) => drawnOnce(message, host)));
  const nothing = el("p", { class: "nothing" }, host.begin);
  fill(place, messages.length ? list : nothing);
  look.after(place, was, messages.map((message) => [message.ts, `${host.me}/${JSON.stringify(message)}`]));
  reachable(place, "slack-title", place.scrollHeight > place.clientHeight);
}

/** Forget what was drawn: another person reads now, or somebody comes back. */
export function forgetMessages() {
  drawn.clear();
  look.forget();
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
  const time = timeOf(Number(message.ts));
  const body = el("div", { class: "blocks" });
  const here = { ...host, press: (...pressed) => (look.press(message.ts), host.press(...pressed)) };
  const inside = surface(here, { place: "message", ts: message.ts }, message.values, () => collect(body));
  const blocks = message.blocks.length ? message.blocks : [{ type: "section", text: { type: "mrkdwn", text: message.text } }];
  fill(body, ...drawBlocks(blocks, inside));
  return el(
    "article",
    { class: message.private ? "message private" : "message", "aria-label": `Signpost at ${time}`, tabindex: "-1" },
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
