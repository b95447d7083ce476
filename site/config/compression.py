"""Compresses text with brotli or gzip."""

import gzip
import re
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

LEAST = 600  # bytes: less fits in one packet anyway
# One part of Accept-Encoding: a name or `*`, and its weight (RFC 9110, 12.5.3).
_WEIGHED = re.compile(r"([^\s;]+)(?:\s*;\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?))?")
TEXT = re.compile(r"text/|image/svg\+xml|application/([\w.-]+\+)?(json|xml|linkset)")
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    # Measured on a model's page: a higher quality costs ten times the time for a tenth fewer bytes.
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


class Compression:
    """Compress answers; each ETag names the encoding."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        encodings = preferred(request.headers.get("Accept-Encoding", ""))
        encoding = encodings[0] if encodings else ""
        # WhiteNoise reads no weights: it sends the smallest file whose encoding is named here.
        request.META["HTTP_ACCEPT_ENCODING"] = ", ".join(encodings)
        # What a client sends back names compressed bytes; views know the tag of the plain ones.
        etags = request.META.get("HTTP_IF_NONE_MATCH", "")
        if encoding and etags:
            request.META["HTTP_IF_NONE_MATCH"] = etags.replace(f'-{encoding}"', '"')
        response = self.get_response(request)
        # As it is: what is secret in the admin's pages could be guessed from their size.
        if request.path.startswith("/admin/"):
            return response
        if response.status_code == 304:
            if encoding and _named(response, encoding) in etags:
                response["ETag"] = _named(response, encoding)
            patch_vary_headers(response, ("Accept-Encoding",))
        elif isinstance(response, HttpResponse) and _is_worth_it(response):
            patch_vary_headers(response, ("Accept-Encoding",))
            if encoding:
                response.content = ENCODERS[encoding](response.content)
                response["Content-Encoding"] = encoding
                response["Content-Length"] = str(len(response.content))
                if response.has_header("ETag"):
                    response["ETag"] = _named(response, encoding)
        return response


def preferred(header: str) -> list[str]:
    """List the encodings a client likes best; none where it prefers plain bytes."""
    parts = (_WEIGHED.fullmatch(part.strip()) for part in header.lower().split(","))
    weights = {part[1]: float(part[2] or 1) for part in parts if part}
    others = weights.get("*", 0.0)
    best = max(weights.get(name, others) for name in ENCODERS)
    if best == 0 or weights.get("identity", others) > best:
        return []
    return [name for name in ENCODERS if weights.get(name, others) == best]


def _is_worth_it(response: HttpResponse) -> bool:
    return (
        not response.streaming  # not held back until it is complete
        and not response.has_header("Content-Encoding")  # collected files were compressed then
        and len(response.content) >= LEAST
        and bool(TEXT.match(response.get("Content-Type", "")))
    )


def _named(response: HttpResponseBase, encoding: str) -> str:
    # Other bytes need another strong ETag.
    return f'{response.get("ETag", "").removesuffix(chr(34))}-{encoding}"'
