"""Settings: one file for every place; what differs comes from the environment (see README.md)."""

import os
import re
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Exchange, Queue
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from jcm import embedded, environ, object_storage, sign_in

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = embedded.VAR
TESTING = "pytest" in sys.modules

# --- The site and its secrets ---------------------------------------------------------------------

SITE_URL = environ.text("SITE_URL", "http://localhost:8000")
HTTPS = SITE_URL.startswith("https:")
LOCAL_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname or "localhost", *([] if HTTPS else LOCAL_HOSTS)]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# A host for documents alone, if there is one: what strangers have sent then never comes from the site's own origin.
FILES_URL = environ.origin("FILES_URL", but=SITE_URL)
ALLOWED_HOSTS += [urlsplit(FILES_URL).hostname or ""] if FILES_URL else []
DEBUG = environ.flag("DEBUG")


def own_secret(name: str, made: str) -> str:
    """A secret of a one-machine site: made once, kept beside its database."""
    file = VAR / name
    if not file.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        draft = VAR / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(made, encoding="ascii")
        with suppress(FileExistsError):
            file.hardlink_to(draft)
        draft.unlink()
    return file.read_text(encoding="ascii")


if HTTPS and not environ.text("SECRET_KEY"):
    raise ImproperlyConfigured("SECRET_KEY must be set to a long random text when SITE_URL is on https")
SECRET_KEY = environ.text("SECRET_KEY") or own_secret("secret_key", secrets.token_urlsafe(50))
SECRET_KEY_FALLBACKS = environ.text("SECRET_KEY_FALLBACKS").split()

# The private half of the key that signs decision records: 32 bytes in hexadecimal.
if HTTPS and not environ.text("RECORD_SIGNING_KEY"):
    raise ImproperlyConfigured("RECORD_SIGNING_KEY must be set to 64 hexadecimal digits when SITE_URL is on https")
RECORD_SIGNING_KEY = environ.text("RECORD_SIGNING_KEY") or own_secret("record_signing_key", secrets.token_hex(32))
if re.fullmatch("[0-9a-fA-F]{64}", RECORD_SIGNING_KEY) is None:
    raise ImproperlyConfigured("RECORD_SIGNING_KEY must be 64 hexadecimal digits, as `openssl rand -hex 32` prints them")

# --- The partnership ------------------------------------------------------------------------------

JCM_PARTNER = {"code": environ.text("JCM_PARTNER_CODE", "IN"), "name": environ.text("JCM_PARTNER_NAME", "India")}
JCM_HOST_ZONE = environ.text("JCM_HOST_ZONE", "Asia/Kolkata")

# --- Apps, in the order of the ladder -------------------------------------------------------------

LADDER = [
    "core", "events", "accounts", "inspection", "documents", "workflow", "composition", "lists", "notifications", "committee",
    "public_inputs", "completeness", "findings", "meetings", "decision_records", "timekeeping", "rules", "methodologies",
    "idea_notes", "third_party_entities", "sustainability", "monitoring", "drafting", "projects",
    "registry", "issuance", "project_changes", "reference_emissions", "dashboard", "portal", "feeds",
    "administration", "rehearsal",
]  # fmt: skip
INSTALLED_APPS = [
    "apps.administration.apps.SiteConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "csp",
    # Passkeys, authenticator apps and the way of a ministry's own sign-in; its pages are ours.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *(f"apps.{name}" for name in LADDER),
]
AUTH_USER_MODEL = "accounts.User"
# An e-mail address is unique whatever its case: a constraint on lower(email) holds it, which this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.E003"]
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = LOGIN_URL
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Requests and pages ---------------------------------------------------------------------------

ROOT_URLCONF = "jcm.urls"
WSGI_APPLICATION = "jcm.wsgi.application"
ASGI_APPLICATION = "jcm.asgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.workflow.middleware.FilesHostMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "apps.accounts.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.accounts.middleware.ActingMiddleware",
    "apps.accounts.middleware.LimitsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "apps.core.finishing.FinishingMiddleware",
    "apps.documents.middleware.StoreAwayMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.accounts.context_processors.acting",
                "apps.events.context_processors.sample_data",
                "apps.notifications.context_processors.unread",
                "apps.notifications.context_processors.delays",
            ]
        },
    }
]

FORM_RENDERER = "apps.core.forms.GazetteRenderer"

# --- Static files ---------------------------------------------------------------------------------

