// What the windows of both sides have in common: a way out that asks first, and a body that a keyboard reaches.

import { ask } from "./ask.js";

/** Close, after asking if there is something to lose. */
export async function leaveAsking(somethingToLose, close) {
  const sure = !somethingToLose || await ask({
    title: "Close this window?",
    text: "What stands on this page and was not sent goes with it.",
    yes: "Close it",
    no: "Keep it open",
  });
  if (sure) await close();
}

/** Leave by Escape, and by the back gesture of a phone, as by the cross. */
export function watchLeaving(dialog, leave) {
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault(); // a browser lets `cancel` be stopped only once without a press in between
    leave();
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    leave();
  });
}

/** What must be scrolled and has nothing to stop at would be out of reach for a keyboard. `scrolls`: whether it must. */
export function reachable(body, title, scrolls = true) {
  if (!scrolls || body.querySelector("a, button, input, select, textarea")) {
    for (const name of ["tabindex", "role", "aria-labelledby"]) body.removeAttribute(name);
    return;
  }
  body.setAttribute("tabindex", "0");
  body.setAttribute("role", "group");
  body.setAttribute("aria-labelledby", title);
}
