"""`make screenshots`: the pictures of the README, and with FULL=1 every page kind at both widths to look at.

SERVER=http://127.0.0.1:8000 with VAR_DIR takes a site that runs already, else one is started in a folder of
its own. The README's few pictures go to docs/pictures/ (reduced to 64 colours: they are small in git); all
others to var/screenshots/.
"""

import io
import os
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools import browser  # noqa: E402
from tools.page_kinds import ALL, Kind, reach  # noqa: E402
from tools.running_site import RunningSite, read_accounts, running_site  # noqa: E402

VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
SIZES = {1280: (1280, 800), 390: (390, 844)}
README = [("home", 1280), ("notice", 1280), ("certificates", 1280), ("panel", 1280), ("desk-clerk", 390)]


@contextmanager
def the_site():
    """The site named by SERVER, or a fresh one."""
    if url := os.environ.get("SERVER"):
        yield RunningSite(url.rstrip("/"), VAR, read_accounts(VAR / "demo-accounts.txt"), VAR / "serve.log")
    else:
        with tempfile.TemporaryDirectory() as folder, running_site(Path(folder) / "var") as site:
            yield site


def signed_in(chromium, site: RunningSite, user: str, width: int):
    """A page of a new context at this width, signed in as `user` unless that is the public."""
    size = SIZES[width]
    context = chromium.new_context(
        base_url=site.url, viewport={"width": size[0], "height": size[1]}, locale="zh-CN"
    )
    page = context.new_page()
    if user:
        page.goto("/accounts/login/")
        page.fill("input[name=username]", user)
        page.fill("input[name=password]", site.accounts[user])
        page.click("#main button[type=submit]")
        page.wait_for_load_state("networkidle")
    return page


def picture(page, kind: Kind, target: Path, *, small: bool) -> None:
    """Saves a picture of the kind's page: the whole page, or for the README its first window, reduced."""
    status = reach(page, kind).status
    page.wait_for_load_state("networkidle")
    shot = page.screenshot(full_page=not small, animations="disabled")
    target.parent.mkdir(parents=True, exist_ok=True)
    if small:
        Image.open(io.BytesIO(shot)).convert("RGB").quantize(64).save(target, optimize=True)
    else:
        target.write_bytes(shot)
    print(f"{status}  {page.url}  →  {target}")


def main() -> int:
    """Takes the pictures; exit status 1 when a page could not be reached."""
    full = os.environ.get("FULL") == "1"
    only = set(os.environ.get("ONLY", "").split())
    wanted = [(kind, width, False) for kind in ALL for width in SIZES] if full else []
    if not full:
        kinds = {kind.name: kind for kind in ALL}
        wanted = [(kinds[name], width, True) for name, width in README]
    failed = 0
    with the_site() as site, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=["--no-sandbox"])
        pages = {}
        for kind, width, small in wanted:
            if only and kind.name not in only:
                continue
            folder = ROOT / "docs" / "pictures" if small else VAR / "screenshots"
            if (kind.user, width) not in pages:
                pages[kind.user, width] = signed_in(chromium, site, kind.user, width)
            try:
                picture(pages[kind.user, width], kind, folder / f"{kind.name}-{width}.png", small=small)
            except LookupError as error:
                failed += 1
                print(f"not reached: {kind.name}: {error}", file=sys.stderr)
        chromium.close()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
