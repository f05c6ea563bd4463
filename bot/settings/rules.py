"""For each setting: what is wrong with a value, and what to set instead and where to find it.

A check returns an empty text, or the middle of a sentence such as "is not set to a Slack bot token". It never repeats
the value: a token with a slip of the finger is still nearly the token.
"""

from __future__ import annotations

import ipaddress
import re
import ssl
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit

from bot.settings.key_trouble import UNSET
from bot.settings.mail_server import parse
from handlers.mail_domains import is_address
from handlers.people import Account, is_group

PREFIX: Final = "SIGNPOST_"
SHORTEST_SECRET: Final = 32
"""Characters in a signing secret."""

_LABEL: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9])?")
"""One part of a computer's name, between its dots."""
_SLACK_APP: Final = "your app's page at https://api.slack.com/apps"
_ENTRA: Final = "the app registration in the Entra admin centre"


@dataclass(frozen=True, slots=True)
class Rule:
    """How one setting is checked, and what to tell somebody whose value does not do."""

    check: Callable[[str], str]
    advice: str


def anything(_value: str) -> str:
    """No check beyond the type."""
    return ""


def token(prefix: str) -> Callable[[str], str]:
    """A check for a Slack token that begins with `prefix`."""
    shape = re.compile(re.escape(prefix) + r"[\w-]+\Z", re.ASCII)

    def check(value: str) -> str:
        return "" if shape.match(value) else f"does not look like a token that begins with {prefix}"

    return check


def signing_secret(value: str) -> str:
    """A signing secret is long and no token."""
    if value.startswith(("xoxb-", "xapp-", "xoxp-")):
        return "holds a token, which is something else"
    if len(value) < SHORTEST_SECRET or not value.isascii() or not value.isprintable() or " " in value:
        return f"is not a signing secret, which has {SHORTEST_SECRET} letters and digits"
    return ""


def client_id(value: str) -> str:
    """Slack's client ids are digits with a dot between them; it stands in an address that people are sent to."""
    return "" if re.fullmatch(r"[\w.-]+", value, re.ASCII) else "is no client ID, which has digits and a dot"


def entra_id(value: str) -> str:
    """The id of an app or a tenant, which stands in addresses; a name of a school is none."""
    return "" if re.fullmatch(r"[\w.-]+", value, re.ASCII) else "is no id, which has letters, digits and hyphens"


def hosts(value: str) -> str:
    """Names of hosts with commas between, as they stand in an address: no scheme, port or pattern."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    return "has an entry that is no host's name" if any(map(listening, names)) else ""


def database(value: str) -> str:
    """SQLite in a file, or PostgreSQL."""
    if value.startswith("postgresql://"):
        return "" if _split(value) or _by_socket(value) else "is no complete address"
    if value.startswith("sqlite:///") and len(value) > len("sqlite:///") and ":memory:" not in value:
        return ""
    return "is neither a file of SQLite nor a PostgreSQL database"


def _by_socket(value: str) -> bool:
    """PostgreSQL through a socket in a folder: `postgresql://USER@/NAME?host=/folder`."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.path.strip("/")) and any(host.startswith("/") for host in parse_qs(parts.query).get("host", []))


def public_url(value: str) -> str:
    """An https address without a path; plain http on this machine alone."""
    parts = _split(value)
    if parts is None or not _encrypted_or_here(parts):
        return "does not begin with https:// and a host"
    if parts.username or parts.password or "@" in parts.netloc:
        return "has a user name or a password in it, which every link of a mail would show"
    return "has more than scheme and host" if parts.path.strip("/") or parts.query or parts.fragment else ""


def outbound_url(value: str) -> str:
    """An address that tokens go to: https, or plain http on this machine alone."""
    parts = _split(value)
    if parts is None or not _encrypted_or_here(parts):
        return "would send tokens unencrypted, or is no address"
    return "has a user name, a question mark or a # in it" if parts.username or parts.query or parts.fragment else ""


def smtp(value: str) -> str:
    """A mail server that encrypts."""
    try:
        parse(value)
    except ValueError as wrong:
        return str(wrong)
    return ""


def mail_address(value: str) -> str:
    """One plain mail address, as chat takes it too."""
    return "" if is_address(value) else "is no mail address"


def people(value: str) -> frozenset[Account]:
    """Accounts with commas between them. Raises ValueError with the middle of a sentence, which repeats no entry."""
    entries = [entry.strip() for entry in value.split(",") if entry.strip()]
    try:
        accounts = frozenset(map(Account.parse, entries))
    except ValueError:  # whose text repeats the entry
        raise ValueError("has an entry that names no account") from None
    if any(map(is_group, entries)):
        raise ValueError("has an entry that is a group or a channel, and an admin is one person")
    if any(account.platform == "mail" for account in accounts):
        raise ValueError("has a mail address, and nobody sets Signpost up by mail")
    return accounts


def log_level(value: str) -> str:
    """One of four words."""
    return "" if value.lower() in {"debug", "info", "warning", "error"} else "is none of the four levels"


def readable(value: str) -> str:
    """A file that can be read."""
    try:
        with Path(value).open("rb"):
            return ""
    except OSError:
        return "names a file that is not there or that this user may not read"


