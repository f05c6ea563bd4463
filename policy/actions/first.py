"""What to do and not to do first."""

from policy.condition import ALWAYS, NOT_KNOWN, any_of
from policy.headings import DELETION, SOCIAL_CARE
from policy.outcome import Agency
from policy.questions import adult_role, dsl_informed, extortion_demand, harm_now, relationship, what_was_shared
from policy.questions.step_1 import IMAGE
from policy.rules import ActionRule, agency, met, outcome
from policy.sources import (
    CEOP,
    KCSIE,
    LETTER_2017,
    NCA_FMSE_2024,
    NHS_111,
    READ,
    REPORTED,
    RPH,
    UKCCIS_2016_OVERVIEW,
    UKCIS_2024,
    UKCIS_2024_OVERVIEW,
    UNVERIFIED,
)

_REFER_POLICE = (
    "The DSL rings the police; you do, if no lead can be reached. 101, or 999 if someone is in danger, or the force's "
    "online form. Say that you report for a school{say}. Give the ages, and who is at risk. Names go by phone or that "
    "form, never through Signpost. Write down the log number."
)
# What it is about, where that is not known to be a nude image of a child.
_SAY_TO_POLICE = {
    "text_only": " about sexual messages that involve a child; no image is known of",
    "adult_image": " about pornography or an image of an adult, seen or sent by under-18s",
    "all_adults": " about a nude image of an adult",
    NOT_KNOWN: '; it may be about a "nude image of a child"',
}

FIRST = (
    ActionRule(
        id="call_999",
        text="Call 999 now. Stay with the child, or on the phone with them. The form can wait.",
        when=outcome("emergency"),
        cite=(
            KCSIE.at("immediate danger: referral and police at once", mark=REPORTED),
            NCA_FMSE_2024.at("999 if at immediate risk", mark=REPORTED),
        ),
        for_raiser=True,
    ),
    ActionRule(
        id="check_child_first",
        text=(
            "Make sure that the child is safe: be with them or on the phone, and get someone they trust to "
            "them. If you think that they may be in danger and nobody can reach them, call 999. If you do "
            "not know which child it is, tell the DSL now."
        ),
        when=harm_now.is_in(NOT_KNOWN),
        cite=(),
        for_raiser=True,
    ),
    ActionRule(
        id="crisis_help",
        text=(
            "Do not leave the child alone. Get a parent or carer to them, unless home is not safe. Get help "
            "now: A&E, or the NHS mental health crisis line (111, option 2). The DSL also tells the CAMHS "
            "crisis team."
        ),
        when=harm_now.is_in("at_risk", "in_danger_now"),
        cite=(NHS_111.at(mark=UNVERIFIED),),
        for_raiser=True,
    ),
    ActionRule(
        id="do_not_view",
        text=(
            "Do not look at, copy, print, share, store or save the image, not even to check. Do not ask a "
            "child to show, send or download it."
        ),
        when=IMAGE,
        cite=(UKCIS_2024_OVERVIEW.at(mark=READ),),
        for_raiser=True,
        box=True,
    ),
    ActionRule(
        id="do_not_delete",
        text="Do not delete it, and do not ask the child to delete it yet. The DSL says when.",
        when=IMAGE,
        cite=(UKCCIS_2016_OVERVIEW.at(mark=REPORTED), UKCIS_2024.at(DELETION, mark=UNVERIFIED)),
        for_raiser=True,
        box=True,
    ),
    ActionRule(
        id="do_not_question",
        text=(
            "Listen, but do not ask for details of the image: that is for the DSL. Do not ask why. Do not "
            "blame or shame."
        ),
        when=IMAGE,
        cite=(UKCCIS_2016_OVERVIEW.at(mark=REPORTED),),
        for_raiser=True,
        for_lead=False,
        box=True,
    ),
    ActionRule(
        id="do_not_spread_word",
        text=(
            "Do not tell other staff, pupils or parents: the DSL decides who needs to know. If a child is in "
            "danger, tell whoever can keep them safe."
        ),
        when=ALWAYS,
        cite=(UKCCIS_2016_OVERVIEW.at(mark=REPORTED),),
        for_raiser=True,
        box=True,
    ),
    ActionRule(
        id="reassure",
        text=(
            "Tell the child: you did right to tell me. You are not in trouble for telling. I have to pass "
            "this on, and you will get help. Do not promise secrecy."
        ),
        when=ALWAYS,
        cite=(UKCCIS_2016_OVERVIEW.at(mark=REPORTED),),
        for_raiser=True,
    ),
    ActionRule(
        id="tell_dsl",
        text=(
            "Tell the DSL or a deputy now, in person or by phone, with the names. Nobody there: the head or "
            "a senior leader. Nobody at all: ring children's social care yourself (out of hours, its "
            "emergency team)."
        ),
        when=dsl_informed.is_in("no", NOT_KNOWN),
        cite=(UKCIS_2024_OVERVIEW.at(mark=READ),),
        for_raiser=True,
    ),
    ActionRule(
        id="refer_police",
        text=_REFER_POLICE.format(say=' about a "nude image of a child"'),
        worded={what_was_shared.is_in(one): _REFER_POLICE.format(say=say) for one, say in _SAY_TO_POLICE.items()},
        when=agency(Agency.POLICE),
        cite=(NCA_FMSE_2024.at(mark=REPORTED), LETTER_2017.at("local channels", mark=READ)),
        for_raiser=True,
    ),
    ActionRule(
        id="refer_social_care",
        text=(
            "The DSL rings children's social care now (MASH or front door; out of hours, the emergency duty "
            "team) and follows up in writing. You ring, if no lead can be reached."
        ),
        when=agency(Agency.SOCIAL_CARE),
        cite=(UKCIS_2024.at(SOCIAL_CARE, mark=UNVERIFIED), KCSIE.at("referral", mark=REPORTED)),
        for_raiser=True,
    ),
    ActionRule(
        id="tell_lado",
        text=(
            "Tell the headteacher now (the chair of governors if it is the head), and the LADO within one "
            "working day. Do not tell or question the adult. If the adult may be a safeguarding lead, go "
            "past them."
        ),
        when=agency(Agency.LADO),
        cite=(KCSIE.at("Part four", mark=REPORTED),),
        for_raiser=True,
    ),
    ActionRule(
        id="report_ceop",
        text=(
            "If an adult or someone online groomed or exploited the child, report to CEOP as well. That does "
            "not replace the police and is not for emergencies."
        ),
        when=any_of(adult_role.is_in("online_adult"), relationship.is_in("online_only"), met("coerced_or_groomed")),
        cite=(CEOP.at(mark=REPORTED),),
    ),
    ActionRule(
        id="sextortion",
        text=(
            "If anyone demands money, more images or favours, tell the child that it is not their fault. Do "
            "not pay. Do not send more. Stop replying, but keep the messages and account names; copy no "
            "image. Do not close the account yet. See that the child is not alone tonight."
        ),
        when=extortion_demand.is_in("yes", NOT_KNOWN),
        cite=(NCA_FMSE_2024.at(mark=REPORTED), RPH.at("questions and answers on demands and evidence", mark=READ)),
        for_raiser=True,
    ),
)
