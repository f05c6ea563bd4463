"""P3: a page of the form sent in on Teams, by Signpost and by an agent of the bare SDK that does nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from benchmarks import rows
from benchmarks.apps import Apps
from benchmarks.drafts import Draft, answered, as_json, drafts_of, is_page_2
from benchmarks.figures import Compared, Rounds, Void
from benchmarks.load import Answer, Sent
from benchmarks.processes import Server
from benchmarks.teams_forms import ORG, card_of, people, request, take_dialog
from benchmarks.turns import Load, Turn, take_turns
from bot.play.teams import button

STAFF: Final = 40


class TeamsBench:
    """Rounds of P3. `prepare` comes first; `count` requests in each burst of turns."""

    def __init__(self, apps: Apps, count: int, rounds: Rounds) -> None:
        self._apps, self._count, self._rounds = apps, count, rounds
        self._staff = people(apps.teams, STAFF)

    async def prepare(self) -> None:
        """Open the form for real, once."""
        async with self._apps.signpost("teams-form", self._apps.for_teams) as server:
            self._apps.teams.bot_url = f"http://127.0.0.1:{server.port}/api/messages"
            self._dialog = await take_dialog(self._apps.teams, self._apps.seals)

    async def round(self, number: int) -> None:
        """One round. Raises Void."""
        name, drafts = f"teams-{number}", list[Draft]()
        async with self._apps.signpost(name, self._apps.for_teams) as ours, self._apps.agents() as agents:
            turns = [
                Turn(
                    "teams", ours, self._count, self.pages(ours), lambda sent, of: drafts.extend(self.checked(sent, of))
                ),
                Turn("agents", agents, self._count, self.pages(agents), lambda sent, _of: empty(sent)),
            ]
            await take_turns(turns, self._rounds, backwards=number % 2 == 1)
        rows.count(self._apps.database(name), drafts)

    def pages(self, server: Server) -> Callable[[int], Load]:
        """What makes so many first pages for a server."""

        def make(count: int) -> Load:
            bearer = self._apps.teams.signing.token(self._apps.teams.service_url)
            drafts = drafts_of(ORG, (self._staff[number % STAFF] for number in range(count)))
            bodies = (self._dialog.of(draft, self._apps.seals) for draft in drafts)
            return drafts, [request(body, bearer, server.port) for body in bodies]

        return make

    def checked(self, sent: Sent, drafts: tuple[Draft, ...]) -> list[Draft]:
        """Each was answered with page 2 of its own draft. Returns the drafts that were answered. Raises Void."""
        pairs = answered(sent, drafts)
        for draft, answer in pairs:
            is_page_2(draft, _token_in(answer), self._apps.seals)
        return [draft for draft, _ in pairs]

    def compared(self) -> list[Compared]:
        """P3."""
        of = self._rounds.of
        return [
            Compared(
                "P3",
                "Teams: a page a second; bare agent",
                of("teams per second"),
                of("agents per second"),
                "/s",
                0.6,
                "more",
            ),
            Compared("", "... CPU a request; bare agent", of("teams cpu"), of("agents cpu"), "us"),
            Compared("", "... p50, 8 connections; bare agent", of("teams p50"), of("agents p50"), "ms"),
        ]


def empty(sent: Sent) -> None:
    """Each was answered as the SDK answers when there is nothing to say. Raises Void."""
    for answer in sent.answers:
        if answer != Answer(200, b""):
            raise Void(f"the peer answered {answer.status} with {len(answer.body)} bytes")


def _token_in(answer: Answer) -> str:
    try:
        action = button(card_of(as_json(answer)), "next_page")
    except (KeyError, TypeError):
        raise Void("a page on Teams was not answered with a dialog") from None
    if action is None:
        raise Void("a page on Teams was answered with a dialog that does not go on")
    return str(action["data"]["token"])