def private_key(value: str) -> str:
    """A file that can be read, and not by everybody."""
    if trouble := readable(value):
        return trouble
    return "names a file that every user of this machine can read" if Path(value).stat().st_mode & stat.S_IROTH else ""


def ca_file(value: str) -> str:
    """A file with at least one certificate."""
    if trouble := readable(value):
        return trouble
    try:
        ssl.create_default_context().load_verify_locations(value)
    except (ssl.SSLError, OSError):
        return "names a file without a certificate in it"
    return ""


def folder(value: str) -> str:
    """A folder, or a place where one can be made."""
    path = Path(value)
    return "names something that is not a folder" if path.exists() and not path.is_dir() else ""


def listening(value: str) -> str:
    """An address of this machine to listen on, or a name for one."""
    try:
        ipaddress.ip_address(value)
    except ValueError:
        name = all(map(_LABEL.fullmatch, value.split("."))) and not value.rsplit(".", maxsplit=1)[-1].isdigit()
        return "" if name else "is no address to listen on, and no name of a computer"
    return ""


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        _ = parts.port  # raises for a port that is none
        _ = (parts.hostname or "").encode("idna")  # raises for a name that no computer can have
    except ValueError:
        return None
    return parts if parts.hostname else None


def _encrypted_or_here(parts: SplitResult) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))


def is_loopback(host: str) -> bool:
    """Whether a host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_CLOUD: Final = "set it only for a cloud other than the public one, as that cloud's documentation says"
RULES: Final[Mapping[str, Rule]] = {
    "database_url": Rule(database, "set it to sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME, or leave it out"),
    "data_dir": Rule(folder, "set it to a folder that Signpost may write to"),
    "host": Rule(listening, "set it to the address to listen on, 127.0.0.1 or 0.0.0.0"),
    "port": Rule(anything, "set it to a number from 1 to 65535"),
    "ops_host": Rule(listening, "set it to the address for health and figures, usually 127.0.0.1"),
    "ops_port": Rule(anything, "set it to a number from 1 to 65535"),
    "public_url": Rule(
        public_url,
        "set it to the https address under which Slack, Teams and browsers reach this server, without a path",
    ),
    "keys": Rule(anything, UNSET["unknown"]),
    "admins": Rule(anything, "set it to accounts with commas between them, slack:TEAM/USER or teams:TENANT/OBJECT"),
    "config": Rule(readable, "set it to the TOML file that names your sites and their leads"),
    "clock_file": Rule(readable, "take it out"),
    "ca_file": Rule(ca_file, "set it to a PEM file with the authority to trust besides the usual ones"),
    "log_level": Rule(log_level, "set it to debug, info, warning or error"),
    "slack_bot_token": Rule(
        token("xoxb-"), f"copy the Bot User OAuth Token from {_SLACK_APP}, under OAuth & Permissions"
    ),
    "slack_signing_secret": Rule(
        signing_secret, f"copy the Signing Secret from {_SLACK_APP}, under Basic Information, App Credentials"
    ),
    "slack_app_token": Rule(
        token("xapp-"),
        f"generate one with the scope connections:write on {_SLACK_APP}, under Basic Information, App-Level Tokens,"
        " or leave it out to receive over HTTP",
    ),
    "slack_client_id": Rule(client_id, f"copy the Client ID from {_SLACK_APP}, under Basic Information"),
    "slack_client_secret": Rule(anything, f"copy the Client Secret from {_SLACK_APP}, under Basic Information"),
    "slack_api_url": Rule(
        outbound_url, "leave it out for slack.com, or set it to an https address (plain http on this machine alone)"
    ),
    "teams_app_id": Rule(entra_id, f"copy the Application (client) ID from {_ENTRA}"),
    "teams_tenant_id": Rule(entra_id, f"copy the Directory (tenant) ID from {_ENTRA}"),
    "teams_client_secret": Rule(anything, f"copy it from {_ENTRA}, under Certificates & secrets"),
    "teams_certificate_file": Rule(
        private_key,
        "set it to a PEM file with the certificate and its private key, and run `chmod 600` on it (in Kubernetes, set"
        " the volume's defaultMode to 0440)",
    ),
    "teams_managed_identity": Rule(anything, "set it to true, or leave it out"),
    "teams_authority": Rule(outbound_url, _CLOUD),
    "teams_token_scope": Rule(anything, _CLOUD),
    "teams_token_issuer": Rule(anything, _CLOUD),
    "teams_openid_metadata_url": Rule(outbound_url, _CLOUD),
    "teams_service_hosts": Rule(hosts, _CLOUD),
    "teams_graph_url": Rule(outbound_url, _CLOUD),
    "teams_instance_discovery": Rule(anything, _CLOUD),
    "smtp_url": Rule(
        smtp,
        "set it to smtp://USER:PASSWORD@HOST:587 (STARTTLS) or smtps://USER:PASSWORD@HOST:465, as your mail provider"
        " says",
    ),
    "mail_from": Rule(mail_address, "set it to the address that mail to contacts comes from"),
}


def variable_of(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def missing(name: str, because: str = "is not set", *, do: str = "") -> str:
    """The sentence for a setting that `serve` cannot do without."""
    return f"{variable_of(name)} {because}: {do or RULES[name].advice}."
