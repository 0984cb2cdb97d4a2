"""A sheet that waits between its preview and the confirmation, sealed: it holds people's numbers.

The key travels in the page that shows the preview, wrapped; the file alone says nothing, and goes after a day.
"""

import os
import time
import uuid
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from registry import sealing
from registry.errors import Refused

SECONDS_KEPT = 24 * 3600
NONCE = b"\0" * sealing.NONCE_BYTES  # each key seals one file, once


def folder() -> Path:
    made = Path(settings.PRIVATE_ROOT) / "waiting"
    made.mkdir(mode=0o700, parents=True, exist_ok=True)
    return made


def put(content: bytes, bound_to: str) -> str:
    """Keeps the bytes for whoever `bound_to` names (user and round); returns the token that opens them."""
    _sweep()
    name, key = uuid.uuid4().hex, sealing.new_key()
    path = folder() / name
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(AESGCM(key).encrypt(NONCE, content, bound_to.encode()))
    return f"{name}:{sealing.wrap(key, name)}"


def take(token: str, bound_to: str) -> bytes:
    """The bytes. Raises Refused when they are gone, or are not this person's."""
    name, _, wrapped = token.partition(":")
    gone = Refused("预览的表格已过期或已导入，请重新上传。")
    try:
        path = folder() / uuid.UUID(hex=name).hex
        return AESGCM(sealing.unwrap(wrapped, path.name)).decrypt(NONCE, path.read_bytes(), bound_to.encode())
    except (ValueError, OSError, InvalidTag) as problem:
        raise gone from problem


def drop(token: str) -> None:
    """After the import: nothing is left of the file."""
    (folder() / uuid.UUID(hex=token.partition(":")[0]).hex).unlink(missing_ok=True)


def _sweep() -> None:
    for path in folder().iterdir():
        if time.time() - path.stat().st_mtime > SECONDS_KEPT:
            path.unlink(missing_ok=True)
