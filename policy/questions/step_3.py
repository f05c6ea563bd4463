"""Step 3: what a lead asks at the review. Staff answer what they already know."""

from __future__ import annotations

from policy.fact import NO_YES, Answer, Fact
from policy.questions.step_1 import IMAGE, NOT_ALL_ADULTS

age_others = Fact(
    id="age_others",
    question="How old is the youngest other child involved?",
    help=(
        "A child who asked for it, made it, sent it on or got it first; not those shown in it. School years "
        "as on page 1."
    ),
    answers=(
        Answer("nobody_else", "No other child is involved"),
        Answer("16_to_17", "16 or 17"),
        Answer("13_to_15", "13 to 15"),
        Answer("under_13", "Under 13"),
        Answer("not_known", "Not known"),
    ),
    step=3,
    asked_of="lead",
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("nobody_else", "16_to_17", "13_to_15", "not_known", "under_13"),
    why="Risk factor. UKCIS-2024 Annex A (ages of those involved); UKCCIS-2016 risk questions",
)

age_or_power_gap = Fact(
    id="age_or_power_gap",
    question="Is there a clear gap in age, maturity or power between them?",
    help=(
        "As a guide: two school years or more; a special need on one side; someone popular with someone "
        "alone; a debt or gang tie."
    ),
    answers=NO_YES,
    step=3,
    asked_of="lead",
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Risk factor. UKCIS-2024 'Assessing behaviour', Annex A; UKCCIS-2016 risk questions",
)

intent_to_harm = Fact(
    id="intent_to_harm",
    question="Did anyone mean to hurt, humiliate, bully or get even?",
    help="A 'joke' at a child's cost counts.",
    answers=NO_YES,
    step=3,
    asked_of="lead",
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Risk factor; police aggravating feature. UKCIS-2024 'Defining the incident'; LETTER-2017 (malicious intent)",
)

profit_motive = Fact(
    id="profit_motive",
    question="Did anyone get or expect something for it: money, gifts, followers, favours?",
    help=(
        "The child, another child or an adult. Game credits, vapes and drugs count. Likes or attention by "
        "themselves do not."
    ),
    answers=NO_YES,
    step=3,
    asked_of="lead",
    asked=NOT_ALL_ADULTS,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why=(
        "Criterion by the police's own note. COP-CURRENT 'Deciding on an appropriate response to offences'; LETTER-2017"
    ),
)

repeat_behaviour = Fact(
    id="repeat_behaviour",
    question="Has something like this happened before with any of them?",
    help="Making, asking for or sharing such images. If a child was harmed before, answer the next question too.",
    answers=NO_YES,
    step=3,
    asked_of="lead",
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Risk factor; police aggravating feature. LETTER-2017 (persistent behaviour)",
)

vulnerability = Fact(
    id="vulnerability",
    question="Is any child involved especially vulnerable?",
    help=(
        "In care. On a child protection or child in need plan. Harmed or exploited before. SEND. Poor mental "
        "health. Going missing. A young carer."
    ),
    answers=NO_YES,
    step=3,
    asked_of="lead",
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Risk factor. UKCIS-2024 Annex A; UKCCIS-2016 risk questions; KCSIE Part two",
)

other_setting_involved = Fact(
    id="other_setting_involved",
    question="Is a child from another school, college or club involved?",
    answers=NO_YES,
    step=3,
    asked_of="lead",
    asked=NOT_ALL_ADULTS,
    bears_on_outcome=False,
    why="Actions only. UKCIS-2024 §2 'Initial review meeting'",
)

parents_informed = Fact(
    id="parents_informed",
    question="Have parents or carers been told?",
    help="The lead decides who tells them, and when.",
    answers=(
        Answer("yes", "Yes"),
        Answer("not_yet", "Not yet"),
        Answer("unsafe_to_tell", "Not told: it may put a child at risk"),
        Answer("not_known", "Not known"),
    ),
    step=3,
    asked_of="lead",
    asked=NOT_ALL_ADULTS,
    bears_on_outcome=False,
    why="Actions and record only. UKCIS-2024 §2 'Informing parents and carers'",
)
