"""What leads to a picture, video or file: addresses, file names, data and markup, written plainly or disguised.

Text is read in several *views*, each plainer than the last, so that one pattern finds a link however it was written:
full-width letters, letters that only look Latin, characters of no width, `example[.]com`, `hxxp`, spaces around dots,
percent signs. A view is for finding only; nobody is shown one.

Everything here takes time that grows with the length of the text and no faster: repeats are bounded, or begin at a
fixed word.
"""

from __future__ import annotations

import re
import unicodedata
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOOKALIKES: Final = str.maketrans(
    "аеорсухіјѕһкмтвнԁԛԝАВЕКМНОРСТУХІЈЅοανρτυικεΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıℓϳ。·‧∙․∕⁄╱⧸∶꞉ː\u3164\u115f\u1160\u2800",  # noqa: RUF001 - these are what is looked for
    "aeopcyxijshkmtbhdqwABEKMHOPCTYXIJSoavptuikeABEZHIKMNOPTYXgilj.....////:::    ",
)
_GONE: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127)) | {9: " ", 13: "\n"}
_LONG: Final = {0xFDFA: " ", 0xFDFB: " "}
_INVISIBLE: Final = frozenset({"Mn", "Me", "Cf"})
_RIGHT_TO_LEFT: Final = "\u202e"

_ENTITY: Final = re.compile(r"&#?\w{1,31};?")  # bounded: `html.unescape` raises on a number of thousands of digits
_PERCENT: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_ROUNDS: Final = 3

_SPACED_LETTERS: Final = re.compile(r"(?<!\S)(?:\S ){3,}\S(?!\S)")
_BRACKETED: Final = re.compile(r" ?[\[({<]\s?(\.|dot|:|:?//?|slash|at|@)\s?[\])}>] ?", re.IGNORECASE)
_SAID: Final = {"dot": ".", "slash": "/", "at": "@"}
_ENDS: Final = r"(?:com|co|org|net|uk|io|me|gov|sch|ac|nz|gg|ly|tv|jpe?g|png|gif|heic|webp|mp4|mov|avi|pdf|docx?|zip)\b"
_DOT_SAID: Final = re.compile(rf" dot (?={_ENDS})", re.IGNORECASE)
_DOT_SPACED: Final = re.compile(
    r" \. ?(?=\w)|(?<=\w)\. (?=(?:com|co\. ?uk|org|jpe?g|png|heic|webp|mp4|mov)\b)"
    r"|(?<=\w),(?=(?:com|co\.uk|org|net) ?/)",
    re.IGNORECASE,
)
_SLASH_SPACED: Final = re.compile(r" ?/ ?")
_SCHEME: Final = re.compile(r"h(?:tt|xx|tx|xt|\*\*)p(s?) ?[:;]? ?/ ?/ ?", re.IGNORECASE)

_HOSTS: Final = (  # found inside any word; a letter must not follow, for "Dropbox.Come" begins a new sentence
    # what people keep with a large provider
    "drive.google.com", "docs.google.com", "photos.google.com", "photos.app.goo.gl", "goo.gl/photos",
    "googleusercontent.com", "storage.googleapis.com", "storage.cloud.google.com", "firebasestorage.",
    "onedrive.live.com", "onedrive.com", "1drv.ms", "1drv.com", "sharepoint.com", "sharepoint.us",
    "blob.core.windows.net", "dropbox.com", "dropboxusercontent.com", "icloud-content.com", "share.icloud.com",
    "www.icloud.com", "icloud.com/", "amazonaws.com", "cloudfront.net", "backblazeb2.com", "r2.dev",
    "digitaloceanspaces.com", "cloudinary.com", "imagekit.io", "imgix.net", "drive.proton.me",
    # files
    "wetransfer.com", "wetransfer.net", "mega.nz", "mega.io", "mega.co.nz", "mediafire.com", "sendspace.com",
    "4shared.com", "zippyshare.com", "gofile.io", "pixeldrain.com", "filebin.net", "transfer.sh", "catbox.moe",
    "anonfiles.com", "pcloud.com", "pcloud.link", "terabox.com", "sendgb.com", "fromsmash.com", "filemail.com",
    "hightail.com", "swisstransfer.com", "jumpshare.com", "droplr.com", "workupload.com", "uploadfiles.io",
    "rapidgator.net", "app.box.com", "boxcloud.com", "send-anywhere.com", "sendanywhe.re", "files.fm",
    "krakenfiles.com", "1fichier.com",
    # pictures and videos
    "imgur.com", "imgur.io", "imgbb.com", "postimg.cc", "postimg.org", "postimages.org", "gyazo.com", "prntscr.com",
    "flickr.com", "staticflickr.com", "photobucket.com", "imageshack.com", "imageshack.us", "tinypic.com",
    "giphy.com", "tenor.com", "pinimg.com", "imgbox.com", "imagebam.com", "imgchest.com", "pixhost.to",
    "freeimage.host", "snipboard.io", "vsco.co", "vimeo.com", "streamable.com", "dailymotion.com", "loom.com/share",
    "youtu.be", "smugmug.com", "500px.com",
    # media of chats and networks
    "cdn.discordapp.com", "media.discordapp.net", "images-ext-1.discordapp.net", "cdninstagram.com", "fbcdn.net",
    "fbsbx.com", "sc-cdn.net", "tiktokcdn", "vm.tiktok.com", "vt.tiktok.com", "telegram-cdn", "telesco.pe",
    "web.telegram.org", "telegra.ph", "pbs.twimg.com", "video.twimg.com", "pic.twitter.com", "i.redd.it", "v.redd.it",
    "preview.redd.it", "whatsapp.net", "files.slack.com", "slack-files.com", "asm.skype.com", "media.tumblr.com",
    "userapi.com",
)  # fmt: skip

