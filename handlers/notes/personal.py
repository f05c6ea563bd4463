"""What points to a person: e-mail addresses, links, account names, dates of birth, numbers, addresses; and names.

These are guesses from how a thing is written: whoever typed it is told once and decides. So each pattern leaves alone
what stands in every ordinary note: times, ages, classes, rooms, days without a year, the names of apps.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from handlers.notes.names import holds_name
from handlers.notes.patterns import tighten

if TYPE_CHECKING:
    from collections.abc import Iterable

Kind = Literal["name", "email", "phone", "handle", "birth_date", "link", "pupil_number", "address"]
"""What a note may hold that points to a person."""

# --- e-mail addresses and links ---------------------------------------------------------------------------------------
_EMAIL: Final = re.compile(
    r"(?<![\w.+'-])[\w.+'-]{1,64}\"?(?:(?:@| @ )(?:[\w-]{1,63}\.){1,6}[a-z]{2,18}"
    r"| ?@ ?(?:[\w-]{1,63}\.){1,6}(?:com|org|net|edu|uk|io|eu|info|me|ie))\b",
    re.IGNORECASE,
)
_EMAIL_SAID: Final = re.compile(
    r"\w at (?:(?:gmail|hotmail|outlook|yahoo|icloud|live|aol|msn|proton(?:mail)?|btinternet|sky)\b"
    r"|[\w-]{2,63} dot [a-z])",
    re.IGNORECASE,
)
_TLD: Final = (
    "com|org|net|edu|gov|mil|uk|eu|io|co|app|dev|info|biz|ly|gg|tv|xyz|ie|fr|de|es|nl|pl|ru|cn|jp|ca|au|nz|scot|wales|cymru"
    "|london|onion|cloud|site|online|club|store|shop|tech|blog|wiki|media|social|chat|link|live|video|pics|photos"
)
_LINK: Final = re.compile(
    r"[a-z]://\S|(?i:javascript|vbscript):\S|(?i:\bwww\d?\.\w)"
    rf"|[A-Za-z0-9-]\.(?:{_TLD}|{_TLD.upper()}|[Cc]om)(?![A-Za-z0-9-])"
    r"|[A-Za-z0-9-]\.(?:[a-z]{2,18}|[A-Z]{2,18})(?::\d{1,5})?/[\w~%@+-]"
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])"
)

# --- account names ----------------------------------------------------------------------------------------------------
_APP: Final = (
    r"(?:snap(?: ?chat)?|sc|insta(?:gram)?|ig|tik ?tok|tt|discord|telegram|whats ?app|kik|yubo|wizz|roblox|xbox|psn"
    r"|playstation|steam|twitch|youtube|fortnite|minecraft|facebook|fb|twitter|bereal|signal|skype|messenger|reddit"
    r"|threads|tumblr)"
)
_COMMON: Final = (
    "a|about|account|accounts|active|added|again|all|also|an|and|any|app|are|as|at|because|before"
    "|being|both|but|by|call|calls|chat|daily|day|deleted|different|does|down|each|every|everyone"
    "|fake|for|friends?|from|given|group|groups|had|has|have|he|her|his|i|in|is|it|its|known|later"
    "|left|less|many|maybe|message|messages|mostly|no|nobody|none|not|nothing|now|of|off|on|once|one"
    "|only|or|other|others|our|out|over|own|perhaps|picture|possibly|post|posted|private|probably"
    "|public|pupils?|removed|reported|same|sent|several|shared|she|since|some|someone|still|stories"
    "|story|taken|that|the|their|then|there|they|this|three|through|to|today|too|twice|two|unclear"
    "|unknown|unsure|until|up|used|video|videos|was|we|were|what|when|where|which|while|who|will"
    "|with|withheld|yes|yesterday|yet|you|your"
)
_WORD: Final = rf"['\"\u2018\u201c]?(?!(?:{_COMMON})\b)[a-z][\w.]{{2,30}}"
_ODD: Final = (  # letters with a figure, a dot or a stroke inside, but no time, ordinal, class or telephone
    r"(?!\d{1,4}(?:[.:]\d\d)?(?:st|nd|rd|th|am|pm|s|k|x|m|hrs?|h|mins?|yrs?|years?|days?|weeks?|pupils?)\b)"
    r"(?!(?:y|yr|year|ks|room|iphone|ipad|ios|group|form|class|covid|bus|ps|pm|am)s?[\d.-])"
    r"(?=[\w.]{0,29}[a-z])(?=[\w.]{0,29}(?:\d|_|[a-z0-9]\.[a-z0-9]))[\w.]{3,31}"
)
_IS: Final = r"(?: ?[:=-]{1,2} ?| is | was | as | called | )"
_HANDLE: Final = re.compile(
    r"(?<![\w@])@ ?(?!\d{1,2}(?:[.:]\d\d)?(?:am|pm)\b)"
    r"(?!(?:home|school|lunch|break|work|the|his|her|a|all|about|around|least)\b)(?=[\w.]{0,29}[a-z])\w[\w.]{1,29}"
    r"|\b\w{2,32}#\d{4}\b"
    r"|[a-z]_{1,4}[a-z0-9]|\d_{1,4}[a-z]"
    r"|(?<!\w)u/\w{3,20}\b"
    rf"|\b{_APP}(?:'s)?(?: (?:user ?name|user|handle|name|account|acc|id|tag|profile))?{_IS}['\"\u2018\u201c@]?{_ODD}"
    rf"|\b{_APP}(?: (?:user ?name|user|handle|name|id|tag))? ?[:=] ?{_WORD}"
    rf"|\b(?:snap|sc|insta|ig) [-\u2013] {_WORD}(?= ?(?:[.,;)\n]|$))"
    rf"|\b{_APP} (?:user ?name|handle|name|id|tag)(?: is| was| -)? {_WORD}"
    r"|\b(?:user ?name|screen ?name|gamer ?tag|display name|account name|profile name)"
    rf"(?: ?[:=-] ?| is | was | ){_WORD}"
    rf"|\bhandle(?: ?[:=] ?| is | was ){_WORD}"
    rf"|\b(?:account|profile|goes by|add me on|user)(?:'s name)?(?: is| was| called|:)? {_ODD}",
    re.IGNORECASE,
)

# --- dates of birth ---------------------------------------------------------------------------------------------------
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR: Final = r"(?:(?:19|20)\d\d(?!\d)|['\u2019]\d\d(?!\d)|\d\d(?=[ ]?(?:[.,;)\n]|$)))"
_WRITTEN_DATE: Final = re.compile(
    rf"(?<!\d)\d{{1,2}}(?:st|nd|rd|th)?[ ,./-]{{0,2}}(?:of )?{_MONTH}\.?[ ,.'/-]{{0,2}}{_YEAR}"
    rf"|\b{_MONTH}\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?,? {_YEAR}",
    re.IGNORECASE | re.MULTILINE,
)
_BORN: Final = re.compile(
    r"(?:\bd ?\.? ?o ?\.? ?b\b\.?|\bdate of birth|\bbirth ?date|\bborn|\b(?:birthday|b-?day)(?= ?[:=]| is| was| on))"
    r"[^\w\n]{0,4}(?:(?:is|was|on|in|the|around|about)\b[^\w\n]{1,3}){0,3}"
    rf"(?!\d{{1,4}} (?:weeks?|days?|months?|years?|hours?)\b)(?:\d|{_MONTH}\b)",
    re.IGNORECASE,
)
_FIGURE_DATE: Final = re.compile(
    r"(?<![\d/.-])(?:(?P<d>\d{1,2})(?P<s> ?[/.\-\u2013] ?| )(?P<m>\d{1,2})(?P=s)'?(?P<y>(?:19|20)\d\d|\d\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<s2> ?[/.-] ?| )(?P<m2>\d{1,2})(?P=s2)(?P<d2>\d{1,2})"
    r"|(?P<y3>(?:19|20)\d\d)(?P<m3>\d\d)(?P<d3>\d\d)|(?P<d4>\d\d)(?P<m4>\d\d)(?P<y4>(?:19|20)\d\d))(?![\d/]|[.:-]\d)"
)
_WEEKDAY_BEFORE: Final = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[ ,.]{1,3}(?:the )?$", re.IGNORECASE)
_ROW_BEFORE: Final = re.compile(
    r"\b(?:years?|yrs?|y|ages?|aged|periods?|rooms?|groups?|forms?|classes|sets?) ?$", re.IGNORECASE
)
_DAYS: Final = 31
_MONTHS: Final = 12

# --- numbers ----------------------------------------------------------------------------------------------------------
_GAP: Final = r"[\s_().\-/\u2013]{0,3}"
_PHONE: Final = re.compile(
    rf"\+(?:{_GAP}\d){{8,15}}|(?<!\d)00(?:{_GAP}\d){{9,14}}|(?<!\d)0(?:{_GAP}\d){{9,10}}|(?<!\d)44(?:{_GAP}\d){{10}}(?!\d)"
    r"|(?<![\d.])7\d{3}[ -]?\d{3}[ -]?\d{3}(?!\d)"
    r"|\b(?:tel|telephone|phone|mobile|mob|cell|ring|rang|call|text|whats ?app)\b(?: (?:number|no))?(?: is| on|:|\.)? ?"
    r"\d{3}[ -]?\d{3,4}(?!\d)"
    r"|\b(?:(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)[ ,-]{1,3}){7}",
    re.IGNORECASE,
)
_HELPLINES: Final = (
    re.compile(  # everybody may ring these: Childline, NSPCC, Crimestoppers, Samaritans, Stop It Now, POSH
        r"\b(?:0800 ?11 ?11|0808 ?800 ?5000|0800 ?555 ?111|116 ?123|0808 ?1000 ?900|0344 ?381 ?4772)\b"
    )
)
_NUMBER_OF: Final = (
    r"(?:candidate|cand|admissions?|adm|pupil|student|exam|learner|roll|school|sims|arbor|bromcom|isams|centre)"
)
_NUMBER_THAT_IS_SAID: Final = re.compile(
    r"\b[a-z][ -]?\d(?:[ -]?\d){10}[ -]?[\da-z]\b"  # unique pupil number
    r"|\b\d{5}[a-z0-9]\d{6}[a-z]\b"  # unique candidate identifier
    r"|\b[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]\b"  # national insurance
    r"|\b(?:upn|uln|uci|nhs)\b(?: (?:number|no))?[^\w\n]{0,4}(?:is )?[a-z]? ?\d(?:[ -]?\d){3,12}"
    r"|\b(?:candidate|cand)[ :.#-]{1,3}\d{3,15}"
    rf"|\b{_NUMBER_OF}\.? (?:(?:number|id|ref|code)\b[^\d\n.!?]{{0,20}}|(?:no|num|nr)\b[.:]{{0,2}} ?#?)\d{{3,15}}",
    re.IGNORECASE,
)
_NUMBER_BY_LENGTH: Final = (
    re.compile(  # a unique learner number in its groupings, and what is longer than any telephone
        r"(?<!\d)[1-9](?:\d{9}|\d\d[ -]\d{3}[ -]\d{4}|\d{3}[ -]\d{3}[ -]\d{3}|\d{3}[ -]\d{4}[ -]\d\d|\d{4}[ -]\d{5})"
        r"(?!\d)"
        r"|(?<![\d.,])[1-9]\d{11,}(?![\d.,])"
    )
)

# --- addresses --------------------------------------------------------------------------------------------------------
_AREA: Final = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?"
    "|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_INWARD: Final = r"\d[ABDEFGHJLNPQRSTUWXYZ]{2}"
_POSTCODE: Final = re.compile(
    rf"\b(?:{_AREA})\d[A-Z\d]? {{0,2}}{_INWARD}\b"
    rf"|\b(?i:(?:{_AREA})\d[A-Z\d]? {{0,2}}(?!\d(?:st|nd|rd|th)\b){_INWARD})\b"
)
_SURE_STREET: Final = r"(?:street|road|avenue|lane|crescent|terrace)"
_STREET: Final = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Court|Ct|Crescent|Cres|Gardens|Gdns|Place|Pl|Terrace|Grove"
    r"|Hill|Park|Walk|Square|Sq|Mews|Row|Green|View|Rise|Parade|Wynd|Brae)"
)
_NAMED: Final = r"(?:(?!Google|One|Shared|Team|Year|Room)[A-Z][a-z'\u2019]+ ){1,3}"
_STREET_ADDRESS: Final = re.compile(
    rf"\b\d{{1,4}}[A-Za-z]?,? {_NAMED}{_STREET}\b"
    r"|\b\d{1,4}[a-z]?,? (?!the|pupils?|boys?|girls?|people|students?|miles?|minutes?|times|down)"
    rf"[a-z]{{3,20}} {_SURE_STREET}\b"
    rf"|\b(?i:lives?|living|lived|home|address|house)\b (?:is )?(?:in|on|at|near|:)? ?{_NAMED}{_STREET}\b"
    r"|\b(?:[Ff]lat|FLAT|[Aa]partment) \d{1,3}[A-Za-z]?\b"
)


def kinds(views: Iterable[str]) -> frozenset[Kind]:
    """The kinds found in the views of one text."""
    found: set[Kind] = set()
    for view in views:
        found |= _online(view)
        found |= _dates_and_numbers(view)
        if _POSTCODE.search(view) or _STREET_ADDRESS.search(view):
            found.add("address")
        if holds_name(view):
            found.add("name")
    return frozenset(found)


def _online(view: str) -> set[Kind]:
    """E-mail addresses, links and account names. What is found is taken out, so that it counts once."""
    found: set[Kind] = set()
    tight = tighten(view)
    rest = _EMAIL.sub(" ", tight)
    if rest != tight or _EMAIL_SAID.search(view):
        found.add("email")
    words = rest.split(" ")
    kept = [word for word in words if not _LINK.search(word)]
    if len(kept) < len(words):
        found.add("link")
    if _HANDLE.search(" ".join(kept)):
        found.add("handle")
    return found


def _dates_and_numbers(view: str) -> set[Kind]:
    """Dates of birth, pupil numbers and phone numbers. What is found is taken out, so as to be no part of the next."""
    found: set[Kind] = set()
    if _BORN.search(view):
        found.add("birth_date")
    rest = _WRITTEN_DATE.sub(_unless_day_of_the_week, view)
    rest = _FIGURE_DATE.sub(_unless_no_date, rest)
    if _FOUND in rest:
        found.add("birth_date")
    rest = _HELPLINES.sub(_SET_ASIDE, rest)
    without_said = _NUMBER_THAT_IS_SAID.sub(_SET_ASIDE, rest)
    without_phones = _PHONE.sub(_SET_ASIDE, without_said)
    if without_said != rest or _NUMBER_BY_LENGTH.search(without_phones):
        found.add("pupil_number")
    if without_phones != without_said:
        found.add("phone")
    return found


_FOUND: Final = "\x01"
_SET_ASIDE: Final = "\x02"


def _unless_day_of_the_week(match: re.Match[str]) -> str:
    """A day of the week before it makes a date one of the incident: nobody gives a date of birth so."""
    return _SET_ASIDE if _WEEKDAY_BEFORE.search(match.string, max(0, match.start() - 16), match.start()) else _FOUND


def _unless_no_date(match: re.Match[str]) -> str:
    """Keep figures that are no day of a calendar, or a row of classes or ages (`years 9/10/11`)."""
    part = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    day, month = int(part["d"]), int(part["m"])
    short = len(part["y"]) == 2  # noqa: PLR2004 - a year of two figures
    spaced = part.get("s") == " "
    before = match.string[max(0, match.start() - 16) : match.start()]
    if not (1 <= day <= _DAYS and 1 <= month <= _DAYS and min(day, month) <= _MONTHS):
        return match[0]
    if short and (spaced or _ROW_BEFORE.search(before)):
        return match[0]
    return _unless_day_of_the_week(match)
