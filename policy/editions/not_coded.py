"""What every edition leaves to a person's judgement, and why Signpost writes no rule for it."""

from policy.criterion import NotCoded
from policy.headings import ASSESSING, CRIMINALISATION, INITIAL_RESPONSE, PARENTS, RISKS, VIEWING

NOT_CODED = (
    NotCoded(
        ASSESSING,
        "whether behaviour is developmentally expected (Hackett continuum, Brook traffic light)",
        "It takes training in the tool and knowledge of the child. A form would make a guess look certain.",
    ),
    NotCoded(
        CRIMINALISATION,
        "sanctions",
        "They follow the setting's behaviour policy and the needs of each child, after safety is settled.",
    ),
    NotCoded(
        INITIAL_RESPONSE,
        "how to talk with the child",
        "It depends on the child and on whom they trust. A script would be read out instead of listened from.",
    ),
    NotCoded(
        RISKS,
        "whether a setting can contain the risk",
        "It rests on the setting's own staff, support and local network, which no fact about the incident shows.",
    ),
    NotCoded(
        PARENTS,
        "what parents need",
        "Only those who know the family can say what helps it and what may put a child at risk.",
    ),
    NotCoded(
        VIEWING,
        "whether viewing is justified",
        "It is for exceptional circumstances and for the DSL with the head. A rule would make looking routine.",
    ),
    NotCoded(
        VIEWING,
        "whether a device search is lawful",
        "It turns on powers, policy and circumstances that need advice at the time.",
    ),
)
