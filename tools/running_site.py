"""A site as `make run` serves it, for tests in a browser and for pictures: its own folder, its own port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ANNOUNCED = "网站已启动"  # what tools/serve.py prints once the site answers
START_LIMIT = 300  # seconds; the first start migrates and loads the demonstration


@dataclass(frozen=True)
class RunningSite:
    """`url` without a slash at the end; `accounts` user name → password; `log` is what it has printed."""

    url: str
    var: Path
    accounts: dict[str, str]
    log: Path


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_accounts(path: Path) -> dict[str, str]:
    """User name → password, from the file that `load_demo` writes (columns parted by blanks)."""
    rows = [line.split() for line in path.read_text().splitlines()] if path.exists() else []
    return {row[0]: row[1] for row in rows if len(row) >= 2}


@contextmanager
def running_site(var: Path) -> Iterator[RunningSite]:
    """Starts the site over `var`, yields it once it says that it answers, stops both its processes at the end.

    Raises RuntimeError with the last lines of its output when it ends before it answers, or takes too long.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    var.mkdir(parents=True, exist_ok=True)
    log = var / "serve.log"
    env = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"}}
    env |= {"VAR_DIR": str(var), "PORT": str(port)}
    for name in ("SECRET_KEY", "WRAPPING_KEY", "HMAC_KEY"):
        env.pop(name, None)  # the test settings put theirs there; a served site makes its own
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "tools" / "serve.py"), "--stop-with-input"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.PIPE,  # closes when this process ends, however it ends
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        deadline = time.monotonic() + START_LIMIT
        while ANNOUNCED not in log.read_text():
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(
                    "the site did not start:\n" + "\n".join(log.read_text().splitlines()[-40:])
                )
            time.sleep(0.2)
        yield RunningSite(url, var, read_accounts(var / "demo-accounts.txt"), log)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
