"""A site's own page: name, nation, numbers, force, local guidance."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Final

from handlers import limits
from handlers.mail_domains import bare_domain
from handlers.screens import Form, Option, Question, Small, TextBox
from handlers.setup.at import At
from handlers.setup.keep import keep_site
from handlers.setup.numbers import number_wrong, way_wrong
from handlers.setup.own import domains_wrong, number_not_theirs, number_of_a_contact
from handlers.setup.plain_text import alike, words_wrong
from handlers.setup.refs import https_wrong
from handlers.setup.served import HINT, at_first, known, org_called
from handlers.setup.words import terms_of
from handlers.sites import Nation, Numbers, Site

NATIONS: Final = (
    Option("england", "England"), Option("wales", "Wales"), Option("scotland", "Scotland"),
    Option("northern_ireland", "Northern Ireland"),
)  # fmt: skip
NATION: Final[dict[str, Nation]] = {
    "england": "england", "wales": "wales", "scotland": "scotland", "northern_ireland": "northern_ireland",
}  # fmt: skip
ALWAYS: Final = (
    "999 and 101 need not be entered: they are always there. What is a contact by phone below need not be written here "
    "again: staff and leads read that number."
)
MOST_LINKS: Final = limits.LINKS
NAME, NUMBER, LINK_TITLE = limits.WORDS, limits.PHONE, limits.WORDS
_LETTERS: Final = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
"""Letters of which no accent can be taken."""
_NUMBERS: Final = (
    ("mash", "{by_day}, by day", "", "mash"),
    ("out_of_hours", "{care}, out of hours", "", "out_of_hours"),
    ("lado", "LADO", "The council's designated officer, where an adult who works with children is involved.", "lado"),
    ("officer", "Safer schools officer, or how to ask for them at 101", "", "officer"),
)


def window(at: At) -> Form:
    """Draw it, for a new site or one that is there."""
    site = at.site or Site("", "", "england", ())
    held, terms = site.numbers, terms_of(NATION.get(at.one("nation", site.nation), "england"))
    orgs = sorted(_orgs(at))
    served = tuple(sorted(site.serves or at_first(_orgs(at), _here(at))))
    return at.window(
        f"{site.name}: name and numbers" if at.site else "Add a site",
        TextBox(
            "name",
            "Name of the school, college or campus",
            "",
            at.text("name", site.name),
            NAME,
            single=True,
            needed=True,
        ),
        Question(
            "nation", "Where is it?", NATIONS, "It picks the guidance.", (at.one("nation", site.nation),), needed=True
        ),
        TextBox(
            "phone",
            "Switchboard",
            "Whom staff ring when nothing arrives: on every receipt.",
            at.text("phone", site.phone),
            NUMBER,
            single=True,
        ),
        TextBox("force", "Police force", "As 101 knows it.", at.text("force", site.force), NAME, single=True),
        *(
            TextBox(name, label.format_map(terms), hint, at.text(name, getattr(held, attribute)), NUMBER, single=True)
            for name, label, hint, attribute in _NUMBERS
        ),
        TextBox(
            "links",
            "Your own guidance",
            "One a line: a title, then its address. Shown below every recommendation.",
            at.text("links", "\n".join(f"{title} {url}" for title, url in site.links)),
            1500,
        ),
        _mail_domains(site, at),
        *(
            (
                Question(
                    "serves",
                    "Whose people may raise here?",
                    tuple(Option(one, org_called(one)) for one in orgs),
                    HINT,
                    at.several("serves", served),
                    several=True,
                    needed=True,
                ),
            )
            if len(orgs) > 1
            else ()
        ),
        Small(ALWAYS),
    )


def _mail_domains(site: Site, at: At) -> TextBox:
    """The domains of the school's own mail, so that no contact's mailbox is one of its own."""
    return TextBox(
        "mail_domains",
        "Your own mail domains",
        "One a line: what stands behind the @ of your own addresses, such as northside.sch.uk. No contact's mailbox "
        "may be there. Of a domain that stands neither here nor at another site Signpost cannot notice that it is your "
        "own.",
        at.text("mail_domains", "\n".join(site.mail_domains)),
        1500,
    )


def save(at: At) -> At:
    """Keep it, or say at which field what is wrong."""
    errors: list[tuple[str, str]] = []
    name, nation = at.text("name"), at.one("nation")
    if not name:
        errors.append(("name", "Write the name as your staff know it."))
    elif wrong := words_wrong(name, NAME):
        errors.append(("name", wrong))
    elif any(alike(site.name, name) for site in at.directory.sites if site != at.site):
        errors.append(("name", "There is a site of this name already. Open that one, or write how they differ."))
    if nation not in NATION:
        errors.append(("nation", "Choose one of the four."))
    numbers = {field: at.text(field) for field in ("phone", *(one[0] for one in _NUMBERS))}
    errors += [(field, wrong) for field, it in numbers.items() if (wrong := _number_wrong(field, it, at))]
    if wrong := words_wrong(at.text("force"), NAME):
        errors.append(("force", wrong))
    domains = tuple(dict.fromkeys(map(bare_domain, re.split(r"[\s,;]+", at.text("mail_domains")))))
    domains = tuple(filter(None, domains))
    if wrong := domains_wrong(domains, at.directory):
        errors.append(("mail_domains", wrong))
    links, wrong = _links(at)
    if wrong:
        errors.append(("links", wrong))
    asked = len(_orgs(at)) > 1
    served = frozenset(at.several("serves")) & _orgs(at)
    if asked and not served:
        errors.append(("serves", "Choose at least one: nobody could raise anything here."))
    if errors:
        return at.wrong(*errors)
    taken = {site.id for site in at.directory.sites} | at.directory.gone
    before = at.site or Site(_new_id(name, taken), name, "england", ())
    after = replace(
        before,
        name=name,
        nation=NATION[nation],
        phone=numbers.pop("phone"),
        force=at.text("force"),
        numbers=Numbers(**numbers),
        links=links,
        mail_domains=domains,
        serves=served if asked else before.serves or frozenset({_here(at)}),
    )
    return keep_site(at, after, "site_changed") if at.site else keep_site(at, after, "site_added", about_name=name)


def _number_wrong(field: str, number: str, at: At) -> str:
    """What is wrong with a number: it is none, the police's where the council's belongs, or the school's own."""
    if field == "officer":  # may be words: "101, ask for the safer schools officer"
        return way_wrong(number, NUMBER)
    if not number or (wrong := number_wrong(number, NUMBER)):
        return wrong if number else ""
    if field == "phone":
        return number_of_a_contact(number, at.directory)
    others = (site.phone for site in at.directory.sites if site != at.site)
    return number_not_theirs(
        number, "lado" if field == "lado" else "social_care", at.directory, (at.text("phone"), *others)
    )


