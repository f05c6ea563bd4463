"""What is said when a setting is missing or wrong, and that a value is never repeated."""

from __future__ import annotations

import pytest

from bot.settings import Loaded, Settings, load, unknown_variables
from bot.settings.rules import RULES, variable_of
from tests.running.complete_settings import BOT_TOKEN, SIGNING_SECRET, complete, refusal

__all__ = ["complete"]  # pytest finds the fixture by its name

CONTRACT = """
DATABASE_URL DATA_DIR HOST PORT OPS_HOST OPS_PORT PUBLIC_URL KEYS ADMINS CONFIG SLACK_BOT_TOKEN SLACK_SIGNING_SECRET
SLACK_APP_TOKEN SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_API_URL TEAMS_APP_ID TEAMS_TENANT_ID TEAMS_CLIENT_SECRET
TEAMS_CERTIFICATE_FILE TEAMS_MANAGED_IDENTITY TEAMS_AUTHORITY TEAMS_TOKEN_SCOPE TEAMS_TOKEN_ISSUER
TEAMS_OPENID_METADATA_URL TEAMS_SERVICE_HOSTS TEAMS_GRAPH_URL TEAMS_INSTANCE_DISCOVERY SMTP_URL MAIL_FROM CA_FILE
LOG_LEVEL CLOCK_FILE
""".split()  # noqa: SIM905  # read against the contract line by line


def test_every_setting_of_the_contract_is_known_and_has_advice() -> None:
    assert {variable_of(name) for name in Settings.model_fields} == {f"SIGNPOST_{name}" for name in CONTRACT}
    assert set(RULES) == set(Settings.model_fields)


def test_three_settings_are_enough_and_the_rest_have_safe_defaults() -> None:
    settings = load()

    assert settings.database == "sqlite:///.signpost/signpost.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert (settings.ops_host, settings.ops_port) == ("127.0.0.1", 3979)
    assert settings.slack_api_url == "https://slack.com/api/"


def test_the_data_folder_decides_where_the_database_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_DATA_DIR", "/var/lib/signpost")

    assert load().database == "sqlite:////var/lib/signpost/signpost.db"


MISSING = {
    "KEYS": "doctor --new-key",
    "SLACK_SIGNING_SECRET": "Basic Information",
    "SLACK_BOT_TOKEN": "OAuth & Permissions",
}


@pytest.mark.parametrize("name", MISSING)
def test_a_missing_setting_is_named_with_where_to_find_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(f"SIGNPOST_{name}")

    said = refusal()
    assert said.startswith(f"SIGNPOST_{name} is not set")
    assert MISSING[name] in said
    assert len(said.splitlines()) == 1


def test_with_no_platform_at_all_the_way_to_the_playground_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGNPOST_SLACK_BOT_TOKEN")
    monkeypatch.delenv("SIGNPOST_SLACK_SIGNING_SECRET")

    said = refusal()
    assert "make play" in said
    assert "docs/how-to/" in said


def test_an_app_token_makes_the_signing_secret_unnecessary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SIGNPOST_SLACK_SIGNING_SECRET")
    monkeypatch.setenv("SIGNPOST_SLACK_APP_TOKEN", "xapp-1-A1-2-abcdef")

    assert load().socket_mode


WRONG = {
    "SLACK_BOT_TOKEN": [
        "xoxp-user-token-secret",
        "xapp-1-A1-secretive",
        "hunter2hunter2",
        "xoxb-with space",
    ],
    "SLACK_APP_TOKEN": [BOT_TOKEN, "hunter2hunter2"],
    "SLACK_SIGNING_SECRET": ["hunter2", BOT_TOKEN, "0123456789abcdef 0123456789abcdef"],
    "SLACK_API_URL": ["http://slack.example/api/", "ftp://127.0.0.1/", "slack.com", "https://user:hunter2@slack.com/"],
    "PUBLIC_URL": [
        "https://u:a-password@signpost.example",
        "https://u@signpost.example",
        "http://signpost.example",
        "https://signpost.example/slack/events",
        "signpost.example",
    ],
    "DATABASE_URL": ["mysql://hunter2@host/db", "sqlite://", "sqlite:///:memory:", "hunter2"],
    "PORT": ["hunter2", "0", "70000", "-1"],
    "OPS_PORT": ["hunter2"],
    "HOST": ["hunter2 hunter2", "http://hunter2", "hunter2:80", "256.1.1.1", "[::1]"],
    "OPS_HOST": ["hunter2 hunter2"],
    "ADMINS": ["hunter2", "slack:T1", "slack:T1/U1,hunter2", "irc:T1/U1"],
    "CONFIG": ["/nowhere/hunter2.toml"],
    "CA_FILE": ["/nowhere/hunter2.pem"],
    "LOG_LEVEL": ["hunter2"],
    "SMTP_URL": ["hunter2", "http://hunter2"],
    "MAIL_FROM": ["hunter2", "Hunter <hunter2@a.example>"],
    "TEAMS_MANAGED_IDENTITY": ["hunter2"],
    "TEAMS_TENANT_ID": ["Hunter2 Academy"],
    "TEAMS_APP_ID": ["hunter2/hunter2"],
}


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in WRONG.items() for value in values])
def test_a_wrong_value_is_one_sentence_that_names_it_and_never_repeats_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"SIGNPOST_{name}", value)

    said = refusal()
    assert said.startswith(f"SIGNPOST_{name} ")
    assert len(said.splitlines()) == 1
    advice = RULES[name.lower()].advice
    assert advice in said
    assert value not in said.replace(advice, "")
    assert "hunter" not in said.lower()


