"""All settings, from the environment and an optional .env file; docs/operations.md lists the variables."""

import os
import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import environment, register
from config.limits import BODY
from config.logs import LOGGING  # noqa: F401 - Django reads it here

BASE_DIR = Path(__file__).resolve().parent.parent
ENV_FILE = os.environ.get("ENV_FILE")
if ENV_FILE or (BASE_DIR / ".env").exists():
    environment.read_file(Path(ENV_FILE or BASE_DIR / ".env"))

# The register

REVIEW_REQUIRED = environment.switch("REVIEW_REQUIRED", default=False)  # a record needs a second person to be published
EXAMPLE = environment.switch("EXAMPLE", default=True)  # whether a new register gets the example, or states only
REGISTER = register.described(environment.text("REGISTER"), BASE_DIR, is_example=EXAMPLE)

RELEASES = environment.text("RELEASES", str(BASE_DIR / "var" / "releases"))  # the folder of releases

# Security

DEBUG = environment.switch("DEBUG", default=False)
SECRET_KEY = environment.text("SECRET_KEY", "only-for-development-" * 3 if DEBUG else "")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Set SECRET_KEY to a secret of at least 50 characters.")
ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS")
if not (ALLOWED_HOSTS or DEBUG):
    raise ImproperlyConfigured("Set ALLOWED_HOSTS to the host names of this site, separated by commas.")
TRUSTED_PROXY = environment.networks("TRUSTED_PROXY")  # whose X-Forwarded-… headers are trusted
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The web server

WEB_CONCURRENCY = environment.number("WEB_CONCURRENCY", 2, least=1)
os.environ["WEB_CONCURRENCY"] = str(WEB_CONCURRENCY)  # gunicorn reads it on import, and fails if it is empty

# The path of the site: the top of its host, or below it

SCRIPT_NAME = environment.path("SCRIPT_NAME")
FORCE_SCRIPT_NAME = SCRIPT_NAME or None
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"{SCRIPT_NAME}/"  # other sites on the host use these cookie names too

# The application

INSTALLED_APPS = [
    "relations",
    "whitenoise.runserver_nostatic",  # static files come from WhiteNoise in development, too
    "config.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "import_export",
    "csp",
    "config.desk.LogInsConfig",
]
MIDDLEWARE = [
    "config.middleware.TrustedProxyMiddleware",
    "config.middleware.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "relations.api.problems.ProblemsMiddleware",
    "config.middleware.HealthMiddleware",
    "config.middleware.CharactersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.PublicMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "config.middleware.AdminLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.DownloadsMiddleware",
    "config.middleware.MethodMiddleware",
    "config.middleware.BodyMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "axes.middleware.AxesMiddleware",
    "relations.admin.keys.KeysMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "relations.renderer.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The database

STATEMENT_TIMEOUT = environment.number("STATEMENT_TIMEOUT", 15)  # seconds; 0 for no limit
DATABASE_WAIT = environment.number("DATABASE_WAIT", 1)  # seconds for a connection; 0 for no limit
DATABASES: dict[str, dict[str, Any]] = {}
for alias, name in (("default", "DATABASE_URL"), ("replica", "DATABASE_REPLICA_URL")):
    if environment.text(name):
        DATABASES[alias] = environment.database(name)
        if DATABASE_WAIT:  # libpq treats less than two seconds as two
            DATABASES[alias]["OPTIONS"].setdefault("connect_timeout", str(max(DATABASE_WAIT, 2)))
            DATABASES[alias]["OPTIONS"].setdefault("tcp_user_timeout", str(max(DATABASE_WAIT, 2) * 1000))
if "default" not in DATABASES:
    if sys.platform not in ("linux", "darwin"):
        raise ImproperlyConfigured(
            "Set DATABASE_URL to a PostgreSQL database: the embedded one runs on Linux and macOS only."
        )
    from config.embedded.server import Server, default_data_dir

    DATABASES["default"] = {
        "ENGINE": "config.embedded",
        "NAME": Server.NAME,
        "EMBEDDED_DATA": environment.text("DYAD_DATA_DIR", str(default_data_dir(BASE_DIR))),
        "EMBEDDED_WAIT": DATABASE_WAIT,
        "OPTIONS": {},
    }
# Each thread keeps a connection, and checks before every request that it is still alive. A pool is no faster with
# threads that stay, and after a restart of the database each of its broken connections costs somebody a page.
# Prepared statements (relations/plans.py, triggers) use one generic plan for all values. A threshold of 0 prepares a
# statement on its first execution.
for database in DATABASES.values():
    database |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}
    plans, timeout = "-c plan_cache_mode=force_generic_plan", f"-c statement_timeout={STATEMENT_TIMEOUT}s"
    options = " ".join(filter(None, [plans, database["OPTIONS"].get("options"), timeout]))
    database["OPTIONS"] |= {"options": options, "prepare_threshold": 0}
DATABASE_ROUTERS = ["config.databases.Router"]
DATABASE_REPLICA_LAG = environment.number("DATABASE_REPLICA_LAG", 0)  # seconds that the data of readers may be behind

PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# Language and time: the site is in English, its data and files are always in UTC

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True

# Static files

STATIC_URL = f"{SCRIPT_NAME}/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Browsers

HTTPS = environment.switch("HTTPS", default=True)
SECURE_REDIRECT_EXEMPT = [f"^{re.escape(f'{SCRIPT_NAME}/'[1:])}(healthz|readyz)$"]  # health probes use no TLS
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Browsers accept cookies with these prefixes only from this host over TLS, and `__Host-` only for the path /.
COOKIE_PREFIX = ("__Secure-" if SCRIPT_NAME else "__Host-") if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Accounts

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 12 * 60 * 60  # twelve hours after something was last saved, or until the browser is closed
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AXES_HANDLER = "config.accounts.Guesses"
AXES_LOCKOUT_CALLABLE = "config.accounts.locked_out"
AXES_CLIENT_IP_CALLABLE = "config.accounts.address_of"
AXES_FAILURE_LIMIT = 5  # for one name, from one address
FAILURES_OF_ADDRESS = 30  # for all names together
AXES_COOLOFF_TIME = timedelta(minutes=30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # nobody can lock out users at other addresses
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # the lockout ends at the time that its page shows
AXES_VERBOSE = False

# Uploads: an event with a thousand parties has ten thousand fields; files stay in memory

DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = BODY
