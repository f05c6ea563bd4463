// Puts the page together: follows one person's screen and turns what they do into actions.

import { askFirst } from "./ask.js";
import { fill } from "./dom.js";
import { forgetMessages, showHome, showMessages } from "./messages.js";
import { textNodes } from "./mrkdwn.js";
import { showPeople, showPlaces, showStories } from "./side.js";
import { clearToasts, notify, raise } from "./toasts.js";
import { showWindow, watchEscape, windowProblem } from "./window.js";
import { act, cast, follow } from "./wire.js";

const at = (id) => document.getElementById(id);
const { players, stories } = await cast();
const names = Object.fromEntries(players.map((player) => [player.id, player.name]));
let [me, place] = fromAddress();
let stop = () => {};
let noticed = 0; // how many of the simulator's notices were shown
let lost = false; // the playground does not answer
let first = true; // the next screen is the first of this person
let underWay = null; // what is being done now

const GONE = "The playground does not answer. If it was stopped, start it again with make play.";

function fromAddress() {
  const [user, where] = location.hash.slice(1).split("/");
  const known = players.some((player) => player.id === user);
  return [known ? user : players[0].id, ["messages", "home", "try"].includes(where) ? where : "messages"];
}

function player() {
  return players.find((one) => one.id === me);
}

/** What blocks and windows need of the page. */
function host() {
  return {
    me,
    names,
    begin: player().channel ? "No messages yet." : "No messages yet. Press Raise an incident to begin.",
    act: once,
    press: async (block, element, where, answers) => {
      if (element.confirm && !(await askFirst(element.confirm, names, textNodes))) return { ok: true };
      const pressed = { do: "press", action: element.action_id, block: block.block_id, answers: answers() };
      return once({ ...pressed, ...(element.value === undefined ? {} : { value: element.value }), ...where });
    },
    choose: (block, where, answers) => act(me, { do: "choose", block: block.block_id, answers: answers(), ...where }),
  };
}

/** Do one thing after another. The same thing pressed again while it is under way is left out, as Slack does. */
async function once(what) {
  const asked = JSON.stringify(what);
  while (underWay) {
    if (underWay.asked === asked) return { ok: true };
    await underWay.done;
  }
  document.body.classList.add("busy");
  const done = act(me, what);
  underWay = { asked, done };
  const result = await done;
  underWay = null;
  document.body.classList.remove("busy");
  if (!result.ok) say(result.problem);
  return result;
}

function show(screen) {
  if (lost) say("");
  lost = false;
  const fresh = screen.messages.filter((message) => screen.fresh.includes(message.ts) && !message.private);
  showPeople(players, me, screen.unread, be);
  if (place === "home") showHome(at("conversation"), screen.home, host());
  else {
    delete at("conversation").dataset.home;
    showMessages(at("conversation"), screen.messages, host());
  }
  showWindow(screen.window, host());
  notify(first ? fresh.slice(-1) : fresh);
  raise();
  if (!first) for (const text of screen.notices.slice(noticed)) say(text);
  noticed = screen.notices.length;
  first = false;
}

/** Say something to the person where they are looking. */
function say(text) {
  if (at("window").open) windowProblem(text);
  else fill(at("command-problem"), text);
}

/** Become somebody else. */
function be(user) {
  me = user;
  if (place === "try" || (player().channel && place === "home")) place = "messages";
  start();
}

/** Look somewhere else. */
function look(where) {
  place = where;
  start();
  if (where === "home") act(me, { do: "home" });
}

function start() {
  stop();
  first = true;
  clearToasts();
  forgetMessages();
  showWindow(null, host());
  location.replace(`#${me}/${place}`);
  document.body.dataset.looking = place;
  const who = player();
  fill(at("note"), `You are ${who.name}, ${who.role}. ${who.note}`);
  const title = place === "home" ? "Home of Signpost" : who.channel ? "# northside-police" : "Messages with Signpost";
  fill(at("place-title"), title);
  fill(at("command-problem"));
  document.title = `${who.name}: Signpost playground`;
  at("composer").hidden = Boolean(who.channel) || place === "home";
  showPlaces(who, place, look);
  stop = follow(me, show, () => {
    lost = true; // the browser tries again by itself
    say(GONE);
  });
}

at("raise").addEventListener("click", () => once({ do: "shortcut" }));
at("command-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const box = at("command");
  fill(at("command-problem"));
  const text = box.value.trim();
  if (!text) return;
  box.value = ""; // now, not when the answer comes: by then the next command may stand there
  const result = await once({ do: "command", text });
  if (!result.ok && !box.value) box.value = text;
});
watchEscape(host);
showStories(stories);
start();
if (place === "home") act(me, { do: "home" });
