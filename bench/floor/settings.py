"""Bare Django: no middleware, no context processors; the same pool of connections as the site."""

import os

from reviewapp.environment import parse_database_url

SECRET_KEY = "bench"  # noqa: S105 (the floor signs nothing)
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["bench.floor"]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.floor.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        **parse_database_url(os.environ["DATABASE_URL"]),
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 1,
    "max_size": 20,
    "timeout": 10,
}
USE_I18N = False
USE_TZ = True
