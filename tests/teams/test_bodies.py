"""What is not a dialog of ours: malformed, oversized, unknown. Nothing of it reaches a log (SR-6, SR-27)."""

from __future__ import annotations

import io
import json
import logging
import sys
import threading
from typing import TYPE_CHECKING, Any

import pytest

from bot import logs
from bot.play.teams import Sent, words
from bot.teams.quiet import tame_loggers
from tests.teams.conftest import AMIRA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

SENTINEL = "ZEBRA-7Q"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Everything that the process logs, at its loudest; put back afterwards."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(sys, "unraisablehook", sys.unraisablehook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up("debug", stream)
    tame_loggers()
    yield stream
    root.handlers[:], root.level = before, level
    logging.captureWarnings(capture=False)


async def raw(teams: TeamsStandIn, body: bytes, content_type: str = "application/json") -> tuple[int, str]:
    sent = teams.carrier.signed(teams.activity(AMIRA, "message"))
    reply = await teams.carrier.post(Sent(body, {**sent.headers, "Content-Type": content_type}))
    return reply.status, reply.text


def invoke(teams: TeamsStandIn, name: object, value: object) -> dict[str, Any]:
    return {**teams.activity(AMIRA, "invoke"), "name": name, "value": value}


MALFORMED: dict[str, dict[str, Any]] = {
    "no type": {"type": None},
    "a type that is a number": {"type": 7},
    "no conversation": {"conversation": None},
    "a conversation that is a text": {"conversation": SENTINEL},
    "a conversation id that leads elsewhere": {"conversation": {"id": "../../x", "tenantId": "tenant-northside"}},
    "a sender that is a text": {"type": "invoke", "name": "task/fetch", "from": SENTINEL, "value": {"data": {}}},
    "an object id with a slash": {"from": {"id": "29:1", "aadObjectId": f"a/{SENTINEL}"}},
    "attachments of the wrong kind": {"attachments": [{"contentType": 7, "name": SENTINEL}]},
    "a timestamp that is none": {"timestamp": SENTINEL},
    "entities of the wrong kind": {"entities": SENTINEL},
}


@pytest.mark.parametrize("changed", MALFORMED.values(), ids=MALFORMED)
async def test_a_malformed_activity_is_400_without_a_body_and_without_a_trace(
    changed: dict[str, Any], teams: TeamsStandIn, bot: Bot, log: io.StringIO
) -> None:
    activity = {**teams.activity(AMIRA, "message"), "text": SENTINEL, **changed}

    reply = await teams.send_activity(activity)

    assert 400 <= reply.status < 500
    assert reply.text == ""
    assert SENTINEL not in log.getvalue()
    assert teams.calls_of("post") == []
    assert bot.desk.intents == []


INVOKES: dict[str, tuple[object, object]] = {
    "no name": (None, {"data": {}}),
    "no value": ("task/submit", None),
    "a value that is a text": ("task/submit", SENTINEL),
    "no data": ("task/submit", {}),
    "data that is a list": ("task/fetch", {"data": [SENTINEL]}),
    "no intent": ("task/submit", {"data": {"notes": SENTINEL}}),
    "an intent that is an object": ("task/submit", {"data": {"intent": {"x": SENTINEL}}}),
    "a token that is a number": ("task/submit", {"data": {"intent": "next_page", "token": 7}}),
    "several that is a text": ("task/submit", {"data": {"intent": "next_page", "several": SENTINEL}}),
    "too many fields": ("task/submit", {"data": {"intent": "next_page", **{f"f{n}": "x" for n in range(70)}}}),
    "a text without end": ("task/submit", {"data": {"intent": "next_page", "notes": "x" * 30_000}}),
    "no action": ("adaptiveCard/action", {"trigger": "manual"}),
    "an action without data": ("adaptiveCard/action", {"action": {"verb": "open_case"}}),
}


@pytest.mark.parametrize(("name", "value"), INVOKES.values(), ids=INVOKES)
async def test_a_malformed_invoke_is_400_without_a_body(
    name: object, value: object, teams: TeamsStandIn, bot: Bot, log: io.StringIO
) -> None:
    reply = await teams.send_activity(invoke(teams, name, value))

    assert (reply.status, reply.text) == (400, "")
    assert bot.desk.intents == []
    assert SENTINEL not in log.getvalue()


