"""Whether a platform could reach us: what answers at the address that it was given."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

import aiohttp

from bot.doctor import running
from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.settings.rules import is_loopback

_SECONDS: Final = aiohttp.ClientTimeout(total=8)
_ONLY_POST: Final = 405
_FOR_PROXY: Final = "Signpost runs on this machine: look at the proxy before it, and where it leads"


async def look(settings: Settings, path: str, *, whose: str, given: str) -> Finding:
    """Ask at a path as the platform would. `given` says where the platform has our address from."""
    if not settings.public_url:
        return Finding(
            "public_address_unset", "Public address", "amber",
            f"SIGNPOST_PUBLIC_URL is not set, so it was not tried whether {whose} can reach us",
            f"Set it to the https address that {given} with.",
        )  # fmt: skip
    address = settings.public_url.rstrip("/") + path
    connector = aiohttp.TCPConnector(ssl=settings.tls())
    proxied = not is_loopback(urlsplit(settings.public_url).hostname or "")
    try:
        async with (
            aiohttp.ClientSession(connector=connector, timeout=_SECONDS, trust_env=proxied) as client,
            client.get(address, allow_redirects=False) as reply,
        ):
            strict = "default-src 'none'" in reply.headers.get("Content-Security-Policy", "")
            ours = reply.status == _ONLY_POST and strict
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return await _trouble(error, address, settings)
    if ours:
        return Finding("public_address_good", "Public address", "green", f"Signpost answers at {path}")
    return _red(
        "public_address_other", f"something else answers at {address}", f"Point the proxy's {path} at SIGNPOST_PORT."
    )


async def _trouble(error: Exception, address: str, settings: Settings) -> Finding:
    """What went wrong on the way, each with its own remedy."""
    match error:
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return _red(
                "public_address_certificate", f"the certificate at {address} is not one that is trusted",
                "Give the proxy a certificate for that name from an authority that everybody trusts, with its whole"
                " chain: the platforms refuse any other. If only this machine does not trust it, set SIGNPOST_CA_FILE.",
            )  # fmt: skip
        case aiohttp.ClientConnectorDNSError():
            return _red(
                "public_address_name_unknown", f"nobody knows a computer of the name in {address}",
                "Check SIGNPOST_PUBLIC_URL, and enter the name in your DNS.",
            )  # fmt: skip
        case TimeoutError():
            do = (
                f"{_FOR_PROXY}."
                if await running.runs(settings)
                else "Look at the proxy there: does it wait for `serve`?"
            )
            return _red("public_address_hangs", f"no answer comes from {address} in {_SECONDS.total:g} seconds", do)
        case aiohttp.ClientConnectorError():
            runs = await running.runs(settings)
            do = f"{_FOR_PROXY}." if runs else "Start `serve`, and check the proxy before it."
            return _red("public_address_not_listening", f"nothing listens at {address}", do)
        case aiohttp.ClientError() if not isinstance(error, aiohttp.InvalidURL):
            return _red("public_address_cut_off", f"{address} hangs up without an answer", "Look at the proxy there.")
        case _:
            return _red(
                "public_address_wrong", "SIGNPOST_PUBLIC_URL holds no name that a computer could have",
                "Correct it: https:// and the name under which the platforms reach this server.",
            )  # fmt: skip


def _red(code: str, found: str, do: str) -> Finding:
    return Finding(code, "Public address", "red", found, do)
