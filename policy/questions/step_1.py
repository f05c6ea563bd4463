"""Step 1 asks whether the child is safe and who is involved."""

from __future__ import annotations

from policy.condition import NOT_KNOWN, all_of
from policy.fact import NO_YES, YES_NO, Answer, Fact

harm_now = Fact(
    id="harm_now",
    question="Is anyone in danger, or at risk of suicide or self-harm, because of this?",
    help=(
        "In danger now: ring 999 first. That includes talk of suicide with no adult beside the child, and "
        "violence at home if this gets out. Not sure it is because of this? Count it."
    ),
    answers=(
        Answer("no", "No, we have checked"),
        Answer("at_risk", "At risk, but safe with an adult at this moment"),
        Answer("in_danger_now", "Yes, in danger right now, or at risk and alone"),
        Answer("not_known", "Not known"),
    ),
    step=1,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "at_risk", "in_danger_now"),
    why="Criterion. UKCIS-2024 §2 'Initial review meeting'; UKCCIS-2016 'Initial review meeting'",
)

what_was_shared = Fact(
    id="what_was_shared",
    question="What was made or shared?",
    help=(
        "Go by what you were told. Do not look. Video, live streams, AI and edited pictures count. So does "
        "one that somebody claims to have. Semi-nude: for example topless, or posing in underwear."
    ),
    answers=(
        Answer("image_under_18", "A nude or semi-nude image of someone under 18, or who may be"),
        Answer("text_only", "Sexual messages, or a request for a picture, but no image"),
        Answer("adult_image", "Pornography or an image of an adult, seen or sent by under-18s"),
        Answer("all_adults", "An image of an adult, and everyone involved is 18 or over"),
        Answer("not_known", "Not known"),
    ),
    step=1,
    bears_on_outcome=True,
    least_to_most=("all_adults", "adult_image", "text_only", "image_under_18", "not_known"),
    why=(
        "Scope. UKCIS-2024 'What this advice covers' and 'Definition'; UKCCIS-2016; WALES Hwb 'What this advice covers'"
    ),
)

IMAGE = what_was_shared.is_in("image_under_18", NOT_KNOWN)
NOT_ALL_ADULTS = what_was_shared.is_in("image_under_18", "text_only", "adult_image", NOT_KNOWN)

age_depicted = Fact(
    id="age_depicted",
    question="How old is the youngest person in the image?",
    help=(
        "A school year is enough. Year 7 or below: 'Under 13'. Year 8: 'Not known', unless you know the "
        "birthday. Years 9 to 11: '13 to 15', unless you know they are 16. Years 12 and 13: '16 or 17'."
    ),
    answers=(
        Answer("16_to_17", "16 or 17"),
        Answer("13_to_15", "13 to 15"),
        Answer("under_13", "Under 13"),
        Answer("not_known", "Not known"),
    ),
    step=1,
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("16_to_17", "13_to_15", "not_known", "under_13"),
    why="Criterion (with content). UKCIS-2024 §2 'Initial review meeting'; UKCCIS-2016 'Initial review meeting'",
)

adult_involved = Fact(
    id="adult_involved",
    question="Is anyone aged 18 or over involved?",
    help=(
        "Who asked for, made, got, kept, sold, sent on or threatened to share it. An 18-year-old pupil, a "
        "partner and family count. Staff or parents who found it or help do not. Online, age unchecked: 'Not "
        "known'."
    ),
    answers=YES_NO,
    step=1,
    asked=NOT_ALL_ADULTS,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why=(
        "Criterion. UKCIS-2024 §2 'Initial review meeting'; UKCCIS-2016 'Initial review meeting'; overview "
        "page (adults)"
    ),
)

adult_role = Fact(
    id="adult_role",
    question="If an adult is or may be involved: who?",
    help=(
        "No names here. Leads see this form. If it may be a lead, leave that lead out on the last page, or "
        "stop and tell the head. If it may be the head, tell the chair of governors or the council's LADO."
    ),
    answers=(
        Answer("staff_or_trust", "Staff, a volunteer, a coach or someone in a position of trust"),
        Answer("known_adult", "Someone else the child knows (family, partner, older pupil)"),
        Answer("online_adult", "Someone met online"),
        Answer("not_known", "Not known"),
    ),
    step=1,
    asked=all_of(NOT_ALL_ADULTS, adult_involved.is_in("yes", NOT_KNOWN)),
    bears_on_outcome=False,
    why="Actions only: LADO, CEOP. KCSIE Part four",
)

relationship = Fact(
    id="relationship",
    question="How do the people at the centre of this know each other?",
    help=(
        "Think of who is shown, who made or asked for it, and who got it first; not of everyone it reached. "
        "If several answers fit, choose the lower one."
    ),
    answers=(
        Answer("nobody_else", "It was not sent to anyone"),
        Answer("partners", "They are in a relationship"),
        Answer("friends_or_peers", "Friends, or young people whom they or their friends know in person"),
        Answer("former_partners", "They were in a relationship"),
        Answer("online_only", "Known only online: nobody has met them in person"),
        Answer("not_known", "Not known"),
    ),
    step=1,
    asked=IMAGE,
    bears_on_outcome=True,
    least_to_most=("nobody_else", "partners", "friends_or_peers", "former_partners", "not_known", "online_only"),
    why=(
        "England 2024: criterion if known only online (adult posing as a child), UKCIS-2024 §2 'Initial "
        "review meeting'; otherwise risk factor"
    ),
)

coercion = Fact(
    id="coercion",
    question="Is there reason to believe anyone was pressured, tricked, threatened, blackmailed or groomed?",
    help=(
        "Into making or sending it, sending more, or keeping quiet. Being asked until they gave in counts. "
        "So does a stranger online who asks a child for pictures. You do not need proof."
    ),
    answers=NO_YES,
    step=1,
    asked=NOT_ALL_ADULTS,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Criterion. UKCIS-2024 §2 'Initial review meeting'; UKCCIS-2016 'Initial review meeting'",
)

capacity_concern = Fact(
    id="capacity_concern",
    question="Is there any worry that a child could not understand or freely agree?",
    help=(
        "For example a learning disability or other special need, drink or drugs, or being asleep. A special "
        "need by itself is not a 'Yes': could this child understand and say no? In doubt: 'Not known'."
    ),
    answers=NO_YES,
    step=1,
    asked=NOT_ALL_ADULTS,
    bears_on_outcome=True,
    least_to_most=("no", "not_known", "yes"),
    why="Criterion. UKCIS-2024 §2 'Initial review meeting'; UKCCIS-2016 'Initial review meeting'",
)
