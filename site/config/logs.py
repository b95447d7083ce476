"""Log lines: text for people, or JSON for machines."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured

FORMATTERS: dict[str, dict[str, str]] = {
    "text": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
    "json": {"()": "config.logs.JsonLines"},
}


class JsonLines(logging.Formatter):
    """Writes each record as a JSON object on one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configuration(chosen: str) -> dict[str, Any]:
    """Return the logging configuration: all to stderr, in the chosen format."""
    if chosen not in FORMATTERS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {chosen!r}: give {' or '.join(map(repr, FORMATTERS))}.")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": FORMATTERS[chosen]},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "chosen"},
            "null": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO"},
            # Who logs in, and who does not.
            "config.logins": {"level": "INFO"},
            # What it counts is said by config.logins.
            "axes": {"level": "ERROR"},
            # Answers of 4xx are a visitor's business; a wrong Host is a scanner's.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
        },
    }
