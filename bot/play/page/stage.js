// What a visitor does to the playground itself: move its clock forward, and pull the bot's plug.

import { el, fill } from "./dom.js";
import { act } from "./wire.js";
import { longTime } from "./when.js";

const at = (id) => document.getElementById(id);
const MOVES = [
  ["+10 minutes", { do: "forward", by: 600 }],
  ["+1 hour", { do: "forward", by: 3600 }],
  ["Next working morning", { do: "morning" }],
  ["+2 weeks", { do: "forward", by: 14 * 86_400 }],
];
const EVERY = 5_000;

/** Make the panel. `me()` names who one is. Returns show, and forget for what was said. */
export function stagePanel(me) {
  let ahead = 0; // seconds
  let happened = 0; // what was said last
  const buttons = [
    ...MOVES.map(([words, what]) => el("button", { type: "button", class: "word", onclick: () => press(what) }, words)),
    el("button", { type: "button", class: "word plug", onclick: () => press({ do: "plug" }) }, "Pull the plug"),
  ];
  fill(at("stage-buttons"), ...buttons);
  setInterval(tick, EVERY);

  function tick() {
    const now = longTime(Date.now() / 1000 + ahead);
    if (at("stage-now").textContent !== now) fill(at("stage-now"), now);
  }

  async function press(what) {
    const result = await act(me(), { on: "stage", ...what });
    if (!result.ok) fill(at("stage-said"), result.problem);
  }

  /** Show the time, whether the bot runs, and what happened last. */
  function show(stage) {
    at("stage").hidden = !stage;
    if (!stage) return;
    ahead = Math.round(stage.now - Date.now() / 1000);
    document.body.classList.toggle("down", stage.down);
    if (stage.happened !== happened) fill(at("stage-said"), stage.said);
    happened = stage.happened;
    tick();
  }

  return { show, forget: () => fill(at("stage-said")) };
}
