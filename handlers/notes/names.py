"""Whether a note seems to name a person, from titles, capitals inside a sentence and a list of common first names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN: Final = re.compile(r"(?<![\w@./])[A-Za-z][A-Za-z'\u2019-]*(?![\w@]|\.\w)")  # no part of an address
_SENTENCE_ENDS: Final = frozenset('.!?:;\n("\u201c-\u2013\u2022*')
_TITLES: Final = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr", "sir", "madam", "prof", "professor", "rev", "imam"})
_TITLES_ALONE: Final = frozenset({"mr", "mrs"})
"""Those that are no other word, however they are written."""
_SAINT: Final = frozenset({"st", "saint"})

# Common first names in the United Kingdom that are hardly ever another word: these count however they are written.
_PLAIN = """
aaliyah aarav aaron abdi abdul abdullah abigail adam adele aditi adrian agnes agnieszka ahmad ahmed ahmet aidan
aiden aisha alan albert aleksander aleksandra alexander alexandra alfie alfred alice alicia alina alisha alison
alistair amelia amelie amina aminah amir amy ana ananya andre andrea andreea andrei andrew andrzej angela angus
anita anjali anna annabel annabelle anne annie anthony antonia antonio anya aoibheann aoife archie arjun arlo arnold
arthur arun asha ashley asif astrid ava ayaan ayesha ayo aysha barbara barnaby bartosz beata beatrice becky bella
benjamin bernard bethany bilal blake bogdan bradley brandon brenda brian bronwyn caitlin caleb callum calum carl
carla carlos caroline carys catherine catrin catriona cerys charles charlotte chidi chioma chloe chris christina
christine christopher ciara ciaran claire clara clare claudia cliodhna colin connor conor cormac craig cristina
dafydd damian damien daniel daniela danielle danny daria darius darragh darren dave david deborah declan deepak
denise dennis derek diana diego dilan dinesh dmitri dominic dominik donald donna dorota douglas duncan dylan ebony
eddie edith edward edwin efa eileen eilidh eithne ekaterina elaine eleanor elena eleri elias elijah elizabeth ella
ellen ellie elliot elliott eloise elsie elvis emilia emilie emily emma emmanuel emrys eoin eric erin esme esther
ethan euan eva evan evelyn evie ewa ewan ezra fadumo faisal farah fatima fatimah femi fergus ffion filip finlay
finley finn fiona fionn florin francesca francis frankie fraser freddie frederick freya gabriel gabriela gabrielle
gareth gary gemma geoffrey george georgina geraint gerald gethin gheorghe gillian giovanni gordon graham greg
gregory gurpreet gwen gwyneth hafsa hamish hamza hana hannah hari haris harpreet harriet harrison harvey hasan
hassan helen helena henry hermione hubert hugh hugo hussain hussein ian ibrahim ieuan imogen imran ines ingrid ioan
ioana ionut iqra irene irina isaac isabel isabella isabelle isha ishaan isla ismail isobel ivan iwona izabela
jackson jacob jacqueline jacqui jadwiga jaime jake jakob jakub james jamie jamila jane janet janice jasmin jason
jaspreet javier jayden jeff jeffrey jenna jennifer jenny jeremiah jeremy jermaine jess jessica jill jim jimmy joan
joanna joanne joe joel johanna john johnny jonas jonathan jose joseph josephine joshua joyce juan jude judith julia
julian julie justin justyna kacper kamal kamil kareem karen karim karina karl karolina kasia kate katherine kathleen
kathryn katie katy kavya kayla kayleigh keira keith kenneth kenny kevin khadija khalid kiera kieran kimberley kiran
kirsty kofi krish krishna kristina krzysztof kwame kwesi kyle kyra lara laura lauren layla leah leanne leila lena
leon leona leonardo leroy leticia lewis lexi liam liana lilly linda lisa logan lois lola lorenzo lorna lorraine
louis louisa louise luca lucas lucia lucy luis lukas luke lydia lyla lynn lynne mackenzie maddie maddison madeleine
madison maeve magdalena mahmoud mair maisie malachi malcolm malik manpreet marcel marcin marco marcus marek margaret
maria mariam marie marilyn marina mario marion marius marjorie martha martin martina mary maryam mateja mateo
mateusz matilda matt matthew maureen maurice megan mehmet melanie melissa mia michael michaela michal michelle
miguel mihai mikolaj mila millie milly miriam mohamed mohammad mohammed molly monica monika morag morgan moses
muhammad mustafa myles nadeem nadia nancy naomi natalia natalie natasha nathan nathaniel neha neil ngozi nia niamh
nicholas nicola nicole nigel nikita nikola nina noah noel nora noreen norman nusrat oisin oliver olivia oliwia ollie
omar orla oscar osian oskar otis owain owen pablo padraig pamela patricia patrick patryk paul paula pauline pawel
pedro penelope peter philip phillip phoebe piotr polly pooja preeti priya rachael rachel rafael rahul raj rajesh
ralph ramona ravi rayan raymond rebecca reece reggie reuben rhian rhiannon rhodri rhys ricardo richard ricky riley
rishi robbie robert roberta roberto rodney roger rohan rohit roisin ronald ronnie rory rosalind rosemary roshan
rosie roxanne ruaridh rupert russell ruth ryan sabrina sadie sally salma samantha samir samira samuel sana sandra
sanjana sanjay saoirse sara sarah saskia seamus sean sebastian selina seren serena shane shanice shannon sharon
shaun shauna sheila shirley shreya sian simone simran sinead siobhan sofia solomon sonia sophia sophie spencer
stacey stanislaw stanley stefan stella stephanie stephen steve steven stuart sukhdeep sumaya summaya sunita susan
suzanne sylvia szymon tabitha tadhg tahir talia tamara tamsin tanya tara tariq tatiana tegan temi terence teresa
terry thea theo theodore theresa thomas tiffany tilly timothy tina toby todd tomas tomasz tommy toni tony tracey
tracy trevor tristan tunde tyler tyrone usman valentina valerie vanessa vera veronica vikram viktor viktoria vincent
vivian waqar wayne wendy wiktoria wilfred william wojciech xavier yasmin yasmine youssef yusra yusuf yvette yvonne
zac zach zachary zahra zain zainab zak zara zayn zaynab zeynep zoe zofia zoya zuzana zuzanna
"""
# First names that are words or places too: these count with a capital.
_WITH_CAPITAL = """
alex ali amber arya ben bobby cameron carter charlie daisy diya ed elif fabian florence frank georgia harry heather
heidi holly hunter iris ivy jack jade jasmine jean jordan josh kai kelly kerry leo lily mason max norma olive pearl
poppy robin roman ross rowan ruby sam simon taylor tia tim tom una victoria violet
"""
# First names that also begin sentences: these count with a capital inside one.
_INSIDE = """
angel bill blaine brooke chase dan dawn dean drew eve faith grace grant guy hope joy mark miles nick pat ray reed
rob rose sky skye sue ted will
"""
# What is written with a capital in such notes, and is no name of a person.
_NO_NAMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december christmas easter halloween ramadan eid diwali hanukkah boxing new year's eve bonfire
valentine's black good snapchat instagram tiktok tik tok whatsapp discord telegram facebook messenger twitter
youtube twitch roblox fortnite minecraft xbox playstation nintendo switch steam google apple android samsung galaxy
iphone ipad macbook windows microsoft teams zoom outlook office chromebook classroom onedrive dropbox icloud drive
photos signal skype reddit bereal yubo kik snap insta slack netflix spotify amazon alexa siri facetime face time
imessage airdrop safari chrome firefox myconcern cpoms arbor bromcom sims edulink satchel showbie year years
reception nursery key stage foundation sixth form class classes set group groups block house head heads deputy
assistant principal teacher teachers tutor tutors governor governors chair lead leads designated safeguarding senco
pastoral support staff officer manager nurse counsellor mentor worker workers social services service early help
children's childrens child children pupil pupils student students adult adults family families parent parents carer
carers mum mom mummy dad daddy nan nana gran granny grandad grandma grandpa auntie aunt uncle stepdad stepmum
guardian maths mathematics english welsh irish scottish scots british french german spanish polish romanian urdu
punjabi arabic latin mandarin science biology chemistry physics history geography drama music art dance religious
studies computing technology design food business media psychology sociology literature language physical education
games personal health economic assembly registration period lunch break detention isolation inclusion library
canteen hall gym field room corridor playground gate gates bus coach train taxi minibus police constable sergeant
inspector detective county council borough city town village district london england wales scotland ireland northern
britain uk europe european north south east west central greater upper lower great little royal national crown
prosecution court care local authority multi-agency hub mash camhs prevent channel operation encompass childline
nspcc ceop thinkuknow report remove barnardo's samaritans victim internet watch safer schools academy school college
university church mosque temple scouts guides brownies cadets club team football rugby netball cricket hockey centre
hospital clinic surgery trust board duke edinburgh award trip residential world cup premier league call duty grand
theft auto among us god islam muslim christian catholic jewish hindu sikh i i'm i've i'd i'll ok okay tv dvd wifi
wi-fi pc ai the a an and or but so if when while since because after before during until as at by for from in into
of off on onto out over to up with without about around near outside inside behind under this that these those there
here he she it they we you his her its their our your my him them who what which where why how not no yes nobody
somebody someone everyone everybody anyone both all some many most other another one two three four five six seven
eight nine ten first second third last next now then today yesterday tomorrow later morning afternoon evening night
weekend week term half-term half holidays holiday also again still just only even very said told asked spoken spoke
shared sent seen heard known unknown possibly probably perhaps maybe is was are were has have had do does did will
would can could should might must be been being please thanks note notes update reported action none
"""
# What the names of places and bodies end with.
_PLACES = """
police council school academy college primary secondary high junior infant infants hospital centre trust church club
university station park street road lane avenue services service hall hub county borough city town district hamlets
yorkshire lancashire midlands sussex shire wales grammar comprehensive prep nursery surgery clinic united rovers
wanderers athletic fc court bridge heath green hill common close drive way crescent gardens place terrace grove
square mews rd st ave ln cres theatre cinema towers world zoo museum airport castle beach arena stadium supermarket
shop cafe express award act bill helpline line department agency commission society foundation association union
"""
# After these, one strange capital is a name.
_CUES = """
told asked named called pupil student boy girl friend brother sister cousin boyfriend girlfriend mother father mum
dad stepdad stepmum nan teacher tutor saw met rang phoned texted messaged blamed
"""