_PLACES: Final = re.compile(  # where the host alone says too little, or is short enough to end another word
    r"(?<![a-z0-9-])(?:"
    r"(?:we\.tl|db\.tt|ibb\.co|prnt\.sc|cl\.ly|0x0\.st|pin\.it|flic\.kr|file\.io|box\.com|ufile\.io|vgy\.me|sync\.com|fb\.watch"
    r"|pic\.x\.com|dai\.ly|(?:story|t|web)\.snapchat\.com)(?![a-z0-9])"
    r"|(?:t\.me|telegram\.(?:me|dog))/(?:[sc]/|\+?\w{1,40}/\d)"
    r"|(?:twitter|x)\.com/\w{1,40}/status/"
    r"|vk\.com/(?:photo|video|doc|clip))"
    r"|instagr(?:am\.com|\.am)/(?:[\w.]{1,30}/)?(?:p|reels?|tv|stories|s|share)/"
    r"|snapchat\.com/(?:spotlight|p|s|t|story|stories|discover|lens|memories)\b"
    r"|tiktok\.com/(?:@[^/\s]{0,40}/(?:video|photo|live)|t/|v/|embed)"
    r"|facebook\.com/(?:[^\s/]{1,60}/){0,3}(?:photo|video|reel|watch|share|story|media)"
    r"|youtube(?:-nocookie)?\.com/(?:watch|shorts|embed|live|v/|clip)"
    r"|slack\.com/files|discord(?:app)?\.(?:com|net)/(?:attachments|ephemeral)|teams\.microsoft\.com/l/file"
    r"|reddit\.com/(?:gallery|media)|amazon\.(?:com|co\.uk)/(?:photos|clouddrive)|twitch\.tv/(?:videos|\w{1,40}/clip)"
    # an address in figures or in disguise: nobody sees where it leads
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5})?/\S"
    r"|://(?:[^\s/@]{0,80}@)?(?:(?:0x[0-9a-f]{1,8}|\d{1,10})(?:\.(?:0x[0-9a-f]{1,8}|\d{1,10})){0,3}|\[[0-9a-f:.%]{2,60}\])(?=[:/?#\s]|$)"
    r"|xn--[a-z0-9]"
)
_DATA: Final = re.compile(
    r"data ?: ?(?:image|video|audio|application|text|font|model|multipart) ?/|; ?base64 ?,"
    r"|< ?(?:img|image|video|audio|picture|source|iframe|embed|object|svg)\b|\[img\b|\[/(?:img|image|video|media)\]"
    r"|file ?://|blob:\S|content://|cid:[^\s@]{1,80}@|magnet:\?|ip[fn]s:/|(?:ftps?|sftp|smb|afp|nfs)://"
    r"|(?<![a-z])[a-z]:\\\S|(?<![\w\\])\\\\[\w.$-]{1,60}\\"
    r"|[?&](?:format|fm|ext|type)=(?:jpe?g|png|gif|webp|heic|mp4|mov|pdf)"
)
_SURE: Final = r"jpe?g|jfif|a?png|hei[cf]|webp|avif|bmp|svg|mp4|m4v|mkv|mpe?g|3gp|3g2|hevc|doc[xm]|xls[xmb]|ppt[xm]"
_MAYBE: Final = (
    r"gif|tiff?|mov|avi|wmv|flv|webm|ogv|mts|vob|raw|dng|cr[23]|nef|arw|psd|ico|jpe|pdf|doc|rtf|od[tspg]|xls|csv|pptx?|pps|txt"
    r"|pages|numbers|key|zipx?|rar|7z|tar|gz|tgz|bz2|iso|dmg|apk|exe|mp3|m4a|wav|aac|ogg|opus|flac|amr|eml|msg|vcf|html?"
)
_FILE: Final = (
    re.compile(  # what could begin a word ("it.Moving on") counts in one case only, and where nothing follows
        rf"\.(?i:{_SURE})|(?<=[\w)\]}}'\"%~-])\.(?:{_MAYBE}|{_MAYBE.upper()})(?![A-Za-z0-9])"
    )
)
_FILE_IN_PATH: Final = re.compile(rf"\.(?:{_SURE}|{_MAYBE.replace('|html?', '')})")
_WITH_PATH: Final = re.compile(r"://[^\s/]{1,255}(/\S+)")
_BEGINS_AS_FILE: Final = re.compile(
    r"/9j/[A-Za-z0-9+/]{8}|iVBORw0KG|R0lGOD[ld]h|UklGR[A-Za-z0-9+/]{8}|JVBERi0|UEsDB[A-Za-z0-9+/]{8}|AAAA[A-Za-z0-9+/]{2}Z0eXA"
)
_RUN: Final = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}|[A-Za-z0-9_-]{16,}={0,2}")
_BLOB_LENGTH: Final = 64


