"""The registry in Wagtail's admin: registers and their definitions, records with history, rounds, the log."""