_FIRST_NAMES: Final = frozenset(_PLAIN.split())
_FIRST_NAMES_WITH_CAPITAL: Final = _FIRST_NAMES | frozenset(_WITH_CAPITAL.split())
_FIRST_NAMES_INSIDE: Final = frozenset(_INSIDE.split())
_KNOWN: Final = frozenset(_NO_NAMES.split())
_ENDS_OF_PLACES: Final = frozenset(_PLACES.split())
_BEFORE_A_NAME: Final = frozenset(_CUES.split())
_BEFORE_TO: Final = frozenset(
    {"spoke", "spoken", "talked", "talking", "speaking", "said", "lied", "belongs", "sent", "wrote"}
)
_SAYS: Final = frozenset(
    {
        "said",
        "says",
        "told",
        "sent",
        "showed",
        "shared",
        "asked",
        "posted",
        "admitted",
        "denied",
        "thinks",
        "knows",
        "saw",
        "heard",
    }
)


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    starts_sentence: bool
    follows_space: bool
    """Only blanks stand between it and the word before."""

    @property
    def lower(self) -> str:
        return self.text.lower().replace("\u2019", "'").removesuffix("'s").strip("'-")

    @property
    def capital(self) -> bool:
        """Written as names are: `Jane`, `O'Brien`, not `jane`, `DSL` or `A`."""
        return self.text[0].isupper() and any(c.islower() for c in self.text.removesuffix("'s"))

    @property
    def may_name(self) -> bool:
        return self.capital and self.lower not in _KNOWN


