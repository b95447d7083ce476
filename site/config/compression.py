"""Answers in fewer bytes: brotli, or gzip, of what is text, for who accepts it.

Static files are compressed once, when they are collected. The admin's pages are sent as they are: what is
secret in them could be guessed from their size. What is sent in parts is not held back to be compressed.
"""

import gzip
import re
from collections.abc import Callable

import brotli  # type: ignore[import-untyped]
from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

LEAST = 600
"""Bytes under which an answer fits in one packet anyway."""
TEXT = re.compile(r"text/|image/svg\+xml|application/([\w.-]+\+)?(json|xml|linkset)")
ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    # Measured on a model's page: a higher quality costs ten times the time for a tenth fewer bytes.
    "br": lambda body: brotli.compress(body, quality=5),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


class Compression:
    """Compress an answer; its ETag then names the compressed bytes, and is known again when it comes back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        encoding = accepted(request.headers.get("Accept-Encoding", ""))
        asked = request.META.get("HTTP_IF_NONE_MATCH", "")
        if encoding and asked:
            request.META["HTTP_IF_NONE_MATCH"] = asked.replace(f'-{encoding}"', '"')
        response = self.get_response(request)
        if request.path.startswith("/admin/"):
            return response
        if response.status_code == 304:
            if encoding and _named(response, encoding) in asked:
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


def accepted(header: str) -> str:
    """Choose the encoding: the best of those that are accepted, empty where none is."""
    offered = {}
    for part in header.lower().split(","):
        name, _, parameter = part.partition(";")
        offered[name.strip()] = parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ENCODERS if offered.get(name, offered.get("*", False))), "")


def _is_worth_it(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and not response.has_header("Content-Encoding")
        and len(response.content) >= LEAST
        and bool(TEXT.match(response.get("Content-Type", "")))
    )


def _named(response: HttpResponseBase, encoding: str) -> str:
    """Name the compressed bytes: other bytes need another strong ETag."""
    return f'{response.get("ETag", "").removesuffix(chr(34))}-{encoding}"'
