// One thing after another, whichever side it is done on.

import { act } from "./wire.js";

let underWay = null; // what is being done now

/** Do it when what was under way is done. The same pressed again meanwhile is left out, as both platforms do. */
export async function once(user, what) {
  const asked = JSON.stringify(what);
  while (underWay) {
    if (underWay.asked === asked) return { ok: true };
    await underWay.done;
  }
  document.body.classList.add("busy");
  const done = act(user, what);
  underWay = { asked, done };
  const result = await done;
  underWay = null;
  document.body.classList.remove("busy");
  return result;
}
