"""`make clauses`: which ids of the inventory are proven by which test, and which are not proven yet.

Collects the tests without running them and reads their `clause` marks; tests/clauses.txt has all ids. Exit
status 1 when the tests cannot be collected.
"""

import io
import os
import sys
import tempfile
from collections import defaultdict
from contextlib import redirect_stdout
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
IDS = ROOT / "tests" / "clauses.txt"


class Marks:
    """A pytest plugin that notes id → names of the tests that carry its mark."""

    def __init__(self) -> None:
        self.tests: dict[str, list[str]] = defaultdict(list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Reads the marks; the cases of a parametrised test count as one."""
        for item in items:
            name = item.nodeid.split("[")[0]
            for mark in item.iter_markers("clause"):
                for clause in mark.args:
                    if name not in self.tests[clause]:
                        self.tests[clause].append(name)


def main() -> int:
    """Prints the two lists and a count per document."""
    os.chdir(ROOT)
    os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="register-office-clauses-"))
    marks = Marks()
    with redirect_stdout(io.StringIO()) as said:
        status = pytest.main(["--collect-only", "-q"], plugins=[marks])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        print(said.getvalue(), "the tests cannot be collected", file=sys.stderr)
        return 1
    ids = IDS.read_text().split()
    for clause in ids:
        for number, name in enumerate(marks.tests.get(clause, [])):
            print(f"{clause if not number else '':10}{name}")
    print("\nnot proven yet:")
    documents = sorted({clause.split("-")[0] for clause in ids}, key=[i.split("-")[0] for i in ids].index)
    for document in documents:
        own = [clause for clause in ids if clause.startswith(document + "-")]
        left = [clause.split("-")[1] for clause in own if not marks.tests.get(clause)]
        print(f"  {document} ({len(own) - len(left)} of {len(own)} proven): {' '.join(left)}")
    proven = sum(bool(marks.tests.get(clause)) for clause in ids)
    print(f"\n{proven} of {len(ids)} ids are proven by at least one test")
    return 0


if __name__ == "__main__":
    sys.exit(main())
