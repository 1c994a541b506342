"""All settings, from the environment alone; `.env.example` lists what a lab sets.

Without DATABASE_URL the app runs on its embedded PostgreSQL under `var/` (see reviewapp.database);
with it, this is a production installation and nothing secret has a default.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from papers.accounts.second_factor import FORMS as MFA_FORMS  # noqa: F401 (a setting)
from reviewapp.database.limits import CONNECTING, POOL, Connection, check_connection
from reviewapp.environment import (
    get_file_storage,
    get_flag,
    get_list,
    get_local_secret,
    get_number,
    get_text,
    parse_database_url,
    parse_mail_url,
)
from reviewapp.other_sites import *  # noqa: F403 (settings)
from reviewapp.sign_in_settings import *  # noqa: F403 (settings)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(get_text("VAR_DIR") or BASE_DIR / "var")

DEBUG = get_flag("DEBUG")
DATABASE_URL = get_text("DATABASE_URL")
IS_EMBEDDED = not DATABASE_URL
IS_TESTING = "pytest" in sys.modules

SITE_URL = get_text("SITE_URL").rstrip("/") or "http://127.0.0.1:8000"
SITE = urlsplit(SITE_URL)
if SITE.scheme not in {"http", "https"} or not SITE.hostname:
    raise ImproperlyConfigured(
        f"SITE_URL must be an address like https://papers.example.org, not {SITE_URL!r}."
    )
IS_SECURE = SITE.scheme == "https"

SECRET_KEY = get_text("SECRET_KEY")
if not SECRET_KEY and (IS_EMBEDDED or IS_TESTING):
    SECRET_KEY = get_local_secret(VAR_DIR)
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Make one with: "
        "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    )

# Keys from before a change: sessions, links and mails that wait are still read with them.
SECRET_KEY_FALLBACKS = get_list("SECRET_KEY_FALLBACKS")

ALLOWED_HOSTS = [*get_list("ALLOWED_HOSTS"), SITE.hostname]
if not IS_SECURE:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{SITE.scheme}://{SITE.netloc}"]

INSTALLED_APPS = [
    "papers.apps.PapersConfig",
    "papers.apps.PanelConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_htmx",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "reviewapp.middleware.CacheControlMiddleware",
    "reviewapp.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reviewapp.middleware.ContentPolicyMiddleware",
    "reviewapp.middleware.BodyLimitMiddleware",
    "reviewapp.middleware.EncodingMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "papers.accounts.sessions.views.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "papers.accounts.sessions.views.MemberMiddleware",
    "papers.http.LanguageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reviewapp.middleware.PlainTextMiddleware",
    "papers.http.MembersOnlyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "papers.accounts.second_factor.views.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "papers.http.RequesterMiddleware",
    "papers.http.VaryOnHtmxMiddleware",
    "papers.http.LabTimeMiddleware",
    "papers.records.views.moved.MovedPaperMiddleware",
]

ROOT_URLCONF = "reviewapp.urls"
WSGI_APPLICATION = "reviewapp.wsgi.application"
ASGI_APPLICATION = "reviewapp.asgi.application"
APPEND_SLASH = True

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "reviewapp.templates.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.contrib.humanize.templatetags.humanize",  # intcomma
                "django.templatetags.i18n",
                "papers.templatetags.titles",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "papers.pages.context.page_context",
            ],
        },
    }
]

DATABASES = {
    "default": {
        **(
            {"ENGINE": "reviewapp.database", "NAME": "reviewapp", "USER": "reviewapp"}
            if IS_EMBEDDED
            else {"ENGINE": "django.db.backends.postgresql", **parse_database_url(DATABASE_URL)}
        ),
        "CONN_HEALTH_CHECKS": True,
    }
}
DATABASE_OPTIONS: dict[str, Any] = DATABASES["default"].setdefault("OPTIONS", {})  # type: ignore[assignment]
# Prepared statements (papers.caching.prepared), unless a pooler before PostgreSQL forbids them.
DATABASE_OPTIONS["prepare_threshold"] = 5 if get_flag("DATABASE_PREPARE", default=True) else None
if not IS_TESTING:
    DATABASE_OPTIONS.update(CONNECTING | DATABASE_OPTIONS)  # what the address says goes first
    # A pool of at least as many connections as the server has threads (gunicorn_conf.py).
    DATABASE_OPTIONS["pool"] = {
        **POOL,
        "min_size": 1,
        "max_size": get_number("DATABASE_POOL", 20),
        "connection_class": Connection,
        "check": check_connection,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}

AUTH_USER_MODEL = "papers.Member"
AUTHENTICATION_BACKENDS = ["papers.accounts.backends.MemberBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}Validator"}
    for name in ("UserAttributeSimilarity", "MinimumLength", "CommonPassword", "NumericPassword")
]
if IS_TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
CONFIRM_AFTER = timedelta(minutes=get_number("CONFIRM_AFTER_MINUTES", 30))
LOGIN_REDIRECT_URL = "desk"
ACCOUNT_ADAPTER = "papers.accounts.signing_in.account_adapter.MemberAdapter"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "papers.accounts.resetting.ResetTokens"  # noqa: S105 (a class)
ACCOUNT_FORMS = {"reauthenticate": "papers.accounts.confirming.forms.PasswordForm"}
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(CONFIRM_AFTER.total_seconds())
MFA_ADAPTER = "papers.accounts.second_factor.factor_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RATE_LIMITS = {"webauthn_login": None}  # accounts.passkeys has a rule of its own
MFA_TOTP_TOLERANCE = 1  # codes of 30 s before and after: phones do not all show the same time
MFA_ALLOW_UNVERIFIED_EMAIL = True  # members' addresses are ours to verify: accounts.actions
SECOND_FACTOR_FOR_CURATORS = get_flag("SECOND_FACTOR_FOR_CURATORS")
# Signing in and asking for mails have rules of their own: accounts.signing_in.guarding and asking.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": None}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ja", "日本語")]  # `make messages` writes their catalogs
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["reviewapp.formats"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(get_text("STATIC_ROOT") or VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
HASHED_STATIC = "reviewapp.storage.HashedStaticFilesStorage"
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES: dict[str, dict[str, Any]] = {
    "default": get_file_storage(),
    "staticfiles": {"BACKEND": PLAIN_STATIC if DEBUG or IS_TESTING else HASHED_STATIC},
}
WHITENOISE_USE_FINDERS = DEBUG or IS_TESTING
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Pictures in texts, PDFs and slides, unless FILES_S3_BUCKET names a place for them.
MEDIA_ROOT = VAR_DIR / ("test-files" if IS_TESTING else "files")
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
FILES_QUOTA = get_number("FILES_QUOTA_MB", 5_000) * 1_000_000

MAIL_URL = get_text("MAIL_URL")
if not MAIL_URL and not (IS_EMBEDDED or IS_TESTING or DEBUG):
    raise ImproperlyConfigured(
        "MAIL_URL is not set, for example smtp://user:password@host:587?tls=1."
    )
MAILERS = {"default": parse_mail_url(MAIL_URL or f"file:{VAR_DIR / 'mail'}")}
DEFAULT_FROM_EMAIL = get_text("MAIL_FROM") or f"reviewapp@{SITE.hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

DATA_UPLOAD_MAX_MEMORY_SIZE = LARGEST_BODY = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Nothing runs that is not a file under /static/; see reviewapp.middleware for script-src.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_ENGINE = "papers.accounts.sessions.store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "papers.pages.views.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_SECURE
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_SECURE
if get_flag("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
# s; a worker whose heart has stood still for papers.tasks.STALLED_AFTER is dead.
# Several jobs at once: mail does not wait for another site that answers slowly.
PROCRASTINATE_WORKER_DEFAULTS = {"update_heartbeat_interval": 2.0, "concurrency": 4}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": get_text("LOG_LEVEL") or "WARNING"},
}

os.environ.setdefault("PGAPPNAME", "reviewapp")
