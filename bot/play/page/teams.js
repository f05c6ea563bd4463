// The Teams-like side: the personal chat with the app, a chat of colleagues with its compose box, and dialogs.

import { canDraw } from "./cards.js";
import { forgetChat, showChat, showGroup } from "./chat.js";
import { dialogProblem, showDialog } from "./dialog.js";
import { el, fill } from "./dom.js";
import { once } from "./once.js";
import { showRooms } from "./side.js";

const at = (id) => document.getElementById(id);
const WORDS = ["report", "help", "cases", "admin", "practise"];
const MISSING =
  "What draws Teams' cards is not on this computer: stop the playground, and start it with make play while there is a " +
  "network. The Slack side works without it.";

/** Make the side. `page` knows who one is; `group` is the chat of colleagues. */
export function teamsSide(page, { group }) {
  let room = "chat";
  let noticed = 0;
  let held = null;
  at("teams").hidden = false;

  async function does(what) {
    fill(at("chat-problem"));
    const result = await once(page.me(), { on: "teams", ...what });
    if (!result.ok) say(result.problem);
    return result;
  }

  function say(text, { calm = false } = {}) {
    at("chat-problem").classList.toggle("calm", calm);
    if (at("teams-dialog").open) dialogProblem(text);
    else fill(at("chat-problem"), text);
  }

  function draw() {
    if (!canDraw) fill(at("chat"), el("p", { class: "nothing" }, MISSING));
    else if (room === "group") showGroup(at("chat"), group);
    else showChat(at("chat"), held?.messages ?? [], { me: page.me(), outside: Boolean(page.player().channel), waits: page.player().waits, does });
  }

  function enter(where) {
    room = where;
    const outside = Boolean(page.player().channel);
    const rooms = outside ? [["chat", `# ${page.player().teamsRoom}`]] : [["chat", "Signpost"], ["group", group.name]];
    showRooms("teams-rooms", rooms, room, enter);
    at("chat-composer").hidden = outside || room !== "chat" || !canDraw;
    at("group-composer").hidden = outside || room !== "group" || !canDraw;
    fill(at("chat-problem"));
    toTheEnd();
  }

  function begin() {
    held = null;
    showDialog(null, does);
    enter(page.player().channel ? "chat" : room);
  }

  /** Show a screen, and return the messages of which a notification would tell. */
  function show(screen, first) {
    held = screen;
    if (!canDraw) return [];
    draw();
    showDialog(screen.dialog, does);
    if (!first) for (const text of screen.notices.slice(noticed)) say(text, { calm: true });
    noticed = screen.notices.length;
    return screen.messages.filter((message) => screen.fresh.includes(message.id));
  }

  function toTheEnd() {
    forgetChat();
    draw();
  }

  async function write(text) {
    if (text) await does({ do: "write", text });
  }

  const words = WORDS.map((word) => el("button", { type: "button", class: "word", onclick: () => write(word) }, word));
  const file = el("button", { type: "button", class: "word", onclick: () => does({ do: "file" }) }, "A file");
  fill(at("words"), ...words, file);
  at("chat-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = at("chat-text").value.trim();
    at("chat-text").value = "";
    write(text);
  });
  at("group-form").addEventListener("submit", (event) => {
    event.preventDefault();
    say("Nobody reads messages written here. Press Raise an incident: it opens the form, and your colleagues see nothing.");
  });
  at("compose").addEventListener("click", () => does({ do: "compose" }));
  watchFiles(() => !at("chat-composer").hidden, () => does({ do: "file" }));
  return { begin, show, say, toTheEnd };
}

/** A file that is dropped or pasted is never read: the app is told that one came. */
function watchFiles(wanted, came) {
  const target = at("teams");
  const holds = (data) => Boolean(data) && [...data.types].includes("Files");
  target.addEventListener("dragover", (event) => target.classList.toggle("over", wanted() && holds(event.dataTransfer)));
  target.addEventListener("dragleave", () => target.classList.remove("over"));
  target.addEventListener("drop", (event) => {
    target.classList.remove("over");
    if (wanted() && holds(event.dataTransfer)) came();
  });
  target.addEventListener("paste", (event) => {
    if (!wanted() || !holds(event.clipboardData)) return;
    event.preventDefault();
    came();
  });
}
