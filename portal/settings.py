"""Every setting of Trellis, read from the environment once, at the start of a process.

`.env.example` explains each variable. A missing or strange one stops the start by name.
"""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from kombu import Queue

from portal.environment import Environment
from portal.web.logs import configuration

BASE_DIR = Path(__file__).resolve().parent.parent
environment = Environment()

# --- where we run -----------------------------------------------------------------------------
DEBUG = environment.flag("DEBUG")
SECRET_KEY = environment.text("SECRET_KEY", "only-for-development" if DEBUG else None)
SECRET_KEY_FALLBACKS = environment.text("SECRET_KEY_FALLBACKS", "").split()
PUBLIC_URL, PUBLIC_HOST = environment.address(
    "PUBLIC_URL", "http://127.0.0.1:8000" if DEBUG else None
)
ALLOWED_HOSTS = [PUBLIC_HOST, *environment.text("ALLOWED_HOSTS", "").split()]
if DEBUG:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
HTTPS = PUBLIC_URL.startswith("https://")
BEHIND_PROXY = environment.flag("BEHIND_PROXY")  # a proxy that sets X-Forwarded-Proto and -For
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- the house --------------------------------------------------------------------------------
INSTALLED_APPS = [
    "portal.practice",
    "portal.audit",
    "portal.people",
    "portal.notices",
    "portal.agencies",
    "portal.reminders",
    "communities",
    "reflections",
    "fidelity",
    "portal.web",
    "portal.home",
    "portal.web.operations.OperationsConfig",  # django.contrib.admin, with few models
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
]
MIDDLEWARE = [
    "portal.web.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "portal.web.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.web.maintenance.MaintenanceMiddleware",  # before whatever asks the database
    "django.middleware.gzip.GZipMiddleware",  # pads at random against BREACH
    "csp.middleware.CSPMiddleware",
    "portal.web.uploads.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.people.middleware.PersonMiddleware",
    "portal.web.typed.SignedOutMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.agencies.middleware.SecondFactorMiddleware",
    "portal.web.errors.NotFoundMiddleware",  # outside of what may answer that
    "portal.access.middleware.AccessMiddleware",  # last: it answers for the view
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "portal.web.renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.home.navigation.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
                "portal.web.templatetags.ui",
            ],
        },
    }
]

