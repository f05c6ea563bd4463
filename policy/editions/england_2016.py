"""England, the guidance of August 2016 (UKCCIS-2016) with the police's note of that year: superseded.

It serves incidents of that time, and comparison. The conditions and reasons are those of 2024; the sources are its
own, and where it is silent the rule is Signpost's.
"""

from dataclasses import replace
from datetime import date

from policy.condition import NOT_KNOWN, any_of
from policy.edition import Edition
from policy.editions import england_2024 as later
from policy.editions.not_coded import NOT_CODED
from policy.headings import INITIAL_RESPONSE, INITIAL_REVIEW, PARENTS, RISK_QUESTIONS, RISKS, VIEWING
from policy.outcome import Outcome
from policy.questions import FIND_OUT_ORDER, ai_generated
from policy.sources import (
    ENGLAND_2016_DOCUMENTS,
    KCSIE,
    LETTER_2017,
    READ,
    REPORTED,
    UKCCIS_2016,
    UNVERIFIED,
    WF_2011,
)

# Reasons to refer at once: its list under 'Initial review meeting', and the police's letter to heads.

DANGER_NOW = later.DANGER_NOW.cited(KCSIE.at("immediate danger: referral and police at once", mark=REPORTED))
AT_RISK_OF_HARM = later.AT_RISK_OF_HARM.cited(UKCCIS_2016.at(INITIAL_REVIEW, "list item 5", mark=UNVERIFIED))
ADULT_INVOLVED = later.ADULT_INVOLVED.cited(UKCCIS_2016.at(INITIAL_REVIEW, mark=REPORTED))
COERCED_OR_GROOMED = later.COERCED_OR_GROOMED.cited(UKCCIS_2016.at(INITIAL_REVIEW, "list item 2", mark=UNVERIFIED))
CAPACITY_TO_AGREE = later.CAPACITY_TO_AGREE.cited(UKCCIS_2016.at(INITIAL_REVIEW, "list item 2", mark=UNVERIFIED))
UNUSUAL_OR_VIOLENT_CONTENT = later.UNUSUAL_OR_VIOLENT_CONTENT.cited(
    UKCCIS_2016.at(INITIAL_REVIEW, "list item 3", mark=UNVERIFIED)
)
UNDER_13_SEXUAL_ACT = later.UNDER_13_SEXUAL_ACT.cited(UKCCIS_2016.at(INITIAL_REVIEW, "list item 4", mark=UNVERIFIED))
UNVERIFIED_ONLINE_CONTACT = replace(
    later.UNVERIFIED_ONLINE_CONTACT.cited(),
    level=Outcome.DSL_REVIEW,
    note="This edition is silent on adults who pose as children.",
)
PROFIT_MOTIVE = later.PROFIT_MOTIVE.cited(LETTER_2017.at("profit motive", mark=READ))

# What calls for a risk assessment: its questions for assessing the risks, the typology it cites, the letter.

NOT_AGREED = later.NOT_AGREED.cited(WF_2011.at("aggravated: without knowledge or against the will", mark=READ))
SHARED_FURTHER = later.SHARED_FURTHER.cited(LETTER_2017.at("inappropriate sharing", mark=READ))
INTENT_TO_HARM = later.INTENT_TO_HARM
REPEAT_BEHAVIOUR = later.REPEAT_BEHAVIOUR
AGE_OR_POWER_GAP = later.AGE_OR_POWER_GAP.cited(UKCCIS_2016.at(RISK_QUESTIONS, mark=UNVERIFIED))
ADDED_VULNERABILITY = later.ADDED_VULNERABILITY.cited(UKCCIS_2016.at(RISK_QUESTIONS, mark=UNVERIFIED))
UNDER_13_INVOLVED = later.UNDER_13_INVOLVED.cited()
SEXUAL_ACT_SHOWN = later.SEXUAL_ACT_SHOWN.cited()
NOT_ENOUGH_KNOWN = replace(
    later.NOT_ENOUGH_KNOWN.cited(),
    met_when=any_of(*(question.is_in(NOT_KNOWN) for question in FIND_OUT_ORDER if question is not ai_generated)),
)

ENGLAND_2016 = Edition(
    id="england-2016",
    nation="england",
    title="England, August 2016",
    shown_as="superseded: for incidents of that time and for comparison",
    term="youth produced sexual imagery ('sexting')",
    in_force=(date(2016, 8, 15), date(2020, 12, 22)),
    lead_title="DSL",
    social_care_name="children's social care",
    guidance=UKCCIS_2016,
    documents=ENGLAND_2016_DOCUMENTS,
    headings=(INITIAL_RESPONSE, INITIAL_REVIEW, RISKS, RISK_QUESTIONS, PARENTS, VIEWING),
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
        NOT_ENOUGH_KNOWN,
    ),
    not_coded=NOT_CODED,
    silent_on=(ai_generated.id,),
)
