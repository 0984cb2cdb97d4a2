"""The site's three secrets: Django's signing key, the key that wraps data keys, the key of the HMACs.

They come from the environment, else from files of mode 0600 that the first start makes under `var/keys/`.
"""

import os
import secrets
from pathlib import Path


def load_key(name: str, folder: Path) -> str:
    """Returns the secret `name` (64 hex digits when made here), making its file once if nobody set it.

    Two processes may start together: the one that loses the race reads what the other wrote.
    """
    if value := os.environ.get(name):
        return value
    path = folder / name.lower()
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = folder / f".{name.lower()}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_hex(32))
        try:
            os.link(draft, path)
        except FileExistsError:
            path.read_text()  # the other process was first; its key is the site's
        finally:
            draft.unlink()
    return path.read_text().strip()
