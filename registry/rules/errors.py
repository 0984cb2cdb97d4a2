"""What can go wrong with a rule itself, as against a record that does not meet it."""


class RuleError(ValueError):
    """The rule cannot be read or cannot be computed.

    The text is a Chinese sentence for the editor of the rule. `path` is where in the condition, as the
    operators from the outside in, e.g. "and[1].<=[0].age".
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.path = path
