"""What Teams needs to know of the deployment: who we are, and the addresses of the cloud that we are in."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlsplit

from bot.settings import Settings

PUBLIC_HOSTS: Final = frozenset({"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"})
"""Where activities of the public cloud and of GCC come from, and so where ours may go."""
_FIRST: Final = {
    "smba.trafficmanager.net": "teams",
    "smba.infra.gcc.teams.microsoft.com": "gcc",
    "smba.infra.gov.teams.microsoft.us": "gcch",
}
"""The path of each cloud's service, the public one first."""


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of one app registration. The defaults are those of the public cloud."""

    app_id: str
    tenant: str
    secret: str = field(default="", repr=False)
    certificate_file: str = ""
    managed_identity: bool = False
    authority: str = "https://login.microsoftonline.com"
    token_scope: str = "https://api.botframework.com/.default"  # noqa: S105  # an address
    token_issuer: str = "https://api.botframework.com"  # noqa: S105  # an address
    openid_metadata: str = "https://login.botframework.com/v1/.well-known/openidconfiguration"
    service_hosts: frozenset[str] = PUBLIC_HOSTS
    graph: str = "https://graph.microsoft.com"
    instance_discovery: bool = True
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False, compare=False)

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """From the environment: what is not set keeps its default."""
        given = {
            "authority": settings.teams_authority.rstrip("/"),
            "token_scope": settings.teams_token_scope,
            "token_issuer": settings.teams_token_issuer,
            "openid_metadata": settings.teams_openid_metadata_url,
            "graph": settings.teams_graph_url.rstrip("/"),
        }
        hosts = frozenset(host.strip().lower() for host in settings.teams_service_hosts.split(",") if host.strip())
        return cls(
            app_id=settings.teams_app_id,
            tenant=settings.teams_tenant_id,
            secret=settings.teams_client_secret.get_secret_value(),
            certificate_file=settings.teams_certificate_file,
            managed_identity=settings.teams_managed_identity,
            service_hosts=hosts or PUBLIC_HOSTS,
            instance_discovery=settings.teams_instance_discovery.lower() not in {"false", "0", "no", "off"},
            tls=settings.tls(),
            **{name: value for name, value in given.items() if value},
        )

    @property
    def bot(self) -> str:
        """Our own id in a conversation."""
        return f"28:{self.app_id}"

    @property
    def first_service_url(self) -> str:
        """Where to call before Teams has told us better: the first message of all."""
        host = next((known for known in _FIRST if known in self.service_hosts), min(self.service_hosts))
        return f"https://{host}/{_FIRST.get(host, 'teams')}/"

    def may_call(self, service_url: str) -> bool:
        """Whether a service URL is https and its host is exactly one of those allowed, on any port."""
        try:
            parts = urlsplit(service_url)
            _ = parts.port  # raises for a port that is none
        except ValueError:
            return False
        named = not (parts.username or parts.password or parts.query or parts.fragment)
        return parts.scheme == "https" and named and (parts.hostname or "") in self.service_hosts
