// Slack's own little markup, read into DOM nodes: *bold*, _italic_, ~strike~, `code`, <links>, <@people>, > quotes.

import { el } from "./dom.js";

const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const EMOJI = {
  warning: "⚠️", rotating_light: "🚨", white_check_mark: "✅", heavy_check_mark: "✔️", x: "❌", no_entry: "⛔",
  no_entry_sign: "🚫", telephone_receiver: "📞", phone: "☎️", lock: "🔒", link: "🔗", memo: "📝", pencil2: "✏️",
  information_source: "ℹ️", bell: "🔔", hourglass: "⌛", eyes: "👀", bulb: "💡", arrow_right: "➡️", calendar: "📅",
};
const MARKS = { "*": "strong", _: "em", "~": "s" };
// A mark opens at a start or after a space or bracket, and closes before a space, a sign or the end of the line.
const MARKED = /(^|[\s([{"'“‘—–-])([*_~])(?=\S)([^\n]*?\S)\2(?=$|[\s.,;:!?)\]}"'”’—–-])/u;
// Links and code are set aside while the marks are read; a character of the private area keeps their place.
const FIRST_ATOM = 0xe000;
const ATOMS = /[\uE000-\uF8FF]/gu;

/** Return nodes for a text object of Block Kit. `names` turns ids of people and channels into names. */
export function textNodes(object, names) {
  if (object.type === "plain_text") return lines(object.text, (line) => [emoji(line)]);
  const nodes = [];
  for (const [number, part] of object.text.split(/```/u).entries()) {
    if (number % 2) nodes.push(el("pre", {}, el("code", {}, unescaped(part.replace(/^\n|\n$/gu, "")))));
    else if (part) nodes.push(...quoted(part, names));
  }
  return nodes;
}

/** Lines that begin with ">" become a quotation, the others stay lines. */
function quoted(text, names) {
  const groups = [];
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?/u.exec(line);
    if (!groups.length || groups.at(-1).quote !== Boolean(quote)) groups.push({ quote: Boolean(quote), lines: [] });
    groups.at(-1).lines.push(quote ? line.slice(quote[0].length) : line);
  }
  return groups.flatMap((group) => {
    const inner = lines(group.lines.join("\n"), (line) => inline(line, names));
    return group.quote ? [el("blockquote", {}, ...inner)] : inner;
  });
}

/** One block a line, so that bullets can hang; an empty line makes room. */
function lines(text, draw) {
  return text.split("\n").map((line) => {
    if (!line.trim()) return el("span", { class: "gap" });
    return el("span", { class: isBullet(line) ? "line bullet" : "line" }, ...draw(line));
  });
}

function isBullet(line) {
  return /^\s*(?:[•◦▪-]|\d+\.)\s/u.test(line);
}

function inline(line, names) {
  const atoms = [];
  const text = line.replace(ATOMS, "").replace(/`([^`\n]+)`|<([^<>\n]+)>/gu, (whole, code, angle) => {
    atoms.push(code === undefined ? angled(angle, names) : el("code", {}, unescaped(code)));
    return String.fromCharCode(FIRST_ATOM + atoms.length - 1);
  });
  return marked(text, atoms);
}

function marked(text, atoms) {
  const found = MARKED.exec(text);
  if (!found) return withAtoms(text, atoms);
  const [whole, lead, mark, inside] = found;
  return [
    ...withAtoms(text.slice(0, found.index) + lead, atoms),
    el(MARKS[mark], {}, ...marked(inside, atoms)),
    ...marked(text.slice(found.index + whole.length), atoms),
  ];
}

function withAtoms(text, atoms) {
  return text.split(/([\uE000-\uF8FF])/u).flatMap((part) => {
    if (!part) return [];
    const atom = atoms[part.charCodeAt(0) - FIRST_ATOM];
    return [atom ?? emoji(unescaped(part))];
  });
}

/** What stands in angle brackets: a person, a channel, everybody, or a link. */
function angled(inside, names) {
  const [target, label] = inside.split(/\|(.*)/su);
  if (target.startsWith("@") || target.startsWith("#")) {
    const name = names[target.slice(1)] ?? unescaped(label ?? target.slice(1));
    return el("span", { class: "mention" }, `${target[0]}${name}`);
  }
  if (target.startsWith("!")) return el("span", { class: "mention" }, `@${unescaped(label ?? target.slice(1))}`);
  return link(unescaped(target), label === undefined ? undefined : unescaped(label));
}

/** A link that can be followed if it is an ordinary one, else only its words. */
export function link(address, label, classes = "") {
  if (!/^(?:https?|mailto|tel):/u.test(address)) return el("span", {}, label ?? address);
  const outside = { href: address, rel: "noreferrer noopener", target: "_blank", class: classes || null };
  return el("a", { ...outside, title: `${address} (opens outside this playground)` }, emoji(label ?? address));
}

function unescaped(text) {
  return text.replace(/&(?:amp|lt|gt);/gu, (entity) => ENTITIES[entity]);
}

function emoji(text) {
  return text.replace(/:([a-z0-9_]+):/gu, (code, name) => EMOJI[name] ?? code);
}
