"""P1 and P2: a page of the form sent in, by Signpost and by a bolt app that does nothing.

A round starts a fresh process of each: Signpost, bolt in the same mode, bolt in its default mode. They take turns;
then Signpost alone gets presses of people whom it has not seen for a minute, and whole reports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from benchmarks import rows, slack_checks
from benchmarks.apps import Apps
from benchmarks.drafts import Draft, drafts_of
from benchmarks.figures import Rounds
from benchmarks.load import Sent, send
from benchmarks.machine import Used
from benchmarks.processes import Server
from benchmarks.slack_forms import OPENER, ORG, Form, people, request, take_forms
from benchmarks.turns import CONNECTIONS, Load, Turn, take_turns

STAFF: Final = 40
"""People who send pages in. Enough that no limit for one account matters, few enough that all are known once warm."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many requests each part of a round sends, over all its bursts."""

    loaded: int
    single: int
    default: int
    unseen: int
    cases: int

    @classmethod
    def of(cls, *, short: bool) -> Size:
        """The short form is for CI."""
        return cls(800, 160, 60, 80, 40) if short else cls(1600, 400, 160, 200, 80)


class SlackBench:
    """Rounds of P1 and P2. `prepare` comes first: it takes `page`, the first page filled in, and `check`, the last."""

    page: Form
    check: Form

    def __init__(self, apps: Apps, size: Size, rounds: Rounds) -> None:
        self._apps, self._size, self._rounds = apps, size, rounds
        self._staff = people(apps.slack, STAFF, "S")

    async def prepare(self) -> int:
        """Open the form for real, once. Returns the length of the body of page 1."""
        self._apps.slack.add_person(OPENER, "Robin Field")
        async with self._apps.signpost("slack-form", self._apps.for_slack) as server:
            self._apps.slack.bot_url = f"http://127.0.0.1:{server.port}/slack/events"
            self.page, self.check = await take_forms(self._apps.slack, self._apps.seals)
        return len(self.page.body)

    async def round(self, number: int) -> None:
        """One round. Raises Void."""
        drafts: list[Draft] = []

        def page_2(sent: Sent, of: tuple[Draft, ...]) -> None:
            drafts.extend(slack_checks.pages(sent, of, self._apps.seals))

        def nothing(sent: Sent, _of: tuple[Draft, ...]) -> None:
            slack_checks.empty(sent)

        async with self._apps.signpost(f"slack-{number}", self._apps.for_slack) as ours:
            async with self._apps.bolt() as bolt, self._apps.bolt("--default") as default:
                turns = [
                    Turn("ours", ours, self._size.loaded, self.pages(ours), page_2),
                    Turn("bolt", bolt, self._size.loaded, self.pages(bolt), nothing),
                    Turn("ours alone", ours, self._size.single, self.pages(ours), page_2, 1),
                    Turn("default bolt", default, self._size.default, self.pages(default), nothing, 1),
                ]
                await take_turns(turns, self._rounds, backwards=number % 2 == 1)
            unseen = people(self._apps.slack, self._size.unseen, "ABCDEFGHJK"[number % 10])
            strangers = Turn("unseen", ours, len(unseen), self.pages(ours, unseen), page_2)
            await strangers.burst(len(unseen))
            strangers.note(self._rounds)
            reported = await self._whole_reports(ours)
        rows.count(self._apps.database(f"slack-{number}"), drafts, reported)

    async def _whole_reports(self, server: Server) -> tuple[Draft, ...]:
        """Page 1, then at once *Send*, until the raiser and the lead have their messages: told, not judged."""
        calls = self._apps.slack.calls_of
        drafts, requests = self.pages(server)(self._size.cases)
        begun = await send(server.port, requests, connections=CONNECTIONS)
        slack_checks.pages(begun, drafts, self._apps.seals)
        filled, before = len(calls("chat.update")), Used.by(server.pid)
        form = Form(self.check.body, self.check.token, "check", 1)
        sent = await send(server.port, self._requests(form, drafts, server), connections=CONNECTIONS)
        slack_checks.recommended(sent)
        await self._apps.slack.until(lambda: len(calls("chat.update")) >= filled + 2 * len(drafts), within=60)
        self._rounds.add("whole report cpu", (Used.by(server.pid).cpu - before.cpu) / len(drafts) * 1e6)
        return drafts

    def pages(self, server: Server, users: tuple[str, ...] = ()) -> Callable[[int], Load]:
        """What makes so many first pages for a server, by the staff in turn unless others are named."""
        who = users or self._staff

        def make(count: int) -> Load:
            drafts = drafts_of(ORG, (who[number % len(who)] for number in range(count)))
            return drafts, self._requests(self.page, drafts, server)

        return make

    def _requests(self, form: Form, drafts: tuple[Draft, ...], server: Server) -> list[bytes]:
        apps = self._apps
        return [request(form.of(draft, apps.seals), apps.slack.signing_secret, server.port) for draft in drafts]