# --- the one database -------------------------------------------------------------------------
DATABASES = {
    "default": environment.database("DATABASE_URL")
    | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- the broker carries work; losing it loses nothing (time-and-reminders: the database is the
# schedule) --------------------------------------------------------------------------------------
REDIS_URL = environment.text("REDIS_URL", "")
if not REDIS_URL and not environment.variables.get("BROKER_URL"):
    environment.problems.append("REDIS_URL is not set (nor BROKER_URL).")
CELERY_BROKER_URL = environment.broker("BROKER_URL", REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = (
    # A killed worker's task comes back after visibility_timeout and at most 10 s more; untuned,
    # the 10 s are 100. Until then the sweep finds the same work in the database.
    {
        "visibility_timeout": 600,  # seconds; above the longest task
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
        "socket_connect_timeout": 1,
    }
    if not CELERY_BROKER_URL.startswith("amqp")
    else {}
)
CELERY_BROKER_CONNECTION_TIMEOUT = 1  # seconds: a dead broker must not hold up a page
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}  # the sweep each minute is the retry
CELERY_TASK_DEFAULT_QUEUE = environment.text("QUEUE", "trellis")
# What keeps time has a line of its own, which each worker serves in turn with the other: behind the
# calls of a large mailing, ticks would wait until they expire.
FIRST_QUEUE = f"{CELERY_TASK_DEFAULT_QUEUE}-first"
CELERY_TASK_QUEUES = [Queue(FIRST_QUEUE), Queue(CELERY_TASK_DEFAULT_QUEUE)]
CELERY_TASK_ROUTES = {
    name: {"queue": FIRST_QUEUE}
    for name in ("reminders.tick", "reminders.heartbeat", "notices.sweep")
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 540  # seconds; below visibility_timeout
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"

CACHES = {
    "default": {
        "BACKEND": "portal.web.cache.RedisOrMemory",
        "LOCATION": REDIS_URL,
    }
}

# --- people sign in ---------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.agencies.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.web.entrance.SignIn",
    "reset_password": "portal.web.entrance.ForgotPassword",
    "reset_password_from_key": "portal.web.entrance.NewPasswordFromLink",
    "change_password": "portal.web.entrance.ChangePassword",
    "set_password": "portal.web.entrance.SetPassword",
    "add_email": "portal.web.entrance.AddAddress",
    "reauthenticate": "portal.web.entrance.StillYou",
}
MFA_FORMS = {
    "authenticate": "portal.web.entrance.SecondProof",
    "reauthenticate": "portal.web.entrance.StillYouByCode",
    "activate_totp": "portal.web.entrance.SetUpApp",
    "add_webauthn": "portal.web.entrance.AddPasskey",
    "edit_webauthn": "portal.web.entrance.RenamePasskey",
}
MFA_ADAPTER = "portal.agencies.adapters.SecondFactorAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False  # scanners follow links
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by email
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # a reset for an address that is not here writes nobody
ACCOUNT_RATE_LIMITS = {
    # allauth's own for the rest: sign-in 30 a minute an address and 5 failures in 5 minutes an
    # account (codes and passkeys alike), reset 20 a minute an address and 5 an account.
    "accept_invitation": "20/m/ip",
    "invite": "60/h/user",
    "session_code": "10/5m/user",  # "I am here": communities/codes.py counts on this
}
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Trellis"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0

# --- headers and cookies ----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
SESSION_COOKIE_NAME = "__Host-trellis" if HTTPS else "trellis"
CSRF_COOKIE_NAME = "__Host-trellis-csrf" if HTTPS else "trellis-csrf"
CSRF_FAILURE_VIEW = "portal.web.errors.csrf_failure"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes
DEFAULT_EXCEPTION_REPORTER_FILTER = "portal.web.reports.Wordless"  # may hold a journal

# --- words, days and hours --------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
]  # each under its own name: who needs it knows that
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
TIME_ZONE = "UTC"  # each person reads in their own: portal.people.middleware
USE_I18N = USE_TZ = True

# --- static files -----------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.web.bundle.BundleFinder",  # one stylesheet, one script: docs/decisions/0002
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG

# --- what people upload: outside of everything that is served; views hand it out, one by one -----
MEDIA_ROOT = Path(environment.text("FILES_FOLDER", str(BASE_DIR / ".data" / "files")))
FILE_UPLOAD_HANDLERS = ["portal.web.uploads.ToDisk"]
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
LARGEST_FILE = 20 * 1024 * 1024  # bytes
LARGEST_BODY = 128 * 1024 * 1024  # bytes: above it, nothing is read to answer at a field

# --- who watches: whoever sends this may read /metrics ------------------------------------------
METRICS_TOKEN = environment.text("METRICS_TOKEN", "")

# --- closed for a while: while this file is there, every page says so ----------------------------
MAINTENANCE_FILE = Path(environment.text("MAINTENANCE_FILE", str(BASE_DIR / ".data/maintenance")))

# --- logs -------------------------------------------------------------------------------------
LOGGING = configuration(
    as_json=environment.flag("LOG_JSON", not DEBUG), level=environment.text("LOG_LEVEL", "INFO")
)

# --- mail -------------------------------------------------------------------------------------
mail = environment.mail("EMAIL_URL")
MAIL_FOLDER = Path(environment.text("MAIL_FOLDER", str(BASE_DIR / ".data" / "mail")))
if mail:
    globals().update(mail)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_TIMEOUT = 10  # seconds
elif DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(MAIL_FOLDER)
else:
    environment.text("EMAIL_URL")  # named among the missing
# Above the longest that one mail can take; a claim this old has lost its worker. Shorter in tests.
CLAIM_LASTS = timedelta(seconds=environment.number("CLAIM_LASTS", 300))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = environment.text(
    "DEFAULT_FROM_EMAIL", f"Trellis <trellis@{PUBLIC_HOST or 'localhost'}>"
)

# --- notices in browsers: without a key they are not offered --------------------------------------
WEB_PUSH_PRIVATE_KEY = environment.key("WEB_PUSH_PRIVATE_KEY")
WEB_PUSH_ANYWHERE: bool = False  # tests alone: push services on this machine, without https

environment.stop_on_problems()
