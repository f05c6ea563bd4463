"""What follows: families, support, other settings, the record."""

from policy.condition import ALWAYS, NOT_KNOWN, any_of
from policy.headings import COVERS, HANDLING, NON_CONSENSUAL, PARENTS, RECORDING
from policy.questions import ai_generated, other_setting_involved, parents_informed
from policy.questions.step_1 import IMAGE
from policy.rules import ActionRule, met, outcome, possible
from policy.sources import KCSIE, LAW, NCA_IWF_AI_2025, REPORTED, UKCCIS_2016, UKCIS_2024, UNVERIFIED

AFTER = (
    ActionRule(
        id="tell_parents",
        text=(
            "The DSL tells parents or carers early and involves them. Not yet, if it may put a child at risk "
            "or someone in the family may be involved. Not yet, if the police or social care ask to wait."
        ),
        when=parents_informed.is_in("not_yet", NOT_KNOWN),
        cite=(UKCIS_2024.at(PARENTS, mark=UNVERIFIED), UKCCIS_2016.at(PARENTS, mark=REPORTED)),
    ),
    ActionRule(
        id="parents_risk",
        text="Do not tell them yet. Take social care's or the police's advice, and record why.",
        when=parents_informed.is_in("unsafe_to_tell"),
        cite=(UKCIS_2024.at(PARENTS, mark=UNVERIFIED), UKCCIS_2016.at(PARENTS, mark=REPORTED)),
    ),
    ActionRule(
        id="support_each",
        text="Support each child involved, the one who shared it too: a named adult, a plan, watch for bullying.",
        when=IMAGE,
        cite=(UKCIS_2024.at(HANDLING, mark=UNVERIFIED),),
    ),
    ActionRule(
        id="contact_social_worker",
        text="The DSL tells the allocated social worker, virtual school head or SENCO today.",
        when=met("added_vulnerability", "capacity_to_agree"),
        cite=(KCSIE.at("", "Part two", mark=UNVERIFIED),),
    ),
    ActionRule(
        id="under_13_advice",
        text=(
            "Ask social care for advice even if no sexual act is shown. Look at the child's understanding, "
            "not at blame. Under 10: below the age of criminal responsibility."
        ),
        when=met("under_13_involved"),
        cite=(LAW.at(mark=UNVERIFIED),),
    ),
    ActionRule(
        id="sexual_act_enquiry",
        text=(
            "Consider whether the act itself was a crime or harm (pressure, age, capacity), apart from the "
            "image. KCSIE Part five applies."
        ),
        when=met("sexual_act_shown"),
        cite=(KCSIE.at("", "Part five", mark=UNVERIFIED),),
    ),
    ActionRule(
        id="nonconsensual",
        text=(
            "Treat it as possible sexual harassment or abuse between children: KCSIE Part five, a support "
            "plan for each child, keep them apart where needed. Sharing without consent can be an offence of "
            "its own."
        ),
        when=met("not_agreed", "intent_to_harm"),
        cite=(UKCIS_2024.at(NON_CONSENSUAL, "1.7(b)", mark=UNVERIFIED),),
    ),
    ActionRule(
        id="ai_steps",
        text=(
            "Deal with it as with a photograph. Note the app, not the picture. Support the child shown. "
            "Teach that making and sharing such an image can be a crime."
        ),
        worded={
            ai_generated.is_in(NOT_KNOWN): (
                "If it was made or changed with AI or editing, deal with it as with a photograph. Note the app, not "
                "the picture. Support the child shown. Teach that making and sharing such an image can be a crime."
            )
        },
        when=any_of(met("ai_generated"), possible("ai_generated")),
        cite=(NCA_IWF_AI_2025.at(mark=REPORTED),),
    ),
    ActionRule(
        id="other_dsl",
        text="Speak to the DSL of the other setting.",
        when=other_setting_involved.is_in("yes"),
        cite=(UKCIS_2024.at(HANDLING, mark=UNVERIFIED),),
    ),
    ActionRule(
        id="hsb_help",
        text="Offer the child who did it confidential help too (Shore).",
        when=met("intent_to_harm", "repeat_behaviour", "not_agreed"),
        cite=(KCSIE.at("links Shore", mark=REPORTED),),
    ),
    ActionRule(
        id="own_duty",
        text=(
            "You may contact the police or children's social care yourself, at any time. Nobody may stop "
            "you, and a lead's decision does not end any legal duty that you have to report."
        ),
        when=ALWAYS,
        cite=(KCSIE.at("any member of staff may refer", mark=REPORTED),),
        for_raiser=True,
    ),
    ActionRule(
        id="record",
        text=(
            "Staff: today, write down in the school's own record what you were told, in the child's words, "
            "and when. DSL: record the facts, the decision, the reason, who and when, also when you do not "
            "refer."
        ),
        when=ALWAYS,
        cite=(UKCIS_2024.at(RECORDING, mark=UNVERIFIED), KCSIE.at("record keeping", mark=REPORTED)),
        for_raiser=True,
    ),
    ActionRule(
        id="come_back",
        text="Come back to this as soon as anything new is known: update the facts.",
        when=outcome("out_of_scope", "manage_in_school", "dsl_review", "refer_now"),
        cite=(UKCIS_2024.at(HANDLING, mark=UNVERIFIED),),
        for_raiser=True,
    ),
    ActionRule(
        id="out_of_scope_policy",
        text="Tell the DSL, and follow your child protection and behaviour policies. Other help may still be needed.",
        when=outcome("out_of_scope"),
        cite=(UKCIS_2024.at(COVERS, mark=REPORTED),),
        for_raiser=True,
    ),
)
