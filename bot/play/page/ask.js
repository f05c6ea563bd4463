// A question with two buttons, over everything else. Escape is the cautious answer.

import { el, fill } from "./dom.js";

const dialog = document.getElementById("ask");
let settle = () => {};

dialog.addEventListener("close", () => settle(dialog.returnValue === "yes"));

/** Ask, and resolve to true only if the person chose the first button. */
export function ask({ title, text, yes, no, danger = false }) {
  dialog.returnValue = "";
  fill(
    dialog,
    el("h2", { id: "ask-title" }, title),
    el("p", { id: "ask-text" }, ...[text].flat()),
    el(
      "div",
      { class: "ask-buttons" },
      el("button", { type: "button", class: "button", onclick: () => dialog.close("no") }, no),
      el("button", { type: "button", class: `button ${danger ? "danger" : "primary"}`, onclick: () => dialog.close("yes") }, yes),
    ),
  );
  dialog.showModal();
  return new Promise((resolve) => {
    settle = resolve;
  });
}

/** Ask what a button's `confirm` object says. */
export function askFirst(confirm, names, textNodes) {
  return ask({
    title: confirm.title.text,
    text: textNodes(confirm.text, names),
    yes: confirm.confirm.text,
    no: confirm.deny.text,
    danger: confirm.style === "danger",
  });
}
