"""England, the guidance of March 2024 (UKCIS-2024), in the order of the policy specification's table.

The wording of its list of reasons for immediate referral has not been re-read, so each criterion is in our own words
and cited by document and heading. A number beside UNVERIFIED is for the person who will check it and is never shown.
"""

from datetime import date

from policy.condition import NOT_KNOWN, all_of, any_of
from policy.criterion import Criterion
from policy.edition import DutyToReport, Edition
from policy.editions.not_coded import NOT_CODED
from policy.headings import (
    ANNEX_A,
    ASSESSING,
    DEFINING,
    DEFINITION,
    INITIAL_REVIEW,
    NON_CONSENSUAL,
    SECTION_ONE,
    SECTION_TWO,
)
from policy.outcome import Agency, Outcome
from policy.questions import (
    FIND_OUT_ORDER,
    adult_involved,
    age_depicted,
    age_or_power_gap,
    age_others,
    agreed,
    ai_generated,
    capacity_concern,
    coercion,
    content_shown,
    extortion_demand,
    harm_now,
    intent_to_harm,
    profit_motive,
    relationship,
    repeat_behaviour,
    spread,
    vulnerability,
)
from policy.sources import (
    COP_CURRENT,
    ENGLAND_2024_DOCUMENTS,
    KCSIE,
    KCSIE_2026,
    LETTER_2017,
    NCA_FMSE_2024,
    NCA_IWF_AI_2025,
    NPCC_SGII_2024,
    NSPCC,
    READ,
    REPORTED,
    UKCIS_2024,
    UKCIS_2024_OVERVIEW,
    UNVERIFIED,
    WF_2011,
)

POLICE, SOCIAL_CARE = Agency.POLICE, Agency.SOCIAL_CARE

# Reasons to refer at once: §2 'Initial review meeting', and what the police's own note adds.

DANGER_NOW = Criterion(
    id="danger_now",
    cite=(
        KCSIE.at("immediate danger: referral and police at once", mark=REPORTED),
        NCA_FMSE_2024.at("999 if at immediate risk", mark=REPORTED),
    ),
    reason="A child is in danger right now. Call 999. Do not wait for this tool, for the DSL or for an approval.",
    told="A child is in danger right now.",
    met_when=harm_now.is_in("in_danger_now"),
    level=Outcome.EMERGENCY,
    points_to=(Agency.EMERGENCY_999, POLICE, SOCIAL_CARE),
)
AT_RISK_OF_HARM = Criterion(
    id="at_risk_of_harm",
    cite=(UKCIS_2024.at(INITIAL_REVIEW, "list item 5", mark=UNVERIFIED),),
    reason="A child is at risk of harm because of this image, for example of suicide or self-harm.",
    met_when=harm_now.is_in("at_risk", "in_danger_now"),
    level=Outcome.REFER_NOW,
    points_to=(SOCIAL_CARE, POLICE),
)
ADULT_INVOLVED = Criterion(
    id="adult_involved",
    cite=(
        UKCIS_2024.at(INITIAL_REVIEW, "list item 1", mark=UNVERIFIED),
        UKCIS_2024_OVERVIEW.at("adults who share: a form of child sexual abuse", mark=READ),
        COP_CURRENT.at("adults as perpetrators", mark=READ),
    ),
    reason="Someone aged 18 or over is involved. The guidance counts that as child sexual abuse, whatever the child "
    "agreed to.",
    met_when=adult_involved.is_in("yes"),
    level=Outcome.REFER_NOW,
    points_to=(POLICE, SOCIAL_CARE),  # the LADO too, where the adult is staff: see `assess`
)
COERCED_OR_GROOMED = Criterion(
    id="coerced_or_groomed",
    cite=(
        UKCIS_2024.at(INITIAL_REVIEW, "list item 2", mark=UNVERIFIED),
        COP_CURRENT.at("exploitation, coercion", mark=READ),
    ),
    reason="There is reason to believe that a child was pressured, tricked, threatened, blackmailed or groomed.",
    told_open="whether a child was pressured, tricked, threatened, blackmailed or groomed",
    met_when=any_of(coercion.is_in("yes"), extortion_demand.is_in("yes")),
    level=Outcome.REFER_NOW,
    points_to=(POLICE, SOCIAL_CARE),
)
CAPACITY_TO_AGREE = Criterion(
    id="capacity_to_agree",
    cite=(UKCIS_2024.at(INITIAL_REVIEW, "list item 2, second half", mark=UNVERIFIED),),
    reason="There is concern that a child could not understand or freely agree.",
    told_open="whether every child could understand and freely agree",
    met_when=capacity_concern.is_in("yes"),
    level=Outcome.REFER_NOW,
    points_to=(SOCIAL_CARE, POLICE),
)
UNUSUAL_OR_VIOLENT_CONTENT = Criterion(
    id="unusual_or_violent_content",
    cite=(UKCIS_2024.at(INITIAL_REVIEW, "list item 3", mark=UNVERIFIED),),
    reason="What is known suggests a sexual act unusual for the child's age or stage, or violence.",
    told_open="whether violence is shown, or a sexual act unusual for the child's age or stage",
    met_when=content_shown.is_in("unusual_or_violent"),
    level=Outcome.REFER_NOW,
    points_to=(POLICE, SOCIAL_CARE),
)
UNDER_13_SEXUAL_ACT = Criterion(
    id="under_13_sexual_act",
    cite=(UKCIS_2024.at(INITIAL_REVIEW, "list item 4", mark=UNVERIFIED),),
    reason="A child under 13 is shown in a sexual act.",
    met_when=all_of(age_depicted.is_in("under_13"), content_shown.is_in("sexual_acts", "unusual_or_violent")),
    level=Outcome.REFER_NOW,
    points_to=(POLICE, SOCIAL_CARE),
)
UNVERIFIED_ONLINE_CONTACT = Criterion(
    id="unverified_online_contact",
    cite=(UKCIS_2024.at(INITIAL_REVIEW, "list item 1", mark=UNVERIFIED),),
    reason="Someone involved is known only online. They may be an adult posing as a child.",
    met_when=relationship.is_in("online_only"),
    level=Outcome.REFER_NOW,
    points_to=(POLICE, SOCIAL_CARE),
    note="Protective reading: the guidance does not say that every contact known only online must be referred.",
)
PROFIT_MOTIVE = Criterion(
    id="profit_motive",
    cite=(
        COP_CURRENT.at("'Deciding on an appropriate response to offences'", mark=READ),
        LETTER_2017.at("profit motive", mark=READ),
    ),
    reason="Something was gained or promised for the image. The police treat that as exploitation of the child.",
    met_when=profit_motive.is_in("yes"),
    level=Outcome.REFER_NOW,
    points_to=(POLICE, SOCIAL_CARE),
    note="Protective reading: a reason of the police's own note, not one of the education guidance's list.",
)

