"""Reads official documents (.txt, .docx) into a tree of plain data. Pure: no Django, no database."""

from home.importer.parse import parse_blocks, parse_text
from home.importer.reading import Unreadable, read_blocks, read_document
from home.importer.tree import ContactFound, DateFound, NoticeTree, TreeClause, TreeTable

__all__ = [
    "ContactFound",
    "DateFound",
    "NoticeTree",
    "TreeClause",
    "TreeTable",
    "Unreadable",
    "parse_blocks",
    "parse_text",
    "read_blocks",
    "read_document",
]
