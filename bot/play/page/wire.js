// Talks with the simulator: one stream of screens in, one address for what the person does out.

/** Return who can be played, and what to try. */
export async function cast() {
  return (await fetch("/cast")).json();
}

/** Do something as a person. Returns {ok, problem, fields}; never throws. */
export async function act(user, what) {
  try {
    const answer = await fetch("/do", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: user, ...what }),
    });
    if (answer.ok) return await answer.json();
    return { ok: false, problem: await answer.text(), fields: {} };
  } catch {
    return { ok: false, problem: "The playground does not answer. If it was stopped, start it again with make play.", fields: {} };
  }
}

/** Follow one person's screen; `show` gets every new one. Returns a function that stops. */
export function follow(user, show, lost) {
  const stream = new EventSource(`/stream?as=${encodeURIComponent(user)}`);
  stream.onmessage = (event) => show(JSON.parse(event.data));
  stream.onerror = () => lost();
  return () => stream.close();
}
