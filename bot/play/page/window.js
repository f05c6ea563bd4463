// The window that the app opens over the conversation: a form with fields, errors, and a way out that asks first.

import { drawBlocks } from "./blocks.js";
import { el, fill } from "./dom.js";
import { collect, showError } from "./fields.js";
import { leaveAsking, reachable, watchLeaving } from "./modal.js";

const dialog = document.getElementById("window");
let shown = null; // the window as it was drawn last
let lastDid = ""; // what the person did last in it

/** Show this window, or none. `host` is what blocks need, and `act(what)` does something in the window. */
export function showWindow(window, host) {
  if (!window) {
    shown = null;
    if (dialog.open) dialog.close();
    return;
  }
  if (shown && shown.id === window.id && shown.hash === window.hash) {
    if (JSON.stringify(shown.errors) !== JSON.stringify(window.errors)) showErrors(window.errors);
    shown = window;
    return;
  }
  draw(window, host);
  shown = window;
}

function draw(window, host) {
  const before = standing(window);
  const inside = {
    ...host,
    values: window.values,
    errors: window.errors,
    typed: before.typed,
    press: (block, element) => did("press", host.press(block, element, { place: "view", window: window.id }, answers)),
    changed: (block) => did("choose", host.choose(block, { place: "view", window: window.id }, answers)),
  };
  const close = window.close?.text ?? "Cancel";
  const submit = window.submit
    ? el("button", { type: "submit", class: "button primary", "data-action": "submit" }, window.submit.text)
    : null;
  fill(
    dialog,
    el(
      "form",
      { novalidate: true, onsubmit: (event) => submitted(event, host, window) },
      el(
        "header",
        {},
        el("h2", { id: "window-title", tabindex: "-1" }, window.title.text),
        el("button", { type: "button", class: "cross", "aria-label": "Close the window", onclick: () => leave(host) }, "✕"),
      ),
      el("div", { class: "window-body" }, ...drawBlocks(window.blocks, inside)),
      el("p", { class: "problem", role: "alert" }),
      el(
        "footer",
        {},
        el("button", { type: "button", class: "button", onclick: () => host.act({ do: "close", window: window.id }) }, close),
        submit,
      ),
    ),
  );
  reachable(dialog.querySelector(".window-body"), "window-title");
  if (!dialog.open) dialog.showModal();
  settle(window, before);
}

/** What stands in the window now, so that a change by the app alone takes nothing away from who is typing. */
function standing(window) {
  const same = shown?.id === window.id && (lastDid === "choose" || lastDid === "");
  if (!same) return { typed: {}, focus: null, scroll: 0 };
  const body = dialog.querySelector(".window-body");
  const start = words(shown.blocks[0]) === words(window.blocks[0]);
  return {
    typed: collect(dialog),
    focus: start ? document.activeElement?.dataset.key : null, // a new beginning is read from the top
    scroll: body.scrollTop,
  };
}

/** A block as it reads: its block_id may be a new one each time. */
function words(block) {
  return JSON.stringify({ ...block, block_id: "" });
}

function settle(window, before) {
  const wrong = dialog.querySelector(".field.wrong :is(input, select, textarea)");
  const again = before.focus ? dialog.querySelector(`[data-key="${CSS.escape(before.focus)}"]`) : null;
  const body = dialog.querySelector(".window-body");
  if (wrong) wrong.focus();
  else if (again) {
    again.focus({ preventScroll: true });
    body.scrollTop = before.scroll;
  } else {
    body.scrollTop = 0;
    dialog.querySelector("#window-title").focus();
  }
  lastDid = "";
}

/** Show errors at their fields and go to the first, without drawing anything again. */
function showErrors(errors) {
  for (const node of dialog.querySelectorAll("[data-field]")) showError(node, errors[node.dataset.field]);
  dialog.querySelector(".field.wrong :is(input, select, textarea)")?.focus();
}

function answers() {
  return collect(dialog);
}

async function submitted(event, host, window) {
  event.preventDefault();
  const result = await did("submit", host.act({ do: "submit", window: window.id, answers: answers() }));
  if (result.fields && Object.keys(result.fields).length) showErrors(result.fields);
}

/** Remember what was done, show that it is under way, and say what went wrong. */
async function did(what, under_way) {
  lastDid = what;
  dialog.classList.add("busy");
  const result = await under_way;
  dialog.classList.remove("busy");
  windowProblem(result.ok || Object.keys(result.fields ?? {}).length ? "" : result.problem);
  return result;
}

/** Say something that concerns the whole window. */
export function windowProblem(text) {
  const place = dialog.querySelector(".problem");
  if (place) fill(place, text ?? "");
}

/** Close everything, after asking if there are fields: what was not sent would be gone. */
async function leave(host) {
  await leaveAsking(dialog.querySelector("[data-field]"), () => host.act({ do: "close", everything: true }));
}

/** Ask before the window is left. */
export function watchEscape(host) {
  watchLeaving(dialog, () => leave(host()));
}