# What calls for a risk assessment: §1 on motivations and behaviours, §2 and Annex A.

NOT_AGREED = Criterion(
    id="not_agreed",
    cite=(
        UKCIS_2024.at(DEFINING, "1.6(a)", mark=UNVERIFIED),
        UKCIS_2024.at(NON_CONSENSUAL, "1.7(b)", mark=UNVERIFIED),
        WF_2011.at("aggravated: without knowledge or against the will", mark=READ),
    ),
    reason="Not everyone agreed to the image being made, shared or received.",
    told_open="whether everyone agreed to the image being made, shared or received",
    met_when=agreed.is_in("no"),
    level=Outcome.DSL_REVIEW,
)
SHARED_FURTHER = Criterion(
    id="shared_further",
    cite=(
        UKCIS_2024.at(INITIAL_REVIEW, "how widely shared", mark=UNVERIFIED),
        LETTER_2017.at("inappropriate sharing", mark=READ),
    ),
    reason="It has gone beyond those it was meant for.",
    met_when=spread.is_in("shared_on", "wide_or_public"),
    level=Outcome.DSL_REVIEW,
)
INTENT_TO_HARM = Criterion(
    id="intent_to_harm",
    cite=(WF_2011.at("aggravated", mark=READ), LETTER_2017.at("malicious intent", mark=READ)),
    reason="Someone meant to hurt or humiliate.",
    met_when=intent_to_harm.is_in("yes"),
    level=Outcome.DSL_REVIEW,
)
REPEAT_BEHAVIOUR = Criterion(
    id="repeat_behaviour",
    cite=(LETTER_2017.at("persistent behaviour", mark=READ),),
    reason="It has happened before.",
    met_when=repeat_behaviour.is_in("yes"),
    level=Outcome.DSL_REVIEW,
)
AGE_OR_POWER_GAP = Criterion(
    id="age_or_power_gap",
    cite=(
        UKCIS_2024.at(ASSESSING, "1.6(b)", mark=UNVERIFIED),
        UKCIS_2024.at(ANNEX_A, mark=UNVERIFIED),
        NPCC_SGII_2024.at("imbalance of power", mark=REPORTED),
    ),
    reason="There is a clear gap in age, maturity or power.",
    met_when=age_or_power_gap.is_in("yes"),
    level=Outcome.DSL_REVIEW,
    note="The two school years of the question's help are ours: the guidance gives no number.",
)
ADDED_VULNERABILITY = Criterion(
    id="added_vulnerability",
    cite=(UKCIS_2024.at(ANNEX_A, mark=UNVERIFIED),),
    reason="A child involved is especially vulnerable.",
    met_when=vulnerability.is_in("yes"),
    level=Outcome.DSL_REVIEW,
)
UNDER_13_INVOLVED = Criterion(
    id="under_13_involved",
    cite=(UKCIS_2024.at(ASSESSING, "1.6(b)", mark=UNVERIFIED),),
    reason="A child under 13 is involved.",
    met_when=any_of(age_depicted.is_in("under_13"), age_others.is_in("under_13")),
    level=Outcome.DSL_REVIEW,
    note="Protective: never straight to being managed in school.",
)
SEXUAL_ACT_SHOWN = Criterion(
    id="sexual_act_shown",
    cite=(NSPCC.at("the police must look into sexual activity shown", mark=REPORTED),),
    reason="A sexual act is shown: what happened needs attention, as well as the image.",
    told_open="whether a sexual act is shown",
    met_when=content_shown.is_in("sexual_acts", "unusual_or_violent"),
    level=Outcome.DSL_REVIEW,
    note="Protective.",
)
AI_GENERATED = Criterion(
    id="ai_generated",
    cite=(
        UKCIS_2024.at(DEFINITION, "1.4", mark=UNVERIFIED),
        KCSIE_2026.at("areas of risk: conduct", "para 165", mark=REPORTED),
        NCA_IWF_AI_2025.at(mark=REPORTED),
    ),
    reason="It was made or changed by AI or editing. If it looks real, the law treats it like a photograph of a child.",
    met_when=ai_generated.is_in("yes"),
    level=Outcome.DSL_REVIEW,
)
NOT_ENOUGH_KNOWN = Criterion(
    id="not_enough_known",
    cite=(UKCIS_2024.at(INITIAL_REVIEW, "respond alone only if confident of enough information", mark=UNVERIFIED),),
    reason="Not enough is known yet to say that this can be managed in school.",
    told="",
    met_when=any_of(*(question.is_in(NOT_KNOWN) for question in FIND_OUT_ORDER)),
    level=Outcome.DSL_REVIEW,
)

