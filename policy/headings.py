"""Headings of the guidance, in the order of the document; section numbers below these two are not verified.

Those of Section One are of the contents list of December 2020. Those of Section Two are of the 2016 text as later
policies repeat them; the 2024 text carries them on.
"""

COVERS = "§1 'What this advice covers'"
DEFINITION = "§1 'Definition'"
DEFINING = "§1 'Motivations and behaviours: defining the incident'"
ASSESSING = "§1 'Motivations and behaviours: assessing behaviour'"
THE_LAW = "§1 'The law: indecent images of children'"
NON_CONSENSUAL = "§1 'The law: non-consensual image sharing'"
CRIMINALISATION = "§1 'Avoiding unnecessary criminalisation'"

HANDLING = "§2 'Handling incidents'"
INITIAL_RESPONSE = "§2 'Initial response'"
INITIAL_REVIEW = "§2 'Initial review meeting'"
RISKS = "§2 'Assessing the risks'"
PARENTS = "§2 'Informing parents and carers'"
DEVICES = "§2 'Securing devices'"
SOCIAL_CARE = "§2 'Social care'"
VIEWING = "§2 'Searching, viewing and deleting'"
DELETION = "§2 'Deletion of images'"
RECORDING = "§2 'Recording incidents'"

ANNEX_A = "Annex A"
RISK_QUESTIONS = "the questions for assessing the risks"

SECTION_ONE = (COVERS, DEFINITION, DEFINING, ASSESSING, THE_LAW, NON_CONSENSUAL, CRIMINALISATION)
SECTION_TWO = (
    HANDLING,
    INITIAL_RESPONSE,
    INITIAL_REVIEW,
    RISKS,
    PARENTS,
    DEVICES,
    SOCIAL_CARE,
    VIEWING,
    DELETION,
    RECORDING,
)
