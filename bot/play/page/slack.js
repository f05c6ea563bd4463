// The Slack-like side: the conversation with the app, its home, its window, and what starts something.

import { askFirst } from "./ask.js";
import { fill } from "./dom.js";
import { forgetMessages, showHome, showMessages } from "./messages.js";
import { textNodes } from "./mrkdwn.js";
import { once } from "./once.js";
import { showRooms } from "./side.js";
import { showWindow, watchEscape, windowProblem } from "./window.js";
import { act } from "./wire.js";

const at = (id) => document.getElementById(id);

/** Make the side. `page` knows who one is. Returns begin, show, say and toTheEnd. */
export function slackSide(page) {
  let room = "messages";
  let noticed = 0; // how many of the simulator's notices were shown
  let held = null; // the last screen

  /** What blocks and windows need of the page. */
  function host() {
    const me = page.me();
    return {
      me,
      names: page.names,
      begin: page.player().waits,
      act: does,
      press: async (block, element, where, answers) => {
        if (element.confirm && !(await askFirst(element.confirm, page.names, textNodes))) return { ok: true };
        const pressed = { do: "press", action: element.action_id, block: block.block_id, answers: answers() };
        return does({ ...pressed, ...(element.value === undefined ? {} : { value: element.value }), ...where });
      },
      choose: (block, where, answers) => act(me, { do: "choose", block: block.block_id, answers: answers(), ...where }),
    };
  }

  async function does(what) {
    fill(at("command-problem"));
    const result = await once(page.me(), what);
    if (!result.ok) say(result.problem);
    return result;
  }

  /** Say something to the person where they are looking; calmly, if it is no problem. */
  function say(text, { calm = false } = {}) {
    at("command-problem").classList.toggle("calm", calm);
    if (at("window").open) windowProblem(text);
    else fill(at("command-problem"), text);
  }

  function draw() {
    if (room === "home") showHome(at("conversation"), held?.home ?? null, host());
    else {
      delete at("conversation").dataset.home;
      showMessages(at("conversation"), held?.messages ?? [], host());
    }
  }

  function enter(where) {
    room = where;
    const outside = page.player().channel;
    at("composer").hidden = Boolean(outside) || room === "home";
    const rooms = outside ? [["messages", `# ${page.player().room}`]] : [["messages", "Messages"], ["home", "Home"]];
    showRooms("slack-rooms", rooms, room, enter);
    forgetMessages();
    if (held) draw();
    if (room === "home") act(page.me(), { do: "home" });
  }

  function begin() {
    held = null;
    showWindow(null, host());
    fill(at("conversation"));
    delete at("conversation").dataset.home;
    fill(at("command-problem"));
    enter(page.player().channel ? "messages" : room);
  }

  /** Show a screen, and return the messages of which a notification would tell. */
  function show(screen, first) {
    held = screen;
    draw();
    showWindow(screen.window, host());
    if (!first) for (const text of screen.notices.slice(noticed)) say(text, { calm: true });
    noticed = screen.notices.length;
    return screen.messages.filter((message) => screen.fresh.includes(message.ts) && !message.private);
  }

  function toTheEnd() {
    forgetMessages();
    if (held) draw();
  }

  at("raise").addEventListener("click", () => does({ do: "shortcut" }));
  at("command-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const box = at("command");
    fill(at("command-problem"));
    const text = box.value.trim();
    if (!text) return;
    box.value = ""; // now, not when the answer comes: by then the next command may stand there
    const result = await does({ do: "command", text });
    if (!result.ok && !box.value) box.value = text;
  });
  watchEscape(host);
  return { begin, show, say, toTheEnd };
}
