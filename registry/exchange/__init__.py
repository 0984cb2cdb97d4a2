"""Tables in and out: sheets into registers, registers into CSV, XLSX and JSON (django-import-export)."""

from registry.exchange.exporting import Exported, export
from registry.exchange.intake import import_dataset, import_file, organisation, round_for
from registry.exchange.report import Problem, Report, RowReport

__all__ = [
    "Exported",
    "Problem",
    "Report",
    "RowReport",
    "export",
    "import_dataset",
    "import_file",
    "organisation",
    "round_for",
]
