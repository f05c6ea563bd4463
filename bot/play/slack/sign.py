"""How Slack signs what it sends: the v0 HMAC over the timestamp and the raw body."""

from __future__ import annotations

import hashlib
import hmac


def sign(secret: str, ts: str | int, body: bytes) -> str:
    """Return the `X-Slack-Signature` for a raw body sent at `ts` (seconds since 1970)."""
    base = b"v0:" + str(ts).encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def signed_headers(secret: str, ts: str | int, body: bytes, content_type: str) -> dict[str, str]:
    """Return the headers of a request from Slack: type, timestamp and signature."""
    return {
        "Content-Type": content_type,
        "X-Slack-Request-Timestamp": str(ts),
        "X-Slack-Signature": sign(secret, ts, body),
    }
