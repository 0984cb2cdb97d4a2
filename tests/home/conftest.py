"""What the tests of notices need: documents to import, the page tree, the real documents where they are."""

from pathlib import Path

import pytest

from home.importer import NoticeTree, read_document

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture
def letter() -> NoticeTree:
    """An office's letter with a work plan of 22 tasks under four headings."""
    return read_document(DOCUMENTS / "letter.txt")


@pytest.fixture
def measures() -> NoticeTree:
    """A college's measures in chapters and articles under a covering letter."""
    return read_document(DOCUMENTS / "measures.txt")


@pytest.fixture
def seeds() -> dict[str, NoticeTree]:
    """The real documents by the inventory's ids (HN20, HN22, YN23), from ../shared beside the project."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    if not folder.is_dir():
        pytest.skip("the folder shared/ with the real documents is not beside the project")
    names = {"HN20": "000_*.txt", "HN22": "001_*.txt", "YN23": "003_*.txt"}
    return {key: read_document(next(folder.glob(pattern))) for key, pattern in names.items()}


@pytest.fixture
def tree(db):
    """The planted page tree: its home page."""
    from home.tree import plant

    return plant()


@pytest.fixture
def demonstration(db) -> None:
    """The demonstration notices, published on 2026-03-02."""
    from datetime import date

    from home import demo

    demo.load(date(2026, 3, 2))
