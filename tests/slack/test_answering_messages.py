"""The answering table, second half: messages, the home page, and who somebody is."""

from __future__ import annotations

from bot.channel import Sent
from bot.play.slack import words
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account, Standing
from handlers.screens import Message, Paragraph, Screen
from tests.slack.bench import AMIRA, Bench, Says, note, page


def _says(*screens: Screen | None) -> Says:
    """Answers in turn."""
    left = list(screens)

    def says(_intent: Intent) -> Screen | None:
        return left.pop(0) if len(left) > 1 else left[0]

    return says


async def _with_message(bench: Bench, screen: Message | None = None) -> str:
    sent = await bench.platform.channel.post(AMIRA, screen or note("Your result."))
    assert isinstance(sent, Sent)
    return sent.address.partition(":")[2]


async def test_a_button_on_a_message_opens_a_window(either: Bench) -> None:
    await _with_message(either)
    either.desk.says = lambda _intent: page(3)

    await either.slack.press("U1", "open_case")

    assert either.desk.last.surface is Surface.MESSAGE
    assert either.desk.last.subject == Subject("case", "C1", "", 1, "")
    view = either.slack.view("U1")
    assert view is not None
    assert "Page 3" in words(view["blocks"])


async def test_a_button_on_a_message_can_change_that_message(either: Bench) -> None:
    ts = await _with_message(either)
    either.desk.says = lambda _intent: Message("SP-7K4M-2Q: cleared.", (Paragraph("Cleared."),))

    await either.slack.press("U1", "clear_from_chat")

    [message] = either.slack.messages("U1")
    assert (message.ts, message.text, words(message.blocks)) == (ts, "SP-7K4M-2Q: cleared.", "Cleared.")
    assert either.slack.view("U1") is None


async def test_a_message_that_cannot_be_changed_is_answered_in_a_window(lenient: Bench) -> None:
    await _with_message(lenient)
    lenient.slack.faults.refuse("chat.update", "edit_window_closed")
    lenient.desk.says = lambda _intent: Message("cleared", (Paragraph("Cleared."),))

    await lenient.slack.press("U1", "clear_from_chat")

    view = lenient.slack.view("U1")
    assert view is not None
    assert words(view["blocks"]) == "Cleared."


async def test_a_button_on_an_answer_for_their_eyes_only_is_answered_in_a_window(bench: Bench) -> None:
    bench.desk.says = _says(note(), Message("cleared", (Paragraph("Cleared."),)))
    await bench.slack.command("U1", "help")

    await bench.slack.press("U1", "clear_from_chat")

    assert bench.calls("chat.update") == []
    view = bench.slack.view("U1")
    assert view is not None
    assert words(view["blocks"]) == "Cleared."


async def test_the_home_page_is_drawn_when_it_is_opened_and_by_its_buttons(either: Bench) -> None:
    either.desk.says = _says(note("One case."), page(1), note("No case."))

    await either.slack.open_home("U1")
    home = either.slack.home("U1")
    assert home is not None
    assert "One case." in words(home["blocks"])
    assert either.desk.last.name == "show_home"

    await either.slack.press("U1", "open_case", place="home")
    view = either.slack.view("U1")
    assert view is not None
    assert either.desk.last.surface is Surface.HOME

    await either.slack.press("U1", "clear_from_chat", place="home")
    home = either.slack.home("U1")
    assert home is not None
    assert "No case." in words(home["blocks"])


async def test_the_messages_tab_draws_nothing(bench: Bench) -> None:
    await bench.slack.open_home("U1", tab="messages")

    assert bench.desk.intents == []


async def test_a_guest_is_known_as_one_before_the_desk_is_asked(bench: Bench) -> None:
    bench.desk.standing = Standing(member=False, why_not="guest")

    await bench.slack.command("U4")

    assert bench.desk.last.known.standing.why_not == "guest"


async def test_somebody_from_another_organisation_is_outside_and_slack_is_not_asked_about_them(bench: Bench) -> None:
    await bench.slack.shortcut("U5")

    assert bench.desk.last.by == Account("slack", "T9", "U5")
    assert bench.desk.last.known.standing == Standing(member=False, why_not="outside")
    assert bench.desk.asked == []


async def test_what_shows_or_changes_a_case_asks_anew_who_somebody_is(bench: Bench) -> None:
    await bench.slack.command("U1")
    await bench.slack.command("U1", "cases")
    await _with_message(bench)
    await bench.slack.press("U1", "open_case", place="message")

    assert [fresh for _, fresh in bench.desk.asked] == [False, True, True]
