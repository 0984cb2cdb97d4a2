"""For the tests: their own folder and keys, cheap password hashing, tasks run at once."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="register-office-test-"))
for _name in ("SECRET_KEY", "WRAPPING_KEY", "HMAC_KEY"):
    os.environ.setdefault(_name, _name[0].lower().encode().hex()[:2] * 32)

from config.settings.base import *  # noqa: E402, F403

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": VAR / "test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
ALLOWED_HOSTS = ["*"]
AXES_ENABLED = os.environ.get("TEST_AXES") == "1"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
