"""Wales, the Welsh Government's guidance of December 2020 (WALES): provisional.

Its scope and its rule on adults were read; the other criteria are carried from the same working group's English text
and say so.
"""

from dataclasses import replace
from datetime import date

from policy.edition import Edition
from policy.editions import england_2024 as english
from policy.editions.not_coded import NOT_CODED
from policy.outcome import Outcome
from policy.sources import (
    COP_CURRENT,
    NCA_FMSE_2024,
    NCA_IWF_AI_2025,
    NPCC_SGII_2024,
    READ,
    REPORTED,
    WALES,
    WALES_2020_DOCUMENTS,
    WF_2011,
)

# Reasons to refer at once.

DANGER_NOW = english.DANGER_NOW.cited(NCA_FMSE_2024.at("999 if at immediate risk", mark=REPORTED))
AT_RISK_OF_HARM = english.AT_RISK_OF_HARM.cited()
ADULT_INVOLVED = english.ADULT_INVOLVED.cited(
    WALES.at("'What this advice covers'", mark=READ), COP_CURRENT.at("adults as perpetrators", mark=READ)
)
COERCED_OR_GROOMED = english.COERCED_OR_GROOMED.cited(COP_CURRENT.at("exploitation, coercion", mark=READ))
CAPACITY_TO_AGREE = english.CAPACITY_TO_AGREE.cited()
UNUSUAL_OR_VIOLENT_CONTENT = english.UNUSUAL_OR_VIOLENT_CONTENT.cited()
UNDER_13_SEXUAL_ACT = english.UNDER_13_SEXUAL_ACT.cited()
UNVERIFIED_ONLINE_CONTACT = replace(
    english.UNVERIFIED_ONLINE_CONTACT.cited(),
    level=Outcome.DSL_REVIEW,
    note="What was read of this edition is silent on adults who pose as children.",
)
PROFIT_MOTIVE = english.PROFIT_MOTIVE.cited(
    COP_CURRENT.at("'Deciding on an appropriate response to offences'", mark=READ)
)

# What calls for a risk assessment.

NOT_AGREED = english.NOT_AGREED.cited(WF_2011.at("aggravated: without knowledge or against the will", mark=READ))
SHARED_FURTHER = english.SHARED_FURTHER.cited()
INTENT_TO_HARM = english.INTENT_TO_HARM.cited(WF_2011.at("aggravated", mark=READ))
REPEAT_BEHAVIOUR = english.REPEAT_BEHAVIOUR.cited()
AGE_OR_POWER_GAP = english.AGE_OR_POWER_GAP.cited(NPCC_SGII_2024.at("imbalance of power", mark=REPORTED))
ADDED_VULNERABILITY = english.ADDED_VULNERABILITY.cited()
UNDER_13_INVOLVED = english.UNDER_13_INVOLVED.cited()
SEXUAL_ACT_SHOWN = english.SEXUAL_ACT_SHOWN
AI_GENERATED = english.AI_GENERATED.cited(
    WALES.at("'What this advice covers': digitally merged images", mark=READ), NCA_IWF_AI_2025.at(mark=REPORTED)
)
NOT_ENOUGH_KNOWN = english.NOT_ENOUGH_KNOWN.cited()

WALES_2020 = Edition(
    id="wales-2020",
    nation="wales",
    title="Wales, December 2020",
    shown_as="provisional",
    term="nudes and semi-nudes",
    in_force=(date(2020, 12, 1), None),
    lead_title="DSP",
    social_care_name="social services",
    guidance=WALES,
    documents=WALES_2020_DOCUMENTS,
    headings=("'What this advice covers'", "'What this advice covers': digitally merged images"),
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
)
