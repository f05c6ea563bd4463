// The lists at the side: who one can be, where one can look, and what to try.

import { el, fill } from "./dom.js";

/** The people to be, with how many messages wait for each. */
export function showPeople(players, me, unread, choose) {
  const rows = players.map((player) => {
    const [first, ...rest] = player.name.split(" ");
    const waiting = unread[player.id] ?? 0;
    return el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "person", "aria-current": player.id === me ? "true" : null, "data-person": player.id, onclick: () => choose(player.id) },
        el("span", { class: `avatar ${player.id}`, "aria-hidden": "true" }, first[0] + rest.at(-1)[0]),
        el(
          "span",
          { class: "who" },
          el("span", { class: "name" }, first, el("span", { class: "rest" }, ` ${rest.join(" ")}`)),
          el("span", { class: "role" }, player.role),
        ),
        waiting ? count(waiting) : null,
      ),
    );
  });
  keepFocus("people", rows);
}

const PLACES = { slack: "Slack-like", teams: "Teams-like", mail: "Mail", try: "What to try" };

/** Where one can look when not everything is in sight at once, with how much came where one does not look. */
export function showPlaces(sides, place, waiting, choose) {
  const rows = [...sides, "try"].map((id) =>
    el("li", {}, choice("place", id, PLACES[id], id === place, choose, waiting[id] ? count(waiting[id]) : null)),
  );
  keepFocus("places", rows);
}

/** The rooms of one side: messages and home of the app, a chat and a team, or an outsider's one channel. */
export function showRooms(list, rooms, room, choose) {
  keepFocus(list, rooms.map(([id, words]) => el("li", {}, choice("room", id, words, id === room, choose, null))));
}

function choice(kind, id, words, current, choose, badge) {
  const about = { type: "button", class: kind, "aria-current": current ? "true" : null, [`data-${kind}`]: id };
  return el("button", { ...about, onclick: () => choose(id) }, words, badge);
}

function count(number) {
  return el("span", { class: "waiting" }, `${number}`, el("span", { class: "aside-words" }, " new"));
}

/** The stories. */
export function showStories(stories) {
  const drawn = stories.map((story, number) =>
    el(
      "details",
      { class: "story", open: number === 0 },
      el("summary", {}, story.title),
      el("p", {}, story.told),
      el("ol", {}, ...story.steps.map((step) => el("li", {}, step))),
      el("p", { class: "expect" }, "Signpost should answer: ", el("strong", {}, story.expect), /[.!?]$/u.test(story.expect) ? "" : "."),
    ),
  );
  fill(document.getElementById("stories"), ...drawn);
}

/** Draw a list again and leave the focus where it was. */
function keepFocus(id, rows) {
  const list = document.getElementById(id);
  const held = document.activeElement?.closest(`#${id} button`);
  const place = held ? [...list.querySelectorAll("button")].indexOf(held) : -1;
  fill(list, ...rows);
  if (place >= 0) list.querySelectorAll("button")[place]?.focus({ preventScroll: true });
}