STATIC_URL = "/static/"
PACKAGES = BASE_DIR / "node_modules"
FETCHED = {
    "govuk": PACKAGES / "govuk-frontend" / "dist" / "govuk",
    "devanagari": PACKAGES / "@fontsource" / "noto-sans-devanagari" / "files",
}
STATICFILES_DIRS: list[Any] = [BASE_DIR / "jcm" / "static", *((name, path) for name, path in FETCHED.items() if path.exists())]
COLLECTED = environ.flag("STATIC_COLLECTED")
STATIC_ROOT = BASE_DIR / "staticfiles" if COLLECTED else None
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
    # Where documents are kept, when it is elsewhere than in DOCUMENT_ROOT.
    **object_storage.documents(),
}
# Documents, where no object storage keeps them; in any case what is on its way in, and pictures of pages.
DOCUMENT_ROOT = Path(environ.text("DOCUMENT_ROOT") or VAR / "documents")
# Where clamd, the scanner of documents, listens: HOST:PORT or the path of its socket. Without one nothing is scanned.
CLAMD = environ.text("CLAMD")
if CLAMD and re.fullmatch(r"/.+|(\[[0-9a-fA-F:.]+\]|[^:/\s]+):[1-9][0-9]{0,4}", CLAMD) is None:
    raise ImproperlyConfigured(f"CLAMD must be HOST:PORT or the path of a socket, not {CLAMD!r}")
# PDFs of decision records, made when first asked for: anything here may be deleted at any time.
PAPER_ROOT = VAR / "papers"

# --- Languages and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ja", _("Japanese")), ("hi", _("Hindi"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"

# --- Database: one alias, two faces ---------------------------------------------------------------

TEST_CLUSTER = embedded.Postgres(VAR / "test-postgres", {**embedded.FAST_AND_LOOSE, "max_connections": "200"})
CLUSTER = TEST_CLUSTER if TESTING else embedded.postgres()


def database(address: str) -> dict[str, Any]:
    """Django's entry for a connection string or address."""
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"DATABASE_URL cannot be read: {str(error).strip()}") from error
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    rest = {key: value for key, value in parts.items() if key not in names}
    known = {names[key]: value for key, value in parts.items() if key in names}
    return {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, **known, "OPTIONS": {**PREPARED, **rest}}


def assuming(entry: dict[str, Any], role: str) -> dict[str, Any]:
    """The same entry acting in a role, whoever logs in."""
    role_option = {} if entry.get("USER") == role else {"assume_role": role}
    return {**entry, "OPTIONS": {**entry["OPTIONS"], **role_option}}


def pooled(entry: dict[str, Any]) -> dict[str, Any]:
    """The same entry with connections kept open: the pool discards one that had to take on a role."""
    if "assume_role" in entry["OPTIONS"]:
        return entry
    return {**entry, "OPTIONS": {**entry["OPTIONS"], "pool": {"min_size": 1, "max_size": LARGEST_POOL, "timeout": 10}}}


ADDRESS = "" if TESTING else environ.text("DATABASE_URL")
# The engine's statements are planned once a connection; a pooler that hands out one per transaction may not bear that.
PREPARED = {"prepare_threshold": 5} if environ.flag("DATABASE_PREPARE", default=True) else {}
OWNER_ADDRESS = ADDRESS and (environ.text("DATABASE_OWNER_URL") or ADDRESS)
LARGEST_POOL = environ.number("DATABASE_POOL", 8)
APPLICATION = pooled(assuming(database(ADDRESS or CLUSTER.address("jcm_app", embedded.DATABASE)), "jcm_app"))
OWNER = assuming(database(OWNER_ADDRESS or CLUSTER.address("postgres", embedded.DATABASE)), "jcm_owner")
MIGRATING = sys.argv[1:2] == ["migrate"]
DATABASES = {"default": {**(OWNER if TESTING or MIGRATING else APPLICATION)}}

# --- Tasks: Celery only wakes sweeps, the tables are the truth ------------------------------------

MINUTE = 60.0
HOUR = 60 * MINUTE
TEST_BROKER = embedded.Broker(VAR / "test-redis", {"appendonly": "no"})
CELERY_BROKER_URL = TEST_BROKER.url if TESTING else environ.text("REDIS_URL") or embedded.broker().url
CELERY_TASK_DEFAULT_QUEUE = environ.text("JCM_QUEUE", "jcm")
# Scanning may take long: it has a queue of its own, which a worker consumes too unless it is told otherwise.
SCANNING_QUEUE = "scanning"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in (CELERY_TASK_DEFAULT_QUEUE, SCANNING_QUEUE)]
CELERY_TASK_ROUTES = {"documents.scan": {"queue": SCANNING_QUEUE}}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_RESULT_BACKEND = None
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CONSUMER = "jcm.consumer:PatientConsumer"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # however long it is away
# The prefix keeps sites apart that share a server: the shortest visibility timeout of them would win.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "global_keyprefix": f"{CELERY_TASK_DEFAULT_QUEUE}:",
    # A broker that is away, or takes connections and says nothing, is soon given up: the sweep finds what it was not told of.
    "max_retries": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "celery.beat.Scheduler"
