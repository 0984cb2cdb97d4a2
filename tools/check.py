"""What `make test` and `make lint` run, one step after the other, and what they could not run, by name.

Every step runs even when one before it failed, so that one look shows all. Exit status: 0, or 1 when a step
failed. In CI (CI=true) a missing browser is a failure, elsewhere it is named at the end.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import browser

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var")).resolve()
REPORT = VAR / "test-report.json"
IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

LINT = [
    ("ruff check", [str(BIN / "ruff"), "check", "."]),
    ("ruff format --check", [str(BIN / "ruff"), "format", "--check", "."]),
    ("missing migrations", [str(BIN / "python"), "manage.py", "makemigrations", "--check", "--dry-run"]),
]
TESTS = [
    ("rules of the packs", [str(BIN / "python"), "manage.py", "pack", "test"]),
    ("tests", [str(BIN / "python"), "-m", "pytest", *os.environ.get("PYTEST_ARGS", "").split()]),
]


def run(name: str, command: list[str], env: dict[str, str]) -> tuple[str, bool, float]:
    """Runs one step in the open; returns its name, whether it passed, and its seconds."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False)
    return name, done.returncode == 0, time.monotonic() - began


def not_run() -> dict[str, list[str]]:
    """What pytest left out: reason → names of tests, from the report that tests/conftest.py writes."""
    if not REPORT.exists():
        return {"the run of the tests did not come to its end": ["all that are not listed above"]}
    return json.loads(REPORT.read_text())["not_run"]


def main(only_lint: bool) -> int:
    """Runs the steps and prints the summary; returns the exit status."""
    VAR.mkdir(parents=True, exist_ok=True)
    REPORT.unlink(missing_ok=True)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test", "TEST_REPORT": str(REPORT)}
    env.pop("VAR_DIR", None)  # the test settings make a folder of their own: a site's data is never touched
    results = []
    problem = ""
    if not only_lint:
        problem = browser.ensure()
        if problem and IN_CI:
            results.append((f"browser: {problem}", False, 0.0))
        if problem:
            env["NO_BROWSER"] = problem
    results += [run(name, command, env) for name, command in (LINT if only_lint else LINT + TESTS)]

    print("\n== summary")
    for name, passed, seconds in results:
        print(f"  {'ok    ' if passed else 'FAILED'}  {name}  ({seconds:.0f} s)")
    left_out = {} if only_lint else not_run()
    for reason, names in sorted(left_out.items()):
        print(f"  not run: {len(names)} tests, because {reason}")
        for name in names[:40]:
            print(f"           {name}")
    if not only_lint and not left_out:
        print("  not run: nothing")
    return 0 if all(passed for _, passed, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(only_lint="lint" in sys.argv[1:]))
