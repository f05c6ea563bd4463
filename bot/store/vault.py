"""The deployment's keys, a key for each case and draft, and how texts are sealed with it.

Each case and each draft (a *subject*) has a random key of its own, kept in the table `keys` wrapped by the newest of
`SIGNPOST_KEYS`. Destroying that row makes the subject unreadable. A sealed text is bound to its site, subject, field
and version: moved anywhere else, or replaced by an older one, it does not open.
"""

from __future__ import annotations

import binascii
import hmac
import secrets
from base64 import urlsafe_b64decode
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES: Final = 32
_NONCE: Final = 12
_ID: Final = 8
_FORMAT: Final = b"\x01"
_LEAST_DISTINCT: Final = 16
"""32 random bytes hold about 30 different ones; fewer than 16 does not happen by chance."""


class KeysRefused(ValueError):
    """SIGNPOST_KEYS holds no key that could protect anything. The text says which and why, and repeats no key.

    What to do depends on `kind`, and on whether anything is kept already: `bot/settings/key_trouble.py` says it.
    """

    def __init__(self, said: str, kind: Literal["empty", "alone", "beside_good", "twice"]) -> None:
        super().__init__(said)
        self.kind = kind


class Unreadable(Exception):
    """A sealed text does not open: it was changed, moved or replaced, or its key is not among SIGNPOST_KEYS."""


def new_key() -> str:
    """A new key as SIGNPOST_KEYS wants it: 32 random bytes in base64url without padding, 43 characters."""
    while True:
        text = secrets.token_urlsafe(KEY_BYTES)
        if not _weakness(text):
            return text


@dataclass(frozen=True, slots=True)
class _Key:
    """One key of the deployment, split by HKDF so that no two uses share one."""

    secret: bytes
    id: bytes
    wrapping: AESGCM

    @classmethod
    def of(cls, secret: bytes) -> Self:
        return cls(secret, _derive(secret, "key id", _ID), AESGCM(_derive(secret, "wrap a subject's key")))


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """The deployment's keys, newest first: the newest seals, all of them open."""

    _keys: tuple[_Key, ...] = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read SIGNPOST_KEYS: keys from `new_key`, newest first, with commas between.

        Raises KeysRefused, which says which of them is no good, and why.
        """
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not parts:
            raise KeysRefused("SIGNPOST_KEYS is empty", "empty")
        weak = {place: weakness for place, part in enumerate(parts, 1) if (weakness := _weakness(part))}
        for place, weakness in weak.items():
            said = f"SIGNPOST_KEYS, key {place} of {len(parts)}, {weakness}"
            raise KeysRefused(said, "alone" if len(weak) == len(parts) else "beside_good")
        if len(set(parts)) != len(parts):
            raise KeysRefused("SIGNPOST_KEYS holds the same key twice", "twice")
        return cls(tuple(_Key.of(_decoded(part)) for part in parts))

    @property
    def newest(self) -> str:
        """The id of the key that seals now. It is stored beside what the key wrapped, and tells nothing about it."""
        return self._keys[0].id.hex()

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        """A key of 32 bytes for another purpose out of each of the keys, newest first."""
        return tuple(_derive(key.secret, purpose) for key in self._keys)

    def wrap(self, subject: str, secret: bytes) -> bytes:
        """Wrap a subject's key with the newest key. The wrapped value names the key that opens it."""
        key, nonce = self._keys[0], secrets.token_bytes(_NONCE)
        return _FORMAT + key.id + nonce + key.wrapping.encrypt(nonce, secret, _bound("key", subject))

    def unwrap(self, subject: str, wrapped: bytes) -> bytes:
        """The subject's key. Raises Unreadable when it was changed or its key is not among ours."""
        identity, nonce = wrapped[1 : 1 + _ID], wrapped[1 + _ID : 1 + _ID + _NONCE]
        key = next((key for key in self._keys if key.id == identity), None)
        if key is None or wrapped[:1] != _FORMAT:
            raise Unreadable("SIGNPOST_KEYS lacks the key that this was sealed with: put it back behind the newest one")
        try:
            return key.wrapping.decrypt(nonce, wrapped[1 + _ID + _NONCE :], _bound("key", subject))
        except InvalidTag:
            raise Unreadable("a wrapped key was changed or belongs to something else") from None

    def box(self, site: str, subject: str, wrapped: bytes) -> Box:
        """What seals and opens a subject's texts. Raises Unreadable as `unwrap` does."""
        return Box.of(site, subject, self.unwrap(subject, wrapped))

    def new_box(self, site: str, subject: str) -> tuple[Box, bytes]:
        """A box with a new random key, and that key wrapped for the table `keys`."""
        secret = self.new_secret()
        return Box.of(site, subject, secret), self.wrap(subject, secret)

    @staticmethod
    def new_secret() -> bytes:
        """A random key for a subject."""
        return secrets.token_bytes(KEY_BYTES)

    def __repr__(self) -> str:
        return f"Keys({', '.join(key.id.hex() for key in self._keys)})"


@dataclass(frozen=True, slots=True)
class Box:
    """Seals and opens the texts of one case or draft."""

    site: str
    subject: str
    _cipher: AESGCM = field(repr=False)
    _secret: bytes = field(repr=False)

    @classmethod
    def of(cls, site: str, subject: str, secret: bytes) -> Self:
        """The box that a subject's key opens."""
        return cls(site, subject, AESGCM(secret), secret)

    def salt(self, name: str) -> str:
        """What makes a fingerprint of this subject's text one that nobody can guess. It tells nothing of the key.

        The same for the same name, whatever becomes of SIGNPOST_KEYS, until the subject's key is destroyed.
        """
        return hmac.digest(_derive(self._secret, "salt"), name.encode(), "sha256").hex()

    def seal(self, name: str, version: int, text: bytes) -> bytes:
        """Seal a text as this field's value at this version, with a nonce of its own."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, text, _bound(self.site, self.subject, name, str(version)))

    def open(self, name: str, version: int, sealed: bytes) -> bytes:
        """The text. Raises Unreadable if it is not what was sealed as exactly this field at exactly this version."""
        bound = _bound(self.site, self.subject, name, str(version))
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (InvalidTag, ValueError):
            raise Unreadable(f"the {name} of {self.subject} was changed or belongs to something else") from None


def _bound(*parts: str) -> bytes:
    # Each length stands before its part, so that ("ab", "c") and ("a", "bc") are bound differently.
    return b"".join(len(data).to_bytes(4, "big") + data for data in (part.encode() for part in parts))


def _derive(secret: bytes, purpose: str, length: int = KEY_BYTES) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=f"signpost 1: {purpose}".encode()).derive(secret)


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _weakness(text: str) -> str:
    """What is wrong with a key as it was set, in words that follow "key 1 of 2"; empty for a good one."""
    plain = text.rstrip("=")
    if not plain.isascii() or not plain.replace("-", "").replace("_", "").isalnum():
        return "has characters that no key has"
    try:
        secret = _decoded(plain)
    except (binascii.Error, ValueError):
        return "is cut off or mistyped"
    if len(secret) != KEY_BYTES:
        return f"has {len(secret)} bytes instead of {KEY_BYTES}"
    steps = {(after - before) % 256 for before, after in pairwise(secret)}
    if len(set(secret)) < _LEAST_DISTINCT or len(steps) == 1 or plain.upper() == plain or plain.lower() == plain:
        return "follows a pattern and can be guessed"
    if all(32 <= byte < 127 for byte in secret):  # noqa: PLR2004 - the printable range: chance gives it once in 10^14
        return "is a typed text and can be guessed"
    return ""