def test_everything_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_PORT", "many")
    monkeypatch.delenv("SIGNPOST_KEYS")
    monkeypatch.setenv("SIGNPOST_PUBLIC_URL", "http://signpost.example")

    assert [line.split(" ")[0] for line in refusal().splitlines()] == [
        "SIGNPOST_PORT", "SIGNPOST_PUBLIC_URL", "SIGNPOST_KEYS",
    ]  # fmt: skip


def test_what_is_good_can_be_used_beside_what_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_PORT", "many")
    monkeypatch.setenv("SIGNPOST_OPS_PORT", "4100")

    loaded = Loaded.from_environment()
    assert set(loaded.troubles) == {"port"}
    assert (loaded.settings.port, loaded.settings.ops_port) == (3978, 4100)


def test_health_does_not_share_the_public_port(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_OPS_PORT", "3978")
    assert "set it to another number than SIGNPOST_PORT, such as 3979" in refusal()

    monkeypatch.delenv("SIGNPOST_OPS_PORT")
    monkeypatch.setenv("SIGNPOST_PORT", "3979")
    assert "SIGNPOST_OPS_PORT is the same as SIGNPOST_PORT" in refusal()
    assert "such as 3980" in refusal()


PROOF = "one of SIGNPOST_TEAMS_CLIENT_SECRET, SIGNPOST_TEAMS_CERTIFICATE_FILE or SIGNPOST_TEAMS_MANAGED_IDENTITY=true"
HALVES = {
    "TENANT_ID": ("SIGNPOST_TEAMS_APP_ID and " + PROOF, "set SIGNPOST_TEAMS_TENANT_ID"),
    "APP_ID": ("SIGNPOST_TEAMS_TENANT_ID and " + PROOF, "set SIGNPOST_TEAMS_APP_ID"),
    "MANAGED_IDENTITY": ("SIGNPOST_TEAMS_APP_ID and SIGNPOST_TEAMS_TENANT_ID", PROOF),
    "CLIENT_SECRET": ("SIGNPOST_TEAMS_APP_ID and SIGNPOST_TEAMS_TENANT_ID", PROOF),
}


@pytest.mark.parametrize("name", HALVES)
def test_a_half_of_teams_is_noticed_whichever_it_is_and_only_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(f"SIGNPOST_TEAMS_{name}", "true")

    said = refusal()
    missing, there = HALVES[name]
    assert f"only half configured: set {missing} (" in said
    assert there not in said


@pytest.mark.parametrize("value", ["https://x", "smba.example:443", "a b", "*.example", "smba.example,https://x"])
def test_the_hosts_of_a_cloud_are_names_alone(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SIGNPOST_TEAMS_SERVICE_HOSTS", value)
    assert refusal().startswith("SIGNPOST_TEAMS_SERVICE_HOSTS has an entry that is no host's name: ")

    monkeypatch.setenv("SIGNPOST_TEAMS_SERVICE_HOSTS", "smba.example, 127.0.0.1,localhost")
    load()


def test_half_a_teams_configuration_is_refused_and_a_whole_one_needs_no_slack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_TEAMS_APP_ID", "app")
    monkeypatch.setenv("SIGNPOST_TEAMS_CLIENT_SECRET", "hunter2")
    said = refusal()
    assert "SIGNPOST_TEAMS_TENANT_ID" in said
    assert "hunter2" not in said

    monkeypatch.setenv("SIGNPOST_TEAMS_TENANT_ID", "tenant")
    monkeypatch.delenv("SIGNPOST_SLACK_BOT_TOKEN")
    monkeypatch.delenv("SIGNPOST_SLACK_SIGNING_SECRET")
    assert load().wants_teams


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = load()

    for text in (repr(settings), str(settings), settings.model_dump_json()):
        assert BOT_TOKEN not in text
        assert SIGNING_SECRET not in text
        assert settings.keys.get_secret_value() not in text


def test_a_slip_in_a_name_can_be_pointed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_SLACK_TOKEN", BOT_TOKEN)

    assert unknown_variables() == ("SIGNPOST_SLACK_TOKEN",)


def test_plain_http_to_slack_is_for_this_machine_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    for url in ("http://127.0.0.1:9000/api/", "http://localhost:9000/api/", "http://[::1]:9000/api/"):
        monkeypatch.setenv("SIGNPOST_SLACK_API_URL", url)
        assert load().slack_api_url == url


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "::", "::1", "localhost", "signpost.internal", "my_host-1"])
def test_an_address_or_a_name_can_be_listened_on(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("SIGNPOST_HOST", host)
    assert load().host == host


MAIL = {
    "SMTP_URL": "smtp://mail.example:587", "MAIL_FROM": "signpost@school.example", "PUBLIC_URL": "https://a.example",
}  # fmt: skip
TEAMS = {"TEAMS_APP_ID": "app", "TEAMS_TENANT_ID": "tenant", "TEAMS_CERTIFICATE_FILE": "/nowhere.pem"}


@pytest.mark.parametrize(
    ("given", "name", "value"),
    [
        (MAIL, "SMTP_URL", "mail.example"), (MAIL, "MAIL_FROM", "signpost"), (MAIL, "PUBLIC_URL", "school"),
        (TEAMS, "TEAMS_CERTIFICATE_FILE", "/nowhere.pem"), ({}, "SLACK_BOT_TOKEN", "xoxp-1"),
    ],
)  # fmt: skip
def test_a_slip_in_one_setting_is_not_said_again_as_something_that_is_missing(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], name: str, value: str
) -> None:
    for one, what in {**given, name: value}.items():
        monkeypatch.setenv(f"SIGNPOST_{one}", what)
    said = refusal()
    assert said.startswith(f"SIGNPOST_{name} ")
    assert len(said.splitlines()) == 1, said
