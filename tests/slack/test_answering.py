"""The answering table, first half: commands and windows, over HTTP and over Socket Mode."""

from __future__ import annotations

from dataclasses import replace

from bot.play.slack import words
from handlers.intents import Intent, Subject, Surface
from handlers.screens import Screen
from tests.slack.bench import AMIRA, Bench, Says, note, page


def _says(*screens: Screen | None) -> Says:
    """Answers in turn."""
    left = list(screens)

    def says(_intent: Intent) -> Screen | None:
        return left.pop(0) if len(left) > 1 else left[0]

    return says


async def test_a_command_opens_a_window(either: Bench) -> None:
    reply = await either.slack.command("U1")

    assert reply.text == ""
    view = either.slack.view("U1")
    assert view is not None
    assert view["callback_id"] == "next_page"
    assert either.desk.last.name == "start_report"
    assert either.desk.last.surface is Surface.COMMAND
    assert either.desk.last.by == AMIRA
    assert not either.desk.last.extra_text


async def test_a_shortcut_opens_a_window(either: Bench) -> None:
    await either.slack.shortcut("U1")

    assert either.slack.view("U1") is not None
    assert either.desk.names == ["start_report"]


async def test_a_command_that_is_answered_with_a_message_is_answered_for_their_eyes_only(either: Bench) -> None:
    either.desk.says = lambda _intent: note("Nothing is open.")

    reply = await either.slack.command("U1", "cases")

    assert reply.body["response_type"] == "ephemeral"
    assert reply.body["text"] == "SP-7K4M-2Q: ready."
    assert "Nothing is open." in words(reply.body["blocks"])
    assert either.desk.names == ["list_cases"]


async def test_a_shortcut_that_is_answered_with_a_message_shows_it_in_a_window(bench: Bench) -> None:
    bench.desk.says = lambda _intent: note("Nothing is open.")

    await bench.slack.shortcut("U1")

    view = bench.slack.view("U1")
    assert view is not None
    assert "Nothing is open." in words(view["blocks"])


async def test_home_that_is_asked_for_in_a_channel_stands_in_a_window_and_not_there(either: Bench) -> None:
    either.desk.says = lambda _intent: note("One case.")

    reply = await either.slack.command("U1", "home")

    assert reply.text == ""
    view = either.slack.view("U1")
    assert view is not None
    assert "One case." in words(view["blocks"])
    assert either.desk.names == ["show_home"]


async def test_a_reference_behind_the_command_opens_that_case(either: Bench) -> None:
    either.desk.says = lambda _intent: page()

    await either.slack.command("U1", "sp-n8f6-5y")

    assert either.slack.view("U1") is not None
    assert either.desk.last.name == "open_case"
    assert either.desk.last.subject == Subject("reference", "SP-N8F6-5Y")
    assert not either.desk.last.extra_text


async def test_the_words_of_the_command_choose_what_is_shown_and_others_are_dropped_unread(bench: Bench) -> None:
    for text in ("", " HELP ", "cases", "admin", "practise", "Tom sent a picture of Amira", "help me"):
        await bench.slack.command("U1", text)

    starts = ["start_report", "show_help", "list_cases", "show_admin", "show_practise", "start_report", "start_report"]
    assert bench.desk.names == starts
    assert [intent.extra_text for intent in bench.desk.intents] == [False] * 5 + [True] * 2
    assert "Tom" not in repr(bench.desk.intents)


async def test_the_main_button_replaces_what_the_window_shows(either: Bench) -> None:
    either.desk.says = _says(page(1), page(2))
    await either.slack.command("U1")

    reply = await either.slack.submit(
        "U1", {"harm_now": "no", "image_location": ["device", "online"], "notes": "a word"}
    )

    assert reply.action == "update"
    view = either.slack.view("U1")
    assert view is not None
    assert "Page 2" in words(view["blocks"])
    intent = either.desk.last
    assert intent.name == "next_page"
    assert intent.surface is Surface.FORM
    assert intent.subject == Subject("draft", "D1", "page/1", 1, "northside")
    assert intent.fields == {"harm_now": "no", "image_location": ("device", "online"), "notes": "a word"}


async def test_what_was_left_open_comes_back_as_nothing(bench: Bench) -> None:
    await bench.slack.command("U1")

    await bench.slack.submit("U1")

    assert bench.desk.last.fields == {"harm_now": None, "image_location": (), "notes": None}


