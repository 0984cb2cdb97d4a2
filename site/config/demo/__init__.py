"""The demonstration province: fictitious people and filings over the real, public reference data.

Loaded once, into an empty site only, by `manage.py load_demo`. It lives in `config` because it brings
together apps that must not know one another.
"""
