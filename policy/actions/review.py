"""What the lead does at the review, and with devices and copies."""

from policy.condition import NOT_KNOWN, all_of, any_of
from policy.headings import ANNEX_A, DELETION, DEVICES, INITIAL_REVIEW, THE_LAW, VIEWING
from policy.questions import image_location, spread, staff_viewed
from policy.questions.step_1 import IMAGE
from policy.rules import ActionRule, met, outcome
from policy.sources import (
    IWF,
    POSH,
    READ,
    REPORT_REMOVE,
    REPORTED,
    SSC,
    UKCCIS_2016_OVERVIEW,
    UKCIS_2024,
    UKCIS_2024_OVERVIEW,
    UNVERIFIED,
)

REVIEW = (
    ActionRule(
        id="initial_review",
        text=(
            "The DSL holds the initial review meeting, with whoever heard it and a senior leader. Settle: is "
            "a child at immediate risk; refer or not; what must be found out; how widely it went, on which "
            "services; what must be taken down; facts that bear on risk; another setting; parents."
        ),
        when=outcome("dsl_review", "refer_now", "emergency"),
        cite=(UKCIS_2024.at(INITIAL_REVIEW, mark=UNVERIFIED),),
    ),
    ActionRule(
        id="find_out",
        text=(
            "The DSL finds out first: {ask_next} Staff do not ask the child. If you cannot find out today, "
            "ask children's social care or the police for advice, as if it were so."
        ),
        when=met("not_enough_known"),
        cite=(),
    ),
    ActionRule(
        id="risk_assess",
        text="The DSL assesses the risk with the questions of the guidance's annex, and records it.",
        when=outcome("dsl_review", "manage_in_school"),
        cite=(UKCIS_2024.at(ANNEX_A, mark=UNVERIFIED),),
    ),
    ActionRule(
        id="viewing_rule",
        text=(
            "If words are enough, nobody looks. Looking is for the DSL, and when there is no other way to "
            "keep a child safe. Agree it with the head first. Once, on the premises, another member of staff "
            "in the room, no copy. Record who, when, why."
        ),
        when=IMAGE,
        cite=(
            UKCIS_2024_OVERVIEW.at("exceptional circumstances, DSL only", mark=READ),
            UKCIS_2024.at(VIEWING, mark=UNVERIFIED),
        ),
        collapsed=True,
    ),
    ActionRule(
        id="device_hold",
        text=(
            "If the device is in school, staff may take it under the behaviour policy and give it to the "
            "DSL. Nobody looks at it or through it. It is switched off and locked away until it is settled "
            "whether the police want it. See that the child can still reach home."
        ),
        when=image_location.is_in("device_in_school"),
        cite=(
            SSC.at("staff confiscate, avoid looking, refer to the DSL", mark=REPORTED),
            UKCIS_2024.at(DEVICES, mark=UNVERIFIED),
        ),
        for_raiser=True,
    ),
    ActionRule(
        id="staff_saw",
        text=(
            "Write down who saw it, how, and when. Nobody is blamed for seeing it by accident. The DSL offers support."
        ),
        when=staff_viewed.is_in("seen_by_accident"),
        cite=(UKCCIS_2016_OVERVIEW.at(mark=REPORTED), UKCIS_2024.at(VIEWING, mark=UNVERIFIED)),
        for_raiser=True,
    ),
    ActionRule(
        id="staff_copied",
        text=(
            "Do not look again, do not pass it on, and do not delete it yet. Tell the head and the DSL now, "
            "and ask the police today what to do with it. Holding a copy can be an offence; saying so at "
            "once is the right thing."
        ),
        when=staff_viewed.is_in("viewed_or_copied"),
        cite=(UKCIS_2024.at(THE_LAW, "1.7(a)", mark=UNVERIFIED),),
        for_raiser=True,
    ),
    ActionRule(
        id="report_remove",
        text=(
            "Help the child to use Report Remove (under 18, free, confidential; Childline and IWF). The "
            "child reports, not the school; the school never uploads. It cannot reach private chats or "
            "phones. Do it before the child deletes the image: they need it to report."
        ),
        when=all_of(
            IMAGE,
            any_of(spread.is_in("shared_on", "wide_or_public", NOT_KNOWN), image_location.is_in("online_public")),
        ),
        cite=(REPORT_REMOVE.at(mark=READ),),
    ),
    ActionRule(
        id="report_platform",
        text=(
            "Report to the platform, or ask POSH to help. Report public web addresses to the IWF. Never send the image."
        ),
        when=any_of(image_location.is_in("online_public"), spread.is_in("wide_or_public")),
        cite=(POSH.at(mark=READ), IWF.at(mark=READ)),
    ),
    ActionRule(
        id="delete_when_clear",
        text=(
            "First: the police are not to be told, or they agree, and Report Remove is done if it is wanted. "
            "Then ask the young people to delete it from devices, accounts and backups. They confirm it, "
            "with a parent where that is safe. Record the time. Staff do not search for or delete it "
            "themselves."
        ),
        when=outcome("manage_in_school"),
        cite=(UKCIS_2024.at(DELETION, mark=UNVERIFIED),),
    ),
)