async def test_errors_stand_at_their_fields_and_the_window_stays(either: Bench) -> None:
    either.desk.says = _says(page(), page(errors=(("notes", "Leave names out."),)))
    await either.slack.command("U1")

    reply = await either.slack.submit("U1", {"notes": "Tom"})

    assert reply.body == {"response_action": "errors", "errors": {"notes": "Leave names out."}}
    assert either.slack.errors("U1") == {"notes": "Leave names out."}


async def test_errors_are_drawn_into_the_window_where_its_token_changes(bench: Bench) -> None:
    bench.desk.says = _says(page(1), page(2, errors=(("notes", "Leave names out."),)))
    await bench.slack.command("U1")

    reply = await bench.slack.submit("U1", {"notes": "Tom"})

    assert reply.action == "update"
    view = bench.slack.view("U1")
    assert view is not None
    assert "Leave names out." in words(view["blocks"])


async def test_errors_are_drawn_into_the_window_where_only_its_token_changes(bench: Bench) -> None:
    """Left as it is, the window would come back with the old revision, and be taken for a repeat."""
    again = page(1, errors=(("notes", "Leave names out."),))
    bench.desk.says = _says(page(1), replace(again, token=again.token.replace("~1~", "~2~")))
    await bench.slack.command("U1")

    reply = await bench.slack.submit("U1", {"notes": "Tom"})
    await bench.slack.submit("U1", {"notes": "a word"})

    assert reply.action == "update"
    assert bench.desk.last.subject.rev == 2


async def test_the_main_button_answered_with_a_message_shows_it_in_the_window(bench: Bench) -> None:
    bench.desk.says = _says(page(), note("Kept."))
    await bench.slack.command("U1")

    await bench.slack.submit("U1")

    view = bench.slack.view("U1")
    assert view is not None
    assert "Kept." in words(view["blocks"])


async def test_the_main_button_answered_with_nothing_closes_the_window(bench: Bench) -> None:
    bench.desk.says = _says(page(), None)
    await bench.slack.command("U1")

    reply = await bench.slack.submit("U1")

    assert reply.text == ""
    assert bench.slack.view("U1") is None


async def test_another_button_in_a_window_replaces_what_it_shows_and_carries_what_was_typed(either: Bench) -> None:
    either.desk.says = _says(page(1), page(2))
    await either.slack.command("U1")
    shown = either.slack.view("U1")
    assert shown is not None

    await either.slack.press("U1", "recommend_now", answers={"notes": "half a word"})

    assert either.desk.last.name == "recommend_now"
    assert either.desk.last.fields["notes"] == "half a word"
    assert either.desk.last.subject.place == "page/1"
    view = either.slack.view("U1")
    assert view is not None
    assert view["id"] == shown["id"]
    assert "Page 2" in words(view["blocks"])
    [update] = either.calls("views.update")
    assert update.params["hash"] == shown["hash"]


async def test_danger_is_told_as_soon_as_it_is_chosen(either: Bench) -> None:
    either.desk.says = _says(page(1), page(9))
    await either.slack.command("U1")

    await either.slack.choose("U1", "harm_now", "in_danger_now")

    assert either.desk.last.name == "answer_at_once"
    assert either.desk.last.fields["harm_now"] == "in_danger_now"
    assert either.desk.last.subject.id == "D1"
    view = either.slack.view("U1")
    assert view is not None
    assert "Page 9" in words(view["blocks"])


async def test_a_choice_that_changes_nothing_leaves_the_window_alone(bench: Bench) -> None:
    bench.desk.says = _says(page(1), None)
    await bench.slack.command("U1")

    await bench.slack.choose("U1", "harm_now", "no")

    assert bench.calls("views.update") == []


async def test_other_choices_are_not_told_before_the_page_is_sent(bench: Bench) -> None:
    await bench.slack.command("U1")

    assert await bench.slack.choose("U1", "image_location", ["online"]) is None


async def test_a_window_that_changed_meanwhile_is_drawn_again_all_the_same(lenient: Bench) -> None:
    await lenient.slack.command("U1")
    lenient.slack.faults.refuse("views.update", "hash_conflict")
    lenient.desk.says = lambda _intent: page(2)

    await lenient.slack.press("U1", "recommend_now")

    view = lenient.slack.view("U1")
    assert view is not None
    assert "Page 2" in words(view["blocks"])
    assert [("hash" in call.params, call.ok) for call in lenient.calls("views.update")] == [
        (True, False),
        (False, True),
    ]