@pytest.mark.parametrize(
    "name", ["composeExtension/query", "fileConsent/invoke", "signin/verifyState", "message/submitAction", "other"]
)
async def test_an_unknown_invoke_is_501(name: str, teams: TeamsStandIn, bot: Bot) -> None:
    reply = await teams.send_activity(invoke(teams, name, {"data": {"intent": "start_report"}}))

    assert (reply.status, reply.text) == (501, "")
    assert bot.desk.intents == []


async def test_an_unknown_intent_gets_something_to_read(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")

    await teams.submit(AMIRA, data={"intent": "from_another_version", "token": ""})

    assert "no longer works" in words(teams.card(AMIRA))
    assert words(teams.card(AMIRA)).startswith("In danger now? Call 999")
    assert bot.refused == ["unknown_intent"]


async def test_intents_that_never_leave_the_server_cannot_be_pressed(teams: TeamsStandIn, bot: Bot) -> None:
    for name in ("refuse_file", "refuse_message", "answer_at_once"):
        await teams.send_activity(invoke(teams, "task/submit", {"data": {"intent": name}}))

    assert bot.desk.intents == []


def nested(levels: int) -> bytes:
    return b'{"type":"message","x":' + b"[" * levels + b"]" * levels + b"}"


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"text"', "application/json", 400),
        (b"{", "application/json", 400),
        (b'{"type": NaN}', "application/json", 400),
        (b'{"type": "\xff"}', "application/json", 400),
        (nested(1000), "application/json", 400),
        (nested(100_000), "application/json", 400),
        (json.dumps({f"f{n}": n for n in range(10_000)}).encode(), "application/json", 400),
        (b'{"x": "' + b"y" * 1024 * 1024 + b'"}', "application/json", 413),
        (b"{}", "text/plain", 415),
        (b"{}", "application/x-www-form-urlencoded", 415),
        ('{"type": "é"}'.encode("utf-16"), "application/json; charset=utf-16", 415),
    ],
)
async def test_a_hostile_body_is_turned_away_without_a_word(
    body: bytes, content_type: str, status: int, teams: TeamsStandIn, bot: Bot
) -> None:
    assert await raw(teams, body, content_type) == (status, "")
    assert bot.desk.intents == []
    assert (await teams.message(AMIRA, "help")).status == 202


async def test_half_a_character_does_not_get_through(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")

    await teams.submit(AMIRA, data={"intent": "next_page", "notes": "a\ud800b"})

    assert bot.desk.last.fields["notes"] == "a\ufffdb"


async def test_a_whole_journey_leaves_no_word_of_it_in_the_log(teams: TeamsStandIn, bot: Bot, log: io.StringIO) -> None:
    await teams.message(AMIRA, f"a boy called {SENTINEL}")
    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")
    teams.faults.refuse("post", 500, times=9)
    bot.desk.screens["next_page"] = lambda intent: (_ for _ in ()).throw(ValueError(str(intent.fields)))
    await teams.submit(AMIRA, {"notes": SENTINEL})
    await teams.message(AMIRA, "help")

    assert SENTINEL not in log.getvalue()
    assert "Khan" not in log.getvalue()
    assert "could not answer" in words(teams.card(AMIRA))


async def test_the_libraries_say_nothing_about_what_they_could_not_read(teams: TeamsStandIn, bot: Bot) -> None:
    said: list[logging.LogRecord] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record)

    keeping = Keeping()
    for name in ("microsoft_agents", "microsoft_agents.activity", ""):
        logging.getLogger(name).addHandler(keeping)
    try:
        reply = await teams.send_activity({**teams.activity(AMIRA, "message"), "attachments": SENTINEL})
    finally:
        for name in ("microsoft_agents", "microsoft_agents.activity", ""):
            logging.getLogger(name).removeHandler(keeping)

    assert reply.status == 400
    assert bot.desk.intents == []
    assert [record.getMessage() for record in said if record.name.startswith("microsoft_agents")] == []


@pytest.mark.parametrize("kind", ["invoke", "message"])
async def test_a_failure_inside_a_turn_says_nothing_in_the_chat(
    kind: str, teams: TeamsStandIn, bot: Bot, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_arrived: object) -> None:
        raise RuntimeError(SENTINEL)

    monkeypatch.setattr(bot.platform._receiver._answers, "give", broken)
    activity = {**teams.activity(AMIRA, kind), "name": "task/fetch", "value": {"data": {"intent": "start_report"}}}

    reply = await teams.send_activity(activity)

    assert (reply.status, reply.text) == ((500, "") if kind == "invoke" else (202, ""))
    assert teams.calls_of("post") == []
    assert SENTINEL not in log.getvalue()
    assert "RuntimeError" in log.getvalue()
