"""All settings, in one file; every difference between sites is an environment variable."""

import sys
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe

import dj_database_url
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

from daodi.lib import embedded, env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
TESTING = "pytest" in sys.modules
DEBUG = env.flag("DEBUG", default=False)
DEMO = env.flag("DEMO", default=False)  # a made-up county: anybody may sign in as anybody
HTTPS = env.flag("HTTPS", default=False)

ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")  # whose X-Forwarded-For and -Proto count
SECRET_KEY = env.secret("SECRET_KEY", VAR_DIR / "secret_key", lambda: token_urlsafe(50))
# The first key encrypts residents' contacts; all decrypt, so that keys can be changed.
CONTACT_KEYS = env.secret(
    "CONTACT_KEYS", VAR_DIR / "contact_keys", lambda: Fernet.generate_key().decode()
).split(",")

# A site runs the domain apps it needs; the core must work without any of them.
DOMAIN_APPS = env.words("DOMAIN_APPS", "appeals,plans,duties")
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "allauth",
    "allauth.account",  # the second factors need it; none of its pages is open
    "allauth.mfa",
    "procrastinate.contrib.django",
    "treebeard",
    "daodi.web",
    "daodi.core",
    *(f"daodi.apps.{name}" for name in DOMAIN_APPS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "daodi.web.middleware.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "daodi.web.middleware.UploadLimitMiddleware",
    "daodi.web.middleware.ReadingMiddleware",
    "daodi.web.middleware.MemberMiddleware",
    "daodi.web.middleware.RefusedMiddleware",
    "axes.middleware.AxesMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "daodi.urls"
WSGI_APPLICATION = "daodi.wsgi.application"
WEB_THREADS = env.number("WEB_THREADS", 4)  # pages that one process makes at once
DASK_SCHEDULER = env.text("DASK_SCHEDULER")  # a cluster for nightly jobs; empty: none
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "daodi.web.templatetags.web",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "daodi.web.navigation.frame",
            ],
        },
    }
]

# Without DATABASE_URL, PostgreSQL runs in a folder; the command line starts it, not we.
DATABASE_URL = env.text("DATABASE_URL")
EMBEDDED_DATABASE = None if DATABASE_URL else VAR_DIR / "pg"
_options: dict[str, object] = {
    "application_name": "daodi",
    # Plans are kept: planning a query with many joins costs more than running it.
    "server_side_binding": True,
    "prepare_threshold": 1,
}
if TESTING:
    # One connection a process, and no waiting for the disk.
    _options["options"] = "-c synchronous_commit=off"
else:
    _options["pool"] = {"min_size": 1, "max_size": env.number("DB_POOL", 8), "timeout": 10}
_database = dj_database_url.parse(DATABASE_URL or embedded.dsn(VAR_DIR / "pg"))
DATABASES = {
    "default": {
        # Threads come and go in the web server: a pool keeps their connections, and checks them.
        **_database,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": _options | _database.get("OPTIONS", {}),
    }
}
# Shared by all processes: it counts wrong codes and passwords.
_cache = "locmem.LocMemCache" if TESTING else "db.DatabaseCache"
CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{_cache}", "LOCATION": "cache"}}
SITE_NAME = env.text("SITE_NAME", "杞县" if DEMO else "")

# Where the site is found from outside, such as https://12345.qixian.gov.cn: for links in messages.
SITE_URL = env.text("SITE_URL").rstrip("/")

# How notices leave the house. What is not set up is not offered to anybody.
# E-mail: EMAIL_HOST is the server that takes it; EMAIL_TLS is starttls, ssl or none.
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD")
EMAIL_USE_TLS, EMAIL_USE_SSL = env.one_of(
    "EMAIL_TLS", {"starttls": (True, False), "ssl": (False, True), "none": (False, False)}
)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", EMAIL_HOST_USER)
# Text messages: file writes lines to var/sms.jsonl, http posts JSON to SMS_URL with SMS_SECRET.
SMS_BY = env.one_of("SMS_BY", {"": "", "file": "file", "http": "http"})
SMS_FILE = VAR_DIR / "sms.jsonl"
SMS_URL = env.text("SMS_URL")
SMS_SECRET = env.text("SMS_SECRET")
if SMS_BY == "http" and not SMS_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("SMS_BY=http needs SMS_URL: write the gateway's address")
# Group robots: what a robot's key is appended to. A private edition has an address of its own; an
# empty one takes the robots off, as in a demonstration, which anybody may use.
_robots = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/",
}
ROBOT_URLS = {
    name: env.text(f"{name.upper()}_URL", "" if DEMO else url) for name, url in _robots.items()
}

PROCRASTINATE_IMPORT_PATHS = ["daodi.core.periodic", "daodi.core.nightly"]  # and apps' tasks
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "core.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/desk/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who must give a second factor, and from which day on; before it they are asked to set one up.
SECOND_FACTOR_ROLES = env.words("SECOND_FACTOR_ROLES", "" if DEMO else "manager,supervisor")
SECOND_FACTOR_FROM = env.day("SECOND_FACTOR_FROM")
MFA_ADAPTER = "daodi.core.people.sealing.SealedFactors"
SESSION_ENGINE = "daodi.core.people.sessions"  # knows whose a session is
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 12) * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

USE_TZ = True
# When an office is open on a working day; only limits that count office hours ask.
OFFICE_HOURS = [("08:30", "12:00"), ("14:30", "18:00")]
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")
LANGUAGE_CODE = env.text("LANGUAGE_CODE", "zh-hans")
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "daodi/locale"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "var/assets"]  # what set-up brought from npm
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG or TESTING
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "daodi.web.bundles.BundleFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or TESTING
        else "daodi.web.storage.StaticStorage"
    },
}
MEDIA_ROOT = VAR_DIR / "media"
# How many requests one address may file; a village office files many for others.
FILINGS_AN_HOUR = env.number("FILINGS_AN_HOUR", 60)
VERDICTS_A_DAY = env.number("VERDICTS_A_DAY", 60)
# After how many years without a new line what residents filed is erased; 0: not by itself.
ERASE_AFTER_YEARS = env.number("ERASE_AFTER_YEARS", 3 if DEMO else 0)
MAX_UPLOAD_BYTES = env.number("MAX_UPLOAD_MB", 60) * 1024 * 1024
# A map to show a place on, from a server of tiles: https://…/{z}/{x}/{y}.png; without it, none.
MAP_TILES_URL = env.tiles("MAP_TILES_URL")
MAP_CREDIT = env.text("MAP_CREDIT")  # whose map it is, shown in its corner
MAP_START = env.numbers("MAP_START", "34.5,114.8,11")  # latitude, longitude, zoom
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # the fields of a form; files are streamed to disk

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    LANGUAGE_CODE = "en"