EACH_MINUTE = (
    "events.relay", "workflow.sweep", "notifications.mail", "feeds.webhooks", "timekeeping.holidays", "documents.scan",
    "public_inputs.letters",
)  # fmt: skip
# What is about days is looked for each hour, and does nothing where it was done.
EACH_HOUR = ("documents.quarantine", "documents.stocktake", "public_inputs.forget", "accounts.sessions")
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": interval, "options": {"expires": interval}}
    for interval, tasks in ((MINUTE, EACH_MINUTE), (HOUR, EACH_HOUR))
    for task in tasks
}
# Whether webhooks may call this very machine, and that without encryption: for trying them out.
WEBHOOKS_TO_LOOPBACK = environ.flag("WEBHOOKS_TO_LOOPBACK")

# --- Mail: without a mail server none leaves, and what would be sent is kept in files ---------------

EMAIL_HOST = environ.text("EMAIL_HOST")
EMAIL_PORT = environ.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = environ.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = environ.text("EMAIL_PASSWORD")
EMAIL_USE_TLS = environ.flag("EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mails"
EMAIL_USE_LOCALTIME = False
# Where the public writes to each secretariat; shown on the page of help where it is set.
CONTACTS = {"host": environ.text("CONTACT_HOST"), "japan": environ.text("CONTACT_JAPAN")}
DEFAULT_FROM_EMAIL = environ.text("EMAIL_FROM") or f"JCM <no-reply@{urlsplit(SITE_URL).hostname or 'localhost'}>"

# --- Security -------------------------------------------------------------------------------------

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if environ.flag("BEHIND_PROXY") else None
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

# --- Signing in -----------------------------------------------------------------------------------

# Whether those who sit, keep the files or administer the site need two factors. Without https it is tried out.
SECOND_FACTOR = environ.choice("SECOND_FACTOR", "required" if HTTPS else "offered", ("required", "offered"))
# A session ends so many minutes after its last use, and so many hours after it began; for whoever needs two factors sooner.
SESSION_MINUTES = environ.number("SESSION_MINUTES", 60)
SESSION_MINUTES_OF_OFFICES = environ.number("SESSION_MINUTES_OF_OFFICES", 30 if SECOND_FACTOR == "required" else 60)
SESSION_HOURS = environ.number("SESSION_HOURS", 12)
SESSION_ENGINE = "apps.accounts.sessions"
SESSION_COOKIE_AGE = SESSION_HOURS * 3_600
PASSWORD_RESET_TIMEOUT = 3_600
# Attempts are counted where every process sees them, and apart from the broker.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempts",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

ALLAUTH_TRUSTED_PROXY_COUNT = 1 if environ.flag("BEHIND_PROXY") else 0
ACCOUNT_ADAPTER = "apps.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key", "accept": "20/m/ip", "invite": "30/h/user"}
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_ADAPTER = "apps.accounts.adapters.FactorsAdapter"
MFA_FORMS = sign_in.FORMS
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# The site asks by itself, and never takes for granted what it could not ask (apps/accounts/middleware).
MFA_REAUTHENTICATION_REQUIRED = False
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = f"JCM {JCM_PARTNER['code']}-JP"

# Ministries through whose own sign-in their people may come, each with the endings of addresses that it vouches for.
SIGN_IN_THROUGH = sign_in.providers()
SOCIALACCOUNT_ADAPTER = "apps.accounts.adapters.MinistryAdapter"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [one.as_app() for one in SIGN_IN_THROUGH]}}
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10

# --- Logs -----------------------------------------------------------------------------------------

# Libraries that tell each of their steps.
QUIET = {name: {"level": "WARNING"} for name in ("weasyprint", "weasyprint.progress", "fontTools")}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"secrets": {"()": "jcm.logs.WithoutSecrets"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": environ.text("LOG_LEVEL", "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}, "django.server": {"handlers": [], "propagate": True}, **QUIET},
}