ENGLAND_2024 = Edition(
    id="england-2024",
    nation="england",
    title="England, March 2024",
    shown_as="default",
    term="nudes and semi-nudes",
    in_force=(date(2020, 12, 23), None),  # the edition of December 2020 is not coded: `says_for` tells so
    lead_title="DSL",
    social_care_name="children's social care",
    guidance=UKCIS_2024,
    documents=ENGLAND_2024_DOCUMENTS,
    headings=(*SECTION_ONE, *SECTION_TWO, ANNEX_A),
    criteria=(
        DANGER_NOW,
        AT_RISK_OF_HARM,
        ADULT_INVOLVED,
        COERCED_OR_GROOMED,
        CAPACITY_TO_AGREE,
        UNUSUAL_OR_VIOLENT_CONTENT,
        UNDER_13_SEXUAL_ACT,
        UNVERIFIED_ONLINE_CONTACT,
        PROFIT_MOTIVE,
        NOT_AGREED,
        SHARED_FURTHER,
        INTENT_TO_HARM,
        REPEAT_BEHAVIOUR,
        AGE_OR_POWER_GAP,
        ADDED_VULNERABILITY,
        UNDER_13_INVOLVED,
        SEXUAL_ACT_SHOWN,
        AI_GENERATED,
        NOT_ENOUGH_KNOWN,
    ),
    not_coded=NOT_CODED,
    duty_to_report=DutyToReport(
        since=None,  # the Act has Royal Assent; nobody has settled whether this duty has commenced. Ask a lawyer.
        text="You may yourself have a legal duty to notify the police or the local authority. "
        "A DSL's decision does not discharge it.",
    ),
)