def views(text: str) -> Iterator[str]:
    """The text as it stands, folded to plain characters, and what it says once decoded or turned round."""
    plain = fold(text)
    yield plain
    decoded = _decode(plain)
    if decoded != plain:
        yield fold(decoded)
    if _RIGHT_TO_LEFT in text:
        yield plain[::-1]


def fold(text: str) -> str:
    """Full-width, accented and lookalike characters made plain, digits made 0-9, what has no width left out."""
    if not text.isascii():
        # Marks go first: putting a long row of them in order is the one step of NFKD that is not linear. So do the two
        # Arabic signs that stand for a whole sentence.
        text = unicodedata.normalize("NFKD", _visible(text).translate(_LONG))
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in _visible(text)).translate(
            _LOOKALIKES
        )
    return text.translate(_GONE)


def tighten(view: str) -> str:
    """One line, with addresses written out: `hxxp`, `[.]`, ` dot com`, spaces around dots and slashes undone."""
    line = re.sub(r"\s+", " ", view)
    line = _SPACED_LETTERS.sub(lambda run: run[0].replace(" ", ""), line)
    line = _BRACKETED.sub(lambda sign: _SAID.get(sign[1].lower(), sign[1]), line)
    if _DOT_SAID.search(line):
        line = re.sub(r" dot ", ".", line, flags=re.IGNORECASE)
        line = re.sub(r" slash ", "/", line, flags=re.IGNORECASE)
    return _SCHEME.sub(r"http\1://", _SLASH_SPACED.sub("/", _DOT_SPACED.sub(".", line)))


def leads_to_file(view: str) -> bool:
    """Whether a view holds a picture, video or file, its name, or an address that leads to one."""
    tight = tighten(view)
    lower = tight.lower()
    return bool(
        _PLACES.search(lower)
        or _DATA.search(lower)
        or _FILE.search(tight)
        or _BEGINS_AS_FILE.search(view)
        or any(_FILE_IN_PATH.search(link[1]) for link in _WITH_PATH.finditer(lower))
        or any(_holds_host(lower, host) for host in _HOSTS)
        or _is_markdown_picture(tight)
        or _holds_blob(view)
    )


def _visible(text: str) -> str:
    return "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)


def _decode(text: str) -> str:
    """Entities and percent signs undone, also where they were encoded twice."""
    for _ in range(_ROUNDS):
        plainer = _PERCENT.sub(_percent, _ENTITY.sub(lambda entity: unescape(entity[0]), text))
        if plainer == text:
            break
        text = plainer
    return text


def _percent(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _holds_host(lower: str, host: str) -> bool:
    """Whether the host is there and ends there. After a scheme it is an address, whatever follows."""
    at = lower.find(host)
    while at >= 0:
        following = lower[at + len(host) : at + len(host) + 1]
        before = lower[max(0, at - 80) : at].rpartition(" ")[2]
        if not following.isalpha() or not host[-1].isalpha() or "//" in before or "www." in before:
            return True
        at = lower.find(host, at + 1)
    return False


def _is_markdown_picture(tight: str) -> bool:
    begins = tight.find("![")
    return begins >= 0 and tight.find("](", begins) >= 0


def _holds_blob(view: str) -> bool:
    """Whether there is a long row of base64 or hexadecimal characters, also where it is wrapped into lines."""
    length = ends = 0
    signs: set[str] = set()
    for run in _RUN.finditer(view):
        if view[ends : run.start()].strip():
            length, signs = 0, set()
        length += len(run[0])
        signs |= set(run[0])
        ends = run.end()
        if length >= _BLOB_LENGTH and _are_of_data(signs):
            return True
    return False


def _are_of_data(signs: set[str]) -> bool:
    """Whether letters and figures are mixed as words and addresses never mix them."""
    letters = {sign for sign in signs if sign.isalpha()}
    if not letters or not any(sign.isdigit() for sign in signs):
        return False
    return len({sign.isupper() for sign in letters}) > 1 or signs <= set("0123456789abcdefABCDEF")
