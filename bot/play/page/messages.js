// The conversation and the home tab. A message is drawn again only when it has changed, so that nobody loses their place.
// What the two sides share of that is here: where to look after something has come or was answered.

import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { collect } from "./fields.js";
import { reachable } from "./modal.js";
import { timeOf } from "./when.js";

const drawn = new Map(); // ts -> {json, node}
const look = follower();

/** Show the messages of one conversation, oldest first, and go to the newest if it is new or has changed. */
export function showMessages(place, messages, host) {
  const list = el("ol", { class: "messages" }, ...messages.map((message) => drawnOnce(message, host)));
  const nothing = el("p", { class: "nothing" }, host.begin);
  const focus = look.focused(place);
  fill(place, messages.length ? list : nothing);
  look.settle(place, focus, messages.map((message) => [message.ts, `${host.me}/${JSON.stringify(message)}`]));
  reachable(place, "slack-title", place.scrollHeight > place.clientHeight);
}

/** Keeps what a person looks at in sight. One for each side. */
export function follower() {
  let last = ""; // the newest message as it was seen last
  let pressed = ""; // the message in which they pressed something last

  /** What has the focus, if it is in this place. */
  function focused(place) {
    return place.contains(document.activeElement) ? document.activeElement.dataset.key ?? "" : null;
  }

  /** `rows` are [id, everything] of each message, oldest first, and their nodes stand in `place` in that order. */
  function settle(place, focus, rows) {
    const nodes = [...place.querySelectorAll(".messages > li")];
    const at = rows.findIndex(([id]) => id === pressed);
    const newest = rows.at(-1)?.[1] ?? "";
    if (at >= 0 && at === rows.length - 1) {
      if (newest !== last) nodes[at].scrollIntoView({ block: "end" }); // the answer stands where the button was
    } else if (newest && newest !== last) bringIntoView(nodes.at(-1)); // a receipt that was filled is news too
    last = newest;
    if (focus === null || place.contains(document.activeElement)) return;
    const again = focus && place.querySelector(`[data-key="${CSS.escape(focus)}"]`);
    (again || nodes[at]?.firstElementChild)?.focus({ preventScroll: true });
  }

  return { focused, settle, press: (id) => (pressed = id), forget: () => (last = pressed = "") };
}

/** A long message is read from its top, a short one is seen whole. */
function bringIntoView(node) {
  node.scrollIntoView({ block: node.offsetHeight > window.innerHeight * 0.6 ? "start" : "nearest" });
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
