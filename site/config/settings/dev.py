"""For work on the code: debug pages, plain static files."""

from config.settings.base import *  # noqa: F403

DEBUG = True
