// Draws the blocks of a view or a message. What it does not know it shows as a warning, never as nothing.

import { el, freshId } from "./dom.js";
import { field, isField } from "./fields.js";
import { link, textNodes } from "./mrkdwn.js";

/** Draw all blocks. `host` gives names, values, errors, typed, press(block, element) and changed(block, element). */
export function drawBlocks(blocks, host) {
  return blocks.map((block) => (BLOCKS[block.type] ?? unknown)(block, host));
}

const BLOCKS = {
  header: (block, host) => el("h3", { class: "block-header" }, ...textNodes(block.text, host.names)),
  divider: () => el("hr"),
  section,
  context,
  actions,
  input,
};

function section(block, host) {
  const texts = [
    block.text ? el("div", { class: "text" }, ...textNodes(block.text, host.names)) : null,
    block.fields
      ? el("div", { class: "fields" }, ...block.fields.map((one) => el("div", {}, ...textNodes(one, host.names))))
      : null,
  ];
  if (!block.accessory) return el("div", { class: "section" }, ...texts);
  const id = freshId("beside");
  const beside = element(block, block.accessory, host);
  if (block.accessory.type === "button") beside.setAttribute("aria-describedby", id); // "Change" of what?
  return el("div", { class: "section with-accessory" }, el("div", { id }, ...texts), el("div", { class: "accessory" }, beside));
}

function context(block, host) {
  const parts = block.elements.map((part) =>
    part.type === "image" ? picture(part) : el("div", {}, ...textNodes(part, host.names)),
  );
  return el("div", { class: "context" }, ...parts);
}

function actions(block, host) {
  return el("div", { class: "actions" }, ...block.elements.map((one) => element(block, one, host)));
}

function input(block, host) {
  if (!isField(block.element)) return unknown(block.element);
  return field(block, block.element, host, block.label.text);
}

/** An element that stands beside a text or among buttons. */
function element(block, one, host) {
  if (one.type === "button") return button(block, one, host);
  if (one.type === "image") return picture(one);
  return isField(one) ? field(block, one, host, null) : unknown(one);
}

function button(block, one, host) {
  if (one.url) return link(one.url, one.text.text, "button");
  return el(
    "button",
    {
      type: "button",
      class: `button ${one.style ?? ""}`,
      "aria-label": one.accessibility_label,
      "data-action": one.action_id,
      "data-key": `${block.block_id}/${one.action_id}/${one.value ?? ""}`,
      onclick: () => host.press(block, one),
    },
    ...textNodes(one.text, host.names),
  );
}

/** A picture is never fetched here: its words stand in its place. */
function picture(one) {
  return el("span", { class: "picture" }, `[picture: ${one.alt_text}]`);
}

function unknown(block) {
  if (block.type === "image") return picture(block);
  return el("p", { class: "unknown" }, `[${block.type}: not drawn by this simulator]`);
}
