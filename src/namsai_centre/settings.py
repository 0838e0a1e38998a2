"""Django's settings. Secrets come from the environment only; see `environment` for what is refused."""

from __future__ import annotations

import os
from pathlib import Path

import django.conf.locale
from csp.constants import NONE, SELF

from namsai_centre import environment as env

HERE = Path(__file__).parent
DEMO = env.flag("NAMSAI_DEMO")
DATA = env.data_folder()
DEBUG = False
SECRET_KEY = env.secret_key(DEMO)
SECRET_KEY_FALLBACKS = env.old_secret_keys()
ALLOWED_HOSTS = env.hosts(DEMO)
ROOT_URLCONF = "namsai_centre.urls"
WSGI_APPLICATION = "namsai_centre.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": env.database(DATA)}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "namsai_centre.ui",
    "namsai_centre.audit",
    "namsai_centre.accounts",
    "namsai_centre.enterprises",
    "namsai_centre.engagements",
    "namsai_centre.assessments",
    "namsai_centre.savings",
    "namsai_centre.knowhow",
    "namsai_centre.fieldwork",
    "namsai_centre.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "namsai_centre.accounts.middleware.WhoMiddleware",
    "namsai_centre.rights.FailClosedMiddleware",
    "namsai_centre.ui.unread.UnreadFieldsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "accounts" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "namsai_centre.ui.page.surroundings",
            ],
            "builtins": ["namsai_centre.ui.templatetags.words"],
        },
    }
]

# Language: Lao first. Django ships no Lao; its own words are in locale/lo, ours in the catalogue.
django.conf.locale.LANG_INFO["lo"] = {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"}
LANGUAGE_CODE = "lo"
LANGUAGES = [("lo", "ລາວ"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
FORMAT_MODULE_PATH = ["namsai_centre.formats"]
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Vientiane"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
MEDIA_ROOT = DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

# People: invited, never signed up; log-in by e-mail or phone (accounts.backend); MFA for staff (accounts.middleware).
AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["namsai_centre.accounts.backend.EmailOrPhone"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "namsai_centre.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "namsai_centre.accounts.forms_login.LoginForm",
    "reset_password": "namsai_centre.accounts.forms_login.ResetForm",
    "reset_password_from_key": "namsai_centre.accounts.forms_login.NewPasswordForm",
    "change_password": "namsai_centre.accounts.forms_login.ChangePasswordForm",
    "reauthenticate": "namsai_centre.accounts.forms_login.AgainForm",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "namsai_centre.accounts.links.Links"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/m/ip,5/300s/key",
    "reset_password": "10/m/ip,3/h/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "5/m/user",
    "change_password": "5/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("NAMSAI_BEHIND_PROXY") else 0
MFA_ADAPTER = "namsai_centre.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "namsai_centre.accounts.forms_login.CodeForm",
    "reauthenticate": "namsai_centre.accounts.forms_login.CodeAgainForm",
    "activate_totp": "namsai_centre.accounts.forms_login.ActivateForm",
}
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "namsai_session"
CSRF_COOKIE_NAME = "namsai_csrf"
CSRF_FAILURE_VIEW = "namsai_centre.ui.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("NAMSAI_MAIL_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("NAMSAI_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("NAMSAI_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("NAMSAI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("NAMSAI_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 10
CENTRE_PHONE = os.environ.get("NAMSAI_CENTRE_PHONE", "")  # whom people call who cannot log in or do not understand
CENTRE_MAIL = os.environ.get("NAMSAI_CENTRE_MAIL", "")
DEFAULT_FROM_EMAIL = os.environ.get("NAMSAI_MAIL_FROM", "namsai@localhost")

# Closed to strangers: everything over TLS but in the demo on this machine.
SECURE_SSL_REDIRECT = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("NAMSAI_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 0 if DEMO else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"waitress.queue": {"level": "ERROR"}},  # each request that waits would be a line
    "root": {"handlers": ["console"], "level": os.environ.get("NAMSAI_LOG", "WARNING")},
}
