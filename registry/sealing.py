"""Sensitive values at rest: AES-256-GCM under a key per record, keyed digests for equality.

A sealed value stands in JSON as `{"sealed": base64(nonce + ciphertext)}`. Destroying a record's data key
erases its values wherever they were copied (editions, log), and the chain still verifies.
"""

import base64
import hashlib
import hmac
import json
import os
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


@lru_cache(maxsize=4)
def _derived(secret: str, purpose: str) -> bytes:
    return hashlib.sha256(f"{purpose}:{secret}".encode()).digest()


def new_key() -> bytes:
    """32 random bytes."""
    return AESGCM.generate_key(256)


def wrap(key: bytes, uid: str) -> str:
    """The data key of record `uid` under the site's wrapping key, as base64."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_derived(settings.WRAPPING_KEY, "wrap")).encrypt(nonce, key, str(uid).encode())
    return base64.b64encode(nonce + sealed).decode()


def unwrap(wrapped: str, uid: str) -> bytes:
    """The data key. Raises cryptography's InvalidTag for another record's or a damaged one."""
    blob = base64.b64decode(wrapped)
    cipher = AESGCM(_derived(settings.WRAPPING_KEY, "wrap"))
    return cipher.decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], str(uid).encode())


def seal(value: Any, key: bytes, field: str) -> dict:
    """A JSON value sealed for `field`; the field's name is bound into it."""
    nonce = os.urandom(NONCE_BYTES)
    text = json.dumps(value, ensure_ascii=False).encode()
    return {"sealed": base64.b64encode(nonce + AESGCM(key).encrypt(nonce, text, field.encode())).decode()}


def unseal(sealed: dict, key: bytes, field: str) -> Any:
    """The JSON value that `seal` took in."""
    blob = base64.b64decode(sealed["sealed"])
    return json.loads(AESGCM(key).decrypt(blob[:NONCE_BYTES], blob[NONCE_BYTES:], field.encode()))


def is_sealed(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"sealed"}


def digest(text: str, purpose: str) -> str:
    """HMAC-SHA-256 (hex) under the site's HMAC key: equality of sensitive values, and nothing else."""
    return hmac.new(
        _derived(settings.HMAC_KEY, "hmac"), f"{purpose}:{text}".encode(), hashlib.sha256
    ).hexdigest()


def digest_under(key: bytes, value: Any) -> str:
    """HMAC of a value under a record's own key: what the log holds of a sensitive change."""
    return hmac.new(key, json.dumps(value, ensure_ascii=False).encode(), hashlib.sha256).hexdigest()


def mask(text: str) -> str:
    """What a screen shows: 110105********002X, 137****5778, a***@example.org, otherwise the first character."""
    text = str(text)
    if "@" in text:
        name, _, domain = text.partition("@")
        return f"{name[:1]}***@{domain}"
    if len(text) >= 15:
        return f"{text[:6]}{'*' * (len(text) - 10)}{text[-4:]}"
    if len(text) >= 11:
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    return text[:1] + "*" * max(len(text) - 1, 2)
