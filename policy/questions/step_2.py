"""Step 2: what happened."""

from __future__ import annotations

from policy.condition import NOT_KNOWN, all_of
from policy.fact import NO_YES, YES_NO, Answer, Fact
from policy.questions.step_1 import IMAGE, NOT_ALL_ADULTS, coercion

extortion_demand = Fact(
    id="extortion_demand",
    question="Has anyone demanded money, gift cards, more images or a favour to keep it private?",
    help="If yes, tell the child: do not pay, do not send more, keep the messages.",
    answers=NO_YES,
    step=2,
    asked=all_of(NOT_ALL_ADULTS, coercion.is_in("yes", NOT_KNOWN)),
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Part of the coercion criterion; actions. NCA-FMSE-2024",
)

content_shown = Fact(
    id="content_shown",
    question="From what you have been told, what does it show?",
    help="Never look, and never ask the child, to answer this. 'Not known' is a good answer.",
    answers=(
        Answer("nudity_only", "Nudity or part-nudity, no sexual act"),
        Answer("sexual_acts", "A sexual act, alone or with others"),
        Answer("unusual_or_violent", "A sexual act unusual for their age or stage, or anything violent"),
        Answer("not_known", "Not known"),
    ),
    step=2,
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("nudity_only", "not_known", "sexual_acts", "unusual_or_violent"),
    why="Criteria. UKCIS-2024 §2 'Initial review meeting'; UKCCIS-2016 'Initial review meeting'",
)

agreed = Fact(
    id="agreed",
    question="Did everyone agree: to it being made, to it being shared, and to getting it?",
    help=(
        "'No' if anyone was filmed or faked without knowing. 'No' if it was passed on without agreement, or "
        "if someone got it unasked. Agreeing under pressure is not agreeing."
    ),
    answers=(
        Answer("yes", "Yes, everyone"),
        Answer("no", "No, not everyone"),
        Answer("not_known", "Not known"),
    ),
    step=2,
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("yes", "not_known", "no"),
    why=(
        "Risk factor. UKCIS-2024 'Defining the incident' (aggravated/experimental), 'Non-consensual image "
        "sharing'; WF-2011"
    ),
)

spread = Fact(
    id="spread",
    question="How far has it gone?",
    help="As far as you know now. Do not ask around.",
    answers=(
        Answer("not_shared", "Not sent to anyone"),
        Answer("intended_only", "To those it was meant for, and no further"),
        Answer("shared_on", "Sent or shown to others"),
        Answer("wide_or_public", "Widely shared, or online for others to see"),
        Answer("not_known", "Not known"),
    ),
    step=2,
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("not_shared", "intended_only", "not_known", "shared_on", "wide_or_public"),
    why=(
        "Risk factor; police aggravating feature if inappropriate or extensive. UKCIS-2024 §2 'Initial "
        "review meeting'; LETTER-2017"
    ),
)

image_location = Fact(
    id="image_location",
    question="Where is it now, as far as you know?",
    help="Choose all that apply. Never put in a link or a file.",
    answers=(
        Answer("device_in_school", "On a device that is in school now"),
        Answer("device_elsewhere", "On a device elsewhere"),
        Answer("private_chat", "In a private chat or group"),
        Answer("online_public", "Online, where others can find it"),
        Answer("deleted", "Said to be deleted"),
    ),
    several=True,
    step=2,
    asked=IMAGE,
    bears_on_outcome=False,
    why="Actions only: devices, Report Remove",
)

ai_generated = Fact(
    id="ai_generated",
    question="Was it made or changed with AI or editing?",
    help=(
        "A made-up nude of a real child counts. If it looks real, the law treats it like a photograph. "
        "Filters or stickers on a real picture do not count."
    ),
    answers=NO_YES,
    step=2,
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why=(
        "Risk factor (England 2024, Wales); not in the 2016 edition. UKCIS-2024 'Definition' and 'The law'; "
        "KCSIE-2026 para 165; NCA-IWF-AI-2025"
    ),
)

staff_viewed = Fact(
    id="staff_viewed",
    question="Has any member of staff seen or copied it?",
    help="You included. Seeing it by accident is nobody's fault. Writing it down protects you and the child.",
    answers=(
        Answer("no", "No"),
        Answer("seen_by_accident", "Seen by accident or shown unasked"),
        Answer("viewed_or_copied", "Looked at on purpose, copied, printed, sent or saved"),
        Answer("not_known", "Not known"),
    ),
    step=2,
    asked=IMAGE,
    bears_on_outcome=False,
    why="Actions only. UKCIS-2024 §2 'viewing'; overview page",
)

dsl_informed = Fact(
    id="dsl_informed",
    question="Has the DSL or a deputy been told, by phone or in person?",
    help="This form does not replace telling them. Ring them or go to them.",
    answers=YES_NO,
    step=2,
    bears_on_outcome=False,
    why="Actions only. UKCIS-2024-OVERVIEW",
)
