"""Every action and link, when it is shown and where it comes from; then what a lead reads about the police."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Final

from bot.documents.reference.cited import cited, documents, named
from bot.documents.reference.markdown import boxes, bullets, conditioned, page, quote, text
from bot.documents.reference.named import ABOUT_POLICE
from policy import DEFAULT, EDITIONS, FEATURES, OUTCOME_21_WORDS, police_notice
from policy.actions.after import AFTER
from policy.actions.first import FIRST
from policy.actions.review import REVIEW
from policy.consistency import CONTRADICTIONS
from policy.in_words import first_sentence, in_words
from policy.links import LINKS
from policy.notice import GUIDANCE_SAYS_REFER
from policy.rules import ActionRule, LinkRule

_PARTS: Final = {"First": FIRST, "At the review, devices and copies": REVIEW, "What follows": AFTER}
_OPEN_QUESTIONS: Final = "(the open questions, in the order in which to find them out)."


def actions_page() -> str:
    """The page. Where an edition has sources of its own, they stand beside the others."""
    return page(
        "Actions and links",
        "What a recommendation tells people to do, where it sends them, and under which condition. In the words of "
        f"*{text(DEFAULT.title)}*; {_other_words()}",
        *chain.from_iterable(_part(title, rules) for title, rules in _PARTS.items()),
        "## Links",
        "In the order in which they are shown. **Not opened yet** means that no person has opened the address.",
        *chain.from_iterable(_link(rule) for rule in LINKS),
        "## Answers that do not go together",
        "Pointed out to whoever fills in the form. They block nothing and never move the outcome.",
        *(conditioned(f"*{text(one.text)}* is said when", in_words(one.when)) for one in CONTRADICTIONS),
        f"## {ABOUT_POLICE}",
        *_notice(),
        "## Outcome 21: what stands in its way",
        *_features(),
        boxes("The two parts about the police are right. Name, date:", "They should change. How, and why:"),
        "## The documents",
        documents(chain.from_iterable(rule.cite for rules in _PARTS.values() for rule in rules)),
    )


def _other_words() -> str:
    own = (DEFAULT.lead_title, DEFAULT.social_care_name)
    others = [one for one in EDITIONS if (one.lead_title, one.social_care_name) != own]
    said = (f"in *{text(one.title)}* it says {one.lead_title} and {text(one.social_care_name)}" for one in others)
    return f"{', '.join(said)}."


def _part(title: str, rules: tuple[ActionRule, ...]) -> Iterator[str]:
    yield f"## {title}"
    for rule in rules:
        words = rule.text.replace("{ask_next}", _OPEN_QUESTIONS)
        yield f"### {text(first_sentence(words))}"
        yield quote(words)
        yield from _worded(rule)
        yield conditioned("**When**", in_words(rule.when))
        yield f"**For** {_for_whom(rule)}."
        yield "**Rests on:**" if rule.cite else "**Rests on** Signpost's own protective rule."
        yield bullets(cited(one) for one in rule.cite)


def _worded(rule: ActionRule) -> Iterator[str]:
    """Its words where they depend on an answer."""
    for answered, words in rule.worded.items():
        yield f"Where {text(in_words(answered).line)}:"
        yield quote(words)


def _for_whom(rule: ActionRule) -> str:
    whom = [who for who, shown in (("whoever raised it", rule.for_raiser), ("a lead", rule.for_lead)) if shown]
    where = ", in the box of what not to do" if rule.box else ""
    return f"{' and '.join(whom)}{where}{', folded up' if rule.collapsed else ''}"


def _link(rule: LinkRule) -> Iterator[str]:
    yield f"### {text(rule.title)}"
    note = f" {text(rule.note)}." if rule.note else ""
    yield f"<{rule.url}>{'' if rule.checked else ' **Not opened yet.**'}{note}"
    where = f", in {' and '.join(nation.title() for nation in rule.nations)} alone" if rule.nations else ""
    yield f"**For** {' and '.join(rule.whose)}{where}."
    yield conditioned("**When**", in_words(rule.when))


def _notice() -> Iterator[str]:
    notice = police_notice(DEFAULT)
    yield quote(notice.opening)
    yield f"Where a criterion to refer is met it adds: *{text(GUIDANCE_SAYS_REFER)}* The text is `{notice.version}`."
    for point in notice.points:
        yield f"**{text(point.title)}** {text(point.text)}"
        yield bullets(cited(one) for one in point.cite)


def _features() -> Iterator[str]:
    yield "A list for the lead. It never sets the outcome of the recommendation."
    yield quote(OUTCOME_21_WORDS)
    for rule in FEATURES:
        yield conditioned(f"**{text(rule.text[0].upper() + rule.text[1:])}** when", in_words(rule.known_when))
        yield bullets((f"{named(rule.source)}.",))
