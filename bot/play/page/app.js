// Puts the page together: follows one person's screen, and shows it on both sides.

import { fill } from "./dom.js";
import { mailSide } from "./mail.js";
import { showPeople, showPlaces, showStories } from "./side.js";
import { slackSide } from "./slack.js";
import { stagePanel } from "./stage.js";
import { teamsSide } from "./teams.js";
import { clearToasts, notify, raise } from "./toasts.js";
import { cast, follow } from "./wire.js";

const at = (id) => document.getElementById(id);
const { players, stories, teams } = await cast();
let [me, place] = fromAddress();
let stop = () => {};
let lost = false; // the playground does not answer
let first = true; // the next screen is the first of this person
let waiting = {}; // how many messages came on the side that is not looked at

const GONE = "The playground does not answer. If it was stopped, start it again with make play.";
const page = {
  players,
  names: Object.fromEntries(players.map((player) => [player.id, player.name])),
  me: () => me,
  player: () => players.find((one) => one.id === me),
};
const sides = { slack: slackSide(page), ...(teams ? { teams: teamsSide(page, teams) } : {}), mail: mailSide(page) };
const stage = stagePanel(page.me);

function fromAddress() {
  const [user, where] = location.hash.slice(1).split("/");
  const known = players.some((player) => player.id === user);
  return [known ? user : players[0].id, ["slack", "teams", "mail", "try"].includes(where) ? where : "slack"];
}

function show(screen) {
  if (lost) for (const side of Object.values(sides)) side.say("");
  lost = false;
  showPeople(players, me, screen.unread, be);
  stage.show(screen.stage);
  for (const [name, side] of Object.entries(sides)) {
    const came = side.show(name === "slack" ? screen : screen[name], first);
    if (!first && getComputedStyle(at(name)).display === "none") waiting[name] = (waiting[name] ?? 0) + came.length;
    notify(first ? came.slice(-1) : came, name);
  }
  showTabs();
  raise();
  first = false;
}

function showTabs() {
  showPlaces(Object.keys(sides).filter(has), place, waiting, look);
}

/** Whether the person has this side: only a contact has a mailbox. */
function has(side) {
  return side !== "mail" || Boolean(page.player().mailbox);
}

/** Become somebody else. */
function be(user) {
  me = user;
  if (place === "try") place = "slack";
  stage.forget();
  start();
}

/** Look somewhere else, where not everything is in sight at once. */
function look(where) {
  place = where;
  delete waiting[where];
  document.body.dataset.looking = place;
  location.replace(`#${me}/${place}`);
  showTabs();
  sides[where]?.toTheEnd();
}

function start() {
  stop();
  if (!has(place)) place = "slack";
  first = true;
  waiting = {};
  clearToasts();
  document.body.dataset.looking = place;
  location.replace(`#${me}/${place}`);
  const who = page.player();
  fill(at("note"), `You are ${who.name}, ${who.role}. ${who.note}`);
  document.title = `${who.name}: Signpost playground`;
  for (const side of Object.values(sides)) side.begin();
  showTabs();
  stop = follow(me, show, () => {
    lost = true; // the browser tries again by itself
    for (const side of Object.values(sides)) side.say(GONE);
  });
}

/** Where the stories stand, and whether the clock's buttons are in sight from the start. */
function putThings() {
  document.querySelector(narrow.matches ? "main" : ".left").append(document.querySelector(".try"));
  at("stage-more").open = !narrow.matches;
}

// A file that is dropped beside the chat would make the browser leave this page and open it.
for (const kind of ["dragover", "drop"]) addEventListener(kind, (event) => event.preventDefault());
document.body.classList.toggle("two", Boolean(teams));
const narrow = matchMedia("(max-width: 70rem)");
narrow.addEventListener("change", putThings);
putThings();
showStories(stories);
start();
