// Moments as people read them here. The clock of this page can be moved, so the day stands with every time.

const DAY = { weekday: "short", hour: "2-digit", minute: "2-digit" };
const LONG = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" };
const IN_LONDON = { timeZone: "Europe/London" };

/** The time beside a message: "Tue 16:55". `seconds` since 1970. */
export function timeOf(seconds) {
  return written(seconds, DAY).replace(",", "");
}

/** The time of the playground's clock: "Tuesday 24 November, 16:55". */
export function longTime(seconds) {
  return written(seconds, LONG).replace(" at ", ", ");
}

function written(seconds, how) {
  return new Date(seconds * 1000).toLocaleString("en-GB", { ...how, ...IN_LONDON });
}
