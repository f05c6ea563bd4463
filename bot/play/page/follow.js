// Keeps in sight what a person looks at while messages come, are filled and are answered. One follower for each side.

/** Make a follower. Around each drawing: `const was = before(place)`, then draw, then `after(place, was, rows)`. */
export function follower() {
  let last = ""; // the newest message as it was seen last
  let pressed = ""; // the message in which they pressed something last

  /** `rows` are [id, everything] of each message, oldest first; their nodes stand in `place` in that order. */
  function after(place, was, rows) {
    const nodes = [...place.querySelectorAll(".messages > li")];
    const at = rows.findIndex(([id]) => id === pressed);
    const newest = rows.at(-1)?.[1] ?? "";
    if (was.anchor?.isConnected) scroller(place).scrollBy({ top: topOf(was.anchor) - was.top, behavior: "instant" });
    if (newest && newest !== last) {
      if (at >= 0 && at === rows.length - 1) nodes[at].scrollIntoView({ block: "end" }); // where the button was
      else bringIntoView(nodes.at(-1)); // a receipt that was filled is news too
    }
    last = newest;
    if (was.focus === null || place.contains(document.activeElement)) return;
    const again = was.focus && place.querySelector(`[data-key="${CSS.escape(was.focus)}"]`);
    (again || nodes[at]?.firstElementChild)?.focus({ preventScroll: true });
  }

  return { before, after, press: (id) => (pressed = id), forget: () => (last = pressed = "") };
}

/** What has the focus, if it is in this place, and the lowest message in sight with where it begins. */
function before(place) {
  const focus = place.contains(document.activeElement) ? document.activeElement.dataset.key ?? "" : null;
  const bottom = Math.min(place.getBoundingClientRect().bottom, window.innerHeight);
  const anchor = [...place.querySelectorAll(".messages > li")].findLast((node) => topOf(node) < bottom);
  return { focus, anchor, top: anchor ? topOf(anchor) : 0 };
}

function topOf(node) {
  return node.getBoundingClientRect().top;
}

/** On a desk each conversation is scrolled by itself, on a phone the page is. */
function scroller(place) {
  return getComputedStyle(place).overflowY === "auto" ? place : window;
}

/** A long message is read from its top, a short one is seen whole. */
function bringIntoView(node) {
  node.scrollIntoView({ block: node.offsetHeight > window.innerHeight * 0.6 ? "start" : "nearest" });
}
