"""Answers that do not go together. They are pointed out; they block nothing and never move the outcome."""

from policy.condition import all_of, any_of
from policy.questions import (
    adult_involved,
    age_depicted,
    agreed,
    ai_generated,
    capacity_concern,
    coercion,
    extortion_demand,
    image_location,
    relationship,
    spread,
)
from policy.rules import SentenceRule

CONTRADICTIONS = (
    SentenceRule(
        "c_agreed_pressure",
        "Agreement under pressure, or without understanding, is not agreement. Look at that answer again.",
        all_of(
            agreed.is_in("yes"),
            any_of(coercion.is_in("yes"), extortion_demand.is_in("yes"), capacity_concern.is_in("yes")),
        ),
    ),
    SentenceRule(
        "c_agreed_under_13",
        "A child under 13 cannot give consent to sexual activity in law.",
        all_of(agreed.is_in("yes"), age_depicted.is_in("under_13")),
    ),
    SentenceRule(
        "c_nobody_else",
        "You said that it was not sent to anyone, and that others have it.",
        all_of(
            relationship.is_in("nobody_else"),
            spread.is_in("intended_only", "shared_on", "wide_or_public"),
        ),
    ),
    SentenceRule(
        "c_not_shared",
        "You said that it was not sent, and that it is in a chat or online.",
        all_of(spread.is_in("not_shared"), image_location.is_in("online_public", "private_chat")),
    ),
    SentenceRule(
        "c_online_no_adult",
        "How is the age of the person online known? Adults pose as children.",
        all_of(relationship.is_in("online_only"), adult_involved.is_in("no")),
    ),
    SentenceRule(
        "c_ai_agreed",
        "Did the child shown know of the made-up image?",
        all_of(ai_generated.is_in("yes"), agreed.is_in("yes")),
    ),
    SentenceRule(
        "c_deleted",
        "Said to be deleted, and also elsewhere: record both.",
        all_of(
            image_location.is_in("deleted"),
            image_location.is_in("device_in_school", "device_elsewhere", "private_chat", "online_public"),
        ),
    ),
)
