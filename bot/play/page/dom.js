// Builds DOM nodes. Text only ever becomes text: nothing that the app sends can become markup.

/** Make an element. `props` are attributes; `on…` are listeners; `true` sets a bare attribute, false/null none. */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Put these children, and no others, into a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.filter((child) => child !== null && child !== undefined));
}

let last = 0;

/** Return an id that nothing on the page has yet. */
export function freshId(prefix) {
  last += 1;
  return `${prefix}-${last}`;
}