def _links(at: At) -> tuple[tuple[tuple[str, str], ...], str]:
    found: list[tuple[str, str]] = []
    for number, line in enumerate(at.lines("links"), 1):
        begins = line.find("https://")  # an address with a blank in it is still one address
        title, url = (line[:begins], line[begins:]) if begins > 0 else line.rpartition(" ")[::2]
        if wrong := https_wrong(url):
            return (), f"Line {number}: {wrong}."
        if len(url) > limits.LINK:
            return (), f"Line {number}: this address is longer than {limits.LINK} characters. Use a shorter link to it."
        if wrong := words_wrong(title.strip(), LINK_TITLE):
            return (), f"Line {number}: {wrong[0].lower()}{wrong[1:]}"
        if not title.strip():
            return (), f"Line {number}: begin each line with a title of at most {LINK_TITLE} characters."
        found.append((title.strip(), url))
    return tuple(found), f"Use at most {MOST_LINKS} links." if len(found) > MOST_LINKS else ""


def _new_id(name: str, taken: set[str]) -> str:
    """A short word out of the name that no site bears or has borne: letters with accents as those below them."""
    plain = "".join(one for one in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(one))
    word = re.sub(r"[^a-z0-9]+", "-", plain.translate(_LETTERS)).strip("-")[:32].strip("-") or "site"
    return next(one for one in (word, *(f"{word}-{number}" for number in range(2, 1000))) if one not in taken)


def _here(at: At) -> str:
    return f"{at.by.platform}:{at.by.org}"


def _orgs(at: At) -> frozenset[str]:
    """Whose people may be let in: those of every workspace and tenant that is connected or that a site names."""
    return known(at.directory) | {_here(at)}
