"""Settings: each is read once from the environment and checked by `config.checks`."""

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
SECRET_KEY = "replaced-by-the-real-reader"  # noqa: S105
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "catalog",
    "config",
    "pages",
    "docs",
    "api",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = "config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [REPOSITORY / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": REPOSITORY / "var" / "catalog.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
STATIC_URL = "/static/"
STATICFILES_DIRS = [REPOSITORY / "static"]
STATIC_ROOT = REPOSITORY / "var" / "static"
SITE_NAME = "RunAPI"
SITE_URL = "http://127.0.0.1:8000"
API_BASE_URL = "https://runapi.ai"
API_KEY_ENV = "RUNAPI_KEY"
SUPPORT_EMAIL = ""
SUPPORT_URL = ""
