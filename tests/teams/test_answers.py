"""How each kind of press is answered, and that nothing typed is lost, doubled, or taken over by somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.channel import Sent
from bot.play.teams import NotPossibleError, button, fields, words
from bot.play.teams.payloads import GROUP_CHAT, ONE_TO_ONE
from handlers.intents import Subject, Surface
from handlers.screens import Message, Small
from tests.teams.conftest import AMIRA, LEADS, PRIYA, TENANT
from tests.teams.desk import CASE, FIRST, page, recommendation

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def open_form(teams: TeamsStandIn, user: str = AMIRA) -> None:
    await teams.message(user, "report")
    await teams.press(user, "start_report")


async def posted(bot: Bot, message: Message, user: str = AMIRA) -> str:
    """A message that the worker posted and filled; returns its address."""
    result = await bot.platform.channel.post(bot.account(user), Message("Signpost", (Small("One moment."),)))
    assert isinstance(result, Sent)
    assert isinstance(await bot.platform.channel.fill(bot.account(user), result.address, message), Sent)
    return result.address


# --- dialogs ---------------------------------------------------------------------------------------------------------
async def test_errors_stand_at_their_field_and_every_input_is_filled_again(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = page(errors=(("notes", "Leave out the name."),))

    await teams.submit(AMIRA, {"notes": "Robin"})

    card = teams.card(AMIRA)
    read = words(card).split("\n")
    assert read.index("Leave out the name.") < read.index("Anything else?")
    assert read[0].startswith("In danger now? Call 999")
    assert fields(card)["seen_by"]["value"] == "b"
    assert fields(card)["notes"]["value"] == "begun"


@pytest.mark.parametrize("blank", [False, True], ids=["absent", "empty"])
async def test_a_field_that_nobody_touched_is_nothing(blank: bool, teams: TeamsStandIn, bot: Bot) -> None:
    teams.blank_fields = blank
    await open_form(teams)
    teams.fill(AMIRA, {"notes": None, "seen_by": None})
    await teams.submit(AMIRA)

    typed = bot.desk.last.fields
    assert not typed.get("harm_now")
    assert not typed.get("notes")
    assert not typed.get("seen_by")


async def test_back_and_recommend_now_bring_along_what_was_typed(teams: TeamsStandIn, bot: Bot) -> None:
    for intent in ("previous_page", "recommend_now"):
        bot.desk.screens[intent] = page()
        await open_form(teams)
        await teams.press(AMIRA, intent, answers={"harm_now": "yes", "notes": "typed"})

        assert bot.desk.last.name == intent
        assert bot.desk.last.fields["harm_now"] == "yes"
        assert bot.desk.last.fields["notes"] == "typed"
        assert bot.desk.last.subject == Subject.read(FIRST)


async def test_a_message_inside_a_dialog_is_shown_as_one(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = recommendation()

    await teams.submit(AMIRA)

    assert "Call the police." in words(teams.card(AMIRA))
    assert button(teams.card(AMIRA), "open_case") is not None


async def test_nothing_to_show_is_still_something_to_read(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = None

    await teams.submit(AMIRA)

    assert "That is done." in words(teams.card(AMIRA))


async def test_our_own_failure_is_a_dialog_that_says_999(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = replace(page(), parts=("no part",))  # type: ignore[arg-type]

    await teams.submit(AMIRA, {"notes": "kept by the client"})

    assert "999" in words(teams.card(AMIRA))
    assert "could not answer" in words(teams.card(AMIRA))


async def test_a_token_is_good_for_its_holder_alone(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    (stolen,) = (action["data"]["token"] for action in [button(teams.card(AMIRA), "next_page")] if action)
    await open_form(teams, PRIYA)

    await teams.submit(PRIYA, data={"intent": "next_page", "token": stolen, "notes": "mine"})

    intent = bot.desk.last
    assert (intent.subject, dict(intent.fields)) == (Subject(), {})
    assert intent.by == bot.account(PRIYA)
    assert bot.refused == ["token"]


async def test_a_changed_token_is_none(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    token = bot.seals.seal(FIRST, str(bot.account()))

    await teams.submit(AMIRA, data={"intent": "next_page", "token": token.replace("d1", "d2")})

    assert bot.desk.last.subject == Subject()


async def test_extra_fields_do_not_become_who_or_what(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    token = bot.seals.seal(FIRST, str(bot.account()))
    extra = {"by": "teams:x/y", "subject": CASE, "role": "lead", "surface": {"x": 1}, "known": ["x"]}

    await teams.submit(AMIRA, data={"intent": "next_page", "token": token, **extra})

    intent = bot.desk.last
    assert str(intent.by) == f"teams:{TENANT}/{AMIRA}"
    assert intent.subject == Subject.read(FIRST)
    assert set(intent.fields) == {"by", "subject", "role"}


async def test_redelivery_under_the_same_or_a_new_id_means_the_same(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    await teams.submit(AMIRA, {"harm_now": "no"})
    sent, first = teams.carrier.sent[-1], bot.desk.last

    for new_id in (False, True):
        reply = await teams.redeliver(sent, new_id=new_id)

        assert reply.status == 200
        assert bot.desk.last == first


# --- the message extension -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("where", [GROUP_CHAT, ONE_TO_ONE, LEADS])
@pytest.mark.parametrize("context", ["compose", "commandBox"])
async def test_the_message_extension_opens_the_form_and_leaves_the_chat_alone(
    where: str, context: str, teams: TeamsStandIn, bot: Bot
) -> None:
    teams.person(AMIRA).has_app = where != LEADS
    teams.world.teams["team-northside"].channels[LEADS].members.append(AMIRA)

    await teams.compose(AMIRA, where=where, context=context)
    await teams.submit(AMIRA, {"harm_now": "no"})

    assert bot.desk.names() == ["start_report", "next_page"]
    assert [intent.surface for intent in bot.desk.intents] == [Surface.COMMAND, Surface.FORM]
    assert all(intent.known.standing.member for intent in bot.desk.intents)
    assert "Step 2 of 2" in words(teams.card(AMIRA))
    held = bot.addresses.held.get(bot.account())
    assert held is None or held.conversation != where
    await bot.platform.channel.post(bot.account(), recommendation())
    assert [message.conversation for message in teams.world.messages if message.conversation == where] == []


async def test_who_has_no_app_is_told_how_to_add_it(teams: TeamsStandIn, bot: Bot) -> None:
    teams.person(AMIRA).has_app = False
    teams.world.teams["team-northside"].channels[LEADS].members.append(AMIRA)

    await teams.compose(AMIRA, where=LEADS)

    assert "choose Add" in words(teams.card(AMIRA))
    await teams.install(AMIRA)
    await teams.compose(AMIRA, where=LEADS)
    assert "choose Add" not in words(teams.card(AMIRA))
    assert bot.desk.names() == ["start_report", "show_home", "start_report"]


async def test_a_message_that_is_handed_over_is_dropped_unread(teams: TeamsStandIn, bot: Bot) -> None:
    payload = {"body": {"content": "ZEBRA"}, "attachments": [{"contentUrl": f"{teams.base_url}/picture"}]}

    await teams.compose(AMIRA, payload=payload)

    assert (bot.desk.last.name, bot.desk.last.extra_text, bot.desk.last.has_file) == ("start_report", True, True)
    assert "ZEBRA" not in repr(bot.desk.last)
    assert not [call for call in teams.calls if call.path == "/picture"]


async def test_another_command_of_the_extension_gets_something_to_read(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.compose(AMIRA, "from_another_version")

    assert "no longer works" in words(teams.card(AMIRA))
    assert bot.desk.intents == []


# --- buttons on messages ---------------------------------------------------------------------------------------------
async def test_a_button_that_answers_in_place_changes_the_message_for_everybody(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    address = await posted(bot, recommendation("Hold the meeting."))

    await teams.press(AMIRA, "ask_escalation")

    intent = bot.desk.last
    assert (intent.name, intent.surface, intent.subject) == ("ask_escalation", Surface.MESSAGE, Subject.read(CASE))
    held = next(message for message in teams.messages(AMIRA) if address.endswith(message.id))
    await teams.until(lambda: "Asked." in words(held.card))
    assert "Hold the meeting." not in words(held.shown_to(AMIRA))


async def test_what_is_cleared_leaves_the_message_itself_even_if_teams_is_slow(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    address = await posted(bot, recommendation("Hold the meeting."))
    bot.desk.screens["clear_from_chat"] = Message("SP-7K4M-2Q: changed.", (Small("Cleared from chat."),))
    teams.faults.refuse("update", 429, retry_after="0")
    teams.faults.refuse("update", 502)

    await teams.press(AMIRA, "clear_from_chat")

    held = next(message for message in teams.messages(AMIRA) if address.endswith(message.id))
    assert words(held.shown_to(AMIRA)) == "Cleared from chat."
    await teams.until(lambda: words(held.card) == "Cleared from chat.")
    assert "meeting" not in str(held.activity)


async def test_a_form_in_answer_to_such_a_button_does_not_overwrite_the_message(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation("Hold the meeting."))
    del bot.desk.screens["ask_escalation"]

    await teams.press(AMIRA, "ask_escalation")

    (*_, held) = teams.messages(AMIRA)
    assert "not yours" in words(held.shown_to(AMIRA))
    await bot.platform.stop()
    assert "Hold the meeting." in words(held.card)


async def test_open_opens_a_dialog_from_a_message(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())

    await teams.press(AMIRA, "open_case")

    assert (bot.desk.last.name, bot.desk.last.surface) == ("open_case", Surface.MESSAGE)
    assert teams.dialog(AMIRA) is not None


async def test_a_press_by_somebody_who_left_is_asked_about_anew(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())
    await teams.press(AMIRA, "open_case")
    assert bot.desk.last.known.standing.member

    teams.person(AMIRA).is_guest = True
    await teams.press(AMIRA, "open_case", place="message")

    assert bot.desk.last.known.standing.why_not == "guest"


async def test_a_client_without_dialogs_is_answered_in_the_chat(teams: TeamsStandIn, bot: Bot) -> None:
    """Such a client sends the button as a message that holds its data."""
    await teams.message(AMIRA, "report")
    token = bot.seals.seal(CASE, str(bot.account()))

    await teams.message(AMIRA, "", value={"intent": "open_case", "token": token}, attachments=())

    assert bot.desk.last.subject == Subject.read(CASE)
    assert "Step 1 of 2" in words(teams.messages(AMIRA)[-1].card)


# --- words -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("report", "show_home"),
        ("HELP", "show_help"),
        (" cases ", "list_cases"),
        ("admin", "show_admin"),
        ("practise", "show_practise"),
        ("<at>Signpost</at> help", "show_help"),
    ],
)
async def test_each_word_is_answered_by_a_card_in_the_personal_chat(
    word: str, name: str, teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, word)

    assert bot.desk.names() == [name]
    assert bot.desk.last.surface is Surface.COMMAND
    assert "999" in words(teams.messages(AMIRA)[-1].card)


async def test_the_same_word_delivered_twice_is_answered_once(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await teams.redeliver(teams.carrier.sent[-1])

    assert len(teams.messages(AMIRA)) == 1
    assert bot.desk.names() == ["show_home"]


async def test_an_answer_waits_a_little_for_teams(teams: TeamsStandIn, bot: Bot) -> None:
    teams.faults.refuse("post", 429, retry_after="0")
    teams.faults.refuse("post", 412)

    await teams.message(AMIRA, "report")

    assert len(teams.messages(AMIRA)) == 1
    assert bot.desk.names() == ["show_home"]


async def test_a_word_in_a_channel_is_answered_in_private(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report", where=LEADS)

    assert bot.desk.names() == ["refuse_message"]
    assert teams.in_channel(LEADS) == []


async def test_the_app_in_a_team_says_nothing_there(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.send_activity({**teams.activity(AMIRA, "installationUpdate", where=LEADS), "action": "add"})

    assert bot.desk.intents == []
    assert teams.in_channel(LEADS) == []


async def test_being_removed_is_no_reason_to_write(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.install(AMIRA)
    count = len(teams.calls_of("post"))
    await teams.install(AMIRA, action="remove")

    assert len(teams.calls_of("post")) == count
    assert bot.desk.names() == ["show_home"]


async def test_the_newest_service_url_is_kept(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.service_url = f"{teams.base_url}/uk/"
    await teams.message(AMIRA, "help")

    reference = await bot.addresses.of(bot.account())
    assert reference is not None
    assert reference.service_url.endswith("/uk/")
    await bot.platform.channel.post(bot.account(), recommendation())
    assert teams.calls_of("post")[-1].path.startswith("/uk/v3/")


async def test_a_store_that_is_away_does_not_keep_anybody_waiting(
    teams: TeamsStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(bot.addresses, "remember", away)
    monkeypatch.setattr(bot.addresses, "of", away)

    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")

    assert "Step 1 of 2" in words(teams.card(AMIRA))


async def test_entra_being_away_does_not_keep_a_dialog_away(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.platform._tokens.drop()
    teams.faults.refuse("token", 503, times=9)

    await teams.submit(AMIRA, {"harm_now": "no"})

    assert bot.desk.last.name == "next_page"
    assert "Step 2 of 2" in words(teams.card(AMIRA))


async def test_the_stand_in_itself_refuses_what_a_person_could_not_do(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    for answers in ({"harm_now": "perhaps"}, {"nothing": "x"}):
        with pytest.raises(NotPossibleError):
            await teams.submit(AMIRA, answers)
    with pytest.raises(NotPossibleError):
        await teams.press(AMIRA, "confirm_refer")
    assert bot.desk.names() == ["show_home", "start_report"]
