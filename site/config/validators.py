"""ETags and 304 for public pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, set_response_etag

from config.addresses import ADMIN


class PageValidators:
    """Give public pages, HTML and Markdown, an ETag, and a Cache-Control where the view set none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer one request."""
        response = self.get_response(request)
        if not (isinstance(response, HttpResponse) and _is_public_page(request, response)):
            return response
        response.headers.setdefault("Cache-Control", "public, no-cache")
        if "no-store" not in response.headers["Cache-Control"] and not response.has_header("ETag"):
            set_response_etag(response)
        return get_conditional_response(request, etag=response.get("ETag"), response=response) or response


def _is_public_page(request: HttpRequest, response: HttpResponse) -> bool:
    # A view answers HEAD with the whole page, which the server cuts: the ETag is that of GET.
    return (
        request.method in ("GET", "HEAD")
        and not request.path.startswith(ADMIN)
        and response.status_code == 200
        and response.headers.get("Content-Type", "").startswith(("text/html", "text/markdown"))
    )
