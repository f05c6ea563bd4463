// A dialog of the Teams-like client: one card, which every answer of the app replaces. Its cross tells the app nothing.

import { drawCard } from "./cards.js";
import { el, fill } from "./dom.js";
import { leaveAsking, reachable, watchLeaving } from "./modal.js";

const dialog = document.getElementById("teams-dialog");
let shown = 0; // the number of the dialog that was drawn last
let close = async () => {};

watchLeaving(dialog, leave);

/** Show this dialog, or none. `act(what)` does something in it. */
export function showDialog(held, act) {
  if (!held) {
    shown = 0;
    if (dialog.open) dialog.close();
    return;
  }
  if (shown === held.number) return; // an answer that did not come leaves what was typed
  shown = held.number;
  close = () => act({ do: "close", dialog: held.number });
  const body = el("div", { class: "window-body" }, drawCard(held.card, (pressed) => press(pressed, held, act)));
  const header = el(
    "header",
    {},
    el("span", { class: "avatar app", "aria-hidden": "true" }, "S"),
    el("h2", { id: "dialog-title", tabindex: "-1" }, held.title),
    el("button", { type: "button", class: "cross", "aria-label": "Close the window", onclick: leave }, "✕"),
  );
  fill(dialog, el("div", { class: "frame" }, header, body, el("p", { class: "problem", role: "alert" })));
  reachable(body, "dialog-title");
  if (!dialog.open) dialog.showModal();
  body.scrollTop = 0;
  dialog.querySelector("#dialog-title").focus();
}

async function press(pressed, held, act) {
  dialogProblem("");
  dialog.classList.add("busy");
  await act({ do: "press", dialog: held.number, ...pressed });
  dialog.classList.remove("busy");
}

/** Say something that concerns the whole dialog. */
export function dialogProblem(text) {
  const place = dialog.querySelector(".problem");
  if (place) fill(place, text ?? "");
}

async function leave() {
  await leaveAsking(dialog.querySelector("[data-field]"), close);
}
