"""Guidance and help to link to, in the order in which they are shown.

`checked` marks the addresses that were seen in a copy; a person must open the others before a release.
"""

from policy.condition import ALWAYS, NOT_KNOWN, any_of
from policy.outcome import Agency
from policy.questions import harm_now, what_was_shared
from policy.rules import LinkRule, action, agency, met, outcome

_GUIDE = (
    "https://www.gov.uk/government/publications/"
    "sharing-nudes-and-semi-nudes-advice-for-education-settings-working-with-children-and-young-people/"
)

LINKS = (
    LinkRule(
        id="ukcis_full",
        title="Sharing nudes and semi-nudes: advice for education settings",
        url=_GUIDE
        + "sharing-nudes-and-semi-nudes-advice-for-education-settings-working-with-children-and-young-people",
        whose=("leads",),
        when=ALWAYS,
        nations=("england",),
        checked=True,
    ),
    LinkRule(
        id="ukcis_overview",
        title="How to respond to an incident (overview)",
        url=_GUIDE + "sharing-nudes-and-semi-nudes-how-to-respond-to-an-incident-overview",
        whose=("all staff",),
        when=ALWAYS,
        nations=("england",),
        checked=True,
    ),
    LinkRule(
        id="hwb",
        title="Welsh Government guidance (Hwb)",
        url=(
            "https://hwb.gov.wales/keeping-safe-online/welsh-government-guidance/"
            "sharing-nudes-and-semi-nudes-responding-to-incidents-and-safeguarding-children-and-young-people"
        ),
        whose=("leads",),
        when=ALWAYS,
        nations=("wales",),
        checked=True,
    ),
    LinkRule(
        id="college",
        title="College of Policing briefing note",
        url=(
            "https://www.college.police.uk/guidance/responding-taking-or-sharing-nude-and-semi-nude-images-young-people"
        ),
        whose=("leads",),
        when=any_of(agency(Agency.POLICE), outcome("dsl_review")),
        checked=True,
    ),
    LinkRule(
        id="when_to_call",
        title="When to call the police (NPCC)",
        url="https://www.npcc.police.uk/",
        whose=("leads",),
        when=outcome("dsl_review", "manage_in_school"),
    ),
    LinkRule(
        id="local_council",
        title="Report child abuse to a local council",
        url="https://www.gov.uk/report-child-abuse-to-local-council",
        whose=("all",),
        when=agency(Agency.SOCIAL_CARE),
    ),
    LinkRule(
        id="report_remove",
        title="Report Remove (Childline and IWF)",
        url="https://www.childline.org.uk/remove",
        whose=(
            "child",
            "staff",
        ),
        when=action("report_remove"),
        note="For staff: https://learning.nspcc.org.uk/research-resources/report-remove",
    ),
    LinkRule(
        id="take_it_down",
        title="Take It Down (NCMEC)",
        url="https://takeitdown.ncmec.org",
        whose=("child",),
        when=action("report_remove"),
    ),
    LinkRule(
        id="ceop",
        title="CEOP Safety Centre",
        url="https://www.ceop.police.uk/Safety-Centre/",
        whose=(
            "child",
            "staff",
        ),
        when=action("report_ceop"),
    ),
    LinkRule(
        id="iwf",
        title="Internet Watch Foundation, report",
        url="https://report.iwf.org.uk/",
        whose=("staff",),
        when=action("report_platform"),
    ),
    LinkRule(
        id="fmse",
        title="Sexual extortion: guidance for professionals",
        url=(
            "https://saferinternet.org.uk/blog/"
            "financially-motivated-sexual-extortion-guidance-for-further-education-professionals"
        ),
        whose=("staff",),
        when=action("sextortion"),
        checked=True,
    ),
    LinkRule(
        id="ai_guide",
        title="AI-generated child sexual abuse material: guide for professionals",
        url="https://www.ceopeducation.co.uk/",
        whose=("leads",),
        when=action("ai_steps"),
    ),
    LinkRule(
        id="posh",
        title="Professionals Online Safety Helpline, 0344 381 4772, Mon–Fri 10–4",  # noqa: RUF001 (ranges)
        url="https://saferinternet.org.uk/professionals-online-safety-helpline",
        whose=("staff",),
        when=ALWAYS,
    ),
    LinkRule(
        id="nspcc",
        title="NSPCC: sharing nudes and semi-nudes",
        url="https://learning.nspcc.org.uk/online-safety/sexting-sharing-nudes-semi-nudes",
        whose=(
            "staff",
            "parents",
        ),
        when=ALWAYS,
        note="Helpline 0808 800 5000",
        checked=True,
    ),
    LinkRule(
        id="childline",
        title="Childline 0800 1111",
        url="https://www.childline.org.uk",
        whose=("child",),
        when=ALWAYS,
    ),
    LinkRule(
        id="samaritans",
        title="Samaritans 116 123; text SHOUT to 85258",
        url="https://www.samaritans.org",
        whose=(
            "child",
            "staff",
        ),
        when=harm_now.is_in("at_risk", "in_danger_now", NOT_KNOWN),
    ),
    LinkRule(
        id="shore",
        title="Shore (young people worried about their own behaviour)",
        url="https://shorespace.org.uk",
        whose=("child",),
        when=action("hsb_help"),
    ),
    LinkRule(
        id="stop_it_now",
        title="Stop It Now, 0808 1000 900",
        url="https://www.stopitnow.org.uk",
        whose=("adults",),
        when=met("adult_involved"),
        checked=True,
    ),
    LinkRule(
        id="rph",
        title="Revenge Porn Helpline (18+), 0345 6000 459",
        url="https://revengepornhelpline.org.uk",
        whose=("adults",),
        when=what_was_shared.is_in("all_adults", "adult_image"),
        checked=True,
    ),
    LinkRule(
        id="stopncii",
        title="StopNCII (18+)",
        url="https://stopncii.org",
        whose=("adults",),
        when=what_was_shared.is_in("all_adults"),
    ),
    LinkRule(
        id="kcsie",
        title="Keeping children safe in education",
        url="https://www.gov.uk/government/publications/keeping-children-safe-in-education--2",
        whose=("leads",),
        when=ALWAYS,
        nations=("england",),
    ),
    LinkRule(
        id="ssc",
        title="Searching, screening and confiscation",
        url="https://www.gov.uk/government/publications/searching-screening-and-confiscation",
        whose=("leads",),
        when=action("device_hold"),
    ),
)
