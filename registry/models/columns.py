"""Column types that mean the same on both databases."""

from django.db import models

EMPTY_TEXT = "\U0010ffff"
EMPTY_NUMBER = 2**63 - 1


class CodePointField(models.CharField):
    """Text compared by code point: SQLite does so by itself, PostgreSQL under its collation "C"."""

    def db_parameters(self, connection) -> dict:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
