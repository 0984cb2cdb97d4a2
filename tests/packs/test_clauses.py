"""What a pack cites is there: every path stands in the demonstration notice, every id in the inventory."""

import re
from pathlib import Path

import pytest

from registry.packs import files

ROOT = Path(__file__).parents[2]
CITING = [name for name in files.names() if name != "common"]


def references(value):
    """Every {document, path, id} in a pack."""
    if isinstance(value, dict):
        if "document" in value and set(value) <= {"document", "path", "id"}:
            yield value
        else:
            for part in value.values():
                yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


@pytest.mark.parametrize("name", CITING)
def test_every_clause_cited_stands_in_the_notice_with_that_numbering(name):
    from home.importer.reading import read_document

    tree = read_document(ROOT / "home" / "demo" / f"{name}.txt")
    paths = {re.sub(r"^第[^章]+章(?=第)", "", clause.path) for clause in tree.clauses}
    cited = {ref["path"] for ref in references(files.load(name)) if ref["document"] == name}
    assert cited and not cited - paths


@pytest.mark.parametrize("name", files.names())
def test_every_id_is_one_of_the_inventory(name):
    known = set((ROOT / "tests" / "clauses.txt").read_text().split())
    assert not {ref["id"] for ref in references(files.load(name)) if "id" in ref} - known


@pytest.mark.parametrize("name", files.names())
def test_every_document_cited_is_declared_by_some_pack(name):
    declared = {
        document["key"] for each in files.names() for document in files.load(each).get("documents", [])
    }
    assert {ref["document"] for ref in references(files.load(name))} <= declared
