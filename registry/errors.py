"""What an action may answer instead of acting. Each carries a Chinese sentence for the person."""


class Refused(Exception):
    """The act is not possible as things are; `problems` lists sentences (field key → sentences where known)."""

    def __init__(
        self, message: str, problems: dict[str, list[str]] | None = None, verdicts: list | None = None
    ):
        super().__init__(message)
        self.message = message
        self.problems = problems or {}
        self.verdicts = verdicts or []


class NotAllowed(Refused):
    """This person may not do this here."""


class Stale(Refused):
    """Somebody saved in between; `theirs` is the record as it stands now."""

    def __init__(self, message: str, theirs=None):
        super().__init__(message)
        self.theirs = theirs
