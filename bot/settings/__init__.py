"""Settings: environment variables with the prefix SIGNPOST_, each secret also as a file (SIGNPOST_…_FILE)."""

from __future__ import annotations

import os
import re
import ssl
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.settings.key_trouble import Kept
from bot.settings.mail_server import MailServer, parse
from bot.settings.needs import demands
from bot.settings.rules import PREFIX, RULES, people, variable_of
from handlers.people import Account

SECRETS: Final = (
    "database_url", "keys", "slack_bot_token", "slack_signing_secret", "slack_app_token", "slack_client_secret",
    "teams_client_secret", "smtp_url",
)  # fmt: skip
"""The settings that a file can hold instead."""
NOTHING: Final = SecretStr("")
_VARIABLE: Final = re.compile(PREFIX + r"\w+")
Port = Annotated[int, Field(ge=1, le=65535)]


class BadSettings(Exception):
    """Signpost cannot start like this. `sentences` say what to set, one a problem."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("the settings are not complete")
        self.sentences = sentences


class Settings(BaseSettings):
    """Everything that is set, each value checked by itself. Empty means: not set."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True)

    data_dir: Path = Path(".signpost")
    database_url: SecretStr = NOTHING
    host: str = "127.0.0.1"
    port: Port = 3978
    ops_host: str = "127.0.0.1"
    ops_port: Port = 3979
    public_url: str = ""
    keys: SecretStr = NOTHING
    admins: Annotated[frozenset[Account], NoDecode] = frozenset()
    config: Path | None = None
    clock_file: Path | None = None
    ca_file: str = ""
    log_level: str = "info"
    slack_bot_token: SecretStr = NOTHING
    slack_signing_secret: SecretStr = NOTHING
    slack_app_token: SecretStr = NOTHING
    slack_client_id: str = ""
    slack_client_secret: SecretStr = NOTHING
    slack_api_url: str = "https://slack.com/api/"
    teams_app_id: str = ""
    teams_tenant_id: str = ""
    teams_client_secret: SecretStr = NOTHING
    teams_certificate_file: str = ""
    teams_managed_identity: bool = False
    teams_authority: str = ""
    teams_token_scope: str = ""
    teams_token_issuer: str = ""
    teams_openid_metadata_url: str = ""
    teams_service_hosts: str = ""
    teams_graph_url: str = ""
    teams_instance_discovery: str = ""
    smtp_url: SecretStr = NOTHING
    mail_from: str = ""

    @field_validator("admins", mode="before")
    @classmethod
    def _accounts(cls, value: object) -> object:
        return people(value) if isinstance(value, str) else value

    @field_validator("*", mode="after")
    @classmethod
    def _rule(cls, value: object, info: ValidationInfo) -> object:
        plain = value.get_secret_value() if isinstance(value, SecretStr) else value
        if not isinstance(plain, str | Path) or not info.field_name:
            return value
        text = str(plain).strip()
        if text and (trouble := RULES[info.field_name].check(text)):
            raise ValueError(trouble)
        return SecretStr(text) if isinstance(value, SecretStr) else type(plain)(text)

    @property
    def database(self) -> str:
        """The database's address: by default a file in the data folder."""
        return self.database_url.get_secret_value() or f"sqlite:///{self.data_dir / 'signpost.db'}"

    @property
    def socket_mode(self) -> bool:
        """Whether Slack's requests come over a connection that we open, instead of over HTTP."""
        return bool(self.slack_app_token.get_secret_value())

    @property
    def wants_one_workspace(self) -> bool:
        """Whether Slack is connected by the bot token of one workspace."""
        return bool(self.slack_bot_token.get_secret_value())

    @property
    def wants_oauth(self) -> bool:
        """Whether Slack is connected by installing over OAuth, in any number of workspaces."""
        return bool(self.slack_client_id and self.slack_client_secret.get_secret_value())

    @property
    def half_oauth(self) -> bool:
        """Whether one half of what OAuth needs is set."""
        return bool(self.slack_client_id or self.slack_client_secret.get_secret_value()) and not self.wants_oauth

    @property
    def wants_slack(self) -> bool:
        """Whether Slack is connected in one way or the other."""
        return self.wants_one_workspace or self.wants_oauth

    @property
    def wants_teams(self) -> bool:
        """Whether everything is set that Teams needs."""
        return bool(self.teams_app_id and self.teams_tenant_id and self.proves_teams)

    @property
    def proves_teams(self) -> bool:
        """Whether something is set that proves to Microsoft who we are."""
        secret = self.teams_client_secret.get_secret_value()
        return bool(secret or self.teams_certificate_file or self.teams_managed_identity)

    @property
    def half_teams(self) -> bool:
        """Whether something is set for Teams, and not all that it needs."""
        return bool(self.teams_app_id or self.teams_tenant_id or self.proves_teams) and not self.wants_teams

    @property
    def wants_mail(self) -> bool:
        """Whether everything is set that mail to contacts needs: a server, a sender, and where their link leads."""
        return bool(self.smtp_url.get_secret_value() and self.mail_from and self.public_url)

    @property
    def half_mail(self) -> bool:
        """Whether something is set for mail, and not all that it needs."""
        return bool(self.smtp_url.get_secret_value() or self.mail_from) and not self.wants_mail

    def mail_server(self) -> MailServer:
        """The server that mail goes to. Raises ValueError where `wants_mail` is False."""
        return parse(self.smtp_url.get_secret_value())

    def tls(self) -> ssl.SSLContext:
        """What outbound TLS trusts: the usual authorities, and the one in `CA_FILE`."""
        context = ssl.create_default_context()
        if self.ca_file:
            context.load_verify_locations(self.ca_file)
        return context


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings that are good, and a sentence about each one that is not (by its field; left at its default)."""

    settings: Settings
    troubles: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_environment(cls) -> Self:
        """Read the environment and the secret files. Never raises."""
        given: dict[str, Any] = {}
        troubles: dict[str, str] = {}
        for name in SECRETS:
            variable = variable_of(name)
            file = os.environ.get(f"{variable}_FILE", "")
            if not file:
                continue
            if os.environ.get(variable):
                trouble = f"{variable} and {variable}_FILE are both set: keep one of them."
            else:
                given[name], trouble = _secret_in(Path(file), f"{variable}_FILE")
            if trouble:
                given[name], troubles[name] = NOTHING, trouble
        try:
            return cls(Settings(**given), troubles)
        except ValidationError as wrong:
            for problem in wrong.errors(include_input=False, include_url=False):
                name = str(problem["loc"][0])
                troubles[name] = _sentence(name, problem["type"], problem.get("ctx", {}))
                given[name] = Settings.model_fields[name].default
        return cls(Settings(**given), troubles)


def _sentence(name: str, kind: str, context: Mapping[str, Any]) -> str:
    trouble = str(context["error"]) if kind == "value_error" else "cannot be understood"
    return f"{variable_of(name)} {trouble}: {RULES[name].advice}."


def _secret_in(path: Path, variable: str) -> tuple[SecretStr, str]:
    """What a secret file holds, or a sentence about the file."""
    try:
        if path.stat().st_mode & stat.S_IROTH:
            return NOTHING, (
                f"{variable} names a file that every user of this machine can read: run `chmod 600` on it"
                " (in Kubernetes, set the volume's defaultMode to 0440)."
            )
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return NOTHING, f"{variable} names a file that cannot be read: check the path and who owns the file."
    return SecretStr(text), "" if text else f"{variable} names an empty file: write the secret into it."


def unknown_variables() -> tuple[str, ...]:
    """Variables with our prefix that mean nothing to us: most likely a slip in the name."""
    known = {variable_of(name) for name in Settings.model_fields} | {f"{variable_of(name)}_FILE" for name in SECRETS}
    return tuple(
        sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known and "_TEST_" not in name)
    )


def wanted(loaded: Loaded, kept: Kept = "unknown") -> tuple[str, ...]:
    """What `serve` lacks, but for what follows from a value that was refused: that was said already, with its cause."""
    wrong = {variable_of(name) for name in loaded.troubles}
    return tuple(said for said in demands(loaded.settings, kept) if wrong.isdisjoint(_VARIABLE.findall(said)))


def load(kept: Callable[[Loaded], Kept] = lambda _: "unknown") -> Settings:
    """The settings, complete for `serve`. Raises BadSettings with every sentence that applies.

    `kept` says whether the database holds something: where no key is set, what to do depends on it.
    """
    loaded = Loaded.from_environment()
    lacking = wanted(loaded, kept(loaded))
    if loaded.troubles or lacking:
        raise BadSettings(*loaded.troubles.values(), *lacking)
    return loaded.settings
