// The mailbox of whoever has one: what a mail program would show, and links that open in a tab of their own.

import { el, fill } from "./dom.js";
import { reachable } from "./modal.js";
import { timeOf } from "./when.js";

const at = (id) => document.getElementById(id);
const LINK = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/u;

/** Make the inbox. Returns begin, show, say and toTheEnd, like the other sides. */
export function mailSide(page) {
  let standing = "";

  function begin() {
    standing = "";
    at("mail").hidden = !page.player().mailbox;
    document.body.classList.toggle("three", Boolean(page.player().mailbox));
    fill(at("inbox"));
    fill(at("mail-problem"));
  }

  /** Show the inbox, newest first, and return the mails of which a notification would tell. */
  function show(screen) {
    if (!screen) return [];
    const json = JSON.stringify(screen.mails);
    if (json !== standing) draw(screen);
    standing = json;
    return screen.mails.filter((mail) => screen.fresh.includes(mail.id)).reverse();
  }

  function draw(screen) {
    fill(at("mail-address"), `Inbox of ${screen.address}`);
    const rows = screen.mails.map((mail) => el("li", {}, one(mail)));
    const nothing = el("p", { class: "nothing" }, "No mail yet. A lead can choose this desk when they refer.");
    fill(at("inbox"), rows.length ? el("ol", { class: "messages" }, ...rows) : nothing);
    at("inbox").scrollTop = 0;
    reachable(at("inbox"), "mail-title", at("inbox").scrollHeight > at("inbox").clientHeight);
  }

  return { begin, show, say: (text) => fill(at("mail-problem"), text), toTheEnd: () => {} };
}

function one(mail) {
  const time = timeOf(mail.at);
  return el(
    "article",
    { class: "message", "aria-label": `Mail at ${time}` },
    el("h3", { class: "subject" }, mail.text || "(no subject)"),
    el("p", { class: "from" }, el("span", {}, `From ${mail.from}`), el("time", {}, time)),
    el("div", { class: "mail-body" }, ...mail.body.trim().split(LINK).map(linked)),
  );
}

/** Every second piece of a text that was split at its links is one. */
function linked(piece, number) {
  if (number % 2 === 0) return piece;
  return el("a", { href: piece, target: "_blank", rel: "noopener noreferrer" }, piece);
}