def holds_name(view: str) -> bool:
    """Whether the text seems to name a person. Knows no names of places: two strange capitals in a row are a name."""
    words = list(_words(view))
    return any(
        _is_titled(words, at) or _is_first_name(words, at) or _is_pointed_at(words, at) or _is_pair(words, at)
        for at in range(len(words))
    )


def _words(view: str) -> Iterator[_Word]:
    ends = 0
    for token in _TOKEN.finditer(view):
        between = view[ends : token.start()]
        yield _Word(token[0], ends == 0 or not _SENTENCE_ENDS.isdisjoint(between), between.isspace())
        ends = token.end()


def _is_titled(words: Sequence[_Word], at: int) -> bool:
    """`Mr Khan`, `Mrs. Patel`, `mr khan`. "Miss" and "Sir" alone are how pupils say teacher."""
    if at + 1 >= len(words) or words[at].lower not in _TITLES:
        return False
    following = words[at + 1]
    if words[at].capital:
        return following.may_name
    return words[at].lower in _TITLES_ALONE and following.lower not in _KNOWN and len(following.text) > 1


def _is_first_name(words: Sequence[_Word], at: int) -> bool:
    """A name of the lists, alone or joined (`Anne-Marie`), unless it is a saint's or a place's (`Victoria Park`)."""
    word = words[at]
    if at > 0 and words[at - 1].lower in _SAINT:
        return False
    parts = word.lower.split("-")
    plain = all(part in _FIRST_NAMES for part in parts)
    with_capital = word.text[0].isupper() and all(part in _FIRST_NAMES_WITH_CAPITAL for part in parts)
    inside = word.capital and not word.starts_sentence and word.lower in _FIRST_NAMES_INSIDE
    return (plain or with_capital or inside) and not _is_place(words, at)


def _is_pointed_at(words: Sequence[_Word], at: int) -> bool:
    """A strange capital after "told", "spoke to", "name is", or before "said"."""
    word = words[at]
    if not word.may_name or at == 0 or (word.starts_sentence and words[at - 1].lower != "name"):
        return False
    before = words[at - 1].lower
    two_before = words[at - 2].lower if at > 1 else ""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    named = before == "name" or (before in ("is", "was") and two_before in ("name", "surname"))
    return named or before in _BEFORE_A_NAME or (before == "to" and two_before in _BEFORE_TO) or after in _SAYS


def _is_pair(words: Sequence[_Word], at: int) -> bool:
    """Two strange capitals in a row, unless the row ends as the names of places and bodies do."""
    if at + 1 >= len(words):
        return False
    word, following = words[at], words[at + 1]
    if not (word.may_name and following.may_name and following.follows_space) or following.starts_sentence:
        return False
    return not _is_place(words, at)


def _is_place(words: Sequence[_Word], at: int) -> bool:
    """Whether the row of capitals that begins here holds what names of places and bodies end with."""
    if not words[at].capital:
        return False
    for later in words[at + 1 : at + 5]:
        if not (later.capital and later.follows_space):
            return False
        if later.lower in _ENDS_OF_PLACES:
            return True
    return False
