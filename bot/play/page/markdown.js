// The little Markdown that Teams draws in a card, read into DOM nodes: **bold**, _italic_, [links](https://…), lists.

import { el } from "./dom.js";

const INLINE = /\\([\\`*_{}[\]()#+\-.!])|\*\*(?=\S)(.+?\S|\S)\*\*|(?<![\p{L}\p{N}])([*_])(?=\S)(.+?\S|\S)\3(?![\p{L}\p{N}])|\[([^\][]+)\]\(([^()\s]+)\)/u;

/**
 * Return HTML for a text, or nothing for a text that is only words. It is written out from nodes, in which whatever
 * somebody typed is text: nothing but the tags below can come of it.
 */
export function markdownHtml(text) {
  const lines = text.split("\n");
  if (lines.every((line) => !INLINE.test(line) && !listed(line))) return "";
  const blocks = [];
  for (const line of lines) {
    const item = listed(line);
    if (!item) blocks.push(el("p", {}, ...inline(line)));
    else {
      const tag = item.number ? "ol" : "ul";
      const goesOn = blocks.at(-1)?.tagName.toLowerCase() === tag;
      if (!goesOn) blocks.push(el(tag, item.number ? { start: item.number } : {}));
      blocks.at(-1).append(el("li", {}, ...inline(item.text)));
    }
  }
  return el("div", {}, ...blocks).innerHTML;
}

function listed(line) {
  const found = /^\s{0,3}(?:[-*+]|(\d{1,3})[.)])\s+(.*)$/u.exec(line);
  return found ? { number: found[1], text: found[2] } : null;
}

function inline(text) {
  const found = INLINE.exec(text);
  if (!found) return text ? [text] : [];
  const [whole, escaped, bold, , italic, label, address] = found;
  return [
    ...inline(text.slice(0, found.index)),
    escaped ?? mark(bold, italic, label, address),
    ...inline(text.slice(found.index + whole.length)),
  ];
}

function mark(bold, italic, label, address) {
  if (bold !== undefined) return el("strong", {}, ...inline(bold));
  if (italic !== undefined) return el("em", {}, ...inline(italic));
  if (!/^(?:https|mailto|tel):/u.test(address)) return `${label} (${address})`;
  return el("a", { href: address, rel: "noreferrer noopener" }, label);
}
