"""What `make run` does once the packages are there: prepare the site, then serve it.

Preparing (migrate, collect static files, load the demonstration) is skipped when nothing that it depends on
has changed since it last succeeded: a digest of those files is compared, no Python process is started for it,
so that a second start takes seconds and touches no data. Serving is gunicorn and one background worker under
honcho; when one of the two ends, or Ctrl-C is pressed, both end.
"""

import hashlib
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from honcho.manager import Manager

ROOT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
PORT = int(os.environ.get("PORT") or 8000)
ADDRESS = f"http://127.0.0.1:{PORT}"
PYTHON = ROOT / ".venv" / "bin" / "python"
STATE = VAR / "prepared.json"
WEB_IS_UP = VAR / "web-is-up"
ACCOUNTS = VAR / "demo-accounts.txt"
STOP_WITH_INPUT = "--stop-with-input"
START_LIMIT = 60  # seconds until a silent web server is reported

ENV = {
    "BASE_URL": ADDRESS,
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    **os.environ,
    "VAR_DIR": str(VAR),
    "PYTHONUNBUFFERED": "1",
}


def digest(*patterns: str, contents: bool = True) -> str:
    """One digest of the project's files that match the patterns, by content or by size and time."""
    found = hashlib.sha256(ENV.get("DATABASE_URL", "").encode())
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                stat = path.stat()
                found.update(str(path.relative_to(ROOT)).encode())
                found.update(path.read_bytes() if contents else f"{stat.st_size} {stat.st_mtime_ns}".encode())
    return found.hexdigest()


def wanted() -> dict[str, str]:
    """Step of `manage.py prepare` → digest of what it depends on, in their order."""
    schema = digest("requirements.txt", "*/migrations/*.py", "site/*/migrations/*.py")
    files = digest("requirements.txt") + digest(
        "static/**/*", "*/static/**/*", "site/*/static/**/*", contents=False
    )
    return {"migrate": schema, "collectstatic": files, "load_demo": "once", "first_jobs": "once"}


def prepare() -> None:
    """Runs the steps whose digest differs from the noted one; ends with a sentence when one fails."""
    VAR.mkdir(parents=True, exist_ok=True)
    noted = json.loads(STATE.read_text()) if STATE.exists() else {}
    steps = wanted()
    due = [name for name, state in steps.items() if noted.get(name) != state]
    if not due:
        return
    done = subprocess.run([str(PYTHON), "manage.py", "prepare", *due], cwd=ROOT, env=ENV, check=False)
    if done.returncode:
        sys.exit("准备未完成，原因见上；改正后再执行 make run。")
    STATE.write_text(json.dumps(steps, indent=1))


def refuse_taken_port() -> None:
    """Says so at once when somebody else already listens there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", PORT))
        except OSError:
            sys.exit(f"端口 {PORT} 已被占用。请换一个：make run PORT={PORT + 1}")


def answers() -> bool:
    """Whether the web server answers that it is well."""
    try:
        with urllib.request.urlopen(f"{ADDRESS}/healthz", timeout=2) as response:
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False


def announce() -> None:
    """Waits until the first page can be had, then prints where to look and who can sign in."""
    deadline = time.monotonic() + START_LIMIT
    while not answers() and time.monotonic() < deadline:
        time.sleep(0.1)
    WEB_IS_UP.touch()
    if not answers():
        print(f"网站在 {START_LIMIT} 秒内没有应答 {ADDRESS}/healthz，请看上面 web 一行的错误。", flush=True)
        return
    lines = [
        "",
        f"网站已启动：{ADDRESS}/    （按 Ctrl-C 停止；数据都在 {VAR}）",
        "",
        "  可以先看：",
        f"    {ADDRESS}/notices/        公文，条款可逐条引用",
        f"    {ADDRESS}/registers/      登记册：证书、评价组织、院校、专家",
        f"    {ADDRESS}/search/?q=1%2BX 全站检索",
        f"    {ADDRESS}/desk/           工作台（学校、评委、办公室登录后使用）",
        f"    {ADDRESS}/admin/          后台（编辑、管理员）",
        "",
    ]
    if ACCOUNTS.exists():
        lines += [
            f"  演示账号（存于 {ACCOUNTS}，仅本人可读）：",
            *(f"    {r}" for r in ACCOUNTS.read_text().splitlines()),
        ]
    print("\n".join(lines), flush=True)


def stop_with_parent() -> None:
    """Stops as on Ctrl-C when standard input ends: a test run that is killed leaves no server behind."""
    while os.read(0, 1024):  # not sys.stdin: its lock would be held in the processes that honcho forks
        continue
    os.kill(os.getpid(), signal.SIGINT)


def serve() -> int:
    """Web server and worker under one supervisor; returns the exit status of the first that ended."""
    paths = f"{ROOT / 'site'},{ROOT}"
    web = [
        *(PYTHON, "-m", "gunicorn", "config.wsgi:application", "--pythonpath", paths),
        *("--bind", f"127.0.0.1:{PORT}", "--worker-class", "gthread", "--threads", "8", "--timeout", "120"),
        *("--no-control-socket", "--log-level", "warning"),
    ]
    worker = [PYTHON, "manage.py", "db_worker", "--no-startup-delay", "--interval", "2"]
    manager = Manager()
    WEB_IS_UP.unlink(missing_ok=True)
    wait = f"until [ -e {shlex.quote(str(WEB_IS_UP))} ]; do sleep 0.2; done; "  # the first page comes first
    for name, before, command in (("web", "", web), ("worker", wait, worker)):
        line = before + "exec " + " ".join(shlex.quote(str(part)) for part in command)
        manager.add_process(name, line, env=ENV, cwd=str(ROOT))
    threading.Thread(target=announce, daemon=True).start()
    if STOP_WITH_INPUT in sys.argv:
        threading.Thread(target=stop_with_parent, daemon=True).start()
    manager.loop()
    return manager.returncode or 0


if __name__ == "__main__":
    refuse_taken_port()
    prepare()
    sys.exit(serve())
