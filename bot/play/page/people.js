// Menus of people of the Slack-like side: found by name, one or several, and kept in the order in which they were chosen.

import { el, fill, freshId } from "./dom.js";

const NOBODY = "Nobody";

/** Draw a menu of people. `around` is what every field is drawn from; `key` names a control so that it is found again. */
export function people(around, key) {
  const { element, value, host } = around;
  const several = element.type === "multi_users_select";
  let chosen = (several ? (value ?? []) : [value]).filter(Boolean);
  const name = (id) => host.names[id] ?? id;
  const group = freshId("group");
  const everybody = [...new Set([...chosen, ...Object.keys(host.names)])];
  const rows = new Map((several ? everybody : ["", ...everybody]).map((id) => [id, row(id)]));
  const told = el("p", { class: "hint", role: "status" });
  const find = el("input", {
    type: "search",
    class: "find",
    autocomplete: "off",
    "aria-label": `${around.name}: ${(element.placeholder?.text ?? "Find by name").toLowerCase()}`,
    placeholder: element.placeholder?.text ?? "Find by name",
    "data-key": key(around, "find"),
    oninput: show,
    onchange: (event) => event.stopPropagation(), // looking for somebody chooses nobody
    onkeydown: (event) => event.key === "Enter" && event.preventDefault(), // and sends nothing
  });
  const list = el("div", { class: "options found" }, ...[...rows.values()].map(({ node }) => node));
  show();
  return { body: [told, find, list], read: () => (several ? [...chosen] : (chosen[0] ?? null)), grouped: true };

  function row(id) {
    const control = el("input", {
      type: several ? "checkbox" : "radio",
      name: group,
      value: id,
      checked: id ? chosen.includes(id) : !chosen.length,
      "data-key": key(around, id),
      onchange: () => choose(id, control.checked),
    });
    return { control, node: el("label", { class: "option" }, control, el("span", {}, id ? name(id) : NOBODY)) };
  }

  function choose(id, on) {
    if (!several) chosen = id ? [id] : [];
    else chosen = on ? [...chosen, id] : chosen.filter((one) => one !== id);
    show();
  }

  /** Show whom the search finds, and say who is chosen whether it finds them or not. */
  function show() {
    const words = find.value.trim().toLowerCase();
    for (const [id, { node, control }] of rows) {
      node.hidden = !(id ? name(id) : NOBODY).toLowerCase().includes(words);
      const full = several && chosen.length >= (element.max_selected_items ?? Infinity);
      control.disabled = full && !control.checked;
    }
    const found = [...rows.values()].some(({ node }) => !node.hidden);
    const who = `Chosen: ${chosen.map(name).join(", ") || NOBODY.toLowerCase()}.`;
    fill(told, found ? who : `Nobody has that name. ${who}`);
  }
}
