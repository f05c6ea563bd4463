"""How we prove who we are to Entra: a secret, a certificate, a managed identity; and what is said when it says no."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from bot.settings import Loaded
from bot.teams.addresses import InMemory
from bot.teams.options import Options
from bot.teams.platform import CannotStart, TeamsPlatform
from bot.teams.tokens import NoToken, Tokens
from tests.teams.conftest import options_for
from tests.teams.desk import SmallDesk

if TYPE_CHECKING:
    from pathlib import Path

    from bot.play.teams import TeamsStandIn
    from bot.seals import Seals
    from tests.teams.conftest import Bot


def certificate(folder: Path, kind: str) -> tuple[Path, rsa.RSAPublicKey]:
    """A certificate with its key, in one file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "signpost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / f"signpost.{kind}"
    if kind == "pfx":
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(b"signpost", key, made, None, serialization.NoEncryption())
        )
    else:
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(b"Bag Attributes\n" + made.public_bytes(serialization.Encoding.PEM) + private)
    return path, key.public_key()


@pytest.mark.parametrize("kind", ["pem", "pfx"])
async def test_a_certificate_proves_who_we_are(kind: str, teams: TeamsStandIn, tmp_path: Path) -> None:
    path, teams.entra.certificate_key = certificate(tmp_path, kind)

    token = await Tokens(options_for(teams, secret="", certificate_file=str(path))).connector()

    assert teams.entra.tokens[token] == "https://api.botframework.com/.default"


async def test_a_wrong_secret_says_what_to_check_and_nothing_that_entra_said(
    teams: TeamsStandIn, bot: Bot, tmp_path: Path
) -> None:
    with pytest.raises(CannotStart, match="SIGNPOST_TEAMS_TENANT_ID"):
        await started(options_for(teams, secret="wrong"), bot.seals)
    pem = tmp_path / "only-a-key.pem"
    pem.write_text("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----\n")
    with pytest.raises(CannotStart, match="SIGNPOST_TEAMS_CERTIFICATE_FILE"):
        await started(options_for(teams, secret="", certificate_file=str(pem)), bot.seals)


async def started(options: Options, seals: Seals) -> TeamsPlatform:
    platform = TeamsPlatform(options, SmallDesk(set()), seals, lambda _: None, addresses=InMemory())
    await platform.start()
    return platform


async def test_we_start_while_entra_is_away_and_work_when_it_is_back(teams: TeamsStandIn, bot: Bot) -> None:
    teams.faults.refuse("discovery", 503)

    platform = await started(options_for(teams), bot.seals)
    try:
        assert not await platform.working()
        platform._tokens._not_before = 0
        assert await platform.working()
    finally:
        await platform.stop()
    assert not await platform.working()


async def test_a_managed_identity_is_asked_for_the_service_and_not_for_a_scope(
    teams: TeamsStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, str]] = []

    async def identity(request: web.Request) -> web.Response:
        asked.append(dict(request.query))
        return web.json_response({"access_token": "tok-managed", "expires_on": "4102444800", "resource": "x"})

    app = web.Application()
    app.router.add_get("/msi", identity)
    server = TestServer(app)
    await server.start_server()
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(server.make_url("/msi")))
    monkeypatch.setenv("IDENTITY_HEADER", "x")

    token = await Tokens(options_for(teams, secret="", managed_identity=True)).connector()
    await server.close()

    assert token == "tok-managed"
    assert asked[0]["resource"] == "https://api.botframework.com"
    assert asked[0]["client_id"] == teams.app_id


async def test_a_token_is_asked_for_once_however_many_want_it(teams: TeamsStandIn) -> None:
    import asyncio  # noqa: PLC0415

    tokens = Tokens(options_for(teams))

    got = await asyncio.gather(*(tokens.connector() for _ in range(20)))

    assert len(set(got)) == 1
    assert len(teams.calls_of("token")) == 1


async def test_an_authority_that_we_do_not_trust_is_not_told_the_secret(teams: TeamsStandIn) -> None:
    import ssl  # noqa: PLC0415

    with pytest.raises(NoToken):
        await Tokens(options_for(teams, tls=ssl.create_default_context())).connector()
    assert teams.calls == []


async def test_a_redirect_does_not_carry_the_secret_along(teams: TeamsStandIn) -> None:
    teams.faults.redirect("token", f"{teams.base_url}/elsewhere")

    with pytest.raises(NoToken):
        await Tokens(options_for(teams)).connector()
    assert not [call for call in teams.calls if call.path == "/elsewhere"]


async def test_the_stand_ins_settings_connect_us(teams: TeamsStandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in teams.settings.items():
        monkeypatch.setenv(name, value)
    loaded = Loaded.from_environment()
    assert dict(loaded.troubles) == {}
    options = Options.of(loaded.settings)

    assert await Tokens(options).connector()
    assert options.service_hosts == {"localhost"}
    assert not options.instance_discovery


def test_nothing_set_means_the_public_cloud(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_TEAMS_APP_ID", "app")
    monkeypatch.setenv("SIGNPOST_TEAMS_TENANT_ID", "tenant")
    monkeypatch.setenv("SIGNPOST_TEAMS_CLIENT_SECRET", "s")

    options = Options.of(Loaded.from_environment().settings)

    assert options == Options("app", "tenant", "s")
    assert options.first_service_url == "https://smba.trafficmanager.net/teams/"
    assert "secret" not in repr(options)
    assert "'s'" not in repr(options)


@pytest.mark.parametrize(
    ("hosts", "first"),
    [
        ("smba.infra.gcc.teams.microsoft.com", "https://smba.infra.gcc.teams.microsoft.com/gcc/"),
        ("smba.infra.gov.teams.microsoft.us", "https://smba.infra.gov.teams.microsoft.us/gcch/"),
        ("smba.example, SMBA.trafficmanager.net", "https://smba.trafficmanager.net/teams/"),
    ],
)
def test_each_cloud_has_a_place_for_the_first_message(hosts: str, first: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGNPOST_TEAMS_SERVICE_HOSTS", hosts)

    assert Options.of(Loaded.from_environment().settings).first_service_url == first


def test_drawing_and_packing_need_none_of_teams_libraries() -> None:
    import subprocess  # noqa: PLC0415

    code = (
        "import sys, bot.teams, bot.teams.render, bot.teams.package, bot.teams.options, bot.teams.addresses;"
        "assert not {'microsoft_agents', 'msal', 'jwt'} & {name.split('.')[0] for name in sys.modules}"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
