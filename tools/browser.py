"""Finds Debian's Chromium and fonts with Chinese characters; installs them where we may.

Playwright's own browser builds are not used: the distribution's browser gets the distribution's updates,
and it is there wherever Debian's packages are. See docs/decisions/browser-tests.md.
"""

import os
import shutil
import subprocess
import sys

PACKAGES = ("chromium", "fonts-noto-cjk")


def executable() -> str | None:
    """The path of Chromium, from the environment's CHROMIUM or the search path; None where there is none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def has_chinese_font() -> bool:
    """Whether fontconfig knows a font that has Chinese characters."""
    if not shutil.which("fc-list"):
        return False
    return bool(
        subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout.strip()
    )


def missing() -> list[str]:
    """The names of Debian's packages that the browser tests still need."""
    found = {"chromium": executable() is not None, "fonts-noto-cjk": has_chinese_font()}
    return [name for name in PACKAGES if not found[name]]


def ensure() -> str:
    """Installs what is missing as root through apt-get. Returns "" when all is there, else the reason."""
    names = missing()
    if not names:
        return ""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return f"{' and '.join(names)} missing; as root: apt-get install {' '.join(names)}"
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdin": subprocess.DEVNULL}
    print(f"installing {' '.join(names)} through apt-get", flush=True)
    for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *names]):
        done = subprocess.run(["apt-get", *command], capture_output=True, text=True, check=False, **quiet)
        if done.returncode:
            return f"apt-get {command[0]} failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}"
    left = missing()
    return f"{' and '.join(left)} still missing after apt-get" if left else ""


if __name__ == "__main__":
    sys.exit(ensure())
