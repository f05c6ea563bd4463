// What a locked phone would show when a message comes: its `text` (Slack), `summary` (Teams) or subject (mail) alone.

import { el } from "./dom.js";

const place = document.getElementById("toasts");
const small = matchMedia("(max-width: 44rem)");
const SHOWN_FOR = 10_000;
const FROM = { slack: "Slack", teams: "Teams", mail: "Mail" };

/** Show a preview of each message's notification, as it comes from one side. */
export function notify(messages, side) {
  for (const message of messages) {
    const toast = el(
      "div",
      { class: "toast" },
      el("p", { class: "toast-title" }, `On a locked phone, from ${FROM[side]}`),
      el("p", {}, el("strong", {}, message.from ?? "Signpost"), ` ${message.text}`),
      el("button", { type: "button", class: "cross", "aria-label": "Put this notification away", onclick: () => away(toast) }, "✕"),
    );
    place.append(toast);
    goAfterAWhile(toast);
  }
  if (messages.length) raise();
}

/** Take every preview away: another person looks now. */
export function clearToasts() {
  place.replaceChildren();
  if (place.matches(":popover-open")) place.hidePopover();
}

/** Bring the previews in front of whatever was opened last. On a small screen they wait until the window is closed. */
export function raise() {
  if (place.matches(":popover-open")) place.hidePopover();
  const dialog = [...document.querySelectorAll("dialog[open]")].at(-1);
  const home = dialog ?? document.body; // outside of a window that is open nothing can be pressed
  if (place.parentElement !== home) home.append(place);
  if (place.childElementCount && !(small.matches && dialog)) place.showPopover();
}

for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("close", raise);

/** Only the time in which it could be read counts. */
function goAfterAWhile(toast) {
  setTimeout(() => (place.matches(":popover-open") ? away(toast) : goAfterAWhile(toast)), SHOWN_FOR);
}

function away(toast) {
  toast.remove();
  if (!place.childElementCount && place.matches(":popover-open")) place.hidePopover();
}
