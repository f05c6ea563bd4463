"""SR-15 where a site shows little in chat: a receipt names nothing, and still says that nobody's approval is needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.handlers.deciding import DETERS, a_work, opened, raised, referring
from tests.handlers.memory import TEACHER, MemoryWork
from tests.handlers.person import text_of

NEWS = "There is news that you should read now."


def nobody_opens(work: MemoryWork) -> None:
    work.passes(60)


def nobody_decides(work: MemoryWork) -> None:
    opened(work)
    work.passes(60 * 5)


def declined(work: MemoryWork) -> None:
    opened(work).presses("do_not_refer")
    person = opened(work)
    person.presses("do_not_refer")
    person.answers({"reason": "We rang the police ourselves."}).presses("confirm_do_not_refer")
    work.passes()


def not_acknowledged(work: MemoryWork) -> None:
    referring(work).presses("confirm_refer")
    work.passes(40)


def raised_alone(work: MemoryWork) -> None:
    work.passes()


@pytest.mark.parametrize("becomes", [raised_alone, nobody_opens, nobody_decides, declined, not_acknowledged])
def test_each_receipt_of_the_raiser_says_that_they_may_report_it_themselves(
    becomes: Callable[[MemoryWork], None],
) -> None:
    work = a_work(chat_detail="receipt")
    raised(work)
    before = len(work.at(TEACHER))
    becomes(work)

    for message in work.at(TEACHER):
        said = text_of(message)
        assert "You need nobody's approval to report it yourself. In danger now: call 999." in said
        assert not DETERS.search(said)
        assert not any(word in said for word in ("Refer", "refer", "police", "decided"))
    new = [text_of(message) for message in work.at(TEACHER)[before:]]
    assert becomes is raised_alone or any(NEWS in said for said in new), "time that is up is no secret from them"
