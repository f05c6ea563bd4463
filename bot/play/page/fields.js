// Everything that holds a value: text boxes, radio buttons, checkboxes, menus, people, dates. Each can be read back.

import { el, fill, freshId } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { people } from "./people.js";

const readers = new WeakMap();
const TEXT_KINDS = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number" };

/** Whether this simulator can draw the element as a field. */
export function isField(element) {
  return element.type in DRAW;
}

/** Return what stands in all fields below a node, by block_id. */
export function collect(root) {
  const answers = {};
  for (const node of root.querySelectorAll("[data-field]")) answers[node.dataset.field] = readers.get(node)();
  return answers;
}

/** Return the plain value of a field from Slack's state shape. */
export function valueOf(held) {
  if (!held) return null;
  if ("selected_options" in held) return held.selected_options.map((option) => option.value);
  if ("selected_option" in held) return held.selected_option?.value ?? null;
  if ("selected_users" in held) return held.selected_users;
  return held.value ?? held.selected_user ?? held.selected_date ?? held.selected_time ?? null;
}

/**
 * Draw one field. `label` is null for fields that stand among buttons. `host` gives names, values, errors, and
 * `changed(block, element, field)` for a field that tells the app at once.
 */
export function field(block, element, host, label) {
  const ids = { control: freshId("control"), hint: freshId("hint"), error: freshId("error") };
  const value = block.block_id in host.typed ? host.typed[block.block_id] : valueOf(held(block, element, host));
  const described = `${block.hint ? `${ids.hint} ` : ""}${ids.error}`;
  const draw = DRAW[element.type];
  const around = { block, element, host, ids, described, value, name: label ?? nameOf(block, element) };
  const { body, read, grouped } = draw(around);
  const words = [
    label === null ? null : title(grouped, ids.control, label, block.optional),
    block.hint ? el("p", { class: "hint", id: ids.hint }, ...textNodes(block.hint, host.names)) : null,
    el("p", { class: "field-error", id: ids.error }),
  ];
  const props = { class: "field", "data-field": block.block_id, "data-kind": element.type };
  const about = label === null ? { "aria-label": around.name } : {};
  const node = grouped
    ? el("fieldset", { ...props, ...about, "aria-describedby": described }, ...words, ...body)
    : el("div", props, ...words, ...body);
  readers.set(node, read);
  const atOnce = block.type !== "input" || block.dispatch_action;
  if (atOnce) node.addEventListener("change", () => host.changed(block, element, node));
  showError(node, host.errors[block.block_id]);
  return node;
}

/** Show the error at a field, or take it away. */
export function showError(node, text) {
  fill(node.querySelector(".field-error"), ...(text ? [el("strong", {}, "Look at this: "), text] : []));
  node.classList.toggle("wrong", Boolean(text));
  for (const control of node.querySelectorAll("input, select, textarea")) {
    if (text) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

function held(block, element, host) {
  return host.values[block.block_id]?.[element.action_id];
}

function nameOf(block, element) {
  return element.placeholder?.text ?? block.text?.text ?? "Choose";
}

function title(grouped, control, label, optional) {
  const words = [label, optional ? el("span", { class: "optional" }, " (optional)") : null];
  return grouped ? el("legend", {}, ...words) : el("label", { for: control }, ...words);
}

const DRAW = {
  ...Object.fromEntries(Object.keys(TEXT_KINDS).map((kind) => [kind, textBox])),
  radio_buttons: choices,
  checkboxes: choices,
  multi_static_select: choices,
  static_select: menu,
  users_select: (around) => people(around, key),
  multi_users_select: (around) => people(around, key),
  datepicker: (around) => dated(around, "date"),
  timepicker: (around) => dated(around, "time"),
};

function named(around) {
  const { ids, described, name, block } = around;
  const label = block.type === "input" ? {} : { "aria-label": name };
  return { id: ids.control, "aria-describedby": described, ...label, "data-key": key(around) };
}

function key({ block, element }, value = "") {
  return `${block.block_id}/${element.action_id}/${value}`;
}

function textBox(around) {
  const { element, value } = around;
  const begin = value ?? "";
  const limits = { maxlength: element.max_length ?? 3000, placeholder: element.placeholder?.text };
  const control = element.multiline
    ? el("textarea", { ...named(around), ...limits, rows: 4 }, begin)
    : el("input", { ...named(around), ...limits, type: TEXT_KINDS[element.type], autocomplete: "off", value: begin });
  const left = el("p", { class: "letters-left" });
  const count = () => fill(left, `${control.value.length} of ${element.max_length} characters`);
  if (element.max_length) control.addEventListener("input", count);
  if (element.max_length) count();
  return { body: element.max_length ? [control, left] : [control], read: () => control.value };
}

function choices(around) {
  const { element, value, host } = around;
  const one = element.type === "radio_buttons";
  const chosen = one ? [value] : (value ?? []);
  const group = freshId("group");
  const options = allOptions(element);
  const controls = options.map((option) =>
    el("input", {
      type: one ? "radio" : "checkbox",
      name: group,
      value: option.value,
      checked: chosen.includes(option.value),
      "data-key": key(around, option.value),
    }),
  );
  const rows = options.map((option, number) =>
    el(
      "label",
      { class: "option" },
      controls[number],
      el(
        "span",
        { class: "option-words" },
        el("span", {}, ...textNodes(option.text, host.names)),
        option.description ? el("span", { class: "hint" }, ...textNodes(option.description, host.names)) : null,
      ),
    ),
  );
  const read = () => {
    const values = controls.filter((control) => control.checked).map((control) => control.value);
    return one ? (values[0] ?? null) : values;
  };
  return { body: [el("div", { class: "options" }, ...rows)], read, grouped: true };
}

function allOptions(element) {
  return element.options ?? element.option_groups.flatMap((group) => group.options);
}

function menu(around) {
  const { element, value } = around;
  const draw = (option) => el("option", { value: option.value, selected: option.value === value }, option.text.text);
  const nothing = el("option", { value: "" }, element.placeholder?.text ?? "Choose one");
  const groups = element.option_groups?.map((group) => el("optgroup", { label: group.label.text }, ...group.options.map(draw)));
  const control = el("select", named(around), nothing, ...(groups ?? element.options.map(draw)));
  return { body: [control], read: () => control.value || null };
}

function dated(around, type) {
  const control = el("input", { ...named(around), type, value: around.value });
  return { body: [control], read: () => control.value || null };
}
