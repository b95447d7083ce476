"""Security headers of every answer."""

import base64
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from config.template_loader import joined

ADMIN = "/admin/"
THEME_SCRIPT = Path("templates/partials/theme_script.html")
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            "accelerometer",
            "browsing-topics",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "publickey-credentials-get",
            "usb",
        )
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Set the headers: the outermost middleware, so none escapes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.public = _line(public_csp(settings.REPOSITORY, gateway_origin()))
        self.admin = _line(admin_csp(settings.REPOSITORY))
        self.headers = dict(EVERYWHERE)
        if settings.SECURE_HSTS_SECONDS:
            preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
            self.headers["Strict-Transport-Security"] = (
                f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains{preload}"
            )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        response = self.get_response(request)
        is_admin = request.path.startswith(ADMIN)
        response.headers["Content-Security-Policy"] = self.admin if is_admin else self.public
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


def gateway_origin() -> str:
    """Return the only other origin that pages may call, if any."""
    parts = urlsplit(settings.API_BASE_URL)
    return f"{parts.scheme}://{parts.netloc}" if settings.TRY_IT else ""


def public_csp(assets: Path, gateway: str = "") -> dict[str, str]:
    """Return the policy of public pages; they may call the gateway."""
    return {
        "default-src": "'none'",
        # The one inline script sets the theme before anything is drawn.
        "script-src": " ".join(["'self'", *inline_hashes(assets / THEME_SCRIPT)]),
        "style-src": "'self'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": f"'self' {gateway}".rstrip(),
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }


def admin_csp(assets: Path) -> dict[str, str]:
    """Return the admin's policy: the public one without a manifest."""
    # The admin has no inline script: the hash is for error pages, which are the public ones.
    return {name: sources for name, sources in public_csp(assets).items() if name != "manifest-src"}


def inline_hashes(template: Path) -> list[str]:
    """Return the CSP hash of each inline script of a template."""
    if not template.is_file():
        return []
    # As it is sent: a hash is of the bytes that a browser reads.
    source = joined(template.read_text(encoding="utf-8"))
    scripts = re.findall(r"<script>(.*?)</script>", source, re.DOTALL)
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]


def _line(policy: dict[str, str]) -> str:
    return "; ".join(f"{name} {sources}" for name, sources in policy.items())
