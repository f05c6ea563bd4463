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
        waiting ? el("span", { class: "waiting" }, `${waiting}`, el("span", { class: "aside-words" }, " new")) : null,
      ),
    );
  });
  keepFocus("people", rows);
}

/** The places of one person: messages and home of the app, or an outsider's one channel, and what to try. */
export function showPlaces(player, place, choose) {
  const places = player.channel
    ? [["messages", "# northside-police"]]
    : [
        ["messages", "Messages"],
        ["home", "Home"],
      ];
  const rows = [...places, ["try", "What to try"]].map(([id, words]) =>
    el(
      "li",
      { class: id === "try" ? "try-place" : null },
      el(
        "button",
        { type: "button", class: "place", "aria-current": id === place ? "true" : null, "data-place": id, onclick: () => choose(id) },
        words,
      ),
    ),
  );
  keepFocus("places", rows);
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
      el("p", { class: "expect" }, "Signpost should answer: ", el("strong", {}, story.expect), "."),
    ),
  );
  fill(document.getElementById("stories"), ...drawn);
}

/** Draw a list again and leave the focus where it was. */
function keepFocus(id, rows) {
  const list = document.getElementById(id);
  const held = document.activeElement?.closest(`#${id} button`)?.dataset;
  fill(list, ...rows);
  if (held) list.querySelector(held.person ? `[data-person="${held.person}"]` : `[data-place="${held.place}"]`)?.focus();
}
