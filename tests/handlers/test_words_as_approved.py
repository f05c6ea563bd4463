"""What a lead approved goes out in the words that they were shown, whatever the program says by then."""

from __future__ import annotations

from dataclasses import replace

from handlers.contacts import BY_HAND_POLICE
from handlers.referring.kept_words import as_kept, to_keep
from handlers.referring.referral import referral, round_of, sent_by
from handlers.screens import Bullets, Caution, Heading, Line, Paragraph, Part, Rows, Small
from tests.handlers.deciding import ROOM, acknowledges, raised, referring, the_case
from tests.handlers.memory import MemoryWork
from tests.handlers.person import text_of

OLDER = "Safeguarding note, as an older release called it"


def approved(work: MemoryWork, contact: str = "police") -> None:
    """A lead approves a message; before it goes out, the program is another one."""
    raised(work)
    referring(work).answers({"contact": (contact,)}).presses("confirm_refer")
    case = the_case(work)
    (decision,) = case.decisions
    words = tuple((one, (("heading", OLDER), *parts[1:])) for one, parts in decision.words)
    work.cases[case.id] = replace(case, decisions=(replace(decision, words=words),))
    work.passes(0)


def test_a_message_that_waited_over_an_upgrade_goes_out_and_is_drawn_again_as_it_was_approved(
    work: MemoryWork,
) -> None:
    approved(work)
    (message,) = work.at(ROOM)
    assert OLDER in text_of(message)
    assert "Safeguarding notice" not in text_of(message)
    assert OLDER in text_of(acknowledges(work, message))


def test_so_is_the_text_for_a_form(work: MemoryWork) -> None:
    approved(work, BY_HAND_POLICE)
    (words,) = [text_of(message) for one, message in work.arrived if one.kind == "by_hand"]
    assert OLDER in words.partition("Text for a form")[2]


def test_what_an_earlier_release_decided_kept_no_words_and_is_drawn_as_it_is_worded_today(work: MemoryWork) -> None:
    raised(work)
    referring(work).presses("confirm_refer")
    case = the_case(work)
    work.cases[case.id] = replace(case, decisions=(replace(case.decisions[0], words=()),))
    work.passes(0)
    assert f"Safeguarding notice {case.reference}" in text_of(work.at(ROOM)[-1])


def test_the_words_are_kept_for_each_contact_to_the_letter(work: MemoryWork) -> None:
    raised(work)
    referring(work).answers({"contact": ("police", "care")}).presses("confirm_refer")
    case, (site,) = the_case(work), work.directory.sites
    (decision,) = case.decisions
    assert [one for one, _ in decision.words] == ["police", "care"]
    for contact, kept in decision.words:
        drawn = referral(case, case.latest, sent_by(decision), round_of(case, decision, contact, site))
        assert as_kept(kept) == drawn


def test_every_part_that_a_message_may_have_comes_back_as_it_was() -> None:
    parts: list[Part] = [
        Heading("A"), Caution("B"), Paragraph(""), Small("C"), Rows((("d", "e"), ("f", ""))), Rows(()),
        Bullets((Line("g"), Line("h", "i"))), Bullets(()),
    ]  # fmt: skip
    assert as_kept(to_keep(parts)) == parts
