"""Settings of the tests: the centre's own, with fast password hashing, mail kept in memory and jobs done at once."""

import os
import tempfile

os.environ.setdefault("NAMSAI_DEMO", "1")
os.environ.setdefault("NAMSAI_DATA", tempfile.mkdtemp(prefix="namsai-test-"))

from namsai_centre.settings import *  # noqa: F403
from namsai_centre.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
EVERY_TEXT_MUST_EXIST = True
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
