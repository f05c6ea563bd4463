"""Who may call us: a token that Bot Framework signed for us, now, for the address that it names (SR-2, SR-3, SR-5)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from tests.teams.conftest import AMIRA

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


def forged(teams: TeamsStandIn, **changed: Any) -> str:
    return teams.signing.token(teams.service_url, **changed)


def now(teams: TeamsStandIn) -> int:
    return int(teams.clock())


def hmac_with_the_public_key(teams: TeamsStandIn) -> str:
    """The old trick: the published key as the secret of a symmetric signature. PyJWT itself refuses to make one."""
    key = teams.signing.keys[teams.signing.kid].public_key()
    pem = key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    header = {"alg": "HS256", "typ": "JWT", "kid": teams.signing.kid}
    parts = [base64url(json.dumps(part).encode()) for part in (header, claims_of(teams))]
    signature = hmac.new(pem, ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, base64url(signature)])


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def unsigned(teams: TeamsStandIn) -> str:
    return jwt.encode(claims_of(teams), "", algorithm="none", headers={"kid": teams.signing.kid})


def claims_of(teams: TeamsStandIn) -> dict[str, Any]:
    return jwt.decode(forged(teams), options={"verify_signature": False})


def with_the_key_of_another(teams: TeamsStandIn) -> str:
    """Signed by a key that is not published, under the name of one that is."""
    good = teams.signing.kid
    teams.signing.rotate(publish=False)
    token = jwt.encode(
        claims_of(teams), teams.signing.keys[teams.signing.kid], algorithm="RS256", headers={"kid": good}
    )
    teams.signing.kid = good
    return token


def with_another_algorithm(name: str) -> Callable[[TeamsStandIn], str]:
    """Rightly signed with the published key, and not as Bot Framework signs."""

    def token(teams: TeamsStandIn) -> str:
        kid = teams.signing.kid
        return jwt.encode(claims_of(teams), teams.signing.keys[kid], algorithm=name, headers={"kid": kid})

    return token


def unendorsed(teams: TeamsStandIn) -> str:
    good = teams.signing.kid
    teams.signing.rotate(endorsements=("webchat",))
    token = forged(teams)
    teams.signing.kid = good
    return token


FORGERIES: dict[str, Callable[[TeamsStandIn], str]] = {
    "no token": lambda _: "",
    "garbage": lambda _: "not.a.token",
    "one part": lambda _: "x" * 400,
    "truncated": lambda t: forged(t)[:-10],
    "signature left out": lambda t: forged(t).rpartition(".")[0] + ".",
    "algorithm none": unsigned,
    "HS256 with the public key": hmac_with_the_public_key,
    "RS384 with the right key": with_another_algorithm("RS384"),
    "RS512 with the right key": with_another_algorithm("RS512"),
    "PS256 with the right key": with_another_algorithm("PS256"),
    "another audience": lambda t: forged(t, aud="another-app"),
    "a list with another audience": lambda t: forged(t, aud=["another-app"]),
    "another issuer": lambda t: forged(t, iss="https://sts.windows.net/another-tenant/"),
    "no issuer": lambda t: forged(t, without="iss"),
    "no audience": lambda t: forged(t, without="aud"),
    "expired": lambda t: forged(t, exp=now(t) - 301),
    "no expiry": lambda t: forged(t, without="exp"),
    "not valid yet": lambda t: forged(t, nbf=now(t) + 400),
    "another service URL": lambda t: forged(t, serviceurl="https://localhost:1/teams/"),
    "no service URL": lambda t: forged(t, without="serviceurl"),
    "an unknown key": lambda t: forged(t, headers={"kid": "nobody"}),
    "no key id": lambda t: forged(t, headers={"kid": ""}),
    "the key of another": with_the_key_of_another,
    "a key without our channel": unendorsed,
    "a key from elsewhere": lambda t: forged(t, headers={"kid": "nobody", "jku": "https://evil.example/keys"}),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
async def test_a_forged_token_is_refused_without_a_word_and_nothing_is_sent(
    forge: Callable[[TeamsStandIn], str], teams: TeamsStandIn, bot: Bot
) -> None:
    activity = {**teams.activity(AMIRA, "message"), "text": "report"}
    before = len(teams.calls_of("post")) + len(teams.calls_of("create")) + len(teams.calls_of("member"))

    reply = await teams.send_activity(activity, token=forge(teams))

    assert (reply.status, reply.text) == (401, "")
    assert bot.desk.intents == []
    assert len(teams.calls_of("post")) + len(teams.calls_of("create")) + len(teams.calls_of("member")) == before
    assert bot.refused == ["signature" if "service URL" not in forge_name(forge) else "workspace"]


def forge_name(forge: object) -> str:
    return next(name for name, one in FORGERIES.items() if one is forge)


@pytest.mark.parametrize("skew", [{"exp": -299}, {"nbf": 299}], ids=["just expired", "just not valid yet"])
async def test_clocks_may_differ_by_five_minutes(skew: dict[str, int], teams: TeamsStandIn, bot: Bot) -> None:
    ((claim, seconds),) = skew.items()
    token = forged(teams, **{claim: now(teams) + seconds})

    reply = await teams.send_activity({**teams.activity(AMIRA, "message"), "text": "help"}, token=token)

    assert reply.status == 202
    assert bot.desk.names() == ["show_help"]


async def test_two_authorization_headers_are_none(teams: TeamsStandIn, bot: Bot) -> None:
    import aiohttp  # noqa: PLC0415  # only here: a client that sends a header twice

    token = forged(teams)
    headers = [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")]
    async with (
        aiohttp.ClientSession() as http,
        http.post(teams.bot_url, json=teams.activity(AMIRA, "message"), headers=headers) as answer,
    ):
        assert answer.status == 401
    assert bot.desk.intents == []


async def test_a_newly_published_key_works_without_a_restart(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.signing.rotate()

    reply = await teams.message(AMIRA, "cases")

    assert reply.status == 202
    assert bot.desk.names() == ["show_help", "list_cases"]


async def test_unknown_keys_cause_one_download_at_once_and_then_one_a_minute(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    bot.clock.ahead += 61
    before = len(teams.calls_of("keys"))
    activity = teams.activity(AMIRA, "message")

    for number in range(200):
        await teams.send_activity(activity, token=forged(teams, headers={"kid": f"unknown-{number}"}))
    assert len(teams.calls_of("keys")) == before + 1

    bot.clock.ahead += 61
    for number in range(20):
        await teams.send_activity(activity, token=forged(teams, headers={"kid": f"unknown-{number}"}))
    assert len(teams.calls_of("keys")) == before + 2


async def test_keys_are_fetched_again_after_a_day_and_kept_if_that_fails(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    bot.clock.ahead += 25 * 3600
    teams.faults.refuse("metadata", 503)

    reply = await teams.message(AMIRA, "cases")

    assert reply.status == 202
    assert len(teams.calls_of("metadata")) == 2


async def test_without_any_key_nothing_is_believed(teams: TeamsStandIn, bot: Bot) -> None:
    teams.faults.redirect("metadata", f"{teams.base_url}/v1/elsewhere")

    reply = await teams.message(AMIRA, "help")

    assert (reply.status, reply.text) == (503, "")
    assert bot.desk.intents == []
    bot.clock.ahead += 6
    assert (await teams.message(AMIRA, "help")).status == 202


HOSTS = [
    "https://evil.example/teams/",
    "https://localhost.evil.example/teams/",
    "https://evil.blob.core.windows.net/teams/",
    "https://127.0.0.1:9/teams/",
    "https://[::1]:9/teams/",
    "http://localhost/teams/",
    "https://x:y@localhost/teams/",
    "https://x@localhost/teams/",
    "https://:y@localhost/teams/",
    "https://localhost/teams/?a=b",
    "https://localhost/teams/#a",
    "https://localhost@evil.example/teams/",
    "https://localhost:1@evil.example/teams/",
    "https://evil.example#localhost",
    "https://evil.example\\.localhost/teams/",
    "file:///etc/passwd",
    "https://localhost:notaport/",
    "",
]


@pytest.mark.parametrize("host", HOSTS)
async def test_a_service_url_that_is_not_on_the_list_is_refused_even_if_signed(
    host: str, teams: TeamsStandIn, bot: Bot
) -> None:
    activity = {**teams.activity(AMIRA, "message"), "text": "report", "serviceUrl": host}

    reply = await teams.send_activity(activity, token=teams.signing.token(host))

    assert reply.status == (403 if host else 401), (
        "by our own look: 403. A token without an address has none to look at"
    )
    assert bot.refused == ["workspace"]
    assert reply.text == ""
    assert bot.desk.intents == []
    assert teams.calls_of("post") == []


@pytest.mark.parametrize(
    "changed",
    [
        {"channelId": "webchat"},
        {"channelId": None},
        {"conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "tenant-elsewhere"}},
        {"channelData": {"tenant": {"id": "tenant-elsewhere"}}},
        {
            "conversation": {"id": "a:1", "conversationType": "personal", "tenantId": "tenant-elsewhere"},
            "channelData": {"tenant": {"id": "tenant-elsewhere"}},
        },
        {"channelData": None, "conversation": {"id": "a:1", "conversationType": "personal"}},
    ],
    ids=["another channel", "no channel", "two tenants", "two tenants again", "another tenant", "no tenant"],
)
async def test_another_channel_or_tenant_is_refused_with_no_reply(
    changed: dict[str, Any], teams: TeamsStandIn, bot: Bot
) -> None:
    reply = await teams.send_activity({**teams.activity(AMIRA, "message"), "text": "report", **changed})

    assert (reply.status, reply.text) == (403, "")
    assert bot.desk.intents == []
    assert teams.calls_of("post") == []
    assert bot.refused == ["workspace"]
    assert bot.addresses.held == {}


async def test_other_methods_and_paths_are_not_there(teams: TeamsStandIn, bot: Bot) -> None:
    import aiohttp  # noqa: PLC0415

    async with aiohttp.ClientSession() as http:
        for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
            async with http.request(method, teams.bot_url) as answer:
                assert answer.status in {404, 405}, method
        async with http.post(teams.bot_url.replace("/api/messages", "/api/other")) as answer:
            assert answer.status == 404
    assert bot.desk.intents == []
